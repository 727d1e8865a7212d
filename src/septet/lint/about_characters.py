"""Rules about characters: what they cost, and how else they could be written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from septet.advice.foldings import foldings
from septet.advice.held import held_by, lengthened_by
from septet.planning.planner import Planner
from septet.wording.messages import Words, counted, joined, listed, said
from septet.wording.quoting import named

from .counting import Counter, Forms, rewritten_forms
from .drafts import Draft
from .findings import Segments
from .literals import edits_within, literals_of, places_within
from .placeholders.messages import Literal, Message
from .signs import Edit, folding_signs, other_than, parted_letters, rewritten

# The most characters to name.
_MOST_NAMED = 3
_MOST_REMEMBERED = 4096
#: The most signs to replace one after the other.
_FEW = 6


class Character(NamedTuple):
    """A character of an entry's text that is sent unchanged."""

    place: int
    character: str


class _Looked(NamedTuple):
    """A text that is checked, with what was found in it."""

    text: str
    forms: Forms
    segments: Segments
    #: Whether the text needs fewer segments once it is fixed.
    mends: bool
    #: The counts so far, by what was rewritten.
    counts: dict[frozenset[tuple[str, str]], Segments]


class CharacterRules:
    """The rules about characters, for one planner."""

    def __init__(self, planner: Planner, counter: Counter) -> None:
        self._counter = counter
        self._held = held_by(planner)
        self._lengthened = lengthened_by(planner.profile)
        #: The characters that may have a finding; most texts have none.
        self._noted = other_than(self._held - self._lengthened)
        #: The replacements of characters met so far.
        self._replacements: dict[str, str] = {}
        #: Whether a character can force UCS-2 at all: none does where the encoding is given.
        self._may_turn = planner.settings.encodings == ("gsm7", "ucs2")

    def drafts(self, text: str, message: Message, forms: Forms, segments: Segments) -> Iterator[Draft]:
        """The findings of the rules about a text whose messages take this many segments."""
        if self._noted.search(text) is None:
            return
        literals = literals_of(text, message)
        places = places_within(literals, self._places(text))
        visible, hidden = folding_signs(places, text)
        visible = [edit for edit in visible if self._costs(text, edit)]
        hidden = [edit for edit in hidden if self._costs(text, edit)]
        parted = edits_within(literals, parted_letters(text))
        held = self._held
        outside = (
            [Character(*one) for one in places if one[1] not in held and one[1] != "\r"]
            if self._may_turn
            else []
        )
        looked = _Looked(text, forms, segments, False, {})
        if visible or hidden or parted:
            signs = {text[edit.start]: edit.new for edit in (*visible, *hidden)}
            looked = looked._replace(
                mends=is_fewer(self._counted_with(looked, signs, composed=bool(parted)), segments)
            )
        foreign = _is_foreign(text, literals, outside)
        if outside:
            yield self._unicode(looked, outside, foreign)
        if visible and not foreign:
            yield self._expensive(looked, visible)
        hidden = [edit for edit in hidden if not (foreign and edit.new == " ")]
        if hidden:
            yield self._hidden(looked, hidden)
        if parted:
            yield self._parted(looked, parted)

    def fixes(self, text: str, message: Message) -> list[Edit]:
        """Everything that may be rewritten without a visible loss, by its place."""
        if self._noted.search(text) is None:
            return []
        literals = literals_of(text, message)
        visible, hidden = folding_signs(places_within(literals, self._places(text)), text)
        found = [*visible, *hidden, *edits_within(literals, parted_letters(text))]
        found.sort()
        apart: list[Edit] = []
        for edit in found:
            if not apart or edit.start >= apart[-1].end:
                apart.append(edit)
        return apart

    def _places(self, text: str) -> Iterator[tuple[int, str]]:
        return ((found.start(), found.group()) for found in self._noted.finditer(text))

    def _costs(self, text: str, edit: Edit) -> bool:
        character = text[edit.start]
        return character not in self._held or character in self._lengthened

    def _unicode(self, looked: _Looked, outside: Sequence[Character], foreign: bool) -> Draft:
        segments = looked.segments
        without = self._counted_without(looked, [one.character for one in outside])
        what = _several("".join(one.character for one in outside))
        figures = {"with_them": segments_in_words(segments), "without_them": segments_in_words(without)}
        words: Words = said(
            "%(what)s: not in GSM-7, so the message goes as UCS-2: %(with_them)s, %(without_them)s without.",
            what=what,
            **figures,
        )
        if foreign:
            words = said(
                "The text is of a script that GSM-7 lacks, and goes as UCS-2: %(with_them)s.", **figures
            )
        first = outside[0].place
        return Draft(
            "unicode",
            words,
            first,
            first + 1,
            segments,
            None if foreign else without,
            severity="notice" if foreign else None,
        )

    def _expensive(self, looked: _Looked, visible: Sequence[Edit]) -> Draft:
        text, segments = looked.text, looked.segments
        without = self._counted_without(looked, [text[edit.start] for edit in visible])
        what = _several("".join(text[edit.start] for edit in visible))
        plain = joined(" ", dict.fromkeys(f'"{edit.new}"' for edit in visible))
        if is_fewer(without, segments):
            words: Words = said(
                "%(what)s: write %(plain)s: %(with_them)s, %(without_them)s then.",
                what=what,
                plain=plain,
                with_them=segments_in_words(segments),
                without_them=segments_in_words(without),
            )
        else:
            words = said("%(what)s: costs more than %(plain)s, which reads the same.", what=what, plain=plain)
        first = visible[0]
        return Draft("expensive-character", words, first.start, first.end, segments, without, looked.mends)

    def _hidden(self, looked: _Looked, hidden: Sequence[Edit]) -> Draft:
        text, segments = looked.text, looked.segments
        without = self._counted_without(looked, [text[edit.start] for edit in hidden])
        what = _several("".join(text[edit.start] for edit in hidden))
        words: Words = said("%(what)s: nobody sees it. Leave it out, or write a plain blank.", what=what)
        if is_fewer(without, segments):
            words = said(
                "%(what)s: nobody sees it, and it costs: %(with_them)s, %(without_them)s without.",
                what=what,
                with_them=segments_in_words(segments),
                without_them=segments_in_words(without),
            )
        first = hidden[0]
        return Draft("hidden-character", words, first.start, first.end, segments, without, looked.mends)

    def _parted(self, looked: _Looked, parted: Sequence[Edit]) -> Draft:
        first = parted[0]
        words = said(
            '"%(letter)s" is written as %(characters)s characters: write it as one (NFC).',
            letter=first.new,
            characters=first.end - first.start,
        )
        without = self._counted_with(looked, {}, composed=True)
        return Draft("not-nfc", words, first.start, first.end, looked.segments, without, looked.mends)

    def _counted_without(self, looked: _Looked, characters: Iterable[str]) -> Segments:
        """The count where some characters are written in GSM-7."""
        return self._counted_with(looked, {character: self._as_held(character) for character in characters})

    def _counted_with(self, looked: _Looked, signs: dict[str, str], *, composed: bool = False) -> Segments:
        """The count where signs that are sent unchanged are rewritten."""
        key = frozenset(signs.items())
        if not composed and key in looked.counts:
            return looked.counts[key]
        write = _writer(signs)
        forms = rewritten_forms(looked.forms, (lambda text: write(_composed(text))) if composed else write)
        found = self._counter.count_of(forms).segments
        if not composed:
            looked.counts[key] = found
        return found

    def _as_held(self, character: str) -> str:
        """The replacement of a character in GSM-7: its folding, or one character."""
        known = self._replacements.get(character)
        if known is None:
            if len(self._replacements) >= _MOST_REMEMBERED:
                self._replacements.clear()
            known = self._replacements[character] = _replacement(character, self._held)
        return known


