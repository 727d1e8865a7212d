"""Functions that make many plans compile each planner once: requests, comparisons."""

from __future__ import annotations

from typing import Any

import pytest
from clocks import stop_at

import septet
from septet.advice.comparison import compare
from septet.planning.planner import forget_planners
from septet.planning.terms import Terms

TEXT = "Soldes : -20 % jusqu'a dimanche, 10 € offerts !"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Terms]:
    """The terms that are compiled from here on; earlier ones are dropped."""
    found: list[Terms] = []
    compile_terms = Terms.__init__

    def noting(terms: Terms, *arguments: Any, **options: Any) -> None:
        compile_terms(terms, *arguments, **options)
        found.append(terms)

    monkeypatch.setattr(Terms, "__init__", noting)
    forget_planners()
    return found


@pytest.mark.parametrize("profile", ["smsmode", "smspartner", "envoyersmspro", "encom"])
@pytest.mark.parametrize("recipients", ["+33612345678", "+33612345678,+32470123456"])
def test_a_second_request_compiles_nothing(compiled: list[Terms], profile: str, recipients: str) -> None:
    def ask(number: str) -> septet.Plan:
        return septet.prepare(
            profile, TEXT, recipients=number, commercial=True, send_at="2030-05-06T10:00"
        ).plan

    first = ask(recipients)
    assert compiled
    compiled.clear()
    assert ask(recipients.replace("5678", "5679")) == first
    assert not compiled


def test_a_second_comparison_compiles_nothing(compiled: list[Terms]) -> None:
    profiles = [septet.profile(name) for name in septet.profiles()]

    compare(TEXT, profiles, {})
    assert len(compiled) == len(profiles)
    compiled.clear()
    compare(f"{TEXT} Merci", profiles, {})
    assert not compiled


def test_nothing_of_one_message_is_kept_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    # In the evening, when some problems name the moment of sending.
    stop_at("2026-06-17T18:30", monkeypatch)
    texts = ("Soldes", "\u00c7a y est\r\nA\u00ef\u2026 \U0001f600", "", "x" * 161)
    recipients: tuple[Any, ...] = (None, "33612345678", ["+33612345678", "+32470123456"], "262692123456", "a")
    asked: tuple[dict[str, Any], ...] = (
        {"sender": "Shop"},
        {"sender": "Shop", "tag": "spring", "replies": True},
        {"commercial": True, "send_at": "2030-05-06T10:00"},
        {"commercial": True, "country": "BE", "encoding": "ucs2"},
    )
    for name in ("smsmode", "smspartner", "clicksend"):
        messages = [(text, to, options) for options in asked for text in texts for to in recipients]
        forget_planners()
        warm = [septet.prepare(name, text, recipients=to, **options) for text, to, options in messages]
        for (text, to, options), found in list(zip(messages, warm, strict=True))[::9]:
            forget_planners()
            assert septet.prepare(name, text, recipients=to, **options) == found, (name, text, to, options)


def test_what_is_kept_is_told_apart_by_its_type() -> None:
    assert septet.prepare("smsmode", TEXT, recipients="33612345678", replies=True)
    with pytest.raises(TypeError, match="replies: expected True or False, found int"):
        septet.prepare("smsmode", TEXT, recipients="33612345678", replies=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="tag: expected a text, found int"):
        septet.prepare("smsmode", TEXT, recipients="33612345678", tag=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="sender: expected a text, found list"):
        septet.prepare("smsmode", TEXT, recipients="33612345678", sender=["Shop"])  # type: ignore[arg-type]
