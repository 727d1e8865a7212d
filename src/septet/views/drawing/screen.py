"""The screen for a preview: its width, and what it can show."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

#: On a narrower screen the longest replacement of a character would not fit beside a border.
NARROWEST = 20


class Symbols(NamedTuple):
    """The signs that a preview draws with."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    horizontal: str
    vertical: str
    used: str
    unused: str
    line_break: str
    arrow: str
    dash: str
    good: str
    bad: str
    opening: str
    closing: str
    ellipsis: str

    def drawable(self, encoding: str) -> bool:
        """Whether a screen of this character encoding has every one of the signs."""
        try:
            "".join(self).encode(encoding)
        except (UnicodeError, LookupError):
            return False
        return True


UNICODE = Symbols(
    top_left="╭",
    top_right="╮",
    bottom_left="╰",
    bottom_right="╯",
    horizontal="─",
    vertical="│",
    used="━",
    unused="─",
    line_break="↵",
    arrow="→",
    dash="\u2013",
    good="✓",
    bad="✗",
    opening="⟨",
    closing="⟩",
    ellipsis="…",
)
ASCII = Symbols(
    top_left="+",
    top_right="+",
    bottom_left="+",
    bottom_right="+",
    horizontal="-",
    vertical="|",
    used="=",
    unused="-",
    line_break="<LF>",
    arrow="->",
    dash="-",
    good="OK",
    bad="X",
    opening="<",
    closing=">",
    ellipsis="...",
)

Piece = tuple[str, str]
"""A text, safe to be written, and the Rich style it is written in ("" for none)."""

Line = list[Piece]


class Screen:
    """The properties of the place where text is shown; it does no output itself.

    `width` is in cells, `encoding` is the name of a Python codec. A screen without `colour`
    gets no escape sequence at all.
    """

    def __init__(self, width: int, colour: bool, encoding: str = "utf-8") -> None:
        self.width = max(width, NARROWEST)
        self.colour = colour
        self.encoding = encoding
        self.symbols = UNICODE if UNICODE.drawable(encoding) else ASCII
        self._holds: dict[str, bool] = {}

    def holds(self, character: str) -> bool:
        """Whether the screen's encoding has the character."""
        known = self._holds.get(character)
        if known is None:
            try:
                character.encode(self.encoding)
                known = True
            except (UnicodeError, LookupError):
                known = False
            self._holds[character] = known
        return known

    def line(self, pieces: Iterable[Piece]) -> str:
        """One line of output, without its end."""
        if not self.colour:
            return "".join(text for text, _ in pieces).rstrip()
        return "".join(_painted(style)(text) for text, style in pieces)


@lru_cache(maxsize=64)
def _painted(definition: str) -> Callable[[str], str]:
    # A page has no such colours, and is also made where the package is not installed.
    from rich.color import ColorSystem
    from rich.style import Style

    return partial(Style.parse(definition).render, color_system=ColorSystem.STANDARD)
