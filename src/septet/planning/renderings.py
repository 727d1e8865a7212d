"""Renderings: a text as the phones show it on which its characters come out alike.

Plans of one text share them: vendors differ less in how they write characters than in how they bill.
"""

from __future__ import annotations

from .changes import changes_of, replayed
from .cuts import NO_CUTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.wording.problems import Problem

    from .changes import Change
    from .codings import Coding


class Rendering:
    """A text of which nothing is cut, and that has no placeholder; what is not asked for is not found."""

    __slots__ = (
        "_changes",
        "_coding",
        "_is_invalid",
        "_lost",
        "_outsiders",
        "_sent",
        "_text",
        "damaged",
        "is_carried",
        "is_taken",
        "unsent",
    )

    def __init__(self, text: str, coding: Coding, *, is_invalid: bool) -> None:
        self._text, self._coding, self._is_invalid = text, coding, is_invalid
        #: Whether it is clear at once that all of it reaches the phone, and that nothing of it is an error.
        self.is_carried = coding.surely_carries(text, is_invalid)
        self.is_taken = self.is_carried or coding.surely_takes(text, is_invalid)
        #: The problems of its characters, and of the things that they are in; None until a plan asks.
        self.unsent: tuple[Problem, ...] | None = None
        self.damaged: tuple[Problem, ...] | None = None
        self._changes: tuple[Change, ...] | None = None
        self._sent: str | None = None
        self._outsiders: int | None = None
        self._lost: int | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the phone shows otherwise than written."""
        if self._changes is None:
            text = self._text
            self._changes = changes_of(text, self._coding, ((0, len(text)),), (), NO_CUTS)
        return self._changes

    @property
    def sent(self) -> str:
        """The text as the phone shows it."""
        if self._sent is None:
            self._sent = replayed(self.changes, self._text)
        return self._sent

    @property
    def outsiders(self) -> int:
        """How many characters the coding cannot carry."""
        if self._outsiders is None:
            missed = self._coding.missed
            self._outsiders = 0 if self.is_carried else missed.outsiders(self._text, self._is_invalid)
        return self._outsiders

    @property
    def lost(self) -> int:
        """How many characters the phone does not show: outsiders, and visible ones that are left out."""
        if self._lost is None:
            missed = self._coding.missed
            # Where all is carried, not even a part of a line break is an outsider.
            is_whole = self.is_carried and not missed.leaves_out
            self._lost = 0 if is_whole else self.outsiders + missed.left_out(self._text)
        return self._lost
