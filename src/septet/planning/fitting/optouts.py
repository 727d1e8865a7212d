"""Opt-outs of several messages: which messages have the mention, and who writes it."""

from __future__ import annotations

from septet.errors import OptionError, shown
from septet.planning.planner import Planner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.plans import Plan

#: Which messages have the mention.
WAYS = ("each", "last")


class Optouts:
    """Which messages of one text have the opt-out mention.

    `planner` plans each of them, `way` is one of `WAYS`, or None: each where the vendor adds the mention,
    and otherwise the last. Raises OptionError for another way, and for one that is impossible at this vendor.
    """

    __slots__ = ("_adds", "_planner", "_way", "_without", "_writes")

    def __init__(self, planner: Planner, way: str | None, text: str) -> None:
        settings = planner.settings
        name, mention = planner.profile.name, settings.mention
        if way is not None and way not in WAYS:
            raise OptionError(
                f'optout_in: expected "each", "last" or None, found {shown(way)}', "optout_in", WAYS
            )
        self._planner = planner
        #: Whether the vendor adds it to each message that lacks it.
        self._adds = mention is not None and settings.optout != "never"
        if self._adds and way == "last":
            message = f'optout_in: {name} adds its mention to each message; with optout="never" it does not'
            raise OptionError(message, "optout_in", ("each",))
        self._way = way or ("each" if self._adds else "last")
        if way is not None and mention is None:
            message = f"optout_in: {name} has no mention of its own; give it as optout_text"
            raise OptionError(message, "optout_in", ())
        is_asked = way is not None or settings.commercial
        #: Whether it is written into the text here, so that the sender does not have to.
        self._writes = mention is not None and not self._adds and is_asked
        if mention is not None and mention.unspecified and self._writes:
            if way is not None:
                message = f"optout_in: {name} does not publish its mention; give yours as optout_text"
                raise OptionError(message, "optout_in", ())
            self._writes = False
        if self._writes and self._way == "last" and self._holds(text):
            self._writes = False  # the text already has it, at some place
        self._without: Planner | None = None

    def written(self, message: str, *, is_last: bool) -> str:
        """What is added after a message: the mention, separator included, or nothing."""
        if not self._writes or (self._way == "last" and not is_last):
            return ""
        if self._way == "each" and self._holds(message):
            return ""
        return self._planner.settings.added

    @property
    def is_written_in_each(self) -> bool:
        """Whether each message has to be checked for a mention of its own."""
        return self._writes and self._way == "each"

    def plans(self, messages: list[str]) -> list[Plan]:
        """The plans of the messages; where one of them has the mention, the others need none."""
        plans = [self._planner.plan(message) for message in messages]
        if self._way == "each":
            return plans
        lacking = [place for place, plan in enumerate(plans) if plan.optout_status == "missing"]
        if len(lacking) == len(plans):
            lacking.pop()  # the last message should have it
        for place in lacking:
            plans[place] = self._planner_without().plan(messages[place])
        return plans

    def _planner_without(self) -> Planner:
        """A planner for messages that need no mention; it bills the same."""
        if self._without is None:
            options = {**self._planner.options, "commercial": None, "optout": None, "optout_text": None}
            self._without = Planner(self._planner.profile, **options)  # type: ignore[arg-type]
        return self._without

    def _holds(self, text: str) -> bool:
        mention = self._planner.settings.mention
        if mention is None:
            return False
        if mention.as_written:
            return mention.is_in(text)
        return mention.is_in(self._planner.plan(text).sent)
