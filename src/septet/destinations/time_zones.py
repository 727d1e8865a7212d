"""Time zones: the clocks by which the owner of a number may live.

A number's country decides it where that has one zone (zone.tab of the IANA time zone database, which tzdata
or the system has). In other countries the first digits decide it where they belong to a place, by
phonenumbers' table, as in North America. A number without a place, such as that of a mobile telephone in
Australia, may be in any zone of its country.
"""

from __future__ import annotations

from functools import lru_cache

from .numbering_plans import plans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Numbers of one kind with this many first digits in common have the same zones.
DECISIVE_DIGITS = 9
_UNKNOWN = "Etc/Unknown"


@lru_cache(maxsize=16_384)
def zones_of(digits: str, country: str | None) -> tuple[str, ...]:
    """The time zones that an international number may be in, by their IANA names; none where it has no known
    zone.

    `country` is that of the number. Raises ModuleNotFoundError where phonenumbers is not installed.
    """
    own = zones_of_country(country)
    if len(own) == 1:
        return own
    from phonenumbers import timezone

    library = plans()
    try:
        parsed = library.parse(f"+{digits}", None)
    except library.NumberParseException:
        return own
    if own and not library.is_number_geographical(parsed):
        return own
    found = timezone.time_zones_for_number(parsed)
    possible = tuple(zone for zone in found if zone != _UNKNOWN)
    # A calling code may belong to several countries.
    return tuple(zone for zone in possible if zone in own) or possible or own


def zones_of_country(country: str | None) -> tuple[str, ...]:
    """The time zones of a country; none where the database or the country is missing."""
    return _by_country().get(country or "", ())


@lru_cache(maxsize=1)
def _by_country() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _table().splitlines():
        if not line.startswith("#") and line.count("\t") >= 2:
            country, _, zone = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), zone)
    return found


def _table() -> str:
    """The table of the package tzdata, otherwise of the system; "" where there is neither."""
    import os
    import pkgutil
    from zoneinfo import TZPATH

    try:
        if content := pkgutil.get_data("tzdata", "zoneinfo/zone.tab"):
            return content.decode()
    except (ModuleNotFoundError, OSError):
        pass
    for folder in TZPATH:
        try:
            with open(os.path.join(folder, "zone.tab"), encoding="utf-8") as file:
                return file.read()
        except OSError:
            continue
    return ""
