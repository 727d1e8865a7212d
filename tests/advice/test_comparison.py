"""Comparisons: each plan is the one that the vendor's planner makes, and its losses are counted once more."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import septet
from septet.advice.comparison import compare
from septet.gsm.characters import is_invalid
from septet.planning.plans import Plan
from septet.planning.verdict import has_error

#: Each with rules that the others lack.
NAMES = (
    *("gsm", "allmysms", "aws-sns", "brevo", "clicksend", "disparopro", "gateway360", "govuk-notify"),
    *("octopush", "rcs", "smsfactor", "smsmode", "sinch", "twilio", "verimor", "zenvia"),
)
TEXTS = (
    "",
    "Soldes d’été : -20 % sur tout le magasin, réservé à nos clients fidèles",
    "’😀" * 40,
    "مرحبا بكم في متجرنا " * 4,
    "a  b \r\nç\r\n\u200b [STOP_CODE] <b>été</b> 12,50 € 3 d’août 36111",
    "half \ud800 and \x1b of 👨‍👩‍👧 at https://exemplé.fr/ça?x=1 ½ ² œ",
    "ğüşıöçŞİ " * 12,
)
OPTIONS = (
    {},
    {"commercial": True},
    {"truncate": "words", "max_segments": 1},
)
#: Rules that no shipped profile combines: a line break that the alphabet lacks, and characters left out.
MADE = """extends = "smsmode"
[alphabet]
base = "default"
remove = "\\n"
source = "made"
[line_breaks]
units = 1
source = "made"
[[substitutions]]
rows = [["é", ""], ["\u200b", ""], ["1", ""], ["😀", ""]]
source = "made"
"""


def test_a_comparison_has_the_plans_of_the_planners_and_counts_what_each_loses(tmp_path: Path) -> None:
    made = tmp_path / "made.toml"
    made.write_text(MADE, "utf-8")
    profiles = [*map(septet.profile, NAMES), septet.profile(made)]
    met = 0
    for options in OPTIONS:
        able = [profile for profile in profiles if _takes(profile, options)]
        for text in TEXTS:
            for found in compare(text, able, {}, **options):  # type: ignore[arg-type]
                plan = septet.plan(text, found.profile, **options)  # type: ignore[arg-type]
                case = found.profile.name, text, options
                assert found.plan.to_dict() == plan.to_dict(), case
                assert found.ok == plan.ok == (not _errors(plan)) == (not has_error(found.plan)), case
                assert found.lost == _lost(plan), case
                assert found.plan.transmitted == len(plan.segments), case
                met += found.lost > 0
    assert met > 50


def _takes(profile: septet.Profile, options: dict[str, object]) -> bool:
    try:
        septet.count("", profile, **options)  # type: ignore[arg-type]
    except ValueError:
        return False
    return True


def _errors(plan: Plan) -> list[str]:
    return [problem.code for problem in plan.problems if problem.severity == "error"]


def _lost(plan: Plan) -> int:
    """What a plan loses, by its changes and one character after another."""
    lost = plan.truncated
    if plan.encoding in ("ucs2", "utf8") and plan.coding.carries_all:
        kept = {place for start, end in plan.written() for place in range(start, end)}
        lost += sum(is_invalid(plan.original[place]) for place in kept)
    for change in plan.changes:
        seen = unicodedata.category(change.source[0]) not in ("Cc", "Cf")
        lost += change.reason in ("lossy", "unmapped") or (change.reason == "deletion" and seen)
    return lost
