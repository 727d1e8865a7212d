"""HTML that was left in a text: entities and tags that a phone shows as they are written."""

from __future__ import annotations

import re
from typing import NamedTuple

#: The tags that text editors leave.
TAGS = (
    "a|abbr|b|big|blockquote|body|br|center|code|del|div|em|font|h[1-6]|head|hr|html|i|img|ins|li|mark|meta|"
    "ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|tr|u|ul"
)
# The content of a tag is read once: up to the first equals sign, then up to the end.
_MARKUP = re.compile(
    rf"""
    &(?P<more>(?:amp;)*)(?P<entity>\#\d{{1,7}}|\#[xX][\da-fA-F]{{1,6}}|[A-Za-z][A-Za-z\d]{{1,31}});
    | </?(?P<tag>(?i:{TAGS}))(?:\s[^<>=]{{0,200}}+=[^<>]{{0,2000}}+)?\s*/?>
    | <!--(?P<comment>)[^<>]{{0,200}}-->
    """,
    re.VERBOSE,
)
_BREAKS = ("br", "hr", "p", "div", "li", "tr")


class Markup(NamedTuple):
    """``text[start:end]``, an entity or a tag."""

    start: int
    end: int
    #: What was meant: the character of an entity, a line break, or nothing.
    meant: str


def markup_in(text: str) -> tuple[Markup, ...]:
    """The entities and tags of a text, in their order.

    ``AT&T & Co``, ``a < b`` and ``<#>`` are not markup; neither is an ``&name;`` that HTML does not know.
    """
    if ("&" not in text or ";" not in text) and ("<" not in text or ">" not in text):
        return ()
    found = []
    for match in _MARKUP.finditer(text):
        meant = _character(match["entity"]) if match["entity"] else _break(match)
        if meant is not None:
            found.append(Markup(*match.span(), meant))
    return tuple(found)


def _character(entity: str) -> str | None:
    """The character of an entity (HTML, 13.5); None for a name or a number that has none."""
    from html import unescape

    written = f"&{entity};"
    meant = unescape(written)
    if meant in (written, "\ufffd") or not (meant.isprintable() or meant.isspace()):
        return None
    return meant


def _break(match: re.Match[str]) -> str:
    """A line break for what separates lines; in a pair of tags it is the closing one that does."""
    tag = (match["tag"] or "").lower()
    opens = not match.group().startswith("</")
    return "\n" if tag in _BREAKS and (tag in ("br", "hr")) == opens else ""
