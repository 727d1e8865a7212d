"""The kernel in Python: which pairs of octets the rows of a column hold."""

from __future__ import annotations

import re

from .rows import rows_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Buffer

_MOST, _MOST_LEADING, _MOST_ENDS = 14, 8, 32
_OPENING, _CLOSING = 0x4000, 0x8000
_BLANK = re.compile(rb"[\x00-\x20]")


class Pairs:
    """Tells of each row of a column which pairs of octets it holds, one right behind the other.

    `pairs` are up to 14, each of the octets that may stand first and of those that may stand behind;
    `ends` are up to 32 characters of the BMP that a row may begin and end with. A pair whose bit is in `led`
    counts only behind one of the `leading` pairs, up to 8 that are not told themselves: its first octet is
    behind that one's first, in one word. Words are parted by the octets up to 0x20.
    """

    def __init__(
        self,
        pairs: tuple[tuple[bytes, bytes], ...],
        ends: str = "",
        leading: tuple[tuple[bytes, bytes], ...] = (),
        led: int = 0,
    ) -> None:
        limits = (pairs, _MOST, "pairs"), (leading, _MOST_LEADING, "pairs"), (ends, _MOST_ENDS, "ends")
        for some, most, what in limits:
            if len(some) > most:
                raise ValueError(f"{len(some)} {what}, more than {most}")
        for character in ends:
            if character > "\uffff":
                raise ValueError(f"beyond the BMP: {character!r}")
        if not 0 <= led < 1 << len(pairs):
            raise ValueError(f"no such pairs: {led}")
        self._first, self._second = [0] * 256, [0] * 256
        for place, (first, second) in enumerate(pairs):
            for octets, table in ((first, self._first), (second, self._second)):
                for octet in octets:
                    table[octet] |= 1 << place
        self._any, self._leading = _any_of(pairs), _any_of(leading)
        self._led = led
        self._ends = tuple(character.encode() for character in ends)

    def mark(self, data: Buffer, offsets: memoryview, rows: int, marks: memoryview, /) -> None:
        """Writes for each row (uint16) a bit for each pair that it holds, from the lowest one on; 0x4000
        where it begins with one of `ends`, 0x8000 where it ends with one.

        ValueError for a buffer that is too short and for an offset that decreases or leads out of the
        data.
        """
        for place, octets in rows_of(data, offsets, None, 0, rows, (marks,)):
            marks[place] = self._marks_of(bytes(octets)) if octets else 0

    def _marks_of(self, row: bytes) -> int:
        found = _OPENING if row.startswith(self._ends) else 0
        found |= _CLOSING if row.endswith(self._ends) else 0
        looked_at, is_led = 0, False
        for match in self._any.finditer(row):
            place = match.start()
            pairs = self._first[row[place]] & self._second[row[place + 1]]
            if pairs & self._led:
                # In one word up to here, from what was already looked at or later.
                blanks = [blank.end() for blank in _BLANK.finditer(row, looked_at + 1, place + 1)]
                start = blanks[-1] - 1 if blanks else looked_at
                is_led = (is_led and not blanks) or self._leading.search(row, start, place + 1) is not None
                looked_at = place
                pairs = pairs if is_led else pairs & ~self._led
            found |= pairs
        return found


def _any_of(pairs: tuple[tuple[bytes, bytes], ...]) -> re.Pattern[bytes]:
    """Each place where any pair is; the second octet may be the first one of another."""
    ways = (rb"%b(?=%b)" % (_one_of(first), _one_of(second)) for first, second in pairs if first and second)
    return re.compile(b"|".join(ways) or rb"(?!)")


def _one_of(octets: bytes) -> bytes:
    return b"[%b]" % b"".join(b"\\x%02x" % octet for octet in octets)
