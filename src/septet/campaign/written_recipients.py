"""Written recipients: telephone numbers of a column as someone would write them, whatever its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from septet.templates.written_values import written

if TYPE_CHECKING:
    import pyarrow as pa


def with_recipients_written(batch: pa.RecordBatch, column: str) -> pa.RecordBatch:
    """The batch with the recipients as texts, where they were floats or decimals: 33612345678.0 is a number.

    A float with too many digits to keep them all stays a float, which is not a number.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    place = batch.schema.names.index(column)
    recipients = batch.column(place)
    decimals = pa.types.is_decimal(recipients.type)
    if not (decimals or pa.types.is_floating(recipients.type)):
        return batch
    texts = written(pa, recipients)
    if decimals:
        texts = pc.replace_substring_regex(texts, r"\.0+$", "")
    return batch.set_column(place, column, texts)
