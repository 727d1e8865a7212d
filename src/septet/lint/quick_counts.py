"""Quick counts: the bounds of the commonest messages, where two texts decide them.

Where every coding holds the characters of all values, only the text around these decides the encoding. The
most segments then come from the most of the heaviest characters, the fewest from the fewest of the
lightest. `bounds` gives the same results, and those for all other messages.
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

#: The most placeholders to remember.
_KEPT = 4096
_Extremes = tuple[str, str, int]


class QuickCounts:
    """The quick way for one planner."""

    def __init__(self, planner: Planner, values: Callable[[str], Values]) -> None:
        self._planner = planner
        self._values = values
        #: For each placeholder met so far: its lightest and its heaviest value, and how many characters
        #: they may have; None where only `bounds` can tell.
        self._known: dict[str, _Extremes | None] = {}
        terms = planner.terms
        settings = terms.settings
        #: The lightest and the heaviest character of each class, where these are the same in every coding.
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
        """The fewest and the most segments, a text with the most, and its measure.

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
        """Whether it can answer at all."""
        return bool(self._ends)

    def most_units(self, field: str) -> int | None:
        """The most GSM-7 units that the values of a placeholder take.

        None where only `bounds` can tell their effect on a text.
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
        # A value that is too long for bounds is not written out either.
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
                # With the same number of units, a value that must not be cut takes more room.
                if kind.units(coding) == heaviest.units(coding) and (
                    heaviest.may_be_cut(coding) and not kind.may_be_cut(coding)
                ):
                    return None
        return (kinds[0].character if kinds[0].codes == lightest.codes else lightest.character), (
            heaviest.character
        )
