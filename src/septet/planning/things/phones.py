"""Telephone numbers as people of many countries write them, and short codes next to their words."""

from __future__ import annotations

import re

from .signs import BLANK, MONEY
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .digits import Runs

_PART = rf"(?:[.\-/‑]|{BLANK}(?:[-/–]{BLANK}(?!0))?)"
# A group that belongs to something else does not end a telephone number: `… 78 10 €`, `… 78 14h`.
_NOT_OF = rf"(?!\d|{BLANK}?:|{MONEY}|{BLANK}?[hH]\b|[.,:/]\d)"
# E.164 has 15 digits at most; no country's numbers have fewer than 7 with its code.
_INTERNATIONAL = (
    rf"(?:\+{BLANK}?|(?<!\d)00)[1-9](?:\d{{0,2}}{_PART}?\(\d{{1,5}}\))?(?:{_PART}?\d){{6,14}}{_NOT_OF}"
    rf"|\(\+[1-9]\d{{0,2}}\)(?:{_PART}?\d){{6,12}}{_NOT_OF}"
)
# The groups of a national number have one sign between them; the area code may have another after it.
_AREA = rf"(?:\(0\d{{1,5}}\)|0{BLANK}?\(\d{{2,5}}\)|0{BLANK}?\d{{1,5}})"
_NATIONAL = (
    rf"{_AREA}{_PART}?\d{{2,8}}(?:(?P<part>[.\-‑]|{BLANK})\d{{1,8}}(?:(?P=part)\d{{1,8}}){{0,4}})?{_NOT_OF}"
)
_GROUPED = (
    # North America, Brazil
    rf"(?:1[ .-])?(?:\(\d{{2,3}}\){BLANK}?|\d{{3}}[ .-])9?\d{{3,4}}[ .-]\d{{4}}",
    rf"\d{{2}}{BLANK}9?\d{{4}}-\d{{4}}",
    # Spain, Portugal, Poland: nine digits without a leading zero
    r"[5-9]\d{2}(?P<p3>[ .-])\d{3}(?P=p3)\d{3}",
    r"[5-9]\d{2}(?P<p2>[ .-])\d{2}(?P=p2)\d{2}(?P=p2)\d{2}",
    r"[1-9]\d(?P<p1>[ .-])\d{3}(?P=p1)\d{2}(?P=p1)\d{2}",
    # toll-free
    r"1[ -]?[89]00[ -]\d{3}[ -]?\d{3,4}",
)
_PHONE = re.compile(
    rf"(?=[+(\d])(?<!\w)(?:{_INTERNATIONAL}"
    rf"|(?<!\d[.,/-])(?:(?P<national>{_NATIONAL})|(?:{'|'.join(_GROUPED)}){_NOT_OF}))(?!\w)"
)
_DIGITS = range(8, 14)

# Words that ask to call or to write to a number, in nine languages, and the digits soon after them.
_WORDS = (
    "stop help sms tél tel telephone téléphone appel appelez appeler composez contactez envoyez "
    "répondez "
    "call phone dial text send reply "
    "llame llama llamar teléfono envía envíe responde ligue telefone envie responda "
    "chiama chiamare telefono invia rispondi ruf rufen telefon sende senden antworte "
    "bel bellen telefoon stuur zadzwoń zadzwon wyślij wyslij ara arayın arayin "
)
_ASKING = frozenset(_WORDS.split())
# The words right before, without the end of a sentence between; `Tel. 3939` has a dot of its own.
_BEFORE = re.compile(r"[^\d.!?]*+(?:\.[ ]?)?\Z")
_WORD = re.compile(r"[^\W\d_]+")
_FAR = 32
_SHORT = re.compile(rf"(?=\d)(?<![\w.,/-])\d{{3,8}}(?!\w|[.,:/-]\d|{MONEY}|{BLANK}\d)")
# Then any groups, as long as a number can be: `Call 98765 43210`.
_IN_GROUPS = re.compile(
    rf"(?=[(\d])(?<![\w.,/+-])(?:\(\d{{1,4}}\){BLANK}?)?\d{{1,5}}"
    rf"(?:{_PART}(?:\d{{1,7}}|\(\d{{1,4}}\))){{1,6}}{_NOT_OF}(?!\w)"
)
# Most texts have too few digits for any of these. No number of `_PHONE` is shorter either.
_AS_LONG = range(7, 14)
_SHORTEST = 3
# In Turkish the word comes after; a network's own codes need no word.
_DIALLED = re.compile(
    r"(?=[*#\d])(?:(?<![\w.,])\d{3,5}(?=['’]y?[ea]\b)|(?<![\w*#])[*#]{1,2}\d{1,12}(?:[*#]\d{1,12}){0,5}#)"
)


def phones(text: str, digits: Runs) -> Iterator[Thing]:
    """The numbers that a text asks to call or to write to, as they are written."""
    lengths = [end - start for start, end in digits]
    has_enough = sum(lengths) >= _AS_LONG.start
    if has_enough:
        for match in _PHONE.finditer(text):
            if match["national"] is None or sum(map(str.isdigit, match.group())) in _DIGITS:
                yield Thing("phone", *match.span())
    if max(lengths, default=0) >= _SHORTEST:
        for match in _SHORT.finditer(text):
            if _is_asked(text, match.start()):
                yield Thing("phone", *match.span())
    if has_enough:
        for match in _IN_GROUPS.finditer(text):
            if sum(map(str.isdigit, match.group())) in _AS_LONG and _is_asked(text, match.start()):
                yield Thing("phone", *match.span())
    if "#" in text or max(lengths, default=0) >= _SHORTEST:
        for match in _DIALLED.finditer(text):
            yield Thing("phone", *match.span())


def _is_asked(text: str, start: int) -> bool:
    """Whether a word before it asks to call or to write to it."""
    before = _BEFORE.search(text, max(0, start - _FAR), start)
    return before is not None and any(word.lower() in _ASKING for word in _WORD.findall(before.group()))
