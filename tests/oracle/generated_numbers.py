"""Numbers of every country, spelled as people spell them, and how phonenumbers reads each of them.

It shares no code with `src/`: the ways to read a number are listed again here, and each is looked up.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import phonenumbers

#: France and what is dialled like it (ARCEP, plan national de numérotation).
DIALLED_ALIKE = ("FR", "GP", "GF", "MQ", "RE", "YT", "PM", "BL", "MF")
KINDS = {
    phonenumbers.PhoneNumberType.MOBILE: "mobile",
    phonenumbers.PhoneNumberType.FIXED_LINE: "landline",
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE: "mobile-or-landline",
    phonenumbers.PhoneNumberType.PREMIUM_RATE: "premium",
    phonenumbers.PhoneNumberType.SHARED_COST: "premium",
    phonenumbers.PhoneNumberType.TOLL_FREE: "freephone",
    phonenumbers.PhoneNumberType.UNKNOWN: "unknown",
}
TYPES = tuple(phonenumbers.PhoneNumberType.values())
COUNTRIES = tuple(sorted(phonenumbers.SUPPORTED_REGIONS))
SEPARATORS = (" ", ".", "-", "/", "\u00a0", "\u202f", "\u2011", "\u2013", " - ", "  ", " / ")
NOTHING = ("", "abc", "+", "é", "n/a", "0", "12", "3.36E+10", "++33612345678", "+33 6 12 34 56 78 x 12")


class Read(NamedTuple):
    """The reading of a number: digits (none: not a number), country, whether a plan has it, kind."""

    digits: str
    country: str | None
    known: bool
    kind: str


NO_NUMBER = Read("", None, False, "unknown")


def numbers(country: str, count: int, dice: random.Random) -> Iterator[tuple[str, str | None]]:
    """Numbers of a country as people write them, each with the country in which it is written, if any."""
    examples = [
        (str(one.country_code), phonenumbers.national_significant_number(one))
        for one in (phonenumbers.example_number_for_type(country, kind) for kind in TYPES)
        if one is not None
    ]
    trunk = phonenumbers.ndd_prefix_for_region(country, True) or ""
    homes = (country, country, country, "FR", "RE", "US", "BR", None)
    for _ in range(count):
        code, national = dice.choice(examples)
        kept = dice.randrange(len(national))
        digits = national[:kept] + "".join(dice.choices("0123456789", k=len(national) - kept))
        if dice.random() < 0.1:
            place = dice.randrange(len(digits))
            digits = digits[:place] + dice.choice("0123456789") + digits[place + 1 :]
        if dice.random() < 0.04:
            digits = dice.choice((digits[:-1] or "0", digits + "1"))
        way = dice.random()
        prefix = (
            f"+{code}"
            if way < 0.4
            else code
            if way < 0.5
            else f"00{code}"
            if way < 0.55
            else f"+{code} (0)"
            if way < 0.6
            else trunk
            if way < 0.9
            else dice.choice(("", "0", f"+{code}{trunk}", f"{code}{trunk}", "011" + code, "8"))
        )
        yield spelled(prefix, digits, dice), dice.choice(homes)


def spelled(prefix: str, digits: str, dice: random.Random) -> str:
    """A number as one of the many people write it who have it in a list."""
    kind = dice.random()
    if kind < 0.5:
        return prefix + digits
    if kind < 0.51:
        return dice.choice(NOTHING)
    if kind < 0.54:
        before, behind = dice.choice((" ", "  ", "\u200e", "\u202a")), dice.choice((" ", "\u202c"))
        return f"{before}{prefix}{digits}{behind}"
    if kind < 0.56 and prefix and not prefix.startswith("+"):
        return f"({prefix}{digits[:2]}) {digits[2:]}"
    separator = dice.choice(SEPARATORS)
    groups = [digits[place : place + 2] for place in range(0, len(digits), 2)]
    return dice.choice((prefix, f"{prefix} ")) + separator.join(groups)


def expected(written: str, home: str | None) -> Read:
    """How phonenumbers reads a number, in the first way that gives one of a numbering plan."""
    plain = "".join(sign for sign in written if unicodedata.category(sign) != "Cf")
    plain = " ".join(plain.split()) if not plain.isascii() else plain.strip()
    bare = "".join(sign for sign in plain if sign.isdigit())
    ways: list[tuple[str, str | None]] = [(plain if plain.startswith("+") else f"+{plain}", None)]
    if home and not plain.startswith("+"):
        trunk = phonenumbers.ndd_prefix_for_region(home, True)
        first = not trunk or bare.startswith(trunk)
        ways.insert(0 if first else 1, (plain, home))
    found = [read for way, region in ways if (read := asked(way, region)) is not None]
    for read in found:
        if read.known:
            return read
    # The second time as one that lost its zero in a spreadsheet.
    for zero in ("", "0") if home in DIALLED_ALIKE and "+" not in plain else ():
        if not f"{zero}{bare}".startswith("0") or f"{zero}{bare}".startswith("00"):
            continue
        overseas = {
            read
            for region in DIALLED_ALIKE
            if region != home and (read := asked(zero + plain, region)) is not None and read.known
        }
        if len({read.digits for read in overseas}) == 1:
            return overseas.pop()
    return found[0] if found else NO_NUMBER


def asked(text: str, region: str | None) -> Read | None:
    """What phonenumbers finds in a text in a region, or in an international one."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    country = phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(
        number.country_code
    )
    known = phonenumbers.is_valid_number(number)
    kind = KINDS.get(phonenumbers.number_type(number), "other") if known else "unknown"
    digits = f"{number.country_code}{phonenumbers.national_significant_number(number)}"
    return Read(digits, None if country == "ZZ" else country, known, kind)
