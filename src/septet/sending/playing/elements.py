"""Elements: the entries of an answer for each recipient, or for each part of a message, in its list of
them."""

from __future__ import annotations

import copy
import re
from decimal import Decimal

from septet.vendors.format.answers import paths_of

from .written import put_first

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .taken import Account, Taken
    from .written import Written

_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")


def put_elements(made: Written, rule: dict[str, Any], call: Taken, account: Account) -> None:
    """Puts an element for each recipient, or for each part of the one message, into an answer."""
    known = made.elements(rule["list"])
    taken = [one for one in known if _says_taken(one, rule)] or [made.new()]
    elements, number = [], account.taken
    is_part = rule["is"] == "part"
    rate = _rate(taken[0], rule) if account.price is None else account.price
    for recipient in call.recipients:
        for part in range(call.parts if is_part else 1):
            one = copy.deepcopy(taken[part] if part < len(taken) and is_part else taken[0])
            put_first(one, rule.get("recipient"), recipient)
            for path, values in rule["accepted"].items():
                if one.get(path) not in listed(values):
                    one.put(path, listed(values)[0])
            put_first(one, rule.get("id"), after(_first(taken[0], rule.get("id")), number))
            put_first(one, rule.get("billed_segments"), call.each)
            if rate is not None:
                put_first(one, rule.get("cost"), rate * (1 if is_part else call.each))
            number += 1
            elements.append(one)
    for recipient in call.malformed:
        one = copy.deepcopy(refused_element(made, rule))
        put_first(one, rule.get("recipient"), recipient)
        if call.refusal is not None:
            put_refusal(one, rule, *call.refusal)
        elements.append(one)
    made.put_elements(rule["list"], elements)


def refused_element(made: Written, rule: dict[str, Any]) -> Any:
    """An element for a refused message; None where none can be made."""
    known = made.elements(rule["list"])
    found = next((one for one in known if not _says_taken(one, rule)), None)
    if found is None and paths_of(rule.get("code")) == list(rule["accepted"]):
        # The code is in the place of the acceptance, so that it shows the refusal.
        found = known[0] if known else made.new()
        for key in ("id", "cost", "billed_segments"):
            for path in paths_of(rule.get(key)):
                found.drop(path)
    return found


def put_refusal(one: Written, rule: dict[str, Any], code: str, message: str | None) -> None:
    """Puts a code and its words into an element."""
    put_first(one, rule.get("code"), code)
    if message is not None:
        put_first(one, rule.get("message"), message)


def listed(values: Any) -> list[Any]:
    """The values that may stand at a path, of which a vendor file gives one or a list."""
    return values if isinstance(values, list) else [values]


def after(example: Any, number: int) -> Any:
    """An identifier like the example's, for a message counted from 0, which has the example's own."""
    if isinstance(example, int):
        return example + number
    text = str(example or "message-1")
    if number == 0:
        return text
    head, digits = re.fullmatch(r"(.*?)([0-9]*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    return head + str(int(digits or 1) + number).zfill(len(digits))


def _says_taken(one: Written, rule: dict[str, Any]) -> bool:
    return all(one.get(path) in listed(values) for path, values in rule["accepted"].items())


def _rate(one: Written, rule: dict[str, Any]) -> Decimal | None:
    """What a segment costs in the example."""
    found, segments = _first(one, rule.get("cost")), _first(one, rule.get("billed_segments"))
    if not _AMOUNT.fullmatch(str(found)):
        return None
    return Decimal(str(found)) / int(segments or 1)


def _first(one: Written, paths: Any) -> Any:
    return next((found for path in paths_of(paths) if (found := one.get(path)) is not None), None)
