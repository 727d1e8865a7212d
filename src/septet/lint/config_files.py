"""Configuration files: `[lint]` in septet.toml, `[tool.septet.lint]` in pyproject.toml, upwards from here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from septet.errors import FileError, OptionError, shown_path
from septet.files.own_settings import find_settings, settings_in
from septet.vendors.profiles import is_path

from .configs import PLANNING, Config, config_of

#: The table of the linter among septet's own settings.
LINT = "lint"
# The defaults of septet for all commands that have the same meaning here.
_SHARED = ("profile", "price", "max_segments", *PLANNING)


def settings_of_lint(start: str | os.PathLike[str] | None = None) -> tuple[str | None, dict[str, Any]]:
    """The file that applies to a directory (the current one), and its settings for the linter.

    These are its table for the linter and, for keys that are not there, its defaults for all commands. None
    and nothing where there is no file. Raises FileError for an invalid file.
    """
    found = find_settings(start)
    return (None, {}) if found is None else (found.file, _of_lint(found.file, found.values))


def read_config(path: str | os.PathLike[str]) -> Config:
    """The configuration of a file. Raises FileError for an invalid one."""
    file = os.fspath(path)
    found = settings_in(file)
    if found is None:
        raise FileError("expected settings for septet, found none", shown_path(file))
    return checked(file, _of_lint(file, found))


def found_config(start: str | os.PathLike[str] | None = None) -> Config:
    """The configuration that applies to a directory; the default one where there is no file."""
    file, settings = settings_of_lint(start)
    return Config() if file is None else checked(file, settings)


def checked(file: str | None, settings: Mapping[str, Any]) -> Config:
    """A configuration of settings; errors in them name their file."""
    if file is None:
        return config_of(settings)
    try:
        return config_of(settings)._replace(directory=os.path.dirname(os.path.abspath(file)))
    except OptionError as error:
        raise FileError(f"[{LINT}] {error}", file) from None


def _of_lint(file: str, values: Mapping[str, Any]) -> dict[str, Any]:
    table = values.get(LINT, {})
    if not isinstance(table, Mapping):
        raise FileError(f"{LINT}: expected a table, found {table!r}", file)
    settings = {name.replace("-", "_"): value for name, value in values.items()}
    settings = {name: value for name, value in settings.items() if name in _SHARED}
    settings |= {str(name).replace("-", "_"): value for name, value in table.items()}
    # Paths in the file are relative to its folder.
    directory = os.path.dirname(file)
    profile = settings.get("profile")
    if isinstance(profile, str) and is_path(profile):
        settings["profile"] = os.path.join(directory, profile)
    if isinstance(settings.get("baseline"), str):
        settings["baseline"] = os.path.join(directory, settings["baseline"])
    if isinstance(settings.get("paths"), (list, tuple)):
        settings["paths"] = [
            os.path.join(directory, path) if isinstance(path, str) else path for path in settings["paths"]
        ]
    return settings
