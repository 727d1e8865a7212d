"""What holds for every plan by itself, with any text, profile and options."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import pytest
import regex
import strategies
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle_profiles import PROFILES

import septet

ANY_TEXT = strategies.texts(longest_filler=335)


@st.composite
def cases(draw: st.DrawFn, profiles: Iterable[str] = PROFILES) -> tuple[str, str, dict[str, Any]]:
    """A text, a profile and options of that profile."""
    profile = draw(st.sampled_from(sorted(profiles)))
    options = draw(strategies.options(profile))
    return draw(ANY_TEXT), profile, options


def may_use_national_tables(profile: str, options: dict[str, Any]) -> bool:
    """Whether a header may be longer, and other characters may be in the alphabet."""
    return bool(options.get("language") or PROFILES[profile].own_languages)


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
    if PROFILES[profile].one_piece:
        assert len(plan.segments) <= 1
        return
    assume(not may_use_national_tables(profile, options))
    rules = PROFILES[profile]
    single, part = (160, 153) if plan.encoding == "gsm7" else (70, 67)
    part -= rules.wide_reference  # 152 and 66: TS 23.040, 9.2.3.24.8
    for segment in plan.segments:
        assert segment.capacity == (single if rules.separate or len(plan.segments) == 1 else part)
        assert 0 < segment.units <= segment.capacity
    # None was closed too early either: what follows it would not have fitted.
    if rules.whole_clusters or rules.split_at:
        return
    for segment, following in zip(plan.segments, plan.segments[1:], strict=False):
        assert segment.units >= segment.capacity - 1, following


@given(case=cases(), mention=st.sampled_from(["STOP 38123", "ARRÊT", "退订"]))
def test_a_mention_that_is_never_added_changes_nothing(
    kernel: str, case: tuple[str, str, dict[str, Any]], mention: str
) -> None:
    text, profile, options = case
    options |= {"optout": "never", "optout_text": None}
    try:
        planner = septet.Planner(profile, **options)
        beside = septet.Planner(profile, **options | {"optout_text": mention})
    except septet.OptionError:
        return  # it cannot be shown, or the vendor has no other than its own, which it always adds
    plan, other = planner.plan(text), beside.plan(text)
    assert (plan.text, plan.encoding, plan.units) == (other.text, other.encoding, other.units)
    assert planner.measure(text) == beside.measure(text)
    assert list(planner.count_many([text])) == list(beside.count_many([text])) == [plan.billed_segments]


@given(case=cases())
def test_a_mention_that_is_only_added_if_it_is_free_costs_nothing(
    kernel: str, case: tuple[str, str, dict[str, Any]]
) -> None:
    text, profile, options = case
    try:
        free = septet.plan(text, profile, **options | {"optout": "if-free"})
        without = septet.plan(text, profile, **options | {"optout": "never"})
    except septet.OptionError:
        return  # the vendor offers no such thing
    assert (free.encoding, free.billed_segments) == (without.encoding, without.billed_segments)
    assert free.cuts == without.cuts


@pytest.mark.parametrize(
    ("profile", "options"),
    [
        ("verimor", {"encoding": "auto", "optout": "never"}),
        ("smpp", {"language": "tr", "optout": "never"}),
        ("smpp", {"language": "tr", "optout": "if-free"}),
    ],
)
def test_a_mention_outside_the_national_tables_does_not_make_a_text_unicode(
    kernel: str, profile: str, options: dict[str, Any]
) -> None:
    """TS 23.038: ş is in the Turkish tables, which leave 155 septets; 退 is in none."""
    planner = septet.Planner(profile, optout_text="退订", max_segments=1, truncate=True, **options)
    for length in (150, 300):
        plan = planner.plan("ş" * length)
        assert (plan.encoding, plan.billed_segments, plan.optout) == ("gsm7", 1, "")
        assert plan.text == "ş" * min(length, 155)


@given(case=cases())
def test_no_pair_is_cut(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    """Each segment, weighed separately by the standard's rules, has the units of its plan."""
    text, profile, options = case
    assume(not may_use_national_tables(profile, options))
    plan = septet.plan(text, profile, **options)
    for segment in plan.segments:
        breaks = segment.text.count("\n") if PROFILES[profile].one_line_break else 0
        if plan.encoding == "ucs2":
            units = len(segment.text.encode("utf-16-le", "surrogatepass")) // 2
        elif plan.encoding == "utf8":
            units = len(segment.text.encode("utf-8", "surrogatepass"))
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
    assert "".join(replayed) == plan.sent
    assert plan.text == plan.prefix + plan.sent + plan.suffix + plan.optout
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
            about_cuts = problem.code in ("truncated", "link-cut", "value-cut")
            assert about_cuts or problem.end is None or problem.end <= cut
    elif "too-long" in codes:
        assert plan.billed_segments > limit
    else:
        assert plan.billed_segments <= limit


