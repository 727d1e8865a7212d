"""Suspicions: the problem for a text that was most likely read in the wrong charset."""

from __future__ import annotations

from septet.wording.messages import said
from septet.wording.problems import Problem
from septet.wording.quoting import named, printable

from .misreadings import LOST, UTF_16, WINDOWS_1252, misreading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container


def suspicion(text: str, known: Container[str] = ()) -> Problem | None:
    """The problem for a garbled text, or None.

    Its place is the first garbled one. The control characters that are `known` have a meaning of their
    own, such as those that a vendor replaces.
    """
    found = misreading(text, known)
    if found is None:
        return None
    characters = text[found.start : found.end]
    shown = printable(characters)
    if found.mistake == LOST:
        message = said(
            "A part of the text was lost when it was read in the wrong charset: %(what)s replaces it. Set "
            "its encoding, or write it again.",
            what=named(characters),
        )
    elif not found.meant:
        message = said(
            'The text looks as if it had been read in the wrong charset, beginning with "%(shown)s". Set '
            "its encoding, or save it again.",
            shown=shown,
        )
    elif found.mistake == WINDOWS_1252:
        point = f"U+{ord(characters):04X}"
        message = said(
            "The text looks like Windows-1252 that was read as ISO-8859: %(shown)s may stand for "
            '"%(meant)s". Set its encoding, or save it again.',
            shown=point,
            meant=printable(found.meant),
        )
    elif found.mistake == UTF_16:
        message = said(
            'The text looks like UTF-16 that was read in the wrong order or in another charset: "%(shown)s" '
            'may stand for "%(meant)s". Set its encoding, or save it again.',
            shown=shown,
            meant=printable(found.meant),
        )
    else:
        message = said(
            'The text looks like UTF-8 that was read in another charset: "%(shown)s" may stand for '
            '"%(meant)s". Set its encoding, or save it again.',
            shown=shown,
            meant=printable(found.meant),
        )
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
