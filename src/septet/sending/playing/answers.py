"""Answers of acceptance: the vendor's answer to a call that it accepts, in the form of its document."""

from __future__ import annotations

import re
from decimal import Decimal

from septet.vendors.format.answers import paths_of

from .calls import Answer
from .elements import after, listed, put_elements, refused_element
from .written import put_first, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from septet.vendors.profiles import Profile

    from .taken import Account, Taken
    from .written import Written

_MEDIA_TYPES = {
    "json": "application/json",
    "xml": "text/xml",
    "separated": "text/plain",
    "text": "text/plain",
}
_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")


def documented(
    profile: Profile, outcomes: Sequence[str], fields: dict[str, Any], code: str | None = None
) -> dict[str, Any] | None:
    """The documented answer of a kind, in the format that a call requests; None where none is documented.

    Where answers differ by their codes, it is the one with this `code`.
    """
    asked = {value.lower() for value in fields.values() if isinstance(value, str) and len(value) < 9}
    known = [answer for answer in profile.rule("answers") if answer["outcome"] in outcomes]
    known = [answer for answer in known if answer["format"] in asked] or known
    return next((answer for answer in known if _may_have(answer, code)), known[0] if known else None)


def _may_have(answer: dict[str, Any], code: str | None) -> bool:
    codes = [answer["when"][path] for path in paths_of(answer["code"]) if path in answer["when"]]
    return code is None or not codes or code in map(str, listed(codes[0]))


def accepted(profile: Profile, call: Taken, account: Account) -> Answer:
    """The answer to an accepted call, for all recipients except the malformed ones."""
    answer = documented(profile, ("accepted", "by-message"), call.fields)
    if answer is None:
        return Answer(200, "text/plain; charset=utf-8", b"")
    made = written(answer)
    _echo(made, call.fields)
    _put_amounts(made, answer, call, account)
    if answer["messages"] is not None:
        put_elements(made, answer["messages"], call, account)
    put_first(made, answer["billed_segments"], call.each if answer["times"] else call.billed)
    put_first(made, answer["times"], len(call.recipients))
    put_first(made, answer["taken_recipients"], list(call.recipients))
    if call.malformed:
        put_first(made, answer["refused_recipients"], list(call.malformed))
    for path in paths_of(answer["message_ids"])[:1]:
        old = made.get(path)
        if answer["ids_listed"]:
            made.put(path, [after(old[0] if old else None, account.taken)] if call.recipients else [])
        else:
            made.put(path, after(old, account.taken))
    return answered(answer, made, answer["status"] or 200)


def tells_refused_recipients(profile: Profile, fields: dict[str, Any]) -> bool:
    """Whether the answer can show that some recipients were accepted and others were not."""
    answer = documented(profile, ("accepted", "by-message"), fields)
    if answer is None:
        return False
    if answer["messages"] is None:
        return bool(answer["refused_recipients"])
    is_each = answer["messages"]["is"] == "recipient"
    return is_each and refused_element(written(answer), answer["messages"]) is not None


def answered(answer: dict[str, Any], made: Written, status: int, quoted: str = "") -> Answer:
    """An answer as it is sent; `quoted` is the call, where the vendor quotes it."""
    text = made.text()
    if quoted and answer["example_request"]:
        text = text.replace(answer["example_request"], quoted)
    charset = answer["charsets"][0]
    parameter = "" if answer["format"] == "json" else f"; charset={charset}"
    return Answer(status, _MEDIA_TYPES[answer["format"]] + parameter, text.encode(charset, "replace"))


def _echo(made: Written, fields: dict[str, Any]) -> None:
    """Replaces the values that an example quotes from its call, by field name, with those of this call."""
    for name, value in fields.items():
        if "/" in name or "[" in name:
            continue
        known, held = made.get(name), list(value) if isinstance(value, tuple) else value
        if (
            known is not None
            and not isinstance(known, dict)
            and isinstance(known, list) == isinstance(held, list)
        ):
            made.put(name, held)


def _put_amounts(made: Written, answer: dict[str, Any], call: Taken, account: Account) -> None:
    """Puts the cost and the balance, as in the example or by a price."""
    in_example = _figure(made, answer, "billed_segments")
    for key in ("cost", "credits"):
        known = _figure(made, answer, key)
        # The cost in the example for each of its segments, or for its one message.
        rate = None if known is None else known / (in_example or 1)
        if key == "cost" and account.price is not None:
            rate = account.price
        if rate is not None:
            put_first(made, answer[key], shortest(rate * call.billed))
    if account.currency is not None:
        put_first(made, answer["currency"], account.currency)
    for key in ("remaining", "remaining_credits"):
        known = _figure(made, answer, key)
        if known is not None:
            left = known + (in_example or call.billed) - account.segments - call.billed
            put_first(made, answer[key], shortest(max(left, Decimal(0))))


def _figure(made: Written, answer: dict[str, Any], key: str) -> Decimal | None:
    """A figure of the example; None where it has none."""
    for path in paths_of(answer[key]):
        found = made.get(path)
        if _AMOUNT.fullmatch(str(found)) and found not in answer["untold"].get(key, ()):
            return Decimal(str(found))
    return None


def shortest(amount: Decimal) -> Decimal | int:
    """An amount as people write it: without trailing zeros, and a whole one as a whole number."""
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()
