"""Exceptions for a message: for errors always, for warnings if requested, for notices never."""

from __future__ import annotations

import io
import pickle

import pytest
from clocks import WEDNESDAY, stop_at

import septet
from septet.planning import diagnosis
from septet.wording.problems import Problem

ERROR = septet.plan("aí", "smspartner")
WARNING = septet.plan("a:br:b", "smspartner")
NOTICE = septet.plan("abc", "smspartner", encoding="ucs2")


def test_errors_are_raised() -> None:
    with pytest.raises(septet.RejectedMessage, match="error unmapped-character") as rejected:
        ERROR.raise_for_problems()
    assert rejected.value.problems == ERROR.problems
    assert pickle.loads(pickle.dumps(rejected.value)).problems == ERROR.problems
    for plan in (WARNING, NOTICE):
        assert plan.ok
        plan.raise_for_problems()


def test_warnings_are_raised_where_that_is_asked_for() -> None:
    for plan in (ERROR, WARNING):
        with pytest.raises(septet.RejectedMessage):
            plan.raise_for_problems(warnings=True)
    assert [problem.severity for problem in NOTICE.problems] == ["notice"]
    NOTICE.raise_for_problems(warnings=True)


def test_of_a_request_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    warned = septet.prepare("smspartner", "Bonjour", recipients="0612345678,33612345678")
    assert [problem.code for problem in warned.problems] == ["duplicate-recipient"]
    warned.raise_for_problems()
    with pytest.raises(septet.RejectedMessage, match="warning duplicate-recipient"):
        warned.raise_for_problems(warnings=True)
    informed = septet.prepare("smspartner", "abc", recipients="0612345678", encoding="ucs2")
    assert [problem.severity for problem in informed.problems] == ["notice"]
    informed.raise_for_problems(warnings=True)


def test_of_a_batch_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    lossy = [("0612345678", "Ça ç", "")]
    report = septet.batch_file(lossy, file := io.BytesIO())
    report.raise_for_problems()
    with pytest.raises(septet.RejectedMessage, match=r"warning lossy-substitution .*: row 1: "):
        report.raise_for_problems(warnings=True)
    handed_over = septet.batch_file(lossy, io.BytesIO(), on_fault=lambda fault: None)
    with pytest.raises(septet.RejectedMessage, match=r"warning lossy-substitution: 1 row\."):
        handed_over.raise_for_problems(warnings=True)
    # As somebody else wrote it: with the character itself.
    octets = file.getvalue().replace("Ça ?".encode("iso-8859-15"), "Ça ç".encode("iso-8859-15"))
    warned = septet.prepare_batch(None, io.BytesIO(octets))
    assert warned.report.warned == 1
    warned.raise_for_problems()
    with pytest.raises(septet.RejectedMessage, match="lossy-substitution"):
        warned.raise_for_problems(warnings=True)
    septet.batch_file([("0612345678", "Bonjour", "")], file := io.BytesIO()).raise_for_problems(warnings=True)
    septet.prepare_batch(None, io.BytesIO(file.getvalue())).raise_for_problems(warnings=True)


def test_a_batch_with_notices_alone_has_no_warnings(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    # One row's text gets a notice instead of its warning.
    monkeypatch.setattr(
        diagnosis,
        "unsent_characters",
        lambda composed: iter([Problem.of("documented-otherwise", "A figure.")]),
    )
    report = septet.batch_file([("0612345678", "Ça ç", "")], io.BytesIO())
    assert (report.warned, report.counts) == (0, {"documented-otherwise": 1})
    report.raise_for_problems(warnings=True)
