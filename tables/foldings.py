"""Reads tables/foldings.tsv, and derives from Unicode data those of its rows that Unicode settles.

    python tables/foldings.py            writes the derived rows of foldings.tsv anew
    python tables/foldings.py --check    fails when a derived row is not what Unicode data says

A row written by hand stays as it is, and no row is derived for a character that has one.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

from alphabets import gsm_characters

FOLDINGS = Path(__file__).resolve().parent / "foldings.tsv"

#: The classes, and how many characters a replacement of each may have at most. They are in the order of
#: visible loss, as in `septet.advice.foldings.STEPS`.
LONGEST = {
    "line-breaks": 1,
    "look-alikes": 1,
    "quotes": 1,
    "dashes": 1,
    "ellipsis": 3,
    "spaces": 1,
    "controls": 1,
    "ligatures": 3,
    "signs": 3,
    "fractions": 3,
    "superscripts": 1,
    "styled": 1,
    "cedilla": 1,
    "accents-near": 1,
    "accents-capital": 1,
    "accents-small": 1,
    "accents-hook": 1,
    "letters": 2,
    "emoticons": 3,
    "greek": 1,
}
#: How many characters a replacement after a digit may have at most.
LONGEST_BEHIND_A_DIGIT = 4

COLUMNS = "code point\tcharacter\tname\treplacement\tbehind a digit\tclass\treason"
WORDS = {"(nothing)": "", "(space)": " ", "(line feed)": "\n"}
INVISIBLE = "(invisible)"
NAMELESS = "<control>"

# The reason in a derived row.
CANONICAL = "Unicode: canonical decomposition"
COMPATIBLE = "Unicode: compatibility decomposition"
CAPITAL = "Unicode: the capital of its decomposition's base"
ENCLOSED = "Unicode: what its name says that it encloses"
NUMBERED = "Unicode: the number in the circle, as items of a list are numbered"
DERIVED = (CANONICAL, COMPATIBLE, CAPITAL, ENCLOSED, NUMBERED)

# Where rows are derived: blocks of letters and signs that messages in Latin or Greek script use.
RANGES = (
    *((0x00A1, 0x024F), (0x0370, 0x03FF), (0x1E00, 0x1FFF), (0x2010, 0x20CF), (0x2100, 0x218B)),
    *((0xFB00, 0xFB06), (0xFF01, 0xFF5E), (0x1D400, 0x1D7FF)),
    # Raised letters, enclosed letters and numbers, units in one square, small forms.
    *((0x02B0, 0x02B8), (0x02E0, 0x02E3), (0x1D2C, 0x1D6A), (0x2460, 0x24FF), (0x2776, 0x2793)),
    *((0x3251, 0x325F), (0x32B1, 0x32BF), (0x3371, 0x33DF), (0xFE50, 0xFE6B), (0x1F100, 0x1F19A)),
)

# Marks that change a vowel's sound rather than the letter: grave, acute, circumflex, macron, breve,
# diaeresis. A letter that loses another mark (caron, ogonek, tilde ...) reads as another letter.
LIGHT_MARKS = frozenset("\u0300\u0301\u0302\u0304\u0306\u0308")

# Greek capitals that look like a Latin one; the others are in the GSM alphabet themselves.
GREEK_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))

_CLASS_BY_TAG = {
    "<font>": "styled",
    "<wide>": "styled",
    "<super>": "superscripts",
    "<sub>": "superscripts",
    "<fraction>": "fractions",
    "<compat>": "signs",
    "<circle>": "styled",
    "<square>": "signs",
    "<small>": "styled",
}

# Circled and squared letters that have no decomposition, because they are white on black.
_ENCLOSED = re.compile(
    r"(?:CROSSED )?(?:NEGATIVE )?(?:CIRCLED|SQUARED) (?:LATIN CAPITAL LETTER )?([A-Z]{1,3})"
)


class Row(NamedTuple):
    """One row of the map: what replaces a character that GSM-7 lacks."""

    character: str
    replacement: str
    #: What replaces it after a digit, if the usual replacement would change a number.
    behind_a_digit: str | None
    kind: str
    reason: str

    def line(self) -> str:
        words = {text: word for word, text in WORDS.items()}
        behind = "" if self.behind_a_digit is None else self.behind_a_digit.replace(" ", "(space)")
        cells = (
            f"U+{ord(self.character):04X}",
            self.character if self.character.isprintable() else INVISIBLE,
            unicodedata.name(self.character, NAMELESS),
            words.get(self.replacement, self.replacement),
            behind,
            self.kind,
            self.reason,
        )
        return "\t".join(cells)


def read(path: Path = FOLDINGS) -> list[Row]:
    """The rows, each checked against its code point and its Unicode name."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line or line.startswith("#") or line == COLUMNS:
            continue
        where = f"{path.name}, line {number}"
        try:
            point, shown, name, replacement, behind, kind, reason = line.split("\t")
            character = chr(int(point.removeprefix("U+"), 16))
        except ValueError:
            raise SystemExit(f"{where}: expected seven cells, {COLUMNS!r}, found {line!r}") from None
        if shown not in (character, INVISIBLE) or name != unicodedata.name(character, NAMELESS):
            raise SystemExit(f"{where}: expected the character and the Unicode name of {point}")
        if kind not in LONGEST:
            raise SystemExit(f"{where}: expected one of {', '.join(LONGEST)}, found {kind!r}")
        if not reason:
            raise SystemExit(f"{where}: expected a reason")
        replacement = WORDS.get(replacement, replacement)
        rows.append(Row(character, replacement, behind.replace("(space)", " ") or None, kind, reason))
    return rows


