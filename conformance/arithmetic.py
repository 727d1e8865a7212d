"""The cases of the bare standard: boundaries of TS 23.038 and TS 23.040, by arithmetic only.

The characters are those of the alphabets in tables/, which have the standard's own code points. How many fit,
and where a text is cut, is calculated here from 140 octets.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

ALPHABETS = Path(__file__).parents[1] / "tables" / "alphabets"

ALPHABET = ("3GPP TS 23.038", "6.2.1, GSM 7 bit Default Alphabet")
EXTENSION = ("3GPP TS 23.038", "6.2.1.1, GSM 7 bit default alphabet extension table")
UCS2 = ("3GPP TS 23.038", "6.2.3, UCS2")
JOINED = ("3GPP TS 23.040", "9.2.3.24.1, Concatenated Short Messages")
PORTS = ("3GPP TS 23.040", "9.2.3.24.4, Application Port Addressing 16 bit address")
SINGLE = ("3GPP TS 23.040", "9.2.3.24.15, National Language Single Shift")
LOCKING = ("3GPP TS 23.040", "9.2.3.24.16, National Language Locking Shift")


def table(path: Path) -> str:
    """The characters of an alphabet, by their codes."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[2:] if not line.startswith("#")]
    return "".join(chr(int(row[1].removeprefix("U+"), 16)) for row in rows if row[1].startswith("U+"))


def codes(kind: str, language: str) -> str:
    """A locking or a single shift table; the default one if no language is named."""
    name = {"locking": "basic", "single": "extension"}[kind]
    return table(ALPHABETS / kind / f"{language}.tsv" if language else ALPHABETS / "default" / f"{name}.tsv")


class Alphabet:
    """The septets of each character in a pair of tables."""

    def __init__(self, locking: str = "", single: str = "") -> None:
        self.septets = dict.fromkeys(codes("single", single), 2) | dict.fromkeys(codes("locking", locking), 1)
        #: TS 23.040: an identifier, a length and a language for each table that is not the default.
        self.octets = 3 * bool(locking) + 3 * bool(single)


