"""Spots: the places of a text that could be written otherwise, and the ways to do so."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from septet.gsm.characters import is_invalid
from septet.gsm.segmentation import clusters, holds_joining
from septet.gsm.unicode_text import PICTOGRAPHS, search

from .choices import as_composed, by_map, by_map_otherwise, by_sound_or_map, cluster_within, is_settled
from .degrees import BESIDE_NUMBERS, CONTEXT
from .foldings import Folding, bare, foldings, is_western, loss_of, to_be_bare
from .transliteration import available, concerns
from .ways import Way
from .whole import path_of, unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from septet.planning.things.thing import Thing


class Spot(NamedTuple):
    """A grapheme cluster (or a CRLF) that could be written otherwise."""

    #: Where it begins.
    start: int
    #: Whether it holds a character that the alphabet lacks.
    outside: bool
    #: Whether it is a letter without a folding into the alphabet.
    foreign: bool = False
    #: A shorter form with almost no visible difference.
    shrinking: Way | None = None
    #: A way within the alphabet; `other` is a second one.
    settling: Way | None = None
    other: Way | None = None
    #: Another way within the alphabet, by its sound in Latin letters.
    sounding: Way | None = None
    #: A way that leaves it out; only for emoji.
    dropping: Way | None = None

    def settles(self, worst: int) -> bool:
        """Whether it has a way within the alphabet with this loss or less."""
        return self.settling is not None and self.settling.loss <= worst

    def at(self, start: int) -> Spot:
        """The same spot of another text, that many characters further on."""
        ways = [way and way.at(start) for way in self[3:]]
        # Skips the constructor: a text may have a spot at each character.
        return tuple.__new__(Spot, (self[0] + start, *self[1:3], *ways))


def spots(
    text: str,
    held: frozenset[str],
    things: Sequence[Thing],
    *,
    line_breaks: bool,
    lengthened: frozenset[str] = frozenset(),
    worst: int | None = None,
) -> list[Spot]:
    """The spots of a text, in their order.

    `held` are the characters that reach the phone in GSM-7; `lengthened` are those of them whose
    foldings cost less than the vendor's replacements. Things of the text that must stay whole do not
    change, except for what is escaped in a link. With `line_breaks`, a CRLF is longer than a line
    feed. With `worst`, the last spot is the first that cannot be settled with this loss or less. The
    work is linear in the text's length.
    """
    outsider = _outsider(held)
    breaks = line_breaks and "\r\n" in text
    if outsider.search(text) is None and not breaks and lengthened.isdisjoint(text):
        return []
    kept = unchanged(text, things)
    plain = _plain(held, lengthened)
    found: list[Spot] = []
    others: list[tuple[int, str]] = []  # in the alphabet
    passed, reached, path = 0, -1, 0
    # Sounds are among what `_made` keeps, so that it has to be told whether they are known.
    is_known = available()
    for start, end in _places(text, plain):
        source = text[start:end]
        if source in plain:
            continue
        while passed < len(kept) and kept[passed].end <= start:
            passed += 1
        if passed < len(kept) and kept[passed].start < end:
            if held.issuperset(source):
                continue
            if passed != reached:  # a host may be long, so it is looked at once
                reached, path = passed, path_of(text, kept[passed])
            spot = _in_a_thing(start, end, source, kept[passed], path, held)
            found.append(spot)
            if worst is not None and not spot.settles(worst):
                return found
            continue
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
        if held.issuperset(source):
            others.append((start, source))
            continue
        spot = _spot(text, start, source, held, sounded=is_known)
        found.append(spot)
        if worst is not None and not spot.settles(worst):
            return found
    sounded = {spot.start for spot in found if spot.sounding is not None}
    if sounded:
        found += _in_words_by_sound(text, sounded, others, held)
    foreign = {spot.start for spot in found if spot.settling is not None and _is_foreign(spot.settling)}
    if foreign:
        accented = {start for start, source in others if bare(source)}
        found = _without_half_the_accents(text, found, foreign, accented)
    return sorted(found, key=lambda spot: spot.start) if sounded or foreign else found


def _places(text: str, plain: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The clusters of a text, without most of the plain ones if each character is one by itself."""
    if "\r" in text or holds_joining(text):
        return clusters(text, 0, len(text))
    return map(re.Match.span, _outsider(plain).finditer(text))


def _without_half_the_accents(
    text: str, found: list[Spot], foreign: set[int], accented: set[int]
) -> list[Spot]:
    """The spots, plus letters that could keep their accents in words where those of others cannot.

    `foreign` are the places of letters that lose theirs and are of no western language. Half of the accents
    of Vietnamese are harder to read than none.
    """
    ways = [spot.settling for spot in found if spot.settling is not None]
    lost = {way.start for way in ways if way.step == "accents"}
    composed = {
        way.start: way.source for way in ways if way.step in _KEEPING and bare(as_composed(way.source))
    }
    places = to_be_bare(text, lost, foreign, accented.union(composed))

    def without(start: int, source: str) -> Way:
        letter = bare(as_composed(source)) or source
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
    """Whether a letter loses all its marks and is not of a western language."""
    if way.step != "accents":
        return False
    letter = as_composed(way.source)[:1]
    return way.replacement.isascii() and letter.isalpha() and not is_western(letter)


