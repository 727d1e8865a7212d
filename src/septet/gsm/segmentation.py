"""Segments: the capacity of one, and the places where a text is cut into several.

Capacities follow from the 140 octets of user data in one short message (TS 23.040, 9.2.3.24)
less the header that joins several into one message (9.2.3.24.1 and 9.2.3.24.8).
"""

from __future__ import annotations

from .unicode_text import cluster_ends, last_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from septet._kernel import Weights

#: TS 23.040, 9.2.3.24: the octets of TP-User-Data.
USER_DATA_OCTETS = 140

#: TS 23.040, 9.2.3.24.1: the segments of one message are numbered in one octet.
MOST_SEGMENTS = 255

#: The header's octets, its own length among them, by the width of the message's reference number:
#: information element 0x00 (9.2.3.24.1) and 0x08 (9.2.3.24.8).
HEADER_OCTETS = {"8-bit": 6, "16-bit": 7, "none": 0}

#: TS 23.040, 9.2.3.24.15 and 9.2.3.24.16: the octets that a national table adds to the header (identifier,
#: length, language).
SHIFT_OCTETS = 3

#: The usual names of the encodings.
ENCODING_NAMES = {"gsm7": "GSM-7", "ucs2": "UCS-2", "latin1": "Latin-1", "utf8": "UTF-8"}

#: The bits of one unit: a septet, a UTF-16 code unit, an octet.
UNIT_BITS = {"gsm7": 7, "ucs2": 16, "latin1": 8, "utf8": 8}


def header_octets(reference: str | None, shifts: int = 0, further: int = 0) -> int:
    """The octets of the header that a segment needs, its own length among them; 0 for none.

    `reference` is the width of the message's reference number if it has several segments, ``"none"``
    if each of them is a message of its own, None if it has one; `shifts` is the number of national
    tables in use, `further` the octets of all other information elements that each segment has.
    """
    elements = SHIFT_OCTETS * shifts + further
    own = (HEADER_OCTETS[reference] if reference else 0) or min(1, elements)
    return own + elements


def capacity(encoding: str, header: int = 0) -> int:
    """The whole units that fit into one segment with a header of so many octets."""
    return (USER_DATA_OCTETS - header) * 8 // UNIT_BITS[encoding]


# Runs of characters that never join a cluster with each other, except CR before LF (UAX #29, GB3 to
# GB13: they have no combining, prepended or Hangul character, no regional indicator and no zero width
# joiner; pictographs only join each other by a joiner, and Indic consonants by a combining mark).
_APART = (
    *(("\0", "\u02ff"), ("\u0370", "\u0482"), ("\u048a", "\u0590"), ("\u05d0", "\u05ea")),
    *(("\u0620", "\u064a"), ("\u0660", "\u066f"), ("\u0671", "\u06d5"), ("\u0904", "\u0939")),
    *(("\u0e01", "\u0e30"), ("\u1e00", "\u1fff"), ("\u2010", "\u2064"), ("\u2070", "\u20c0")),
    *(("\u2100", "\u2bff"), ("\u2e80", "\u3029"), ("\u3030", "\u3098"), ("\u309b", "\ua48c")),
    *(("\ue000", "\uf8ff"), ("\uff01", "\uff9d"), ("\U0001f000", "\U0001f1e5")),
    *(("\U0001f200", "\U0001f3fa"), ("\U0001f400", "\U0001faff")),
)


def grapheme_boundary(text: str, place: int, known: int = 0) -> int:
    """The last grapheme cluster boundary of the text at or before `place`.

    It is not before `known`, which is a boundary. Looks back only as far as the next place that is
    certainly a boundary.
    """
    if place <= known or place >= len(text):
        return max(known, min(place, len(text)))
    first = max(known, place - _STEPS)
    # Between two characters that never join is a boundary. The one after the place is included: it shows
    # whether a cluster continues.
    sure = _joins().codes(text[first : place + 1]).rfind(_TWO_APART)
    if sure >= 0:
        start = first + sure + 1
        if start == place:
            return place
    else:
        start, in_doubt = first, _in_doubt().search
        if place - known <= _WINDOW:
            start = known  # looking at all of it is as quick
        while start > known and in_doubt(text, start - 1, start + 1):
            start -= 1
    if place - start < _WINDOW:
        return start + last_start(text[start : place + 1])
    boundary = start
    for begin, end in clusters(text, start, place + 1):
        if end > place:
            return begin if begin < place else place
        boundary = end
    return boundary


