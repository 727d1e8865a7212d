"""Lengths: how many characters each field of a template may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from septet.errors import shown
from septet.wording.quoting import nearest, printable

from .pieces import Field, fields_of

if TYPE_CHECKING:
    from .pieces import Pieces

    Lengths = Mapping[str, tuple[int, int]]

#: All fields together have at most so many: no vendor takes a longer text, and the texts are built in full.
MOST_CHARACTERS = 10_000


def check_lengths(pieces: Pieces, lengths: Lengths) -> None:
    """Raises ValueError for a field without lengths, for an unknown field, and for invalid lengths."""
    fields = fields_of(pieces)
    for field in lengths:
        if field not in fields:
            names = list(fields)
            raise ValueError(
                f"bounds: the template has no field {printable(field)!r}{nearest(field, names)}: expected "
                f"{', '.join(map(printable, names)) or 'none'}"
            )
    for field in fields:
        if field not in lengths:
            raise ValueError(
                f"bounds: no lengths for the field {printable(field)!r}: "
                f"expected, say, {printable(field)}=2..20"
            )
    for field, given in lengths.items():
        is_pair = isinstance(given, tuple) and len(given) == 2 and all(type(n) is int for n in given)
        if not is_pair or not 0 <= given[0] <= given[1]:
            raise ValueError(
                f"bounds: {printable(field)}: expected the fewest and the most characters, such as 2..20, "
                f"found {shown(given)}"
            )
    room = MOST_CHARACTERS
    for field, (_, longest) in lengths.items():
        room -= longest * sum(piece == field for piece in pieces if isinstance(piece, Field))
        if room < 0:
            raise ValueError(
                f"bounds: {printable(field)}: expected at most {MOST_CHARACTERS} characters in all fields, "
                f"found {longest}"
            )
