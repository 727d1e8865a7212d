"""Spots: the places of a text that could be written otherwise, and the ways to do so."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from septet.gsm.characters import is_invalid
from septet.gsm.segmentation import clusters

from .foldings import (
    CONTEXT,
    Folding,
    bare,
    beside_a_number,
    folding_within,
    foldings,
    is_western,
    loss_of,
    to_be_bare,
)
from .transliteration import by_sound, concerns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# UAX #15, 13 (Stream-Safe Text): no text in earnest has more than 30 marks on one letter, and
# putting thousands of them in order takes the square of their number.
_LONGEST_CLUSTER = 32

# Steps that replace letters of other scripts by what they look like.
_BY_LOOKS = ("look-alikes", "greek")

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


class Way(NamedTuple):
    """One way to write ``text[start:end]`` otherwise; the less `loss`, the less a reader sees of it."""

    start: int
    end: int
    source: str
    replacement: str
    step: str
    loss: int


class Spot(NamedTuple):
    """A grapheme cluster (or a CRLF) that could be written otherwise."""

    #: Where it begins.
    start: int
    #: Whether it holds a character that the alphabet lacks.
    outside: bool
    #: Whether it is a letter that no folding brings into the alphabet.
    foreign: bool = False
    #: Shorter by itself, with next to nothing to be seen of it.
    shrinking: Way | None = None
    #: Within the alphabet; `other` is a second way to do so.
    settling: Way | None = None
    other: Way | None = None
    #: Within the alphabet too, by its sound in Latin letters.
    sounding: Way | None = None
    #: Left out; for emoji alone.
    dropping: Way | None = None


def spots(
    text: str, held: frozenset[str], *, line_breaks: bool, lengthened: frozenset[str] = frozenset()
) -> list[Spot]:
    """The spots of a text, in their order.

    `held` are the characters that reach the phone in GSM-7; of these, `lengthened` are folded
    for less than what stands for them otherwise. With `line_breaks`, a CRLF is longer than a
    line feed. The work is linear in the text's length.
    """
    outsider = _outsider(held)
    breaks = line_breaks and "\r\n" in text
    if outsider.search(text) is None and not breaks and lengthened.isdisjoint(text):
        return []
    links = [(match.start(), _path(match), _end(match)) for match in _LINK.finditer(text)]
    found: list[Spot] = []
    letters: list[tuple[int, int]] = []  # of other scripts, in the alphabet
    accented: list[int] = []  # Latin letters in the alphabet
    link = 0
    for start, end in clusters(text, 0, len(text)):
        source = text[start:end]
        if source == "\r\n":
            if line_breaks:
                way = Way(start, end, source, "\n", "line-breaks", loss_of("line-breaks"))
                found.append(Spot(start, False, shrinking=way, settling=way))
            continue
        if source in lengthened:
            shorter = foldings(source)[0]
            way = Way(start, end, source, shorter.replacement, shorter.step, shorter.loss)
            found.append(Spot(start, False, shrinking=way, settling=way))
            continue
        if outsider.search(source) is None:
            if source.isascii():
                continue
            if bare(source):
                accented.append(start)
            elif concerns(source):
                letters.append((start, end))
            continue
        while link < len(links) and links[link][2] <= start:
            link += 1
        if link < len(links) and links[link][0] <= start:
            found.append(_in_a_link(start, end, source, behind_host=links[link][1] <= start))
        else:
            found.append(_spot(text, start, end, held))
    found += _in_words_by_sound(text, found, letters, held)
    in_links = {place for start, _, end in links for place in range(start, end)} if accented else set()
    found = _without_half_the_accents(text, found, set(accented) - in_links)
    return sorted(found, key=lambda spot: spot.start)


def _without_half_the_accents(text: str, found: list[Spot], accented: set[int]) -> list[Spot]:
    """The spots, with letters that could keep their accent where others of their language cannot.

    Half of the accents of Vietnamese are harder to read than none.
    """
    ways = [spot.settling for spot in found if spot.settling is not None]
    lost = {way.start for way in ways if way.step == "accents"}
    foreign = {way.start for way in ways if way.start in lost and _is_foreign(way)}
    if not foreign:
        return found
    composed = {way.start: way.source for way in ways if way.step in _KEEPING and bare(_composed(way.source))}
    places = to_be_bare(text, lost, foreign, accented.union(composed))

    def without(start: int, source: str) -> Way:
        letter = bare(_composed(source)) or source
        return Way(start, start + len(source), source, letter, "accents", loss_of("accents"))

    kept = [
        spot._replace(settling=without(spot.start, composed[spot.start]), other=None)
        if spot.start in composed and spot.start in places
        else spot
        for spot in found
    ]
    return kept + [
        Spot(start, False, settling=without(start, text[start])) for start in places.intersection(accented)
    ]


# Steps that keep the accent of a letter.
_KEEPING = ("composition", "cedilla")


def _is_foreign(way: Way) -> bool:
    """Whether a letter loses all its marks, and is none of a western language."""
    letter = _composed(way.source)[:1]
    return way.replacement.isascii() and letter.isalpha() and not is_western(letter)


_LETTERS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")


def _in_words_by_sound(
    text: str, found: list[Spot], letters: list[tuple[int, int]], held: frozenset[str]
) -> Iterator[Spot]:
    """Letters of other scripts that the alphabet holds, where others of the same word go by sound.

    GSM-7 has ten Greek capitals of its own: "Φile" would be a word in neither script.
    """
    sounded = {spot.start for spot in found if spot.sounding is not None}
    if not sounded or not letters:
        return
    words = (range(*word.span()) for word in _LETTERS.finditer(text))
    places = {place for word in words if not sounded.isdisjoint(word) for place in word}
    for start, end in letters:
        source = text[start:end]
        if start in places and (folded := _fold(source, source, held.difference(source), ("", ""), _sounded)):
            replacement, worst = folded
            yield Spot(start, False, sounding=Way(start, end, source, replacement, worst.step, worst.loss))


@lru_cache(maxsize=64)
def _outsider(held: frozenset[str]) -> re.Pattern[str]:
    return re.compile("[^" + "".join(map(re.escape, sorted(held))) + "]")


def _path(link: re.Match[str]) -> int:
    """Where the path begins; an address of mail has none."""
    return link.start("path") if link["path"] is not None else link.end()


def _end(link: re.Match[str]) -> int:
    end = link.end()
    while end > link.start() and not link.string[end - 1].isalnum() and link.string[end - 1] not in "/=_-":
        end -= 1
    return end


def _in_a_link(start: int, end: int, source: str, *, behind_host: bool) -> Spot:
    """A character of a link is escaped as RFC 3987, 3.1 says, or left alone in a host's name and in mail."""
    if not behind_host or any(map(is_invalid, source)):
        return Spot(start, True)
    from urllib.parse import quote

    escaped = quote(source)
    return Spot(start, True, settling=Way(start, end, source, escaped, "links", loss_of("links")))


