"""Links and mail addresses: where they begin, and above all where they end."""

from __future__ import annotations

import re

from septet._tables import COUNTRIES
from septet.gsm.unicode_text import PICTOGRAPHS, search, search_all

from .signs import LATIN, STRANGE, WORD
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# A host without scheme, www. and path is only recognised by its last part: a dot may be a full stop
# with no blank after it.
_GENERIC = (
    "com|net|org|info|biz|edu|gov|mil|int|mobi|app|shop|store|online|site|link|page|club|cloud|"
    "dev|xyz|tech|website|space|live|news|blog|paris|bzh|alsace|corsica|berlin|amsterdam|istanbul"
)
# Short words are more often the first of a sentence after a full stop than the end of a host.
_SHORT_WORDS = {
    "al",
    "am",
    "as",
    "ba",
    "by",
    "do",
    "et",
    "il",
    "la",
    "mu",
    "my",
    "ne",
    "ni",
    "pa",
    "sa",
    "si",
    "so",
}
_NATIONAL = "|".join(sorted({code.lower() for code in COUNTRIES.split()} - _SHORT_WORDS | {"uk", "eu"}))
_IN_CAPITALS = "FR|BE|CH|LU|DE|AT|ES|PT|IT|NL|PL|UK|IE|EU"

# A link ends before these: blanks, quotation marks, brackets that no address has, the punctuation of
# Chinese and Japanese, characters without width, controls, surrogates without their pair.
_OUTSIDE = (
    r"\s<>\"\x00-\x1f\x7f“”„‟‘’‚‛«»‹›…\u200b\u200e\u200f\u2060\ufeff"
    r"\u3000-\u3003\u3008-\u3020\uff01\uff02\uff07-\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d\uff5b-\uff65"
    r"\ud800-\udfff"
)
# A field of two braces may hold blanks. A comma and another link after it are a list.
_BODY = rf"""
    (?: [^{_OUTSIDE}{{,;]++ | \{{\{{[^{{}}\n]{{0,60}}\}}\}} | (?![,;](?i:https?://|www\.)) [{{,;] )*+
"""
# Each part of the pattern begins at the start of a word, or is a few fixed letters: the work is linear.
_LINK = re.compile(
    rf"""
    (?: (?i:https?|ftp):// | (?<![{WORD}+.-]) [A-Za-z][A-Za-z0-9+.-]{{1,30}}+:// ) (?=[^{_OUTSIDE}]) {_BODY}
    | (?<![{WORD}.@-]) (?i:www)\.(?=[{WORD}]) {_BODY}
    | (?<![{WORD}.@%+-]) (?=[\w-]) (?:[{WORD}-]++\.){{1,8}}
      (?:
        (?<=[{WORD}-][{WORD}-]\.) (?:(?i:{_GENERIC})|{_NATIONAL}|{_IN_CAPITALS})
        (?::\d{{2,5}})? (?![{WORD}@]|-[{WORD}]|\.[a-z\d])
        (?:[/?\#] {_BODY})?
        | [A-Za-z]{{2,18}} (?::\d{{2,5}})? / {_BODY}
      )
    """,
    re.VERBOSE,
)
# The part before the `@` has these characters (RFC 5322, 3.2.3: atext, and the dot), except signs at its
# beginning that more often quote an address, stress it or separate it from another. Each run is read once,
# whether it is an address or not.
_SIGNS = r".!\#$%&'*+/=?^`{|}~\-"
_EMAIL = re.compile(
    rf"[.!\#&'*/=?`{{|}}\-]*+(?P<email>[{WORD}$%+^~][{WORD}{_SIGNS}]*+@[{WORD}-]++(?:\.[{WORD}-]*[{LATIN}\d])+)"
    rf"|[{WORD}{_SIGNS}]++"
)
_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_MARKS = ".,;:!?'*`"
_STRANGE = re.compile(f"[{STRANGE}]")
_EMOJI = f"[{PICTOGRAPHS}\ufe0f\u20e3]"
# An emoji, or a letter of another script right after a Latin letter or a digit. The micro sign and modifier
# letters have no script.
_FOREIGN = _EMOJI + r"|(?<=[\p{Script=Latin}\p{M}\p{N}])(?!\p{Script=Latin}|[\u00b5\u02b0-\u02ff])\p{L}"
_BRACKET = re.compile(r"[()\[\]{}][^\W\d_]")
_BEHIND = re.compile(r"[.,;:!?'*`]{0,3}+(?:(?P<bracket>[()\[\]{}（）【】「」［］](?=[^\W\d_]))|)")


def links(text: str) -> Iterator[Thing]:
    """The links of a text, each up to the last character that belongs to it."""
    for first, last in _stretches(text):
        for match in _LINK.finditer(text, first, last):
            start, end = match.span()
            if not match.group().isascii() and (foreign := search(_FOREIGN, text, start, end)):
                end = foreign[0]
            end = _end(text, start, end)
            if not text.endswith("://", start, end):
                yield Thing("link", start, end)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between its emoji, as a new link may begin after each emoji."""
    start = 0
    if not text.isascii():
        for end, behind in search_all(_EMOJI, text):
            yield start, end
            start = behind
    yield start, len(text)


def emails(text: str) -> Iterator[Thing]:
    """The mail addresses in a text."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            if match["email"]:
                yield Thing("email", *match.span("email"))


def glued(text: str) -> tuple[Thing, ...]:
    """The links that the text continues without a blank, so that a phone may take more for the link.

    What follows is an emoji, a letter of another script, or a bracket and a letter:
    ``https://ex.fr/a🎉``, ``https://ex.fr/a)See``. Punctuation may come between.
    """
    if _STRANGE.search(text) is None and _BRACKET.search(text) is None:
        return ()
    return tuple(link for link in links(text) if _goes_on(text, link.end))


def _goes_on(text: str, end: int) -> bool:
    behind = _BEHIND.match(text, end)
    if behind is None or behind.end() == len(text):
        return False
    return behind["bracket"] is not None or _foreign_at(text, behind.end())


def _end(text: str, start: int, end: int) -> int:
    """The end without punctuation, and without a bracket whose pair is not in the link."""
    opened: list[int] = []
    for place in range(start, end):
        character = text[place]
        if character in "([{":
            opened.append(place)
        elif character in ")]}":
            if not opened or text[opened[-1]] != _OPENED_BY[character]:
                end = place
                break
            opened.pop()
    if opened:
        end = min(end, opened[0])
    while text[end - 1] in _MARKS:
        end -= 1
    return end


def _foreign_at(text: str, place: int) -> bool:
    """Whether there is an emoji or a letter of another script at a place."""
    return not text[place].isascii() and search(_FOREIGN, "a" + text[place], 1) is not None
