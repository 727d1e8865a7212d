"""The legend: what the marks of a drawing say, a line for each kind of character."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

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

    __slots__ = ("cause", "characters", "examples", "kind", "times", "units")

    def __init__(self, cause: Cause, kind: str, units: int) -> None:
        self.cause = cause
        self.kind = kind
        #: What each costs.
        self.units = units
        self.times = 0
        #: Characters that stay as they are, with how often they are met.
        self.characters: dict[str, int] = {}
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
        self.characters |= characters

    @property
    def sign(self) -> str:
        """The sign below the marked; of what costs more, its units."""
        mark = self.cause.mark
        if mark is None:
            return ""
        return str(self.units) if mark == COSTS_MORE else SIGNS[mark]

    def to_dict(self, speak: Speaker) -> dict[str, Any]:
        """All of it in plain JSON types."""
        shown = [
            {"text": character, "becomes": None, "name": name_of(character), "times": times}
            for character, times in islice(self.characters.items(), MOST_EXAMPLES)
        ]
        shown += [
            {
                "text": source,
                "becomes": becomes,
                "name": name_of(source) if len(source) == 1 else None,
                "times": times,
            }
            for (source, becomes), times in islice(self.examples.items(), MOST_EXAMPLES - len(shown))
        ]
        return {
            "mark": self.cause.mark,
            "sign": self.sign,
            "text": _words(self.cause, self.kind, self.times, self.units, speak),
            "times": self.times,
            "examples": shown,
            "others": len(self.characters) + len(self.examples) - len(shown),
        }


@lru_cache(maxsize=1024)
def _words(cause: Cause, kind: str, times: int, units: int, speak: Speaker) -> str:
    """What is said of so many characters of a kind."""
    return cause.words(speak, times, KIND_WORDS[kind](speak, times), units)


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
