"""Runs the benches and prints their results: ``python benches/run.py``.

`--record` also writes it to ``benches/record``, with the commit, the machine and the versions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from definitions import BENCHES, QUESTIONS
from records import machine, write
from report import Bar, Report, markdown, table_of_bars
from session import FULL, QUICK, Session

import septet


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast septet counts, beside its peers and the machine.")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter loops, fewer texts")
    parser.add_argument(
        "--only",
        action="append",
        choices=BENCHES,
        metavar="NAME",
        help=f"one of {', '.join(BENCHES)}; repeatable",
    )
    parser.add_argument("--record", action="store_true", help="write the findings to benches/record")
    options = parser.parse_args()
    if options.record and (options.only or options.quick):
        parser.error("--record wants a whole run, without --only and --quick")
    lines = []
    for line in findings(options.only or list(BENCHES), QUICK if options.quick else FULL):
        print(line, flush=True)
        lines.append(line)
    if options.record:
        print(f"\nRecorded in {write(lines)}", file=sys.stderr)


def findings(names: list[str], session: Session) -> Iterator[str]:
    """The whole report, in pieces of Markdown, as soon as each is ready."""
    bars: list[Bar] = []
    yield "\n".join(f"- {what}: {value}" for what, value in machine().items())
    for name in names:
        report: Report = BENCHES[name](session)
        # A target for the compiled kernel does not apply to the other one.
        bars += [
            bar._replace(figure=None) if bar.compiled and septet.KERNEL != "cython" else bar
            for bar in report.bars
        ]
        yield f"\n## {QUESTIONS[name]}"
        for table in report.tables:
            yield "\n" + markdown(table)
        if report.notes:
            yield "\n" + "\n".join(f"- {note}" for note in report.notes)
    if bars:
        yield "\n## What was to be reached\n\n" + markdown(table_of_bars(bars))


if __name__ == "__main__":
    main()
