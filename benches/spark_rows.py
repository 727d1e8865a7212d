"""How many rows does a core count in Spark, and what takes its time?

Run as ``python benches/spark_rows.py``, or `make bench-spark`: two million rows of a column of a Parquet
file, in a session of one core on this machine. The elapsed seconds, which include other work on the
machine, are shown with the seconds of the processor of all processes that take part: the JVM and the
workers of Python. Every answer is compared before anything is timed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
from corpora import corpus, draw
from records import machine, write
from report import Table, markdown

import septet
import septet.spark
from septet.campaign import Estimator, Tally

CORPORA = ("french", "emoji")
#: Distinct sentences; each row has its own number, too, so that all are different.
TEXTS = 5000
DIGITS = 8
#: How many rows Spark passes to Python at once.
BATCH = 10_000
PROFILE = "gsm"


class Spent(NamedTuple):
    """The time of a run: the median of several."""

    seconds: float
    processor: float


class Subject(NamedTuple):
    what: str
    run: Callable[[], Any]
    #: What `run` must answer.
    expected: Any


def column(name: str, rows: int) -> pa.Array:
    """So many different messages of a corpus."""
    texts = pa.array(draw(name, TEXTS))
    kept = pc.utf8_slice_codeunits(texts, 0, min(map(len, draw(name, TEXTS))) - DIGITS)
    numbers = pa.array(range(rows))
    own = pc.utf8_lpad(pc.cast(numbers, pa.string()), DIGITS, "0")
    places = pc.subtract(numbers, pc.multiply(pc.divide(numbers, TEXTS), TEXTS))
    return pc.binary_join_element_wise(kept.take(places), own, "")


def subjects(spark: Any, path: Path) -> list[Subject]:
    """The steps, each with all steps before it."""
    from pyspark.sql import functions

    messages = pyarrow.parquet.read_table(path)["message"].combine_chunks()
    batches = pa.table([messages], ["message"]).to_batches(BATCH)
    planner, estimator = septet.Planner(PROFILE), Estimator(profile=PROFILE, price="0.045")
    octets = pc.sum(pc.binary_length(messages)).as_py()
    segments = sum(septet.Planner(PROFILE).count_many(messages.to_pylist()))
    df = spark.read.parquet(str(path)).select("message")

    def counted() -> int:
        return sum(pc.sum(planner.measure_arrow(batch.column(0)).column(2)).as_py() for batch in batches)

    def tallied() -> int:
        total = Tally()
        for batch in batches:
            total += estimator.tally(batch)
        return total.segments

    def rows_only(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_arrays([pa.array([sum(batch.num_rows for batch in batches)])], ["rows"])

    def total(frame: Any, what: str) -> Any:
        return frame.agg(functions.expr(f"sum({what})")).collect()[0][0]

    return [
        Subject("`measure_arrow` alone, in this process", counted, segments),
        Subject("the tally of an estimate alone, in this process", tallied, segments),
        Subject("Spark: decoding Parquet", lambda: total(df, "octet_length(message)"), octets),
        Subject(
            "and handing the column to Python",
            lambda: total(df.mapInArrow(rows_only, "rows bigint"), "rows"),
            len(messages),
        ),
        Subject(
            "and counting it: `septet.spark.estimate`",
            lambda: septet.spark.estimate(df, profile=PROFILE, price="0.045").segments,
            segments,
        ),
        Subject(
            "or measuring each row and handing it back: `septet.spark.measure`",
            lambda: total(septet.spark.measure(df, "message", PROFILE), "billed_segments"),
            segments,
        ),
    ]


def spent(run: Callable[[], Any], rounds: int, processes: Callable[[], float]) -> Spent:
    seconds, processor = [], []
    for _ in range(rounds):
        before, start = processes(), time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
        processor.append(processes() - before)
    return Spent(statistics.median(seconds), statistics.median(processor))


def processor_seconds() -> float:
    """The time of the processor used by this process and all its descendants, ended ones included."""
    found: dict[int, tuple[int, int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        found[int(path.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    family = [os.getpid()]
    for member in family:
        family += [process for process, (parent, _) in found.items() if parent == member]
    return sum(found[member][1] for member in family if member in found) / os.sysconf("SC_CLK_TCK")


def table(name: str, rows: int, rounds: int, spark: Any, folder: Path) -> Table:
    path = folder / f"{name}.parquet"
    pyarrow.parquet.write_table(pa.table({"id": range(rows), "message": column(name, rows)}), path)
    lines = []
    for subject in subjects(spark, path):
        # The first run warms up, and its answer decides whether there is a second.
        found = subject.run()
        if found != subject.expected:
            sys.exit(f"{name}: {subject.what}: expected {subject.expected}, found {found}: nothing was timed")
        taken = spent(subject.run, rounds, processor_seconds)
        hours = 1e9 / rows * taken.processor / 3600
        lines.append(
            [
                subject.what,
                f"{rows / taken.seconds:,.0f}",
                f"{rows / taken.processor:,.0f}",
                f"{hours:.2f}",
            ]
        )
    size = path.stat().st_size / 2**20
    return Table(
        f"{rows:,} rows of {corpus(name).title}, {size:.0f} MiB of Parquet",
        ["what", "rows a second", "rows a second of processor", "hours of processor for 10⁹ rows"],
        lines,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--record", action="store_true", help="write the findings to benches/record")
    asked = parser.parse_args()
    # The workers run the same Python with the same septet.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    import pyspark
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("septet")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    for setting, value in settings.items():
        builder = builder.config(setting, value)
    spark = builder.getOrCreate()
    lines = []

    def say(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    try:
        found = {**machine(), "spark": f"{pyspark.__version__}, pyarrow {pa.__version__}, one core"}
        say("\n".join(f"- {what}: {value}" for what, value in found.items()))
        say("\n## " + str(__doc__).partition("\n")[0])
        with tempfile.TemporaryDirectory() as folder:
            for name in CORPORA:
                say("\n" + markdown(table(name, asked.rows, asked.rounds, spark, Path(folder))))
    finally:
        spark.stop()
    if asked.record:
        print(f"\nRecorded in {write(lines, 'spark')}", file=sys.stderr)


if __name__ == "__main__":
    main()
