"""Renderings: a text as the phones show it that get it in one manner of writing.

Plans of one text share them: vendors differ less in how they write characters than in how they bill.
Manners that differ in none of the characters of the text share what is found out about the shown text.
"""

from __future__ import annotations

from .changes import changes_of, replayed
from .cuts import NO_CUTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.wording.problems import Problem

    from .changes import Change
    from .codings import Coding
    from .manners import Manner


class Showing:
    """What is found out about a shown text; None until a plan asks."""

    __slots__ = ("changes", "damaged", "sent", "unsent")

    def __init__(self) -> None:
        self.changes: tuple[Change, ...] | None = None
        self.sent: str | None = None
        #: The problems of its characters, and of the things that they are in.
        self.unsent: tuple[Problem, ...] | None = None
        self.damaged: tuple[Problem, ...] | None = None


class Showings:
    """All that are known of one text."""

    __slots__ = ("_characters", "_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._characters: frozenset[str] | None = None
        self._known: dict[object, Showing] = {}

    def of(self, manner: Manner) -> Showing:
        """That of a manner, and of all that treat the text alike."""
        if self._characters is None:
            self._characters = frozenset(self._text)
        key = manner.key(self._characters)
        return self._known.get(key) or self._known.setdefault(key, Showing())


class Rendering:
    """A text of which nothing is cut, and that has no placeholder; what is not asked for is not found."""

    __slots__ = (
        "_coding",
        "_is_invalid",
        "_lost",
        "_manner",
        "_outsiders",
        "_showing",
        "_showings",
        "_text",
        "is_carried",
        "is_taken",
    )

    def __init__(
        self, text: str, coding: Coding, showings: Showings, manner: Manner, *, is_invalid: bool
    ) -> None:
        self._text, self._coding, self._is_invalid = text, coding, is_invalid
        self._showings, self._manner = showings, manner
        #: Whether it is clear at once that all of it reaches the phone, and that nothing of it is an error.
        self.is_carried = coding.surely_carries(text, is_invalid)
        self.is_taken = self.is_carried or coding.surely_takes(text, is_invalid)
        self._showing: Showing | None = None
        self._outsiders: int | None = None
        self._lost: int | None = None

    @property
    def showing(self) -> Showing:
        """What is found out about it as it is shown."""
        if self._showing is None:
            self._showing = self._showings.of(self._manner)
        return self._showing

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the phone shows otherwise than written."""
        showing = self._showing or self.showing
        if showing.changes is None:
            text = self._text
            showing.changes = changes_of(text, self._coding, ((0, len(text)),), (), NO_CUTS)
        return showing.changes

    @property
    def sent(self) -> str:
        """The text as the phone shows it."""
        showing = self._showing or self.showing
        if showing.sent is None:
            showing.sent = replayed(self.changes, self._text)
        return showing.sent

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
