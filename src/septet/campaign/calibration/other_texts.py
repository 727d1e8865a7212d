"""Other texts: how a text may have been changed before it was counted, or before it was logged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from septet.wording.messages import said

from .hypotheses import TEXT, Hypothesis

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from septet.wording.messages import Words

    from .ways import Way


def other_texts(way: Way) -> Iterator[Hypothesis]:
    """Each change that may be made to texts on their way."""
    yield _texts("text.blanks=stripped", said("blanks around a text are removed"), _stripped)
    yield _texts("text.line_breaks=crlf", said("each line feed was sent as CRLF"), _with_crlf)
    yield _texts("text.line_breaks=lf", said("each CRLF was sent as a line feed"), _with_lf)
    yield _texts("text.emoji=1", said("an emoji counts as one unit in UCS-2 instead of two"), _without_pairs)
    yield _texts("text.spaces=plain", said("no-break spaces are sent as spaces"), _with_plain_spaces)
    yield _texts(
        "text.quotes=plain", said("typographic quotes and dashes are sent as plain ones"), _with_plain_quotes
    )
    yield _texts("text.ampersands=escaped", said("& < > are counted as &amp; &lt; &gt;"), _escaped)


def _texts(rule: str, words: Words, become: Callable[[pa.Array], pa.Array]) -> Hypothesis:
    return Hypothesis(rule, TEXT, words, lambda way: way._replace(texts=(*way.texts, become)))


def _stripped(texts: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.utf8_trim_whitespace(texts)


def _with_lf(texts: pa.Array) -> pa.Array:
    return _replaced(texts, {"\r\n": "\n"})


def _with_crlf(texts: pa.Array) -> pa.Array:
    # A CRLF stays one.
    return _replaced(texts, {"\r\n": "\n", "\n": "\r\n"})


def _without_pairs(texts: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    # Any character of one unit that no alphabet holds.
    return pc.replace_substring_regex(texts, r"[\x{10000}-\x{10FFFF}]", "\u4e00")


def _with_plain_spaces(texts: pa.Array) -> pa.Array:
    return _replaced(texts, {"\u00a0": " ", "\u202f": " "})


def _with_plain_quotes(texts: pa.Array) -> pa.Array:
    pairs = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."}
    return _replaced(texts, pairs)


def _escaped(texts: pa.Array) -> pa.Array:
    return _replaced(texts, {"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def _replaced(texts: pa.Array, pairs: dict[str, str]) -> Any:
    import pyarrow.compute as pc

    for written, sent in pairs.items():
        texts = pc.replace_substring(texts, written, sent)
    return texts
