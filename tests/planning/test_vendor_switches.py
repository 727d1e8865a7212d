"""What a vendor does differently, or lets a sender choose: replacements, tables, links, octets, marketing."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from sources import ROOT

import septet
from septet import campaign

#: 83 characters, of which two are replaced.
QUOTED = "a" * 81 + "—’"


@pytest.mark.parametrize("profile", ["twilio", "telnyx", "bird", "sinch", "twilio-tollfree"])
def test_replacements_are_switched(profile: str) -> None:
    assert septet.count(QUOTED, profile) == septet.count(QUOTED, profile, substitute=True) == 1
    plan = septet.plan(QUOTED, profile, substitute=False)
    assert (plan.encoding, plan.billed_segments, plan.changes) == ("ucs2", 2, ())
    assert pickle.loads(pickle.dumps(plan)) == plan
    planner = septet.Planner(profile, substitute=False)
    assert planner.count_many([QUOTED, "a"]) == [2, 1]
    assert planner.asking(substitute=True).count(QUOTED) == 1
    assert campaign.estimate([QUOTED], profile=profile, substitute=False).segments == 2
    assert septet.options(profile)["substitute"]["values"] == [True, False]


def test_a_switch_has_names() -> None:
    assert septet.options("messente")["substitute"]["values"] == [True, False, "full"]
    for choice, text in ((None, "„ë“ ç"), (False, "„ë“ ç"), ("full", '"e" ç')):
        plan = septet.plan("„ë“ ç", "messente", substitute=choice)
        assert plan.text == text.replace("ç", "ç")


@pytest.mark.parametrize(
    ("profile", "options", "message"),
    [
        ("gsm", {"substitute": True}, "substitute: expected False, as gsm has no switch"),
        ("smspartner", {"substitute": False}, "substitute: expected True, as smspartner has no switch"),
        ("twilio", {"substitute": 1}, "substitute: expected True, False, found 1"),
        ("messente", {"substitute": "ful"}, 'expected True, False, "full", found'),
        ("gsm", {"link_length": 20}, "link_length: gsm rewrites no links"),
        ("twilio", {"link_length": True}, "link_length: expected a whole number from 1 to 100, found True"),
        ("twilio", {"link_length": 0}, "link_length: expected a whole number from 1 to 100, found 0"),
        ("gsm", {"encoding": "utf8"}, "encoding: expected one of"),
        ("gsm", {"language": ()}, "language: expected at least one language"),
    ],
)
def test_what_a_vendor_cannot_do_is_said(profile: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(septet.OptionError, match=re.escape(message)):
        septet.Planner(profile, **options)


def test_national_tables_are_there_by_default_and_may_be_left_out() -> None:
    assert septet.plan("ş" * 155, "verimor").tables.locking == "tr"
    assert septet.options("verimor")["language"]["default"] == ["tr"]
    plan = septet.plan("ş", "verimor", language=())
    assert [problem.code for problem in plan.problems] == ["unmapped-character"]
    # Never Unicode by itself; what no table holds is an error.
    assert septet.plan("ş日", "verimor").encoding == "gsm7"
    texts = ["a" * 160, "ş" * 156, "€" * 70 + "ş" * 20, "日"]
    planner = septet.Planner("verimor")
    batch = planner.measure_arrow(pa.array(texts))
    assert batch.column("billed_segments").to_pylist() == [1, 2, 2, 1]
    assert planner.count_many(texts) == [1, 2, 2, 1]
    # What needs no table is measured at once, as a plan has it.
    for text in ("a" * 161, "€" * 80, "é[" * 60, "", "x" * 1072, "Ö" * 160):
        plan = planner.plan(text)
        assert tuple(planner.measure(text)) == (plan.encoding, plan.units, plan.billed_segments)


def test_links_are_weighed_as_they_are_rewritten() -> None:
    text = "Voir https://exemple.fr/une/longue/page?x=1, puis ex.fr/a."
    plan = septet.plan(text, "twilio", link_length=20)
    assert len(plan.text) == len("Voir , puis .") + 2 * 20
    assert [change.source for change in plan.changes] == ["https://exemple.fr/une/longue/page?x=1", "ex.fr/a"]
    assert {change.reason for change in plan.changes} == {"placeholder"}
    assert plan.problems == ()
    long = "https://exemple.fr/" + "a" * 300
    planner = septet.Planner("twilio", link_length=20)
    assert planner.count_many([long, "no link", text]) == [1, 1, 1]
    assert septet.count(long, "twilio") == 3
    assert campaign.estimate([long, "no link"], profile="twilio", link_length=20).segments == 2


def test_runs_of_blanks_are_weighed_as_they_are_collapsed() -> None:
    plan = septet.plan("Ola  mundo\n\n e  voce", "zenvia")
    assert (plan.text, plan.units, plan.problems) == ("Ola mundo e voce", 16, ())
    assert [(change.source, change.replacement, change.reason) for change in plan.changes] == [
        ("  ", " ", "substitution"),
        ("\n\n ", " ", "substitution"),
        ("  ", " ", "substitution"),
    ]
    texts = ["a" * 159 + "  ", "a\nb", "ab", "x" * 150 + " " * 40 + "y"]
    planner = septet.Planner("zenvia", max_segments=3)
    assert planner.count_many(texts) == [1, 1, 1, 1]
    assert planner.measure_arrow(pa.array(texts)).column("units").to_pylist() == [160, 3, 2, 152]
    assert campaign.estimate(texts, profile="zenvia").segments == 4
    # At GOV.UK Notify two line breaks stay; the switch of Octopush keeps blanks, too.
    assert septet.plan("a \n \n\n\t b\t\tc", "govuk-notify").text == "a\n\nb c"
    assert septet.plan("a  b", "octopush").text == "a b"
    assert septet.plan("a  b", "octopush", substitute=False).text == "a  b"
    with pytest.raises(septet.OptionError, match="truncate_mark: zenvia makes something else of its blanks"):
        septet.Planner("zenvia", truncate="words", truncate_mark="  ...")


def test_octets_of_utf_8_are_units_where_they_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "octets.toml"
    path.write_text(
        'extends = "gsm"\n[encodings]\ndefault = "utf8"\noffered = ["auto", "gsm7", "ucs2", "utf8"]\n'
        'source = "made"\n',
        "utf-8",
    )
    # RFC 3629: 1, 2, 3 and 4 octets; 140 in one, 134 in each of several.
    assert [septet.plan(c, path).units for c in "aé€😀"] == [1, 2, 3, 4]
    plan = septet.plan("é" * 70, path)
    assert (plan.encoding, plan.units, plan.billed_segments, plan.remaining) == ("utf8", 140, 1, 0)
    assert [segment.units for segment in septet.plan("€" * 47, path).segments] == [132, 9]
    with pytest.raises(ValueError, match="UTF-8 has no data coding"):
        plan.user_data()
    with pytest.raises(ValueError, match="UTF-8 has no data coding"):
        plan.short_messages()
    assert septet.plan("é", path, encoding="auto").encoding == "gsm7"


def test_marketing_is_refused_where_the_vendor_says_so() -> None:
    (problem,) = septet.plan("Promo", "mailjet", commercial=True, optout="never").problems
    assert (problem.code, problem.severity) == ("commercial-refused", "error")
    assert septet.plan("Promo", "mailjet").ok
    assert septet.plan("Promo", "mailjet@2023-09", commercial=True, optout="never").ok
    estimate = campaign.estimate(["Promo", "x"], profile="mailjet", commercial=True, optout="never")
    assert estimate.problems["commercial-refused"] == 2


EXAMPLES = re.findall(r"```toml\n(.*?)```", (ROOT / "tables" / "README.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_format_are_in_order(example: str, tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(example, "utf-8")
    assert septet.profile(path).rules


def test_the_example_of_the_format_does_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(EXAMPLES[0], "utf-8")
    plan = septet.plan("é", path)
    assert (plan.text, plan.units) == ("é B001", 7)


@pytest.mark.parametrize("profile", ["twilio", "infobip"])
@pytest.mark.parametrize("length", [5, 30])
def test_a_cut_makes_no_link_of_what_is_none(profile: str, length: int) -> None:
    """`ex.free` is no link, and its beginning `ex.fr` would be one, which the vendor would rewrite."""
    text = "a" * 154 + " ex.freedom"
    planner = septet.Planner(profile, truncate=True, max_segments=1, link_length=length)
    plan = planner.plan(text)
    assert (plan.text, plan.units, plan.billed_segments) == (text[:159], 159, 1)
    shorter = planner.plan(text[1:])
    assert (shorter.text, shorter.units) == (text[1:161], 160)
