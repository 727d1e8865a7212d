"""The functions of DuckDB: each value as the plan of its row has it, in SQL, in parallel, with NULLs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import columns_of_texts
import duckdb
import pyarrow as pa
import pytest

import septet
import septet.duckdb

TEXTS = columns_of_texts.with_nulls(columns_of_texts.texts())
PROFILES = ("gsm", "smsmode", "twilio", None)


@pytest.fixture
def connection() -> Iterator[Any]:
    with duckdb.connect() as found:
        yield found


def rows_of(connection: Any, query: str) -> list[Any]:
    found = connection.execute(query).fetchall()
    assert isinstance(found, list)
    return found


def error(connection: Any, query: str) -> str:
    """The first line of DuckDB's error about a query."""
    with pytest.raises(duckdb.InvalidInputException) as raised:
        connection.execute(query).fetchall()
    return str(raised.value).splitlines()[0]


def test_every_profile_answers_as_its_plans_do(connection: Any) -> None:
    connection.register("messages", pa.table({"message": TEXTS}))
    for number, (planner, answers) in enumerate(columns_of_texts.answers(slice(1, None, 3)).items()):
        name = f"sms{number}"
        septet.duckdb.register(connection, name, planner.profile, **planner.options)
        found = rows_of(
            connection,
            f"SELECT {name}_segments(message), {name}_measure(message), {name}_text(message) FROM messages",
        )
        assert found == [
            (None, None, None) if a is None else (a.measure.billed_segments, a.measure._asdict(), a.text)
            for a in answers
        ], planner


