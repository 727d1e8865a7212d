"""Phone numbers: whether a numbering plan knows one, and which country it belongs to.

phonenumbers (extra `requests`) holds the numbering plans; it is imported when a number is read.
"""

from __future__ import annotations

from . import readings
from .beginnings import beginnings
from .numbering_plans import calling_code
from .readings import PhoneNumber, Reading
from .spellings import compact, plain_number

__all__ = [
    "PhoneNumber",
    "calling_code",
    "codes_overseas",
    "lacks_zero",
    "phone_number",
    "plain_number",
    "reading_of",
    "readings_overseas",
]


def phone_number(written: str, country: str | None, *, as_sent: bool = False) -> PhoneNumber | None:
    """Reads a number, or gives None for a text that is not a number.

    A number with a leading ``+`` is international. One without is national to `country` where its beginning
    follows that country's plan (``06…`` in France), and otherwise international, as the
    vendors write it (``33612345678``). Where neither is known, it is one of that country's
    territories overseas, or of what these belong to, that is dialled so at home (``0692…``). One that
    is neither may have lost its zero in a spreadsheet: then it is national (``612345678``), but not
    `as_sent`, since a vendor takes it for one abroad. Nor is one known `as_sent` that kept its zero
    (``330612345678``): the plan drops it, the wire does not. Raises ModuleNotFoundError, in one line,
    where phonenumbers is not installed.
    """
    return reading_of(written, country, as_sent=as_sent).number


def reading_of(written: str, country: str | None, *, as_sent: bool = False) -> Reading:
    """The same, with the kind that the number is of."""
    written = plain_number(written)
    bare = compact(written)
    # A number is sent as it is written.
    if bare and (bare == written or not as_sent):
        return beginnings(country, as_sent).reading(bare)
    return readings.read(written, country, as_sent)


def lacks_zero(written: str, country: str | None) -> bool:
    """Whether digits are a number of a country, or of one dialled alike, only with a 0 before them.

    Where no country is known, whether they may be.
    """
    if not written.isdecimal() or written.startswith("0"):
        return False
    found = phone_number(written, country)
    if country is None:
        return len(written) < 11 and not (found and found.known)
    if found is not None and found.known:
        return found.digits != written
    found = phone_number(f"0{written}", country)
    return found is not None and found.known


def codes_overseas(written: str, country: str | None) -> tuple[str, ...]:
    """The calling codes that a national number may lack, where other countries are dialled in the same
    way."""
    return readings.codes_overseas(plain_number(written), country)


def readings_overseas(written: str, country: str | None) -> dict[str, PhoneNumber]:
    """The possible readings of a national number in the other countries that are dialled in the same way, by
    its digits."""
    found = readings.read_overseas(plain_number(written), country)
    return {digits: one.number for digits, one in found.items() if one.number is not None}
