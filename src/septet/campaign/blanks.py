"""Blanks around texts and values: removed where that was asked for, and otherwise what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .appraisals import BITS
from .signs import BLANKS, with_outer_blanks
from .tallies import STRIPPED
from .text_columns import column_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    import pyarrow as pa

    from septet.templates.templates import Template

    from .appraisals import Appraisal, Appraiser
    from .prices.entries import Price


def stripped(texts: pa.Array) -> pa.Array:
    """A column of texts, or of octets, without blanks around any."""
    mask = with_outer_blanks(column_of(texts))
    return _stripped(texts, mask) if mask.any() else texts


def _stripped(texts: pa.Array, mask: np.ndarray[Any, Any]) -> pa.Array:
    """The same, where the rows with blanks are known."""
    import pyarrow as pa
    import pyarrow.compute as pc

    where = pa.array(mask)
    some = texts if mask.all() else texts.filter(where)
    try:
        bare = pc.utf8_trim(some.cast(pa.large_string(), safe=False), BLANKS).cast(some.type, safe=False)
    except pa.ArrowInvalid:  # one begins or ends with octets that are not UTF-8
        bare = pa.array([value if value is None else _bare(value) for value in some.to_pylist()], some.type)
    return bare if mask.all() else pc.replace_with_mask(texts, where, bare)


def without_blanks(
    batch: pa.RecordBatch, columns: Mapping[str, pa.Array], counts: dict[Any, int]
) -> pa.RecordBatch:
    """Strips some columns of a batch, given by their own names, and counts the rows that had blanks."""
    import numpy as np

    touched = np.zeros(batch.num_rows, bool)
    for name, texts in columns.items():
        mask = with_outer_blanks(column_of(texts))
        if mask.any():
            touched |= mask
            place = batch.schema.get_field_index(name)
            batch = batch.set_column(place, name, _stripped(texts, mask))
    if touched.any():
        counts[STRIPPED] = int(touched.sum())
    return batch


def count_blanks(
    counts: dict[Any, int],
    appraisal: Appraisal,
    texts: pa.Array,
    template: tuple[Template, Mapping[str, pa.Array], np.ndarray[Any, Any]] | None,
    groups: Iterable[tuple[Appraiser, np.ndarray[Any, Any] | None]],
    prices: Sequence[Price | None],
    price_of: np.ndarray[Any, Any] | None,
) -> None:
    """Counts the rows with blanks around a value, or around the text, and the segments that these add.

    With a `template`, these are its values, and the rows in which a value has such blanks. `groups` are the
    appraisers with the rows of each; None: all rows.
    """
    import numpy as np

    if template is None:
        rows = np.flatnonzero((appraisal.problems & BITS["outer-blanks"]) != 0)
        rows = rows[with_outer_blanks(column_of(texts))[rows]] if len(rows) else rows
    else:
        rows = np.flatnonzero(template[2] & (appraisal.places >= 0))
    if not len(rows):
        return
    counts["padded",] = len(rows)
    which = np.zeros(len(rows), np.int64) if price_of is None else price_of[rows]
    more = np.zeros(len(rows), np.int64)
    for appraiser, members in groups:
        own = np.ones(len(rows), bool) if members is None else np.isin(rows, members)
        if appraiser.keeps_one_segment:
            own &= appraisal.billed[rows] != 1
        if own.any():
            those = rows if own.all() else rows[own]
            billed, known = appraiser.bill(_bare_texts(texts, template, those))
            more[own] = np.where(known, appraisal.billed[those] - billed, 0)
    # Sums of whole numbers below 2**53, which floats hold exactly.
    for place, segments in enumerate(np.bincount(which, more).tolist()):
        if segments:
            counts["blanks", prices[place]] = int(segments)


def _bare_texts(
    texts: pa.Array,
    template: tuple[Template, Mapping[str, pa.Array], np.ndarray[Any, Any]] | None,
    rows: np.ndarray[Any, Any],
) -> pa.Array:
    """What these rows would send without the blanks; null where nothing is left of a field."""
    import numpy as np
    import pyarrow as pa

    if template is None:
        return _stripped(_taken(texts, rows), np.ones(len(rows), bool))
    made, values, _ = template
    bare = {field: stripped(_taken(column, rows)) for field, column in values.items()}
    found = made.render(pa.RecordBatch.from_pydict(bare), bare)[0]
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _taken(texts: pa.Array, rows: np.ndarray[Any, Any]) -> pa.Array:
    import pyarrow as pa

    found = texts.take(pa.array(rows))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _bare(value: str | bytes) -> str | bytes:
    if isinstance(value, str):
        return value.strip()
    return value.decode("utf-8", "surrogateescape").strip().encode("utf-8", "surrogateescape")
