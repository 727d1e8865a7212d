"""The kernel in Python: texts and columns measured with several candidates."""

from __future__ import annotations

from .rows import rows_of, viewed
from .weighing import OUTSIDE, REST, UNITS, Weights

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from typing_extensions import Buffer

    Answer = tuple[int, int, int]
    Needle = tuple[str | tuple[str, ...], ...]


class Candidate:
    """What one encoding of a planner is made of: weights, capacities, the mention's codes.

    The characters that are `OUTSIDE` of `joining` may be of a cluster that must not be cut; None:
    any cluster may. `before` are the codes of what stands before each text, none of them `OUTSIDE`.
    """

    def __init__(
        self,
        weights: Weights,
        single: int,
        part: int,
        mention: bytes = b"",
        joining: Weights | None = None,
        before: bytes = b"",
    ) -> None:
        if single < 1 or part < 1:
            raise ValueError(f"no capacity: {min(single, part)}")
        if OUTSIDE in before:
            raise ValueError("what stands before a text is outside")
        self.before = before
        self.before_units = sum(code & UNITS for code in before)
        self.weights = weights
        self.joining = joining
        self.single = single
        self.part = part
        self.mention = mention
        self.mention_units = sum(code & UNITS for code in mention)


class Meter:
    """Measures texts for as long as weights alone decide, and hands the others on.

    The first candidate is taken unless a character is `OUTSIDE` of it, then the next. From the place
    `second` on they are a group of their own (0: there is one group), which is taken instead of the
    first one where it needs fewer billed segments, or where the first one holds no such text.

    The candidates from the first place of `rivals` to before the second one hold a text each in its own
    way: of those that hold all of it, that with the fewest billed segments is taken, then the one with
    most units left in these, then the first. No cluster keeps them from being cut.

    Where characters may join clusters that must not be cut, `clusters` is asked how many segments a
    text takes, by the place of its candidate and the text; with two groups `long_way` is.

    `long_way` answers (candidate, units, billed segments) for what this one leaves alone:
    anything that is no `str`, a text that shows nothing, one that takes more than `limit`
    segments (0: no limit), one of more than `most` units, of its candidate or of UTF-16 (0: no
    limit); and, where a mention is to be added, one that may already hold it: any text when
    `needles` is None, otherwise one with all the strings of one of the needles in it, or with a
    deleted character. A string is a `str`, or a tuple with the characters of ASCII that may stand at
    each of its places.
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
        second: int = 0,
        most: int = 0,
        clusters: Callable[[int, str], int] | None = None,
        rivals: tuple[int, int] = (0, 0),
    ) -> None:
        if not 0 <= second < max(1, len(candidates)):
            raise ValueError(f"no candidate: {second}")
        if not 0 <= rivals[0] <= rivals[1] <= (second or len(candidates)):
            raise ValueError(f"no candidates: {rivals}")
        self._rivals = range(*rivals)
        for place in self._rivals:
            if candidates[place].joining is not None:
                raise ValueError(f"clusters are kept whole in the rival {place}")
        self._candidates = candidates
        places = range(len(candidates))
        self._groups = (places[:second], places[second:]) if second else (places,)
        self._long_way = long_way
        self._most = most
        self._clusters = clusters
        self._physical = physical
        self._one_line_break = one_line_break
        self._limit = limit
        self._needles = None
        if needles is not None:
            self._needles = [[_finder(string) for string in needle] for needle in dict.fromkeys(needles)]

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
        """(candidate, units, billed segments) where weights and clusters decide; None for the long way."""
        return self._chosen(text, self._clusters) if isinstance(text, str) else None

    def _chosen(self, text: str, clusters: Callable[[int, str], int] | None) -> Answer | None:
        """The same; where clusters are not asked for, None as well where they would decide."""
        if self._needles is None or any(all(is_in(text) for is_in in needle) for needle in self._needles):
            return None
        if self._most and _is_longer(text, self._most):
            return None
        written, text = text, self._with_one_line_break(text)
        found = None
        for group in self._groups:
            place = next(
                (place for place in group if OUTSIDE not in self._candidates[place].weights.codes(text)), None
            )
            if place is None:
                continue
            answer = self._measured(place, text, written, clusters)
            if answer is not None and place in self._rivals:
                answer = self._best(answer, text, written)
            if answer is None:
                return None
            if found is None or answer[2] < found[2]:
                found = answer
            if found[2] <= 1:
                break
        return found

    def _best(self, answer: Answer, text: str, written: str) -> Answer | None:
        """The best of a rival's answer and those of the rivals behind it."""
        for place in self._rivals[self._rivals.index(answer[0]) + 1 :]:
            if OUTSIDE in self._candidates[place].weights.codes(text):
                continue
            rival = self._measured(place, text, written, None)
            if rival is None:
                return None
            if (rival[2], -self._left(rival, text)) < (answer[2], -self._left(answer, text)):
                answer = rival
        return answer

    def _left(self, answer: Answer, text: str) -> int:
        """How many more units the last segment of an answer holds."""
        place, units, billed = answer
        candidate = self._candidates[place]
        if units <= candidate.single:
            return candidate.single - units
        if self._physical:
            codes = candidate.before + candidate.weights.codes(text) + candidate.mention
            spread = candidate.weights._spread(codes)
            if REST in spread:
                last = len(spread) - candidate.weights._cuts(spread, candidate.part)[-1]
                return max(0, candidate.part - last)
        return candidate.part * billed - units

    def _measured(
        self, place: int, text: str, written: str, clusters: Callable[[int, str], int] | None
    ) -> Answer | None:
        """The same of a text that a candidate holds, with that one."""
        candidate = self._candidates[place]
        codes = candidate.weights.codes(text)
        units = candidate.weights._sum(codes)
        if units == 0 or (candidate.mention and b"\0" in codes):
            return None
        units += candidate.before_units + candidate.mention_units
        if self._most and units > self._most:
            return None
        billed = 1
        if units > candidate.single:
            billed = -(-units // candidate.part)
            if self._physical:
                billed = _segments(candidate, candidate.before + codes + candidate.mention, units)
            if self._limit and billed > self._limit:
                return None
            if self._joins(place, text):
                if len(self._groups) > 1 or clusters is None:
                    return None
                segments = clusters(place, written)
                billed = segments if self._physical else -(-units // candidate.part)
        return None if self._limit and billed > self._limit else (place, units, billed)

    def _joins(self, place: int, text: str) -> bool:
        """Whether a character of a text may join a cluster that must not be cut."""
        joining = self._candidates[place].joining
        return joining is not None and OUTSIDE in joining.codes(text)

    def _in_detail(self, text: str) -> tuple[int, int, int, int, int, bool] | None:
        """As `quick`; the segments on the air, and those that would be billed without the mention.

        And whether clusters decided; then the latter are as billed.
        """
        answer = self.quick(text)
        if answer is None:
            return None
        place, units, billed = answer
        candidate = self._candidates[place]
        if units <= candidate.single:
            return *answer, 1, 1, False
        written, text = text, self._with_one_line_break(text)
        if self._joins(place, text):
            assert self._clusters is not None
            return *answer, self._clusters(place, written), billed, True
        codes = candidate.before + candidate.weights.codes(text)
        alone = units - candidate.mention_units
        without = 1
        if alone > candidate.single:
            without = _segments(candidate, codes, alone) if self._physical else -(-alone // candidate.part)
        return *answer, _segments(candidate, codes + candidate.mention, units), without, False

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
        *,
        is_utf8: bool = False,
    ) -> list[int]:
        """Measure `rows` rows of a UTF-8 column, from row `first`; answers those that are no UTF-8.

        `offsets` (int32 or int64) and `validity` (a bit per row, least significant first, or
        None) are laid out as Arrow does. Rows are written from place 0: int8, int64, int64; a
        null row and one that is not UTF-8 get -1 as their candidate and 0 twice. ValueError for
        a buffer that is too short and for an offset that decreases or leads out of the data.

        With `is_utf8` the caller vouches for all rows, and none is checked. Other octets then get any
        answer, but nothing beyond the data is read.
        """
        found = rows_of(data, offsets, validity, first, rows, (encodings, units, billed))
        return self._measure_rows(found, encodings, units, billed)

    def measure_views(
        self,
        views: Buffer,
        data: tuple[Buffer, ...],
        validity: Buffer | None,
        first: int,
        rows: int,
        encodings: memoryview,
        units: memoryview,
        billed: memoryview,
        *,
        is_utf8: bool = False,
    ) -> list[int]:
        """The same of a column of views, of which `data` are the buffers that Arrow has behind the views.

        ValueError for a view that leads out of them, too.
        """
        found = viewed(views, data, validity, first, rows, (encodings, units, billed))
        return self._measure_rows(found, encodings, units, billed)

    def _measure_rows(
        self,
        found: Iterator[tuple[int, memoryview | None]],
        encodings: memoryview,
        units: memoryview,
        billed: memoryview,
    ) -> list[int]:
        refused: list[int] = []
        for place, octets in found:
            encodings[place], units[place], billed[place] = -1, 0, 0
            if octets is not None:
                try:
                    encodings[place], units[place], billed[place] = self.measure(str(octets, "utf-8"))
                except UnicodeDecodeError:
                    refused.append(place)
        return refused


def _is_longer(text: str, most: int) -> bool:
    """Whether a text has more than so many units of UTF-16."""
    if 2 * len(text) <= most or len(text) > most:
        return len(text) > most
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 > most


def _finder(string: str | tuple[str, ...]) -> Callable[[str], object]:
    """What tells whether a string of a needle is in a text."""
    if isinstance(string, str):
        return lambda text: string in text
    import re

    for characters in string:
        characters.encode("ascii")
    # A place that allows no character matches nothing.
    sets = (f"[{re.escape(characters)}]" if characters else "(?!)" for characters in string)
    return re.compile("".join(sets)).search


def _segments(candidate: Candidate, codes: bytes, units: int) -> int:
    """The segments on the air of so many units, which take several."""
    spread = candidate.weights._spread(codes)
    if REST in spread:
        return len(candidate.weights._cuts(spread, candidate.part))
    return -(-units // candidate.part)
