"""Reports: what was found in all files, and what could not be read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from septet.errors import FileError
from septet.wording.languages import ENGLISH
from septet.wording.messages import Words, translated

from .findings import Finding

NOTHING_FOUND, FOUND, UNREADABLE = range(3)


class Note(NamedTuple):
    """A note about a file besides its findings."""

    path: str
    message: Words


class LintReport(NamedTuple):
    """The linter's report about files."""

    findings: tuple[Finding, ...]
    #: Files that were read, and those that could not be.
    files: tuple[str, ...]
    broken: tuple[FileError, ...]
    notes: tuple[Note, ...]
    #: Entries that were checked, and those that are not SMS.
    entries: int
    left_out: int
    #: Findings that a baseline holds.
    known: int = 0
    #: The currency of the findings' costs; empty where unknown.
    currency: str = ""

    @property
    def cost(self) -> Decimal | None:
        """What could be saved a year: the most expensive finding of each entry; None without a price."""
        dearest: dict[tuple[str, str, str | None], Decimal] = {}
        for one in self.findings:
            if one.cost is not None:
                key = (one.path, one.key, one.plural)
                dearest[key] = max(one.cost, dearest.get(key, one.cost))
        return sum(dearest.values(), Decimal(0)).normalize() if dearest else None

    @property
    def ok(self) -> bool:
        """Whether every file could be read, and nothing was found that is more than a notice."""
        return self.exit_code == NOTHING_FOUND

    @property
    def exit_code(self) -> int:
        """What the command exits with: 0, 1 where something was found that is more than a notice.

        2 where a file could not be read, whatever was found.
        """
        if self.broken:
            return UNREADABLE
        return FOUND if any(one.severity != "notice" for one in self.findings) else NOTHING_FOUND

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types, messages in a language (``schema("lint")``)."""
        return {
            "findings": [finding.to_dict(lang) for finding in self.findings],
            "broken": [
                {"path": error.file, "line": error.line, "message": error.reason} for error in self.broken
            ],
            "notes": [
                {"path": note.path, "message": str(translated(note.message, lang))} for note in self.notes
            ],
            "files": len(self.files),
            "entries": self.entries,
            "left_out": self.left_out,
            "known": self.known,
            "cost": None if self.cost is None else f"{self.cost:f}",
            "currency": self.currency,
        }