@examples(40)
@given(case=cases())
def test_the_longest_beginning_that_fits_by_itself_is_kept(
    kernel: str, case: tuple[str, str, dict[str, Any]]
) -> None:
    """What the sender cuts is planned as if it had been all there was, and no longer one would fit."""
    text, profile, options = case
    if PROFILES[profile].vendor_cuts:
        return
    alone = septet.Planner(profile, **(options | {"truncate": False}))
    plan = septet.plan(text, profile, **(options | {"truncate": True}))
    if not plan.truncated:
        return
    place = len(text) - plan.truncated
    kept = alone.plan(text[:place])
    assert limits(kept) == set()
    for same in ("text", "encoding", "units", "billed_segments", "optout", "optout_status", "remaining"):
        assert getattr(plan, same) == getattr(kept, same), same
    assert plan.segments == kept.segments
    assert plan.changes[:-1] == kept.changes
    of_cuts = {"truncated", "link-cut", "value-cut"}
    assert [problem for problem in plan.problems if problem.code not in of_cuts] == list(kept.problems)
    placeholders = [text for text, _ in PROFILES[profile].placeholders]
    for cluster in regex.finditer(r"\X", text):
        if cluster.end() > place and not any(
            found.start() < cluster.end() < found.end()
            for placeholder in placeholders
            for found in regex.finditer(regex.escape(placeholder), text)
        ):
            assert limits(alone.plan(text[: cluster.end()])), cluster


def limits(plan: septet.Plan) -> set[str]:
    """The problems of a text that is too long."""
    return {problem.code for problem in plan.problems} & {
        "too-long",
        "too-many-segments",
        "too-many-characters",
    }


