"""Quick counts: the bounds of the commonest messages, where two texts tell them.

Where every value is of characters that each coding holds, the text around them alone decides how the
message travels. The most segments come then from as many of the heaviest characters as may be, the fewest
from as few of the lightest; `bounds` says the same, and what this leaves out.
"""

from __future__ import annotations

from collections.abc import Callable

from septet.gsm.segmentation import holds_joining
from septet.planning.planner import Measure, Planner
from septet.templates.characters_of_values import CLASSES_OF_VALUES, kinds_of_class
from septet.templates.lengths import MOST_CHARACTERS
from septet.templates.pieces import Field, Pieces

from .findings import Segments
from .values import Values

#: As many placeholders are remembered.
_KEPT = 4096
_Extremes = tuple[str, str, int]


class QuickCounts:
    """The quick way for one planner."""

    def __init__(self, planner: Planner, values: Callable[[str], Values]) -> None:
        self._planner = planner
        self._values = values
        #: Of each placeholder that was met: its values at their lightest and at their heaviest, and how many
        #: characters they may have; None where only `bounds` can tell.
        self._known: dict[str, _Extremes | None] = {}
        terms = planner.terms
        settings = terms.settings
        #: Of each class its lightest and its heaviest character, where they are so in every coding.
        self._ends: dict[str, tuple[str, str]] = {}
        if (
            terms.languages is None
            and settings.mention is None
            and settings.link_length is None
            and settings.character_limit is None
            and not settings.truncate
            and not terms.placeholders.collapses
            and not any(coding.wholes and coding.wholes.split_at for coding in terms.codings)
        ):
            for name, found in CLASSES_OF_VALUES.items():
                ends = None if found is None else self._ends_of(name)
                if ends is not None:
                    self._ends[name] = ends
        self._clusters = any(coding.wholes for coding in terms.codings)
        self._looks_closer = self._clusters or bool(terms.placeholders)

    def count(self, pieces: Pieces) -> tuple[Segments, str, Measure] | None:
        """The fewest and the most segments, a text of the most and its measure.

        None where only `bounds` can tell.
        """
        if not self._ends:
            return None
        lightest: list[str] = []
        heaviest: list[str] = []
        length = 0
        for piece in pieces:
            if not isinstance(piece, Field):
                lightest.append(piece)
                heaviest.append(piece)
                continue
            found = self._known[piece] if piece in self._known else self._extremes(piece)
            if found is None:
                return None
            light, heavy, most = found
            length += most
            lightest.append(light)
            heaviest.append(heavy)
        if length > MOST_CHARACTERS:
            return None
        if self._looks_closer:
            fixed = "".join([piece for piece in pieces if not isinstance(piece, Field)])
            if self._clusters and holds_joining(fixed):
                return None
            if self._planner.terms.placeholders.spans(fixed):
                return None
        text = "".join(heaviest)
        most_of_all = self._planner.measure(text)
        if lightest == heaviest:
            return Segments(most_of_all.billed_segments, most_of_all.billed_segments), text, most_of_all
        least = self._planner.measure("".join(lightest))
        if least.encoding != most_of_all.encoding:
            return None
        return Segments(least.billed_segments, most_of_all.billed_segments), text, most_of_all

    @property
    def answers(self) -> bool:
        """Whether it answers at all."""
        return bool(self._ends)

    def most_units(self, field: str) -> int | None:
        """How many units of GSM-7 the values of a placeholder take at the most.

        None where only `bounds` can tell what they make of a text.
        """
        found = self._extremes(field)
        if found is None:
            return None
        measures = [self._planner.measure(f"x{values}") for values in found[:2]]
        if any(measure.encoding != "gsm7" for measure in measures):
            return None
        return measures[1].units - 1

    def _extremes(self, field: str) -> _Extremes | None:
        one = self._values(field)
        ends = self._ends.get(one.characters)
        # What is too long to be told is not written out either.
        found = (
            None
            if ends is None or one.most > MOST_CHARACTERS
            else (ends[0] * one.least, ends[1] * one.most, one.most)
        )
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[field] = found
        return found

    def _ends_of(self, name: str) -> tuple[str, str] | None:
        codings = self._planner.terms.codings
        kinds = kinds_of_class(name, self._planner.profile, codings)
        lightest, heaviest = kinds[0], kinds[0]
        for coding in codings:
            units = [kind.units(coding) for kind in kinds]
            if min(units) < 1:
                return None
        for kind in kinds:
            if all(kind.units(coding) <= lightest.units(coding) for coding in codings):
                lightest = kind
            if all(kind.units(coding) >= heaviest.units(coding) for coding in codings):
                heaviest = kind
        for coding in codings:
            for kind in kinds:
                if not lightest.units(coding) <= kind.units(coding) <= heaviest.units(coding):
                    return None
                # Of as many units what may not be cut takes more room.
                if kind.units(coding) == heaviest.units(coding) and (
                    heaviest.may_be_cut(coding) and not kind.may_be_cut(coding)
                ):
                    return None
        return (kinds[0].character if kinds[0].codes == lightest.codes else lightest.character), (
            heaviest.character
        )
