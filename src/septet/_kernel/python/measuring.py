"""The kernel in Python: what a text weighs, and where it is cut.

The twin of ``compiled``: same names, same answers, for every ``str`` whatever, lone
surrogates included. Neither holds an alphabet, a limit or a message of its own: all of that
comes in as tables. A *code* is one byte per character: its units (0 for a deleted character),
`CUT` when those units may be cut apart (``œ`` sent as ``oe``), or `OUTSIDE` when the
candidate does not hold the character at all.
"""

from __future__ import annotations

from codecs import charmap_build, charmap_encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from typing_extensions import Buffer

    Answer = tuple[int, int, int]
    Needle = tuple[str | tuple[str, ...], ...]

NAME = "python"

OUTSIDE = 0xFF
CUT = 0x80
UNCOUNTED = 0x40

UNITS = 0x7F
_BLOCK = 1024
# A unit that belongs to the one before it. As a code it would be of a deleted character, so that
# none is left where units are spread out.
_REST = bytes([CUT])


def _one_by_one(code: int) -> bytes:
    """The units of a character, each as a byte: all alike where they may be cut apart."""
    units = code & UNITS
    if code & CUT or units == 0:
        return b"\x01" * units
    return bytes([code]) + _REST * (units - 1)


def is_utf8(octets: Buffer, /) -> bool:
    """Whether the octets of a buffer are UTF-8, from its beginning to its end."""
    try:
        str(octets, "utf-8")
    except UnicodeDecodeError:
        return False
    return True


def count_octet(octets: Buffer, octet: int, /) -> int:
    """How often one octet is in a buffer."""
    return bytes(octets).count(octet)


def quotes_torn(octets: Buffer, delimiter: int, /) -> bool:
    """Whether text follows at once on a quoted cell of several lines, in rows of delimited text."""
    import re

    ends = re.escape(bytes([delimiter])) + rb"\r\n"
    quoted = re.compile(rb'(?:\A|(?<=[%b]))"[^"]*+(?:""[^"]*+)*+(?:"|\Z)([^%b])?' % (ends, ends))
    return any(
        found[1] is not None and (b"\n" in found[0] or b"\r" in found[0])
        for found in quoted.finditer(bytes(octets))
    )


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
        # The codes that do not weigh 1: counting those is all that a sum of units needs.
        uneven = sorted(c for c in {*codes.values(), default, astral} if c & UNITS != 1 or c & CUT)
        uneven = [code for code in uneven if code != OUTSIDE]
        self._uneven = [(bytes([code]), (code & UNITS) - 1) for code in uneven]
        # What each of them is spread out to, a byte a unit; those that vanish first.
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
        # The plane of a character says its code, but for these characters.
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
        """How many segments of `capacity` units the text takes, then the codes of `tail`."""
        return len(self._cuts(self._spread(self.codes(text) + tail), capacity))

    def starts(self, text: str, capacity: int) -> list[int]:
        """Where each segment of `capacity` units starts; for a text that is shown as it is.

        So no character of it is deleted, and none may be cut.
        """
        spread = self._spread(self.codes(text))
        starts, previous, rests = [], 0, 0
        for cut in self._cuts(spread, capacity):
            rests += spread.count(_REST, previous, cut)
            starts.append(cut - rests)
            previous = cut
        return starts

    def prefix(self, text: str, budget: int) -> int:
        """How many characters the longest prefix of at most `budget` units has."""
        start = 0
        while start < len(text):
            codes = self.codes(text[start : start + _BLOCK])
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
        """A byte for each unit; `_REST` for those that belong to the unit before them."""
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


class Candidate:
    """What one encoding of a planner is made of: weights, capacities, the mention's codes."""

    def __init__(self, weights: Weights, single: int, part: int, mention: bytes = b"") -> None:
        self.weights = weights
        self.single = single
        self.part = part
        self.mention = mention
        self.mention_units = sum(code & UNITS for code in mention)


