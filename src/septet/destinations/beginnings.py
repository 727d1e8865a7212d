"""Beginnings: the facts of numbers, by their first digits and their length, asked once each.

Millions of numbers begin in few ways. Where all numbers of a beginning and a length are read alike, a plan
is asked about one of them, and the answer is kept for the others. Where it depends on more digits than
`MOST`, a plan is asked about each number.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .kinds import UNKNOWN
from .looks import Look, UndecidedError
from .readings import PhoneNumber, Reading, read, read_as, ways, ways_overseas

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The fewest and the most digits of a number that are looked at.
FEWEST, MOST = 3, 10
#: The most digits of a number: with a prefix to dial abroad, an international one has no more.
LONGEST = 18


class Answer(NamedTuple):
    """The facts of all numbers of a length that begin with some digits."""

    #: How many digits decide.
    looked_at: int
    #: The digits before the others in the international form; None where a plan is asked about each number,
    #: "" where it is not a number at all.
    head: str | None
    country: str | None
    known: bool
    kind: str

    def number(self, digits: str) -> PhoneNumber | None:
        """The facts of one of these numbers."""
        if not self.head:
            return None
        return PhoneNumber(self.head + digits[self.looked_at :], self.country, self.known)


class Beginnings:
    """The answers so far for numbers that are national to one country. Safe in threads."""

    __slots__ = ("_answers", "_known", "_rules", "as_sent", "country")

    def __init__(self, country: str | None, as_sent: bool = False) -> None:
        self.country = country
        self.as_sent = as_sent
        # By plus and length, then by first digits.
        self._answers: dict[tuple[bool, int], dict[str, Answer]] = {}
        # By the look: whether the last way tried leads to a known number, and what is read.
        self._known: dict[tuple[Any, ...], bool] = {}
        self._rules: dict[tuple[Any, ...], _Rule] = {}

    def reading(self, text: str) -> Reading:
        """Reads a number of digits, perhaps after a plus."""
        digits = text.removeprefix("+")
        if FEWEST <= len(digits) <= LONGEST:
            answer = self.answer(digits, digits is not text)
            if answer.head is not None:
                return Reading(answer.number(digits), answer.kind)
        return read(text, self.country, self.as_sent)

    def answer(self, digits: str, plus: bool) -> Answer:
        """The answer for all numbers with the length and the beginning of these `FEWEST` to `LONGEST`
        digits."""
        answers = self._answers.get((plus, len(digits)))
        if answers is None:
            answers = self._answers.setdefault((plus, len(digits)), {})
        for length in range(FEWEST, min(len(digits), MOST) + 1):
            found = answers.get(digits[:length])
            if found is not None:
                return found
        found = self._ask(digits, plus)
        return answers.setdefault(digits[: found.looked_at], found)

    def _ask(self, digits: str, plus: bool) -> Answer:
        """The answer for the shortest possible beginning."""
        last = min(len(digits), MOST)
        for looked_at in range(FEWEST, last + 1):
            try:
                return self._look(digits, looked_at, plus)
            except UndecidedError:
                pass
        return Answer(last, None, None, False, UNKNOWN)

    def _look(self, digits: str, looked_at: int, plus: bool) -> Answer:
        """The answer for all numbers that begin with this many of these digits. Raises UndecidedError."""
        text = f"+{digits}" if plus else digits
        look = Look()
        # As in `read`: ways after one that leads to a known number are not tried.
        for way, region in ways(text, self.country, self.as_sent):
            look.read_as(digits, looked_at, region)
            if region is None and self.as_sent:
                look.views.append((digits, looked_at))
            seen = len(digits), plus, *look.seen
            if seen not in self._known:
                number = read_as(way, region, self.as_sent).number
                self._known[seen] = number is not None and number.known
            if self._known[seen]:
                break
        else:
            # A number that lost its zero in a spreadsheet is tried with it.
            lost = "" if plus or self.as_sent or digits.startswith("0") else "0"
            for region in ways_overseas(lost + text, self.country):
                look.read_as(lost + digits, looked_at + len(lost), region)
            seen = len(digits), plus, *look.seen, "overseas"
        rule = self._rules.get(seen)
        if rule is None:
            rule = self._rules[seen] = _rule(read(text, self.country, self.as_sent), look)
        if rule.view is None:
            return Answer(looked_at, "", None, False, UNKNOWN)
        view, looked = look.views[rule.view]
        return Answer(looked_at, view[:looked], rule.country, rule.known, rule.kind)


class _Rule(NamedTuple):
    """The reading of all numbers that look alike."""

    #: The place of the international number among the possible ones; None where it is not a number.
    view: int | None
    country: str | None
    known: bool
    kind: str


def _rule(found: Reading, look: Look) -> _Rule:
    if found.number is None:
        return _Rule(None, None, False, found.kind)
    digits, country, known = found.number
    for place, (view, _) in enumerate(look.views):
        if view == digits:
            return _Rule(place, country, known, found.kind)
    raise UndecidedError


@lru_cache(maxsize=64)
def beginnings(country: str | None, as_sent: bool = False) -> Beginnings:
    """The answers for numbers that are national to a country, the same each time."""
    return Beginnings(country, as_sent)