def _replacement(character: str, held: frozenset[str]) -> str:
    for folding in foldings(character):
        if held.issuperset(folding.replacement):
            return folding.replacement
    return "" if unicodedata.category(character) in ("Mn", "Me", "Cf") else "a"


def is_fewer(mine: Segments, other: Segments) -> bool:
    """Whether a count is below another, with neither bound above."""
    return mine != other and mine.most <= other.most and mine.fewest <= other.fewest


def _writer(signs: Mapping[str, str]) -> Callable[[str], str]:
    """A function that rewrites signs in a text."""
    if len(signs) > _FEW or not signs.keys().isdisjoint("".join(signs.values())):
        table = str.maketrans(dict(signs))
        return lambda text: text.translate(table)

    def write(text: str) -> str:
        # For few signs, one after the other is quicker than each character by itself.
        for sign, new in signs.items():
            text = text.replace(sign, new)
        return text

    return write


def _composed(text: str) -> str:
    return rewritten(text, list(parted_letters(text)))


def _is_foreign(text: str, literals: Sequence[Literal], outside: Sequence[Character]) -> bool:
    """Whether at least half of the letters have no folding into GSM-7."""
    if not outside:
        return False
    lacking = sum(c.isalpha() and not foldings(c) and _is_other(c) for _, c in outside)
    if not lacking:
        return False
    letters = sum(sum(map(str.isalpha, text[literal.start : literal.end])) for literal in literals)
    return 2 * lacking >= letters


def _is_other(letter: str) -> bool:
    """Whether a letter is not a Latin one with marks."""
    return not unicodedata.normalize("NFD", letter)[0].isascii()


def _several(characters: str) -> Words:
    """The names of the first few characters, and how many others there are."""
    return _named("".join(dict.fromkeys(characters)))


@lru_cache(maxsize=1024)
def _named(different: str) -> Words:
    names = [named(character) for character in different[:_MOST_NAMED]]
    others = len(different) - len(names)
    if not others:
        return listed(names)
    more = counted("%(number)s other character", "%(number)s other characters", others)
    return listed([*names, more])


@lru_cache(maxsize=1024)
def segments_in_words(segments: Segments) -> Words:
    """``2 segments``, ``1 to 2 segments``."""
    if segments.fewest == segments.most:
        return counted("%(number)s segment", "%(number)s segments", segments.most)
    return said("%(fewest)s to %(most)s segments", fewest=segments.fewest, most=segments.most)
