"""Ignored problems are not reported anywhere; errors always are."""

from __future__ import annotations

import io
from typing import Any

import pytest
from clocks import WEDNESDAY, stop_at
from hypothesis import given
from hypothesis import strategies as st
from oracle_profiles import PROFILES
from raised_problems import RAISED
from strategies import options, texts

import septet
from septet.campaign import appraisals, estimate, glances, signs
from septet.planning import blemishes, diagnosis
from septet.planning.ignored import MAY_BE_IGNORED
from septet.wording.problems import SEVERITIES

CODES = st.lists(st.sampled_from(MAY_BE_IGNORED), max_size=4).map(tuple)


def codes(found: Any) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize("row", RAISED, ids=lambda row: row[0])
def test_each_code_that_is_no_error(row: Any) -> None:
    code, profile, asked, text, *_ = row
    if SEVERITIES[code] == "error":
        with pytest.raises(septet.OptionError, match=f"{code} is an error"):
            septet.plan(text, profile, ignore=code, **asked)
        return
    told = codes(septet.plan(text, profile, **asked))
    for ignore in (code, (code,), (code, code)):
        plan = septet.plan(text, profile, ignore=ignore, **asked)
        assert codes(plan) == [other for other in told if other != code]
        assert plan.to_dict() | {"problems": []} == septet.plan(text, profile, **asked).to_dict() | {
            "problems": []
        }


@given(st.data())
def test_only_the_problems_of_a_plan_are_fewer(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(PROFILES)))
    asked = data.draw(options(profile))
    ignore = data.draw(CODES)
    text = data.draw(texts())
    plan = septet.Planner(profile, **asked).plan(text)
    silent = septet.Planner(profile, ignore=ignore, **asked).plan(text)
    assert silent.problems == tuple(problem for problem in plan.problems if problem.code not in ignore)
    assert silent.ok == plan.ok
    assert (silent.text, silent.units, silent.segments, silent.changes) == (
        *(plan.text, plan.units, plan.segments, plan.changes),
    )


@given(st.data())
def test_so_are_those_of_a_column(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(PROFILES)))
    asked = data.draw(options(profile))
    ignore = data.draw(CODES)
    column = [
        text.encode("utf-8", "replace").decode()
        for text in data.draw(st.lists(texts(), min_size=1, max_size=4))
    ]
    told = estimate(column, profile=profile, **asked)
    silent = estimate(column, profile=profile, ignore=ignore, **asked)
    assert dict(silent.problems) == {c: rows for c, rows in told.problems.items() if c not in ignore}
    examples = {code: found for code, found in told.to_dict()["examples"].items() if code not in ignore}
    # Ignored blanks are not counted, either.
    apart = {"problems": {}, "options": {}, **({"blanks": {}} if "outer-blanks" in ignore else {})}
    assert {**silent.to_dict(), **apart} == {**told.to_dict(), **apart, "examples": examples}


def test_what_only_an_ignored_problem_needs_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*_: object) -> None:
        raise AssertionError("it was looked for")

    monkeypatch.setattr(appraisals, "misreading", looked)
    monkeypatch.setattr(diagnosis, "suspicion", looked)
    garbled = ["l\x92eau", "colis arrivÃ©"]
    with pytest.raises(AssertionError):
        estimate(garbled, profile="smsmode")
    assert dict(estimate(garbled, profile="smsmode", ignore="suspect-encoding").problems) == {
        "lossy-substitution": 2
    }
    for name in ("_outer_blanks", "_glued", "_markup"):
        monkeypatch.setattr(blemishes, name, looked)
    monkeypatch.setattr(signs, "with_outer_blanks", looked)
    monkeypatch.setattr(glances, "damages", looked)
    blank = [" Tom", "Tom &amp; https://ex.fr/a🎉"]
    with pytest.raises(AssertionError):
        estimate(blank)
    silent = ("outer-blanks", "glued-link", "suspect-markup", "link-changed", "value-changed")
    assert dict(estimate(blank, ignore=silent).problems) == {}
    assert septet.plan(blank[0], ignore=(*silent, "suspect-encoding")).problems == ()
    asked = ("vendor-tag", "suspect-encoding", *silent)
    tagged = estimate(["a :br: b"] * 3, profile="smspartner", ignore=asked)
    assert dict(tagged.problems) == {}


def test_of_a_request_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    asked = {"recipients": "0612345678,33612345678", "sender": "Societe"}
    assert codes(septet.prepare("smsmode", "Été ç", **asked)) == [
        *("lossy-substitution", "sender-without-optout", "duplicate-recipient"),
    ]
    silent = septet.prepare("smsmode", "Été ç", ignore=("duplicate-recipient", "lossy-substitution"), **asked)
    assert codes(silent) == ["sender-without-optout"]
    (part,) = silent.split()
    assert codes(part) == ["sender-without-optout"]


def test_of_the_rows_of_a_batch_too() -> None:
    rows = [("0612345678", "Été ç", "RDV"), ("0612345678", "Été", "RDV"), ("0612345678", "日", "RDV")]

    def report(**asked: Any) -> septet.BatchReport:
        return septet.batch_file(rows, io.BytesIO(), skip_refused=True, **asked)

    told = report()
    silent = report(ignore=("lossy-substitution", "sender-without-optout"))
    assert told.counts["lossy-substitution"] == 1
    # A character that the file cannot hold is an error, even if other characters are ignored.
    assert silent.counts == {"unicode-unavailable": 1}
    assert (silent.accepted, silent.refused, silent.warned) == (told.accepted, told.refused, 0)
    assert (told.accepted, told.warned) == (2, 2)
    with pytest.raises(septet.OptionError, match="refuse_lossy refuses"):
        report(ignore="lossy-substitution", refuse_lossy=True)


def test_planners_are_equal_where_they_ignore_the_same() -> None:
    one, other = septet.Planner(ignore="truncated"), septet.Planner(ignore=("truncated",))
    assert one == other
    assert hash(one) == hash(other)
    assert one != septet.Planner()
    assert septet.Planner(ignore=("truncated", "vendor-tag")) == septet.Planner(
        ignore=("vendor-tag", "truncated")
    )
