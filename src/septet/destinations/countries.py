"""Countries, by their code of ISO 3166-1 alpha-2."""

from __future__ import annotations

from septet import _tables
from septet.errors import OptionError, shown

#: The country of a number whose calling code belongs to no single country: the world, in UN M.49.
WORLD = "001"


def country_code(value: object) -> str | None:
    """The option `country` in capitals, or None where it was not given; OptionError for anything else."""
    if value is None:
        return None
    if value == WORLD:
        return WORLD
    if not isinstance(value, str) or not value.isascii() or value.upper() not in _tables.COUNTRIES.split():
        expected = "a country's ISO 3166-1 code of two letters, such as FR or BE"
        raise OptionError(f"country: expected {expected}, found {shown(value)}", "country", expected)
    return value.upper()