def _spot(text: str, start: int, end: int, held: frozenset[str]) -> Spot:
    source = text[start:end]
    composed = _composed(source)

    def way(folded: tuple[str, Folding] | None) -> Way | None:
        if folded is None:
            return None
        replacement, worst = folded
        return Way(start, end, source, replacement, worst.step, worst.loss)

    beside = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    settling = way(_fold(composed, source, held, beside, _mapped))
    other = way(_fold(composed, source, held, beside, _mapped_otherwise)) if settling else None
    sounding = None
    if not _is_emoji(source):
        sounding = way(_fold(composed, source, held, beside, _sounded))
    shrinking = None
    if len(composed) < len(source):
        shrinking = Way(start, end, source, composed, "composition", loss_of("composition"))
    elif settling is not None and (settling.step == "invalid" or _is_wordless(source)):
        shrinking = settling
    dropping = None
    if (settling is None or settling.step == "emoticons") and _is_emoji(source):
        dropping = Way(start, end, source, "", "emoji", loss_of("emoji"))
    return Spot(
        start,
        True,
        settling is None and composed[0].isalpha(),
        shrinking,
        settling,
        None if other == settling else other,
        None if sounding is None or sounding.step != "transliteration" else sounding,
        dropping,
    )


def _composed(source: str) -> str:
    if 1 < len(source) <= _LONGEST_CLUSTER or not unicodedata.is_normalized("NFC", source[0]):
        return unicodedata.normalize("NFC", source[:_LONGEST_CLUSTER]) + source[_LONGEST_CLUSTER:]
    return source