# How many characters are looked at together; enough for almost every cluster.
_WINDOW = 256
# And how many are looked at before.
_STEPS = 16
_TWO_APART = b"\1\1"


def clusters(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The grapheme clusters of ``text[start:stop]``, as places; `start` is a boundary.

    Goes window by window, because a flag is found by counting back through all flags before it.
    """
    size = _WINDOW
    while start < stop:
        window = text[start : min(stop, start + size)]
        if "\r\n" in window or holds_joining(window):
            found = cluster_ends(window)
        else:
            found = [*range(1, len(window) + 1)]
        # The last one may continue after the window, unless the text ends there.
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


_made: tuple[re.Pattern[str], re.Pattern[str]] | None = None


def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern of a character that may join a cluster, and one found in two without a sure boundary.

    Both are set at once, as another thread may call this meanwhile.
    """
    global _made
    if _made is None:
        import re

        joining = "[^" + "".join(f"{first}-{last}" for first, last in _APART) + "]"
        _made = re.compile(joining), re.compile(f"{joining}|\r\n")
    return _made


def _in_doubt() -> re.Pattern[str]:
    """A pattern that is found in two characters if there may be no boundary between them."""
    return _patterns()[1]


_marks: Weights | None = None


def _joins() -> Weights:
    """The code 1 for characters that never join a cluster, 2 for others and for a line feed."""
    global _marks
    if _marks is None:
        from septet._kernel import Weights

        _marks = Weights({**joining_codes(2), ord("\n"): 2}, 1, 2)
    return _marks


def holds_joining(text: str) -> bool:
    """Whether a text has a character that may join a grapheme cluster with another."""
    return _patterns()[0].search(text) is not None


def joining_codes(code: int) -> dict[int, int]:
    """Maps characters up to U+FFFF that may join a cluster to this code, those above that may not to 1."""
    codes: dict[int, int] = {}
    behind = 0
    for first, last in ((ord(first), ord(last)) for first, last in _APART):
        if first <= 0xFFFF:
            codes.update(dict.fromkeys(range(behind, first), code))
            behind = last + 1
        else:
            codes.update(dict.fromkeys(range(first, last + 1), 1))
    codes.update(dict.fromkeys(range(behind, 0x10000), code))
    return codes


def cluster_starts(text: str, weights: Weights, size: int) -> list[int]:
    """Where each segment of `size` units starts when no grapheme cluster may be cut.

    A cluster that is longer than a segment begins one, and is cut by characters. CR before LF shows
    nothing, so it is not a cluster to keep whole. Only looks for clusters where a segment ends.
    """
    apart = _joins().codes(text)
    starts = [0]
    start = behind = 0  # of the segment; and the end of a cluster that is longer than one, once found
    while True:
        end = start + max(1, weights.prefix(text[start : start + size + 1], size))
        if end >= len(text):
            return starts
        # Between two characters that never join is a boundary, as for most ends.
        is_sure = apart.startswith(_TWO_APART, end - 1)
        if end > behind and not is_sure and text[end - 1 : end + 1] != "\r\n":
            known = max(start, behind)
            boundary = grapheme_boundary(text, end, known)
            if boundary > start:
                end = boundary
            else:
                behind = next(clusters(text, known, len(text)))[1]
        starts.append(end)
        start = end


def word_starts(text: str, weights: Weights, size: int, split_at: str) -> list[int]:
    """Where each segment of `size` units starts if segments end beside a character of `split_at`.

    Each ends as late as possible, before or after such a character. A word that is longer than a segment
    begins one, and is cut by characters.
    """
    # All of them are looked for as one.
    mark, marked = split_at[0], text
    for other in split_at[1:]:
        marked = marked.replace(other, mark)
    starts = [0]
    start = 0
    while True:
        end = start + max(1, weights.prefix(text[start : start + size + 1], size))
        if end >= len(text):
            return starts
        if marked[end] != mark:
            # After the last one; if there is none, the whole segment is one word.
            end = marked.rfind(mark, start, end) + 1 or end
        starts.append(end)
        start = end