@given(case=cases([name for name, rules in PROFILES.items() if rules.vendor_cuts]))
def test_what_a_vendor_cuts_keeps_its_encoding(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **(options | {"truncate": True}))
    whole = septet.plan(text, profile, **(options | {"truncate": False}))
    assert plan.encoding == whole.encoding


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
    assert severities <= {"error", "warning", "notice"}
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
def test_no_message_lacks_what_it_is_about(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    lacking = re.compile(r"\bNone\b|%\(")
    assume(lacking.search(text) is None)  # messages quote it
    for problem in septet.plan(text, profile, **options).problems:
        assert lacking.search(problem.message) is None, problem


@given(case=cases())
def test_a_plan_is_plain_json(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    told = plan.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert (told["text"], told["billed_segments"], told["ok"]) == (plan.text, plan.billed_segments, plan.ok)


@examples(60)
@given(
    case=cases(), end=st.sampled_from(["", "", "€", "😀", "œ", "^", "\u0600", "e\u200d", "ᄀ", "STOP 36034"])
)
def test_what_remains_is_free(kernel: str, case: tuple[str, str, dict[str, Any]], end: str) -> None:
    """The definition: that many letters at the end, or any number below, cost nothing, and one more does."""
    text, profile, options = case
    text += end
    options = options | {"truncate": False, "max_segments": None}
    planner = septet.Planner(profile, **options)
    plan = planner.plan(text)
    if plan.billed_segments == 0:
        # Where nothing is parted, the first segment of the bill has 160 octets.
        assert plan.remaining == (70 if plan.encoding == "ucs2" else 160)
        return
    if PROFILES[profile].billed_once:
        assert plan.remaining == max(0, 160 - plan.units)
        return
    letters = "a" * (plan.remaining + 1)
    costs = planner.count_many(text + letters[:added] for added in range(len(letters) + 1))
    assert max(costs[:-1]) <= plan.billed_segments < costs[-1]


def remaining_by_trying(planner: septet.Planner, text: str) -> int:
    billed = planner.count(text)
    letters = 0
    while planner.count(text + "a" * (letters + 1)) <= billed:
        letters += 1
    return letters


def test_what_remains_where_one_more_character_makes_replacing_pay(kernel: str) -> None:
    """The case that was found: what is sent as written is full, and replaced it would not be."""
    planner = septet.Planner("sinch")
    for text in ("’" + "a" * 69, "’" + "a" * 66, "’" * 70, "’" * 134 + "a" * 60, "…" * 54, "…" * 68):
        assert planner.plan(text).remaining == remaining_by_trying(planner, text), text
    assert planner.plan("’" + "a" * 69).remaining == 90


@pytest.mark.parametrize("optout", ["if-free", "always", "never"])
@pytest.mark.parametrize("end", ["", "a" * 14, "a" * 60])
def test_what_remains_where_replacing_pays_and_drops_the_mention(kernel: str, optout: Any, end: str) -> None:
    """A mention that only UCS-2 has is added where it is free; without it, GSM-7 has more room."""
    planner = septet.Planner("sinch", optout=optout, optout_text="退订")
    text = "’" * 50 + end
    assert planner.plan(text).remaining == remaining_by_trying(planner, text)


@pytest.mark.parametrize("optout", ["if-free", "always", "never"])
@pytest.mark.parametrize("mention", ["STOP 38123", "Stop € ici", "data", "aa", "(€)" * 30, "[" * 20])
@pytest.mark.parametrize("beginning", ["", "€" * 60, "€" * 75 + "a", "x" * 200, "é€" * 70])
def test_what_remains_beside_a_mention(kernel: str, optout: Any, mention: str, beginning: str) -> None:
    """Letters may drive a free mention out, break one that ends the text, and make one."""
    planner = septet.Planner("gsm", commercial=True, optout=optout, optout_text=mention)
    for end in ("b", " STOP 38123", " stop 38123 b", " dat", " d", " "):
        text = beginning + end
        assert planner.plan(text).remaining == remaining_by_trying(planner, text), text


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("a" * 134 + "😀", 1, 134),
        ("a" * 134 + "😀", 2, 134),
        ("a" * 69 + "😀", 1, 69),
        ("a" * 60 + "😀" + "a" * 90, 1, 69),
        ("a" * 150 + "😀" + "a" * 90, 1, 150),
        ("a" * 130 + "😀" + "a" * 90, 2, 133),
        ("a" * 20 + "я" * 100, 1, 70),
    ],
)
def test_what_is_cut_away_does_not_decide_the_encoding(kernel: str, text: str, limit: int, kept: int) -> None:
    for profile in ("bird", "gsm", "vonage"):
        plan = septet.plan(text, profile, max_segments=limit, truncate=True)
        assert (plan.truncated, plan.billed_segments <= limit) == (len(text) - kept, True)
        assert plan.encoding == septet.plan(text[:kept], profile).encoding
        assert plan.billed_segments == septet.count(text[:kept], profile)
        assert plan.forcing == septet.plan(text[:kept], profile).forcing


@pytest.mark.parametrize("language", ["auto", "tr", ("es", "tr"), ("bn", "hi")])
@pytest.mark.parametrize("encoding", ["auto", "gsm7"])
def test_a_cut_with_national_tables(kernel: str, language: Any, encoding: Any) -> None:
    options: dict[str, Any] = {"language": language, "encoding": encoding}
    alone = septet.Planner("gsm", **options)
    for text in (
        "a" * 150 + "ğ" * 20,
        "ğ" * 100 + "a" * 60 + "ú" * 10,
        "ú€" * 80,
        "ক" * 90 + "ğ" * 80,
        "ğяa" * 60,
    ):
        for limit in (1, 2):
            plan = septet.plan(text, "gsm", **options, truncate=True, max_segments=limit)
            fitting = [end for end in range(1, len(text) + 1) if alone.count(text[:end]) <= limit]
            assert len(text) - plan.truncated == max(fitting)
            kept = alone.plan(text[: max(fitting)])
            assert (plan.text, plan.tables, plan.units) == (kept.text, kept.tables, kept.units)
            tried = remaining_by_trying(alone, text[: max(fitting)])
            assert plan.remaining == kept.remaining == tried
