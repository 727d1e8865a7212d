"""The accessor `sms` of pandas: each value as the plan of its row has it, in the types of the series."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import columns_of_texts
import pandas as pd
import pyarrow as pa
import pytest

import septet
import septet.pandas

TEXTS = columns_of_texts.with_nulls(columns_of_texts.texts())
ROWS: list[str | None] = ["Soldes : -20 %", None, "l’été", "", "😀" * 40, "x" * 161, "l’été"]
INDEX = list("abcdefg")
#: Before pandas 3, "str" was another word for objects that are texts, nulls and all.
STRINGS = ("string[python]", "string[pyarrow]", *(["str"] if pd.__version__ >= "3" else []))
ARROW = (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.binary())


def kinds() -> dict[str, Any]:
    """The rows in each type that holds texts, with the type that texts are shown in."""
    texts = pd.Series(ROWS, index=INDEX, name="message", dtype=object)
    octets = pa.array([None if row is None else row.encode() for row in ROWS], pa.binary())
    found = {"object": (texts, texts.dtype)}
    for name in STRINGS:
        found[name] = (texts.astype(name), texts.astype(name).dtype)
    for kind in ARROW:
        array = octets if kind == pa.binary() else pa.array(ROWS, pa.string()).cast(kind)
        shown = kind if kind == pa.large_string() else pa.string()
        series = pd.Series(pd.arrays.ArrowExtensionArray(array), index=INDEX, name="message")
        found[str(kind)] = (series, pd.ArrowDtype(shown))
    categories = texts.astype("category")
    found["category"] = (categories, categories.cat.categories.dtype)
    return found


def without_nulls(values: Any) -> list[Any]:
    return [None if pd.isna(value) else value for value in values]


def test_every_profile_answers_as_its_plans_do() -> None:
    objects = pd.Series(TEXTS, dtype=object)
    series = [objects, pd.Series(pd.arrays.ArrowExtensionArray(pa.array(TEXTS)))]
    for number, (planner, answers) in enumerate(columns_of_texts.answers(slice(2, None, 3)).items()):
        column = series[number % 2]
        measured = column.sms.measure(planner.profile, **planner.options)
        for field in measured:
            wanted = [answer and getattr(answer.measure, field) for answer in answers]
            assert without_nulls(measured[field]) == wanted, planner
        segments = column.sms.segments(planner.profile, **planner.options)
        assert without_nulls(segments) == without_nulls(measured["billed_segments"]), planner
        shown = column.sms.text(planner.profile, **planner.options)
        assert without_nulls(shown) == [answer and answer.text for answer in answers], planner


def test_types_nulls_index_and_name_are_kept() -> None:
    planner = septet.Planner("smsmode", commercial=True)
    plans = [None if row is None else planner.plan(row) for row in ROWS]
    for name, (series, shown) in kinds().items():
        figures = pd.ArrowDtype(pa.int64()) if isinstance(series.dtype, pd.ArrowDtype) else pd.Int64Dtype()
        segments = series.sms.segments("smsmode", commercial=True)
        measured = series.sms.measure("smsmode", commercial=True)
        texts = series.sms.text("smsmode", commercial=True)
        assert (segments.dtype, segments.name) == (figures, "message"), name
        assert (texts.dtype, texts.name) == (shown, "message"), name
        assert dict(measured.dtypes) == {"encoding": shown, "units": figures, "billed_segments": figures}, (
            name
        )
        for found in (segments, measured, texts):
            assert found.index.equals(series.index), name
        assert without_nulls(segments) == [plan and plan.billed_segments for plan in plans], name
        assert without_nulls(texts) == [plan and plan.text for plan in plans], name
        assert without_nulls(measured["encoding"]) == [plan and plan.encoding for plan in plans], name
        assert without_nulls(measured["units"]) == [plan and plan.units for plan in plans], name
        by_class = septet.pandas.SmsAccessor(series).segments("smsmode", commercial=True)
        pd.testing.assert_series_equal(by_class, segments)


def test_the_nulls_of_objects_stay_what_they_are() -> None:
    nulls = [None, float("nan"), pd.NA, pd.NaT]
    series = pd.Series([*nulls, "l’été"], dtype=object)
    assert series.sms.segments().tolist() == [pd.NA] * 4 + [1]
    for shown in (series.sms.text("smsmode"), series.sms.measure("smsmode")["encoding"]):
        assert all(found is null for found, null in zip(shown, nulls, strict=False))
    assert series.sms.text("smsmode").tolist()[-1] == "l?été"
    for empty in (series[:0], series[:4]):
        assert without_nulls(empty.sms.segments()) == [None] * len(empty)


def test_lone_surrogates_are_texts_of_python() -> None:
    rows = ["a\ud800b", None, "abc", "\udc00" * 71, "’\ud800"]
    for dtype in (object, pd.StringDtype("python")):
        series = pd.Series(rows, dtype=dtype, index=[3, 3, 1, 0, 2])
        for profile in ("gsm", "smsmode", "twilio"):
            plans = [None if row is None else septet.plan(row, profile) for row in rows]
            measured = series.sms.measure(profile)
            assert without_nulls(series.sms.segments(profile)) == [p and p.billed_segments for p in plans]
            assert without_nulls(series.sms.text(profile)) == [p and p.text for p in plans]
            assert without_nulls(measured["units"]) == [p and p.units for p in plans]
            assert without_nulls(measured["encoding"]) == [p and p.encoding for p in plans]
            assert measured["units"].index.tolist() == [3, 3, 1, 0, 2]
    assert rows[0] == series[3].iloc[0]  # the series itself is as it was
    categories = pd.Series(pd.Categorical(pd.Index([rows[0], "abc"], dtype=object)))
    assert categories.sms.segments().tolist() == [1, 1]


def test_slices_and_chunks_and_what_has_changed_since() -> None:
    chunks = pa.chunked_array([ROWS[:2], ROWS[2:], []], pa.string())
    series = pd.Series(pd.arrays.ArrowExtensionArray(chunks))
    wanted = [None if row is None else septet.count(row) for row in ROWS]
    assert without_nulls(series.sms.segments()) == wanted
    assert without_nulls(series[1:6:2].sms.segments()) == wanted[1:6:2]
    assert without_nulls(series.iloc[::-1].sms.text()) == ROWS[::-1]
    texts = pd.Series(["abc", "abc"], dtype=object)
    accessor = texts.sms
    assert accessor.segments().tolist() == [1, 1]
    texts.iloc[1] = "x" * 161
    assert accessor.segments().tolist() == [1, 2]


def test_octets_that_are_no_utf8_are_no_texts() -> None:
    series = pd.Series(pd.arrays.ArrowExtensionArray(pa.array([b"\xff", b"abc"])))
    assert without_nulls(series.sms.segments()) == [None, 1]
    assert without_nulls(series.sms.text()) == [None, "abc"]
    assert series.sms.measure()["encoding"].tolist() == ["invalid", "gsm7"]


@pytest.mark.parametrize(
    "values",
    [
        [1, 2],
        [1.5, None],
        pd.Categorical([1, 2]),
        pd.to_datetime(["2026-01-01"]),
        pd.array([1], dtype=pd.ArrowDtype(pa.int64())),
    ],
)
def test_other_types_have_no_such_attribute(values: Any) -> None:
    series = pd.Series(values)
    assert not hasattr(series, "sms")
    with pytest.raises(AttributeError, match=r"Can only use \.sms accessor with texts .*, found "):
        series.sms  # noqa: B018 (asking for it is the test)


@pytest.mark.parametrize("value", [5, b"abc", ["a"], {"a": 1}])
def test_objects_that_are_no_texts_are_told_with_their_row(value: Any) -> None:
    series = pd.Series(["a", None, value], index=["x", "y", "z"], dtype=object)
    for asked in (series.sms.segments, series.sms.measure, series.sms.text):
        with pytest.raises(TypeError) as raised:
            asked()
        assert str(raised.value) == f"sms: expected texts, found {type(value).__name__} in the row 'z'"


def test_wrong_profiles_and_options() -> None:
    accessor = pd.Series(["a"], dtype=object).sms
    with pytest.raises(septet.ProfileError, match="profile 'twillio' is not known"):
        accessor.segments("twillio")
    with pytest.raises(septet.OptionError, match="max_segments: gsm takes a whole number"):
        accessor.measure(max_segments=True)
    with pytest.raises(TypeError, match="max_segment'"):
        accessor.text(max_segment=1)


@pytest.mark.parametrize("package", ["pandas", "pyarrow"])
def test_without_pandas_one_line_says_what_to_install(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; import septet; septet.pandas"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = result.stderr.splitlines()[-1]
    assert last == f'ModuleNotFoundError: septet.pandas needs {package}: pip install "septet[pandas]"'
