"""Hypotheses: what may differ from what was assumed, each as a way to count of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from septet.wording.messages import Words

    from .ways import Way

#: What a hypothesis is about. Where several explain the same rows, the first in this order is taken: an
#: option of the sender's, another document of the vendor, an assumed cell of the profile, a reading of
#: its document, how texts are handled before they are counted, the sizes of segments, another product of
#: the vendor or only the standard; and, for prices, the price list.
KINDS = OPTION, EDITION, ASSUMED, READING, TEXT, SIZES, PRODUCT, PRICE = (
    *("option", "edition", "assumed", "reading", "text", "sizes", "product", "price"),
)
#: Two that hold for the same rows.
TOGETHER = "together"


class Hypothesis(NamedTuple):
    """One assumption that may be wrong."""

    #: What it is called, in the names of options and of the keys of a vendor file: ``substitute=False``.
    rule: str
    kind: str
    words: Words
    #: The way to count under this hypothesis, made from the assumed one.
    change: Callable[[Way], Way]
    #: The source of the rule that was followed, and why it was assumed, where it was.
    source: str = ""
    why: str = ""


def about(
    rule: str, words: Words, change: Callable[[Way], Way], table: Mapping[str, Any] | None
) -> Hypothesis:
    """That a rule of the vendor file is different; if it is documented, this is another reading of the
    document."""
    if table is None:
        return Hypothesis(rule, READING, words, change)
    kind = ASSUMED if table["assumed"] else READING
    return Hypothesis(rule, kind, words, change, table["source"], table["why"] or "")


def together(first: Hypothesis, *others: Hypothesis) -> Hypothesis:
    """That several hold at once."""
    from septet.wording.messages import joined, said

    all_of = (first, *others)

    def change(way: Way) -> Way:
        for one in all_of:
            way = one.change(way)
        return way

    words = joined(said("; "), [one.words for one in all_of])
    return Hypothesis(" + ".join(one.rule for one in all_of), TOGETHER, words, change)
