"""The legend: what the marks of a drawing say, a line for each kind of character."""

from __future__ import annotations

from .kind_words import KIND_WORDS
from .kinds import name_of
from .marks import COSTS_MORE, SIGNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .marks import Cause
    from .speaker import Speaker

#: Of different characters of one kind, so many are shown.
MOST_EXAMPLES = 8


class Entry:
    """One line of a legend: of why and of which kind of character it speaks, and which ones there are."""

    __slots__ = ("cause", "examples", "kind", "times", "units")

    def __init__(self, cause: Cause, kind: str, units: int) -> None:
        self.cause = cause
        self.kind = kind
        #: What each costs.
        self.units = units
        self.times = 0
        #: What is written and what it becomes, with how often.
        self.examples: dict[tuple[str, str | None], int] = {}

    def add(self, source: str, becomes: str | None, times: int) -> None:
        """Counts characters in that are met."""
        self.times += times
        key = source, becomes
        self.examples[key] = self.examples.get(key, 0) + times

    def add_all(self, characters: dict[str, int]) -> None:
        """Counts characters that were not met before, with how often they are."""
        self.times += sum(characters.values())
        self.examples |= {(character, None): times for character, times in characters.items()}

    @property
    def sign(self) -> str:
        """The sign below the marked; of what costs more, its units."""
        mark = self.cause.mark
        if mark is None:
            return ""
        return str(self.units) if mark == COSTS_MORE else SIGNS[mark]

    def to_dict(self, speak: Speaker) -> dict[str, Any]:
        """All of it in plain JSON types."""
        what = KIND_WORDS[self.kind](speak, self.times)
        shown = [*self.examples.items()][:MOST_EXAMPLES]
        return {
            "mark": self.cause.mark,
            "sign": self.sign,
            "text": self.cause.words(speak, self.times, what, self.units),
            "times": self.times,
            "examples": [
                {
                    "text": source,
                    "becomes": becomes,
                    "name": name_of(source) if len(source) == 1 else None,
                    "times": times,
                }
                for (source, becomes), times in shown
            ],
            "others": len(self.examples) - len(shown),
        }


class Legend:
    """The lines of a legend, in the order in which they were first asked for."""

    __slots__ = ("_places", "entries")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._places: dict[tuple[Cause, str, int], int] = {}

    def place(self, cause: Cause, kind: str, units: int = 0) -> int:
        """Where the line for a kind of characters stands; it is put at the end where there is none."""
        key = cause, kind, units
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.entries)
            self.entries.append(Entry(*key))
        return place
