"""What only the properties of characters tell: grapheme clusters, pictographs, words in any case.

The package `regex` knows them, and is imported here alone. A Python without it, as in a browser, puts
an engine of its own in its place: see `use`.
"""

from __future__ import annotations

from septet.wording.recent import Recent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    #: What finds the first match of a pattern in ``text[start:end]``, as places; what stands before
    #: `start` is seen by a pattern that looks back.
    class Search(Protocol):
        def __call__(self, text: str, start: int, end: int) -> tuple[int, int] | None: ...

    class Engine(Protocol):
        """What finds things in texts. Places count code points, as Python does."""

        def cluster_ends(self, text: str) -> list[int]:
            """Where each grapheme cluster of a text ends (UAX #29)."""
            ...

        def compile(self, pattern: str, any_case: bool) -> Search:
            r"""What searches for a pattern; with `any_case` whatever the case of its letters.

            Patterns are written in what `regex` and ECMAScript (flag ``v``) share: ``\p{…}`` by the long
            names of properties, characters as they are, escapes for syntax alone, ``(?i:…)``, looking
            ahead and back. No pattern matches nothing.
            """
            ...


#: A character of a word, or a white space, as patterns have it: what ``\w`` and ``\s`` are differs.
WORD = r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]"
BLANK = r"\p{White_Space}"
#: A pictograph within brackets. With the pictures that Unicode does not call emoji: chess, dice,
#: cards, planets, pencils.
PICTOGRAPHS = r"\p{Extended_Pictographic}\p{Regional_Indicator}" + "\u2600-\u27bf\U0001f000-\U0001faff"

_SYNTAX = frozenset(r"\^$.|?*+()[]{}/")


def literal(text: str) -> str:
    """A text as a pattern that finds it."""
    return "".join("\\" + character if character in _SYNTAX else character for character in text)


def use(engine: Engine) -> None:
    """Puts an engine in the place of the one in use, at best before anything is planned."""
    global _engine
    _engine = engine
    _searches.clear()


def cluster_ends(text: str) -> list[int]:
    """Where each grapheme cluster of a text ends."""
    return _engine.cluster_ends(text)


def search(
    pattern: str, text: str, start: int = 0, end: int | None = None, *, any_case: bool = False
) -> tuple[int, int] | None:
    """The place of the first match in ``text[start:end]``; None where there is none."""
    return _compiled(pattern, any_case)(text, start, len(text) if end is None else end)


def search_all(pattern: str, text: str, *, any_case: bool = False) -> Iterator[tuple[int, int]]:
    """The places of all matches, one behind the other."""
    find = _compiled(pattern, any_case)
    place = 0
    while (found := find(text, place, len(text))) is not None:
        yield found
        place = found[1]


_searches = Recent(256)


def _compiled(pattern: str, any_case: bool) -> Search:
    found: Search | None = _searches.get((pattern, any_case))
    return found or _searches.keep((pattern, any_case), _engine.compile(pattern, any_case))


class _Regex:
    """The engine that the package `regex` makes, which is loaded when something is first looked for."""

    def __init__(self) -> None:
        self._clusters: Any = None

    def cluster_ends(self, text: str) -> list[int]:
        if self._clusters is None:
            import regex

            self._clusters = regex.compile(r"\X")
        return [match.end() for match in self._clusters.finditer(text)]

    def compile(self, pattern: str, any_case: bool) -> Search:
        import regex

        search = regex.compile(pattern, regex.IGNORECASE if any_case else 0).search

        def find(text: str, start: int, end: int) -> tuple[int, int] | None:
            match = search(text, start, end)
            return None if match is None else match.span()

        return find


_engine: Engine = _Regex()
