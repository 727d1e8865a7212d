"""What the workers of Spark do with a partition, without Spark (with it: tests/slow/test_spark.py)."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet import spark
from septet.campaign import Estimator, estimate

ROWS = ["abc", None, "", "ça … €", "é€" * 100, "😀" * 70, "STOP 36034", "x" * 2000, None, "]" * 153] * 3


def batches(cuts: list[int]) -> list[pa.RecordBatch]:
    """The rows, cut at these places, with their numbers in a column before them."""
    table = pa.table({"c0": range(len(ROWS)), "c1": pa.array(ROWS, pa.string())})
    places = [0, *sorted(cuts), len(ROWS)]
    slices = [table.slice(start, end - start) for start, end in pairwise(places)]
    return [batch for piece in slices for batch in piece.to_batches()]


def test_a_partition_is_measured_batch_by_batch() -> None:
    planner = septet.Planner("encom", commercial=True)
    found = list(spark._measured(spark._packed(planner), 1, iter(batches([4, 11]))))
    assert [batch.num_rows for batch in found] == [4, 7, len(ROWS) - 11]
    rows = pa.Table.from_batches(found)
    assert rows.column_names == ["c0", "c1", "encoding", "units", "billed_segments"]
    # Spark reads each row by itself, and no dictionary.
    assert rows.schema.field("encoding").type == pa.string()
    assert rows["c0"].to_pylist() == list(range(len(ROWS)))
    measured = zip(*(rows[name].to_pylist() for name in spark.MEASURED), strict=True)
    assert list(measured) == [(None,) * 3 if text is None else planner.measure(text) for text in ROWS]


@given(
    cuts=st.lists(st.integers(0, len(ROWS)), max_size=5), partitions=st.integers(1, 4), chance=st.randoms()
)
def test_tallies_of_any_partitions_add_up(cuts: list[int], partitions: int, chance: Random) -> None:
    estimator = Estimator("message", "encom", "0.045", commercial=True)
    octets = spark._packed(estimator)
    rows = [batch.select(["c1"]) for batch in batches(cuts)]
    chance.shuffle(rows)
    tallies = [
        row for part in range(partitions) for row in spark._tallied(octets, iter(rows[part::partitions]))
    ]
    assert [tally.num_rows for tally in tallies] == [1] * partitions
    (merged,) = spark._merged(iter(tallies))
    found = estimator.estimate(pickle.loads(merged.column(0)[0].as_py()))
    assert found == estimate(ROWS, "message", "encom", "0.045", commercial=True)


def test_a_worker_compiles_a_planner_once() -> None:
    octets = spark._packed(septet.Planner("smsmode"))
    before = spark._unpacked.cache_info()
    for _ in range(5):
        list(spark._measured(octets, 1, iter(batches([]))))
    after = spark._unpacked.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 4)


def test_a_worker_with_another_septet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    octets = spark._packed(septet.Planner())
    monkeypatch.setattr(spark, "_version", lambda: "0.0, tables of old")
    measured: Iterator[pa.RecordBatch] = spark._measured(octets, 1, iter(batches([])))
    with pytest.raises(
        RuntimeError, match=r"this worker has 0\.0, tables of old: install the same everywhere"
    ):
        next(measured)


@pytest.mark.parametrize("call", ["measure(None, 'message')", "estimate(None)"])
def test_without_pyspark_one_line_says_what_to_install(call: str) -> None:
    code = f"import sys; sys.modules['pyspark'] = None; import septet; septet.spark.{call}"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = result.stderr.splitlines()[-1]
    assert last == 'ModuleNotFoundError: septet.spark needs PySpark: pip install "septet[spark]"'
