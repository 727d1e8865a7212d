"""The configuration: a file of one's own defaults, beside the work or in a directory above it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from septet.errors import FileError
from septet.files.own_settings import find_settings
from septet.planning.options import NAMES, TRUNCATIONS
from septet.vendors.profiles import is_path
from septet.wording.languages import LANGUAGES
from septet.wording.quoting import nearest

from .input import UsageError

#: The way to truncate that has an option of its own on the command line.
WORDS = "words"
#: The table of the linter, which has settings of its own: it reads them itself.
_OF_LINT = "lint"


class Configuration(NamedTuple):
    """The defaults of a file, by their names in the library; only their types are checked."""

    file: str
    values: dict[str, Any]

    @property
    def options(self) -> dict[str, Any]:
        """The options of a planner among them."""
        found = {name: self.values[name] for name in NAMES if name in self.values}
        if found.get("truncate") != WORDS:
            found.pop("truncate_mark", None)  # it only applies where words are cut
        if "header" in found:
            found["header"] = bytes.fromhex(found["header"])
        return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


class _Kind(NamedTuple):
    holds: Callable[[Any], bool]
    expected: str


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_hexadecimal(value: Any) -> bool:
    try:
        return isinstance(value, str) and bytes.fromhex(value) is not None
    except ValueError:
        return False


def _are_ports(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(one) is int and one >= 0 for one in value)


_TEXT = _Kind(lambda value: isinstance(value, str), "a text")
_TEXTS = _Kind(lambda value: isinstance(value, str) or _is_list_of_texts(value), "a text or a list of texts")
_FLAG = _Kind(lambda value: isinstance(value, bool), "true or false")
_NUMBER = _Kind(lambda value: type(value) is int, "a whole number")
_AMOUNT = _Kind(
    lambda value: isinstance(value, (str, int, float)) and not isinstance(value, bool),
    'a price such as "0.045"',
)
_LANGUAGE = _Kind(lambda value: value in LANGUAGES, " or ".join(LANGUAGES))
_TRUNCATION = _Kind(
    lambda value: any(type(value) is type(one) and value == one for one in TRUNCATIONS),
    " or ".join("true" if one is True else "false" if one is False else f'"{one}"' for one in TRUNCATIONS),
)
_KINDS = {
    "profile": _TEXT,
    **dict.fromkeys(NAMES, _TEXT),
    "commercial": _FLAG,
    "max_segments": _NUMBER,
    "link_length": _NUMBER,
    "recipient_count": _NUMBER,
    "truncate": _TRUNCATION,
    "language": _TEXTS,
    "ignore": _TEXTS,
    "ports": _Kind(_are_ports, "two whole numbers, such as [2948, 9200]"),
    "header": _Kind(_is_hexadecimal, 'elements in hexadecimal, such as "01028005"'),
    "substitute": _Kind(lambda value: isinstance(value, (bool, str)), "true, false or a name"),
    "price": _AMOUNT,
    "lang": _LANGUAGE,
}


def find(start: str | os.PathLike[str] | None = None) -> Configuration | None:
    """The configuration that applies in a directory (the current one); None where there is no file.

    Raises `UsageError` for an invalid file.
    """
    try:
        found = find_settings(start)
    except FileError as error:
        raise UsageError(str(error)) from None
    if found is None:
        return None
    return Configuration(found.file, dict(_checked(Path(found.file), found.values)))


def _checked(path: Path, table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    read: set[str] = set()
    for key, value in table.items():
        if key == _OF_LINT:
            continue
        # As typed on the command line, or as in the library.
        name = key.replace("-", "_")
        if name not in _KINDS:
            known = list(_KINDS)
            raise UsageError(
                f"{path}: no default is named {key!r}{nearest(name, known)}: expected {', '.join(known)}"
            )
        if name in read:
            raise UsageError(f"{path}: {key}: expected it once, found it in two spellings")
        read.add(name)
        kind = _KINDS[name]
        if not kind.holds(value):
            raise UsageError(f"{path}: {key}: expected {kind.expected}, found {value!r}")
        if name == "profile" and is_path(value):
            value = str(path.parent / value)
        yield name, value
