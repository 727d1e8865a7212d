"""Values: how long the value of a placeholder may be, and which characters it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from septet.errors import OptionError
from septet.templates.characters_of_values import CLASSES_OF_VALUES
from septet.wording.quoting import nearest, printable

#: The placeholder for all that have no line of their own.
ALL_OTHERS = "*"
_LENGTHS = re.compile(r"(?P<least>[0-9]{1,6})(?:\.\.(?P<most>[0-9]{1,6}))?")
_EXPECTED = 'a number of characters such as 6, or "1..20"'


class Values(NamedTuple):
    """The values of a placeholder: the fewest and the most characters, and their class."""

    least: int
    most: int
    #: One of `CLASSES_OF_VALUES`.
    characters: str = "gsm7"


#: The default values, where nothing is given.
GUESSED = Values(1, 20)


def values_of(name: str, given: Any) -> Values:
    """The values of a placeholder as a configuration gives them: 6, "1..20", or a table with `length`.

    Raises OptionError, which tells what was expected.
    """
    characters: Any = "gsm7"
    if isinstance(given, Mapping):
        unknown = [key for key in given if key not in ("length", "characters")]
        if unknown or "length" not in given:
            what = f"{unknown[0]!r}" if unknown else "no length"
            raise _wrong(name, "length, and perhaps characters", what)
        characters, given = given.get("characters", "gsm7"), given["length"]
    elif isinstance(given, str) and ":" in given:
        given, _, characters = given.partition(":")
    if characters not in CLASSES_OF_VALUES:
        known = list(CLASSES_OF_VALUES)
        hint = nearest(str(characters), known)
        raise _wrong(name, f"characters to be one of {', '.join(known)}", f"{characters!r}{hint}")
    if type(given) is int and given >= 0:
        return Values(given, given, characters)
    found = _LENGTHS.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise _wrong(name, _EXPECTED, repr(given))
    least = int(found["least"])
    most = int(found["most"] or least)
    if most < least:
        raise _wrong(name, "the fewest characters before the most", repr(given))
    return Values(least, most, characters)


def _wrong(name: str, expected: str, found: str) -> OptionError:
    message = f"bounds: {printable(name)}: expected {expected}, found {found}"
    return OptionError(message, "bounds", expected)
