"""The kernel in Python: what a text weighs, and where it is cut.

The twin of ``compiled``: same names, same answers, for every ``str`` whatever, lone
surrogates included. Neither holds an alphabet, a limit or a message of its own: all of that
comes in as tables. A *code* is one byte per character: its units (0 for a deleted character),
`CUT` when those units may be cut apart (``œ`` sent as ``oe``), or `OUTSIDE` when the
candidate does not hold the character at all.
"""

from __future__ import annotations

from codecs import charmap_build, charmap_encode

NAME = "python"

OUTSIDE = 0xFF
CUT = 0x80
UNCOUNTED = 0x40

UNITS = 0x7F
_BLOCK = 1024
# A unit that belongs to the one before it. As a code it would mean a deleted character, so none
# is left where units are spread out.
REST = bytes([CUT])


def _one_by_one(code: int) -> bytes:
    """The units of a character, each as a byte: all alike where they may be cut apart."""
    units = code & UNITS
    if code & CUT or units == 0:
        return b"\x01" * units
    return bytes([code]) + REST * (units - 1)


class _CodeByOrdinal(dict[int, int]):
    """Code point to code, with an answer for the code points that no one listed."""

    def __init__(self, codes: dict[int, int], default: int, astral: int) -> None:
        super().__init__(codes)
        self.default = default
        self.astral = astral

    def __missing__(self, ordinal: int) -> int:
        return self.astral if ordinal > 0xFFFF else self.default


class Weights:
    """One candidate (an alphabet, or UCS-2): a code for every character.

    `codes` maps code points to codes; every other character of the Basic Multilingual Plane
    has the code `default`, and every other one above it the code `astral`.
    """

    def __init__(self, codes: dict[int, int], default: int, astral: int) -> None:
        self._codes = _CodeByOrdinal(codes, default, astral)
        self._latin1 = bytes(self._codes[ordinal] for ordinal in range(256))
        # The codes that do not weigh 1: a sum of units only has to count those.
        uneven = sorted(c for c in {*codes.values(), default, astral} if c & UNITS != 1 or c & CUT)
        uneven = [code for code in uneven if code != OUTSIDE]
        self._uneven = [(bytes([code]), (code & UNITS) - 1) for code in uneven]
        # The bytes that each of them is spread out to, one a unit; those that vanish first.
        self._spreads = [
            (bytes([code]), _one_by_one(code)) for code in sorted(uneven, key=lambda c: c & UNITS != 0)
        ]
        # At most 255 characters go through CPython's own encoding map, which wants NUL in the
        # first of its 256 places and U+FFFE in those that stay empty.
        held = [chr(ordinal) for ordinal, code in codes.items() if 0 < ordinal <= 0xFFFF and code != OUTSIDE]
        self._map = None
        if len(held) <= 255 and "\ufffe" not in held and any(character > "\xff" for character in held):
            self._map = charmap_build("\0" + "".join(held) + "\ufffe" * (255 - len(held)))
            places = [self._codes[0], *(codes[ord(character)] for character in held)]
            self._by_place = bytes(places + [OUTSIDE] * (256 - len(places)))
        # The plane of a character gives its code, except for these characters.
        self._by_plane = bytes([default] + [astral] * 255)
        self._special = [chr(o) for o, code in codes.items() if code != (astral if o > 0xFFFF else default)]
        self._by_plane_alone = not self._special
        self._closed = default == astral == OUTSIDE and all(ordinal <= 0xFFFF for ordinal in codes)

    def codes(self, text: str, /) -> bytes:
        """One code per character; perhaps fewer where one is `OUTSIDE`, and that one among them."""
        if text.isascii() or not self._by_plane_alone:
            try:
                return text.encode("latin-1").translate(self._latin1)
            except UnicodeEncodeError:
                pass
        if self._map is not None:
            try:
                return charmap_encode(text, "strict", self._map)[0].translate(self._by_place)
            except UnicodeEncodeError:
                if self._closed:
                    return bytes([OUTSIDE])
        if self._by_plane_alone or not (self._closed or any(special in text for special in self._special)):
            return text.encode("utf-32-le", "surrogatepass")[2::4].translate(self._by_plane)
        return charmap_encode(text, "strict", self._codes)[0]

    def units(self, text: str, /) -> int:
        """The units of a text; -1 when a character of it is `OUTSIDE`."""
        codes = self.codes(text)
        return -1 if OUTSIDE in codes else self._sum(codes)

    def segments(self, text: str, capacity: int, tail: bytes = b"") -> int:
        """How many segments of `capacity` units a text without `OUTSIDE` takes, then the codes of `tail`."""
        return len(self._cuts(self._spread(self.codes(text) + tail), capacity))

    def starts(self, text: str, capacity: int) -> list[int]:
        """Where each segment of `capacity` units starts; for a text that is shown as it is.

        So no character of it is deleted, and none may be cut.
        """
        spread = self._spread(self.codes(text))
        starts, previous, rests = [], 0, 0
        for cut in self._cuts(spread, capacity):
            rests += spread.count(REST, previous, cut)
            starts.append(cut - rests)
            previous = cut
        return starts

    def prefix(self, text: str, budget: int) -> int:
        """How many characters the longest prefix of `budget` units without `OUTSIDE` has."""
        start = 0
        while start < len(text):
            block = text[start : start + _BLOCK]
            codes = self.codes(block)
            if OUTSIDE in codes:
                codes = bytes([self._codes[ord(character)] for character in block])
                return start + self._fitting(codes[: codes.index(OUTSIDE)], budget)
            units = self._sum(codes)
            if units > budget:
                return start + self._fitting(codes, budget)
            budget -= units
            start += len(codes)
        return start

    def _sum(self, codes: bytes) -> int:
        units = len(codes)
        for code, extra in self._uneven:
            units += extra * codes.count(code)
        return units

    def _spread(self, codes: bytes) -> bytes:
        """A byte for each unit; `REST` for those that belong to the unit before them."""
        for code, units in self._spreads:
            codes = codes.replace(code, units)
        return codes

    def _fitting(self, codes: bytes, budget: int) -> int:
        for place, code in enumerate(codes):
            budget -= code & UNITS
            if budget < 0:
                return place
        return len(codes)

    def _cuts(self, spread: bytes, capacity: int) -> list[int]:
        """Where segments start: a step of a whole segment each, and back out of a character."""
        cuts, cut = [], 0
        while cut < len(spread):
            cuts.append(cut)
            cut += capacity
            while cut < len(spread) and spread[cut] == CUT:
                cut -= 1
            if cut <= cuts[-1]:  # a character heavier than a segment has one to itself
                cut = cuts[-1] + 1
                while cut < len(spread) and spread[cut] == CUT:
                    cut += 1
        return cuts
