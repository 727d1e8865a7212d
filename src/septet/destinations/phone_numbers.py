"""Phone numbers: whether a numbering plan knows one, and which country it belongs to.

phonenumbers (extra `requests`) holds the numbering plans; it is imported when a number is read.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from septet.wording.extras import Needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any


class PhoneNumber(NamedTuple):
    """A number as its numbering plan reads it."""

    #: International, digits alone: country calling code and national number (ITU-T E.164).
    digits: str
    #: ISO 3166-1 alpha-2; "001", the world, where the calling code belongs to no one country; None
    #: where no plan has such a code.
    country: str | None
    #: Whether the numbering plan has assigned such a number.
    known: bool


@lru_cache(maxsize=65_536)
def phone_number(written: str, country: str | None, *, as_sent: bool = False) -> PhoneNumber | None:
    """Reads a number, or gives None for what is no number at all.

    A number with a leading ``+`` is international. One without is national to `country` where it
    begins as that country's plan has it (``06…`` in France), and otherwise international, as the
    vendors write it (``33612345678``). Where neither is known, it is one of that country's
    territories overseas, or of what these belong to, that is dialled so at home (``0692…``). One that
    is neither may have lost its zero in a spreadsheet: then it is national (``612345678``), but not
    `as_sent`, since a vendor takes it for one abroad. Nor is one known `as_sent` that kept its zero
    (``330612345678``): the plan drops it, the wire does not. Raises ModuleNotFoundError, in one line,
    where phonenumbers is not installed.
    """
    plans = _plans()
    written = plain_number(written)
    international = written if written.startswith("+") else f"+{written}"
    readings: list[tuple[str, str | None]] = [(international, None)]
    if country and not written.startswith("+"):
        trunk = plans.ndd_prefix_for_region(country, True)
        if not trunk or written.startswith(trunk):
            readings.insert(0, (written, country))
        elif not as_sent:
            readings.append((written, country))
    first: PhoneNumber | None = None
    for text, region in readings:
        try:
            parsed = plans.parse(text, region)
        except plans.NumberParseException:
            continue
        digits = f"{parsed.country_code}{plans.national_significant_number(parsed)}"
        found = PhoneNumber(digits, _country(plans, parsed), plans.is_valid_number(parsed))
        sent = plans.normalize_digits_only(text)
        if as_sent and region is None and sent != digits:
            found = found._replace(digits=sent, known=False)
        if found.known:
            return found
        # A number that no plan knows belongs where it is written for: 06… at home, 33… abroad.
        first = first or found
    overseas = readings_overseas(written, country)
    if not overseas and not as_sent and written.isdecimal():
        overseas = readings_overseas(f"0{written}", country)
    return overseas[next(iter(overseas))] if len(overseas) == 1 else first


#: Countries that dial each other's numbers with the same first digit, though they have codes of their own:
#: France and its departments and territories overseas (ARCEP, plan national de numérotation).
_FAMILIES = (("FR", "GP", "GF", "MQ", "RE", "YT", "PM", "BL", "MF"),)
# Marks of direction, of which telephones and their address books put some around numbers, and the like.
_UNSEEN = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)


def plain_number(written: str) -> str:
    """A number without blanks around it or signs that are not seen, and with plain blanks inside."""
    if written.isascii():
        return written.strip()
    return " ".join(written.translate(_UNSEEN).split())


def lacks_zero(written: str, country: str | None) -> bool:
    """Whether digits are a number of a country, or of one dialled alike, only with a 0 before them.

    Where no country is known, whether they may be.
    """
    if not written.isdecimal() or written.startswith("0"):
        return False
    found = phone_number(written, country)
    if country is None:
        return len(written) < 11 and not (found and found.known)
    return found is not None and found.known and found.digits != written


def codes_overseas(written: str, country: str | None) -> tuple[str, ...]:
    """The calling codes that a national number may lack, where other countries are dialled alike."""
    family = next((some for some in _FAMILIES if country in some), ())
    bare = plain_number(written)
    if not bare.startswith("0") or bare.startswith("00"):
        return ()
    own = calling_code(country or "")
    return tuple(code for code in dict.fromkeys(map(calling_code, family)) if code != own)


def readings_overseas(written: str, country: str | None) -> dict[str, PhoneNumber]:
    """What a national number may be in the other countries that are dialled alike, by its digits."""
    plans = _plans()
    written = plain_number(written)
    family = next((some for some in _FAMILIES if country in some), ())
    found: dict[str, PhoneNumber] = {}
    if not family or not written.startswith("0") or written.startswith("00"):
        return found
    for region in family:
        if region == country:
            continue
        try:
            parsed = plans.parse(written, region)
        except plans.NumberParseException:
            continue
        if plans.is_valid_number(parsed):
            digits = f"{parsed.country_code}{plans.national_significant_number(parsed)}"
            found.setdefault(digits, PhoneNumber(digits, _country(plans, parsed), True))
    return found


def calling_code(country: str) -> str:
    """The digits that international numbers of a country begin with (ITU-T E.164); none where it has none."""
    code = _plans().country_code_for_region(country)
    return str(code) if code else ""


def _country(plans: ModuleType, parsed: Any) -> str | None:
    region = plans.region_code_for_number(parsed) or plans.region_code_for_country_code(parsed.country_code)
    return region if region and region != "ZZ" else None


def _plans() -> ModuleType:
    with Needed("reading phone numbers", "requests", "phonenumbers"):
        import phonenumbers
    return phonenumbers
