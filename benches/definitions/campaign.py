"""How near is estimating a campaign to merely reading the column, and does memory grow with the file?

The peer is pyarrow, reading the same column of the same file, whole (`read_table`, `read_csv`, both with
their own threads) and in batches, as one must if memory matters (`iter_batches`, `open_csv`); the faster of
the two counts. The files are in the system's cache, and every figure is of whole runs, from opening the
file. All texts are different: a number, then a text of the corpora, ASCII, French and, one in twenty,
emoji. A spreadsheet (.xlsx) is compared with python-calamine reading all cells of the same sheet. The peak
of memory is that of a separate process, with the interpreter and all libraries.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpora import draw
from report import Bar, Report, Table, ratio
from session import Session
from timing import interleaved, once

import septet

ROWS, QUICK_ROWS = 2_000_000, 300_000
SHEET_ROWS, QUICK_SHEET_ROWS = 300_000, 50_000
#: For memory: so many rows that a file kept in memory would show.
MANY_ROWS = 10_000_000
PLANNERS: dict[str, dict[str, Any]] = {
    "gsm": {},
    "smsmode, commercial": {"profile": "smsmode", "commercial": True},
}
# Not ru_maxrss, which includes the process that started this one.
_PEAK = """
import re, sys
from septet.campaign import estimate
assert estimate(sys.argv[1], price="0.045").measured == int(sys.argv[2])
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
"""


def measure(session: Session) -> Report:
    try:
        import pyarrow
    except ImportError:
        return Report([], _bars({}, None), ["pyarrow is not installed: no campaign is estimated"])
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        rows = QUICK_ROWS if session.quick else ROWS
        _write(pyarrow, folder, rows)
        shares: dict[str, float] = {}
        tables = [_kind(folder, kind, rows, session, shares) for kind in ("Parquet", "CSV", "CSV, quoted")]
        sheet_rows = QUICK_SHEET_ROWS if session.quick else SHEET_ROWS
        _write_sheet(pyarrow, folder, sheet_rows)
        tables.append(_kind(folder, "Spreadsheet", sheet_rows, session, shares))
        notes, peak = [], None
        if sys.platform.startswith("linux"):
            many = rows if session.quick else MANY_ROWS
            _write(pyarrow, folder, many, parquet_alone=True)
            megabytes = _peak(folder / "campaign.parquet", many) / 1024
            size = (folder / "campaign.parquet").stat().st_size / 2**20
            notes.append(
                f"Peak memory with {many:,} rows of Parquet ({size:.0f} MiB): {megabytes:.0f} MiB, "
                f"with 1 row: {_peak_of_one(pyarrow, folder) / 1024:.0f} MiB"
            )
            peak = None if session.quick else megabytes
    return Report(tables, _bars(shares, peak), notes)


def _bars(shares: dict[str, float], peak: float | None) -> list[Bar]:
    readers = {"Parquet": "pyarrow", "CSV": "pyarrow", "Spreadsheet": "python-calamine"}
    bars = [
        Bar(
            f"{kind}, {who}: estimating, of {reader}'s speed of reading",
            shares.get(f"{kind}, {who}"),
            0.5,
        )
        for kind, reader in readers.items()
        for who in PLANNERS
    ]
    return [*bars, Bar(f"peak memory, {MANY_ROWS:,} rows of Parquet", peak, 400, at_most=True, unit="MiB")]


def _batch(pyarrow: Any, start: int, rows: int) -> Any:
    """Rows with a number, a phone number and a text, all different."""
    import random

    import pyarrow.compute as compute

    pool = [*draw("french", 2000), *draw("ascii", 2000), *draw("emoji", 200)]
    chance = random.Random(start)
    places = pyarrow.array([chance.randrange(len(pool)) for _ in range(rows)], pyarrow.int32())
    numbers = pyarrow.array(range(start, start + rows), pyarrow.int64())
    texts = pyarrow.array([text.replace(";", ",").replace('"', "'") for text in pool]).take(places)
    messages = compute.binary_join_element_wise(numbers.cast(pyarrow.string()), texts, " ")
    phones = compute.binary_join_element_wise(
        "+3361", compute.utf8_lpad(numbers.cast(pyarrow.string()), 7, "0"), ""
    )
    return pyarrow.RecordBatch.from_arrays([numbers, phones, messages], ["id", "phone", "message"])


def _write(pyarrow: Any, folder: Path, rows: int, parquet_alone: bool = False) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    step = min(rows, 250_000)
    schema = _batch(pyarrow, 0, 1).schema
    options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="none")
    quoted = pyarrow.csv.WriteOptions(delimiter=";", quoting_style="all_valid")
    with pyarrow.parquet.ParquetWriter(folder / "campaign.parquet", schema) as parquet:
        plain = pyarrow.csv.CSVWriter(folder / "campaign.csv", schema, write_options=options)
        every = pyarrow.csv.CSVWriter(folder / "quoted.csv", schema, write_options=quoted)
        with plain, every:
            for start in range(0, rows, step):
                batch = _batch(pyarrow, start, min(step, rows - start))
                parquet.write_batch(batch)
                if not parquet_alone:
                    plain.write_batch(batch)
                    every.write_batch(batch)


def _write_sheet(pyarrow: Any, folder: Path, rows: int) -> None:
    from septet.campaign.outputs.outputs import Output, publishing

    with publishing([output := Output(folder / "campaign.xlsx")]):
        output.write(_batch(pyarrow, 0, rows))


def _cells_of(path: str) -> Any:
    """All rows of the first sheet, as its reader returns them."""
    import python_calamine

    return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()


def _kind(folder: Path, kind: str, rows: int, session: Session, shares: dict[str, float]) -> Table:
    import pyarrow.csv
    import pyarrow.parquet

    from septet.campaign import estimate

    names = {"Parquet": "campaign.parquet", "CSV": "campaign.csv", "CSV, quoted": "quoted.csv"}
    path = str(folder / names.get(kind, "campaign.xlsx"))
    readers: dict[str, Callable[[], Any]]
    if kind == "Spreadsheet":
        readers = {"python-calamine reads its cells": lambda: _cells_of(path)}
    elif kind == "Parquet":
        readers = {
            "pyarrow reads it whole": lambda: pyarrow.parquet.read_table(path, columns=["message"]),
            "pyarrow reads it in batches": lambda: [
                None for _ in pyarrow.parquet.ParquetFile(path).iter_batches(columns=["message"])
            ],
        }
    else:
        parse = pyarrow.csv.ParseOptions(delimiter=";")
        convert = pyarrow.csv.ConvertOptions(include_columns=["message"])
        readers = {
            "pyarrow reads it whole": lambda: pyarrow.csv.read_csv(
                path, parse_options=parse, convert_options=convert
            ),
            "pyarrow reads it in batches": lambda: [
                None for _ in pyarrow.csv.open_csv(path, parse_options=parse, convert_options=convert)
            ],
        }
    subjects = dict(readers)
    for who, options in PLANNERS.items():
        _check(estimate(path, **options), _texts(readers), rows, options)
        subjects[f"septet, {who}"] = lambda options=options: estimate(path, **options)  # type: ignore[misc]
    taken = interleaved(
        {what: once(run) for what, run in subjects.items()}, min(session.rounds, 7), session.seconds, loops=1
    )
    reading = min(taken[what] for what in readers)
    for who in PLANNERS:
        shares[f"{kind}, {who}"] = reading / taken[f"septet, {who}"]
    size = Path(path).stat().st_size / 2**20
    lines = [
        [what, f"{nanoseconds / rows:.0f}", f"{size / nanoseconds * 1e9:.0f}", ratio(reading / nanoseconds)]
        for what, nanoseconds in taken.items()
    ]
    header = ["", "ns per row", "MiB/s", "of reading"]
    return Table(f"{kind}, {rows:,} rows, {size:.0f} MiB", header, lines)


def _texts(readers: dict[str, Callable[[], Any]]) -> Any:
    """The column of messages, as a reader returns it."""
    found = next(iter(readers.values()))()
    if isinstance(found, list):
        import pyarrow

        header, *rows = found
        return pyarrow.table({"message": [row[header.index("message")] for row in rows]})
    return found


def _check(found: Any, table: Any, rows: int, options: dict[str, Any]) -> None:
    """Raises AssertionError unless the estimate equals the kernel's figures for the column."""
    import pyarrow.compute as compute

    planner = septet.Planner(**{"profile": "gsm", **options})
    measured = planner.measure_arrow(table.column("message"))
    assert (found.rows, found.rejected) == (rows, 0)
    assert found.segments == compute.sum(measured.column("billed_segments")).as_py()


def _peak(path: Path, rows: int) -> float:
    """The memory of a process that estimates a file, in kilobytes."""
    command = [sys.executable, "-c", _PEAK, str(path), str(rows)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _peak_of_one(pyarrow: Any, folder: Path) -> float:
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_batches([_batch(pyarrow, 0, 1)]), folder / "one.parquet")
    return _peak(folder / "one.parquet", 1)
