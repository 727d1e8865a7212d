"""Searches by the properties of characters: grapheme clusters, pictographs, words in any case.

The package `regex` knows these, and is only imported here. A Python without it, as in a browser, replaces
it by an engine of its own: see `use`.
"""

from __future__ import annotations

from septet.wording.recent import Recent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Protocol

    #: Finds the first match of a pattern in ``text[start:end]``, as places; a pattern that looks back also
    #: sees the text before `start`.
    class Search(Protocol):
        def __call__(self, text: str, start: int, end: int) -> tuple[int, int] | None: ...

    class Engine(Protocol):
        """Searches texts. Places count code points, as Python does."""

        def cluster_ends(self, text: str) -> list[int]:
            """Where each grapheme cluster of a text ends (UAX #29)."""
            ...

        def compile(self, pattern: str, any_case: bool) -> Search:
            r"""The search for a pattern; with `any_case` in upper and lower case.

            Patterns use the syntax that `regex` and ECMAScript (flag ``v``) share: ``\p{…}`` by the long
            names of properties, characters as they are, escapes only for syntax, ``(?i:…)``, lookahead
            and lookbehind. Every pattern matches at least one character.
            """
            ...


#: Patterns of a word character and of white space: engines differ in ``\w`` and ``\s``.
WORD = r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]"
BLANK = r"\p{White_Space}"
#: A pictograph, for use within brackets. Includes the pictures that Unicode does not call emoji: chess,
#: dice, cards, planets, pencils.
PICTOGRAPHS = r"\p{Extended_Pictographic}\p{Regional_Indicator}" + "\u2600-\u27bf\U0001f000-\U0001faff"

_SYNTAX = frozenset(r"\^$.|?*+()[]{}/")


def literal(text: str) -> str:
    """The pattern that finds this text."""
    return "".join("\\" + character if character in _SYNTAX else character for character in text)


def use(engine: Engine) -> None:
    """Replaces the engine in use, at best before anything is planned."""
    global _engine
    _engine = engine
    _searches.clear()


def cluster_ends(text: str) -> list[int]:
    """Where each grapheme cluster of a text ends."""
    return _engine.cluster_ends(text)


def last_start(text: str) -> int:
    """Where the last grapheme cluster of a short text starts; the text is not empty."""
    if isinstance(_engine, _Regex):
        return _engine.last_start(text)
    [*_, last] = [0, *_engine.cluster_ends(text)[:-1]]
    return last


def search(
    pattern: str, text: str, start: int = 0, end: int | None = None, *, any_case: bool = False
) -> tuple[int, int] | None:
    """The place of the first match in ``text[start:end]``, or None."""
    return _compiled(pattern, any_case)(text, start, len(text) if end is None else end)


def search_all(pattern: str, text: str, *, any_case: bool = False) -> Iterator[tuple[int, int]]:
    """The places of all matches, in order."""
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
    """The engine of the package `regex`, which is loaded for the first search."""

    def __init__(self) -> None:
        self._clusters: Any = None
        self._last: Any = None

    def cluster_ends(self, text: str) -> list[int]:
        if self._clusters is None:
            import regex

            self._clusters = regex.compile(r"\X")
        return [match.end() for match in self._clusters.finditer(text)]

    def last_start(self, text: str) -> int:
        if self._last is None:
            import regex

            self._last = regex.compile(r"(\X)+")
        return int(self._last.match(text).start(1))

    def compile(self, pattern: str, any_case: bool) -> Search:
        import regex

        search = regex.compile(pattern, regex.IGNORECASE if any_case else 0).search

        def find(text: str, start: int, end: int) -> tuple[int, int] | None:
            match = search(text, start, end)
            return None if match is None else match.span()

        return find


_engine: Engine = _Regex()