def test_a_column_may_name_the_profile_of_each_row_in_parallel_threads(connection: Any) -> None:
    connection.execute("SET threads = 4")
    connection.execute("PRAGMA verify_parallelism")  # one thread for each batch of rows
    texts = ["Soldes : -20 %", None, "l’été", "", "x" * 161, "reçu [5 €]"]
    rows = [(n, texts[n % 6], PROFILES[n * 7 // 5 % len(PROFILES)]) for n in range(240)]
    names = ["number", "message", "profile"]
    connection.register("rows", pa.table([pa.array(c) for c in zip(*rows, strict=True)], names=names))
    connection.execute("CREATE TABLE messages AS SELECT rows.* FROM rows, range(40)")
    septet.duckdb.register(connection, commercial=True)
    found = rows_of(
        connection,
        "SELECT DISTINCT number, sms_segments(message, profile), sms_text(message, profile) "
        "FROM messages ORDER BY number",
    )
    plans = [
        None if text is None or profile is None else septet.plan(text, profile, commercial=True)
        for _, text, profile in rows
    ]
    assert found == [(n, plan and plan.billed_segments, plan and plan.text) for n, plan in enumerate(plans)]


def test_a_literal_a_null_and_an_enumeration_may_name_it(connection: Any) -> None:
    septet.duckdb.register(connection, "sms", "smsmode")
    connection.execute("CREATE TYPE vendor AS ENUM ('twilio', 'gsm')")
    assert rows_of(connection, "SELECT sms_text('l’été'), sms_text('l’été', 'gsm')") == [("l?été", "l’été")]
    assert rows_of(connection, "SELECT sms_text('l’été', NULL::VARCHAR), sms_text(NULL::VARCHAR)") == [
        (None, None)
    ]
    assert rows_of(connection, "SELECT sms_text('l’été', 'gsm'::vendor), sms_segments('gsm'::vendor)") == [
        ("l’été", 1)
    ]
    assert rows_of(connection, "SELECT sms_segments('x', NULL::vendor)") == [(None,)]


def test_octets_and_structs(connection: Any) -> None:
    septet.duckdb.register(connection)
    assert rows_of(
        connection, r"SELECT sms_segments('\xFF'::BLOB), sms_text('\xFF'::BLOB), sms_text('abc'::BLOB)"
    ) == [(None, None, "abc")]
    (kind,) = connection.sql("SELECT sms_measure('abc') AS measured").types
    assert str(kind).replace('"', "") == "STRUCT(encoding VARCHAR, units BIGINT, billed_segments BIGINT)"
    assert rows_of(connection, r"SELECT sms_measure('\xFF'::BLOB).encoding, sms_measure('é').units") == [
        ("invalid", 1)
    ]


def test_groups_filters_windows_and_no_rows(connection: Any) -> None:
    septet.duckdb.register(connection, commercial=True, profile="twilio")
    connection.register("messages", pa.table({"message": ["abc", None, "x" * 161, "😀"], "g": [1, 1, 2, 2]}))
    grouped = "SELECT g, sum(sms_segments(message))::INT FROM messages GROUP BY g ORDER BY g"
    assert rows_of(connection, grouped) == [(1, 1), (2, 3)]
    assert rows_of(connection, "SELECT count(*) FROM messages WHERE sms_segments(message) > 1") == [(1,)]
    assert rows_of(connection, "SELECT sms_text(message) FROM messages WHERE g = 3") == []
    window = "SELECT sum(sms_segments(message)) OVER (PARTITION BY g)::INT FROM messages ORDER BY 1"
    assert rows_of(connection, window) == [(1,), (1,), (3,), (3,)]


def test_registering_again_replaces_and_other_names_stay(connection: Any) -> None:
    septet.duckdb.register(connection, profile="smsmode")
    septet.duckdb.register(connection, "plain")
    septet.duckdb.register(connection, profile="gsm")
    query = "SELECT sms_text('’'), plain_text('’')"
    assert rows_of(connection, query) == [("’", "’")]
    assert rows_of(connection.cursor(), query) == [("’", "’")]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("5", "expected a text (VARCHAR, ENUM or BLOB), found int32"),
        ("['a']", "expected a text (VARCHAR, ENUM or BLOB), found list<"),
        ("'a', true", "expected the name of a profile as second argument, found bool"),
        ("'a', commercial := true", "expected the name of a profile as second argument, found bool"),
        ("'a', {'commercial': true}", "expected the name of a profile as second argument, found struct<"),
        ("'a', 'gsm'::BLOB", "expected the name of a profile as second argument, found binary"),
        ("'a', 'gsm', 'always'", "expected a text and perhaps the name of a profile, found 3 arguments"),
        ("'a', 'never'", "profile 'never' is not known"),
        ("'a', optout := 'never'", "profile 'never' is not known"),
        ("'a', 'vendor.toml'", "a vendor file is given to septet.duckdb.register, not in SQL"),
    ],
)
def test_what_is_wrong_in_sql_is_an_error_of_duckdb(connection: Any, arguments: str, expected: str) -> None:
    septet.duckdb.register(connection)
    for function in ("sms_segments", "sms_measure", "sms_text"):
        found = error(connection, f"SELECT {function}({arguments})")
        assert f": {function}: {expected}" in found
        assert "septet.duckdb.register" in found or "expected a text (" in found


def test_an_option_that_a_named_profile_does_not_have_is_told(connection: Any) -> None:
    septet.duckdb.register(connection, profile="smsmode", optout="if-free")
    assert "OptionError: sms_segments: optout for encom" in error(
        connection, "SELECT sms_segments('a', 'encom')"
    )


def test_wrong_arguments_of_register(connection: Any) -> None:
    for wrong in (None, duckdb, "memory", object()):
        with pytest.raises(TypeError, match="connection: expected one of DuckDB, found "):
            septet.duckdb.register(wrong)
    with pytest.raises(TypeError, match="name: expected a str, found int"):
        septet.duckdb.register(connection, 5)  # type: ignore[arg-type]
    for name in ("", "a b", "1a", "é", 'a"b'):
        with pytest.raises(septet.OptionError, match="name: expected a name that SQL takes as it is"):
            septet.duckdb.register(connection, name)
    with pytest.raises(septet.ProfileError, match="profile 'twillio' is not known"):
        septet.duckdb.register(connection, profile="twillio")
    with pytest.raises(septet.OptionError, match="commercial"):
        septet.duckdb.register(connection, commercial=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="max_segment'"):
        septet.duckdb.register(connection, max_segment=1)  # type: ignore[call-arg]
    with pytest.raises(duckdb.CatalogException):
        connection.execute("SELECT sms_segments('a')")


@pytest.mark.parametrize("package", ["duckdb", "numpy", "pyarrow"])
def test_without_duckdb_one_line_says_what_to_install(package: str) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; import septet; septet.duckdb"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    name = {"duckdb": "DuckDB"}.get(package, package)
    last = result.stderr.splitlines()[-1]
    assert last == f'ModuleNotFoundError: septet.duckdb needs {name}: pip install "septet[duckdb]"'
