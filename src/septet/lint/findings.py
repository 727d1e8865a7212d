"""Findings: what a rule reports about an entry, with the place of its character in the file."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.wording.languages import ENGLISH
from septet.wording.messages import translated

if TYPE_CHECKING:
    from septet.wording.problems import Severity


class Segments(NamedTuple):
    """The fewest and the most billed segments of a message, for all values of its placeholders."""

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
    #: The place after the last character that it is about; None where it is about the whole text.
    end_line: int
    end_column: int
    #: The language that the file or the entry names.
    language: str | None
    #: The segments of the entry, and those it would take without the finding; None where this does not
    #: matter.
    segments: Segments | None
    without: Segments | None
    #: What it costs a year, where a price and a volume were given.
    cost: Decimal | None
    is_fixable: bool
    #: The identity of this entry, rule and text within the file; holds no text.
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
