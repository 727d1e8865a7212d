"""Numbering: the text in each message that says which one of how many it is."""

from __future__ import annotations

from string import Formatter

from septet.errors import OptionError, shown

FIELDS = ("n", "total")


class Numbering:
    """A pattern with ``{n}`` and ``{total}``: before the text, or after it if it begins with a blank.

    Raises OptionError for a pattern that has other fields, or no ``{n}``.
    """

    __slots__ = ("_pattern", "is_behind")

    def __init__(self, pattern: str | None) -> None:
        self._pattern = ""
        self.is_behind = False
        if pattern is not None:
            self._pattern = _checked(pattern)
            self.is_behind = pattern[:1].isspace()

    def __bool__(self) -> bool:
        return bool(self._pattern)

    def of(self, number: int, total: int) -> str:
        """The numbering of the message with this number."""
        return self._pattern.format(n=number, total=total)


def _checked(pattern: object) -> str:
    expected = 'a text with {n}, and {total} if wanted, such as "({n}/{total}) "'
    try:
        fields = (
            [] if not isinstance(pattern, str) else [name for _, name, _, _ in Formatter().parse(pattern)]
        )
        if isinstance(pattern, str) and "n" in fields and {name for name in fields if name} <= set(FIELDS):
            pattern.format(n=1, total=1)
            return pattern
    except (ValueError, TypeError, KeyError, IndexError):
        pass  # the error below says what was expected
    raise OptionError(f"numbering: expected {expected}, found {shown(pattern)}", "numbering", expected)
