"""Glances: what is seen of a text at once, whoever sends it; its plans at several vendors share one."""

from __future__ import annotations

from septet.gsm.characters import holds_invalid

from .character_limits import utf_16_units
from .misreadings import may_be_misread
from .renderings import Rendering, Showings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding
    from .manners import Manner
    from .things.nearness import Near
    from .things.thing import Thing


class Glance:
    """What `diagnosis` and `verdict` ask about a text, found once."""

    __slots__ = (
        "_near",
        "_renderings",
        "_showings",
        "_things",
        "is_blemished",
        "is_invalid",
        "is_misread",
        "text",
        "utf_16_units",
    )

    def __init__(self, text: str, *, is_blemished: bool) -> None:
        self.text = text
        self.is_invalid = holds_invalid(text)
        self.is_misread = may_be_misread(text)
        self.is_blemished = is_blemished
        self.utf_16_units = utf_16_units(text)
        self._near: Near | None = None
        self._things: tuple[Thing, ...] | None = None
        self._renderings: dict[Manner, Rendering] = {}
        self._showings = Showings(text)

    def rendering(self, coding: Coding, manner: Manner) -> Rendering:
        """The text as a coding shows it, which is in this manner."""
        found = self._renderings.get(manner)
        if found is None:
            found = Rendering(self.text, coding, self._showings, manner, is_invalid=self.is_invalid)
            self._renderings[manner] = found
        return found

    @property
    def near(self) -> Near:
        """Tells which changes of the text may touch a thing."""
        if self._near is None:
            from .things.nearness import Near

            self._near = Near(self.text)
        return self._near

    @property
    def things(self) -> tuple[Thing, ...]:
        """The parts of the text that must stay whole."""
        if self._things is None:
            from .things.recognition import things

            self._things = things(self.text)
        return self._things
