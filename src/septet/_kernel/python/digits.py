"""The kernel in Python: the numbers that the rows of a column spell."""

from __future__ import annotations

from .rows import rows_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Buffer

#: As many as any number of 64 bits has.
_MOST = 18


def digits(
    data: Buffer,
    offsets: memoryview,
    validity: Buffer | None,
    rows: int,
    between: bytes,
    most: int,
    longest: int,
    values: memoryview,
    lengths: memoryview,
    plus: memoryview,
    /,
) -> None:
    """Writes for each row the number that its digits spell (int64), how many digits there are, and whether
    a plus comes first (an octet each); leading zeros count as digits.

    `between` are the octets that may stand between digits, and do not count; none is a digit. All is 0 for
    null, and for a row with anything else, with more than `most` digits, with more than `longest` octets,
    or without a digit.

    ValueError for a buffer that is too short, for an offset that decreases or leads out of the data, and
    for more digits than 18, which 64 bits hold.
    """
    if not 0 <= most <= _MOST:
        raise ValueError(f"{most} digits, more than {_MOST}")
    for place, octets in rows_of(data, offsets, validity, 0, rows, (values, lengths, plus)):
        row = b"" if octets is None or len(octets) > longest else bytes(octets)
        found = row.removeprefix(b"+").translate(None, between)
        # Digits of ASCII, unlike those of a text.
        is_spelled = found.isdigit() and len(found) <= most
        values[place] = int(found) if is_spelled else 0
        lengths[place] = len(found) if is_spelled else 0
        plus[place] = is_spelled and row.startswith(b"+")
