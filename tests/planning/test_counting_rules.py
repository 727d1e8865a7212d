"""The counting rules, one by one; each test bears the name of its rule."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path
from typing import Any, Literal

import pytest
import sources

import septet
from septet.gsm import segmentation

Encoding = Literal["auto", "gsm7", "ucs2"]

IN_NO_ALPHABET = ("\x1b", "\ud800", "\udbff", "\udc00", "\udfff")


def units(text: str, profile: str | septet.Profile = "gsm", encoding: Encoding | None = None) -> int:
    return septet.plan(text, profile, encoding=encoding).units


def shapes(text: str, profile: str | septet.Profile = "gsm", encoding: Encoding | None = None) -> list[int]:
    """The units of each segment."""
    return [segment.units for segment in septet.plan(text, profile, encoding=encoding).segments]


def codes(plan: septet.Plan) -> list[str]:
    return [problem.code for problem in plan.problems]


def own_profile(folder: Path, rules: str) -> septet.Profile:
    path = folder / "own.toml"
    path.write_text(rules, encoding="utf-8")
    return septet.profile(path)


WHOLE_CLUSTERS = """
extends = "gsm"
[segments]
reference = "8-bit"
grapheme_clusters = "whole"
source = "a test"
"""


ELLIPSIS = """
extends = "gsm"
[[substitutions]]
rows = [["…", "..."]]
source = "a test"
"""


class TestCapacities:
    def test_they_follow_from_140_octets_and_the_header(self) -> None:
        gsm7 = [segmentation.capacity("gsm7", octets) for octets in (0, 4, 6, 7, 9, 12)]
        assert gsm7 == [160, 155, 153, 152, 149, 146]
        assert [segmentation.capacity("ucs2", octets) for octets in (0, 6, 7, 12)] == [70, 67, 66, 64]

    def test_a_profile_with_a_16_bit_reference_has_smaller_parts(self, kernel: str, tmp_path: Path) -> None:
        wide = WHOLE_CLUSTERS.replace("8-bit", "16-bit").replace("whole", "cut")
        profile = own_profile(tmp_path, wide)
        assert shapes("a" * 305, profile) == [152, 152, 1]
        assert shapes("я" * 133, profile) == [66, 66, 1]
        assert shapes("a" * 160, profile) == [160]

    def test_no_capacity_is_written_in_code(self) -> None:
        # As people write them, in decimals: a number in hexadecimals is the code of a character.
        capacities = {"160", "155", "153", "152", "149", "146", "134", "70", "67", "66", "306", "459"}
        found = set()
        for path in [*sources.by_hand(), *sources.of_the_compiled_kernel(".pyx", ".pxi")]:
            lines = io.StringIO(path.read_text(encoding="utf-8")).readline
            numbers = {t.string for t in tokenize.generate_tokens(lines) if t.type == tokenize.NUMBER}
            found |= {(path.name, number) for number in numbers & capacities}
        # How much of a text a report quotes, which is as long as a segment by chance.
        assert found == {("samples.py", "160")}


class TestAlphabet:
    @pytest.mark.parametrize("character", "Ç§\n\r")
    def test_in_and_of_one_septet(self, kernel: str, character: str) -> None:
        plan = septet.plan(character)
        assert (plan.encoding, plan.units, plan.problems) == ("gsm7", 1, ())

    @pytest.mark.parametrize("character", "ç`\t\0Α", ids=ascii)
    def test_not_in(self, kernel: str, character: str) -> None:
        assert septet.plan(character).encoding == "ucs2"
        assert codes(septet.plan(character, encoding="gsm7")) == ["unmapped-character"]

    def test_the_form_feed_is_in_the_extension_table(self, kernel: str) -> None:
        assert (septet.plan("\f").encoding, units("\f")) == ("gsm7", 2)

    @pytest.mark.parametrize("character", IN_NO_ALPHABET, ids=ascii)
    @pytest.mark.parametrize(("profile", "reason"), [("gsm", "unmapped"), ("smsmode", "lossy")])
    def test_the_escape_and_lone_surrogates_are_in_none(
        self, kernel: str, profile: str, reason: str, character: str
    ) -> None:
        plan = septet.plan(f"a{character}b", profile, encoding="gsm7")
        assert (plan.text, plan.units) == ("a?b", 3)
        assert [(c.start, c.source, c.replacement, c.reason) for c in plan.changes] == [
            (1, character, "?", reason)
        ]
        assert [(p.code, p.severity, p.start, p.end) for p in plan.problems] == [
            ("invalid-character", "error", 1, 2)
        ]

    @pytest.mark.parametrize("character", IN_NO_ALPHABET, ids=ascii)
    def test_under_ucs2_they_are_kept_as_one_unit(self, kernel: str, character: str) -> None:
        plan = septet.plan(f"a{character}b")
        assert (plan.encoding, plan.text, plan.units, plan.changes) == ("ucs2", f"a{character}b", 3, ())
        assert codes(plan) == ["invalid-character"]

    def test_two_adjacent_lone_surrogates_stay_two_characters(self, kernel: str) -> None:
        pair = "\ud83d" + "\ude00"
        assert shapes("я" * 66 + pair + "я" * 66) == [67, 67]
        assert shapes("я" * 66 + "😀" + "я" * 66) == [66, 67, 1]
        assert septet.plan("я" * 69 + pair, truncate=True, max_segments=1).truncated == 1


class TestUnits:
    def test_an_extension_character_costs_two_only_in_gsm7(self, kernel: str) -> None:
        assert units("€[") == 4
        assert units("€[", encoding="ucs2") == 2

    def test_above_the_basic_multilingual_plane_costs_two(self, kernel: str) -> None:
        assert [units(c) for c in ("\uffff", "\U00010000", "\U0010ffff")] == [1, 2, 2]

    @pytest.mark.parametrize("profile", ["smspartner", "smspartner-eco", "envoyersmspro"])
    def test_a_line_break_has_the_weight_of_the_profile(self, kernel: str, profile: str) -> None:
        assert units("a\nb", profile) == 4

    @pytest.mark.parametrize("profile", ["gsm", "encom", "smsmode"])
    def test_a_line_break_without_a_weight_is_one_unit_a_character(self, kernel: str, profile: str) -> None:
        plan = septet.plan("a\r\nb\rc\n", profile)
        assert (plan.units, plan.text, plan.changes) == (7, "a\r\nb\rc\n", ())

    def test_its_weight_holds_in_both_encodings(self, kernel: str) -> None:
        assert units("я\n", "smspartner", "ucs2") == 3

    def test_its_weight_holds_in_billing_and_in_segments(self, kernel: str) -> None:
        cases: list[Any] = [("gsm7", "a", 160, 153), ("ucs2", "я", 70, 67)]
        for encoding, filler, single, part in cases:
            plan = septet.plan(filler * (single - 2) + "\n", "smspartner", encoding=encoding)
            assert (plan.billed_segments, plan.segments[0].units) == (1, single)
            plan = septet.plan(filler * (part - 1) + "\n" + filler * part, "smspartner", encoding=encoding)
            assert [segment.units for segment in plan.segments] == [part - 1, part, 2]

    def test_crlf_lf_and_cr_are_one_break_each_written_lf(self, kernel: str) -> None:
        cases: list[Any] = [("gsm7", "a"), ("ucs2", "я")]
        for encoding, start in cases:
            plan = septet.plan(f"{start}\r\nb\rc\nd", "smspartner", encoding=encoding)
            assert plan.text == f"{start}\nb\nc\nd"
            assert [tuple(change) for change in plan.changes] == [
                (1, 3, "\r\n", "\n", "line-break"),
                (4, 5, "\r", "\n", "line-break"),
            ]
            assert plan.units == 4 + 3 * 2

    def test_lf_cr_is_two_breaks(self, kernel: str) -> None:
        assert septet.plan("a\n\rb", "envoyersmspro").text == "a\n\nb"
        assert units("a\n\rb", "envoyersmspro") == 6


class TestEncoding:
    def test_it_is_decided_on_what_is_kept_where_the_sender_cuts(self, kernel: str) -> None:
        """The character that rules GSM-7 out comes after the cut."""
        plan = septet.plan("a" * 200 + "я", truncate=True, max_segments=1)
        assert (plan.encoding, len(plan.text)) == ("gsm7", 160)

    def test_it_is_decided_on_the_whole_text_where_the_vendor_cuts(self, kernel: str) -> None:
        plan = septet.plan("a" * 200 + "я", "smsmode", encoding="auto", truncate=True, max_segments=1)
        assert (plan.encoding, len(plan.text)) == ("ucs2", 70)

    def test_auto_is_gsm7_when_the_substitutions_save_everything(self, kernel: str) -> None:
        plan = septet.plan("çaœ’", "smspartner", encoding="auto")
        assert (plan.encoding, plan.text) == ("gsm7", "Çaoe'")

    def test_auto_takes_ucs2_with_the_text_as_written(self, kernel: str) -> None:
        plan = septet.plan("ça œ’ …", "smspartner", encoding="auto")
        assert (plan.encoding, plan.text, plan.changes) == ("ucs2", "ça œ’ …", ())

    def test_auto_takes_ucs2_when_something_would_be_lost(self, kernel: str) -> None:
        assert septet.plan("ça", "smsmode").text == "?a"
        assert septet.plan("ça", "smsmode", encoding="auto").text == "ça"

    def test_gsm7_when_asked_for_takes_the_profile_s_rule(self, kernel: str) -> None:
        assert codes(septet.plan("я", "gsm", encoding="gsm7")) == ["unmapped-character"]
        assert codes(septet.plan("я", "smsmode", encoding="gsm7")) == ["lossy-substitution"]

    def test_ucs2_at_a_vendor_without_it_is_a_problem_and_no_error(self, kernel: str) -> None:
        plan = septet.plan("abc", "envoyersmspro", encoding="ucs2")
        assert (plan.encoding, codes(plan), plan.ok) == ("gsm7", ["unicode-unavailable"], False)

    def test_ucs2_may_need_an_option_of_the_account(self, kernel: str) -> None:
        for text in ("я", "abc", ""):
            assert "account-option-needed" in codes(septet.plan(text, "smspartner", encoding="ucs2"))
            assert "account-option-needed" not in codes(septet.plan(text, "smspartner"))
            assert "account-option-needed" not in codes(septet.plan(text, "smsmode", encoding="ucs2"))


class TestSegments:
    def test_an_escape_pair_is_never_cut(self, kernel: str) -> None:
        assert shapes("]" * 153) == [152, 152, 2]

    def test_a_surrogate_pair_is_never_cut(self, kernel: str) -> None:
        assert shapes("😀" * 67) == [66, 66, 2]

    def test_an_expansion_may_be_cut(self, kernel: str) -> None:
        plan = septet.plan("a" * 152 + "œ" + "a" * 152, "smspartner")
        assert [segment.units for segment in plan.segments] == [153, 153]
        assert plan.segments[0].text[-2:] + plan.segments[1].text[:2] == "aoea"

    def test_an_expansion_may_be_cut_where_segments_are_billed(self, kernel: str, tmp_path: Path) -> None:
        profile = own_profile(tmp_path, ELLIPSIS)
        for text, sizes in (
            ("a" * 152 + "…" + "a" * 151, [153, 153]),
            ("a" * 152 + "…" + "a" * 152, [153, 153, 1]),
            ("a" * 152 + "€" + "a" * 151, [152, 153]),
            ("a" * 152 + "€" + "a" * 152, [152, 153, 1]),
        ):
            assert shapes(text, profile) == sizes
            assert septet.count(text, profile) == len(sizes)

    def test_a_deleted_character_takes_no_room(self, kernel: str) -> None:
        assert shapes("a" * 153 + "^" * 99 + "a" * 153, "smspartner") == [153, 153]

    def test_clusters_are_kept_whole_only_where_a_profile_says_so(self, kernel: str, tmp_path: Path) -> None:
        text = "я" * 66 + "e\u0301" + "я" * 10
        assert shapes(text) == [67, 11]
        assert shapes(text, own_profile(tmp_path, WHOLE_CLUSTERS)) == [66, 12]

    def test_a_cluster_longer_than_a_segment_is_cut_by_characters(self, kernel: str, tmp_path: Path) -> None:
        text = "я" * 10 + "e" + "\u0301" * 99
        profile = own_profile(tmp_path, WHOLE_CLUSTERS)
        assert shapes(text, profile) == [10, 67, 33]
        assert septet.count(text, profile) == 3


class TestBilledSegments:
    @pytest.mark.parametrize("profile", ["gsm", "encom"])
    def test_counted_by_physical_segments(self, kernel: str, profile: str) -> None:
        plan = septet.plan("]" * 153, profile)
        assert (plan.billed_segments, len(plan.segments), codes(plan)) == (3, 3, [])

    @pytest.mark.parametrize("profile", ["smspartner", "smspartner-eco", "smsmode", "envoyersmspro"])
    def test_counted_by_units(self, kernel: str, profile: str) -> None:
        plan = septet.plan("€" * 153, profile, max_segments=3)
        assert (plan.billed_segments, len(plan.segments)) == (2, 3)

    def test_where_they_differ_there_is_a_boundary_overflow(self, kernel: str) -> None:
        (problem,) = septet.plan("€" * 153, "smspartner").problems
        assert (problem.code, problem.severity) == ("boundary-overflow", "warning")
        assert (problem.details["billed"], problem.details["physical"]) == (2, 3)
        assert septet.plan("€" * 152, "smspartner").problems == ()

    def test_no_profile_passes_255_segments(self, kernel: str) -> None:
        for profile in ("gsm", "encom", "smspartner", "smspartner-eco"):
            assert codes(septet.plan("a" * 255 * 153, profile)) == []
            assert codes(septet.plan("a" * (255 * 153 + 1), profile)) == ["too-many-segments"]

    def test_neither_billed_nor_physical(self, kernel: str) -> None:
        plan = septet.plan("€" * (76 * 255 + 1), "smspartner")
        assert (plan.billed_segments, len(plan.segments)) == (254, 256)
        assert codes(plan) == ["too-many-segments", "boundary-overflow"]

    def test_255_segments_are_kept_with_truncate(self, kernel: str) -> None:
        plan = septet.plan("€" * (76 * 255 + 1), "smspartner", truncate=True)
        assert (plan.truncated, len(plan.segments)) == (1, 255)
        assert codes(plan) == ["truncated", "boundary-overflow"]

    def test_over_an_explicit_ceiling_only_too_long_is_said(self, kernel: str) -> None:
        for ceiling in (1, 255):
            plan = septet.plan("a" * (255 * 153 + 1), max_segments=ceiling)
            (problem,) = plan.problems
            assert problem.code == "too-long"
            assert (problem.details["limit"], problem.details["actual"]) == (ceiling, 256)


class TestRemaining:
    @pytest.mark.parametrize(
        ("text", "profile", "remaining"),
        [
            ("", "gsm", 160),
            ("a", "gsm", 159),
            ("я", "gsm", 69),
            ("€" * 80, "gsm", 0),
            ("€" * 81, "gsm", 153 - 10),
            ("€" * 81, "smspartner", 306 - 162),
            ("😀" * 36, "gsm", 67 - 6),
        ],
    )
    def test_what_is_free_before_one_more_is_billed(
        self, kernel: str, text: str, profile: str, remaining: int
    ) -> None:
        assert septet.plan(text, profile).remaining == remaining

    def test_the_empty_text_in_ucs2(self, kernel: str) -> None:
        assert septet.plan("", encoding="ucs2").remaining == 70


class TestNothingShown:
    @pytest.mark.parametrize(
        ("text", "profile"), [("", "gsm"), ("", "smsmode"), ("^~|", "smspartner"), ("", "encom")]
    )
    def test_it_is_empty_and_gets_no_mention(self, kernel: str, text: str, profile: str) -> None:
        plan = septet.plan(text, profile, commercial=True)
        assert (plan.text, plan.units, plan.billed_segments, plan.segments) == ("", 0, 0, ())
        assert (plan.optout, plan.optout_status) == ("", "not-required")
        assert [(p.code, p.severity) for p in plan.problems] == [("empty-message", "error")]
        assert plan.remaining == 160
        assert septet.count(text, profile, commercial=True) == 0

    def test_white_space_is_shown(self, kernel: str) -> None:
        assert septet.plan(" ").problems == ()


def test_a_problem_of_adjacent_characters_is_one(kernel: str) -> None:
    plan = septet.plan("a…—b”", "smspartner")
    assert [(p.code, p.start, p.end) for p in plan.problems] == [
        ("unmapped-character", 1, 3),
        ("unmapped-character", 4, 5),
    ]
    assert plan.problems[0].details["characters"] == "…—"


@pytest.mark.parametrize("tags", [":br:", ":br::br:", ":br::euro:", ":br:euro:"])
def test_tags_that_touch_are_one_problem(kernel: str, tags: str) -> None:
    (problem,) = septet.plan(f"a{tags}b", "smspartner").problems
    assert (problem.code, problem.start, problem.end) == ("vendor-tag", 1, 1 + len(tags))


@pytest.mark.parametrize("text", [None, b"a", 1, ["a"]])
def test_what_is_no_str_is_a_type_error(kernel: str, text: object) -> None:
    planner = septet.Planner("gsm")
    for answer in (planner.plan, planner.count, planner.measure, septet.plan, septet.count):
        with pytest.raises(TypeError, match=re.escape(type(text).__name__)):
            answer(text)  # type: ignore[arg-type]


def test_runs_of_many_kinds_of_blanks_are_asked_for_by_their_signs(
    kernel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a text with a sign of a run is composed, however many kinds its vendor has."""
    blanks = septet.profile("govuk-notify").rule("white_space")["characters"].replace(" ", "")
    assert len(blanks) > 10
    composed = []

    def answer(planner: septet.Planner, text: str) -> tuple[int, int, int]:
        composed.append(text)
        return long_way(planner, text)

    long_way = septet.Planner.measure_the_long_way
    monkeypatch.setattr(septet.Planner, "measure_the_long_way", answer)
    planner = septet.Planner("govuk-notify")
    plain = ["a", "Prix : 5 € l’été 🎉", "é" * 200, "公司", "Bonjour,\n\nà demain\n", "\n公司"]
    runs = [
        f"{before}{blank}{text}"
        for blank in (*blanks, "  ", "\r\n", "\n\n\n", " \n", "\n ")
        for before in ("", "a")
        for text in plain
    ]
    for text in plain + runs:
        assert planner.count(text) == planner.plan_the_long_way(text).billed_segments
    assert composed == runs
