"""Misreadings: texts whose octets were most likely read in the wrong charset, and what they were.

Found by a round trip: UTF-8 that was read in a charset of one octet a character can be turned back into
octets, and these are UTF-8. A few real words can be too, with the punctuation after them (`AMANHÃ…`,
`voilà »`): the place of a sequence decides, and in doubt nothing is reported.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

#: Which encoding was taken for which: a word of `Misreading.mistake`.
UTF_8, UTF_16, WINDOWS_1252, LOST = "utf-8", "utf-16", "windows-1252", "lost"


class Repair(NamedTuple):
    """A garbled part of a text, and what it was."""

    start: int
    end: int
    replacement: str


class Misreading(NamedTuple):
    """A text that was most likely read in the wrong charset."""

    mistake: str
    #: Where it shows first.
    start: int
    end: int
    #: The character that was meant there; None where it is unknown.
    meant: str | None
    #: All that is to be replaced, in order; empty where the text cannot be restored.
    repairs: tuple[Repair, ...]

    def mended(self, text: str) -> str | None:
        """The text as it was before it was misread; None where it cannot be restored."""
        if not self.repairs:
            return None
        parts, place = [], 0
        for start, end, replacement in self.repairs:
            parts += [text[place:start], replacement]
            place = end
        return "".join([*parts, text[place:]])


def _octets_of(charset: str) -> dict[int, str]:
    """Maps a charset's characters for the octets beyond ASCII to those of Latin-1.

    Octets that it leaves out are read as controls, as browsers do; these always stand for themselves.
    """
    table = {}
    for octet in range(0x80, 0x100):
        character = bytes([octet]).decode(charset, "ignore")
        if character and ord(character) != octet:
            table[ord(character)] = chr(octet)
    return table


_CP1252 = _octets_of("cp1252")
# Characters that ISO-8859-15 has elsewhere or not at all mean the same as in Windows-1252.
_LATIN_9 = _CP1252 | _octets_of("iso-8859-15")
_CHARSETS = (_CP1252, _LATIN_9)

# The octets 80 to BF, which continue a character of UTF-8, as any of these charsets reads them.
_CONTINUING = "".join(map(chr, sorted({*range(0x80, 0xC0), *_LATIN_9})))
_SEQUENCE = (
    f"(?:[\u00c2-\u00df][{_CONTINUING}]|[\u00e0-\u00ef][{_CONTINUING}]{{2}}"
    f"|[\u00f0-\u00f4][{_CONTINUING}]{{3}})"
)
_ONE = re.compile(_SEQUENCE)
_RUN = re.compile(f"{_SEQUENCE}+")

#: With one of the followers after it, each may begin a garbled sequence. Real texts have many "á", which
#: leads many letters of Vietnamese: these need a rare character, or another garbled letter.
LEADS = frozenset("ÂÃÄÅÆÈÎÏÐÑ×ØÙâïð")
FOLLOWERS = frozenset(_CONTINUING)
_WRONG_ORDER = "".join(chr(octet << 8) for octet in range(0x20, 0x7F))
#: A single one of these is worth a closer look. Garbled Chinese and Vietnamese have many of them.
RARE = frozenset(
    {*map(chr, range(0x80, 0xA0)), "\0", "\ufffd", "\ufffe", *"‰‹Œˆ˜ƒ†‡¤¦¨¬\u00ad¯±¶¸¼¾", *_WRONG_ORDER}
    # The en quad, the ideographic space and the figure space: real texts have many of them.
    - {"\u2000", "\u3000", "\u4e00"}
)
_SIGN = re.compile("[" + re.escape("".join(sorted(LEADS | RARE))) + "]")
_RARE = re.compile("[" + re.escape("".join(sorted(RARE))) + "]")
_CONTROL = re.compile("[\x80-\x9f]")
_SWAPPED = re.compile(f"[{_WRONG_ORDER}]{{4,}}")
_WITH_NULS = re.compile("(?:[^\0]\0){3,}|(?:\0[^\0]){3,}")

# Characters besides letters that people write and that have three or four octets.
_SIGNS = re.compile(
    "[\u2000-\u206f\u20a0-\u20bf\u2100-\u27bf\u2900-\u297f\u2b00-\u2bff\ufe0f\ufeff\ufffd"
    "\U0001f000-\U0001faff]"
)
# Letters of other scripts: two in a row have to be found.
_OTHER_SCRIPTS = re.compile(
    "(?:[\u0370-\u03ff]{2,}|[\u0400-\u04ff]{2,}|[\u0590-\u05ff]{2,}|[\u0600-\u06ff]{2,}"
    "|[\u0900-\u0dff]{2,}|[\u0e00-\u0e7f]{2,}|[\u3001-\u30ff\u3400-\u9fff\uff00-\uffef]{2,}|[\uac00-\ud7a3]{2,})"
)
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")
# Letters of two octets that Latin alphabets use: those of Western and of Central Europe, Turkish …
# And the characters that one of the charsets has for an octet, where a text has been misread twice.
_LETTERS = re.compile("[\u0080-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u02c6\u02dc]")
# What may come right after the last letter of a real word in capitals, and after a single letter.
_CLOSING = frozenset("…”’»›–—\u00a0®©°ºª·•")
_CLOSING_ONE = frozenset("…”’»›\u00a0“‘")
_OPENING = frozenset("«“‘‹„‚\"'(")
# A closing quotation mark has an opening one not far before it, which may look the same.
_QUOTATION = {"”": '“”„"', "»": "«»", "“": "„", "«": "»"}
_NEAR = 500


def may_be_misread(text: str) -> bool:
    """Whether a text has a sign that `misreading` looks for; most texts have none."""
    return not (text.isascii() and "\0" not in text) and _SIGN.search(text) is not None


def misreading(text: str, known: Container[str] = ()) -> Misreading | None:
    """The mistake that was made when a text was read, or None for a text that looks right.

    The control characters that are `known` are no sign of Windows-1252: someone else has a meaning
    for them. Takes time in proportion to the text.
    """
    if not may_be_misread(text):
        return None
    return _as_utf_16(text) or _as_utf_8(text) or _as_windows_1252(text, known) or _lost(text)


def _as_utf_16(text: str) -> Misreading | None:
    if text.startswith("\ufffe"):
        swapped = _swapped(text)
        return Misreading(UTF_16, 0, 1, "", (Repair(0, len(text), swapped),) if swapped else ())
    for pattern, reading in ((_WITH_NULS, _joined), (_SWAPPED, _swapped)):
        for match in pattern.finditer(text) if pattern is _SWAPPED or "\0" in text else ():
            start, end = match.span()
            if pattern is _SWAPPED and (len(set(match.group())) < 3 or not _RARE.search(match.group())):
                continue
            whole, part = reading(text), reading(match.group())
            if whole and _is_readable(whole):
                repairs: tuple[Repair, ...] = (Repair(0, len(text), whole),)
            else:
                repairs = (Repair(start, end, part),) if part else ()
            return Misreading(UTF_16, start, end, part or None, repairs)
    return None


def _swapped(text: str) -> str:
    """The text that was read from UTF-16 with the octets of each unit swapped; empty if it was not."""
    try:
        return text.encode("utf-16-le").decode("utf-16-be").removeprefix("\ufeff")
    except UnicodeError:
        return ""


def _joined(text: str) -> str:
    """The text whose UTF-16 octets were taken for characters; empty if they were not."""
    try:
        octets = text.translate(_CP1252).encode("latin-1")
        # A reader that cuts at line breaks may have left half a unit at either end.
        little = octets[1::2].count(0) >= octets[::2].count(0)
        return octets.decode("utf-16-le" if little else "utf-16-be").removeprefix("\ufeff")
    except UnicodeError:
        return ""


def _is_readable(text: str) -> bool:
    """Whether most of its characters are used with Latin alphabets."""
    return 2 * sum(c.isascii() or bool(_LETTERS.match(c) or _SIGNS.match(c)) for c in text) >= len(text)


def _as_utf_8(text: str) -> Misreading | None:
    place = _first_garbled(text)
    if place is None:
        return None
    start, end = place
    readings = [_repairs(text, octets) for octets in _CHARSETS]
    # ISO-8859-15 is rare: it is only chosen where the other makes a capital out of a small letter.
    repairs = min(readings, key=lambda found: sum(_is_odd(text, repair) for repair in found))
    meant = next((r.replacement for r in repairs if r.start <= start < r.end), "")
    if not repairs or any("\ufffd" in repair.replacement for repair in repairs):
        return Misreading(LOST if "\ufffd" in meant else UTF_8, start, end, None, ())
    repair = next(r for r in repairs if r.start <= start < r.end)
    return Misreading(UTF_8, repair.start, repair.end, meant, _with_plain_blanks(text, repairs))


def _is_odd(text: str, repair: Repair) -> bool:
    before = text[repair.start - 1 : repair.start]
    return before.islower() and repair.replacement[:1].isupper()


def _first_garbled(text: str) -> tuple[int, int] | None:
    """The place of the first sequence that is surely no real text."""
    for run in _RUN.finditer(text):
        if LEADS.isdisjoint(run.group()) and not _RARE.search(run.group()):
            continue
        decoded = [_decoded(match.group(), _CP1252) for match in _ONE.finditer(run.group())]
        if len(decoded) > 1 and all(decoded) and _is_likely("".join(decoded)):
            return run.span()
        if _OTHER_SCRIPTS.search("".join(character or " " for character in decoded)):
            return run.span()
        for match, character in zip(_ONE.finditer(text, *run.span()), decoded, strict=True):
            start, end = match.span()
            if _is_sure(text, start, end, character, alone=len(decoded) == 1):
                return start, end
    return None


def _is_likely(decoded: str) -> bool:
    return all(_SIGNS.match(c) or _LETTERS.match(c) or _VIETNAMESE.match(c) for c in decoded)


def _decoded(sequence: str, octets: dict[int, str]) -> str:
    try:
        return sequence.translate(octets).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""


def _is_sure(text: str, start: int, end: int, meant: str, *, alone: bool) -> bool:
    """Whether a sequence is surely not a letter of a word with the punctuation after it."""
    lead, last, length = text[start], text[end - 1], end - start
    if not meant or (lead not in LEADS and not _RARE.search(text[start:end])):
        return False
    if length > 2 and _SIGNS.match(meant):
        return True
    if "\x80" <= meant <= "\x9f":
        return "\x80" <= last <= "\x9f"
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if _VIETNAMESE.match(meant):
        return not alone or last not in _CLOSING or (after.isalpha() and last not in "…\u00a0")
    if length > 2 or not _LETTERS.match(meant):
        return False
    if not alone or (last == "\u00a0" and (after == " " or lead == "Â")):
        return True
    if meant in "ƒˆ˜Ơ":
        return False  # "ÆRØ’s", and "Æ" with a blank after it
    if (
        last == "…"
        and before.isupper()
        and not (after.islower() and not text[max(0, start - 2) : start - 1].isupper())
    ):
        return False  # "AMANHÃ…Vem", with no blank after the dots, but "SÄ…siad" is a word
    opening = _QUOTATION.get(last)
    if opening is not None:
        return after.isalpha() or set(opening).isdisjoint(text[max(0, start - _NEAR) : start])
    if after.isalpha():
        # "MÅ’s" is no "MŒs".
        return not (before.isupper() and after.islower() and meant.isupper() and last in _CLOSING)
    if lead == "Â":
        return before not in _OPENING or not before
    if before.isalpha():
        return not before.isupper() or last not in _CLOSING
    return before.isdigit() or last not in (_CLOSING_ONE if lead == "Ã" else _CLOSING)


def _repairs(text: str, octets: dict[int, str]) -> tuple[Repair, ...]:
    """The original of every garbled run of a text, however often it was misread."""
    found = [
        Repair(run.start(), run.end(), replacement)
        for run in _BEYOND_ASCII.finditer(text)
        if (replacement := _mended(run.group(), octets)) != run.group()
    ]
    for _ in range(_MOST_TIMES - 1):
        mended = Misreading(UTF_8, 0, 0, None, tuple(found)).mended(text)
        if mended is None or _SIGN.search(mended) is None or _first_garbled(mended) is None:
            break
        found = [repair._replace(replacement=_mended(repair.replacement, octets)) for repair in found]
    if found and found[0].start == 0 and found[0].replacement.startswith("\ufeff"):
        found[0] = found[0]._replace(replacement=found[0].replacement[1:])  # a byte order mark is not text
    return tuple(found)


# "à" ends with a no-break space when it is misread, and many programs make a plain one of that, or none.
_WITH_BLANK = re.compile(r"Ã(?: (?=[\s.,;:!?)]|\Z)|(?=\s|\Z))")


def _with_plain_blanks(text: str, repairs: tuple[Repair, ...]) -> tuple[Repair, ...]:
    """The repairs of a garbled text, and those of each "à" whose second octet has become a plain blank."""
    found = [
        Repair(*match.span(), "à")
        for match in _WITH_BLANK.finditer(text)
        if not text[match.start() - 1 : match.start()].isupper()  # "MAÇÃ", beside what is garbled
    ]
    if not found:
        return repairs
    repaired = {place for repair in repairs for place in range(repair.start, repair.end)}
    return tuple(sorted([*repairs, *(one for one in found if one.start not in repaired)]))


_BEYOND_ASCII = re.compile("[^\0-\x7f]+")
# Three times is once more than anyone reports.
_MOST_TIMES = 4


def _mended(run: str, octets: dict[int, str]) -> str:
    """A run read once more as UTF-8, except where that would give something nobody writes."""

    def reading(match: re.Match[str]) -> str:
        sequences = match.group()
        whole = _decoded(sequences, octets)
        if whole and (_is_likely(whole) or _OTHER_SCRIPTS.search(whole)):
            return whole
        return _ONE.sub(one, sequences)

    def one(match: re.Match[str]) -> str:
        meant = _decoded(match.group(), octets)
        return meant if meant and _is_likely(meant) else match.group()

    return _of_windows_1252(_RUN.sub(reading, run))


def _as_windows_1252(text: str, known: Container[str]) -> Misreading | None:
    """Windows-1252 read as ISO-8859: quotation marks, dashes and the euro sign become controls."""
    found = [match for match in _CONTROL.finditer(text) if match.group() not in known]
    if not found:
        return None
    first = found[0]
    repairs = tuple(
        Repair(match.start(), match.end(), meant)
        for match in found
        if (meant := _of_windows_1252(match.group())) != match.group()
    )
    meant = _of_windows_1252(first.group())
    is_known = meant != first.group()
    return Misreading(WINDOWS_1252, first.start(), first.end(), meant if is_known else None, repairs)


_CONTROLS = {ord(octet): chr(character) for character, octet in _CP1252.items()}


def _of_windows_1252(text: str) -> str:
    return text.translate(_CONTROLS)


def _lost(text: str) -> Misreading | None:
    """A reader writes U+FFFD for what it could not read."""
    start = text.find("\ufffd")
    if start == -1:
        return None
    end = start + 1
    while text.startswith("\ufffd", end):
        end += 1
    return Misreading(LOST, start, end, None, ())
