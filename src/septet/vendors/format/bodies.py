"""Places of the fields of a request: in a JSON body, in numbered entries of a form, in the address.

A place in JSON is names separated by ``/``; ``[]`` after a name means one element for each recipient,
``[1]`` the first of a list. In a form it is a name, in which ``#`` means the number of the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .keys import Key

#: The possible places of a field.
PLACES = ("body", "address", "header")
#: A part of the address that the caller fills.
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

_STEP = r"[^\s/\[\]]+(\[1?\])?"
_PLACE = re.compile(rf"{_STEP}(/{_STEP})*")


def _is_place(value: Any) -> bool:
    return isinstance(value, str) and (value == "" or _PLACE.fullmatch(value) is not None)


#: The place of a field in the body, if it is not under its own name.
PLACE = Key(_is_place, "a place such as message/text, contacts[1]/name or recipients[]/number", "")


@lru_cache(maxsize=1024)
def steps(place: str) -> tuple[tuple[str, str], ...]:
    """A place as names, each with "", "1" (the first of a list) or "each" (one for each recipient)."""
    found = []
    for step in place.split("/"):
        name, bracket, inside = step.partition("[")
        found.append((name, "" if not bracket else "1" if inside == "1]" else "each"))
    return tuple(found)


def place_of(field: dict[str, Any]) -> str:
    """The place of a field of the body."""
    return str(field["at"] or field["name"])


def misplaced(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field or placeholder with an impossible place, and what is expected."""
    request, fields = rules["request"], rules["fields"]
    is_json = request["parameters"] == "json"
    in_address = {field["name"] for field in fields if field["place"] == "address"}
    wanted = PLACEHOLDER.findall(request["url"])
    for name in wanted:
        if name not in in_address:
            yield "request.url", f'a field with place = "address" for {{{name}}}'
    for place, field in enumerate(fields):
        path = f"fields[{place}]"
        if field["place"] == "address" and field["name"] not in wanted:
            yield f"{path}.place", f"{{{field['name']}}} in request.url"
        if field["place"] != "body" and (field["at"] or field["with"]):
            yield f"{path}.at", "nothing, as the field is not in the body"
        if field["place"] != "body" and field["holds"] not in ("free", "address", "flag"):
            yield f"{path}.place", f'"body", as the field holds "{field["holds"]}"'
        if field["holds"] == "structure" and not is_json:
            yield f"{path}.holds", 'something else, as parameters is not "json"'
        if is_json:
            continue
        for key, at in (("at", field["at"]), *(("with", at) for at in field["with"])):
            if "/" in at or "[" in at:
                yield f"{path}.{key}", 'a name, as parameters is not "json"'
    names = [field["name"] for field in fields]
    if is_json and len(set(names)) == len(names):
        yield from _colliding(rules)


def _colliding(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each field in the same place as another, inside it, or in a list where another has none."""
    kinds: dict[tuple[str, ...], str] = {}
    for place, field in enumerate(rules["fields"]):
        if field["place"] != "body":
            continue
        for key, at in (("at", place_of(field)), *(("with", at) for at in field["with"])):
            names: tuple[str, ...] = ()
            taken = steps(at)
            for depth, (name, kind) in enumerate(taken):
                names = (*names, name)
                # Each value separately, as no two are alike; tables are shared.
                found = f"{kind} {place}.{key}.{at}" if depth == len(taken) - 1 else f"{kind} table"
                if kinds.setdefault(names, found) != found:
                    yield f"fields[{place}].{key}", "a place where no other field stands"
