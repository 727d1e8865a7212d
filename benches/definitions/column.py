"""How near is measuring an Arrow column of texts to copying its bytes?

The column is larger than the caches, so all of it comes from memory. The copy is memcpy: a slice assignment
between two memoryviews, into memory that is allocated already. Only the bytes of the texts count; what
`measure_arrow` allocates and writes takes time, but is not counted.
"""

from __future__ import annotations

from typing import Any

from corpora import corpus, draw
from report import Bar, Report, Table, ratio
from session import Session
from timing import interleaved, statement

import septet

BYTES = 128 * 2**20
QUICK_BYTES = 48 * 2**20
#: So many texts, then repeated: all different for as long as the branch predictor may remember.
TEXTS = 4000
BARS = {"ascii": 30, "french": 10, "mixed": 10}


def measure(session: Session) -> Report:
    try:
        import pyarrow
    except ImportError:
        bars = [Bar(_what(name), None, bar, unit="%") for name, bar in BARS.items()]
        return Report([], bars, ["pyarrow is not installed: no column is measured"])
    processors = pyarrow.cpu_count()
    pyarrow.set_cpu_count(1)
    try:
        return _measure(session, pyarrow)
    finally:  # for the benches after this one
        pyarrow.set_cpu_count(processors)


def _measure(session: Session, pyarrow: Any) -> Report:
    planner = septet.Planner()
    rows, bars = [], []
    for name, bar in BARS.items():
        texts = draw(name, TEXTS)
        size = sum(len(text.encode()) for text in texts)
        times = (QUICK_BYTES if session.quick else BYTES) // size + 1
        column = pyarrow.array(list(texts) * times, pyarrow.string())
        source = memoryview(column.buffers()[2]).cast("B")[: size * times]
        target = memoryview(bytearray(len(source)))
        subjects = {
            "copy": statement("target[:] = source", source=source, target=target),
            "measure": statement("measure(column)", column=column, measure=planner.measure_arrow),
        }
        figures = interleaved(subjects, min(session.rounds, 9), session.seconds)
        copied, measured = (len(source) / figure for figure in figures.values())
        share = measured / copied * 100
        rows.append(
            [
                corpus(name).title,
                f"{len(column):,}",
                f"{len(source) / 2**20:.0f}",
                f"{copied:.2f}",
                f"{measured:.2f}",
                f"{figures['measure'] / len(column):.1f}",
                f"{ratio(share)} %",
            ]
        )
        bars.append(Bar(_what(name), share, bar, unit="%"))
    header = ["rows of", "rows", "MiB", "memcpy, GB/s", "measure_arrow, GB/s", "ns per row", "of memcpy"]
    return Report([Table("An Arrow column, one thread", header, rows)], bars)


def _what(name: str) -> str:
    return f"Arrow column, {corpus(name).title}, of memcpy's bytes per second"
