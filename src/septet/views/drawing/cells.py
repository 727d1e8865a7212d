"""Cells: the widths of characters on a terminal, from the package `rich`.

A page has no cells. In a browser, where pages are made without that package, a character takes one cell,
and a mark on another character takes none.
"""

from __future__ import annotations

__all__ = ["cell_len", "get_character_cell_size"]

try:
    from rich.cells import cell_len, get_character_cell_size
except ModuleNotFoundError:
    from unicodedata import category

    def cell_len(text: str) -> int:  # type: ignore[misc]
        """The cells of a text."""
        return sum(map(get_character_cell_size, text))

    def get_character_cell_size(character: str) -> int:  # type: ignore[misc]
        """The cells of a character."""
        return int(category(character) not in ("Mn", "Me", "Cf"))
