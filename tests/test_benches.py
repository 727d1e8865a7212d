"""The benches count the right texts, believe no wrong answer, and report what they found.

Nothing is timed here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import oracle
import pytest
from sources import ROOT

import septet

BENCHES = ROOT / "benches"
sys.path.insert(0, str(BENCHES))
comparison, corpora, engines, records, report, run, timing = map(
    import_module, ("comparison", "corpora", "engines", "records", "report", "run", "timing")
)
peers = import_module("definitions.peers")

CORPORA = (*corpora.TIMED, *corpora.ROWS, "edges")
SESSION = import_module("session").QUICK


def right(name: str) -> list[tuple[str, int]]:
    answers = [oracle.answer(text, "gsm") for text in corpora.corpus(name).texts]
    return [(answer.encoding, answer.billed_segments) for answer in answers]


@pytest.mark.parametrize("name", CORPORA)
def test_our_answers_for_a_corpus_are_right(kernel: str, name: str) -> None:
    assert peers.right_answers(name) == right(name)


@pytest.mark.parametrize("name", corpora.TIMED + corpora.ROWS)
def test_a_corpus_is_what_it_says(name: str) -> None:
    corpus = corpora.corpus(name)
    assert corpus.provenance
    assert len(set(corpus.texts)) == len(corpus.texts) > 1
    assert {encoding for encoding, _ in right(name)} == {corpora.encoding(name)}
    length = re.match(r"[\d,]+", corpus.title)
    if length:
        assert {len(text) for text in corpus.texts} == {int(length[0].replace(",", ""))}


def test_the_four_main_corpora_are_those_that_bars_are_set_on() -> None:
    ascii_, french, emoji, mixed = (corpora.corpus(name).texts for name in corpora.MAIN)
    assert all(text.isascii() for text in ascii_)
    assert all("€" in text and "é" in text for text in french)
    assert all("’" in text and max(text) > "\uffff" for text in emoji)
    assert all(not text.isascii() and "\n" in text for text in mixed)


def test_drawn_texts_are_the_same_in_every_version_of_python() -> None:
    assert corpora.draw("ascii", 2)[1] == (
        "Your code is 9410, valid for ten minutes. Balance of account 4493: -12.50 EUR. Balance of account 88"
    )


@pytest.mark.parametrize(
    "mistake",
    [
        pytest.param(lambda text, units, part: -(-units // part), id="cuts pairs"),
        pytest.param(lambda text, units, part: -(-len(text) // part), id="counts characters"),
    ],
)
def test_the_edges_tell_an_exact_counter_from_another(mistake: Any) -> None:
    """A counter with the right capacities and encodings, but one mistake, is found out."""
    given = []
    for text in corpora.corpus("edges").texts:
        measured = septet.Planner().measure(text)
        single, part = (160, 153) if measured.encoding == "gsm7" else (70, 67)
        segments = 1 if measured.units <= single else mistake(text, measured.units, part)
        given.append((measured.encoding, segments))
    assert comparison.wrong_answers(given, right("edges"))


@pytest.mark.parametrize(
    "name", [pytest.param(engines.OURS, marks=pytest.mark.compiled_kernel), engines.PURE]
)
def test_our_engines_answer_from_their_own_processes(name: str) -> None:
    with engines.Engine(engines.Kind(name, "Python")) as engine:
        assert engine.version == septet.__version__
        assert engine.answers(corpora.corpus("edges").texts) == right("edges")
        assert engine.sampler(corpora.corpus("vendor"))(0.0001) > 0


def test_an_engine_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines.shutil, "which", lambda name: None)
    with pytest.raises(engines.Missing, match=r"Node\.js"):
        engines.Engine(engines.Kind("split-sms", "Node.js"))


class FakeEngine:
    """As `engines.Engine`, without a process; wrong about the edges when its name says so."""

    def __init__(self, kind: Any) -> None:
        self.name, self.language = kind
        self.version = "1.0"
        if self.name == "missing":
            raise engines.Missing("it is not there")

    def answers(self, texts: Sequence[str]) -> list[tuple[str, int]]:
        answers = [(answer.encoding, answer.billed_segments) for answer in self._measures(texts)]
        if self.name == "lucky" and texts == corpora.corpus("edges").texts:
            answers[0] = ("gsm7", 99)
        if self.name == "unlucky" and texts == corpora.corpus("french").texts:
            answers[-1] = ("ucs2", 99)
        return answers

    def _measures(self, texts: Sequence[str]) -> list[septet.planning.planner.Measure]:
        return [septet.Planner().measure(text) for text in texts]

    def sampler(self, corpus: Any) -> Any:
        times = {"septet": 10, "slow": 4000, "slower": 8000, "lucky": 1, "unlucky": 2, "foreign": 150}
        return lambda seconds: times[self.name]

    def __enter__(self) -> FakeEngine:
        return self

    def __exit__(self, *error: object) -> None:
        pass


def fake_report(monkeypatch: pytest.MonkeyPatch, *kinds: tuple[str, str]) -> Any:
    monkeypatch.setattr(peers, "KINDS", [engines.Kind(*kind) for kind in kinds])
    monkeypatch.setattr(peers, "Engine", FakeEngine)
    return peers.measure(SESSION)


PYTHON = [(name, "Python") for name in ("septet", "slow", "slower", "lucky", "unlucky", "missing")]


def test_an_engine_with_a_wrong_answer_is_shown_so_and_is_no_exact_peer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = fake_report(monkeypatch, *PYTHON, ("foreign", "Node.js"))
    rows = {row[0]: row[1:] for row in found.tables[0].rows}
    assert rows["slow"] == ["4,000"] * 4
    # Right on these four, but not on the edges.
    assert rows["lucky (not exact)"] == ["1.0"] * 4
    assert rows["unlucky (not exact)"] == ["2.0", "wrong", "2.0", "2.0"]
    assert rows["septet, against the fastest exact peer, Python"] == ["400 ×"] * 4
    assert rows["septet, against the fastest exact peer, any language"] == ["15.0 ×"] * 4
    answers = {row[0]: row[3:] for row in found.tables[-1].rows}
    edges = len(corpora.corpus("edges").texts)
    assert answers["lucky"] == ["no", f"1 of {edges}", "GSM-7, 99 for GSM-7, 1"]
    assert answers["slow"] == ["yes", f"0 of {edges}", ""]
    assert "missing is left out: it is not there" in found.notes
    assert any(note.startswith("unlucky answers UCS-2, 99 for GSM-7, ") for note in found.notes)


def test_bars_against_peers_are_computed_from_the_exact_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fake_report(monkeypatch, *PYTHON, ("foreign", "Node.js"))
    figures = {(bar.bar, bar.figure, bar.reached) for bar in found.bars}
    assert figures == {(20, 15, False), (300, 400, True), (5, None, None)}
    # Without the other language, its fastest peer is not known; and the pure twin is not there.
    without = {(bar.bar, bar.figure, bar.reached) for bar in fake_report(monkeypatch, *PYTHON).bars}
    assert without == {(20, None, None), (300, 400, True), (5, None, None)}


def test_a_turn_is_its_quickest_loop_and_a_figure_the_median_of_turns() -> None:
    calls: list[str] = []

    def sampler(name: str, *samples: float) -> Any:
        left = list(samples)

        def sample(seconds: float) -> float:
            calls.append(name)
            return left.pop(0)

        return sample

    subjects = {
        "steady": sampler("steady", 99, 5, 5, 5, 5, 5, 5),
        "shaken": sampler("shaken", 99, 50, 4, 6, 7, 80, 90),
    }
    assert timing.interleaved(subjects, rounds=2, seconds=0.01, loops=3) == {"steady": 5, "shaken": 5.5}
    assert calls == ["steady", "shaken", *["steady"] * 3, *["shaken"] * 3, *["steady"] * 3, *["shaken"] * 3]


def test_a_statement_is_run_for_every_text() -> None:
    seen: list[str] = []
    timing.each("look(text)", ("a", "b"), look=seen.append)(0.0)
    assert set(seen) == {"a", "b"}
    assert seen[::2] == ["a"] * (len(seen) // 2)


@pytest.mark.parametrize(
    ("bar", "reached"),
    [
        (report.Bar("least", 20.0, 20), True),
        (report.Bar("least", 19.9, 20), False),
        (report.Bar("most", 3.0, 3, at_most=True), True),
        (report.Bar("most", 3.1, 3, at_most=True), False),
        (report.Bar("not measured", None, 3), None),
    ],
)
def test_a_bar_is_reached_or_not(bar: Any, reached: bool | None) -> None:
    assert bar.reached is reached


def findings(monkeypatch: pytest.MonkeyPatch, kernel: str) -> str:
    found = report.Report(
        [report.Table("Times", ["engine", "ns"], [["ours", "1.0"], ["theirs", "1,000"]])],
        [
            report.Bar("ours", 30.0, 20),
            report.Bar("theirs", 0.5, 20),
            report.Bar("anyone's", 1.0, 2, compiled=False),
        ],
        ["a word"],
    )
    monkeypatch.setattr(run, "BENCHES", {"floor": lambda session: found})
    monkeypatch.setattr(septet, "KERNEL", kernel)
    monkeypatch.setattr(run, "machine", lambda: {"machine": "this one"})
    return "\n".join(run.findings(["floor"], SESSION))


def test_a_run_prints_question_tables_notes_and_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = findings(monkeypatch, "cython")
    assert printed.startswith("- machine: this one\n")
    assert f"\n## {run.QUESTIONS['floor']}\n" in printed
    assert "| engine |    ns |\n| ------ | ----: |\n| ours   |   1.0 |\n| theirs | 1,000 |" in printed
    assert "- a word" in printed
    assert re.search(r"\| ours +\| at least 20 × \| +30\.0 × \| reached +\|", printed)
    assert re.search(r"\| theirs +\| at least 20 × \| +0\.50 × \| NOT reached +\|", printed)


def test_bars_of_the_compiled_kernel_are_not_measured_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = findings(monkeypatch, "python")
    assert re.search(r"\| ours +\| at least 20 × \| +\| not measured +\|", printed)
    assert re.search(r"\| anyone's +\| at least 2 × +\| +1\.00 × \| NOT reached +\|", printed)


def test_every_bench_opens_with_its_question() -> None:
    assert run.QUESTIONS.keys() == run.BENCHES.keys()
    assert all(question.endswith("?") for question in run.QUESTIONS.values())


def test_the_readme_lists_every_bench_with_its_question() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", (BENCHES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == run.QUESTIONS


def test_a_record_says_what_it_was_found_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "FOLDER", tmp_path / "record")
    monkeypatch.setattr(records, "commit", lambda: "0123456789")
    monkeypatch.setattr(records, "changed", lambda: True)
    machine = records.machine()
    assert machine.keys() == {"date", "commit", "septet", "python", "machine"}
    assert machine["commit"] == "0123456789 with changes"
    assert machine["septet"].startswith(f"{septet.__version__}, {septet.KERNEL} kernel")
    path = records.write(["one", "two"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-0123456789-changed\.md", path.name)
    assert path.read_text("utf-8") == "# Benches\n\none\ntwo\n"
