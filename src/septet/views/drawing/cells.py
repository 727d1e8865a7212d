"""Cells: how wide characters are on a terminal, as the package `rich` knows.

A page has no cells. In a browser, where it is made without that package, each character counts as one.
"""

from __future__ import annotations

__all__ = ["cell_len", "get_character_cell_size"]

try:
    from rich.cells import cell_len, get_character_cell_size
except ModuleNotFoundError:

    def cell_len(text: str) -> int:  # type: ignore[misc]
        """The cells of a text."""
        return len(text)

    def get_character_cell_size(character: str) -> int:  # type: ignore[misc]
        """The cells of a character."""
        return 1
