"""Spark counts as one machine does: two million rows on a cluster of a master and two workers.

The cluster is a real one on loopback, of processes that the tests start and end; a worker of it is
killed in the middle of a job. SEPTET_ROWS is how many rows, SEPTET_SEED decides which ones; the
seed is printed.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import oracle
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset
import pyarrow.parquet
import pytest
from spark_cluster import Cluster
from test_million import random_text

import septet
import septet.spark
from septet.campaign import Estimate, estimate
from septet.errors import CampaignError

ROWS = int(os.environ.get("SEPTET_ROWS", "2000000"))
FILES = 40
#: Distinct texts; each is in several rows.
TEXTS = 50_000
PROFILE, OPTIONS = "encom", {"commercial": True}
PRICE = {"price": "0.045", "currency": "EUR"}

DOCUMENTATION = Path(__file__).parent.parent.parent / "docs"
EXAMPLE = DOCUMENTATION / "examples" / "spark_estimate.py"

pytestmark = [
    # With pandas 3, PySpark 4.3 warns when it is imported and whenever Arrow is used.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    # PySpark 4.0 leaves the closing of its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:.* <socket.socket:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def seed() -> int:
    found = int(os.environ.get("SEPTET_SEED", random.randrange(2**32)))
    print(f"\n{ROWS} rows, SEPTET_SEED={found}")
    return found


@pytest.fixture(scope="module")
def messages(seed: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Parquet files with the columns `id` and `message`: texts, nulls and what is no UTF-8."""
    folder = tmp_path_factory.mktemp("messages")
    dice = random.Random(seed)
    # Half a surrogate pair is written as "?", or now and then as octets that are no UTF-8.
    texts: list[bytes | None] = [
        random_text(dice).encode("utf-8", "surrogatepass" if number % 20 == 0 else "replace")
        for number in range(TEXTS)
    ]
    texts += [None, None, b"caf\xe9", b"\xed\xa0\x80", b""]
    pool = pa.array(texts, pa.binary()).view(pa.string())
    for number in range(FILES):
        start, end = ROWS * number // FILES, ROWS * (number + 1) // FILES
        places = pa.array(dice.choices(range(len(pool)), k=end - start))
        table = pa.table({"id": pa.array(range(start, end)), "message": pool.take(places)})
        pyarrow.parquet.write_table(table, folder / f"{number:03}.parquet")
    return folder


@pytest.fixture(scope="module")
def rows(messages: Path) -> pa.Table:
    return pyarrow.parquet.read_table(messages).sort_by("id")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield found
    finally:
        found.stop()


