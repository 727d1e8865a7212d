"""The kernel in Python: which pairs of octets the rows of a column hold."""

from __future__ import annotations

import re

from .rows import rows_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Buffer

_MOST = 14
_OPENING, _CLOSING = 0x4000, 0x8000
_BLANK = re.compile(rb"[\x00-\x20]")


class Pairs:
    """Tells of each row of a column which pairs of octets it holds, one right behind the other.

    `pairs` are up to 14, each of the octets that may stand first and of those that may stand behind;
    `opening` and `closing` are those that a row may begin and end with. A pair whose bit is in `led`
    counts only in a word in which one whose bit is in `leading` stands before it: words are parted by the
    octets up to 0x20.
    """

    def __init__(
        self,
        pairs: tuple[tuple[bytes, bytes], ...],
        opening: bytes = b"",
        closing: bytes = b"",
        leading: int = 0,
        led: int = 0,
    ) -> None:
        if len(pairs) > _MOST:
            raise ValueError(f"{len(pairs)} pairs, more than {_MOST}")
        if not (0 <= leading < 1 << len(pairs) and 0 <= led < 1 << len(pairs)):
            raise ValueError(f"no such pairs: {leading}, {led}")
        self._first, self._second = [0] * 256, [0] * 256
        for place, (first, second) in enumerate(pairs):
            for octets, table in ((first, self._first), (second, self._second)):
                for octet in octets:
                    table[octet] |= 1 << place
        # Each place where any pair may be; the second octet may be the first one of another.
        ways = (
            rb"%b(?=%b)" % (_one_of(first), _one_of(second)) for first, second in pairs if first and second
        )
        self._any = re.compile(b"|".join(ways) or rb"(?!)")
        self._leading, self._led = leading, led
        self._opening, self._closing = opening, closing

    def mark(self, data: Buffer, offsets: memoryview, rows: int, marks: memoryview, /) -> None:
        """Writes for each row (uint16) a bit for each pair that it holds, from the lowest one on; 0x4000
        where it begins with an octet of `opening`, 0x8000 where it ends with one of `closing`.

        ValueError for a buffer that is too short and for an offset that decreases or leads out of the
        data.
        """
        for place, octets in rows_of(data, offsets, None, 0, rows, (marks,)):
            marks[place] = self._marks_of(bytes(octets)) if octets else 0

    def _marks_of(self, row: bytes) -> int:
        found = (_OPENING if row[0] in self._opening else 0) | (_CLOSING if row[-1] in self._closing else 0)
        looked_at, is_led = 0, False
        for match in self._any.finditer(row):
            place = match.start()
            pairs = self._first[row[place]] & self._second[row[place + 1]]
            if is_led and _BLANK.search(row, looked_at, place + 1):
                is_led = False
            looked_at = place + 1
            found |= pairs if is_led else pairs & ~self._led
            is_led = is_led or pairs & self._leading != 0
        return found


def _one_of(octets: bytes) -> bytes:
    return b"[%b]" % b"".join(b"\\x%02x" % octet for octet in octets)
