"""Signs: which rows of a column hold something worth a closer look, read off the octets of all at once.

Each question lets through all rows that matter and few others, in a few passes of numpy; patterns
and plans are for the rows that are left. What is no UTF-8 gets some answer.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from septet.planning.misreadings import FOLLOWERS, LEADS
from septet.planning.things import gates

from .text_columns import matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import pyarrow as pa

    from .text_columns import Column

    Array = np.ndarray[Any, Any]


def _octets(column: Column) -> tuple[Array, Array]:
    """The octets of a column, and where in them each row begins and the last one ends."""
    import numpy as np

    offsets = np.asarray(column.offsets[: column.rows + 1])
    start, end = int(offsets[0]), int(offsets[-1])
    return np.frombuffer(column.data, np.uint8)[start:end], offsets - start if start else offsets


# Octets and rows that are gone through at once: what is made of so many stays in the processor's caches, and
# is no memory that the system gives and takes back each time.
_OCTETS, _ROWS = 3 << 15, 1 << 13


def _pairs(octets: Array, offsets: Array, kinds: Sequence[tuple[int, int, np.ufunc, int]]) -> Array:
    """The places of some octets, each with another so far behind it in its row that compares so."""
    import numpy as np

    step = max(1, _OCTETS * (offsets.size - 1) // max(1, octets.size))
    bounds = [*offsets[:-1:step].tolist(), int(offsets[-1])]
    room = max(end - start for start, end in pairwise(bounds)) if octets.size else 0
    met, more, compared = (np.empty(room, bool) for _ in range(3))
    found = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        met[max(0, end - start - kinds[0][1]) :] = False
        for octet, by, compare, value in kinds:
            here, behind = octets[start : max(start, end - by)], octets[start + by : end]
            is_it, is_behind = (more if octet != kinds[0][0] else met)[: here.size], compared[: here.size]
            np.equal(here, octet, out=is_it)
            if is_it.any():
                compare(behind, value, out=is_behind)
                is_it &= is_behind
                if octet != kinds[0][0]:
                    met[: here.size] |= is_it
        if end > start:
            # Behind the last one stands the next row; most texts end with a full stop.
            met[offsets[number * step + 1 : (number + 1) * step + 1] - (start + 1)] = False
            found.append(np.flatnonzero(met) + start)
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _rows_at(places: Array, offsets: Array) -> Array:
    """For each row whether one of the places is in it."""
    import numpy as np

    found = np.zeros(offsets.size - 1, bool)
    found[np.searchsorted(offsets, places, "right") - 1] = True
    return found


def _table(octets: Iterable[int], value: int = 1) -> Array:
    import numpy as np

    table = np.zeros(256, np.uint8)
    table[list(octets)] = value
    return table


# White space in UTF-8: beyond ASCII it has two octets or three.
_BLANKS = [chr(c).encode() for c in range(0x3001) if chr(c).isspace()]
_ASCII_BLANKS = b"".join(blank for blank in _BLANKS if len(blank) == 1)
_LONG_BLANKS = [blank for blank in _BLANKS if len(blank) > 1]
_IS_BLANK, _MAY_BE_BLANK = 1, 2


def with_outer_blanks(column: Column) -> Array:
    """Which rows begin or end with a blank, as `outer_blanks` has them."""
    import numpy as np

    octets, offsets = _octets(column)
    found = np.zeros(column.rows, bool)
    if not octets.size:
        return found
    closer: dict[int, list[Array]] = {0: [], -1: []}
    for start in range(0, column.rows, _ROWS):
        bounds = offsets[start : start + _ROWS + 1].astype(np.int64)
        for at, places in ((0, bounds[:-1]), (-1, bounds[1:] - 1)):
            edges = _edges(at).take(octets.take(places, mode="clip"))
            found[start : start + _ROWS] |= edges == _IS_BLANK
            closer[at].append(np.flatnonzero(edges == _MAY_BE_BLANK) + start)
    for at, parts in closer.items():
        chosen = np.concatenate(parts)
        if chosen.size:
            places = offsets[chosen] if at == 0 else offsets[chosen + 1] - 1
            found[chosen[_is_long_blank(octets, places, at)]] = True
    # A row of nothing begins and ends in its neighbours.
    found &= offsets[1:] > offsets[:-1]
    return found


@lru_cache(maxsize=2)
def _edges(at: int) -> Array:
    """By octet, whether it is a blank, or begins (`at` 0) or ends (-1) one."""
    return _table(_ASCII_BLANKS, _IS_BLANK) | _table({blank[at] for blank in _LONG_BLANKS}, _MAY_BE_BLANK)


def _is_long_blank(octets: Array, places: Array, at: int) -> Array:
    """Whether blanks beyond ASCII begin (`at` 0) or end (-1) at these places."""
    import numpy as np

    # `é` ends with the octet that U+2029 does, but not with the two.
    beside = octets.take(places + (1 if at == 0 else -1), mode="clip")
    left = np.flatnonzero(_table(blank[1 if at == 0 else -2] for blank in _LONG_BLANKS).take(beside))
    found = np.zeros(places.size, bool)
    for length in {len(blank) for blank in _LONG_BLANKS} if left.size else ():
        first = places[left].astype(np.int64) - (0 if at == 0 else length - 1)
        codes = np.zeros(left.size, np.int64)
        for by in range(length):
            codes = codes << 8 | octets.take(first + by, mode="clip")
        wanted = [int.from_bytes(blank) for blank in _LONG_BLANKS if len(blank) == length]
        found[left] |= np.isin(codes, wanted)
    return found


# A lead of a garbled sequence is a letter of Latin-1; in UTF-8 each has this octet and one of those. So
# have followers.
_FIRST_OF_A_LEAD = 0xC3
_SECOND_OF_A_LEAD = {lead.encode()[1] for lead in LEADS}
_FIRST_OF_A_FOLLOWER = {follower.encode()[0] for follower in FOLLOWERS}


def with_follower(column: Column) -> Array:
    """Which rows hold a lead of a garbled sequence, with what may be a follower behind it."""
    import numpy as np

    octets, offsets = _octets(column)
    places = _pairs(octets, offsets, [(_FIRST_OF_A_LEAD, 2, np.greater_equal, min(_FIRST_OF_A_FOLLOWER))])
    for behind, wanted in ((1, _SECOND_OF_A_LEAD), (2, _FIRST_OF_A_FOLLOWER)):
        places = places[_table(wanted).take(octets[places + behind]) != 0]
    return _rows_at(places, offsets)


# Characters of hosts as octets: ASCII letters, and what is beyond ASCII.
_LETTERS = {*b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", *range(0x80, 0x100)}
# Of what stands behind a sign of a link: what ends its word; what no link of Latin letters has, the first
# octets of emoji and of letters of other scripts among it; brackets, and what may follow them: letters, or
# another brace, since a field of two may hold blanks.
_END, _STRANGE, _BRACKET, _BEHIND_BRACKET = 1, 2, 4, 8
_NEAR = 32


def with_glued_links(column: Column) -> Array:
    """Which rows may hold a link that goes on without a blank, as `links.glued` finds them.

    A link has `://`, or a dot between characters of hosts: two letters behind it, or `www` before it.
    """
    import numpy as np

    octets, offsets = _octets(column)
    places = _pairs(
        octets, offsets, [(ord("."), 1, np.greater_equal, ord("0")), (ord("/"), 1, np.equal, ord("/"))]
    )
    if places.size:
        places = places[_is_of_a_link(octets, places)]
    if places.size:
        places = places[_goes_on(octets, places)]
    return _rows_at(places, offsets)


def _is_of_a_link(octets: Array, places: Array) -> Array:
    letters = _table(_LETTERS)
    before, behind, second = (octets.take(places + by, mode="clip") for by in (-1, 1, 2))
    is_host: Array = (letters.take(behind) & letters.take(second)) != 0
    is_host &= (before > ord(" ")) & (before != ord("."))
    is_host |= (before | 0x20) == ord("w")
    is_slash = octets.take(places) == ord("/")
    is_host[is_slash] = before[is_slash] == ord(":")
    return is_host


def _goes_on(octets: Array, places: Array) -> Array:
    """Whether something strange stands in the same word; true of long words."""
    import numpy as np

    kinds = _table(_ASCII_BLANKS, _END) | _table((0xC2, *range(0xCD, 0x100)), _STRANGE)
    kinds |= _table(b"()[]{}", _BRACKET) | _table((*b"0123456789{", *_LETTERS), _BEHIND_BRACKET)
    padded = np.concatenate((octets, np.full(_NEAR + 2, ord(" "), np.uint8)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _NEAR + 1)
    found = np.empty(places.size, bool)
    for first in range(0, places.size, _ROWS):
        words = kinds.take(windows[places[first : first + _ROWS] + 1])
        strange = (words[:, :-1] & _BRACKET != 0) & (words[:, 1:] & _BEHIND_BRACKET != 0)
        strange |= words[:, :-1] & _STRANGE != 0
        # A bit for each octet; those before the first end are in the word.
        ends, met = (
            np.packbits(bits, axis=1, bitorder="little").view("<u4")[:, 0]
            for bits in (words[:, :-1] & _END, strange)
        )
        found[first : first + _ROWS] = (met & ((ends & -ends) - 1) != 0) | (ends == 0)
    return found


def of_blanks_alone(texts: pa.Array, chosen: Array) -> Array:
    """Which of the chosen rows, which are measured, hold nothing but blanks."""
    return matching(texts, chosen, gates.BLANKS_ALONE)


def with_padding(texts: pa.Array, column: Column, measured: Array) -> Array:
    """Which of the measured rows hold what a padded value leaves, as `padding` has it."""
    import numpy as np

    offsets = np.asarray(column.offsets[: column.rows + 1])
    start, end = int(offsets[0]), int(offsets[-1])
    places = []
    for first in (start, start + 1):
        # Two octets at once are half as many to look at.
        pairs = np.ndarray(max(0, end - first) // 2, "<u2", column.data, first) if end > first else None
        if pairs is not None and (doubled := pairs == _TWO_BLANKS).any():
            places.append(np.flatnonzero(doubled) * 2 + first)
    if not places:
        return np.zeros(column.rows, bool)
    return matching(texts, _rows_at(np.concatenate(places), offsets) & measured, gates.PADDING)


_TWO_BLANKS = 0x2020
