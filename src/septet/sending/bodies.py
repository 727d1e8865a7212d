"""Bodies: the fields of a request at their places, nested as in the vendor's JSON or flat as in a form."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from septet.vendors.format.bodies import place_of, steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.vendors.profiles import Profile

    from .fields import Fields


class Placed(NamedTuple):
    """The fields of a request by their places."""

    #: In the body, or in the query of the address.
    body: dict[str, Any]
    #: By the placeholder of the address.
    address: dict[str, str]
    headers: dict[str, str]


def placed(places: tuple[Place, ...], fields: Fields, recipients: tuple[str, ...]) -> Placed:
    """The fields at their places; a field in a list of recipients is repeated for each recipient."""
    found = Placed({}, {}, {})
    body = found.body
    numbered: dict[str, int] = {}
    for name, kind, at, beside in places:
        if name not in fields:
            continue
        value = fields[name]
        if kind == "json":
            body[at] = value
        elif kind == "text":
            body[at] = str(value)
        elif kind == "address":
            found.address[name] = str(value)
        elif kind == "header":
            found.headers[name] = str(value)
        elif kind == "nested":
            for place, fixed in beside:
                _put(body, place, fixed, recipients)
            _put(body, at, value, recipients)
        else:
            head = at.partition("#")[0]
            if "#" in at:
                numbered[head] = numbered.get(head, 0) + 1
            for place, fixed in (*beside, (at, value)):
                body[place.replace("#", str(numbered.get(head, 0)))] = str(fixed)
    return found


class Place(NamedTuple):
    """The place of a field."""

    name: str
    #: In the address or a header; in a body by itself ("json", "text") or not ("nested", "form").
    kind: str
    at: str
    #: The constant values beside it, by their places.
    beside: tuple[tuple[str, Any], ...]


@lru_cache(maxsize=64)
def places(profile: Profile) -> tuple[Place, ...]:
    """The place of each field of the vendor's request; none where it has no request."""
    if profile.rule("request") is None:
        return ()
    is_json = profile.rule("request")["parameters"] == "json"
    found = []
    for field in profile.rule("fields"):
        at, beside, kind = place_of(field), tuple(field["with"].items()), field["place"]
        if kind not in ("address", "header"):
            plain = not beside and (
                len(steps(at)) == 1 and steps(at)[0][1] == "" if is_json else "#" not in at
            )
            kind = ("json" if is_json else "text") if plain else ("nested" if is_json else "form")
        found.append(Place(field["name"], kind, at, beside))
    return tuple(found)


def is_listed(profile: Profile) -> bool:
    """Whether the recipients are in a list, and not one text."""
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
            times = len(recipients) if kind == "each" else 1
            values = held if isinstance(held, tuple) and kind == "each" else [held] * times
            elements = table.setdefault(name, [])
            if is_last:
                elements.extend(values)
                continue
            elements.extend({} for _ in range(times - len(elements)))
            following.extend(zip(elements, values, strict=True))
        inner = following
