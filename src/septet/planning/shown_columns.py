"""Shown columns: what the phone shows of each text of an Arrow column.

Most rows are shown as they are written, but for a mention behind them, and stay as they are. Only those
that are changed, cut, or looked at more closely for another reason get a plan of their own.
"""

from __future__ import annotations

from functools import cached_property

from .character_classes import ranges
from .columns import chunks_of, column, is_view, text_type, weigh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet import _kernel

    from .codings import Coding
    from .planner import Planner

#: The place of rows that weights do not decide: behind those of all candidates.
_PLANNED = 64


class ShownTexts:
    """What the phone shows of texts on the terms of a planner, whole columns at once. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._added = planner.settings.added if planner.adds_mention else ""

    def __reduce__(self) -> tuple[Any, ...]:
        return ShownTexts, (self._planner,)

    @cached_property
    def _meter(self) -> _kernel.Meter:
        def planned(text: object) -> tuple[int, int, int]:
            return _PLANNED, 0, 0

        return self._planner.meter(planned, needles=self._planner.needles)

    @cached_property
    def _changed(self) -> list[str | None]:
        """For each coding what a text holds that it shows otherwise, for RE2; None: none does."""
        one_line_break = self._planner.profile.line_break_units > 0
        return [_changed(coding, one_line_break) for coding in self._planner.codings]

    def of(self, array: Any) -> Any:
        """The texts as the phone shows them, as large strings; null where a row is null or no UTF-8.

        Raises TypeError for what is no column of texts.
        """
        import pyarrow as pa
        import pyarrow.compute

        text_type(pa, array.type)
        pieces = [self._of_chunk(pa, chunk) for chunk in chunks_of(array, pa.ChunkedArray)]
        if len(pieces) == 1:
            return pieces[0]
        return pa.concat_arrays(pieces) if pieces else pa.array([], pa.large_string())

    def _of_chunk(self, pa: Any, array: Any) -> Any:
        pc = pa.compute
        if pa.types.is_dictionary(array.type):
            return self._of_chunk(pa, array.dictionary).take(array.indices)
        wanted = text_type(pa, array.type)
        if is_view(pa, wanted):  # of which Arrow's functions take few
            wanted = pa.large_string() if pa.types.is_string_view(wanted) else pa.large_binary()
        if array.type != wanted:
            array = array.cast(wanted)
        weighed = weigh(pa, self._meter, array)
        places = column(pa, pa.int8(), weighed.places)
        if weighed.refused:
            array = pc.if_else(pc.greater_equal(places, 0), array, pa.scalar(None, array.type))
        # It is UTF-8: the meter has looked.
        texts = array if wanted == pa.large_string() else array.cast(pa.large_string(), safe=False)
        by_plan = pc.equal(places, _PLANNED)
        for place, pattern in enumerate(self._changed):
            if pattern is not None:
                here = pc.equal(places, place)
                if pc.any(here).as_py():
                    changed = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
                    by_plan = pc.or_(by_plan, pc.and_(here, changed))
        shown = texts
        if self._added:
            shown = pc.binary_join_element_wise(
                texts, pa.scalar(self._added, pa.large_string()), _nothing(pa)
            )
        if not pc.any(by_plan).as_py():
            return shown
        plan = self._planner.plan
        planned = [plan(text).text for text in texts.filter(by_plan).to_pylist()]
        return pc.replace_with_mask(shown, by_plan, pa.array(planned, pa.large_string()))


def _nothing(pa: Any) -> Any:
    return pa.scalar("", pa.large_string())


def _changed(coding: Coding, one_line_break: bool) -> str | None:
    """What a text holds of which not all is shown as it is written, where this coding carries it."""
    breaks = {"\r"} if one_line_break else set()
    kept = {character for character in coding.known if coding.show(character) == character}
    if coding.strict or coding.encoding == "ucs2":
        # A text with any other character travels otherwise, or keeps it.
        changed = (coding.known - kept) | breaks
        return f"[{ranges(changed)}]" if changed else None
    return f"[^{ranges(kept - breaks)}]"
