"""Where the vectors are, and how a text is written in them."""

from __future__ import annotations

from typing import Any

from sources import ROOT

VECTORS = ROOT / "tests" / "vectors"


def text_of(pieces: Any) -> str:
    """A text, or a list of pieces; a pair is a text and how often it is repeated."""
    if isinstance(pieces, str):
        return pieces
    return "".join(piece if isinstance(piece, str) else piece[0] * piece[1] for piece in pieces)
