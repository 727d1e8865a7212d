"""Cutting: the cost of texts that are cut because they are too long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from septet.gsm.segmentation import holds_joining

from .carriers import codings_of
from .filling import Filling
from .kinds import kinds_of
from .pieces import Field, Literal
from .weighing import Weighing

if TYPE_CHECKING:
    from septet.planning.codings import Coding
    from septet.planning.planner import Planner

    from .pieces import Pieces

# A mark that joins any character before it, in any number.
_MARK = "\u0301"
# Enough room for the first character of any text, unless a vendor sends more for one.
_ROOM = 16


class Cutting:
    """A planner that cuts texts of a template to fit."""

    def __init__(self, planner: Planner, weighing: Weighing) -> None:
        self._planner = planner
        self._terms = planner.terms
        self._weighing = weighing
        self._filling = weighing.filling

    @property
    def always_succeeds(self) -> bool:
        """Whether each text that is too long can be cut, so that something visible is always left."""
        terms, settings = self._terms, self._terms.settings
        codings = codings_of(terms)
        mention = settings.added if self._weighing.adds_mention else ""
        beside = len(settings.truncate_mark) * 4
        rooms = [coding.room(settings.limit) - coding.around(bool(mention)) - beside for coding in codings]
        if settings.character_limit is not None:
            added = 4 * len(settings.around(mention))
            rooms.append(settings.character_limit.least - added - beside)
        weights = {kind.units(coding) for kind in kinds_of(codings) for coding in codings}
        placed = terms.placeholders and terms.placeholders.spans(self._filling.fixed)
        return min(rooms) >= max(_ROOM, *weights) and 0 not in weights and not placed

    def fewest(self, encoding: str) -> int:
        """The fewest segments of any text that is cut and then has this encoding."""
        terms, settings = self._terms, self._terms.settings
        if settings.cuts_words or terms.languages or terms.placeholders.spans(self._filling.fixed):
            return 1
        if not settings.vendor_cuts:
            # The kept text may have another coding than the whole.
            return self._fewest_in(terms.codings)
        return min(self._fewest_in((coding,)) for coding in terms.codings if coding.encoding == encoding)

    def _fewest_in(self, codings: Sequence[Coding]) -> int:
        """The same for texts in one of these codings, by the longest beginning in which no text is cut."""
        pieces = self._filling.pieces
        for number in range(len(pieces) - 1, -1, -1):
            literal = pieces[number]
            if isinstance(literal, Field):
                continue
            places, before = _sure_ends(str(literal)), pieces[:number]

            def fewest(place: int, before: Pieces = before, literal: str = literal) -> int:
                return self._fewest_of((*before, Literal(literal[:place])), codings)

            if kept := bisect_left(places, True, key=lambda place: fewest(place) == 0):
                return fewest(places[kept - 1])
        return 1

    def _fewest_of(self, pieces: Pieces, codings: Sequence[Coding]) -> int:
        """The fewest segments of texts with this beginning; 0 if it may itself be cut, or shows nothing."""
        weighing = Weighing(self._terms, Filling(pieces, self._filling.lengths, self._filling.classes))
        held = [coding for coding in codings if weighing.is_held(coding)]
        kinds = kinds_of(codings_of(self._terms))
        fewest = []
        for coding in held:
            known = [kind for kind in kinds if kind.units(coding) >= 0]
            allowed = dict.fromkeys(self._filling.lengths, known)
            weighing.most(coding, allowed, {})
            fewest.append(weighing.fewest(coding, allowed, {}, {}, with_mention=self._weighing.adds_mention))
        return 0 if weighing.cut or not fewest else min(fewest)

    def examples(self) -> Iterator[str]:
        """Texts that are cut before a cluster that fills a field.

        A cut keeps clusters whole: the larger one is, the less is left before it. The fields before it
        have just enough characters for the text to be cut there.
        """
        lengths, letter = self._filling.lengths, self._weighing.letter
        for field, (_, longest) in lengths.items():
            if field in self._filling.plain:
                continue
            values = {name: letter * least for name, (least, _) in lengths.items()}
            values[field] = _MARK * longest
            others = [name for name in lengths if name != field]
            extra = sum(lengths[name][1] - lengths[name][0] for name in others)
            fewest, most = -1, extra
            while most - fewest > 1:
                tried = (fewest + most) // 2
                if self.is_cut(self._lengthened(values, others, tried)):
                    most = tried
                else:
                    fewest = tried
            text = self._lengthened(values, others, most)
            if longest and self.is_cut(text):
                yield text

    def is_cut(self, text: str) -> bool:
        """Whether a text is cut to fit."""
        return self._planner.plan(text).truncated > 0

    def _lengthened(self, values: Mapping[str, str], fields: list[str], extra: int) -> str:
        """The text with so many more letters in the fields that may have them, the first fields first."""
        longer = dict(values)
        for field in fields:
            more = min(extra, self._filling.lengths[field][1] - len(longer[field]))
            longer[field] += self._weighing.letter * more
            extra -= more
        return self._filling.with_values(longer)


def _sure_ends(text: str) -> list[int]:
    """The places within a text at which a cluster ends, whatever is around it."""
    if not holds_joining(text) and "\r\n" not in text:
        return list(range(1, len(text)))
    pairs = enumerate(pairwise(text), 1)
    return [place for place, pair in pairs if pair != ("\r", "\n") and not any(map(holds_joining, pair))]
