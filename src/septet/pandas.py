"""pandas: the accessor `sms` of series of texts (extra `pandas`).

>>> import pandas as pd
>>> import septet.pandas
>>> frame = pd.DataFrame({"message": ["Soldes : -20 %", None]})
>>> frame["message"].sms.segments("twilio", commercial=True).tolist()
[1, <NA>]
"""

from __future__ import annotations

from .gsm.characters import is_encodable
from .planning.column_planners import FIELDS, column_planner
from .planning.columns import text_type
from .wording.extras import Needed
from .wording.quoting import printable

with Needed("septet.pandas", "pandas", "pandas", "pyarrow"):
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any

    from typing_extensions import Unpack

    from .planning.option_types import Options
    from .vendors.profiles import Profile

    Which = str | os.PathLike[str] | Profile

__all__ = ["SmsAccessor"]


def __dir__() -> list[str]:
    return sorted(__all__)


@pd.api.extensions.register_series_accessor("sms")
class SmsAccessor:
    """The type of `frame["message"].sms`; for a type checker write `SmsAccessor(frame["message"])`.

    A series holds texts as objects, as pandas' strings, as categories, or as types of Arrow (UTF-8 in
    binary too); series of other types have no such attribute. Each method takes the profile and the
    options of `septet.plan`, with the same errors; TypeError for an object that is not a text. Nulls stay
    null, and the index and the name are those of the series.
    """

    def __init__(self, series: pd.Series[Any]) -> None:
        if not _may_hold_texts(series.dtype):
            # As pandas does for its own accessors; TypeError would come through `hasattr`.
            raise AttributeError(
                "Can only use .sms accessor with texts (object, string, category or Arrow strings), "
                f"found {series.dtype}"
            )
        self._series = series

    def segments(self, profile: Which = "gsm", **options: Unpack[Options]) -> pd.Series[Any]:
        """The billed segments of each text, as Int64; for texts of Arrow, as its int64."""
        planner = column_planner(profile, options)
        texts = _Texts(self._series)
        odd = {place: planner.planner.count(text) for place, text in texts.odd.items()}
        return texts.figures(planner.segments(texts.array), odd)

    def measure(self, profile: Which = "gsm", **options: Unpack[Options]) -> pd.DataFrame:
        """A frame with the `encoding` of each text, its `units` and its `billed_segments`."""
        planner = column_planner(profile, options)
        texts = _Texts(self._series)
        odd = {place: planner.planner.measure(text) for place, text in texts.odd.items()}
        encoding, units, billed = planner.measure(texts.array).columns
        columns = [
            texts.words(encoding, {place: measure.encoding for place, measure in odd.items()}),
            texts.figures(units, {place: measure.units for place, measure in odd.items()}),
            texts.figures(billed, {place: measure.billed_segments for place, measure in odd.items()}),
        ]
        return pd.DataFrame(dict(zip(FIELDS, columns, strict=True)), index=self._series.index)

    def text(self, profile: Which = "gsm", **options: Unpack[Options]) -> pd.Series[Any]:
        """What the phone shows of each text, in the type of the series, or in that of its categories."""
        planner = column_planner(profile, options)
        texts = _Texts(self._series)
        odd = {place: planner.planner.plan(text).text for place, text in texts.odd.items()}
        return texts.words(planner.text(texts.array), odd)


class _Texts:
    """The texts of a series as a column of Arrow, and the conversion back to the types of pandas."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series
        kind: Any = series.dtype
        #: The type of the texts, or of the categories if there are some.
        self._kind: Any = kind.categories.dtype if isinstance(kind, pd.CategoricalDtype) else kind
        #: The texts that objects of Python can hold but UTF-8 cannot, by their places; null in `array`.
        self.odd: dict[int, str] = {}
        if not pd.api.types.is_object_dtype(kind):
            try:
                self.array: Any = pa.array(series.array, from_pandas=True)
            except UnicodeEncodeError:
                self.array = self._of_objects(series.astype(object).to_numpy())
        else:
            self.array = self._of_objects(series.to_numpy())

    def _of_objects(self, values: Any) -> Any:
        if pd.api.types.infer_dtype(values, skipna=True) not in ("string", "empty"):
            self._check(values)
        try:
            return pa.array(values, pa.large_string(), from_pandas=True)
        except UnicodeEncodeError:
            values = values.copy()
            for place, text in enumerate(values):
                if isinstance(text, str) and not is_encodable(text, "utf-8"):
                    self.odd[place], values[place] = text, None
            return pa.array(values, pa.large_string(), from_pandas=True)

    def _check(self, values: Any) -> None:
        for place, value in enumerate(values):
            null = value is None or (pd.api.types.is_scalar(value) and pd.isna(value))
            if not null and not isinstance(value, str):
                raise TypeError(
                    f"sms: expected texts, found {type(value).__name__} in the row "
                    f"{printable(repr(self._series.index[place]))}"
                )

    def figures(self, column: Any, odd: dict[int, int]) -> pd.Series[Any]:
        """Figures in a type of pandas that has nulls."""
        if isinstance(self._kind, pd.ArrowDtype):
            return self._like(column)
        missing = column.is_null().to_numpy(zero_copy_only=False).copy()
        values = pc.fill_null(column, 0).to_numpy(zero_copy_only=False).copy()
        for place, figure in odd.items():
            values[place], missing[place] = figure, False
        return self._series_of(pd.arrays.IntegerArray(values, missing))

    def words(self, column: Any, odd: dict[int, str]) -> pd.Series[Any]:
        """Texts in the type of the series; for objects with the series' own nulls."""
        if isinstance(self._kind, pd.ArrowDtype):
            kind = self._kind.pyarrow_dtype
            own = pa.large_string() if pa.types.is_large_string(kind) else pa.string()
            if pa.types.is_dictionary(column.type):
                return self._like(column.dictionary.cast(own).take(column.indices))
            return self._like(column.cast(own))
        if isinstance(self._kind, pd.StringDtype) and not odd:
            return self._series_of(self._kind.__from_arrow__(column.cast(pa.string())))
        words = _objects(column)
        if column.null_count:
            null = self._series.isna().to_numpy()
            words[null] = self._series.astype(object).to_numpy()[null]
        for place, word in odd.items():
            words[place] = word
        return self._series_of(words, dtype=self._kind)

    def _like(self, column: Any) -> pd.Series[Any]:
        return self._series_of(pd.arrays.ArrowExtensionArray(pa.chunked_array([column])))

    def _series_of(self, values: Any, dtype: Any = None) -> pd.Series[Any]:
        return pd.Series(values, index=self._series.index, name=self._series.name, dtype=dtype)


def _objects(column: Any) -> Any:
    """Texts as an array of objects: each text of a dictionary is made once, however often it occurs."""
    if not pa.types.is_dictionary(column.type):
        return column.to_numpy(zero_copy_only=False)
    words = pd.array([*column.dictionary.to_pylist(), None], dtype=object).to_numpy()
    return words.take(pc.fill_null(column.indices, len(words) - 1).to_numpy(zero_copy_only=False))


def _may_hold_texts(kind: Any) -> bool:
    if isinstance(kind, pd.CategoricalDtype):
        return _may_hold_texts(kind.categories.dtype)
    if isinstance(kind, pd.ArrowDtype):
        try:
            return text_type(pa, kind.pyarrow_dtype) is not None
        except TypeError:
            return False
    return pd.api.types.is_object_dtype(kind) or isinstance(kind, pd.StringDtype)
