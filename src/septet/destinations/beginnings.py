"""Beginnings: what numbers are, by their first digits and their length, asked once each.

Millions of numbers begin in few ways. Where all that begin so, and are as long, are read alike, a plan
is asked of one of them, and the answer is kept for the others. Where it hangs on more digits than
`MOST`, each number is asked for.
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

#: The fewest digits of a number that are looked at, and the most.
FEWEST, MOST = 3, 10
#: The most digits of a number: with a prefix to dial abroad, an international one has no more.
LONGEST = 18


class Answer(NamedTuple):
    """What all numbers of a length are that begin with some digits."""

    #: How many digits decide.
    looked_at: int
    #: What stands before the other digits in the international form; None where each is asked for, ""
    #: where it is no number at all.
    head: str | None
    country: str | None
    known: bool
    kind: str

    def number(self, digits: str) -> PhoneNumber | None:
        """What one of these numbers is."""
        if not self.head:
            return None
        return PhoneNumber(self.head + digits[self.looked_at :], self.country, self.known)


class Beginnings:
    """The answers that were given so far for numbers that are national to one country. Safe in threads."""

    __slots__ = ("_answers", "_known", "_rules", "as_sent", "country")

    def __init__(self, country: str | None, as_sent: bool = False) -> None:
        self.country = country
        self.as_sent = as_sent
        # By plus and length, then by first digits.
        self._answers: dict[tuple[bool, int], dict[str, Answer]] = {}
        # By what a look has seen: whether the last way that was tried leads to a number that is known, and
        # what is read.
        self._known: dict[tuple[Any, ...], bool] = {}
        self._rules: dict[tuple[Any, ...], _Rule] = {}

    def reading(self, text: str) -> Reading:
        """Reads a number of digits, perhaps behind a plus."""
        digits = text.removeprefix("+")
        if FEWEST <= len(digits) <= LONGEST:
            answer = self.answer(digits, digits is not text)
            if answer.head is not None:
                return Reading(answer.number(digits), answer.kind)
        return read(text, self.country, self.as_sent)

    def answer(self, digits: str, plus: bool) -> Answer:
        """What holds for all numbers that are as long and begin as these `FEWEST` to `LONGEST` digits."""
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
        """The answer for a beginning as short as it can be."""
        last = min(len(digits), MOST)
        for looked_at in range(FEWEST, last + 1):
            try:
                return self._look(digits, looked_at, plus)
            except UndecidedError:
                pass
        return Answer(last, None, None, False, UNKNOWN)

    def _look(self, digits: str, looked_at: int, plus: bool) -> Answer:
        """The answer for all that begin with so many of these digits. Raises UndecidedError."""
        text = f"+{digits}" if plus else digits
        look = Look()
        # As `read` goes through them: what comes behind one that is known is not tried.
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
            # One that lost its zero in a spreadsheet is tried with it.
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
    """What is read of all numbers that look alike."""

    #: The place of the international number among what it may be; None for what is no number.
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
