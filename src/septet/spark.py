"""Spark: measures columns and estimates campaigns where their rows are (extra `spark`).

`measure` gives the figures of `Planner.measure_arrow`, `estimate` those of
`septet.campaign.estimate`: the code is the same. Spark runs it in its own workers, where septet has
to be installed too, in the same version.
"""

from __future__ import annotations

import pickle
from functools import lru_cache, partial

from . import _tables
from .errors import CampaignError
from .planning.column_planners import FIELDS
from .planning.planner import Planner
from .version import __version__
from .wording.extras import Needed
from .wording.quoting import nearest, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal
    from typing import Any

    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType
    from typing_extensions import Unpack

    from .campaign.campaigns import CampaignOptions
    from .campaign.estimates import Estimate
    from .campaign.estimators import Estimator
    from .campaign.tallies import Tally
    from .planning.option_types import Options
    from .vendors.profiles import Profile

    #: Spark calls this with the batches of a partition.
    Work = Callable[[Iterator[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]

__all__ = ["estimate", "measure"]


def __dir__() -> list[str]:
    return sorted(__all__)


#: The columns that a measured row gets after its own.
MEASURED = FIELDS
#: The types, by Spark's names, of the columns that texts are read from,
TEXTS = ("string", "char", "varchar", "binary")
#: and of those that a text can be made of.
VALUES = (
    *(*TEXTS, "void", "boolean", "byte", "short", "integer", "long", "float", "double", "decimal"),
    *("date", "timestamp", "timestamp_ntz"),
)
#: The name of the data frame in errors.
WHERE = "the data frame"


def measure(
    df: DataFrame,
    column: str,
    profile: str | os.PathLike[str] | Profile = "gsm",
    **options: Unpack[Options],
) -> DataFrame:
    """Adds the columns `encoding`, `units` and `billed_segments` to a data frame.

    `column` holds the texts, as strings or as UTF-8 in binary; `options` are those of
    `septet.plan`. A null row has three nulls; one that is not UTF-8 has the encoding ``"invalid"``
    and two nulls. Rows keep their partitions and their order.

    All columns travel to Python and back: select those you need first. Lazy, as transformations
    are, except for checks at once: raises CampaignError for a column that does not exist, holds no
    texts or has a name that is to be added, ProfileError and ValueError as `septet.plan`.
    """
    _check_data_frame(df)
    from pyspark.sql.types import LongType, StringType, StructField, StructType

    planner = Planner(profile, **options)
    place = _column(df, column, TEXTS)
    for name in df.columns:
        # Spark ignores the case of names.
        if name.lower() in MEASURED:
            raise CampaignError(
                f"{WHERE}: the column {printable(name)!r} has the name of one that is added: rename it there"
            )
    encoding, units, billed_segments = MEASURED
    added = [
        StructField(encoding, StringType()),
        StructField(units, LongType()),
        StructField(billed_segments, LongType()),
    ]
    schema = StructType([*df.schema.fields, *added])
    return _in_partitions(_by_place(df), partial(_measured, _packed(planner), place), schema)


def estimate(
    df: DataFrame,
    column: str = "message",
    profile: str | os.PathLike[str] | Profile = "gsm",
    price: Decimal | int | str | float | None = None,
    **options: Unpack[CampaignOptions],
) -> Estimate:
    """Estimates what a campaign will cost, and why: `septet.campaign.estimate` for the rows of a data frame.

    Runs one job and waits for it. Only the columns that are needed are read; each partition is
    counted where it is, the counts are added up in the cluster, and what comes to the driver is as
    small for a billion rows as for one. A task that Spark repeats counts once.

    Parameters and errors are those of `septet.campaign.estimate`, and raised before any job; a
    price list is read on the driver. Rows that cannot be measured are counted in `rejects`.
    """
    _check_data_frame(df)
    from .campaign.estimators import Estimator

    estimator = Estimator(column, profile, price, **options)
    if df.isStreaming:
        raise ValueError(f"{WHERE}: expected one that has an end, found a stream, which measure can take")
    if estimator.dedupe:
        raise CampaignError("dedupe: partitions do not know of each other: drop the duplicates before")
    estimator.check(df.columns, WHERE)
    texts = () if estimator.template else (column,)
    places = [_column(df, name, TEXTS if name in texts else VALUES) for name in estimator.columns]
    # A template without fields needs no columns, but still needs each row.
    needed = _by_place(df).selectExpr(*[f"c{place}" for place in places] or ["null"])
    octets = _packed(estimator)
    tallies = _in_partitions(needed, partial(_tallied, octets), "tally binary")
    # Spark takes as many partitions as the tallies need; they are small, so one is often enough.
    merged = _in_partitions(tallies.hint("rebalance"), _merged, "tally binary")
    return estimator.estimate(_sum(pickle.loads(row.tally) for row in merged.collect()))


# What runs on the driver.


def _check_data_frame(df: object) -> None:
    """Raises ModuleNotFoundError without PySpark, TypeError for anything but one of its data frames."""
    with Needed("septet.spark", "spark", "pyspark", "py4j"):
        from pyspark.sql import DataFrame
    if not isinstance(df, DataFrame):
        raise TypeError(f"df: expected a DataFrame of Spark, found {type(df).__name__}")


def _column(df: DataFrame, column: str, types: tuple[str, ...]) -> int:
    """The place of a column of these types. Raises CampaignError if there is none, or several."""
    if not isinstance(column, str):
        raise TypeError(f"column: expected the name of a column, found {type(column).__name__}")
    found = df.columns.count(column)
    if not found:
        known = ", ".join(map(printable, df.columns)) or "none"
        raise CampaignError(
            f"{WHERE}: no column is named {printable(column)!r}{nearest(column, df.columns)}: "
            f"the columns are {known}"
        )
    if found > 1:
        raise CampaignError(f"{WHERE}: more than one column is named {printable(column)!r}")
    place: int = df.columns.index(column)
    kind = df.schema.fields[place].dataType
    if kind.typeName() not in types:
        expected = "texts, numbers, dates or booleans" if types is VALUES else "texts (string or binary)"
        raise CampaignError(
            f"{WHERE}: column {printable(column)!r}: expected {expected}, found {kind.simpleString()}"
        )
    return place


def _by_place(df: DataFrame) -> DataFrame:
    """The data frame with names that Spark cannot misread: it misreads names with a dot, and equal ones."""
    return df.toDF(*[f"c{place}" for place in range(len(df.columns))])


def _in_partitions(df: DataFrame, work: Work, schema: StructType | str) -> DataFrame:
    from pyspark.errors import PySparkNotImplementedError

    try:
        return df.mapInArrow(work, schema)
    except PySparkNotImplementedError as error:
        raise CampaignError(
            f"{WHERE}: Spark cannot hand all its columns to Python; select those you need: {error}"
        ) from None


def _packed(tool: object) -> bytes:
    """A planner or an estimator for the workers, with the version that they also need."""
    return pickle.dumps((_version(), pickle.dumps(tool)))


def _version() -> str:
    return f"{__version__}, tables {_tables.EDITION}"


# What runs in the workers.


@lru_cache(maxsize=16)
def _unpacked(octets: bytes) -> Any:
    """A planner or an estimator, compiled once in each worker process."""
    version, tool = pickle.loads(octets)
    if version != _version():
        raise RuntimeError(
            f"the driver has septet {version}, this worker has {_version()}: install the same everywhere"
        )
    return pickle.loads(tool)


def _measured(
    octets: bytes, place: int, batches: Iterator[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    planner: Planner = _unpacked(octets)
    for batch in batches:
        encoding, units, billed_segments = planner.measure_arrow(batch.column(place)).columns
        # Spark does not need the dictionary of two words, as it reads each row by itself.
        columns = [*batch.columns, encoding.dictionary_decode(), units, billed_segments]
        yield pa.RecordBatch.from_arrays(columns, [*batch.schema.names, *MEASURED])


def _tallied(octets: bytes, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """One row for a partition: its tally."""
    estimator: Estimator = _unpacked(octets)
    names = list(estimator.columns) or ["null"]
    yield _row(_sum(estimator.tally(batch.rename_columns(names)) for batch in batches))


def _merged(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """One row for a partition: the sum of its tallies."""
    yield _row(_sum(pickle.loads(tally) for batch in batches for tally in batch.column(0).to_pylist()))


def _row(tally: Tally) -> pyarrow.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([pa.array([pickle.dumps(tally)], pa.binary())], ["tally"])


def _sum(tallies: Iterable[Tally]) -> Tally:
    from .campaign.tallies import Tally

    total = Tally()
    for tally in tallies:
        total += tally
    return total
