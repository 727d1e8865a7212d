"""Playing a vendor: each call gets the answer of the vendor's document."""

from __future__ import annotations

import threading
from typing import NamedTuple

from septet.wording.messages import said

from .answers import accepted, tells_refused_recipients
from .arrived_fields import is_path_of
from .batch_calls import understood_batch
from .calls import Answer, Received
from .refusing import code_for, refused
from .taken import Account, Taken
from .understanding import sentence, understood

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from typing import Any

    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .calls import Call
    from .failures import Failure
    from .understanding import Understood

_PLAIN = "text/plain; charset=utf-8"


class Reply(NamedTuple):
    """An answer, and how it is sent."""

    answer: Answer
    slow: float = 0.0
    half: bool = False
    #: The content of the call.
    received: tuple[Received, ...] = ()


class Play:
    """One vendor's state while it is played: what it received, and its failures on demand."""

    def __init__(self, profile: Profile, price: Decimal | None, currency: str | None) -> None:
        self.profile = profile
        self.received: list[Received] = []
        self._price = price
        self._currency = currency
        self._failures: list[Failure] = []
        self._always: Failure | None = None
        self._taken = 0
        self._segments = 0
        self._lock = threading.Lock()

    def fail(self, failure: Failure, times: int | None) -> None:
        """Lets the next calls fail; all calls from now on where `times` is None."""
        with self._lock:
            if times is None:
                self._always = failure
            else:
                self._failures += [failure] * times

    def recover(self) -> None:
        """Takes back all failures that were asked for."""
        with self._lock:
            self._failures, self._always = [], None

    def reply(self, call: Call) -> Reply:
        """The reply to a call. Any call gets one."""
        with self._lock:
            before = len(self.received)
            reply = self._reply(call)
            return reply._replace(received=tuple(self.received[before:]))

    def _reply(self, call: Call) -> Reply:
        batch = self.profile.rule("batch")
        is_batch = batch is not None and is_path_of(batch["url"], call.path) is not None
        if not is_batch and is_path_of(self.profile.rule("request")["url"], call.path) is None:
            text = said("%(path)s is not an address of this vendor.", path=call.path)
            self.received.append(_lost(text))
            return Reply(Answer(404, _PLAIN, f"septet: {text}".encode()))
        failure = self._failures.pop(0) if self._failures else self._always
        if is_batch:
            return self._reply_to_batch(call, failure)
        return self._reply_to_message(call, failure)

    def _reply_to_message(self, call: Call, failure: Failure | None) -> Reply:
        found = understood(self.profile, call)
        answer, outcome = self._failed(failure, found.fields, call), "refused"
        if answer is None:
            answer, outcome = self._answer(call, found)
        self._note(found, outcome)
        return Reply(answer, failure.slow if failure else 0.0, failure.half if failure else False)

    def _failed(self, failure: Failure | None, fields: dict[str, Any], call: Call) -> Answer | None:
        """The requested answer instead of the vendor's own; None where that is only late or broken."""
        if failure is None or (failure.code is None and failure.status is None):
            return None
        answer = None
        if failure.code is not None:
            answer = refused(self.profile, fields, failure.code, failure.message, quoted=_quoted(call))
        if answer is None:
            status = failure.status or 400
            return Answer(status, "text/html", f"<html><body>{status}</body></html>".encode())
        return answer if failure.status is None else answer._replace(status=failure.status)

    def _answer(self, call: Call, found: Understood) -> tuple[Answer, str]:
        """The vendor's own answer to a call."""
        plan, errors = found.plan, found.errors
        of_numbers = [problem for problem in errors if problem.code == "malformed-recipient"]
        if len(of_numbers) == len(errors) and tells_refused_recipients(self.profile, found.fields):
            errors = ()
        if plan is None or found.faults or errors:
            faults = found.sentences()
            return self._refused(found.fields, found.errors, faults, call), "refused"
        good = tuple(one for one in found.billed if one not in found.malformed)
        billed = plan.billed_segments * len(good)
        taken = Taken(
            found.fields,
            good,
            found.malformed,
            plan.billed_segments,
            billed,
            len(plan.segments),
            code_for(self.profile, of_numbers[0]) if of_numbers else None,
        )
        answer = accepted(self.profile, taken, self._account())
        self._taken += bool(good)
        self._segments += billed
        return answer, "accepted" if not found.malformed else "partly" if good else "refused"

    def _refused(
        self, fields: dict[str, Any], errors: Sequence[Problem], faults: Sequence[str], call: Call
    ) -> Answer:
        """How the vendor refuses a call: with its documented code where it has one, else only by HTTP."""
        by_document = [problem for problem in errors if problem.vendor_code is not None]
        for problem in (*by_document, *errors):
            if (told := code_for(self.profile, problem)) is None:
                continue
            about = [one for one in by_document if one.vendor_code == told[0]]
            answer = refused(self.profile, fields, told[0], told[1], about, _quoted(call))
            if answer is not None:
                return answer
        return Answer(400, _PLAIN, f"septet: {' '.join(faults)}".encode("utf-8", "replace"))

    def _reply_to_batch(self, call: Call, failure: Failure | None) -> Reply:
        found = understood_batch(self.profile, call)
        told = self._failed(failure, found.fields, call)
        is_taken = told is None and not found.faults and not found.problems and bool(found.rows)
        if told is None and not is_taken:
            faults = [*found.faults, *map(sentence, found.problems)]
            told = self._refused(found.fields, found.problems, faults, call)
        if not found.rows:
            self.received.append(_lost(*found.faults))
        self.received += [row if is_taken else row._replace(outcome="refused") for row in found.rows]
        if told is None:
            segments = sum(row.segments for row in found.rows)
            numbers = tuple(row.recipients[0] for row in found.rows)
            taken = Taken(found.fields, numbers, (), 0, segments, 0)
            told = accepted(self.profile, taken, self._account())
            self._taken += 1
            self._segments += segments
        return Reply(told, failure.slow if failure else 0.0, failure.half if failure else False)

    def _account(self) -> Account:
        return Account(self._taken, self._segments, self._price, self._currency)

    def _note(self, found: Understood, outcome: str) -> None:
        plan = found.plan
        self.received.append(
            Received(
                plan.text if plan is not None else found.written,
                found.billed or found.recipients,
                plan.billed_segments if plan is not None else 0,
                found.sentences(),
                outcome,
                plan.encoding if plan is not None else "",
                found.written,
                found.sender,
                {name: list(one) if isinstance(one, tuple) else one for name, one in found.fields.items()},
            )
        )


def _lost(*faults: str) -> Received:
    return Received("", (), 0, faults, "refused", "", "", None, {})


def _quoted(call: Call) -> str:
    """A call as a vendor quotes it in its answer."""
    return call.query or call.body.decode("latin-1")
