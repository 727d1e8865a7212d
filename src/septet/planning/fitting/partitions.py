"""Partitions: the fewest messages that hold a text, with as few segments as possible.

The bill of a message grows with its text, so among the messages that begin at one place only the longest
of each price has to be looked at. They are found layer by layer: how far one message can reach, how far
two, and so on. Among the places that a number of messages reach, a place that is further and costs no
more is better.
"""

from __future__ import annotations

from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    #: The bill of message number `number` if it holds the atoms from one to before another, as the last
    #: of the text's messages or not; 0 if that is more than a message may take.
    Bill = Callable[[int, int, int], int]

# Only so many of the furthest places are kept: others would be looked at only for their price.
_MOST_REACHED = 32


class _Reached(NamedTuple):
    """A place between two atoms that a number of messages reach, their bill, and the way there."""

    place: int
    billed: int
    before: _Reached | None


def fewest(
    number_of_atoms: int, bill: Bill, prices: Sequence[int], most: int, may_fall: bool
) -> tuple[tuple[int, ...], int] | None:
    """The places where the atoms are split, the last one included, and the whole bill.

    `prices` are the numbers of segments that one message may bill, from the least. None if `most`
    messages do not hold the text, or if a single atom does not fit. With `may_fall` a message may bill
    less for more text, so every length has to be tried.
    """
    reached = [_Reached(0, 0, None)]
    for number in range(1, most + 1):
        further: dict[int, _Reached] = {}
        for one in reached:
            for place, billed in _reach(one.place, number_of_atoms, number, bill, prices, may_fall):
                best = further.get(place)
                if best is None or one.billed + billed < best.billed:
                    further[place] = _Reached(place, one.billed + billed, one)
        if number_of_atoms in further:
            end = further[number_of_atoms]
            return tuple(_way(end)), end.billed
        reached = _worthwhile(further.values())
        if not reached:
            return None
    return None


def _reach(
    start: int, end: int, number: int, bill: Bill, prices: Sequence[int], may_fall: bool
) -> Iterator[tuple[int, int]]:
    """How far a message that begins at a place can reach, for each price that it may have."""
    furthest = start
    for price in prices:
        place = _furthest(start, max(furthest, start + 1), end, number, bill, price, may_fall)
        if place > furthest:
            furthest = place
            yield place, bill(number, start, place)
        if place == end:
            break


def _furthest(start: int, least: int, end: int, number: int, bill: Bill, price: int, may_fall: bool) -> int:
    """The last place up to which a message bills no more than a price; `start` if there is none."""

    def fits(place: int) -> bool:
        return 0 < bill(number, start, place) <= price

    low, high, step = start, least, 1
    while high < end and fits(high):
        low, high, step = high, min(end, high + step), 2 * step
    if fits(high):
        return high
    if may_fall:
        # Looks for the last one that fits: a longer text may already hold what is otherwise added.
        beyond = min(end, 2 * high - start + 1)
        return next((place for place in range(beyond, start, -1) if fits(place)), start)
    while high - low > 1:
        middle = (low + high) // 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return low


def _worthwhile(reached: Iterable[_Reached]) -> list[_Reached]:
    """The places that are not beaten by a further one that costs as little, the furthest first."""
    found: list[_Reached] = []
    for one in sorted(reached, key=lambda one: (-one.place, one.billed)):
        if not found or one.billed < found[-1].billed:
            found.append(one)
    return found[:_MOST_REACHED]


def _way(one: _Reached) -> list[int]:
    way: list[int] = []
    before: _Reached | None = one
    while before is not None and before.before is not None:
        way.append(before.place)
        before = before.before
    return way[::-1]
