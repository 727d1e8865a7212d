"""How near is measuring a column in Polars, pandas and DuckDB to what these libraries take by themselves?

A million rows of short texts. The peers of Polars and DuckDB are functions that do nothing, called in the
two ways in which a library calls functions of Python: with the column (in DuckDB, a part of it) and with
each row. The first one of Polars reads no text at all, so no real work can reach it; it shows what septet
adds. The peers of pandas are `measure_arrow` of the same column and, for objects, making such a column
first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from corpora import corpus, draw
from report import Bar, Report, Table, ratio
from session import Session
from timing import interleaved, statement

import septet

ROWS, QUICK_ROWS = 1_000_000, 50_000
TEXTS = 5_000
BAR = 0.7
CORPUS = "notices"


class Subject(NamedTuple):
    what: str
    run: Callable[[], Any]
    #: The subjects that it is compared with; none if others are compared with it.
    beside: tuple[str, ...] = ()


def measure(session: Session) -> Report:
    try:
        import duckdb
        import pandas
        import polars
        import pyarrow
    except ImportError as error:
        return Report([], [Bar("columns of frames", None, BAR)], [f"{error.name} is not installed: no frame"])
    rows = QUICK_ROWS if session.quick else ROWS
    texts = list(draw(CORPUS, TEXTS)) * (rows // TEXTS)
    column = pyarrow.array(texts, pyarrow.large_string())
    expected = sum(septet.Planner("twilio").count_many(texts))
    subjects = [
        *_polars(polars, column, expected),
        *_pandas(pandas, pyarrow, column, texts, expected),
        *_duckdb(duckdb, pyarrow, column, expected),
    ]
    statements = {subject.what: statement("run()", rows, run=subject.run) for subject in subjects}
    # Each call takes long enough: few loops, and as many turns as the bench of columns.
    figures = interleaved(statements, min(session.rounds, 7), session.seconds, loops=1)
    lines, bars = [], []
    for subject in subjects:
        figure = figures[subject.what]
        shares = {what: figures[what] / figure for what in subject.beside}
        lines.append([subject.what, f"{figure:.1f}", ", ".join(map(ratio, shares.values()))])
        bars += [Bar(f"{subject.what}, beside {what}", share, BAR) for what, share in shares.items()]
    title = f"{rows:,} rows of {corpus(CORPUS).title}, profile twilio"
    return Report(
        [Table(title, ["what", "ns per row", "of the speed of what it is held against"], lines)], bars
    )


def _right(found: Any, expected: int) -> None:
    if int(found) != expected:
        raise AssertionError(f"{found} segments, not {expected}")


def _polars(pl: Any, column: Any, expected: int) -> list[Subject]:
    import septet.polars

    frame = pl.DataFrame({"message": pl.from_arrow(column)})
    nothing = pl.repeat(0, len(column), dtype=pl.Int64, eager=True)
    message = pl.col("message")
    segments = septet.polars.SmsExpr(message).segments("twilio")
    shown = septet.polars.SmsExpr(message).text("twilio")
    with_column = message.map_batches(lambda series: nothing, return_dtype=pl.Int64, is_elementwise=True)
    with_row = message.map_elements(lambda text: 0, return_dtype=pl.Int64)
    _right(frame.select(segments)["message"].sum(), expected)
    _right(frame.lazy().select(segments.sum()).collect(engine="streaming").item(), expected)
    assert frame.select(shown)["message"].equals(frame["message"])
    beside = "Polars: an empty function with the column", "Polars: an empty function with each row"
    return [
        Subject(beside[0], lambda: frame.select(with_column)),
        Subject(beside[1], lambda: frame.select(with_row)),
        Subject("Polars: `.sms.segments`", lambda: frame.select(segments), beside),
        Subject("Polars: `.sms.text`", lambda: frame.select(shown), beside[1:]),
    ]


def _pandas(pd: Any, pa: Any, column: Any, texts: list[str], expected: int) -> list[Subject]:
    import septet.pandas

    planner = septet.Planner("twilio")
    of_arrow = pd.Series(pd.arrays.ArrowExtensionArray(pa.chunked_array([column])))
    of_objects = pd.Series(texts, dtype=object)
    arrow = septet.pandas.SmsAccessor(of_arrow)
    objects = septet.pandas.SmsAccessor(of_objects)
    for accessor in (arrow, objects):
        _right(accessor.segments("twilio").sum(), expected)
    values = of_objects.to_numpy()

    def converted() -> Any:
        return planner.measure_arrow(pa.array(values, pa.large_string(), from_pandas=True))

    beside = "`measure_arrow`", "objects made a column, and `measure_arrow`"
    return [
        Subject(beside[0], lambda: planner.measure_arrow(column)),
        Subject(beside[1], converted),
        Subject("pandas, Arrow: `.sms.segments`", lambda: arrow.segments("twilio"), beside[:1]),
        Subject("pandas, Arrow: `.sms.measure`", lambda: arrow.measure("twilio"), beside[:1]),
        Subject("pandas, objects: `.sms.segments`", lambda: objects.segments("twilio"), beside[1:]),
        Subject("pandas, objects: `.sms.measure`", lambda: objects.measure("twilio"), beside[1:]),
    ]


def _duckdb(duckdb: Any, pa: Any, column: Any, expected: int) -> list[Subject]:
    import septet.duckdb

    connection = duckdb.connect()
    connection.register("texts", pa.table({"message": column}))
    connection.execute("CREATE TABLE messages AS FROM texts")
    septet.duckdb.register(connection, profile="twilio")
    zeros = pa.array([0] * 2048, pa.int64())
    connection.create_function(
        "with_rows", lambda texts: zeros.slice(0, len(texts)), ["VARCHAR"], "BIGINT", type="arrow"
    )
    connection.create_function("with_row", lambda text: 0, ["VARCHAR"], "BIGINT", type="native")

    def run(function: str) -> Any:
        return connection.execute(f"SELECT sum({function}(message)) FROM messages").fetchall()[0][0]

    _right(run("sms_segments"), expected)
    _right(run("with_rows") + run("with_row"), 0)
    beside = "DuckDB: an empty function with some rows", "DuckDB: an empty function with each row"
    return [
        Subject(beside[0], lambda: run("with_rows")),
        Subject(beside[1], lambda: run("with_row")),
        Subject("DuckDB: `sms_segments`", lambda: run("sms_segments"), beside),
    ]
