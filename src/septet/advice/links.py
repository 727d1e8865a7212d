"""Links: the addresses of a text, on the web and of mail, which a change would lead elsewhere."""

from __future__ import annotations

import re
from typing import NamedTuple

# An address on the web or of mail, up to its last letter or digit; a change in it would lead
# elsewhere. Without https:// or www. it has a path, or one of the ends that most have: a dot alone may
# be a full stop with no blank behind it. Each begins where a word does, so that the work is linear.
_WORD = r"[\w\u0300-\u036f-]"
_LINK = re.compile(
    rf"""
    (?<![\w\u0300-\u036f.+%-]) (?:{_WORD}|[.+%])++ @ {_WORD}++ (?:\.{_WORD}++)+
    | (?:
        (?i:https?://|www\.) [^\s/?#]*
        | (?<![\w\u0300-\u036f.@-]) (?:{_WORD}++\.)+
          (?: [^\W\d_]{{2,}} (?::\d+)? (?=[/?\#]) | (?:[a-z]{{2}}|com|net|org|info) (?!{_WORD}|@|\.\w) )
    ) (?P<path>(?:[/?\#]\S*)?)
    """,
    re.VERBOSE,
)


class Link(NamedTuple):
    """An address at ``text[start:end]``; what may be escaped begins at `path`, and may be nothing."""

    start: int
    path: int
    end: int


def links_in(text: str) -> list[Link]:
    """The addresses of a text, in their order."""
    return [Link(match.start(), _path(match), _end(match)) for match in _LINK.finditer(text)]


def _path(link: re.Match[str]) -> int:
    """Where the path begins; an address of mail has none."""
    return link.start("path") if link["path"] is not None else link.end()


def _end(link: re.Match[str]) -> int:
    end = link.end()
    while end > link.start() and not link.string[end - 1].isalnum() and link.string[end - 1] not in "/=_-":
        end -= 1
    return end
