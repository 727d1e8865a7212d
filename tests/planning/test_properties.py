"""What holds for every plan by itself, whatever the text, the profile and the options."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
import regex
import strategies
from hypothesis import given
from hypothesis import strategies as st
from oracle_profiles import PROFILES

import septet

ANY_TEXT = strategies.texts(longest_filler=335)


# A text that grows by one character is weighed as before, but for that character.
STEADY = [
    name
    for name, rules in PROFILES.items()
    if rules.policy in ("in-gsm7", "all-or-nothing") and not rules.whole_clusters and not rules.placeholders
]


@st.composite
def cases(draw: st.DrawFn, profiles: Iterable[str] = PROFILES) -> tuple[str, str, dict[str, Any]]:
    """A text, a profile and options of that profile."""
    profile = draw(st.sampled_from(sorted(profiles)))
    options = draw(strategies.options(profile))
    return draw(ANY_TEXT), profile, options


@given(case=cases())
def test_segments_join_to_the_text(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    assert "".join(segment.text for segment in plan.segments) == plan.text
    place = 0
    for segment in plan.segments:
        assert segment.start == place
        assert plan.text[segment.start : segment.end] == segment.text != ""
        place = segment.end
    assert place == len(plan.text)
    assert sum(segment.units for segment in plan.segments) == plan.units


@given(case=cases())
def test_no_segment_is_over_its_capacity(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    single, part = (160, 153) if plan.encoding == "gsm7" else (70, 67)
    part -= PROFILES[profile].wide_reference  # 152 and 66: TS 23.040, 9.2.3.24.8
    for segment in plan.segments:
        assert segment.capacity == (single if len(plan.segments) == 1 else part)
        assert 0 < segment.units <= segment.capacity
    # None was closed too early either: what follows it would not have fitted.
    if PROFILES[profile].whole_clusters:
        return
    for segment, following in zip(plan.segments, plan.segments[1:], strict=False):
        assert segment.units >= segment.capacity - 1, following


@given(case=cases())
def test_no_pair_is_cut(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    """Each segment, weighed on its own by the standard alone, weighs what its plan says."""
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    for segment in plan.segments:
        breaks = segment.text.count("\n") if PROFILES[profile].one_line_break else 0
        if plan.encoding == "ucs2":
            units = len(segment.text.encode("utf-16-le", "surrogatepass")) // 2
        else:
            units = sum(PROFILES[profile].alphabet[character] for character in segment.text)
        assert units + breaks == segment.units


@given(case=cases())
def test_every_way_to_count_agrees(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    planner = septet.Planner(profile, **options)
    measure = planner.measure(text)
    assert (measure.encoding, measure.units) == (plan.encoding, plan.units)
    assert measure.billed_segments == plan.billed_segments
    assert planner.plan(text).to_dict() == plan.to_dict()
    assert planner.count(text) == septet.count(text, profile, **options) == plan.billed_segments
    assert planner.count_many(iter([text, "", text])) == [plan.billed_segments, 0, plan.billed_segments]


@given(case=cases())
def test_changes_replayed_give_the_text(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    replayed = []
    place = 0
    for change in plan.changes:
        assert place <= change.start < change.end <= len(text)
        assert text[change.start : change.end] == change.source != change.replacement
        replayed += [text[place : change.start], change.replacement]
        place = change.end
    replayed.append(text[place:])
    assert "".join(replayed) + plan.optout == plan.text
    assert plan.original == text
    for change in plan.changes:
        one_character = change.end - change.start == 1 or change.source == "\r\n"
        assert one_character or change.reason == "placeholder" or change is plan.changes[-1]


@given(case=cases())
def test_a_cut_fits_and_keeps_clusters_whole(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    limit = options.get("max_segments") or 1
    options = options | {"truncate": True, "max_segments": limit}
    plan = septet.plan(text, profile, **options)
    codes = {problem.code for problem in plan.problems}
    cut = len(text) - plan.truncated
    assert ("truncated" in codes) == (plan.truncated > 0)
    if plan.truncated:
        assert plan.billed_segments <= limit
        assert len(plan.text) > len(plan.optout), "a cut leaves something of the sender's"
        assert plan.changes[-1].reason == "truncated"
        assert (plan.changes[-1].start, plan.changes[-1].end) == (cut, len(text))
        clusters = [match.span() for match in regex.finditer(r"\X", text)]
        whole = any(end == cut for _, end in clusters)
        assert whole or cut < clusters[0][1], "only a first cluster that is too large is cut"
        for problem in plan.problems:
            assert problem.code == "truncated" or problem.end is None or problem.end <= cut
    elif "too-long" in codes:
        assert plan.billed_segments > limit
    else:
        assert plan.billed_segments <= limit


@given(case=cases(STEADY))
def test_one_character_more_would_not_have_fitted(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    options = options | {"truncate": True, "max_segments": 1, "optout": None, "commercial": False}
    if not PROFILES[profile].unicode and options.get("encoding") == "ucs2":
        options["encoding"] = None
    plan = septet.plan(text, profile, **options)
    if plan.truncated:
        cut = len(text) - plan.truncated
        following = regex.match(r"\X", text[cut:])
        assert following is not None
        more = text[: cut + following.end()]
        longer = septet.plan(more, profile, **(options | {"truncate": False, "encoding": plan.encoding}))
        assert longer.billed_segments > 1


@given(case=cases())
def test_what_is_ok_can_be_stopped(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    """A commercial text that is shown without its mention is never ok."""
    text, profile, options = case
    options = options | {"commercial": True, "optout": None}
    plan = septet.plan(text, profile, **options)
    mention = options.get("optout_text")
    words = {
        "encom": "STOP AU 36111",
        "smspartner": r"STOP 36(?:xxx|\d{3})",
        "smspartner-eco": "NoPub ?= ?STOP",
        "smsmode": "STOP 36034" if (options.get("country") or "FR").upper() == "FR" else r"no-sms\.eu",
        "envoyersmspro": "STOP SMS au 36111",
        "ovhcloud": r"STOP (?:au )?36(?:xxx|\d{3})",
        "octopush": "STOP au XXXXX",
        "smsfactor": r"STOP (?:au |SMS |SMS: )?36(?:xxx|\d{3})",
        "smsmode@2020-11": r"STOP \d{5}|no-sms\.eu",
    }
    pattern = regex.escape(mention, special_only=True, literal_spaces=True) if mention else words.get(profile)
    if plan.ok and pattern is not None:
        loose = pattern.replace(" ?", r"\s*").replace(" ", r"\s*")
        assert regex.search(loose, plan.text, regex.IGNORECASE), plan.text


@given(case=cases())
def test_what_is_ok_has_no_error(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    severities = {problem.severity for problem in plan.problems}
    assert severities <= {"error", "warning"}
    assert plan.ok == ("error" not in severities)
    assert plan.ok or plan.problems


@given(text=st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Cc"])), ANY_TEXT))
@pytest.mark.parametrize("commercial", [False, True], ids=["transactional", "commercial"])
@pytest.mark.parametrize("profile", PROFILES)
def test_any_str_gets_an_answer(kernel: str, profile: str, commercial: bool, text: str) -> None:
    plan = septet.plan(text, profile, commercial=commercial)
    assert plan.billed_segments >= 0
    assert (plan.units == 0) == (plan.billed_segments == 0) == (plan.text == "") == (plan.segments == ())


@given(case=cases())
def test_a_plan_is_plain_json(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    told = plan.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert (told["text"], told["billed_segments"], told["ok"]) == (plan.text, plan.billed_segments, plan.ok)


@given(case=cases(STEADY))
def test_what_remains_is_free(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    """That many one-unit characters at the end are billed nothing, and one more is."""
    text, profile, options = case
    options = options | {"truncate": False, "commercial": False, "optout": None}
    plan = septet.plan(text, profile, **options)
    assert plan.remaining >= 0
    if plan.billed_segments:
        options = options | {"encoding": plan.encoding}
        full = septet.plan(text + "a" * plan.remaining, profile, **options)
        assert (full.billed_segments, full.remaining) == (plan.billed_segments, 0)
        assert septet.count(text + "a" * (plan.remaining + 1), profile, **options) == plan.billed_segments + 1
