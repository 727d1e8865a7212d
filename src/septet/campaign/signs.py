"""Signs: which rows of a column need a closer look, from the octets of all rows at once.

The kernel marks the rows that hold certain pairs of octets, in one pass. All rows that matter get a mark,
and few others do; patterns and plans examine these. A row that is not UTF-8 gets any marks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from septet import _kernel
from septet.planning.misreadings import FOLLOWERS, LEADS
from septet.planning.things import gates
from septet.planning.things.codes import STEMS

from .text_columns import matching

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from .text_columns import Column

    Array = np.ndarray[Any, Any]

_DIGITS, _LETTERS = b"0123456789", b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FRACTIONS = b"\xbc\xbd\xbe"  # their last octets
_BRACKETS = b"()[]{}"
_BEYOND = bytes(range(0x80, 0x100))
_CONTINUING = bytes(range(0x80, 0xC0))
# The lead of a garbled sequence is a letter of Latin-1; in UTF-8 each has a first octet and one of those
# last octets. So do followers.
_SECOND_OF_A_LEAD = bytes({lead.encode()[1] for lead in LEADS})
_FIRST_OF_A_FOLLOWER = bytes({follower.encode()[0] for follower in FOLLOWERS})

# Links have `://`, or a dot before a letter or a digit. Letters beyond ASCII are those of `signs.WORD`, and
# two that match s and k where case is ignored.
_OF_LINKS = ((b"/", b"/"), (b".", _DIGITS + _LETTERS + b"_" + bytes(range(0xC3, 0xCE)) + b"\xe1\xe2"))
# In the word of a link: a bracket and a letter, or two braces, since a field may hold blanks; emoji and
# letters of other scripts (`links.glued`), by octets with which only these begin.
_GLUE = (
    (_BRACKETS, _DIGITS + _LETTERS + b"{" + _BEYOND),
    (b"\xc2", bytes(range(0x80, 0xA0)) + b"\xa9\xae"),
    (bytes({*range(0xCD, 0xF8)} - {0xE2}), _CONTINUING),
    (b"\xe2", bytes({*_CONTINUING} - {0x80, 0x82})),
    (b"\x80", b"\xbc"),
)
# The beginnings of an entity or a tag.
_OF_ENTITIES = ((b"&", _LETTERS + b"#"),)
_OF_TAGS = ((b"<", _LETTERS + b"/!"),)
_DOUBLED = ((b" ", b" "),)
# The beginnings of a field that may hold blanks.
_OF_FIELDS = ((b"{[(<", b"{%[( "),)
_GARBLED = ((_SECOND_OF_A_LEAD, _FIRST_OF_A_FOLLOWER),)
_GROUPS = (_GLUE, _OF_ENTITIES, _OF_TAGS, _DOUBLED, _GARBLED, _OF_FIELDS)
_BITS = [((1 << len(group)) - 1) << sum(map(len, _GROUPS[:place])) for place, group in enumerate(_GROUPS)]
#: A link may continue without a blank; an entity of HTML may begin, or a tag; there are two blanks
#: together; a lead of a garbled sequence may have a follower after it; there may be a field that holds
#: blanks.
GLUED, ENTITY, TAG, DOUBLED, GARBLED, FIELD = _BITS
#: There may be a blank at the beginning, or at the end.
OPENING, CLOSING = 0x4000, 0x8000
#: A row with blanks at an end, or with a padded value, has one of these marks.
OF_BLANKS = OPENING | CLOSING | DOUBLED

# White space in UTF-8: beyond ASCII it has two octets or three.
#: The blanks around a text: white space, as in Python.
BLANKS = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_BLANKS = [blank.encode() for blank in BLANKS]
_ASCII_BLANKS = b"".join(blank for blank in _BLANKS if len(blank) == 1)
_LONG_BLANKS = [blank for blank in _BLANKS if len(blank) > 1]


#: The signs near a changed character that belongs to a thing, as the kernel looks for them: before it in
#: its word, after it, and after it but not at the end; at the end of the word before, if the name of a code
#: is there; and in the word before if the character is an apostrophe (`3 d’avril`, `10 o’clock`). A slash
#: is between an amount and its unit (`10 € / m²`).
NEAR = (
    *(_DIGITS + _FRACTIONS + b".:/=@#%$*{<[(~", _DIGITS + b"@", b".:/", b":=\"'\xab\x9c\x9e", b"dDoO"),
    _DIGITS + _FRACTIONS + b"/",
    # Case is ignored, so that some letters beyond ASCII match s, k and i.
    tuple(sorted({way.encode().lower() for stem in STEMS for way in (stem, stem.upper())}))
    + tuple(letter.encode() for letter in "\u017f\u212a\u0130\u0131"),
)


@lru_cache(maxsize=1)
def pairs() -> _kernel.Pairs:
    """What the kernel marks rows with."""
    found = tuple(pair for group in _GROUPS for pair in group)
    opening, closing = (bytes({blank[at] for blank in _BLANKS}) for at in (0, -1))
    return _kernel.Pairs(found, opening, closing, _OF_LINKS, GLUED)


def with_outer_blanks(column: Column, marks: Array | None = None, rows: Array | None = None) -> Array:
    """Which rows begin or end with one of `outer_blanks`; with `rows`, which of those."""
    import numpy as np

    offsets = np.asarray(column.offsets)[: column.rows + 1]
    starts, ends = (offsets[:-1], offsets[1:]) if rows is None else (offsets[rows], offsets[rows + 1])
    found = np.zeros(len(starts), bool)
    octets = np.frombuffer(column.data, np.uint8)
    if not octets.size:
        return found
    for mark, at in ((OPENING, 0), (CLOSING, -1)):
        chosen = _chosen(octets, starts, ends, at) if marks is None else np.flatnonzero(marks & mark)
        if chosen.size:
            places = starts[chosen] if at == 0 else ends[chosen] - 1
            is_blank = _table(_ASCII_BLANKS).take(octets.take(places))
            is_blank |= _is_long_blank(octets, places, at)
            found[chosen[is_blank]] = True
    return found


def _chosen(octets: Array, starts: Array, ends: Array, at: int) -> Array:
    """The rows whose first octet (`at` 0) or last one (-1) may be that of a blank; only this octet is looked
    at."""
    import numpy as np

    octet = octets.take(starts if at == 0 else ends - 1, mode="clip")
    return np.flatnonzero(((octet <= 0x20) | (octet >= 0x80)) & (ends > starts))


def _is_long_blank(octets: Array, places: Array, at: int) -> Array:
    """Whether blanks beyond ASCII begin (`at` 0) or end (-1) at these places."""
    import numpy as np

    # `é` ends with the last octet of U+2029, but not with its last two.
    beside = octets.take(places + (1 if at == 0 else -1), mode="clip")
    left = np.flatnonzero(_table(bytes(blank[1 if at == 0 else -2] for blank in _LONG_BLANKS)).take(beside))
    found = np.zeros(places.size, bool)
    for length in {len(blank) for blank in _LONG_BLANKS} if left.size else ():
        first = places[left].astype(np.int64) - (0 if at == 0 else length - 1)
        codes = np.zeros(left.size, np.int64)
        for by in range(length):
            codes = codes << 8 | octets.take(first + by, mode="clip")
        wanted = [int.from_bytes(blank) for blank in _LONG_BLANKS if len(blank) == length]
        found[left] |= np.isin(codes, wanted)
    return found


@lru_cache(maxsize=8)
def _table(octets: bytes) -> Array:
    """Which octets are among these."""
    import numpy as np

    table = np.zeros(256, bool)
    table[list(octets)] = True
    return table


# A class of that many characters takes a while to compile.
_LEAD_AND_FOLLOWER = re.compile(f"[{''.join(sorted(LEADS))}][{re.escape(''.join(sorted(FOLLOWERS)))}]")


def has_follower(text: str) -> bool:
    """Whether a text holds a lead of a garbled sequence with a possible follower after it."""
    return _LEAD_AND_FOLLOWER.search(text) is not None


def of_blanks_alone(texts: pa.Array, marks: Array, chosen: Array) -> Array:
    """Which of the chosen rows, all measured, hold only blanks."""
    both = OPENING | CLOSING
    return matching(texts, chosen & ((marks & both) == both), gates.BLANKS_ALONE)


def with_padding(texts: pa.Array, marks: Array, measured: Array) -> Array:
    """Which of the measured rows hold the blanks of a padded value, as in `padding`."""
    return matching(texts, ((marks & DOUBLED) != 0) & measured, gates.PADDING)
