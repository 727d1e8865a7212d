"""Weighing: the fewest and the most segments that texts of a template take in one coding.

Segments are filled one after the other, and from a place that is further along the same character never
leads to a place that is less far. So the most segments come from as many of the heaviest characters as
possible, the fewest from as few of the lightest. If clusters are kept whole, `whole_clusters` gives how
much more that can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from septet.gsm.segmentation import MOST_SEGMENTS, holds_joining
from septet.planning.mentions import holds

from .kinds import heaviest, heaviest_of, lightest
from .pieces import Field
from .whole_clusters import Free, Heaviest, most_segments

if TYPE_CHECKING:
    from septet.planning.codings import Coding
    from septet.planning.terms import Terms

    from .filling import Filling
    from .kinds import Choice, Kind

# No character costs as many units: a segment that ends within a word has fewer left.
_HEAVIEST = 10


class Weighing:
    """Weighs a template in a planner's codings. Keeps the texts that come nearest to its answers."""

    def __init__(self, terms: Terms, filling: Filling) -> None:
        self.terms = terms
        self.filling = filling
        #: The encodings in which some text may be longer than allowed, so that it is cut.
        self.cut: set[str] = set()
        #: Texts that may have the fewest and the most segments.
        self.examples: dict[str, None] = {}
        # A value neither completes a mention nor breaks one in the template.
        self._letter = next((sign for sign in "a." if self._is_mention_held(sign)), "")
        #: Whether the mention is added.
        self.adds_mention = terms.adds_mention and not self._letter
        #: A character of one unit; a letter, unless that would break a mention in the template.
        self.letter = self._letter or "a"
        self._mention = terms.settings.added if self.adds_mention else ""
        self._behind = terms.settings.suffix + self._mention
        # The fields from which no cluster can reach into the text around them.
        around = terms.settings.prefix, *filling.pieces, self._behind
        self._ends_at_fields = not any(
            holds_joining(part)
            for place, piece in enumerate(around)
            if isinstance(piece, Field)
            for part in (around[place - 1], around[place + 1])
            if not isinstance(part, Field)
        )

    def prepared(self, text: str) -> str:
        """A text as it is weighed."""
        return self.terms.placeholders.prepare(text).text

    def is_held(self, coding: Coding) -> bool:
        """Whether a coding holds the literal parts of the template."""
        return coding.weights.units(self.prepared(self.filling.fixed)) >= 0

    def fewest(
        self,
        coding: Coding,
        allowed: Choice,
        needed: Choice,
        shared: Choice,
        *,
        with_mention: bool | None = None,
    ) -> int:
        """The fewest segments of texts of allowed characters with one that is needed, if any.

        `shared` are the characters that an example has to have. The mention is added as to the text,
        unless the caller decides it.
        """
        adds = self.adds_mention if with_mention is None else with_mention
        light = self._characters(
            {
                field: kind.character
                if field in self.filling.plain and not self._letter
                else self._written(kind, coding)
                for field, kind in lightest(allowed, coding).items()
            }
        )
        texts = list(self.filling.shortest(light, _one_of(lightest(needed, coding))))
        if shared == needed:
            self.examples.update(dict.fromkeys(texts))
        elif shared:
            one = _one_of(lightest(shared, coding))
            self.examples.update(dict.fromkeys(self.filling.shortest(light, one)))
        if self.terms.placeholders.collapses:
            # All that is left of a field may be a blank beside another one.
            least = _one_of(lightest(needed, coding))
            blank = {field: one if field in self.filling.blankless else " " for field, one in light.items()}
            self.examples.update(dict.fromkeys(self.filling.shortest(blank, least)))
            texts = list(self.filling.emptied().shortest(light, least))
        return min(self._at_least(coding, self.prepared(text), adds) for text in texts)

    def most(self, coding: Coding, allowed: Choice, shared: Choice) -> int:
        """The most segments of texts of allowed characters; at least one of them must be in `shared`."""
        kinds = heaviest(allowed, coding)
        heavy = self._characters({field: kind.character for field, kind in kinds.items()})
        (text,) = self.filling.longest(heavy)
        # If a heaviest one is among the required ones, nothing has to be replaced.
        given = any(kinds[field] in shared.get(field, ()) for field in self.filling.open if field in kinds)
        one = None if given else _one_of(heaviest(shared, coding))
        texts = dict.fromkeys(self.filling.longest(heavy, one))
        self.examples.update(texts)
        most = self._at_most(coding, self.prepared(text), allowed, shared, heavy)
        if one and coding.by_units:
            # They weigh the same wherever the lighter one is.
            most = min(
                most, max(coding.billed_segments(self.prepared(other), self.adds_mention) for other in texts)
            )
        if self.terms.settings.truncate and not self._surely_fits(coding, text, most):
            self.cut.add(coding.encoding)
        return most

    def _characters(self, known: Mapping[str, str]) -> dict[str, str]:
        return {field: known.get(field, "") for field in self.filling.lengths}

    def _written(self, kind: Kind, coding: Coding) -> str:
        """A kind's character; the letter if that weighs as much."""
        return self.letter if coding.weights.units(self.letter) == kind.units(coding) else kind.character

    def _is_mention_held(self, sign: str) -> bool:
        mention = self.terms.settings.mention
        if mention is None:
            return False
        text = self.filling.with_values(dict.fromkeys(self.filling.lengths, sign))
        prepared = self.terms.placeholders.prepare(text)
        return holds(mention, prepared, len(prepared.text), self.terms.codings[0].show(prepared.text))

    def _at_least(self, coding: Coding, text: str, adds_mention: bool) -> int:
        if coding.weights.units(text) == 0:
            return 0
        return coding.billed_segments(
            text, adds_mention, cuts_wholes=not self._ends_at_fields or self._splits_words(coding)
        )

    def _at_most(
        self, coding: Coding, text: str, allowed: Choice, shared: Choice, heavy: Mapping[str, str]
    ) -> int:
        if coding.weights.units(text) == 0:
            return 0
        most = coding.billed_segments(text, self.adds_mention)
        if most <= 1 or not coding.wholes or coding.by_units:
            return most
        if self._splits_words(coding):
            if not self.filling.room:
                return most
            # What a segment holds had no room left in the segment before it.
            units = coding.weights.units(text) + coding.around(self.adds_mention)
            return max(most, 2 * (units // (coding.part - _HEAVIEST)) + 1)
        parts: list[str | Free] = [self.terms.settings.prefix]
        for piece in self.filling.pieces:
            if not isinstance(piece, Field):
                self._join(parts, coding.show(self.prepared(str(piece))))
            elif piece in self.filling.plain:
                self._join(parts, coding.show(heavy[piece] * self.filling.lengths[piece][1]))
            else:
                parts.append(Free(piece, self.filling.lengths[piece][1]))
        self._join(parts, self._behind)
        kinds = [
            kind for field, kinds in allowed.items() if field not in self.filling.plain for kind in kinds
        ]
        needed = [kind for kinds in shared.values() for kind in kinds]
        spread = [kind for kind in kinds if kind.may_be_cut(coding)]
        joining = [kind.units(coding) for kind in kinds if not kind.may_be_cut(coding)]
        longest = heaviest_of(spread, coding) if spread else None
        found = most_segments(
            parts,
            coding.shown_weights,
            coding.part,
            Heaviest(max(joining, default=0), longest.units(coding) if longest else 0),
            longest.character if longest else "",
            needs_joining=bool(needed)
            and not self.filling.plain
            and not any(kind.may_be_cut(coding) for kind in needed),
        )
        if found.segments > most and found.values:
            lengths = self.filling.lengths
            values = {field: value[: lengths[field][1]] for field, value in found.values.items()}
            plain = {field: heavy[field] * lengths[field][1] for field in self.filling.plain}
            self.examples[self.filling.with_values(dict.fromkeys(lengths, "") | values | plain)] = None
        return max(most, found.segments)

    @staticmethod
    def _splits_words(coding: Coding) -> bool:
        return coding.wholes is not None and coding.wholes.split_at != ""

    @staticmethod
    def _join(parts: list[str | Free], text: str) -> None:
        """Adds a text to parts, so that no two texts are adjacent."""
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)

    def _surely_fits(self, coding: Coding, text: str, most: int) -> bool:
        """Whether no text is longer than allowed, if they have so many segments at most."""
        settings = self.terms.settings
        # Transmitted segments can be more than the billed ones, but never twice as many.
        if most > min(settings.limit, MOST_SEGMENTS // (2 if coding.by_units else 1)):
            return False
        allowed = settings.character_limit
        characters = allowed.most(coding) if allowed else None
        if allowed is None or characters is None:
            return True
        longest = self.prepared(text)
        if allowed.counted == "units":
            return allowed.count(coding, longest, self._mention) <= characters
        added = allowed.written(allowed.beside + self._mention)
        if allowed.counted == "shown":
            # There are never more shown characters than sent units.
            return max(coding.weights.units(longest), len(longest)) + added <= characters
        if allowed.counted in ("utf-16", "octets"):
            (longest,) = self.filling.longest(dict.fromkeys(self.filling.lengths, "\U000f0000"))
        return allowed.written(self.prepared(longest)) + added <= characters


def _one_of(kinds: Mapping[str, Kind]) -> dict[str, str] | None:
    """The characters of kinds by their fields; None if there are none."""
    return {field: kind.character for field, kind in kinds.items()} or None
