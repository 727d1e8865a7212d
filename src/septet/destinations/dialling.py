"""Dialling: a number in the form in which it is sent, however people write it."""

from __future__ import annotations

from functools import lru_cache

from . import readings
from .numbering_plans import plans
from .phone_numbers import phone_number
from .spellings import compact, has_trunk_zero, plain_number

#: The calling codes of the countries whose numbers keep their leading zero when dialled from abroad: Italy,
#: and San Marino and the Vatican, which are in its plan (ITU-T E.164, national numbering plans).
_KEEP_THE_ZERO = ("39", "378", "379")


def as_dialled(written: str, country: str | None) -> str:
    """The digits of a number, after a plus where it is international; any other text unchanged.

    ``tel:+33-6…`` and ``+33 (0)6…`` are ``+336…``. `country` is that of a number without a plus.
    """
    plain = plain_number(written)
    found = compact(plain) or plain
    return _without_trunk_zero(found, country) if has_trunk_zero(written) else found


def _without_trunk_zero(number: str, country: str | None) -> str:
    """An international number without the zero that is only dialled at home, according to its plan."""
    digits = number.removeprefix("+")
    try:
        read = phone_number(number, country)
    except ModuleNotFoundError:
        if digits.startswith(_KEEP_THE_ZERO):
            return number
        code = next((length for length in (1, 2, 3) if digits[length:][:1] == "0"), 0)
        return f"+{digits[:code]}{digits[code + 1 :]}" if code else number
    if read is None or not read.known:
        return number
    return f"+{read.digits}" if number.startswith("+") else read.digits


def with_its_code(number: str, country: str | None) -> str:
    """A number without a plus in the form that can be dialled anywhere: a plus, its country's code and the
    digits.

    It is national to `country`, or international with a prefix or without one (``06…``,
    ``0033 6…`` and ``336…`` in France). "" for one that no numbering plan knows in this form, or that two
    plans know.
    Raises ModuleNotFoundError without phonenumbers.
    """
    if country is None or not (number.isascii() and number.isdigit()):
        return ""
    if number.startswith("0"):  # no country's code does
        found = phone_number(number, country)
        return f"+{found.digits}" if found is not None and found.known else ""
    if at_home := written_at_home(number, country):
        return at_home
    read = (readings.read_as(text, region, False) for text, region in readings.ways(number, country, False))
    known = {one.number.digits for one in read if one.number is not None and one.number.known}
    return f"+{known.pop()}" if len(known) == 1 else ""


def written_at_home(number: str, country: str | None) -> str:
    """The same for digits of a country that writes its own numbers without a leading zero; "" for others.

    ``2015550123`` is a number of the United States there, and would be one of Egypt with a plus.
    """
    if country is None or number.startswith("0") or not _writes_no_prefix(country):
        return ""
    library = plans()
    try:
        parsed = library.parse(number, country)
    except library.NumberParseException:
        return ""
    national = library.format_number(parsed, library.PhoneNumberFormat.NATIONAL)
    if library.normalize_digits_only(national) != number or not library.is_valid_number(parsed):
        return ""
    return f"+{parsed.country_code}{number}"


@lru_cache(maxsize=256)
def _writes_no_prefix(country: str) -> bool:
    """Whether a country's own numbers are written at home as after its code."""
    library = plans()
    example = library.example_number(country)
    if example is None:
        return False
    national = library.format_number(example, library.PhoneNumberFormat.NATIONAL)
    return bool(library.normalize_digits_only(national) == library.national_significant_number(example))
