"""Facts of a calibration: a log compared with the plan, in words, for any kind of view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from septet.campaign.calibration.hypotheses import (
    ASSUMED,
    EDITION,
    OPTION,
    PRICE,
    PRODUCT,
    READING,
    SIZES,
    TEXT,
    TOGETHER,
)
from septet.campaign.calibration.logs import INBOUND, NO_SEGMENTS, OTHER_CHANNEL, UNBILLED
from septet.gsm.segmentation import ENCODING_NAMES
from septet.wording.messages import counted, figure, joined, listed, said
from septet.wording.quantities import rows, segments
from septet.wording.quoting import printable

from .estimate_facts import money

if TYPE_CHECKING:
    from septet.campaign.calibration.calibrations import Calibration
    from septet.campaign.calibration.causes import Cause
    from septet.campaign.calibration.differing_rows import DifferingRow
    from septet.wording.messages import Words

#: What a cause is about.
KINDS: Mapping[str, Words] = {
    OPTION: said("an option"),
    EDITION: said("another document of the vendor"),
    ASSUMED: said("assumed in the profile"),
    READING: said("another interpretation of the vendor's document"),
    TEXT: said("what became of the text"),
    SIZES: said("the sizes of segments"),
    PRODUCT: said("another product, or only the standard"),
    PRICE: said("the prices"),
    TOGETHER: said("several of them in one message"),
}
#: Why rows are left out.
_LEFT_OUT: Mapping[str, Words] = {
    INBOUND: said("received"),
    UNBILLED: said("with a status that is not billed"),
    OTHER_CHANNEL: said("on another channel than SMS"),
    NO_SEGMENTS: said("without billed segments"),
    "blank-row": said("empty"),
}
_BROKEN: Mapping[str, Words] = {
    "no-count": said("the number of segments is not a whole number"),
    "bad-bytes": said("it has octets that are not valid in its encoding"),
    "wrong-number-of-fields": said("it has more or fewer fields than the header"),
    "unclosed-quote": said("a quoted cell in it is never closed"),
    "not-json": said("it is not a JSON object"),
    "not-text": said("its message is not a text"),
    "error-cell": said("a cell that is read holds a spreadsheet error"),
}


def facts(found: Calibration) -> Iterator[tuple[Words, Words]]:
    """The figures of a log: the name of each, and the figure in words."""
    if found.columns.export:
        yield said("Export"), joined("", [found.columns.export])
    columns = (f"{what} = {printable(name)}" for what, name in found.columns.named.items() if name)
    yield said("Columns"), joined(", ", columns)
    yield (
        said("Rows"),
        said(
            "%(rows)s compared: %(agree)s billed as planned, %(differ)s differently",
            rows=figure(found.rows),
            agree=figure(found.agree),
            differ=figure(found.differ),
        ),
    )
    if found.left_out:
        parts = [
            said("%(number)s %(why)s", number=figure(number), why=_LEFT_OUT.get(why, why))
            for why, number in found.left_out.items()
        ]
        yield said("Left out"), joined(said("; "), parts)
    if found.rejects:
        broken = [
            said("%(number)s: %(why)s", number=figure(number), why=_BROKEN.get(code, code))
            for code, number in found.rejects.items()
        ]
        yield said("Not read"), joined(said("; "), broken)
    if found.differ:
        differences = {"segments": said("segments"), "encoding": said("encoding"), "price": said("price")}
        parts = [
            said("%(what)s in %(rows)s", what=differences[what], rows=rows(number))
            for what, number in found.differ_by.items()
            if number
        ]
        yield said("What differs"), joined(", ", parts)
    yield (
        said("Segments"),
        said(
            "%(planned)s planned, %(billed)s billed",
            planned=figure(found.planned),
            billed=figure(found.billed),
        ),
    )
    yield FACTOR, said("multiply an estimate by %(factor)s", factor=figure(found.factor))
    if found.overbilled:
        words: Words = said(
            "%(segments)s in %(rows)s", segments=segments(found.overbilled), rows=rows(found.overbilled_rows)
        )
        if any(cost.amount for cost in found.overpaid):
            words = said("%(segments)s, which cost %(money)s", segments=words, money=money(found.overpaid))
        yield said("Billed beyond the plan"), words
    if found.underbilled:
        words = said(
            "%(segments)s in %(rows)s",
            segments=segments(found.underbilled),
            rows=rows(found.underbilled_rows),
        )
        yield said("Planned and not billed"), words
    if found.paid:
        yield said("Cost"), money(found.paid)
    if found.checked_prices:
        yield said("Prices"), said("%(rows)s compared with the list", rows=rows(found.checked_prices))


#: The words before the factor.
FACTOR = said("Factor")


def explained(cause: Cause) -> Iterator[Words]:
    """Further facts about a cause: what it explains, and where it is."""
    figures: list[Words] = [rows(cause.rows)]
    if cause.segments:
        sign = "+" if cause.segments > 0 else "-"
        figures.append(said("%(sign)s%(segments)s", sign=sign, segments=segments(abs(cause.segments))))
    if cause.more:
        figures.append(said("%(money)s beyond the list", money=money(cause.more)))
    if cause.line is not None:
        figures.append(said("the first in line %(line)s", line=cause.line))
    yield joined(", ", figures)
    if cause.against:
        yield counted(
            "It applies to a part of the log: %(number)s row that it would change was billed as planned.",
            "It applies to a part of the log: %(number)s rows that it would change were billed as planned.",
            cause.against,
        )
    if cause.also:
        yield said("This log cannot distinguish it from: %(rules)s.", rules=listed(cause.also))
    if cause.why:
        yield said("About: %(kind)s: %(why)s", kind=KINDS[cause.kind], why=cause.why)
    else:
        yield said("About: %(kind)s", kind=KINDS[cause.kind])
    if cause.source:
        yield said("Rules used: %(source)s", source=cause.source)


def unexplained(row: DifferingRow) -> Words:
    """An unexplained row, in a line."""
    shown = {
        "line": row.line,
        "planned": _bill(row.planned, row.planned_encoding),
        "billed": _bill(row.billed, row.billed_encoding),
        "text": row.text,
    }
    words: Words = said('line %(line)s: planned %(planned)s, billed %(billed)s: "%(text)s"', **shown)
    if row.price_by is not None:
        words = said(
            "%(row)s, at %(price)s instead of %(expected)s",
            row=words,
            price=figure(row.price) if row.price is not None else "-",
            expected=figure(row.expected_price) if row.expected_price is not None else "-",
        )
    return words if row.file is None else said("%(file)s, %(row)s", file=row.file, row=words)


def _bill(number: int, encoding: str | None) -> Words:
    if encoding is None:
        return segments(number)
    return said("%(segments)s in %(encoding)s", segments=segments(number), encoding=ENCODING_NAMES[encoding])


def verdict(found: Calibration) -> tuple[str, Words]:
    """``"good"``, ``"mind"`` or ``"bad"``, and the result for the log in a sentence."""
    if not found.rows:
        return "mind", said("There is no row to compare.")
    if not found.differ:
        return "good", said("All rows were billed as planned.")
    if not found.unexplained:
        return "mind", said("All rows that were billed differently are explained.")
    return "bad", counted(
        "%(number)s row was billed differently, and nothing that was tried explains it.",
        "%(number)s rows were billed differently, and nothing that was tried explains them.",
        found.unexplained,
    )