def _fold(
    composed: str,
    source: str,
    held: frozenset[str],
    beside: tuple[str, str],
    choose: Callable[[str, frozenset[str]], Folding | None],
) -> tuple[str, Folding] | None:
    """A cluster within the alphabet, and what costs its reader most of that; None if it cannot be.

    `beside` are the characters before it and behind it.
    """
    before, behind = beside
    written: list[str] = []
    worst = Folding("", "composition", "", loss_of("composition"))
    for character in composed:
        if character in held:
            written.append(character)
            before = character
            continue
        folding = choose(character, held)
        if folding is None:
            return None
        replacement = folding.replacement
        if (longer := beside_a_number(character, before, behind)) is not None:
            if not held.issuperset(longer):
                return None
            replacement = longer
        written.append(replacement)
        before = replacement
        worst = max(worst, folding, key=lambda folding: folding.loss)
    return "".join(written), worst


def _possible(character: str, held: frozenset[str]) -> Iterator[Folding]:
    if is_invalid(character):
        yield Folding("", "invalid", "", loss_of("invalid"))
    mapped = [folding for folding in foldings(character) if held.issuperset(folding.replacement)]
    yield from mapped
    if not mapped and (within := folding_within(character, held)) is not None:
        yield within
    kind = unicodedata.category(character)
    if kind == "Me":  # an enclosing mark: the key around a digit
        yield Folding("", "signs", "", loss_of("signs"))
    elif kind in ("Mn", "Mc"):
        yield Folding("", "accents", "", loss_of("accents"))


def _mapped(character: str, held: frozenset[str]) -> Folding | None:
    return next(_possible(character, held), None)


def _mapped_otherwise(character: str, held: frozenset[str]) -> Folding | None:
    ways = list(_possible(character, held))[:2]
    return ways[-1] if ways else None


def _sounded(character: str, held: frozenset[str]) -> Folding | None:
    """As `_mapped`, but by sound where that goes by looks, or knows nothing."""
    mapped = _mapped(character, held)
    is_mark = unicodedata.category(character).startswith("M")
    if mapped is not None and not is_mark and mapped.step not in _BY_LOOKS:
        return mapped
    letters = "".join(c if c in held else _plain(c, held) for c in by_sound(character))
    # Unidecode leaves out what it does not know: that would be lost without a word.
    if not letters.strip() or not held.issuperset(letters):
        return mapped if is_mark else None
    return Folding(letters, "transliteration", "", loss_of("transliteration"))


def _plain(character: str, held: frozenset[str]) -> str:
    mapped = _mapped(character, held)
    return character if mapped is None else mapped.replacement


def _is_wordless(source: str) -> bool:
    """Whether it is one character without width that only says where a line may break."""
    ways = foldings(source) if len(source) == 1 else ()
    return bool(ways) and ways[0].kind == "spaces" and not ways[0].replacement


def _is_emoji(source: str) -> bool:
    return _emoji().search(source) is not None


@lru_cache(maxsize=1)
def _emoji() -> re.Pattern[str]:
    import regex

    # With the pictures that Unicode does not call emoji: chess, dice, cards, planets, pencils.
    pictures = r"\u2600-\u27bf\U0001f000-\U0001faff"
    return regex.compile(  # type: ignore[no-any-return]
        rf"[\p{{Extended_Pictographic}}\p{{Regional_Indicator}}{pictures}]"
    )
