"""The legend: what the marks of a drawing mean, with a line for each kind of character."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from .kind_words import KIND_WORDS
from .kinds import NAMES
from .marks import COSTS_MORE, SIGNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .marks import Cause
    from .speaker import Speaker

#: So many different characters of one kind are shown.
MOST_EXAMPLES = 8


class Entry:
    """One line of a legend: a cause, a kind of character, and the characters of that kind."""

    __slots__ = ("_text", "cause", "characters", "examples", "kind", "times", "units")

    def __init__(self, cause: Cause, kind: str, units: int) -> None:
        self.cause = cause
        self.kind = kind
        #: The units of each.
        self.units = units
        self.times = 0
        #: Characters that stay as they are, with how often they occur.
        self.characters: dict[str, int] = {}
        # The text that they are of, if they were added one after the other.
        self._text = ""
        #: What is written and its replacement, with how often this occurs.
        self.examples: dict[tuple[str, str | None], int] = {}

    def add(self, source: str, becomes: str | None, times: int) -> None:
        """Adds characters that occur."""
        self.times += times
        key = source, becomes
        self.examples[key] = self.examples.get(key, 0) + times

    def add_all(self, characters: dict[str, int], text: str) -> None:
        """Adds characters of a text, with how often they occur there; each is added once."""
        self.times += sum(characters.values())
        if not self.characters:
            self.characters = characters
        elif self._text:
            self.characters.update(characters)
        else:
            self._text = text
            self.characters = self.characters | characters

    @property
    def sign(self) -> str:
        """The sign below the marked characters; for those that cost more, their units."""
        mark = self.cause.mark
        if mark is None:
            return ""
        return str(self.units) if mark == COSTS_MORE else SIGNS[mark]

    def to_dict(self, speak: Speaker) -> dict[str, Any]:
        """The entry in plain JSON types."""
        characters = self.characters
        if self._text:
            # In the order of the first of each.
            characters = dict(sorted(characters.items(), key=lambda item: self._text.index(item[0])))
        shown: list[dict[str, Any]] = [
            {"text": character, "becomes": None, "name": NAMES[character], "times": times}
            for character, times in islice(characters.items(), MOST_EXAMPLES)
        ]
        if self.examples:
            shown += [
                {
                    "text": source,
                    "becomes": becomes,
                    "name": NAMES[source] if len(source) == 1 else None,
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
    """The words about so many characters of a kind."""
    return cause.words(speak, times, KIND_WORDS[kind](speak, times), units)


class Legend:
    """The lines of a legend, in the order in which they were first needed."""

    __slots__ = ("_places", "entries")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._places: dict[tuple[Cause, str, int], int] = {}

    def place(self, cause: Cause, kind: str, units: int = 0) -> int:
        """The place of the line for a kind of characters; a new line is added at the end."""
        key = cause, kind, units
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.entries)
            self.entries.append(Entry(*key))
        return place
