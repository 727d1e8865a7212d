"""Reads the alphabets from tables/alphabets: the GSM one, ASCII, and the national language tables."""

from __future__ import annotations

import unicodedata
from pathlib import Path

ALPHABETS = Path(__file__).resolve().parent / "alphabets"

ESCAPED = {r"\n": "\n", r"\r": "\r", r"\f": "\f"}
# Unicode data has no names for control characters; TS 23.038 names these three.
CONTROL_NAMES = {"\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\f": "FORM FEED"}


def alphabet(path: Path) -> dict[int, str]:
    """Septet to character; every row is checked against its code point and its Unicode name."""
    rows: dict[int, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#") or number == 2:
            continue
        where = f"{path.name}, line {number}"
        try:
            septet_cell, point, character, name = line.split("\t")
            septet, ordinal = int(septet_cell, 16), int(point.removeprefix("U+"), 16)
        except ValueError:
            raise SystemExit(
                f"{where}: expected septet, code point, character and name, found {line!r}"
            ) from None
        character = ESCAPED.get(character, character)
        if chr(ordinal) != character:
            raise SystemExit(f"{where}: expected the character of {point}, found {character!r}")
        if name != CONTROL_NAMES.get(character, unicodedata.name(character, "")):
            raise SystemExit(f"{where}: expected the Unicode name of {point}, found {name!r}")
        if not 0 <= septet < 128 or septet == 0x1B or septet in rows:
            raise SystemExit(
                f"{where}: expected a septet of its own, not the escape 0x1B, found {septet_cell}"
            )
        rows[septet] = character
    return rows


def base_alphabets() -> dict[str, dict[str, dict[int, str]]]:
    """The GSM alphabet and ASCII by their names, each with its basic and its extension table."""
    return {
        base: {kind: alphabet(ALPHABETS / base / f"{kind}.tsv") for kind in ("basic", "extension")}
        for base in ("default", "ascii")
    }


def languages() -> dict[str, tuple[int, str, dict[str, dict[int, str]]]]:
    """ISO 639-1 code to identifier, language, and its locking and single shift tables, if it has them."""
    found = {}
    for line in (ALPHABETS / "languages.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        identifier, code, language = line.split("\t")
        paths = {kind: ALPHABETS / kind / f"{code}.tsv" for kind in ("locking", "single")}
        tables = {kind: alphabet(path) for kind, path in paths.items() if path.exists()}
        found[code] = int(identifier), language, tables
    return found


def gsm_characters() -> frozenset[str]:
    """Every character of the default alphabet and its extension table."""
    tables = base_alphabets()["default"]
    return frozenset(character for rows in tables.values() for character in rows.values())
