"""Own settings: the file of a person's own defaults, beside the work or in a directory above it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from septet.errors import FileError, shown

#: The name of a file with only septet's settings, and of one with a table for septet.
OWN, SHARED = "septet.toml", "pyproject.toml"
#: The place of that table in the second.
TABLE = "tool.septet"
# A word that every file with that table has; reading TOML takes longer than a whole count.
_TABLE_IS_THERE = re.compile(rb"\btool\s*\.\s*[\"']?septet\b")


class OwnSettings(NamedTuple):
    """The settings for septet in a file, unchanged."""

    file: str
    values: dict[str, Any]


def find_settings(start: str | os.PathLike[str] | None = None) -> OwnSettings | None:
    """The settings that apply in a directory (the current one); None where there is no file.

    The nearest directory with one is used, and there `OWN` before `SHARED`. Raises FileError for an invalid
    file.
    """
    try:
        here = Path(os.path.abspath(os.curdir if start is None else start))
    except OSError:  # the current directory is gone
        return None
    for directory in (here, *here.parents):
        for path in (directory / OWN, directory / SHARED):
            table = settings_in(path)
            if table is not None:
                return OwnSettings(str(path), table)
    return None


def settings_in(file: str | os.PathLike[str]) -> dict[str, Any] | None:
    """The settings for septet in a file; None where there is no file, or nothing in it. Raises FileError."""
    path = Path(file)
    is_own = path.name != SHARED
    try:
        octets = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except OSError as error:
        if is_own:
            raise FileError(f"cannot be read: {error.strerror or error}", str(path)) from None
        return None  # another program's file, as far as known
    if not is_own and _TABLE_IS_THERE.search(octets) is None:
        return None
    import tomllib

    try:
        found: Any = tomllib.loads(octets.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileError(f"expected a file in TOML: {error}", str(path)) from None
    if is_own:
        return dict(found)
    for part in TABLE.split("."):
        found = found.get(part)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise FileError(f"{TABLE}: expected a table, found {shown(found)}", str(path))
    return dict(found)
