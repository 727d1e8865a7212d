"""How near is estimating to pyarrow reading the same file, and writing the same rows?

For the formats beside plain CSV and Parquet: NDJSON and quoted CSV; with the measured rows written, as CSV
and as Parquet; with a template filled from two columns. The peer reads the file whole or in batches,
whichever is faster, writes the same rows if rows are written, and fills the same texts if a template is
filled; beside it stands what reading alone takes. The files are in the system's cache.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpora import draw
from report import Bar, Report, Table, ratio
from session import Session
from timing import interleaved, once

ROWS, QUICK_ROWS = 500_000, 60_000
TEMPLATE = "Bonjour {name}, {message}"


def measure(session: Session) -> Report:
    try:
        import pyarrow
        import pyarrow.compute
        import pyarrow.csv
        import pyarrow.json
        import pyarrow.parquet
    except ImportError:
        return Report([], [], ["pyarrow is not installed: no campaign is estimated"])
    from septet.campaign import estimate
    from septet.campaign.outputs.outputs import Output, publishing

    count = QUICK_ROWS if session.quick else ROWS
    pool = [text.replace(";", ",").replace('"', "'") for text in draw("notices", 2000)]
    texts = [f"{row} {pool[row % len(pool)]}" for row in range(count)]
    names = [f"Nom{row % 1000}" for row in range(count)]
    table = pyarrow.table({"name": names, "message": texts})
    rows, bars = [], []
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        semicolon = pyarrow.csv.ParseOptions(delimiter=";")
        files = {
            name: str(folder / name) for name in ("rows.csv", "quoted.csv", "rows.ndjson", "rows.parquet")
        }
        for name, quoting in (("rows.csv", "none"), ("quoted.csv", "all_valid")):
            options = pyarrow.csv.WriteOptions(delimiter=";", quoting_style=quoting)
            pyarrow.csv.write_csv(table, files[name], options)
        with open(files["rows.ndjson"], "w", encoding="utf-8") as file:
            for name, text in zip(names, texts, strict=True):
                file.write(json.dumps({"name": name, "message": text}, ensure_ascii=False) + "\n")
        pyarrow.parquet.write_table(table, files["rows.parquet"])

        def read_csv(path: str) -> Any:
            return pyarrow.csv.read_csv(path, parse_options=semicolon)

        def in_batches(path: str) -> list[None]:
            return [None for _ in pyarrow.csv.open_csv(path, parse_options=semicolon)]

        def filled(read: Any) -> Any:
            name, message = (read.column(column) for column in ("name", "message"))
            return pyarrow.compute.binary_join_element_wise("Bonjour ", name, ", ", message, "")

        def filled_in_batches(path: str) -> list[Any]:
            return [filled(batch) for batch in pyarrow.csv.open_csv(path, parse_options=semicolon)]

        def write_as(kind: str, given: Any) -> None:
            path = str(folder / f"peer.{kind}")
            if kind == "csv":
                pyarrow.csv.write_csv(given, path, pyarrow.csv.WriteOptions(delimiter=";"))
            else:
                pyarrow.parquet.write_table(given, path)

        def estimated_as(kind: str) -> None:
            output = Output(str(folder / f"ours.{kind}"), delimiter=";")
            with publishing([output]):
                estimate(files["rows.csv"], sink=output.write)

        kept: list[Any] = []
        found = estimate(files["rows.csv"], sink=kept.append)
        measured = pyarrow.Table.from_batches(kept)
        for name in files.values():
            again = estimate(name)
            assert (again.rows, again.rejected, again.segments) == (count, 0, found.segments), name
        expected = [TEMPLATE.format(name=name, message=text) for name, text in zip(names, texts, strict=True)]
        assert filled(read_csv(files["rows.csv"])).to_pylist() == expected
        cases: dict[str, tuple[list[Callable[[], Any]], Callable[[], Any]]] = {
            "NDJSON": (
                [lambda: pyarrow.json.read_json(files["rows.ndjson"])],
                lambda: estimate(files["rows.ndjson"]),
            ),
            "quoted CSV": (
                [lambda: read_csv(files["quoted.csv"]), lambda: in_batches(files["quoted.csv"])],
                lambda: estimate(files["quoted.csv"]),
            ),
            "template": (
                [lambda: filled(read_csv(files["rows.csv"])), lambda: filled_in_batches(files["rows.csv"])],
                lambda: estimate(files["rows.csv"], template=TEMPLATE),
            ),
            "template, beside reading without filling": (
                [lambda: read_csv(files["rows.csv"]), lambda: in_batches(files["rows.csv"])],
                lambda: estimate(files["rows.csv"], template=TEMPLATE),
            ),
            **{
                f"CSV, written as {name}": (
                    [lambda kind=kind: (read_csv(files["rows.csv"]), write_as(kind, measured))],
                    lambda kind=kind: estimated_as(kind),
                )
                for name, kind in (("CSV", "csv"), ("Parquet", "parquet"))
            },
        }
        for what, (peers, ours) in cases.items():
            subjects = {f"peer {place}": once(peer) for place, peer in enumerate(peers)}
            taken = interleaved(
                {**subjects, "septet": once(ours)}, min(session.rounds, 7), session.seconds, loops=1
            )
            own = taken.pop("septet")
            share = min(taken.values()) / own
            rows.append([what, f"{min(taken.values()) / count:.0f}", f"{own / count:.0f}", ratio(share)])
            bars.append(Bar(f"{what}: estimating, of pyarrow's speed", share, 0.5))
    header = ["", "pyarrow", "septet", "of its speed"]
    return Report([Table(f"{count:,} rows, ns per row", header, rows)], bars)
