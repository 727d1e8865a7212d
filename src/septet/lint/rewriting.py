"""Rewriting: how a text is written in a file of its format, where a part of it is replaced."""

from __future__ import annotations


def written_as(
    quoting: str, dialects: tuple[str, ...], text: str, new: str, source: str, start: int, end: int
) -> str | None:
    """What stands in the file for `new`, in place of `source[start:end]`; None where that is not safe."""
    return None
