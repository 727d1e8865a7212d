"""Suspicions: the problem of a text that was most likely read in the wrong charset."""

from __future__ import annotations

from septet.wording.messages import said
from septet.wording.problems import Problem
from septet.wording.quoting import named, printable

from .misreadings import LOST, UTF_16, WINDOWS_1252, misreading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container


def suspicion(text: str, known: Container[str] = ()) -> Problem | None:
    """The problem of a garbled text, or None.

    It has the place where that shows first. The control characters that are `known` have a meaning
    of their own, as those do that a vendor replaces.
    """
    found = misreading(text, known)
    if found is None:
        return None
    characters = text[found.start : found.end]
    shown = printable(characters)
    if found.mistake == LOST:
        message = said("suspect-encoding/lost", what=named(characters))
    elif not found.meant:
        message = said("suspect-encoding", shown=shown)
    elif found.mistake == WINDOWS_1252:
        point = f"U+{ord(characters):04X}"
        message = said("suspect-encoding/windows-1252", shown=point, meant=printable(found.meant))
    else:
        key = "suspect-encoding/utf-16" if found.mistake == UTF_16 else "suspect-encoding/utf-8"
        message = said(key, shown=shown, meant=printable(found.meant))
    mended = found.mended(text)
    told = {} if mended is None else {"probably": mended}
    return Problem.of(
        "suspect-encoding",
        message,
        found.start,
        found.end,
        characters=characters,
        fault=found.mistake,
        **told,
    )
