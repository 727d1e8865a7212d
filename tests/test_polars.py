"""The namespace `sms` of Polars: each value as the plan of its row has it, in every context of a query."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import columns_of_texts
import polars as pl
import pytest

import septet
import septet.polars

TEXTS = columns_of_texts.with_nulls(columns_of_texts.texts())
MEASURED = pl.Struct({"encoding": pl.String, "units": pl.Int64, "billed_segments": pl.Int64})
ROWS: list[str | None] = ["Soldes : -20 %", None, "l’été", "", "😀" * 40, "x" * 161, "l’été"]


def sms(column: str) -> septet.polars.SmsExpr:
    return septet.polars.SmsExpr(pl.col(column))


def segments(rows: list[str | None], profile: str, **options: Any) -> list[int | None]:
    return [None if row is None else septet.count(row, profile, **options) for row in rows]


def test_every_profile_answers_as_its_plans_do() -> None:
    column = sms("message")
    frame = pl.DataFrame({"message": TEXTS})
    for planner, answers in columns_of_texts.answers(slice(None, None, 3)).items():
        profile, options = planner.profile, planner.options
        found = frame.select(
            segments=column.segments(profile, **options),
            measure=column.measure(profile, **options),
            text=column.text(profile, **options),
        )
        measures = [answer and answer.measure._asdict() for answer in answers]
        assert found["measure"].to_list() == measures, planner
        assert found["segments"].to_list() == [m and m["billed_segments"] for m in measures], planner
        assert found["text"].to_list() == [answer and answer.text for answer in answers], planner


def test_the_namespace_and_the_class_are_the_same() -> None:
    frame = pl.DataFrame({"message": ROWS})
    for name in ("segments", "measure", "text"):
        by_name = getattr(pl.col("message").sms, name)("smsmode", commercial=True)
        by_class = getattr(sms("message"), name)("smsmode", commercial=True)
        at_once = getattr(frame["message"].sms, name)("smsmode", commercial=True)
        found = frame.select(by_name)["message"]
        assert found.equals(frame.select(by_class)["message"], check_names=True, check_dtypes=True)
        assert found.equals(at_once, check_names=True, check_dtypes=True)


def test_the_types_are_known_before_a_query_runs() -> None:
    query = pl.LazyFrame({"message": ROWS}).select(
        segments=sms("message").segments(), measure=sms("message").measure(), text=sms("message").text()
    )
    known = {"segments": pl.Int64, "measure": MEASURED, "text": pl.String}
    assert dict(query.collect_schema()) == known
    assert dict(query.collect().schema) == known


def test_lazy_and_streaming_answer_as_eager(tmp_path: Any) -> None:
    rows = [f"{row} {number}" if row else row for number, row in enumerate(ROWS * 200)]
    pl.DataFrame({"message": rows, "group": [number % 5 for number in range(len(rows))]}).write_parquet(
        tmp_path / "messages.parquet", row_group_size=100
    )
    query = (
        pl.scan_parquet(tmp_path / "messages.parquet")
        .filter(sms("message").segments("twilio", commercial=True).is_not_null())
        .with_columns(segments=sms("message").segments("twilio", commercial=True))
        .group_by("group")
        .agg(pl.col("segments").sum(), sms("message").text("smsmode").n_unique().alias("texts"))
        .sort("group")
    )
    expected = [
        (group, sum(map(int, segments(kept, "twilio", commercial=True))), len({shown(row) for row in kept}))  # type: ignore[arg-type]
        for group in range(5)
        for kept in [[row for row in rows[group::5] if row is not None]]
    ]
    assert query.collect().rows() == expected
    assert query.collect(engine="streaming").rows() == expected


def shown(row: str) -> str:
    return septet.plan(row, "smsmode").text


def test_in_groups_windows_lists_and_literals() -> None:
    frame = pl.DataFrame({"message": ROWS, "group": [1, 1, 2, 2, 1, 2, 1]})
    counts = segments(ROWS, "gsm")
    in_groups = frame.group_by("group").agg(
        sms("message").segments(), sms("message").segments().sum().alias("sum")
    )
    wanted = {g: [c for c, of in zip(counts, frame["group"], strict=True) if of == g] for g in (1, 2)}
    assert {row[0]: row[1:] for row in in_groups.rows()} == {
        g: (c, sum(filter(None, c))) for g, c in wanted.items()
    }
    over = frame.select(sms("message").segments().sum().over("group"))["message"].to_list()
    assert over == [sum(filter(None, wanted[g])) for g in frame["group"]]
    assert pl.select(septet.polars.SmsExpr(pl.lit("😀" * 36)).segments()).item() == 2
    listed = pl.DataFrame({"lists": [["abc", "x" * 161], [], None, [None]]})
    each = septet.polars.SmsExpr(pl.element()).segments()
    assert listed.select(pl.col("lists").list.eval(each))["lists"].to_list() == [[1, 2], [], None, [None]]
    chosen = pl.when(pl.col("group") == 1).then(sms("message").segments()).otherwise(0)
    assert frame.select(chosen.alias("n"))["n"].to_list() == [
        count if group == 1 else 0 for count, group in zip(counts, frame["group"], strict=True)
    ]


def test_slices_chunks_categories_and_octets() -> None:
    texts = pl.Series("message", ROWS)
    octets = pl.Series("message", [None if row is None else row.encode() for row in ROWS])
    categories = sorted({row for row in ROWS if row is not None} | {"another"})
    columns = {
        "chunks": (pl.concat([texts[:2], texts[2:3], texts[3:]], rechunk=False), ROWS),
        "slice": (texts[2:6], ROWS[2:6]),
        "stride": (texts[::2], ROWS[::2]),
        "empty": (texts[:0], []),
        "categories": (texts.cast(pl.Categorical), ROWS),
        "enumeration": (texts.cast(pl.Enum(categories)), ROWS),
        "sliced enumeration": (texts.cast(pl.Enum(categories))[2:5], ROWS[2:5]),
        "octets": (octets, ROWS),
        "nulls": (pl.Series("message", [None, None]), [None, None]),
    }
    for name, (column, rows) in columns.items():
        frame = column.to_frame()
        for profile in ("smsmode", "twilio"):
            planner = septet.Planner(profile, commercial=True)
            found = frame.select(
                segments=sms("message").segments(profile, commercial=True),
                measure=sms("message").measure(profile, commercial=True),
                text=sms("message").text(profile, commercial=True),
            )
            plans = [None if row is None else planner.plan(row) for row in rows]
            assert found["segments"].to_list() == [plan and plan.billed_segments for plan in plans], name
            assert found["text"].to_list() == [plan and plan.text for plan in plans], name
            assert found["measure"].struct.field("units").to_list() == [p and p.units for p in plans], name
            assert found["measure"].is_null().to_list() == [row is None for row in rows], name


def test_octets_that_are_no_utf8_are_no_texts() -> None:
    frame = pl.DataFrame({"message": [b"\xff", b"abc"]})
    found = frame.select(a=sms("message").segments(), b=sms("message").measure(), c=sms("message").text())
    assert found.rows()[0] == (None, {"encoding": "invalid", "units": None, "billed_segments": None}, None)
    assert found.rows()[1][2] == "abc"


def test_a_wrong_profile_or_option_is_told_at_once() -> None:
    with pytest.raises(septet.ProfileError, match="profile 'twillio' is not known"):
        sms("message").segments("twillio")
    with pytest.raises(septet.OptionError, match="max_segments: gsm takes a whole number"):
        sms("message").text(max_segments=True)
    with pytest.raises(TypeError, match="max_segment'"):
        sms("message").measure(max_segment=1)  # type: ignore[call-arg]
    with pytest.raises(septet.OptionError, match="commercial"):
        pl.Series(["a"]).sms.segments(commercial=1)


def test_a_column_of_anything_else_is_an_error_of_polars() -> None:
    frame = pl.DataFrame({"message": [1, 2], "list": [["a"], ["b"]]})
    for column, kind in (("message", "Int64"), ("list", r"List\(String\)")):
        for asked in ("segments", "measure", "text"):
            expected = (
                rf"sms\.{asked}: expected a column of texts \(String, Categorical, Enum or Binary\), "
                rf"found {kind} in '{column}'"
            )
            with pytest.raises(pl.exceptions.PolarsError, match=expected):
                frame.select(getattr(sms(column), asked)())
            with pytest.raises(pl.exceptions.SchemaError, match=expected):
                getattr(frame[column].sms, asked)()


@pytest.mark.parametrize("package", ["polars", "pyarrow"])
def test_without_polars_one_line_says_what_to_install(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; import septet; septet.polars"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    name = {"polars": "Polars"}.get(package, package)
    last = result.stderr.splitlines()[-1]
    assert last == f'ModuleNotFoundError: septet.polars needs {name}: pip install "septet[polars]"'