_LETTERS = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")


def _in_words_by_sound(
    text: str, sounded: set[int], others: list[tuple[int, str]], held: frozenset[str]
) -> Iterator[Spot]:
    """Letters of other scripts that the alphabet holds, if others of the same word go by sound.

    GSM-7 has ten Greek capitals of its own: "Φile" would be a word in neither script.
    """
    letters = [(start, source) for start, source in others if not bare(source) and concerns(source)]
    if not letters:
        return
    words = (range(*word.span()) for word in _LETTERS.finditer(text))
    places = {place for word in words if not sounded.isdisjoint(word) for place in word}
    for start, source in letters:
        if start in places and (
            folded := cluster_within(source, held.difference(source), ("", ""), by_sound_or_map)
        ):
            replacement, worst = folded
            way = Way(start, start + len(source), source, replacement, worst.step, worst.loss)
            yield Spot(start, False, sounding=way)


@lru_cache(maxsize=64)
def _outsider(held: frozenset[str]) -> re.Pattern[str]:
    return re.compile("[^" + "".join(map(re.escape, sorted(held))) + "]")


@lru_cache(maxsize=64)
def _plain(held: frozenset[str], lengthened: frozenset[str]) -> frozenset[str]:
    """The characters of ASCII that stay as they are: most of almost every text."""
    return frozenset(filter(str.isascii, held)) - lengthened


def _in_a_thing(start: int, end: int, source: str, thing: Thing, path: int, held: frozenset[str]) -> Spot:
    """A character after a link's host is escaped by RFC 3987, 3.1; all else stays unchanged."""
    # An escape of an ASCII sign may mean something else than the sign itself: `#`, `&`.
    if thing.kind != "link" or source.isascii() or any(map(is_invalid, source)):
        return Spot(start, True)
    from urllib.parse import quote

    escaped = quote(source)
    if start < path or end > thing.end or not held.issuperset(escaped):
        return Spot(start, True)
    return Spot(start, True, settling=Way(start, end, source, escaped, "links", loss_of("links")))


def _spot(text: str, start: int, source: str, held: frozenset[str], *, sounded: bool) -> Spot:
    if len(source) > _LONGEST_KEPT or not BESIDE_NUMBERS.isdisjoint(source):
        end = start + len(source)
        before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return _made.__wrapped__(source, held, before, behind, sounded).at(start)
    # Only a digit before it may matter, so there are few different ones, which are kept.
    before = "0" if text[start - 1 : start].isdecimal() else ""
    return _made(source, held, before, "", sounded).at(start)


#: Longer clusters are rare, and one may be as long as a text.
_LONGEST_KEPT = 8


@lru_cache(maxsize=2048)
def _made(source: str, held: frozenset[str], before: str, behind: str, sounded: bool) -> Spot:
    """The spot of a cluster between its neighbours, at the place 0."""
    composed = as_composed(source)
    end = len(source)

    def way(folded: tuple[str, Folding] | None) -> Way | None:
        if folded is None:
            return None
        replacement, worst = folded
        return Way(0, end, source, replacement, worst.step, worst.loss)

    beside = before, behind
    settling = way(cluster_within(composed, held, beside, by_map))
    other = way(cluster_within(composed, held, beside, by_map_otherwise)) if settling else None
    sounding = None
    has_sound = settling is None or len(composed) > 1 or not is_settled(composed, settling.step)
    if sounded and has_sound and not _is_emoji(source):
        sounding = way(cluster_within(composed, held, beside, by_sound_or_map))
    shrinking = None
    if len(composed) < len(source):
        shrinking = Way(0, end, source, composed, "composition", loss_of("composition"))
    elif settling is not None and (settling.step == "invalid" or _is_wordless(source)):
        shrinking = settling
    dropping = None
    if (settling is None or settling.step == "emoticons") and _is_emoji(source):
        dropping = Way(0, end, source, "", "emoji", loss_of("emoji"))
    return Spot(
        0,
        True,
        settling is None and composed[0].isalpha(),
        shrinking,
        settling,
        None if other == settling else other,
        None if sounding is None or sounding.step != "transliteration" else sounding,
        dropping,
    )


def _is_wordless(source: str) -> bool:
    """Whether it is one character without width that only says where a line may break."""
    ways = foldings(source) if len(source) == 1 else ()
    return bool(ways) and ways[0].kind == "spaces" and not ways[0].replacement


def _is_emoji(source: str) -> bool:
    return search(f"[{PICTOGRAPHS}]", source) is not None