def check(rows: list[Row], gsm: frozenset[str]) -> None:
    """Fails at a row that maps a GSM character, leaves the GSM alphabet, or is too long for its class."""
    seen = set()
    for row in rows:
        where = f"{FOLDINGS.name}, U+{ord(row.character):04X}, {row.kind}"
        if row.character in gsm:
            raise SystemExit(f"{where}: expected a character that GSM-7 lacks")
        for replacement, most in (
            (row.replacement, LONGEST[row.kind]),
            (row.behind_a_digit or "", LONGEST_BEHIND_A_DIGIT),
        ):
            if not gsm.issuperset(replacement):
                raise SystemExit(f"{where}: expected GSM characters, found {replacement!r}")
            if len(replacement) > most:
                raise SystemExit(f"{where}: expected {most} characters at most, found {replacement!r}")
        if (row.character, row.kind) in seen:
            raise SystemExit(f"{where}: expected one row for a character in a class")
        seen.add((row.character, row.kind))


def derive(character: str, gsm: frozenset[str]) -> Row | None:
    """The row that Unicode data gives for a character, if any."""
    if character in gsm or not unicodedata.name(character, ""):
        return None
    if unicodedata.normalize("NFC", character) in gsm:
        return None  # composing the text is enough
    base, *marks = list(unicodedata.normalize("NFD", character))
    if not all(unicodedata.combining(mark) for mark in marks):
        return None
    if "GREEK" in unicodedata.name(base, "") and unicodedata.category(base) in ("Lu", "Ll"):
        return _greek(character, base, gsm)
    if marks:
        return _accented(character, base, marks, gsm)
    return _enclosed(character) or _compatible(character, gsm)


def _greek(character: str, base: str, gsm: frozenset[str]) -> Row | None:
    capital = base.upper()
    replacement = GREEK_CAPITALS.get(capital, capital)
    if replacement not in gsm:
        return None
    if character == capital:
        return Row(character, replacement, None, "look-alikes", CAPITAL)
    return Row(character, replacement, None, "greek", CAPITAL)


def _accented(character: str, base: str, marks: list[str], gsm: frozenset[str]) -> Row | None:
    # One of two marks may stay: ǻ is å with another mark.
    for kept in range(len(marks) - 1, 0, -1):
        letter = unicodedata.normalize("NFC", base + "".join(marks[:kept]))
        if letter in gsm:
            return Row(character, letter, None, "accents-near", CANONICAL)
    if base not in gsm or not base.isalpha():
        return None
    light = LIGHT_MARKS.issuperset(marks)
    kind = "accents-near" if not base.isascii() else "accents-hook"
    if light and kind == "accents-hook":
        kind = "accents-capital" if base.isupper() else "accents-small"
    return Row(character, base, None, kind, CANONICAL)


def _enclosed(character: str) -> Row | None:
    name = unicodedata.name(character)
    number = unicodedata.numeric(character, None)
    if number is not None and "CIRCLED " in name and "IDEOGRAPH" not in name:
        item = f"{number:.0f})"
        return Row(character, item, f" {item}", "signs", NUMBERED)
    letters = _ENCLOSED.fullmatch(name)
    if letters is None or unicodedata.decomposition(character):
        return None
    return Row(character, letters[1], None, "styled" if len(letters[1]) == 1 else "signs", ENCLOSED)


def _compatible(character: str, gsm: frozenset[str]) -> Row | None:
    tag = unicodedata.decomposition(character).partition(" ")[0]
    if tag not in _CLASS_BY_TAG:
        return None
    letters = unicodedata.normalize("NFKD", character).replace("\u2044", "/")
    if tag == "<square>":  # km/h, and a micro sign that is a Greek letter
        letters = letters.replace("\u2215", "/").replace("μ", "u")
    if any(unicodedata.category(c) in ("Lu", "Ll") and "GREEK" in unicodedata.name(c) for c in letters):
        return None
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    kind = _CLASS_BY_TAG[tag]
    if tag == "<compat>" and character.isalpha():
        kind = "ligatures" if len(plain) > 1 else "letters"
    if tag == "<square>" and len(plain) == 1:
        kind = "styled"
    if not plain.strip() or len(plain) > LONGEST[kind] or not gsm.issuperset(plain):
        return None
    ways = {"<fraction>": f" {plain}", "<compat>": f" {plain}", "<super>": f"^{plain}"}
    behind = ways.get(tag) if plain[0].isdigit() else None
    return Row(character, plain, behind, kind, COMPATIBLE)


def derived(by_hand: set[str], gsm: frozenset[str]) -> list[Row]:
    """Every row that Unicode data gives, except for characters with a row by hand."""
    characters = (chr(point) for first, last in RANGES for point in range(first, last + 1))
    found = (derive(character, gsm) for character in characters if character not in by_hand)
    return [row for row in found if row is not None]


def whole(rows: list[Row], gsm: frozenset[str]) -> list[Row]:
    """The rows by hand and the derived ones, in the order of the file."""
    by_hand = [row for row in rows if row.reason not in DERIVED]
    order = list(LONGEST)
    both = [*by_hand, *derived({row.character for row in by_hand}, gsm)]
    return sorted(both, key=lambda row: (order.index(row.kind), ord(row.character)))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a row is stale")
    arguments = parser.parse_args()
    gsm = gsm_characters()
    rows = read()
    if arguments.check:
        # A later version of Unicode may have more characters; it never changes a decomposition.
        found = set(whole(rows, gsm))
        stale = [row for row in rows if row not in found]
        for row in stale:
            print(f"{FOLDINGS.name}: not what Unicode data says: {row.line()}", file=sys.stderr)
        return 1 if stale else 0
    text = FOLDINGS.read_text(encoding="utf-8")
    comments = [line for line in text.split("\n") if line.startswith("#")]
    lines = [*comments, COLUMNS, *(row.line() for row in whole(rows, gsm))]
    FOLDINGS.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
