"""The kernel in Python: whether a character of a row is near certain octets."""

from __future__ import annotations

import re

# Longer words are not looked at, and count as near.
_MOST = 64
# A stem may be so many words before a character.
_WORDS = 6
_WORD = re.compile(rb"[^\x00-\x20]*\Z")
_BLANKS = re.compile(rb"[\x00-\x20]*\Z")
_BLANKS_BEHIND = re.compile(rb"[\x00-\x20]*")
_NEXT_BLANK = re.compile(rb"[\x00-\x20]|\Z")


class Near:
    """What `Census` takes for near."""

    def __init__(
        self,
        before: bytes,
        behind: bytes,
        inner: bytes,
        ending: bytes,
        single: bytes,
        held: bytes,
        stems: tuple[bytes, ...],
    ) -> None:
        self._before, self._behind, self._inner = frozenset(before), frozenset(behind), frozenset(inner)
        self._ending, self._single, self._held = frozenset(ending), frozenset(single), frozenset(held)
        self._stems = stems

    def is_around(self, row: bytes, character: bytes, parted: bool) -> bool:
        """Whether that is around a character anywhere in a row; `parted`: or only blanks are between."""
        return any(
            self._is_at(row, found.start(), found.end()) or (parted and self._is_parted(row, found.start()))
            for found in re.finditer(re.escape(character), row)
        )

    def _is_at(self, row: bytes, place: int, end: int) -> bool:
        start = _before(_WORD, row, place)
        if _holds(row[start:place], self._before):
            return True
        behind = row[end : min(_NEXT_BLANK.search(row, end).start(), place + _MOST + 2)]  # type: ignore[union-attr]
        if len(behind) + end - place > _MOST + 1 or not self._behind.isdisjoint(behind):
            return True
        if not self._inner.isdisjoint(behind[:-1]):
            return True
        end = _before(_BLANKS, row, start)
        if start - end > _MOST or (end and row[end - 1] in self._ending and self._is_announced(row, end)):
            return True
        is_single = place - start == 1 and row[start] in self._single
        return is_single and _holds(row[_before(_WORD, row, end) : end], self._held)

    def _is_parted(self, row: bytes, place: int) -> bool:
        end = _before(_BLANKS, row, _before(_WORD, row, place))
        start = _before(_WORD, row, end)
        if _holds(row[start:end], self._held):
            return True
        if end - start <= 2:
            end = _before(_BLANKS, row, start)
            if _holds(row[_before(_WORD, row, end) : end], self._held):
                return True
        end = _NEXT_BLANK.search(row, place).start()  # type: ignore[union-attr]
        start = _BLANKS_BEHIND.match(row, end).end()  # type: ignore[union-attr]
        if end - place > _MOST or start - end > _MOST:
            return True
        return row[start : start + 1] != b"" and row[start] in self._held

    def _is_announced(self, row: bytes, end: int) -> bool:
        start = end
        for _ in range(_WORDS):
            for pattern in (_WORD, _BLANKS):
                behind, start = start, _before(pattern, row, start)
                if behind - start > _MOST:
                    return True
        words = row[start:end].lower()
        return any(stem in words for stem in self._stems)


def _before(pattern: re.Pattern[bytes], row: bytes, end: int) -> int:
    """Where what ends before a place begins; before it by more than `_MOST` where it is longer."""
    first = max(0, end - _MOST - 1)
    return first + pattern.search(row[first:end]).start()  # type: ignore[union-attr]


def _holds(octets: bytes, some: frozenset[int]) -> bool:
    return len(octets) > _MOST or not some.isdisjoint(octets)
