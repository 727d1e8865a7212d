"""Bodies: the fields of a request at their places, nested as the vendor's JSON has them or flat as a form."""

from __future__ import annotations

from typing import NamedTuple

from septet.vendors.format.bodies import place_of, steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.vendors.profiles import Profile

    from .fields import Fields


class Placed(NamedTuple):
    """The fields of a request by where they stand."""

    #: In the body, or in the query of the address.
    body: dict[str, Any]
    #: By the placeholder of the address.
    address: dict[str, str]
    headers: dict[str, str]


def placed(profile: Profile, fields: Fields, recipients: tuple[str, ...]) -> Placed:
    """The fields at their places; what stands in a list for each recipient stands there as often."""
    is_json = profile.rule("request")["parameters"] == "json"
    found = Placed({}, {}, {})
    numbered: dict[str, int] = {}
    for field in profile.rule("fields"):
        name = field["name"]
        if name not in fields:
            continue
        value = fields[name]
        if field["place"] == "address":
            found.address[name] = str(value)
        elif field["place"] == "header":
            found.headers[name] = str(value)
        elif is_json:
            for at, fixed in field["with"].items():
                _put(found.body, at, fixed, recipients)
            _put(found.body, place_of(field), value, recipients)
        else:
            at = place_of(field)
            head = at.partition("#")[0]
            if "#" in at:
                numbered[head] = numbered.get(head, 0) + 1
            for place, fixed in (*field["with"].items(), (at, value)):
                found.body[place.replace("#", str(numbered.get(head, 0)))] = str(fixed)
    return found


def is_listed(profile: Profile) -> bool:
    """Whether the recipients stand in a list, rather than as one text."""
    return any(field["holds"] == "recipients" and "[]" in place_of(field) for field in profile.rule("fields"))


def _put(body: dict[str, Any], at: str, value: Any, recipients: tuple[str, ...]) -> None:
    """Puts a value at its place; a tuple has one value for each recipient."""
    inner: list[tuple[dict[str, Any], Any]] = [(body, value)]
    taken = steps(at)
    for depth, (name, kind) in enumerate(taken):
        is_last = depth == len(taken) - 1
        following: list[tuple[dict[str, Any], Any]] = []
        for table, held in inner:
            if kind == "":
                if is_last:
                    table[name] = held
                else:
                    following.append((table.setdefault(name, {}), held))
                continue
            each = recipients if kind == "each" else ("",)
            values = held if isinstance(held, tuple) and kind == "each" else [held] * len(each)
            elements = table.setdefault(name, [])
            if is_last:
                elements.extend(values)
                continue
            elements.extend({} for _ in range(len(each) - len(elements)))
            following.extend(zip(elements, values, strict=True))
        inner = following