class Meter:
    """Measures texts for as long as weights alone decide, and hands the others on.

    The first candidate is taken unless a character is `OUTSIDE` of it, then the second.
    `long_way` answers (candidate, units, billed segments) for what this one leaves alone:
    anything that is no `str`, a text that shows nothing, one that takes more than `limit`
    segments (0: no limit) or, with `whole_clusters`, more than one; and, where a mention is to
    be added, one that may already hold it: any text when `needles` is None, otherwise one with
    all the strings of one of the needles in it, or with a deleted character. A string is a `str`, or
    a tuple with the characters of ASCII that may stand at each of its places.
    """

    def __init__(
        self,
        candidates: tuple[Candidate, ...],
        long_way: Callable[[object], Answer],
        *,
        physical: bool,
        one_line_break: bool,
        limit: int,
        needles: tuple[Needle, ...] | None,
        whole_clusters: bool,
    ) -> None:
        self._candidates = candidates
        self._long_way = long_way
        self._physical = physical
        self._one_line_break = one_line_break
        self._limit = limit
        self._needles = None
        if needles is not None:
            self._needles = [[_finder(string) for string in needle] for needle in dict.fromkeys(needles)]
        self._whole_clusters = whole_clusters

    def measure(self, text: object, /) -> Answer:
        """(candidate, units, billed segments) of a text."""
        answer = self.quick(text)
        return self._long_way(text) if answer is None else answer

    def count(self, text: object, /) -> int:
        """The billed segments of a text."""
        return self.measure(text)[2]

    def count_many(self, texts: Iterable[object], /) -> list[int]:
        """The billed segments of each text."""
        return [self.measure(text)[2] for text in texts]

    def quick(self, text: object, /) -> Answer | None:
        """(candidate, units, billed segments) where weights alone decide; None for the long way."""
        if not isinstance(text, str):
            return None
        if self._needles is None or any(all(is_in(text) for is_in in needle) for needle in self._needles):
            return None
        text = self._with_one_line_break(text)
        for place, candidate in enumerate(self._candidates):
            weights = candidate.weights
            codes = weights.codes(text)
            if OUTSIDE in codes:
                continue
            units = weights._sum(codes)
            if units == 0 or (candidate.mention and b"\0" in codes):
                return None
            units += candidate.mention_units
            billed = 1
            if units > candidate.single:
                if self._whole_clusters:
                    return None
                billed = -(-units // candidate.part)
                if self._physical:
                    billed = _segments(candidate, codes + candidate.mention, units)
            if self._limit and billed > self._limit:
                return None
            return place, units, billed
        return None

    def _in_detail(self, text: str) -> tuple[int, int, int, int, int] | None:
        """As `quick`, then the segments on the air, and those that would be billed without the mention."""
        answer = self.quick(text)
        if answer is None:
            return None
        candidate, units = self._candidates[answer[0]], answer[1]
        if units <= candidate.single:
            return *answer, 1, 1
        codes = candidate.weights.codes(self._with_one_line_break(text))
        alone = units - candidate.mention_units
        without = 1
        if alone > candidate.single:
            without = _segments(candidate, codes, alone) if self._physical else -(-alone // candidate.part)
        return *answer, _segments(candidate, codes + candidate.mention, units), without

    def _with_one_line_break(self, text: str) -> str:
        if self._one_line_break and "\r" in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def measure_column(
        self,
        data: Buffer,
        offsets: memoryview,
        validity: Buffer | None,
        first: int,
        rows: int,
        encodings: memoryview,
        units: memoryview,
        billed: memoryview,
    ) -> list[int]:
        """Measure `rows` rows of a UTF-8 column, from row `first`; answers those that are no UTF-8.

        `offsets` (int32 or int64) and `validity` (a bit per row, least significant first, or
        None) are laid out as Arrow does. Rows are written from place 0: int8, int64, int64; a
        null row and one that is not UTF-8 get -1 as their candidate and 0 twice. ValueError for
        a buffer that is too short and for an offset that decreases or leads out of the data.
        """
        refused: list[int] = []
        for place, octets in rows_of(data, offsets, validity, first, rows, (encodings, units, billed)):
            encodings[place], units[place], billed[place] = -1, 0, 0
            if octets is not None:
                try:
                    encodings[place], units[place], billed[place] = self.measure(str(octets, "utf-8"))
                except UnicodeDecodeError:
                    refused.append(place)
        return refused


def _finder(string: str | tuple[str, ...]) -> Callable[[str], object]:
    """What tells whether a string of a needle is in a text."""
    if isinstance(string, str):
        return lambda text: string in text
    import re

    for characters in string:
        characters.encode("ascii")
    # Where nothing may stand, nothing matches.
    sets = (f"[{re.escape(characters)}]" if characters else "(?!)" for characters in string)
    return re.compile("".join(sets)).search


def _segments(candidate: Candidate, codes: bytes, units: int) -> int:
    """The segments on the air of so many units, which take several."""
    spread = candidate.weights._spread(codes)
    if _REST in spread:
        return len(candidate.weights._cuts(spread, candidate.part))
    return -(-units // candidate.part)


def rows_of(
    data: Buffer,
    offsets: memoryview,
    validity: Buffer | None,
    first: int,
    rows: int,
    others: tuple[memoryview, ...],
) -> Iterator[tuple[int, memoryview | None]]:
    """The octets of each row of a column, by their places; None for null.

    ValueError for a buffer that is too short, `others` among them, and for an offset that decreases
    or leads out of the data.
    """
    if first < 0 or rows < 0:
        raise ValueError(f"no rows: {rows} from {first}")
    octets = memoryview(data).cast("B")
    bits = None if validity is None else memoryview(validity).cast("B")
    if rows == 0:
        return
    sizes = [(len(offsets), first + rows + 1), (min(map(len, others)), rows)]
    if bits is not None:
        sizes.append((len(bits), (first + rows - 1) // 8 + 1))
    for items, needed in sizes:
        if items < needed:
            raise ValueError(f"{items} items, not {needed}")
    for place, row in enumerate(range(first, first + rows)):
        start, end = offsets[row], offsets[row + 1]
        if not 0 <= start <= end <= len(octets):
            raise ValueError(f"row {row}: its offsets lead out of the data")
        null = bits is not None and not bits[row >> 3] >> (row & 7) & 1
        yield place, None if null else octets[start:end]
