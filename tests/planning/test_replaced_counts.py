"""What is replaced is counted as what is shown for it; and what a vendor's table of totals has of a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from mechanisms import TRIED
from sources import ROOT

import septet

#: A vendor's own table, for texts in GSM-7 with no mention: fewer than a short message holds.
TOTALS = """
[[documented_totals]]
encoding = "gsm7"
optout = false
totals = [50, 100, 400]
source = "made"
"""


def replaced(profile: str) -> list[str]:
    """One character of each length and weight of what is put in its place."""
    found = {}
    for source, shown in septet.profile(profile).substitutions.items():
        found[len(shown), septet.plan(source, profile, encoding="gsm7").units] = source
    return list(found.values())


def test_an_expansion_is_cut_as_what_is_shown_is(kernel: str) -> None:
    """œ becomes two letters, and a segment may end between them; what becomes an escape pair stays whole."""
    tried = 0
    for name in TRIED:
        if not septet.profile(name).substitutions or "gsm7" not in septet.options(name)["encoding"]["values"]:
            continue
        options = {"encoding": "gsm7", "optout": "never"}
        planner = septet.Planner(name, **options)
        for source in replaced(name):
            for before in (0, 1):
                text = "a" * before + source * 155
                plan = planner.plan(text)
                as_shown = planner.plan(plan.text)
                assert (plan.units, len(plan.segments)) == (as_shown.units, len(as_shown.segments)), name
                assert [s.units for s in plan.segments] == [s.units for s in as_shown.segments], name
                assert planner.count(text) == planner.count(plan.text) == plan.billed_segments, name
                tried += 1
    assert tried > 20


@pytest.fixture(scope="module")
def with_totals(tmp_path_factory: pytest.TempPathFactory) -> septet.Profile:
    path = tmp_path_factory.mktemp("totals") / "totals.toml"
    path.write_text((ROOT / "tables" / "vendors" / "gsm.toml").read_text("utf-8") + TOTALS, "utf-8")
    return septet.profile(Path(path))


@pytest.mark.parametrize(
    ("units", "documented"),
    # The bill is 0, 1 (up to 160), 2 (up to 306) or 3; the table ends at the last total.
    [
        *((0, None), (1, None), (50, None), (51, 2), (100, 2), (101, 3), (160, 3)),
        *((161, 3), (306, 3), (307, None), (399, None), (400, None), (401, None), (460, None)),
    ],
)
def test_a_table_of_totals_from_nothing_to_its_last(
    kernel: str, with_totals: septet.Profile, units: int, documented: int | None
) -> None:
    plan = septet.plan("a" * units, with_totals)
    found = [problem.details for problem in plan.problems if problem.code == "documented-otherwise"]
    if documented is None:
        assert found == []
    else:
        assert found == [{"billed": plan.billed_segments, "documented": documented}]


@pytest.mark.parametrize(
    ("profile", "text", "documented"),
    [
        # ovhcloud's tables, with a mention of 11 units: 149 and 153 each; 59 and 70 each.
        *[("ovhcloud", "a" * n, d) for n, d in ((149, None), (150, None), (295, None), (296, 2), (302, 2))],
        *[
            ("ovhcloud", "a" * n, d)
            for n, d in ((303, None), (1213, None), (1214, 8), (1220, 8), (1221, None))
        ],
        *[
            ("ovhcloud", "я" * n, d)
            for n, d in ((59, None), (60, None), (123, None), (124, 2), (549, 8), (550, None))
        ],
    ],
)
def test_the_last_total_of_a_vendors_table(profile: str, text: str, documented: int | None) -> None:
    plan = septet.plan(text, profile, commercial=True, encoding="auto")
    found = [problem.details for problem in plan.problems if problem.code == "documented-otherwise"]
    assert [details["documented"] for details in found] == ([] if documented is None else [documented])
