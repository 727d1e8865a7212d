"""Frames: what is added before and after a text, who may give it, and what it costs."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import made_profiles
import pyarrow as pa
import pytest
from sources import ROOT

import septet
from septet import campaign

PREFIX = """
[prefix]
field = "brand"
separator = ": "
longest = 20
source = "made"
"""
SUFFIX = """
[suffix]
text = "B038"
separator = " "
source = "made"
"""


@pytest.fixture
def framed(tmp_path: Path) -> Callable[[str], septet.Profile]:
    """A vendor that follows the standard, and puts something around each text."""
    plain = (ROOT / "tables" / "vendors" / "gsm.toml").read_text("utf-8")

    def made(rules: str) -> septet.Profile:
        path = tmp_path / "framed.toml"
        path.write_text(plain + rules, "utf-8")
        return septet.profile(path)

    return made


def test_both_are_billed_and_shown_apart(framed: Callable[[str], septet.Profile]) -> None:
    plan = septet.plan("Bonjour [x]", framed(PREFIX + SUFFIX), prefix="Ville")
    assert (plan.prefix, plan.suffix, plan.optout) == ("Ville: ", " B038", "")
    assert plan.text == "Ville: Bonjour [x] B038"
    assert plan.units == 7 + 13 + 5
    assert plan.to_dict()["prefix"] == "Ville: "
    runs = plan.drawing()["segments"][0]["runs"]
    marked = [(run["text"], run["reason"]) for run in runs if run["mark"] == "added"]
    assert marked == [("Ville:", "the prefix"), ("B038", "the suffix")]
    assert "".join(run["text"] for run in runs) == plan.text
    assert not any(run["mark"] == "mention" for run in runs)
    assert [(text["text"], text["mark"]) for text in runs if text["mark"] == "costs-more"] == [
        ("[", "costs-more"),
        ("]", "costs-more"),
    ]


@pytest.mark.parametrize(
    ("text", "segments"),
    # 155, 301 and 454 units leave room for five more in 160, 306 and 459 (TS 23.040, 9.2.3.24).
    [("a" * 155, 1), ("a" * 156, 2), ("a" * 301, 2), ("a" * 302, 3), ("a" * 454, 3), ("a" * 455, 4)],
)
def test_a_suffix_leaves_less_room(framed: Callable[[str], septet.Profile], text: str, segments: int) -> None:
    profile = framed(SUFFIX)
    assert septet.count(text, profile) == segments
    assert septet.plan(text, profile).billed_segments == segments
    assert septet.Planner(profile).count_many([text, ""]) == [segments, 0]


def test_a_pair_that_is_not_cut_is_where_the_prefix_puts_it(
    framed: Callable[[str], septet.Profile],
) -> None:
    # 7 + 145 units, then a pair, leave one unit of 153 empty; without the prefix nothing is.
    text = "a" * 145 + "[" + "a" * 152
    profile = framed(PREFIX)
    assert [s.units for s in septet.plan(text, profile, prefix="Ville").segments] == [152, 153, 1]
    assert septet.count(text, profile, prefix="Ville") == 3
    assert septet.count(text, profile) == 2


def test_what_shows_nothing_has_nothing_around_it(framed: Callable[[str], septet.Profile]) -> None:
    profile = framed(PREFIX + SUFFIX)
    plan = septet.plan("", profile, prefix="Ville")
    assert (plan.text, plan.prefix, plan.suffix, plan.units, plan.billed_segments) == ("", "", "", 0, 0)
    planner = septet.Planner(profile, prefix="Ville")
    batch = planner.measure_arrow(pa.array(["", "a", None], pa.large_string()))
    assert batch.column("units").to_pylist() == [0, 13, None]
    assert batch.column("billed_segments").to_pylist() == [0, 1, None]


@pytest.mark.parametrize(
    ("rules", "options", "message"),
    [
        ("", {"prefix": "x"}, "prefix: framed has no field for one; expected None"),
        (SUFFIX, {"suffix": "x"}, "suffix: framed adds 'B038' by itself; expected None"),
        (PREFIX, {"prefix": 5}, "prefix: expected a str, found 5"),
        (PREFIX, {"prefix": "x" * 21}, "prefix: expected at most 20 characters, found 21"),
        (PREFIX, {"prefix": "\x1b"}, "U+001B"),
        (PREFIX, {"prefix": "公司", "encoding": "gsm7"}, "is not in the alphabet of framed"),
    ],
)
def test_what_the_vendor_cannot_do_is_a_value_error(
    framed: Callable[[str], septet.Profile], rules: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(septet.OptionError) as error:
        septet.Planner(framed(rules), **options)
    assert message in str(error.value)
    assert error.value.option in options


def test_what_gsm_7_lacks_makes_the_message_ucs_2_and_the_cost_is_told(
    framed: Callable[[str], septet.Profile],
) -> None:
    profile = framed(PREFIX)
    for options in ({"prefix": "公司"}, {"optout_text": "退订", "optout": "always"}):
        plan = septet.plan("a" * 80, profile, **options)
        assert plan.encoding == "ucs2"
        assert plan.forcing == ()
        (problem,) = plan.problems
        assert (problem.code, problem.severity) == ("added-text-unicode", "notice")
        assert problem.details == {"billed": 2, "alone": 1}
        # A text that is UCS-2 by itself costs no more for that.
        assert septet.plan("я", profile, **options).problems == ()
    # Where the mention is not added, it decides on nothing; nor does one that would only be free.
    assert septet.plan("a", profile, optout_text="退订").encoding == "gsm7"
    assert septet.plan("a", profile, optout_text="退订", optout="if-free").optout_status == "not-added"
    assert septet.plan("я", profile, optout_text="退订", optout="if-free").optout == " 退订"


def test_all_ways_to_measure_agree(framed: Callable[[str], septet.Profile], tmp_path: Path) -> None:
    """Texts of every length around a segment's end, in one column: counts, columns, estimates."""
    profile = framed(PREFIX + SUFFIX)
    texts = [
        start + filler * number
        for start, filler in itertools.product(("", "[", "я", "\r\n"), ("a", "[", "😀"))
        for number in (0, 1, 57, 60, 73, 74, 76, 77, 140, 141, 147, 148, 149, 290, 300)
    ]
    for options in ({}, {"prefix": "Ville"}, {"prefix": "公司"}, {"prefix": "[€]", "optout_text": "STOP 1"}):
        options |= {"optout": "always"} if "optout_text" in options else {}
        planner = septet.Planner(profile, **options)
        plans = [planner.plan(text) for text in texts]
        billed = [plan.billed_segments for plan in plans]
        assert planner.count_many(texts) == billed
        assert [planner.count(text) for text in texts] == billed
        batch = planner.measure_arrow(pa.array(texts))
        assert batch.column("billed_segments").to_pylist() == billed
        assert batch.column("units").to_pylist() == [plan.units for plan in plans]
        assert batch.column("encoding").to_pylist() == [plan.encoding for plan in plans]
        estimate = campaign.estimate(pa.table({"message": texts}), profile=profile, **options)
        assert estimate.segments == sum(billed)
        told = sum(problem.code == "added-text-unicode" for plan in plans for problem in plan.problems)
        assert estimate.problems.get("added-text-unicode", 0) == told


