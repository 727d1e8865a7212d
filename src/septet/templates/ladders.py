"""Ladders: fills a template so that it fits, and cuts its fields if it does not.

One segment is tried first, then two, and so on: on each rung the fields that may be cut are cut in their
order, each no further than it has to be and no further than to its own least length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from septet.errors import OptionError, shown
from septet.gsm.segmentation import grapheme_boundary
from septet.planning.planner import Planner
from septet.planning.tails import checked_tail, with_tail
from septet.wording.quoting import nearest, printable

from .pieces import Field, fields_of

if TYPE_CHECKING:
    from septet.planning.plans import Plan

    from .pieces import Pieces


class Fitted(NamedTuple):
    """The plan of a filled template, and how many characters of each field were cut."""

    plan: Plan
    cut: dict[str, int]


class Ladder:
    """How a template is made to fit: what may be cut, how far, and what is added after it.

    `shrink` names fields in the order in which they are cut; `least` is how many characters of a value
    stay, for all or for each field (1 if it names none); `mark` comes after what is left of one.
    Raises OptionError for a field that the template does not have, and for values that make no sense.
    """

    def __init__(
        self,
        pieces: Pieces,
        planner: Planner,
        *,
        max_segments: int = 1,
        shrink: Sequence[str] = (),
        least: int | Mapping[str, int] = 1,
        mark: str = "",
        if_free: str = "",
    ) -> None:
        self._pieces = pieces
        self.shrink = _shrunk(shrink, fields_of(pieces))
        self._least = _least(least, self.shrink)
        if not isinstance(mark, str):
            raise OptionError(f"mark: expected a str, found {shown(mark)}", "mark", "a str")
        self._mark = mark
        self._tail = checked_tail(if_free)
        options = {**planner.options, "max_segments": max_segments}
        #: A planner for which a text is too long if it takes more than all rungs.
        self.planner = Planner(planner.profile, **options)  # type: ignore[arg-type]

    def fitted(self, values: Mapping[str, str]) -> Fitted:
        """The template filled with these values, each cut if necessary."""
        whole = self._text(values)
        plan = self.planner.plan(whole)
        if not self.shrink:
            return Fitted(with_tail(self.planner, plan, self._tail), {})
        for segments in range(1, self.planner.settings.limit + 1):
            if self._fits(whole, segments):
                return Fitted(with_tail(self.planner, plan, self._tail), {})
            cut = self._cut(values, segments)
            if cut is not None:
                plan = self.planner.plan(self._text(cut))
                lost = {
                    field: len(values[field]) - self._kept(cut[field])
                    for field in self.shrink
                    if cut[field] != values[field]
                }
                return Fitted(with_tail(self.planner, plan, self._tail), lost)
        return Fitted(plan, {})

    def _kept(self, value: str) -> int:
        return len(value) - len(self._mark)

    def _text(self, values: Mapping[str, str]) -> str:
        return "".join(values[piece] if isinstance(piece, Field) else piece for piece in self._pieces)

    def _fits(self, text: str, segments: int) -> bool:
        if not 0 < self.planner.measure(text).billed_segments <= segments:
            return False
        plan = self.planner.plan(text)
        return not plan.truncated and not any(problem.code in _REFUSED for problem in plan.problems)

    def _cut(self, values: Mapping[str, str], segments: int) -> dict[str, str] | None:
        """The values, cut so that the text takes so many segments; None if that is impossible."""
        cut = dict(values)
        for field in self.shrink:
            shortest = next(iter(self._ways(values[field], self._least[field])), None)
            if shortest is None:
                continue
            if not self._fits(self._text({**cut, field: shortest}), segments):
                cut[field] = shortest
                continue
            for way in reversed(list(self._ways(values[field], self._least[field]))):
                if self._fits(self._text({**cut, field: way}), segments):
                    return {**cut, field: way}
        return None

    def _ways(self, value: str, least: int) -> list[str]:
        """What may be left of a value, with its mark, the shortest first; all are shorter than the value."""
        ways: list[str] = []
        for end in range(least, len(value)):
            place = grapheme_boundary(value, end)
            kept = value[:place].rstrip()
            if place == end and len(kept) >= least and len(kept) + len(self._mark) < len(value):
                way = kept + self._mark
                if not ways or ways[-1] != way:
                    ways.append(way)
        return ways


# The problems for which a message is refused as too long.
_REFUSED = frozenset({"too-long", "too-many-segments", "too-many-characters"})


def _shrunk(shrink: object, fields: Sequence[str]) -> tuple[str, ...]:
    if isinstance(shrink, str) or not isinstance(shrink, Sequence):
        raise OptionError(
            f"shrink: expected a tuple of fields, found {shown(shrink)}", "shrink", tuple(fields)
        )
    for name in shrink:
        if name not in fields:
            near = nearest(name, list(fields)) if isinstance(name, str) else ""
            known = ", ".join(map(printable, fields)) or "none, the template has no fields"
            found = printable(name) if isinstance(name, str) else repr(name)
            message = f"shrink: the template has no field {shown(found)}{near}: expected one of {known}"
            raise OptionError(message, "shrink", tuple(fields))
    return tuple(dict.fromkeys(shrink))


def _least(least: int | Mapping[str, int], fields: Sequence[str]) -> dict[str, int]:
    given: Mapping[str, int] = least if isinstance(least, Mapping) else dict.fromkeys(fields, least)
    for name, number in given.items():
        if name not in fields:
            message = f"least: expected fields that may be cut ({', '.join(fields)}), found {shown(name)}"
            raise OptionError(message, "least", tuple(fields))
        if type(number) is not int or number < 1:
            expected = "a whole number from 1 on"
            raise OptionError(f"least: expected {expected}, found {shown(number)}", "least", expected)
    return {field: given.get(field, 1) for field in fields}
