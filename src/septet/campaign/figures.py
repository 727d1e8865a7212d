"""Figures: the results of an estimate, each with its rows, its segments and their cost."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from .costs import Costs, total

if TYPE_CHECKING:
    from .campaigns import Campaign
    from .tallies import Tally


class Share(NamedTuple):
    """A part of the measured rows, their billed segments, and their cost."""

    value: Any
    rows: int
    segments: int
    costs: Costs


class Character(NamedTuple):
    """A character that makes messages cost more.

    ``"forces-ucs2"``: it is not in the vendor's GSM-7, so that a message with it travels as UCS-2.
    `segments` are what the messages with it are billed beyond what they would be in GSM-7, with one unit
    instead of each such character. ``"counts-double"``: it costs more than one unit where
    it is; `segments` are what the messages with it are billed beyond what they would be if each such
    character cost one.

    A message with several of them counts for each, so that shares of characters do not add up. The figures
    that end with ``_alone`` are for the messages that hold no other: what replacing only this character
    would save.
    """

    character: str
    kind: str
    rows: int
    segments: int
    costs: Costs
    rows_alone: int
    segments_alone: int
    costs_alone: Costs


class Optout(NamedTuple):
    """Rows by what became of the opt-out mention, and the segments that it adds to the bill."""

    added: int
    already_there: int
    missing: int
    not_added: int
    not_required: int
    segments: int
    costs: Costs


class Truncation(NamedTuple):
    """Rows that were cut, and the extra segments that they would be billed in full."""

    rows: int
    segments: int
    costs: Costs


class FittedField(NamedTuple):
    """The rows in which a field of the template was cut, and the characters that were cut in all."""

    field: str
    rows: int
    characters: int


class Fitted(NamedTuple):
    """What was done to rows so that they take fewer segments."""

    #: Rows in which a field of the template was cut.
    rows: int
    fields: tuple[FittedField, ...]
    #: Rows with a wording other than their first.
    reworded: int
    #: Rows with what is added after a text where that is free.
    with_tail: int


def fitted_of(campaign: Campaign, tally: Tally) -> Fitted | None:
    """What was cut, by field in their order, and what got another wording; None where neither was asked
    for."""
    if campaign.fit is None and not (campaign.wordings or campaign.if_free):
        return None
    names = [] if campaign.fit is None else [name for name, _ in campaign.fit.fields]
    fields = (
        FittedField(name, tally["fitted-rows", name], tally["fitted-characters", name]) for name in names
    )
    return Fitted(tally["fitted",], tuple(fields), tally["worded",], tally["with-tail",])


class Blanks(NamedTuple):
    """Rows with blanks around a text or a value, and the segments that these add to the bill."""

    rows: int
    segments: int
    costs: Costs


class Unsubscriptions(NamedTuple):
    """What unsubscribing costs where the vendor bills it, at a rate of the measured rows.

    The expected number may be a fraction: a rate of 0.02 means 1.5 of 75 rows.
    """

    rate: Decimal
    #: What one costs; 0 where the vendor's document names no charge.
    billed_segments: int
    #: How many are expected.
    expected: Decimal
    costs: Costs


def together(shares: Iterable[Share]) -> Share:
    """Several shares as one, without a value."""
    parts = list(shares)
    return Share(
        None,
        sum(share.rows for share in parts),
        sum(share.segments for share in parts),
        total(cost for share in parts for cost in share.costs),
    )


def plain(value: Any) -> Any:
    """A figure, or several, in plain JSON types; amounts as strings, so that none is rounded."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(one) for name, one in value._asdict().items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, os.PathLike)) else value
