"""Shown columns: what the phone shows of each text of an Arrow column.

Most rows only hold characters that are shown as they are written; one pass of the kernel finds these rows,
and they stay unchanged, except for a mention after them. The others are looked at once more, and only rows
that are changed, cut, or not decided by weights get a plan of their own.
"""

from __future__ import annotations

from functools import cached_property

from septet import _kernel

from .character_classes import ranges
from .columns import chunks_of, column, is_view, text_type, weigh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .codings import Coding
    from .planner import Planner

#: The place of rows that weights do not decide: after those of all candidates.
_PLANNED = 64


class ShownTexts:
    """What the phone shows of texts on the terms of a planner, whole columns at once. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        settings = planner.settings
        self._before = settings.prefix
        self._behind = settings.suffix + (settings.added if planner.adds_mention else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return ShownTexts, (self._planner,)

    @cached_property
    def _plain(self) -> _kernel.Meter:
        """A meter that hands on all texts in which anything may be shown otherwise than it is written."""
        # It has as many candidates as the planner, all alike: whichever is taken, nothing is changed.
        coding = self._planner.codings[0]
        candidate = coding.candidate(self._planner.adds_mention, _weights_of_kept(coding))
        alike = (candidate,) * len(self._planner.codings)
        needles = self._planner.needles
        if needles is not None:
            needles += tuple((line_break,) for line_break in self._breaks)
        return self._planner.meter(_planned, needles=needles, candidates=alike)

    @cached_property
    def _meter(self) -> _kernel.Meter:
        return self._planner.meter(_planned, needles=self._planner.needles)

    @cached_property
    def _changed(self) -> list[str | None]:
        """For each coding a pattern (RE2) of what it may show otherwise; None if it shows all as written."""
        return [_changed(coding, self._breaks) for coding in self._planner.codings]

    @property
    def _breaks(self) -> frozenset[str]:
        """Characters that are not line breaks for the vendor and become one."""
        return frozenset("\r" if self._planner.profile.line_break_units > 0 else "")

    def of(self, array: Any) -> Any:
        """The texts as the phone shows them; null where a row is null or not UTF-8.

        They are large strings, or the column itself where it holds texts and is shown unchanged. Raises
        TypeError for anything but a column of texts.
        """
        import pyarrow as pa
        import pyarrow.compute

        text_type(pa, array.type)
        pieces = [self._of_chunk(pa, chunk) for chunk in chunks_of(array, pa.ChunkedArray)]
        if len(pieces) == 1:
            return pieces[0]
        large = pa.large_string()
        return pa.concat_arrays([piece.cast(large) for piece in pieces]) if pieces else pa.array([], large)

    def _of_chunk(self, pa: Any, array: Any) -> Any:
        pc = pa.compute
        if pa.types.is_dictionary(array.type):
            return self._of_chunk(pa, array.dictionary).cast(pa.large_string()).take(array.indices)
        if pa.types.is_null(array.type):
            return pa.nulls(len(array), pa.large_string())
        places, _, _, refused = weigh(pa, self._plain, array)
        places = column(pa, pa.int8(), places)
        closely = pc.equal(places, _PLANNED)
        same = not (refused or self._before or self._behind or pc.any(closely).as_py())
        if same and (pa.types.is_string_view(array.type) or pa.types.is_large_string(array.type)):
            return array
        texts = _as_strings(pa, array, places, refused)
        shown = self._with_what_is_added(pa, texts)
        if not pc.any(closely).as_py():
            return shown
        return pc.replace_with_mask(shown, closely, self._looked_at(pa, texts.filter(closely)))

    def _looked_at(self, pa: Any, texts: Any) -> Any:
        """The texts as shown that hold more than the first coding keeps."""
        pc = pa.compute
        places = column(pa, pa.int8(), weigh(pa, self._meter, texts).places)
        by_plan = pc.equal(places, _PLANNED)
        for place, pattern in enumerate(self._changed):
            if pattern is not None:
                here = pc.equal(places, place)
                if pc.any(here).as_py():
                    by_plan = pc.or_(by_plan, pc.and_(here, pc.match_substring_regex(texts, pattern)))
        shown = self._with_what_is_added(pa, texts)
        if not pc.any(by_plan).as_py():
            return shown
        plan = self._planner.plan
        planned = [plan(text).text for text in texts.filter(by_plan).to_pylist()]
        return pc.replace_with_mask(shown, by_plan, pa.array(planned, pa.large_string()))

    def _with_what_is_added(self, pa: Any, texts: Any) -> Any:
        if not (self._before or self._behind):
            return texts
        before, behind, nothing = (
            pa.scalar(text, pa.large_string()) for text in (self._before, self._behind, "")
        )
        return pa.compute.binary_join_element_wise(before, texts, behind, nothing)


def _planned(text: object) -> tuple[int, int, int]:
    return _PLANNED, 0, 0


def _as_strings(pa: Any, array: Any, places: Any, refused: list[int]) -> Any:
    """A column that a meter has looked at, as large strings, null where a row is not UTF-8."""
    if is_view(pa, array.type):  # few of Arrow's functions take views
        array = array.cast(pa.large_binary())
    if refused:
        array = pa.compute.if_else(pa.compute.greater_equal(places, 0), array, pa.scalar(None, array.type))
    return array.cast(pa.large_string(), safe=False)


def _kept(coding: Coding) -> set[str]:
    """The characters that a coding knows and shows as they are written."""
    return {character for character in coding.known if coding.show(character) == character}


def _weights_of_kept(coding: Coding) -> _kernel.Weights:
    """The weights of a coding, without the characters that it may show otherwise."""
    if coding.carries_all and not coding.known:
        return coding.shown_weights  # nothing is replaced
    kept = _kept(coding)
    if coding.carries_all:
        kept |= {"\n"} - coding.known
    codes = {ord(character): coding.shown_weights.codes(character)[0] for character in kept}
    if coding.carries_all:
        changed = map(ord, coding.known - kept)
        return _kernel.Weights(codes | dict.fromkeys(changed, _kernel.OUTSIDE), 1, 2)
    return _kernel.Weights(codes, _kernel.OUTSIDE, _kernel.OUTSIDE)


def _changed(coding: Coding, breaks: frozenset[str]) -> str | None:
    """A pattern of what a text holds if this coding carries it and does not show all of it as written."""
    kept = _kept(coding)
    if (coding.strict and not coding.wide) or coding.carries_all:
        # A text with any other character travels otherwise, or keeps it.
        changed = (coding.known - kept) | breaks
        return f"[{ranges(changed)}]" if changed else None
    return f"[^{ranges(kept - breaks)}]"