def expected(text: str, alphabet: Alphabet, further: int = 0, forced: str = "") -> dict[str, Any]:
    """The figures of a text: its encoding, its units, its segments, and where each of them ends."""
    is_gsm7 = forced != "ucs2" and all(character in alphabet.septets for character in text)
    elements = further + (alphabet.octets if is_gsm7 else 0)
    weights = [alphabet.septets[c] if is_gsm7 else 1 + (c > "\uffff") for c in text]
    alone, joined = (140 - octets - (octets > 0) for octets in (elements, 5 + elements))
    single, part = (octets * 8 // 7 if is_gsm7 else octets // 2 for octets in (alone, joined))
    capacity = single if sum(weights) <= single else part
    ends, used = [], 0
    for place, weight in enumerate(weights):
        if used + weight > capacity:
            ends.append(place)
            used = 0
        used += weight
    return {
        "encoding": "gsm7" if is_gsm7 else "ucs2",
        "units": sum(weights),
        "segments": len(ends) + 1,
        "ends": [*ends, len(text)],
    }


PLAIN = Alphabet()
BASIC, EXTENDED = codes("locking", ""), codes("single", "")

#: What calculators wrongly accept as GSM-7, and why it is not.
ALIKE = {
    "`": "the grave accent, which is in ASCII",
    "ç": "the small c with cedilla: the standard has the capital one",
    "\t": "the tab",
    "\u00a0": "the no-break space",
    "\u202f": "the narrow no-break space of French",
    "’": "the typographic apostrophe",
    "“": "the typographic quotation mark",
    "–": "the en dash",
    "…": "the ellipsis in one character",
    "Α": "the Greek capital Alpha, which only looks like A",
    "µ": "the micro sign",
    "ê": "a circumflex",
    "á": "an acute that the default alphabet has on e alone",
    "°": "the degree sign",
    "₫": "a currency that is not €, £, $ or ¥",
    "\u2126": "the ohm sign, which is not the letter Omega",
    "\u212b": "the angstrom sign, which is not the letter Å",
    "\u200b": "the zero width space",
    "\ufeff": "the byte order mark",
    "\x1b": "the escape, which is no character",
    "\x00": "NUL, which is not the @ that has its code",
    "\x0b": "the vertical tab",
    "\x7f": "DEL",
    "\u0301": "a combining mark",
    "Ё": "a Cyrillic letter",
}

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


class Cases:
    """The cases, as they are built."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []

    def add(
        self, rule: str, where: tuple[str, str], text: str, alphabet: Alphabet = PLAIN, **ask: Any
    ) -> None:
        further = 6 if "ports" in ask else 0
        answer = expected(text, alphabet, further, ask.get("encoding", ""))
        if rule in ("national-single-shift", "national-locking-shift"):
            del answer["units"]  # another table may need other units for the same text
        document, section = where
        self.found.append(
            {
                "rule": rule,
                "document": document,
                "section": section,
                "text": text,
                "ask": ask,
                "expect": answer,
            }
        )


def standard_cases() -> list[dict[str, Any]]:
    cases = Cases()
    alphabets(cases)
    rooms(cases)
    pairs(cases)
    traps(cases)
    national(cases)
    return cases.found


def alphabets(cases: Cases) -> None:
    for character in BASIC:
        cases.add("default-alphabet", ALPHABET, character)
    for character in BASIC[::9]:
        for times in (160, 161):
            cases.add("default-alphabet", ALPHABET, character * times)
    for character in EXTENDED:
        for text in (character, character * 80, character * 80 + "a", "a" + character * 80):
            cases.add("extension-costs-two", EXTENSION, text)
    for character in ALIKE:
        for text in (character, "a" * 69 + character, "a" * 70 + character):
            cases.add("not-in-the-alphabet", ALPHABET, text)


def rooms(cases: Cases) -> None:
    edges = [160, *(153 * segments for segments in (2, 3, 4, 5, 6, 10, 100, 255))]
    for edge in edges:
        for length in (edge - 1, edge, edge + 1):
            if length <= 153 * 255:
                cases.add("room-of-gsm7", JOINED, "a" * length)
    edges = [70, *(67 * segments for segments in (2, 3, 4, 5, 6, 10, 100, 255))]
    for edge in edges:
        for length in (edge - 1, edge, edge + 1):
            if length <= 67 * 255:
                cases.add("room-of-ucs2", JOINED, "я" * length)
    for length in (1, 70, 71, 134, 135):
        cases.add("asked-for-ucs2", UCS2, "a" * length, encoding="ucs2")
        cases.add("asked-for-ucs2", UCS2, "€" * length, encoding="ucs2")
    for length in (152, 153, 159, 160, 292, 293):
        cases.add("ports-in-the-header", PORTS, "a" * length, ports=[2948, 9200])
    for length in (65, 66, 67, 70, 128, 129):
        cases.add("ports-in-the-header", PORTS, "я" * length, ports=[2948, 9200])


def pairs(cases: Cases) -> None:
    """No escape is separated from its code, and no surrogate pair is split."""
    for character in EXTENDED:
        for before in (151, 152, 153, 305, 306):
            cases.add("escape-pair-uncut", EXTENSION, "a" * before + character + "a" * 20)
        for times in (76, 77, 80, 81, 152, 153, 154, 229, 230):
            cases.add("escape-pair-uncut", EXTENSION, character * times)
    for character in ("😀", "\U00010000", "\U0010ffff", "𝒳"):
        for before in (65, 66, 67, 132, 133):
            cases.add("surrogate-pair-uncut", UCS2, "я" * before + character + "я" * 5)
        for times in (33, 34, 35, 36, 66, 67, 68, 100):
            cases.add("surrogate-pair-uncut", UCS2, character * times)
        for text in (character, "a" + character, character * 35):
            cases.add("two-units-above-ffff", UCS2, text)


def traps(cases: Cases) -> None:
    """Mistakes that clients of vendors have made."""
    for text in ("a" * 152 + "€" + "a" * 100, "a" * 158 + "€", "a" * 159 + "€", "€" * 81):
        cases.add("trap-euro-at-septet-153", EXTENSION, text)
    for text in ("я" * 66 + "😀" + "я" * 4, "a" * 66 + "😀" + "a" * 66, "a" * 69 + "😀", "a" * 68 + "😀"):
        cases.add("trap-66-letters-and-an-emoji", UCS2, text)
    for before in (59, 60, 63, 66, 123, 124):
        # The standard has no grapheme clusters: they may be cut between two characters.
        cases.add("trap-a-family-at-134", UCS2, "я" * before + FAMILY + "я" * max(0, 123 - before))
    for letter in ("字", "ह", "한", "อ", "€я", "—"):
        for units in (46, 47, 67, 70, 71, 134, 135):
            # 140 octets of UTF-8 would end at 46 letters of three.
            cases.add("trap-letters-of-three-octets", UCS2, (letter * units)[:units])
    for text in ("€я" * 34, "[я]" * 23, "{}~я" * 17, "я" + "€" * 69, "я" + "€" * 70):
        cases.add("trap-no-escape-in-ucs2", UCS2, text)
    for text in ("\r\n" * 80, "\r\n" * 80 + "a", "\n" * 160, "\n" * 161, "\r" * 153 + "\n" * 8):
        cases.add("trap-line-breaks-are-one-each", ALPHABET, text)
    for text in ("a" * 134, "a" * 135, "à" * 134, "à" * 160, "é" * 161, "è" * 140, "Ç" * 141):
        cases.add("trap-134-octets-are-153-septets", JOINED, text)
    for text in ("e\u0301" * 35, "e\u0301" * 36, "😀" + "\u0301" * 70, "🇫🇷" * 17, "🇫🇷" * 18):
        cases.add("trap-marks-are-units-too", UCS2, text)


def national(cases: Cases) -> None:
    """Tables that are only used on request; each takes room in the header of every segment."""
    for path in sorted((ALPHABETS / "locking").glob("*.tsv")):
        language = path.stem
        letters = [c for c in table(path) if c not in PLAIN.septets and unicodedata.category(c)[0] == "L"]
        for times in (155, 156, 298, 299):
            text = ("".join(letters) * 20)[:times]
            cases.add("national-locking-shift", LOCKING, text, Alphabet(language), languages=[language])
    # Only Spanish has no locking table, so there is one way to send its letters.
    for before in (152, 153, 154, 146, 147, 148, 297):
        text = "a" * before + "á"
        cases.add("national-single-shift", SINGLE, text, Alphabet("", "es"), languages=["es"])
