"""Glyphs: what a terminal shows for the characters of a text.

Nothing of a text reaches a terminal that could act on it or hide in it: control characters
become control pictures (U+241B for ESC), and all else without a shape of its own (direction
overrides, zero-width characters, lone surrogates) is written out as ``⟨U+202E⟩``. So is a
character that the terminal's encoding does not have.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from septet.planning.drawing.kinds import SHAPELESS, is_flag_half, is_skin_tone
from septet.planning.drawing.shapes import MOST_MARKS

from .cells import cell_len, get_character_cell_size
from .screen import Screen

# Blanks at which no row is broken (Unicode Standard Annex 14, class GL).
_UNBROKEN = "\u00a0\u202f"


class Form(Enum):
    """How a glyph behaves in a row."""

    LETTER = "letter"
    BLANK = "blank"
    LINE_BREAK = "line break"
    STAND_IN = "stand-in"


class Glyph(NamedTuple):
    """What is shown for the characters from `start` to `end` of a text, in so many cells."""

    shown: str
    cells: int
    start: int
    end: int
    form: Form


def glyphs(text: str, screen: Screen, start: int = 0, end: int | None = None) -> Iterator[Glyph]:
    """The glyphs of ``text[start:end]``, in order and without a gap."""
    last: Glyph | None = None
    for place in range(start, len(text) if end is None else end):
        character = text[place]
        if last is not None and _joins(character, last, screen):
            cells = (
                max(last.cells, cell_len(last.shown + character)) if is_flag_half(character) else last.cells
            )
            last = Glyph(last.shown + character, cells, last.start, place + 1, last.form)
            continue
        if last is not None:
            yield last
        last = _glyph(character, place, screen)
    if last is not None:
        yield last


def visible(text: str, screen: Screen) -> str:
    """The text as it may be written to a terminal, all on one line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(glyph.shown for glyph in glyphs(text, screen))


def written_out(characters: str, screen: Screen) -> str:
    """Characters quoted by themselves: a space other than the ordinary one would not be seen."""
    shown = visible(characters, screen)
    return "".join(stand_in(character, screen) for character in characters) if shown.isspace() else shown


def stand_in(character: str, screen: Screen) -> str:
    """What is written instead of a character: a control picture, or its code point."""
    ordinal = ord(character)
    picture = chr(0x2400 + ordinal) if ordinal < 0x20 else "\u2421" if ordinal == 0x7F else ""
    if picture and screen.holds(picture):
        return picture
    return f"{screen.symbols.opening}U+{ordinal:04X}{screen.symbols.closing}"


def rows(parts: Iterable[Glyph], width: int) -> Iterator[list[Glyph]]:
    """Glyphs broken into rows of `width` cells, after blanks if there are some.

    One blank, or the sign of a line break, may hang over the edge by a cell. Only a glyph
    wider than the row is longer than that.
    """
    row: list[Glyph] = []
    used = 0
    breakable = 0
    for glyph in parts:
        hanging = 1 if glyph.cells == 1 and glyph.form in (Form.BLANK, Form.LINE_BREAK) else 0
        while row and used + glyph.cells > width + hanging:
            cut = breakable or len(row)
            yield row[:cut]
            row = row[cut:]
            used = sum(part.cells for part in row)
            breakable = 0
        row.append(glyph)
        used += glyph.cells
        if glyph.form is Form.BLANK:
            breakable = len(row)
        elif glyph.form is Form.LINE_BREAK:
            yield row
            row, used, breakable = [], 0, 0
    if row:
        yield row


def _glyph(character: str, place: int, screen: Screen) -> Glyph:
    if character == "\n":
        sign = screen.symbols.line_break
        return Glyph(sign, len(sign), place, place + 1, Form.LINE_BREAK)
    if character == " ":
        return Glyph(" ", 1, place, place + 1, Form.BLANK)
    if not character.isprintable():
        if unicodedata.category(character) == "Zs":
            cells = get_character_cell_size(character)
            form = Form.LETTER if character in _UNBROKEN else Form.BLANK
            return Glyph(" " * cells, cells, place, place + 1, form)
        return _stand_in(character, place, screen)
    cells = 2 if is_skin_tone(character) else get_character_cell_size(character)
    if cells == 0 or character in SHAPELESS or not screen.holds(character):
        return _stand_in(character, place, screen)
    return Glyph(character, cells, place, place + 1, Form.LETTER)


def _stand_in(character: str, place: int, screen: Screen) -> Glyph:
    shown = stand_in(character, screen)
    return Glyph(shown, len(shown), place, place + 1, Form.STAND_IN)


def _joins(character: str, last: Glyph, screen: Screen) -> bool:
    """Whether a character is drawn together with the one before it."""
    if character < "\u0300" or last.form not in (Form.LETTER, Form.BLANK) or not character.isprintable():
        return False
    if is_flag_half(character):
        return len(last.shown) == 1 and is_flag_half(last.shown) and screen.holds(character)
    if is_skin_tone(character):
        return last.cells == 2 and len(last.shown) == 1 and screen.holds(character)
    return (
        get_character_cell_size(character) == 0
        and character not in SHAPELESS
        and len(last.shown) <= MOST_MARKS
        and screen.holds(character)
    )
