"""Reconciliation: what was planned for a message, compared with what the vendor reports as billed."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from septet.vendors.answers.responses import Response
from septet.wording.languages import ENGLISH
from septet.wording.messages import amount, counted, joined, phrase, said, translated
from septet.wording.quantities import segments
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import Any

    from septet.planning.plans import Plan
    from septet.wording.messages import Message, Words


class Sendable(Protocol):
    """What a reconciliation needs of a prepared message."""

    @property
    def plan(self) -> Plan:
        """The plan for one recipient."""

    @property
    def recipients(self) -> Sequence[str]:
        """The numbers that the vendor bills, each once where it removes duplicates; empty for a group."""


class Reconciliation(NamedTuple):
    """Planned and billed segments of one message. Made by `septet.reconcile`."""

    #: How many recipients are billed; None where they are a group of the vendor's.
    recipients: int | None
    #: The billed segments of all recipients together, as planned and as the vendor reports.
    planned: int | None
    billed: int | None
    planned_per_recipient: int
    #: None where the vendor does not report it, or where it billed no whole number for each.
    billed_per_recipient: int | None
    #: Whether the two are the same; None where unknown.
    agrees: bool | None
    #: The total cost according to the vendor, in `currency`.
    cost: Decimal | None
    currency: str | None
    #: All of it in one line, for a log.
    note: str

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types; the cost as its digits, the note in the language `lang`."""
        cost = None if self.cost is None else str(self.cost)
        return self._asdict() | {"cost": cost, "note": str(translated(self.note, lang))}


def reconcile(prepared: Sendable, response: Response) -> Reconciliation:
    """Compares what the vendor billed for a message with the plan, per recipient and in total.

    `prepared` is what `septet.prepare` gave, `response` what the profile's `read_response` gave
    for it. A group of the vendor's has an unknown number of recipients: then only a total that no number of
    recipients explains is certain to disagree.
    """
    if not isinstance(response, Response):
        raise TypeError(f"response: expected a Response, found {type(response).__name__}")
    if not hasattr(prepared, "plan") or not hasattr(prepared, "recipients"):
        raise TypeError(f"prepared: expected what septet.prepare gives, found {type(prepared).__name__}")
    if isinstance(prepared.recipients, str):
        raise TypeError("prepared.recipients: expected a sequence of numbers, found str")
    each = prepared.plan.billed_segments
    asked = len(prepared.recipients) or None
    recipients = _taken(response, asked)
    planned = None if recipients is None else recipients * each
    billed = response.billed_segments
    per_recipient, agrees = None, None
    if billed is not None and response.outcome != "refused":
        if recipients is not None:
            per_recipient = billed // recipients if recipients and billed % recipients == 0 else None
            agrees = billed == planned
        elif (billed % each if each else billed) != 0:
            agrees = False
    return Reconciliation(
        recipients,
        planned,
        billed,
        each,
        per_recipient,
        agrees,
        response.cost,
        response.currency,
        _note(response, asked, recipients, each, per_recipient, agrees),
    )


def _taken(response: Response, asked: int | None) -> int | None:
    """For how many of the requested recipients the vendor accepted the message."""
    if asked is None or not response.partly:
        return asked
    each = [one.accepted for one in response.outcomes if one.of == "recipient"]
    if each:
        return sum(each)
    return asked if response.outcomes else max(0, asked - len(response.errors))


def _note(
    response: Response,
    asked: int | None,
    recipients: int | None,
    each: int,
    per_recipient: int | None,
    agrees: bool | None,
) -> Words:
    planned = _planned(recipients, each)
    if asked is not None and recipients is not None and recipients != asked:
        taken = said(
            "accepted for %(taken)s of %(recipients)s", taken=recipients, recipients=_recipients(asked)
        )
        planned = joined(said("; "), (taken, planned))
    if response.outcome == "refused":
        words = " ".join(filter(None, (response.code, response.message)))
        if not words:
            return said("%(planned)s; refused by the vendor", planned=planned)
        told = printable(words, 200)
        return said("%(planned)s; refused by the vendor: %(words)s", planned=planned, words=told)
    billed = response.billed_segments
    if billed is None:
        return said("%(planned)s; the vendor does not say what it billed", planned=planned)
    found: Words = said("%(planned)s; billed %(segments)s", planned=planned, segments=segments(billed))
    if response.cost is not None:
        cost = amount(response.cost, printable(response.currency or ""))
        found += said(", cost %(cost)s", cost=cost)
    judged = [
        said("%(found)s: %(verdict)s", found=found, verdict=_verdict(recipients, per_recipient, agrees))
    ]
    if response.billed_inferred and not (agrees and each == 1):
        # With one segment each, a bill as planned agrees by any reading.
        judged.append(phrase(printable(response.billed_inferred, 300)))
    return joined(said("; "), judged)


def _planned(recipients: int | None, each: int) -> Words:
    if recipients is None:
        return said("planned %(segments)s for each recipient of a group", segments=segments(each))
    planned = segments(recipients * each)
    if recipients == 1:
        return said("planned %(segments)s", segments=planned)
    return said(
        "planned %(segments)s (%(recipients)s, %(each)s each)",
        segments=planned,
        recipients=_recipients(recipients),
        each=each,
    )


def _verdict(recipients: int | None, per_recipient: int | None, agrees: bool | None) -> Words:
    if agrees:
        return said("as planned")
    if agrees is None:
        return said("for an unknown number of recipients")
    if recipients is None:
        return said("not as planned for any number of recipients")
    if per_recipient is None:
        return said(
            "not as planned, and no whole number for each of %(recipients)s",
            recipients=_recipients(recipients),
        )
    if recipients == 1:
        return said("not as planned")
    return said("not as planned, %(each)s each", each=per_recipient)


def _recipients(count: int) -> Message:
    return counted("%(number)s recipient", "%(number)s recipients", count)
