"""Readings: a number as each possible numbering plan reads it, one number at a time."""

from __future__ import annotations

from typing import NamedTuple

from .kinds import UNKNOWN, kind_of
from .numbering_plans import calling_code, plans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any


class PhoneNumber(NamedTuple):
    """A number as its numbering plan reads it."""

    #: International, only digits: country calling code and national number (ITU-T E.164).
    digits: str
    #: ISO 3166-1 alpha-2; "001", the world, where the calling code belongs to no single country; None
    #: where no plan has such a code.
    country: str | None
    #: Whether the numbering plan has assigned such a number.
    known: bool


class Reading(NamedTuple):
    """The reading of a number."""

    #: None for a text that is not a number.
    number: PhoneNumber | None
    #: One of `kinds.KINDS`.
    kind: str


NO_NUMBER = Reading(None, UNKNOWN)

#: Countries that dial each other's numbers with the same first digit, though they have codes of their own:
#: France and its departments and territories overseas (ARCEP, plan national de numérotation).
_FAMILIES = (("FR", "GP", "GF", "MQ", "RE", "YT", "PM", "BL", "MF"),)


def ways(written: str, country: str | None, as_sent: bool) -> list[tuple[str, str | None]]:
    """The ways to try for a number, in turn: a text, and the region that it is national to; None: any."""
    international = written if written.startswith("+") else f"+{written}"
    found: list[tuple[str, str | None]] = [(international, None)]
    if country and not written.startswith("+"):
        trunk = plans().ndd_prefix_for_region(country, True)
        if not trunk or written.startswith(trunk):
            found.insert(0, (written, country))
        elif not as_sent:
            found.append((written, country))
    return found


def ways_overseas(written: str, country: str | None) -> tuple[str, ...]:
    """The other countries that are dialled with the same first digit, where a number has it."""
    if not written.startswith("0") or written.startswith("00"):
        return ()
    family = next((some for some in _FAMILIES if country in some), ())
    return tuple(region for region in family if region != country)


def read(written: str, country: str | None, as_sent: bool) -> Reading:
    """The first reading of a number that a plan knows; else the one overseas; else the nearest one."""
    first = NO_NUMBER
    for text, region in ways(written, country, as_sent):
        found = read_as(text, region, as_sent)
        if found.number is not None and found.number.known:
            return found
        # A number that no plan knows belongs where its spelling puts it: 06… at home, 33… abroad.
        first = first if first.number else found
    overseas = read_overseas(written, country)
    if not overseas and not as_sent and written.isdecimal():  # it lost its zero, as a number at home may have
        overseas = read_overseas(f"0{written}", country)
    return overseas[next(iter(overseas))] if len(overseas) == 1 else first


def read_overseas(written: str, country: str | None) -> dict[str, Reading]:
    """The possible readings of a national number in the other countries that are dialled in the same way, by
    its digits."""
    found: dict[str, Reading] = {}
    for region in ways_overseas(written, country):
        one = read_as(written, region, False)
        if one.number is not None and one.number.known:
            found.setdefault(one.number.digits, one)
    return found


def codes_overseas(written: str, country: str | None) -> tuple[str, ...]:
    """The calling codes that a national number may lack, where other countries are dialled in the same
    way."""
    others = ways_overseas(written, country)
    own = calling_code(country) if others and country else ""
    return tuple(code for code in dict.fromkeys(map(calling_code, others)) if code != own)


def read_as(text: str, region: str | None, as_sent: bool) -> Reading:
    """The reading of one plan: that of a region or, with None, the plan for the digits after a plus."""
    library = plans()
    try:
        parsed = library.parse(text, region)
    except library.NumberParseException:
        return NO_NUMBER
    digits = f"{parsed.country_code}{library.national_significant_number(parsed)}"
    number = PhoneNumber(digits, _country(library, parsed), library.is_valid_number(parsed))
    sent = library.normalize_digits_only(text)
    if as_sent and region is None and sent != digits:
        return Reading(number._replace(digits=sent, known=False), UNKNOWN)
    return Reading(number, kind_of(library, parsed) if number.known else UNKNOWN)


def _country(library: ModuleType, parsed: Any) -> str | None:
    region = library.region_code_for_number(parsed) or library.region_code_for_country_code(
        parsed.country_code
    )
    return region if region and region != "ZZ" else None
