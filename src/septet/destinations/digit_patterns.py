"""Patterns of digits, as numbering plans write them: what the first digits of a number alone decide.

A pattern is read into an expression; each digit leads to the expression of what may follow (its derivative,
Brzozowski 1964). Each expression is kept only once, with its derivatives.
"""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_EVERY_DIGIT = 0b11_1111_1111


class Expression:
    """The digits that may follow. Each is made once, so that equal ones are the same object."""

    __slots__ = ("_decided", "_next", "ends", "kind", "longest", "parts", "shortest")

    def __init__(self, kind: str, parts: tuple[Any, ...], ends: bool, shortest: int, longest: int) -> None:
        #: "nothing", "end", "last" (the end of all digits), "digit", "sequence", "choice" or "repeated".
        self.kind = kind
        self.parts = parts
        #: Whether no further digit is needed.
        self.ends = ends
        #: The fewest digits that may follow, and the most.
        self.shortest, self.longest = shortest, longest
        self._next: list[Expression | None] = [None] * 10
        self._decided: dict[int, bool | None] = {}

    def after(self, digits: str) -> Expression:
        """What may follow some digits."""
        found = self
        for digit in digits:
            found = found.after_one(ord(digit) - 48)
            if found is NOTHING:
                break
        return found

    def after_one(self, digit: int) -> Expression:
        """What may follow a digit."""
        found = self._next[digit]
        if found is None:
            found = self._next[digit] = self._derivative(digit)
        return found

    def decided(self, digits: int) -> bool | None:
        """Whether any digits of this further number fit; None where that depends on them."""
        if digits < self.shortest or digits > self.longest:
            return False
        if digits == 0:
            return self.ends or LAST in (self, *self.parts)
        if digits not in self._decided:
            self._decided[digits] = self._decide(digits)
        return self._decided[digits]

    def may_end_within(self, digits: int) -> bool:
        """Whether some beginning of this many further digits fits, of at least one digit."""
        if not digits or self.longest < 1 or self.shortest > digits:
            return False
        following = {self.after_one(digit) for digit in range(10)}
        return any(one.ends or (digits == 1 and one.at_the_end) for one in following) or any(
            one.may_end_within(digits - 1) for one in following
        )

    @property
    def at_the_end(self) -> bool:
        """Whether no further digit is needed where all digits have been read."""
        return self.decided(0) is True

    def _decide(self, digits: int) -> bool | None:
        outcomes = {one.decided(digits - 1) for one in {self.after_one(digit) for digit in range(10)}}
        return outcomes.pop() if len(outcomes) == 1 else None

    def _derivative(self, digit: int) -> Expression:
        parts = self.parts
        if self.kind == "digit":
            return END if parts[0] >> digit & 1 else NOTHING
        if self.kind == "choice":
            return _choice(one.after_one(digit) for one in parts)
        if self.kind == "sequence":
            first, rest = parts
            found = _sequence(first.after_one(digit), rest)
            return _choice((found, rest.after_one(digit))) if first.ends else found
        if self.kind == "repeated":
            one, least, most = parts
            return _sequence(one.after_one(digit), _repeated(one, max(least - 1, 0), most - 1))
        return NOTHING


_kept: dict[tuple[Any, ...], Expression] = {}


def _made(kind: str, parts: tuple[Any, ...], ends: bool, shortest: int, longest: int) -> Expression:
    key = (kind, *parts)
    found = _kept.get(key)
    if found is None:
        found = _kept.setdefault(key, Expression(kind, parts, ends, shortest, longest))
    return found


NOTHING = _made("nothing", (), False, 1, 0)
END = _made("end", (), True, 0, 0)
#: The end, where no digit is left at all.
LAST = _made("last", (), False, 0, 0)


def _digit(which: int) -> Expression:
    return _made("digit", (which,), False, 1, 1) if which else NOTHING


def _sequence(first: Expression, rest: Expression) -> Expression:
    if NOTHING in (first, rest):
        return NOTHING
    if first is END:
        return rest
    if rest is END:
        return first
    if first.kind == "sequence":
        return _sequence(first.parts[0], _sequence(first.parts[1], rest))
    shortest, longest = first.shortest + rest.shortest, first.longest + rest.longest
    return _made("sequence", (first, rest), first.ends and rest.ends, shortest, longest)


def _choice(among: Any) -> Expression:
    flat: dict[Expression, None] = {}
    for one in among:
        flat.update(dict.fromkeys(one.parts if one.kind == "choice" else (one,)))
    flat.pop(NOTHING, None)
    if len(flat) < 2:
        return next(iter(flat), NOTHING)
    # In a fixed order, so that the same choices are the same expression.
    parts = tuple(sorted(flat, key=id))
    return _made(
        "choice",
        parts,
        any(one.ends for one in parts),
        min(one.shortest for one in parts),
        max(one.longest for one in parts),
    )


def _repeated(one: Expression, least: int, most: int) -> Expression:
    if most == 0 or one is END:
        return END
    if least == most == 1:
        return one
    ends = least == 0 or one.ends
    return _made("repeated", (one, least, most), ends, one.shortest * least, one.longest * most)


@cache
def expression(pattern: str) -> Expression:
    """The expression of a pattern of ``\\d``, digits, classes, groups, choices, repetitions and ``$``.

    Raises ValueError for a pattern with anything else.
    """
    found, place = _read_choice(pattern, 0)
    if place < len(pattern):
        raise ValueError(f"expected a pattern of digits, found {pattern[place:]!r} in {pattern!r}")
    return found


def _read_choice(pattern: str, place: int) -> tuple[Expression, int]:
    choices = []
    while True:
        found, place = _read_sequence(pattern, place)
        choices.append(found)
        if pattern[place : place + 1] != "|":
            return _choice(choices), place
        place += 1


def _read_sequence(pattern: str, place: int) -> tuple[Expression, int]:
    parts = []
    while place < len(pattern) and pattern[place] not in "|)":
        one, place = _read_one(pattern, place)
        least = most = 1
        if pattern[place : place + 1] == "?":
            least, place = 0, place + 1
        elif pattern[place : place + 1] == "{":
            end = pattern.index("}", place)
            first, _, last = pattern[place + 1 : end].partition(",")
            least, most = int(first), int(last or first)
            place = end + 1
        parts.append(_repeated(one, least, most))
    found = END
    for one in reversed(parts):
        found = _sequence(one, found)
    return found, place


def _read_one(pattern: str, place: int) -> tuple[Expression, int]:
    sign = pattern[place]
    if sign == "(":
        place += 3 if pattern.startswith("(?:", place) else 1
        found, place = _read_choice(pattern, place)
        if pattern[place : place + 1] == ")":
            return found, place + 1
    elif sign == "[":
        end = pattern.index("]", place)
        return _digit(_class(pattern[place + 1 : end])), end + 1
    elif pattern.startswith("\\d", place):
        return _digit(_EVERY_DIGIT), place + 2
    elif sign == "$":
        return LAST, place + 1
    elif "0" <= sign <= "9":
        return _digit(1 << int(sign)), place + 1
    raise ValueError(f"expected a pattern of digits, found {pattern[place:]!r} in {pattern!r}")


def _class(inside: str) -> int:
    which = place = 0
    while place < len(inside):
        first = last = int(inside[place])
        if inside[place + 1 : place + 2] == "-":
            last = int(inside[place + 2])
            place += 2
        for digit in range(first, last + 1):
            which |= 1 << digit
        place += 1
    return which
