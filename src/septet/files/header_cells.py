"""Header cells: whether the cells where column names should be are values, in a file without a header."""

from __future__ import annotations

import re

from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: What to do where there is no header, or where it is in another line.
WAYS_OUT = (
    "if the file has no header, --no-header (header_line=0) names its columns 1, 2, 3 and so on; "
    "if it stands further down, --header-line N (header_line=N) says where"
)

_PHONE_NUMBER = re.compile(r"(?:\+|00?)?\d(?:[\s./()-]?\d){7,13}\d")
# A name with this many characters and blanks may be a message.
_LONGEST_NAME, _MOST_BLANKS = 30, 3


def value_among(names: Iterable[str], known: bool) -> str | None:
    """The message about the first name that is really a telephone number or a message; None if there is none.

    `known` means that all wanted columns are among them.
    """
    for name in names:
        bare = name.strip().strip('"').strip()
        if what := _kind(bare, known):
            return f"holds {printable(bare, 40)!r}, {what}, where the name of a column should be: {WAYS_OUT}"
    return None


def _kind(name: str, known: bool) -> str | None:
    if _PHONE_NUMBER.fullmatch(name):
        digits = sum(character.isdigit() for character in name)
        if digits > 8 or name.startswith(("+", "0")):  # eight digits may be a day
            return "a telephone number"
    # The questions of a survey are names, too.
    long = len(name) > _LONGEST_NAME and name.count(" ") > _MOST_BLANKS
    return "a message" if long and not known and not name.endswith(("?", ":")) else None