def test_a_request_has_the_text_without_what_the_vendor_adds(tmp_path: Path) -> None:
    path = tmp_path / "sender.toml"
    path.write_text('extends = "envoyersmspro"\n' + SUFFIX, "utf-8")
    prepared = septet.prepare(path, "Bonjour", sender="abc", recipients="33612345678")
    assert prepared.plan.text == "Bonjour B038"
    assert prepared.request is not None
    assert prepared.request.fields["text"] == "Bonjour"


@pytest.mark.parametrize("pairs", [100, 101])
def test_letters_before_a_suffix_of_pairs_shift_its_cuts(kernel: str, pairs: int) -> None:
    """What is free is not what the last segment has left: a pair that moves may use a unit more, or less."""
    planner = septet.Planner(
        made_profiles.made("framed-clusters"), prefix="x", suffix="[€]" * 21, encoding="gsm7"
    )
    text = "€a" * (pairs % 2) + "]" * pairs
    plan = planner.plan(text)
    counts = [planner.count(text + "a" * letters) for letters in range(160)]
    assert plan.remaining == next(n for n, count in enumerate(counts) if count > counts[0]) - 1


def test_rows_with_a_prefix_are_decided_by_weights(
    framed: Callable[[str], septet.Profile], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A prefix counts as it is shown, takes room in segments, and is not part of the text."""
    pieces = ["a" * 76, "é]", "ê", "[", "\r\n", "🎉", "e\u0301", " ", "https://ex.fr/a(b", "1"]
    texts = ["".join(chosen) for chosen in itertools.product(pieces, repeat=2)]
    whole = tmp_path / "whole.toml"
    whole.write_text('extends = "twilio"\n' + PREFIX, "utf-8")  # which keeps clusters
    for profile in (framed(PREFIX), framed(PREFIX + SUFFIX), septet.profile(whole)):
        for prefix in ("Ville", "[x]{y}", "e\u0301"):
            planner = septet.Planner(profile, prefix=prefix)
            plans = [planner.plan_the_long_way(text) for text in texts]
            measures = [(plan.encoding, plan.units, plan.billed_segments) for plan in plans]
            assert [tuple(planner.measure(text)) for text in texts] == measures
            assert planner.count_many(texts) == [billed for _, _, billed in measures]
            batch = planner.measure_arrow(pa.array(texts))
            assert list(zip(*(column.to_pylist() for column in batch.columns), strict=True)) == measures
            estimator = campaign.Estimator(profile=planner.profile, prefix=prefix)
            with monkeypatch.context() as context:
                if not planner.terms.left_out:
                    context.setattr(septet.Planner, "plan_the_long_way", None)
                tally = estimator.tally(pa.RecordBatch.from_arrays([pa.array(texts)], ["message"]))
            estimate = estimator.estimate(tally)
            assert estimate.segments == sum(billed for _, _, billed in measures)
            problems = Counter(code for plan in plans for code in {problem.code for problem in plan.problems})
            assert {**estimate.problems} == problems
            forcing = Counter(
                sign for plan in plans for sign in {plan.original[start:end] for start, end in plan.forcing}
            )
            found = {one.character: one.rows for one in estimate.characters if one.kind == "forces-ucs2"}
            assert found == forcing


def test_what_only_national_tables_hold_is_counted_in_them(kernel: str) -> None:
    """TS 23.038, A.3.1: ğ is in the Turkish locking table, whose element takes three octets."""
    planner = septet.Planner(made_profiles.made("framed-languages"), prefix="Mağaza", language="tr")
    # 136 octets are left beside the header's length and the element: 155 septets, 8 of them for "Mağaza: ".
    texts = ["", "Merhaba", "a" * 147, "a" * 148, "ж"]
    counts = [(0, 0), (15, 1), (155, 1), (156, 2), (9, 1)]
    assert planner.count_many(texts) == [planner.count(text) for text in texts] == [0, 1, 1, 2, 1]
    found = [planner.measure(text) for text in texts]
    assert [(one.units, one.billed_segments) for one in found] == counts
    assert [one.encoding for one in found] == ["gsm7", "gsm7", "gsm7", "gsm7", "ucs2"]
    assert planner.measure_arrow(pa.array(texts)).to_pylist() == [one._asdict() for one in found]
    plans = [planner.plan(text) for text in texts]
    assert [(plan.units, plan.billed_segments) for plan in plans] == counts
    assert plans[1].remaining == 140
    assert plans[0].remaining == 155
    estimator = campaign.Estimator(profile=planner.profile, prefix="Mağaza", language="tr")
    tally = estimator.tally(pa.RecordBatch.from_arrays([pa.array(texts)], ["message"]))
    assert estimator.estimate(tally).segments == 5
