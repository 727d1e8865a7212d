"""How a client measures columns, only for mypy --strict: `make lint` checks it, nothing runs it.

A line with an ignore must be an error, otherwise mypy reports an unused ignore.
"""

from __future__ import annotations

from typing import assert_type

import duckdb
import polars as pl

import septet
import septet.duckdb
import septet.pandas
import septet.polars


def polars() -> None:
    message = septet.polars.SmsExpr(pl.col("message"))
    assert_type(message.segments("twilio", commercial=True), pl.Expr)
    assert_type(message.measure(septet.profile("gsm"), language=("tr", "es")), pl.Expr)
    assert_type(message.text(max_segments=2, truncate="words", truncate_mark="..."), pl.Expr)
    assert_type(septet.polars.SmsSeries(pl.Series(["a"])).segments(), pl.Series)
    # No type checker sees what is registered while a program runs.
    pl.col("message").sms  # type: ignore[attr-defined]  # noqa: B018


def in_sql() -> None:
    connection = duckdb.connect()
    septet.duckdb.register(connection, "promo", "smsmode", commercial=True, optout="always")


def mistakes() -> None:
    septet.polars.SmsExpr(pl.col("a")).segments("gsm", max_segment=2)  # type: ignore[call-arg]
    septet.polars.SmsExpr(pl.col("a")).text(encoding="utf-8")  # type: ignore[arg-type]
    septet.polars.SmsExpr("a")  # type: ignore[arg-type]
    septet.duckdb.register(duckdb.connect(), commercials=True)  # type: ignore[call-arg]
    septet.pandas.SmsAccessor(None).segments(encoding="utf-8")  # type: ignore[arg-type]
