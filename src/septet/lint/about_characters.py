"""Rules about characters: what they cost, and what they would be written as."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from septet.advice.foldings import foldings
from septet.advice.held import held_by, lengthened_by
from septet.planning.planner import Planner
from septet.wording.messages import Words, counted, joined, listed, said
from septet.wording.quoting import named

from .counting import Counter
from .drafts import Draft
from .findings import Segments
from .placeholders.messages import Literal, Message
from .signs import Edit, hidden_signs, parted_letters, rewritten, visible_signs

# So many characters are named.
_MOST_NAMED = 3


class Character(NamedTuple):
    """A character of an entry's text that is sent as it stands."""

    place: int
    character: str


class CharacterRules:
    """The rules about characters, for one planner."""

    def __init__(self, planner: Planner, counter: Counter) -> None:
        self._counter = counter
        self._held = held_by(planner)
        self._lengthened = lengthened_by(planner.profile)
        #: Whether the text that is looked at needs fewer segments once it is mended.
        self._mends = False
        #: Whether a character can force UCS-2 at all: where the encoding is asked for none does.
        self._may_turn = planner.settings.encodings == ("gsm7", "ucs2")

    def drafts(self, text: str, message: Message, segments: Segments) -> Iterator[Draft]:
        """What the rules say of a text whose message takes so many segments."""
        if text.isascii() and "`" not in text and text.isprintable() and not self._lengthened:
            return
        literals = literals_of(message)
        visible = [edit for edit in edits_in(text, literals, visible_signs) if self._costs(text, edit)]
        hidden = [edit for edit in edits_in(text, literals, hidden_signs) if self._costs(text, edit)]
        parted = edits_in(text, literals, parted_letters)
        outside = list(self._outside(text, literals)) if self._may_turn else []
        mended = segments
        if visible or hidden or parted:
            signs: dict[str, str | int | None] = {text[edit.start]: edit.new for edit in (*visible, *hidden)}
            mended = self._counted_with(message, lambda text: _composed(text).translate(str.maketrans(signs)))
        self._mends = is_fewer(mended, segments)
        foreign = _is_foreign(text, literals, outside)
        if outside:
            yield self._unicode(message, outside, segments, foreign)
        if visible and not foreign:
            yield self._expensive(text, message, visible, hidden, parted, segments)
        hidden = [edit for edit in hidden if not (foreign and edit.new == " ")]
        if hidden:
            yield self._hidden(text, message, hidden, segments)
        if parted:
            yield self._parted(text, message, parted, segments)

    def fixes(self, text: str, message: Message) -> list[Edit]:
        """All that may be written otherwise without a loss that anyone sees, by its place."""
        literals = literals_of(message)
        found = [
            *edits_in(text, literals, visible_signs),
            *edits_in(text, literals, hidden_signs),
            *edits_in(text, literals, parted_letters),
        ]
        found.sort()
        apart: list[Edit] = []
        for edit in found:
            if not apart or edit.start >= apart[-1].end:
                apart.append(edit)
        return apart

    def _costs(self, text: str, edit: Edit) -> bool:
        character = text[edit.start]
        return character not in self._held or character in self._lengthened

    def _outside(self, text: str, literals: Sequence[Literal]) -> Iterator[Character]:
        for literal in literals:
            for place in range(literal.start, literal.end):
                if text[place] not in self._held and text[place] != "\r":
                    yield Character(place, text[place])

    def _unicode(
        self, message: Message, outside: Sequence[Character], segments: Segments, foreign: bool
    ) -> Draft:
        without = self._counted_without(message, {one.character for one in outside})
        what = _several("".join(one.character for one in outside))
        figures = {"with_them": segments_in_words(segments), "without_them": segments_in_words(without)}
        words: Words = said(
            "%(what)s: not in GSM-7, so that the message goes as UCS-2: %(with_them)s, "
            "%(without_them)s without.",
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

    def _expensive(
        self,
        text: str,
        message: Message,
        visible: Sequence[Edit],
        hidden: Sequence[Edit],
        parted: Sequence[Edit],
        segments: Segments,
    ) -> Draft:
        without = self._counted_without(message, {text[edit.start] for edit in visible})
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
        return Draft("expensive-character", words, first.start, first.end, segments, without, self._mends)

    def _hidden(self, text: str, message: Message, hidden: Sequence[Edit], segments: Segments) -> Draft:
        without = self._counted_without(message, {text[edit.start] for edit in hidden})
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
        return Draft("hidden-character", words, first.start, first.end, segments, without, self._mends)

    def _parted(self, text: str, message: Message, parted: Sequence[Edit], segments: Segments) -> Draft:
        first = parted[0]
        words = said(
            '"%(letter)s" is written as %(characters)s characters: write it as one (NFC).',
            letter=first.new,
            characters=first.end - first.start,
        )
        without = self._counted_with(message, _composed)
        return Draft("not-nfc", words, first.start, first.end, segments, without, self._mends)

    def _counted_without(self, message: Message, characters: Iterable[str]) -> Segments:
        """The count where some characters are written as GSM-7 has them."""
        table = str.maketrans({character: self._within(character) for character in set(characters)})
        return self._counted_with(message, lambda text: text.translate(table))

    def _counted_with(self, message: Message, write: Callable[[str], str]) -> Segments:
        """The count where what is sent as it stands is written otherwise."""
        variants = []
        for variant in message.variants:
            changed = [
                piece._replace(text=write(piece.text)) if isinstance(piece, Literal) else piece
                for piece in variant.pieces
            ]
            variants.append(variant._replace(pieces=tuple(changed)))
        return self._counter.count(message._replace(variants=tuple(variants))).segments

    def _within(self, character: str) -> str:
        """What stands for a character within GSM-7: its folding, or one character for it."""
        for folding in foldings(character):
            if self._held.issuperset(folding.replacement):
                return folding.replacement
        kind = unicodedata.category(character)
        return "" if kind in ("Mn", "Me", "Cf") else "a"


def is_fewer(mine: Segments, other: Segments) -> bool:
    """Whether a count is below another, and no end of it beyond."""
    return mine != other and mine.most <= other.most and mine.fewest <= other.fewest


def literals_of(message: Message) -> list[Literal]:
    """What is sent as it stands in the entry's text, each part once, in the order of their places."""
    found = {
        piece.start: piece
        for variant in message.variants
        for piece in variant.pieces
        if isinstance(piece, Literal) and piece.end - piece.start == len(piece.text)
    }
    parts: list[Literal] = []
    for start in sorted(found):
        if not parts or start >= parts[-1].end:
            parts.append(found[start])
    return parts


def edits_in(text: str, literals: Sequence[Literal], signs: Callable[[str], Iterator[Edit]]) -> list[Edit]:
    """Edits of the parts of a text that are sent as they stand; what stands around each is looked at."""
    found: list[Edit] = []
    number = 0
    for edit in signs(text):
        while number < len(literals) and literals[number].end <= edit.start:
            number += 1
        if number == len(literals):
            break
        if literals[number].start <= edit.start and edit.end <= literals[number].end:
            found.append(edit)
    return found


def _composed(text: str) -> str:
    return rewritten(text, list(parted_letters(text)))


def _is_foreign(text: str, literals: Sequence[Literal], outside: Sequence[Character]) -> bool:
    """Whether half of the letters at least are such as no folding brings into GSM-7."""
    if not outside:
        return False
    lacking = sum(c.isalpha() and not foldings(c) and _is_other(c) for _, c in outside)
    if not lacking:
        return False
    letters = sum(sum(map(str.isalpha, text[literal.start : literal.end])) for literal in literals)
    return 2 * lacking >= letters


def _is_other(letter: str) -> bool:
    """Whether a letter is none of Latin with marks."""
    return not unicodedata.normalize("NFD", letter)[0].isascii()


def _several(characters: str) -> Words:
    """The first of some characters by their names, and how many others there are."""
    different = list(dict.fromkeys(characters))
    names = [named(character) for character in different[:_MOST_NAMED]]
    others = len(different) - len(names)
    if not others:
        return listed(names)
    more = counted("%(number)s other character", "%(number)s other characters", others)
    return listed([*names, more])


def segments_in_words(segments: Segments) -> Words:
    """``2 segments``, ``1 to 2 segments``."""
    if segments.fewest == segments.most:
        return counted("%(number)s segment", "%(number)s segments", segments.most)
    return said("%(fewest)s to %(most)s segments", fewest=segments.fewest, most=segments.most)
