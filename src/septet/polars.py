"""Polars: the namespace `sms` of expressions and series of texts (extra `polars`).

>>> import polars as pl
>>> import septet.polars
>>> frame = pl.DataFrame({"message": ["Soldes : -20 %", None]})
>>> frame.select(pl.col("message").sms.segments("twilio", commercial=True)).to_series().to_list()
[1, None]
"""

from __future__ import annotations

from functools import partial

from .planning.column_planners import FIELDS, ColumnPlanner, column_planner
from .wording.extras import Needed

with Needed("septet.polars", "polars", "polars", "pyarrow"):
    import polars as pl
    import pyarrow as _pyarrow  # noqa: F401 (columns travel by it)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Unpack

    from .planning.option_types import Options
    from .vendors.profiles import Profile

    Which = str | os.PathLike[str] | Profile

__all__ = ["SmsExpr", "SmsSeries"]


def __dir__() -> list[str]:
    return sorted(__all__)


#: The types that texts are read from.
_TEXTS = (pl.String, pl.Binary, pl.Categorical, pl.Enum, pl.Null)
_MEASURED = pl.Struct(dict(zip(FIELDS, (pl.String, pl.Int64, pl.Int64), strict=True)))


class SmsExpr:
    """The type of `pl.col("message").sms`; for a type checker write `SmsExpr(pl.col("message"))`.

    Each method takes the profile and the options of `septet.plan`, with the same errors, at once. Texts
    are strings, categories, or UTF-8 in binary; any other type is a `SchemaError` when the query runs.
    A null stays null; binary that is not UTF-8 gives null, except for its encoding, ``"invalid"``.
    """

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def segments(self, profile: Which = "gsm", **options: Unpack[Options]) -> pl.Expr:
        """The billed segments of each text, as Int64."""
        return self._mapped(_segments, column_planner(profile, options, vouched=True), pl.Int64())

    def measure(self, profile: Which = "gsm", **options: Unpack[Options]) -> pl.Expr:
        """A struct for each text: `encoding`, `units` and `billed_segments`."""
        return self._mapped(_measure, column_planner(profile, options, vouched=True), _MEASURED)

    def text(self, profile: Which = "gsm", **options: Unpack[Options]) -> pl.Expr:
        """What the phone shows of each text, as String."""
        return self._mapped(_text, column_planner(profile, options, vouched=True), pl.String())

    def _mapped(
        self,
        function: Callable[[ColumnPlanner, pl.Series], pl.Series],
        planner: ColumnPlanner,
        kind: pl.DataType,
    ) -> pl.Expr:
        # Rows are independent, so Polars may pass any part of a column, in any of its threads.
        return self._expr.map_batches(partial(function, planner), return_dtype=kind, is_elementwise=True)


class SmsSeries:
    """The attribute `sms` of a series of texts: the methods of `SmsExpr`, at once."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def segments(self, profile: Which = "gsm", **options: Unpack[Options]) -> pl.Series:
        """The billed segments of each text, as Int64."""
        return _segments(column_planner(profile, options, vouched=True), self._series)

    def measure(self, profile: Which = "gsm", **options: Unpack[Options]) -> pl.Series:
        """A struct for each text: `encoding`, `units` and `billed_segments`."""
        return _measure(column_planner(profile, options, vouched=True), self._series)

    def text(self, profile: Which = "gsm", **options: Unpack[Options]) -> pl.Series:
        """What the phone shows of each text, as String."""
        return _text(column_planner(profile, options, vouched=True), self._series)


pl.api.register_expr_namespace("sms")(SmsExpr)
pl.api.register_series_namespace("sms")(SmsSeries)


def _segments(planner: ColumnPlanner, series: pl.Series) -> pl.Series:
    return pl.Series(series.name, planner.segments(_arrow(series, "segments")), pl.Int64)


def _measure(planner: ColumnPlanner, series: pl.Series) -> pl.Series:
    return pl.Series(series.name, planner.structs(_arrow(series, "measure")), _MEASURED)


def _text(planner: ColumnPlanner, series: pl.Series) -> pl.Series:
    return pl.Series(series.name, planner.text(_arrow(series, "text")), pl.String)


def _arrow(series: pl.Series, asked: str) -> Any:
    """The column as Polars holds it, without a copy."""
    if not isinstance(series.dtype, _TEXTS):
        raise pl.exceptions.SchemaError(
            f"sms.{asked}: expected a column of texts (String, Categorical, Enum or Binary), "
            f"found {series.dtype} in {series.name!r}"
        )
    return series.to_arrow(compat_level=pl.CompatLevel.newest())
