"""Cuts: the parts of a text that were left out so that the rest fits, and the mark that says so."""

from __future__ import annotations

from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Cuts(NamedTuple):
    """The parts of a text that are left out, as (start, end) in their order, none empty, none touching.

    `mark` replaces the last one.
    """

    spans: tuple[tuple[int, int], ...] = ()
    mark: str = ""

    @property
    def characters(self) -> int:
        """How many characters are left out."""
        return sum(end - start for start, end in self.spans)

    def runs(self, length: int) -> Iterator[tuple[int, int]]:
        """The parts of a text of so many characters that are kept."""
        place = 0
        for start, end in self.spans:
            if place < start:
                yield place, start
            place = end
        if place < length or not self.spans:
            yield place, length

    def kept(self, text: str) -> str:
        """What is left of a text, as it is written, with the mark."""
        if not self.spans:
            return text
        parts, place = [], 0
        for start, end in self.spans:
            parts.append(text[place:start])
            place = end
        return "".join((*parts, self.mark, text[place:]))


#: Most texts have nothing left out.
NO_CUTS = Cuts()


def behind(place: int, length: int) -> Cuts:
    """The cut of all that follows a place in a text of so many characters."""
    return Cuts(((place, length),)) if place < length else NO_CUTS
