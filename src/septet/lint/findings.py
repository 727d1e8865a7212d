"""Findings: what a rule says of an entry, with the place of its character in the file."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.wording.languages import ENGLISH
from septet.wording.messages import translated

if TYPE_CHECKING:
    from septet.wording.problems import Severity


class Segments(NamedTuple):
    """Billed segments of a message, at least and at most, whatever stands in its placeholders."""

    fewest: int
    most: int


class Finding(NamedTuple):
    """A finding of one rule about one entry."""

    path: str
    #: Both from 1; columns in code points.
    line: int
    column: int
    rule: str
    severity: Severity
    #: What the format calls the entry, and its plural form.
    key: str
    plural: str | None
    message: str
    #: Behind the last character that is meant; None where all of the text is.
    end_line: int
    end_column: int
    #: The language that the file or the entry names.
    language: str | None
    #: What the entry takes, and what it would take without what was found; None where that says nothing.
    segments: Segments | None
    without: Segments | None
    #: What it costs a year, where a price and a volume were given.
    cost: Decimal | None
    is_fixable: bool
    #: What tells this entry, rule and text from others of the file; holds no text.
    fingerprint: str

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types, the message in a language."""
        return {
            **self._asdict(),
            "message": str(translated(self.message, lang)),
            "segments": None if self.segments is None else self.segments._asdict(),
            "without": None if self.without is None else self.without._asdict(),
            "cost": None if self.cost is None else f"{self.cost.normalize():f}",
        }