@pytest.fixture(autouse=True)
def show_logs_of_a_failure(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[None]:
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        print(cluster.logs())


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> Iterator[Any]:
    """A session whose driver is this process."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in cluster.environment.items():
            patch.setenv(name, value)
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master(cluster.address).appName("septet")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        found = builder.getOrCreate()
        try:
            yield found
        finally:
            found.stop()


SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "700m",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # A file is a task, so that there is a middle to be killed in.
    "spark.sql.files.maxPartitionBytes": "16m",
    "spark.sql.files.openCostInBytes": "16m",
}


@pytest.fixture(scope="module")
def local(messages: Path) -> Any:
    """The estimate of the same files, counted in this process."""
    return estimate(pyarrow.dataset.dataset(messages), "message", PROFILE, **PRICE, **OPTIONS)


def measured_here(rows: pa.Table) -> pa.Table:
    batch = septet.Planner(PROFILE, **OPTIONS).measure_arrow(rows["message"])
    columns = [batch.column(0).dictionary_decode(), batch.column(1), batch.column(2)]
    return pa.table([rows["id"].combine_chunks(), *columns], ["id", *batch.schema.names])


def in_order(folder: Path) -> pa.Table:
    return pyarrow.parquet.read_table(folder, columns=["id", *septet.spark.MEASURED]).sort_by("id")


def jobs(spark: Any, group: str) -> list[int]:
    return list(spark.sparkContext.statusTracker().getJobIdsForGroup(group))


# These come first: the cluster is whole.


def test_every_row_is_measured_as_on_one_machine(
    spark: Any, messages: Path, rows: pa.Table, tmp_path: Path
) -> None:
    df = spark.read.parquet(str(messages))
    measured = septet.spark.measure(df, "message", PROFILE, **OPTIONS)
    assert measured.columns == ["id", "message", "encoding", "units", "billed_segments"]
    measured.drop("message").write.parquet(str(tmp_path / "measured"))
    found = in_order(tmp_path / "measured")
    assert found.num_rows == ROWS
    assert found.equals(measured_here(rows))
    assert set(pc.unique(found["encoding"]).to_pylist()) == {"gsm7", "ucs2", "invalid", None}


def test_rows_are_measured_as_the_oracle_does(spark: Any, messages: Path, seed: int) -> None:
    df = spark.read.parquet(str(messages / "000.parquet"))
    measured = septet.spark.measure(df, "message", PROFILE, **OPTIONS)
    compared = 0
    for row in (
        measured.sample(min(1.0, 20_000 / ROWS), seed=seed)
        .selectExpr("cast(message as binary) as octets", "encoding", "units", "billed_segments")
        .collect()
    ):
        found = tuple(row)[1:]
        try:
            text = None if row.octets is None else bytes(row.octets).decode("utf-8")
        except UnicodeDecodeError:
            assert found == ("invalid", None, None)
            continue
        if text is None:
            assert found == (None, None, None)
        elif len(text) <= 320:
            answer = oracle.answer(text, PROFILE, **OPTIONS)
            assert found == (answer.encoding, answer.units, answer.billed_segments), (seed, text)
            compared += 1
    assert compared >= 100


def test_the_estimate_is_that_of_one_machine(spark: Any, messages: Path, local: Any) -> None:
    found = septet.spark.estimate(spark.read.parquet(str(messages)), "message", PROFILE, **PRICE, **OPTIONS)
    assert found == local
    # The first row with a problem is unknown for rows on several machines.
    assert found.to_dict() | {"examples": {}} == local.to_dict() | {"examples": {}}
    assert found.rows == ROWS
    assert set(found.rejects) == {"bad-bytes"}
    assert {character.kind for character in found.characters} == {"forces-ucs2", "counts-double"}
    assert len(found.lengths) >= 3


def test_a_planner_is_compiled_once_in_a_worker_process(spark: Any, messages: Path) -> None:
    df = spark.read.parquet(str(messages)).select("message")
    octets = septet.spark._packed(septet.Planner("envoyersmspro"))

    def measure(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import os

        from septet import spark as worker

        before = worker._unpacked.cache_info()
        count = sum(batch.num_rows for batch in worker._measured(octets, 0, batches))
        after = worker._unpacked.cache_info()
        figures = [os.getpid(), count, after.misses - before.misses]
        yield pa.RecordBatch.from_arrays(
            [pa.array([figure]) for figure in figures], ["process", "rows", "made"]
        )

    tasks = df.mapInArrow(measure, "process bigint, rows bigint, made bigint").collect()
    processes = {row.process for row in tasks}
    assert sum(row.rows for row in tasks) == ROWS
    assert len(processes) < len(tasks) == FILES
    assert {process: sum(row.made for row in tasks if row.process == process) for process in processes} == (
        dict.fromkeys(processes, 1)
    )


def test_recipients_templates_and_price_lists_are_as_on_one_machine(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text(
        "destination,price,currency\nFR,0.045,EUR\nBE,0.08,EUR\nUS,0.02,USD\n"
    )
    count = 3000
    dice = random.Random(1)
    table = pa.table(
        {
            "phone.number": dice.choices(
                ["+33612345678", "+32470123456", "+12015550123", "12", None], k=count
            ),
            "name": dice.choices(["Zoé", "Ægir", "李", "", None, "x" * 200], k=count),
            "points": pa.array(dice.choices([1, 20, None], k=count), pa.int32()),
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "clients.parquet")
    asked: dict[str, Any] = {
        "template": "Bonjour {name}, il vous reste {points} points.",
        "profile": "smsmode",
        "commercial": True,
        "recipient": "phone.number",
        "prices": tmp_path / "prices.csv",
        "optout_rate": "0.01",
    }
    df = spark.read.parquet(str(tmp_path / "clients.parquet")).repartition(5)
    found = septet.spark.estimate(df, **asked)
    assert told(found) == told(estimate(tmp_path / "clients.parquet", **asked))
    assert found.rows == count
    assert {cost.currency for cost in found.costs} == {"EUR", "USD"}
    assert set(found.rejects) == {"bad-number", "missing-field"}


def told(found: Estimate) -> dict[str, Any]:
    """Partitions know nothing about each other: no duplicates, and no first row."""
    problems = {code: rows for code, rows in found.problems.items() if code != "duplicate-recipient"}
    return found.to_dict() | {"problems": problems, "examples": {}, "duplicates": None}


def test_a_template_without_fields_is_sent_to_every_row(spark: Any) -> None:
    found = septet.spark.estimate(spark.range(1000), template="Bonjour !", price=1)
    assert (found.rows, found.segments, found.cost) == (1000, 1000, 1000)


def test_binary_columns_empty_frames_and_streams(spark: Any, messages: Path) -> None:
    df = spark.createDataFrame([(b"\xc3\xa9",), (b"\xe9",), (None,)], "`a b` binary")
    found = [tuple(row)[1:] for row in septet.spark.measure(df, "a b").collect()]
    assert found == [("gsm7", 1, 1), ("invalid", None, None), (None, None, None)]
    empty = df.limit(0)
    assert septet.spark.measure(empty, "a b").collect() == []
    nothing = septet.spark.estimate(empty, "a b", price="0.045")
    assert (nothing.rows, nothing.segments, nothing.cost) == (0, 0, 0)
    stream = spark.readStream.schema("id bigint, message string").parquet(str(messages))
    with pytest.raises(ValueError, match="found a stream"):
        septet.spark.estimate(stream)
    query = septet.spark.measure(stream.limit(10), "message").writeStream.format("memory")
    running = query.queryName("measured").trigger(availableNow=True).start()
    running.awaitTermination()
    assert spark.table("measured").count() == 10


MISTAKES: dict[str, tuple[Callable[[Any], object], type[Exception], str]] = {
    "an option": (
        lambda df: septet.spark.measure(df, "message", max_segments=0),
        ValueError,
        "max_segments: gsm takes a whole number from 1 to 255, found 0",
    ),
    "a profile": (
        lambda df: septet.spark.estimate(df, "message", "smsmod"),
        septet.ProfileError,
        r'.*did you mean "smsmode"\?.*',
    ),
    "a price": (lambda df: septet.spark.estimate(df, "message", price="-1"), ValueError, "price.*-1.*"),
    "no such column": (
        lambda df: septet.spark.measure(df, "mesage"),
        CampaignError,
        r"the data frame: no column is named 'mesage' \(did you mean \"message\"\?\): the columns are .*",
    ),
    "no such column to estimate": (
        lambda df: septet.spark.estimate(df, "mesage"),
        CampaignError,
        r"the data frame: no column is named 'mesage' \(did you mean \"message\"\?\): the columns are .*",
    ),
    "no field of the template": (
        lambda df: septet.spark.estimate(df, template="Hello {who}"),
        CampaignError,
        "the data frame: no column is named 'who', .*",
    ),
    "a column twice": (
        lambda df: septet.spark.measure(df.select("message", "message"), "message"),
        CampaignError,
        "the data frame: more than one column is named 'message'",
    ),
    "numbers": (
        lambda df: septet.spark.measure(df, "id"),
        CampaignError,
        r"the data frame: column 'id': expected texts \(string or binary\), found bigint",
    ),
    "numbers to estimate": (
        lambda df: septet.spark.estimate(df, "id"),
        CampaignError,
        r"the data frame: column 'id': expected texts \(string or binary\), found bigint",
    ),
    "nothing but nulls": (
        lambda df: septet.spark.measure(df.selectExpr("null as message"), "message"),
        CampaignError,
        r"the data frame: column 'message': expected texts \(string or binary\), found void",
    ),
    "a field that no text can hold": (
        lambda df: septet.spark.estimate(df.selectExpr("array(id) as ids"), template="{ids}"),
        CampaignError,
        r"the data frame: column 'ids': expected texts, numbers, dates or booleans, found array<bigint>",
    ),
    "a name that is added": (
        lambda df: septet.spark.measure(df.withColumn("Units", df.id), "message"),
        CampaignError,
        "the data frame: the column 'Units' has the name of one that is added: rename it there",
    ),
    "a type that stays in Spark": (
        lambda df: septet.spark.measure(df.selectExpr("message", "interval 3 month as due"), "message"),
        CampaignError,
        "the data frame: Spark cannot hand all its columns to Python; select those you need: .*",
    ),
    "no name": (
        lambda df: septet.spark.measure(df, df.message),
        TypeError,
        "column: expected the name of a column, found Column",
    ),
    "no data frame": (
        lambda df: septet.spark.measure(["abc"], "message"),  # type: ignore[arg-type]
        TypeError,
        "df: expected a DataFrame of Spark, found list",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_on_the_driver_before_any_job(spark: Any, messages: Path, mistake: str) -> None:
    call, error, line = MISTAKES[mistake]
    df = spark.read.parquet(str(messages))
    spark.sparkContext.setJobGroup(mistake, mistake)
    try:
        with pytest.raises(error) as raised:
            call(df)
    finally:
        spark.sparkContext.setJobGroup("others", "others")
    assert re.fullmatch(line, str(raised.value))
    assert jobs(spark, mistake) == []


def test_a_worker_with_another_septet_is_refused(spark: Any, messages: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(septet.spark, "_version", lambda: "9.9, tables 0")
    df = septet.spark.measure(spark.read.parquet(str(messages)).limit(5), "message")
    with pytest.raises(
        Exception, match=r"the driver has septet 9\.9, tables 0, this worker has .*: install the same"
    ):
        df.collect()


def test_the_code_of_the_page_runs(spark: Any, messages: Path) -> None:
    text = (DOCUMENTATION / "spark.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)```", text, re.MULTILINE | re.DOTALL)
    blocks = [block for block in blocks if block != EXAMPLE.read_text("utf-8")]
    assert blocks
    names: dict[str, Any] = {"spark": spark}
    for block in blocks:
        exec(
            compile(block.replace('"messages"', repr(str(messages / "000.parquet"))), "spark.md", "exec"),
            names,
        )
    assert names["found"].rows == ROWS // FILES


# From here on, workers die.


def mid_job(spark: Any, group: str, work: Callable[[], Any], then: Callable[[], Any]) -> tuple[Any, Any]:
    """The result of some work that is interrupted in the middle by something else, and the stage of it.

    The middle: some tasks of a stage of many have ended, and others have not begun.
    """
    from pyspark import inheritable_thread_target

    found: list[Any] = []
    spark.sparkContext.setJobGroup(group, group)
    thread = threading.Thread(target=inheritable_thread_target(spark)(lambda: found.append(work())))
    thread.start()
    tracker = spark.sparkContext.statusTracker()
    stage = None
    while thread.is_alive() and stage is None:
        time.sleep(0.05)
        for job in jobs(spark, group):
            for number in tracker.getJobInfo(job).stageIds:
                seen = tracker.getStageInfo(number)
                if seen and 5 <= seen.numCompletedTasks <= seen.numTasks - 10 and seen.numActiveTasks:
                    stage = seen
    assert stage is not None, "the job ended before its middle was seen"
    then()
    still_running = thread.is_alive()
    thread.join()
    assert still_running, "the job had ended when the worker was dead"
    assert found, "the job failed: see above"
    after = tracker.getStageInfo(stage.stageId)
    print(
        f"{group}: killed after {stage.numCompletedTasks} of {stage.numTasks} tasks; "
        f"{after.numFailedTasks} tasks failed with it"
    )
    return found[0], after


def test_a_worker_killed_in_the_middle_changes_no_row(
    spark: Any, cluster: Cluster, messages: Path, rows: pa.Table, tmp_path: Path
) -> None:
    measured = septet.spark.measure(spark.read.parquet(str(messages)), "message", PROFILE, **OPTIONS)
    write = measured.drop("message").write
    _, stage = mid_job(
        spark,
        "measure",
        lambda: write.parquet(str(tmp_path / "measured")) or True,
        lambda: cluster.kill_worker("worker-1"),
    )
    assert stage.numFailedTasks >= 1
    assert in_order(tmp_path / "measured").equals(measured_here(rows))


def test_a_worker_killed_in_the_middle_changes_no_estimate(
    spark: Any, cluster: Cluster, messages: Path, local: Any
) -> None:
    cluster.start_worker("worker-3")
    df = spark.read.parquet(str(messages))
    found, stage = mid_job(
        spark,
        "estimate",
        lambda: septet.spark.estimate(df, "message", PROFILE, **PRICE, **OPTIONS),
        lambda: cluster.kill_worker("worker-2"),
    )
    # What a lost worker had already passed to the next stage is computed again in another attempt.
    assert stage.numFailedTasks >= 1 or stage.currentAttemptId >= 1
    assert found == local


# The example, as its own process; the driver above holds the cores until it stops, so it comes last.


def submit(cluster: Cluster, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    settings = [word for name, value in SETTINGS.items() for word in ("--conf", f"{name}={value}")]
    command = [Path(sys.executable).parent / "spark-submit", "--master", cluster.address, *settings]
    return subprocess.run(
        [str(word) for word in (*command, EXAMPLE, *arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **cluster.environment},
    )


def test_the_example_is_submitted(
    spark: Any, cluster: Cluster, messages: Path, rows: pa.Table, tmp_path: Path
) -> None:
    spark.stop()
    some = estimate(
        pyarrow.dataset.dataset(sorted(messages.glob("00*.parquet"))), "message", PROFILE, **PRICE, **OPTIONS
    )
    result = submit(
        cluster,
        messages / "00*.parquet",
        *("--profile", PROFILE, "--commercial", "--price", "0.045", "--currency", "EUR"),
        *("--measured", tmp_path / "measured"),
    )
    assert result.returncode == 0, result.stderr
    # The JSON is the last line: spark-submit writes what Python writes to standard error there as well.
    assert json.loads(result.stdout.splitlines()[-1]) == some.to_dict() | {"examples": {}}
    assert in_order(tmp_path / "measured").equals(measured_here(rows.slice(0, some.rows)))


def test_a_submitted_mistake_is_one_line_and_no_traceback(cluster: Cluster, messages: Path) -> None:
    result = submit(cluster, messages, "--max-segments", "0")
    assert result.returncode == 1
    lines = (result.stdout + result.stderr).splitlines()
    assert "error: max_segments: gsm takes a whole number from 1 to 255, found 0" in lines
    assert not [line for line in lines if "Traceback" in line or "Exception" in line]


def test_a_submitted_file_that_is_no_parquet_is_one_line_and_no_traceback(
    cluster: Cluster, tmp_path: Path
) -> None:
    (tmp_path / "clients.csv").write_text("message\nBonjour\n")
    result = submit(cluster, tmp_path / "clients.csv")
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert len([line for line in lines if line.startswith("error: ") and "clients.csv" in line]) == 1
    assert not [line for line in lines if "Traceback" in line]
