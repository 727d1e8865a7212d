"""Segments: how much one holds, and where a text is cut into several.

Capacities follow from the 140 octets of user data in one short message (TS 23.040, 9.2.3.24)
less the header that joins several into one message (9.2.3.24.1 and 9.2.3.24.8).
"""

from __future__ import annotations

from .unicode_text import cluster_ends

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

#: TS 23.040, 9.2.3.24: the octets of TP-User-Data.
USER_DATA_OCTETS = 140

#: TS 23.040, 9.2.3.24.1: the segments of one message are numbered in one octet.
MOST_SEGMENTS = 255

#: The header's octets, its own length among them, by the width of the message's reference number:
#: information element 0x00 (9.2.3.24.1) and 0x08 (9.2.3.24.8).
HEADER_OCTETS = {"8-bit": 6, "16-bit": 7}

#: TS 23.040, 9.2.3.24.15 and 9.2.3.24.16: what a national table adds to the header (identifier,
#: length, language).
SHIFT_OCTETS = 3

#: What people call the encodings.
ENCODING_NAMES = {"gsm7": "GSM-7", "ucs2": "UCS-2", "latin1": "Latin-1"}

#: The bits of one unit: a septet, a UTF-16 code unit, an octet.
UNIT_BITS = {"gsm7": 7, "ucs2": 16, "latin1": 8}


def header_octets(reference: str | None, shifts: int = 0, further: int = 0) -> int:
    """The octets of the header that a segment needs, its own length among them; 0 for none.

    `reference` is the width of the message's reference number where it has several segments,
    None where it has one; `shifts` is the number of national tables in use, `further` the octets of
    whatever other information elements are sent with each segment.
    """
    elements = SHIFT_OCTETS * shifts + further
    own = HEADER_OCTETS[reference] if reference else min(1, elements)
    return own + elements


def capacity(encoding: str, header: int = 0) -> int:
    """The whole units that fit into one segment beside a header of so many octets."""
    return (USER_DATA_OCTETS - header) * 8 // UNIT_BITS[encoding]


# Runs of characters that never join a cluster with each other, but for CR before LF (UAX #29,
# GB3 to GB13: no combining, joining, prepended or Hangul character is in them).
_APART = (("\0", "\u02ff"), ("\u0370", "\u0482"), ("\u20a0", "\u20bf"), ("\u4e00", "\u9fff"))


def grapheme_boundary(text: str, place: int) -> int:
    """The last grapheme cluster boundary of the text at or before `place`.

    Looks back only as far as the next place that is certainly a boundary.
    """
    if place <= 0 or place >= len(text):
        return max(0, min(place, len(text)))
    start = place
    while start > 0 and not _certain_boundary(text, start):
        start -= 1
    if start == place:
        return place
    boundary = start
    # The character behind the place is taken along: it says whether a cluster goes on.
    for begin, end in clusters(text, start, place + 1):
        if end > place:
            return begin if begin < place else place
        boundary = end
    return boundary


# How many characters are looked at together; long enough for almost every cluster.
_WINDOW = 256


def clusters(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The grapheme clusters of ``text[start:stop]``, as places; `start` is a boundary.

    Goes window by window, because a flag is found by counting back through all flags before it.
    """
    size = _WINDOW
    while start < stop:
        window = text[start : min(stop, start + size)]
        found = cluster_ends(window)
        # The last one may go on behind the window, unless that ends the text.
        if start + len(window) < stop:
            found.pop()
            if not found:
                size *= 2
                continue
        begin = 0
        for end in found:
            yield start + begin, start + end
            begin = end
        start += begin
        size = _WINDOW


def _certain_boundary(text: str, place: int) -> bool:
    before, behind = text[place - 1], text[place]
    return stands_apart(before) and stands_apart(behind) and not (before == "\r" and behind == "\n")


def stands_apart(character: str) -> bool:
    """Whether a character certainly joins no grapheme cluster with another, but for CR before LF."""
    return any(first <= character <= last for first, last in _APART)


_JOINING: list[re.Pattern[str]] = []


def holds_joining(text: str) -> bool:
    """Whether a text has a character that may join a grapheme cluster with another."""
    if not _JOINING:
        import re

        _JOINING.append(re.compile("[^" + "".join(f"{first}-{last}" for first, last in _APART) + "]"))
    return _JOINING[0].search(text) is not None


def cluster_starts(text: str, units: Callable[[str], int], size: int) -> list[int]:
    """Where each segment of `size` units starts when no grapheme cluster may be cut.

    A cluster that is longer than a segment is cut by characters. CR before LF shows nothing, and
    is no cluster to keep whole.
    """
    starts, used = [0], 0
    for begin, end in _visible_clusters(text):
        cost = units(text[begin:end])
        if used + cost > size and used:
            starts.append(begin)
            used = 0
        if cost <= size:
            used += cost
            continue
        for place in range(begin, end):
            cost = units(text[place])
            if used + cost > size:
                starts.append(place)
                used = 0
            used += cost
    return starts


def _visible_clusters(text: str) -> Iterator[tuple[int, int]]:
    for begin, end in clusters(text, 0, len(text)):
        if end - begin == 2 and text[begin] == "\r":
            yield begin, begin + 1
            begin += 1
        yield begin, end
