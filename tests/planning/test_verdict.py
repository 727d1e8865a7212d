"""Whether a plan has an error is found without building sentences, and agrees with its problems."""

from __future__ import annotations

from typing import Any

import made_profiles
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from raised_problems import RAISED
from strategies import texts

import septet
from septet.planning import plans
from septet.wording import messages

ASKED: list[dict[str, Any]] = [
    *(
        {},
        {"commercial": True},
        {"encoding": "gsm7"},
        {"encoding": "ucs2"},
        {"commercial": True, "optout": "never"},
    ),
    *({"max_segments": 1}, {"max_segments": 2, "truncate": True}, {"truncate": "words", "max_segments": 1}),
    {"encoding": "latin1"},
]


def planners() -> list[septet.Planner]:
    """Every profile with all of these options that it takes."""
    found = []
    for profile in (*septet.profiles(), *map(made_profiles.made, made_profiles.NAMES)):
        for options in ASKED:
            try:
                found.append(septet.Planner(profile, **options))
            except septet.OptionError:
                continue
    return found


PLANNERS = planners()


@given(text=texts(), planner=st.sampled_from(PLANNERS))
@examples(300)
def test_ok_is_what_the_problems_say(text: str, planner: septet.Planner) -> None:
    assert planner.plan(text).ok == all(p.severity != "error" for p in planner.plan(text).problems)


@pytest.mark.parametrize("text", ["\x1b", "a\x1b", "\ud800", "😀\udc00", "é\x1b"])
def test_what_no_encoding_carries_is_never_ok_unsaid(text: str) -> None:
    for planner in PLANNERS:
        plan = planner.plan(text)
        assert any(problem.start is not None for problem in plan.problems) or plan.changes, planner
        assert not plan.ok or plan.changes, planner


def test_ok_builds_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [(text, profile, options) for _, profile, options, text, *_ in RAISED]
    cases += [("Bonjour", "gsm", {}), ("Ça, l’été… ☃ ê", "smsmode", {}), ("я" * 90, "twilio", {})]
    expected = []
    for text, profile, options in cases:
        expected.append(all(p.severity != "error" for p in septet.plan(text, profile, **options).problems))
    assert {True, False} == set(expected)

    def refuse(*_: object) -> Any:
        raise AssertionError("a message was built")

    fresh = [septet.plan(text, profile, **options) for text, profile, options in cases]
    monkeypatch.setattr(plans, "_diagnose", refuse)
    monkeypatch.setattr(messages.Message, "__new__", refuse)
    assert [plan.ok for plan in fresh] == expected
