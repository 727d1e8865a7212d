"""Bad numbers: why a recipient is not read as a phone number, and what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from septet.destinations.phone_numbers import codes_overseas, plain_number, readings_overseas
from septet.wording.messages import one_of, said
from septet.wording.quoting import printable

from .recipients.beginnings import EACH

if TYPE_CHECKING:
    from septet.wording.messages import Words

# A spreadsheet writes a long number like this; the digits that it does not show are lost.
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")


def is_scientific(written: str) -> bool:
    """Whether a spreadsheet wrote only the first digits of a number: ``3.36E+10``."""
    return _SCIENTIFIC.fullmatch(written.strip()) is not None


def why_bad(written: str | None, home: str | None, nowhere: set[int] | None = None, key: int = EACH) -> Words:
    """Why a number, national to `home` or international, is in no known numbering plan.

    `nowhere` remembers the keys of numbers (`recipients/`) that are not valid overseas either.
    """
    if written is None or not written.strip():
        return said("there is no phone number")
    shown = printable(written)
    if is_scientific(written):
        return said(
            "a spreadsheet has shortened the number to %(number)s: format the column as text, and fill it in "
            "again",
            number=shown,
        )
    bare = plain_number(written)
    if home is None and bare.startswith("0") and not bare.startswith("00"):
        return said(
            "the number %(number)s is a national one, and the country is not known: set it, as in --country "
            "FR",
            number=shown,
        )
    several = {} if nowhere is not None and key in nowhere else readings_overseas(written, home)
    if nowhere is not None and key != EACH and not several:
        nowhere.add(key)
    if several:
        return said(
            "the number %(number)s may be %(several)s: write it with a + in front",
            number=shown,
            several=one_of(f"+{digits}" for digits in several),
        )
    if codes := codes_overseas(written, home):
        return said(
            "no numbering plan has the phone number %(number)s: for an overseas number write its code, "
            "%(codes)s",
            number=shown,
            codes=one_of(f"+{code}…" for code in codes),
        )
    return said("no numbering plan has the phone number %(number)s", number=shown)
