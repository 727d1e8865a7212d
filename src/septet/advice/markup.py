"""Markup: replacements for HTML in a text, so that nothing runs together and no link is lost."""

from __future__ import annotations

import re
from html import unescape

from septet.planning.things.markup import markup_in
from septet.planning.things.recognition import things

from .foldings import loss_of
from .ways import Way
from .whole import open_ends

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from septet.planning.things.markup import Markup

_ANCHOR = re.compile(r"<a\s[^<>]*?\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
# A number may have raised letters beside it, and a letter raised numbers: `1<sup>er</sup>`.
_RAISED = re.compile(r"</?su[bp]\b", re.IGNORECASE)
_CELL = re.compile(r"</?(?:td|th)\b", re.IGNORECASE)
# Link targets that a phone knows without a scheme.
_SCHEMES = re.compile(r"(?:mailto|tel|sms):", re.IGNORECASE)
_SHOWN = re.compile(r"https?://|www\.|mailto:|tel:|sms:", re.IGNORECASE)
# A link ends before these.
_PUNCTUATION = ".,;:!?)]}'\""
_CLOSING = re.compile(r"[.,;:!?)\]}'\"]*")


def markup_ways(text: str) -> list[Way]:
    """The ways to write what the entities and tags of a text mean.

    Where a tag is left out, a blank goes before what would become a part of a link or a number, and
    between the cells of a table; the address of an anchor comes after its words.
    """
    found = markup_in(text)
    if not found:
        return []
    meant = [markup.meant for markup in found]
    _with_addresses(text, found, meant)
    ends = frozenset(_ends(text)) if "" in meant else frozenset[int]()
    number = 0
    while number < len(found):
        behind = number + 1
        while behind < len(found) and found[behind].start == found[behind - 1].end:
            behind += 1
        if not any(meant[number:behind]) and _would_join(text, found[number:behind], ends):
            meant[number] = " "
        number = behind
    return list(_ways(text, found, meant))


def _with_addresses(text: str, found: Sequence[Markup], meant: list[str]) -> None:
    """Adds the addresses of anchors after their words, unless they are already there."""
    opened: tuple[int, str] | None = None
    for number, (start, end, _) in enumerate(found):
        tag = text[start:end]
        anchor = _ANCHOR.match(tag)
        if anchor is not None:
            address = unescape(next(filter(None, anchor.groups()), "")).strip()
            opened = (number, address) if _SHOWN.match(address) else None
            if opened is not None:
                meant[number] = _SCHEMES.sub("", address) + " "  # if nothing closes it
        elif opened is not None and tag.lower().startswith("</a"):
            begun, address = opened
            words = unescape(text[found[begun].end : start])
            meant[begun] = ""
            shown = _SCHEMES.sub("", address)
            if _bare(shown) not in _bare(words):
                apart = "" if not words.strip() or words[-1].isspace() else " "
                behind = "" if text[end : end + 1] in ("", " ", "\n", *_PUNCTUATION) else " "
                meant[number] = f"{apart}{shown}{behind}"
            opened = None


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/$|\s", "", address.strip().lower())


def _ends(text: str) -> Iterator[int]:
    """The places where following text would become a part of a link or of a code."""
    for end in open_ends(text, things(text)):
        closing = _CLOSING.match(text, end)
        yield from (end, end if closing is None else closing.end())


def _would_join(text: str, run: Sequence[Markup], ends: frozenset[int]) -> bool:
    """Whether the text before and after tags would be one word, number or link without them."""
    start, end = run[0].start, run[-1].end
    left, right = text[start - 1 : start], text[end : end + 1]
    if not left or not right or left.isspace() or right.isspace():
        return False
    is_number = left.isdecimal() or right.isdecimal()
    if is_number and left.isalnum() and right.isalnum() and _RAISED.match(text, run[0].start) is None:
        return True
    if start in ends and right not in _PUNCTUATION:
        return True
    return any(_CELL.match(text, markup.start) for markup in run)


def _ways(text: str, found: Sequence[Markup], meant: Sequence[str]) -> Iterator[Way]:
    for (start, end, _), written in zip(found, meant, strict=True):
        yield Way(start, end, text[start:end], written, "markup", loss_of("markup"))
