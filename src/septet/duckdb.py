"""DuckDB: functions of SQL that measure texts (extra `duckdb`).

>>> import duckdb
>>> import septet.duckdb
>>> connection = duckdb.connect()
>>> septet.duckdb.register(connection, profile="twilio", commercial=True)
>>> connection.sql("SELECT sms_segments('Soldes : -20 %')").fetchall()
[(1,)]
"""

from __future__ import annotations

from contextlib import suppress

from .errors import OptionError, ProfileError
from .planning.column_planners import FIELDS, ColumnPlanner, column_planner
from .planning.columns import text_type
from .vendors.profiles import is_path
from .wording.extras import Needed
from .wording.quoting import printable

with Needed("septet.duckdb", "duckdb", "duckdb", "numpy", "pyarrow"):
    import duckdb
    import numpy as _numpy  # noqa: F401 (DuckDB asks for it where it is given a function)
    import pyarrow as pa
    import pyarrow.compute as pc

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Unpack

    from .planning.option_types import Options
    from .vendors.profiles import Profile

__all__ = ["register"]


def __dir__() -> list[str]:
    return sorted(__all__)


_VARCHAR = pa.string()

#: The error for an argument that SQL has no place for.
_HINT = " (options are given to septet.duckdb.register)"


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str = "sms",
    profile: str | os.PathLike[str] | Profile = "gsm",
    **options: Unpack[Options],
) -> None:
    """Registers the SQL functions ``sms_segments``, ``sms_measure`` and ``sms_text``, by the name given.

    ``sms_segments(text)`` is the billed segments (BIGINT), ``sms_measure(text)`` a STRUCT of encoding,
    units and billed segments, ``sms_text(text)`` what the phone shows. A second argument, a text or a
    column of texts, names another profile than the one given here; the options given here hold for it
    too. NULL gives NULL, and so does a BLOB that is not UTF-8, except for its encoding, ``"invalid"``.

    Functions that were registered by that name are replaced. The functions are those of the connection
    and its cursors. Options and errors are those of `septet.plan`; TypeError for anything but a connection.
    An error of a text or a profile in SQL is an `InvalidInputException` of DuckDB.
    """
    if not isinstance(connection, duckdb.DuckDBPyConnection):
        raise TypeError(f"connection: expected one of DuckDB, found {type(connection).__name__}")
    if not isinstance(name, str):
        raise TypeError(f"name: expected a str, found {type(name).__name__}")
    if not (name.isascii() and name.isidentifier()):
        expected = "a name that SQL takes as it is, such as sms"
        raise OptionError(f"name: expected {expected}, found {printable(name)!r}", "name", expected)
    planner = column_planner(profile, options, vouched=True)
    # Its stubs name enumerations, whose place differs between versions; all versions take words.
    create: Any = connection.create_function
    measured = duckdb.struct_type(dict(zip(FIELDS, ("VARCHAR", "BIGINT", "BIGINT"), strict=True)))
    for asked, answer, kind in (
        ("segments", ColumnPlanner.segments, duckdb.sqltype("BIGINT")),
        ("measure", ColumnPlanner.structs, measured),
        ("text", ColumnPlanner.text, duckdb.sqltype("VARCHAR")),
    ):
        function = f"{name}_{asked}"
        with suppress(duckdb.InvalidInputException):  # there was none
            connection.remove_function(function)
        create(
            function,
            _answering(function, answer, planner),
            None,  # any number of arguments, of any type
            kind,
            type="arrow",
            null_handling="special",
        )


def _answering(
    function: str, answer: Callable[[ColumnPlanner, Any], Any], default: ColumnPlanner
) -> Callable[..., Any]:
    """DuckDB calls this with the arguments of some rows, each of them a column of Arrow."""
    options = default.planner.options
    planners: dict[str, ColumnPlanner] = {}

    def planner_of(profile: str) -> ColumnPlanner:
        if profile not in planners:
            if is_path(profile):
                raise ValueError(f"{function}: a vendor file is given to septet.duckdb.register, not in SQL")
            try:
                planners[profile] = column_planner(profile, options, vouched=True)
            except ProfileError as error:
                raise ProfileError(f"{function}: {error}{_HINT}") from None
            except OptionError as error:
                raise OptionError(f"{function}: {error}{_HINT}", error.option, error.expected) from None
        return planners[profile]

    def call(texts: Any, *others: Any) -> Any:
        if len(others) > 1:
            raise TypeError(
                f"{function}: expected a text and perhaps the name of a profile, found "
                f"{len(others) + 1} arguments{_HINT}"
            )
        if not _holds_texts(texts.type, octets=True):
            raise TypeError(f"{function}: expected a text (VARCHAR, ENUM or BLOB), found {texts.type}")
        if not others:
            return answer(default, texts)
        (profiles,) = others
        if not _holds_texts(profiles.type, octets=False):
            raise TypeError(
                f"{function}: expected the name of a profile as second argument, found {profiles.type}{_HINT}"
            )
        return _by_profile(texts, profiles, lambda profile, some: answer(planner_of(profile), some))

    # DuckDB takes a named parameter as a required one.
    return lambda *columns: call(*columns)


def _holds_texts(kind: Any, *, octets: bool) -> bool:
    if kind == _VARCHAR:  # the case of most calls, which have few rows each
        return True
    try:
        found = text_type(pa, kind)
    except TypeError:
        return False
    return octets or not (pa.types.is_binary(found) or pa.types.is_large_binary(found))


def _by_profile(texts: Any, profiles: Any, answer: Callable[[str, Any], Any]) -> Any:
    """The answers for rows that each name a profile; null if they name none."""
    texts, profiles = texts.combine_chunks(), profiles.combine_chunks()
    if not pa.types.is_dictionary(profiles.type):
        profiles = profiles.dictionary_encode()
    names, which = profiles.dictionary.to_pylist(), profiles.indices
    numbers = pc.unique(which).to_pylist()
    if len(numbers) == 1 and numbers[0] is not None:
        return answer(names[numbers[0]], texts)
    answers, rows = [], []
    for number in numbers:
        if number is not None:
            rows.append(pc.indices_nonzero(pc.equal(which, number)))
            answers.append(answer(names[number], texts.take(rows[-1])))
    if not answers:
        return answer("gsm", pa.nulls(len(texts)))
    if which.null_count:
        rows.append(pc.indices_nonzero(pc.is_null(which)))
        answers.append(pa.nulls(which.null_count, answers[0].type))
    return pa.concat_arrays(answers).take(pc.sort_indices(pa.concat_arrays(rows)))
