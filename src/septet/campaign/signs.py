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

from .text_columns import matching, view

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
#: There is a blank at the beginning, or at the end.
OPENING, CLOSING = 0x4000, 0x8000
#: A row with blanks at an end, or with a padded value, has one of these marks.
OF_BLANKS = OPENING | CLOSING | DOUBLED

#: The blanks around a text: white space, as in Python.
BLANKS = "".join(chr(c) for c in range(0x3001) if chr(c).isspace())


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
    return _kernel.Pairs(found, BLANKS, _OF_LINKS, GLUED)


@lru_cache(maxsize=1)
def of_ends() -> _kernel.Pairs:
    """The same for the blanks at the ends of rows alone."""
    return _kernel.Pairs((), BLANKS)


def with_outer_blanks(column: Column, marks: Array | None = None) -> Array:
    """Which rows begin or end with one of `outer_blanks`; `marks` are those of their signs, where these are
    known."""
    import numpy as np

    if marks is None:
        marks = np.empty(column.rows, np.uint16)
        of_ends().mark(column.data, column.offsets, column.rows, view(marks))
    found: Array = (marks & (OPENING | CLOSING)) != 0
    return found


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
