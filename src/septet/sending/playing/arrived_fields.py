"""Arrived fields: the values of a call by the vendor's own names, at the places where the vendor wants them.

The reverse of `sending.bodies`, and strict: a field that no document names is a fault.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from septet.vendors.format.bodies import PLACEHOLDER, place_of, steps
from septet.wording.messages import one_of, said

from .asked import encoding_asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.vendors.profiles import Profile
    from septet.wording.messages import Message

    from .calls import Call


class Arrived(NamedTuple):
    """The fields of a call, and the faults in their form."""

    #: Texts, or JSON values; a value for each recipient is a tuple.
    fields: dict[str, Any]
    #: The encoding that the fields request; None where they request none.
    encoding: str | None
    faults: tuple[Message, ...]


def arrived(profile: Profile, call: Call) -> Arrived:
    """The fields of a call. Any call gets an answer."""
    rule = profile.rule("request")
    faults: list[Message] = []
    if call.method not in rule["methods"]:
        methods = one_of(rule["methods"])
        faults.append(
            said("The call is %(found)s; expected %(methods)s.", found=call.method, methods=methods)
        )
    for name, value in rule["headers"].items():
        if call.header(name) != value:
            faults.append(said("The header %(name)s is missing; expected %(value)s.", name=name, value=value))
    in_address = call.method == "GET" or rule["parameters"] == "query"
    if not in_address:
        faults += _wrong_media_type(rule, call)
    if rule["parameters"] == "json" and not in_address:
        fields, encoding, found = _of_json(profile, call.body)
    else:
        octets = call.query.encode("latin-1", "replace") if in_address else call.body
        fields, encoding, found = fields_of_form(profile, octets)
        if in_address and call.body:
            found.append(said("The fields belong in the address, but the body is not empty."))
        if not in_address and call.query:
            found.append(said("The fields belong in the body, but the address holds some."))
    return Arrived(fields | _of_address(profile, call), encoding, (*faults, *found))


def is_path_of(url: str, path: str) -> dict[str, str] | None:
    """The values of a path at the placeholders of an address; None where it is another path."""
    wanted = urlsplit(PLACEHOLDER.sub(lambda found: f"<{found[1]}>", url)).path or "/"
    parts = re.split(r"<([^<>]*)>", wanted)
    pattern = "".join("([^/]+)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    found = re.fullmatch(pattern, path)
    return None if found is None else dict(zip(parts[1::2], found.groups(), strict=True))


def _of_address(profile: Profile, call: Call) -> dict[str, str]:
    found = is_path_of(profile.rule("request")["url"], call.path) or {}
    texts = {name: unquote_to_bytes(held).decode("utf-8", "replace") for name, held in found.items()}
    # A client that has the address as documented has filled nothing in.
    return {name: text for name, text in texts.items() if text != f"{{{name}}}"}


def _wrong_media_type(rule: dict[str, Any], call: Call) -> list[Message]:
    usual = {"form": "application/x-www-form-urlencoded", "json": "application/json"}[rule["parameters"]]
    wanted = rule["content_type"] or usual
    found = call.header("content-type")
    if found.partition(";")[0].strip().lower() == wanted.partition(";")[0].strip().lower():
        return []
    if not found:
        return [
            said("The header %(name)s is missing; expected %(value)s.", name="Content-Type", value=wanted)
        ]
    return [said("The header Content-Type is %(found)s; expected %(wanted)s.", found=found, wanted=wanted)]


def fields_of_form(profile: Profile, octets: bytes) -> tuple[dict[str, Any], str | None, list[Message]]:
    """The fields of a form or of a query, the encoding that they request, and what is wrong with them."""
    rule = profile.rule("request")
    faults: list[Message] = []
    pairs: dict[str, bytes] = {}
    for piece in filter(None, octets.split(b"&")):
        before, equals, value = piece.partition(b"=")
        plain = unquote_to_bytes(before.replace(b"+", b" ")).decode("utf-8", "replace")
        if not equals or plain in pairs:
            faults.append(said("%(field)s has no value, or is there twice.", field=plain))
        pairs.setdefault(plain, unquote_to_bytes(value.replace(b"+", b" ")))
    for name in rule["credentials"]:
        pairs.pop(name, None)
    found = _numbered(profile, pairs)
    for field in profile.rule("fields"):
        if field["place"] == "body" and "#" not in place_of(field) and place_of(field) in pairs:
            found[field["name"]] = pairs.pop(place_of(field))
    faults += [_unknown(name) for name in pairs]
    encoding = encoding_asked(profile, {name: held.decode("latin-1") for name, held in found.items()})
    charset = rule["charset"].get(encoding or "gsm7", rule["charset"]["gsm7"])
    fields: dict[str, Any] = {}
    for name, written in found.items():
        try:
            fields[name] = written.decode(charset)
        except UnicodeDecodeError:
            fields[name] = written.decode(charset, "replace")
            faults.append(said("%(field)s is not written in %(charset)s.", field=name, charset=charset))
    return fields, encoding, faults


def _numbered(profile: Profile, pairs: dict[str, bytes]) -> dict[str, bytes]:
    """The fields in numbered entries, known by the constant beside each; removed from the pairs."""
    found: dict[str, bytes] = {}
    for field in profile.rule("fields"):
        at, beside = place_of(field), field["with"]
        if "#" not in at:
            continue
        for number in range(1, len(pairs) + 1):
            places = {place.replace("#", str(number)): value for place, value in beside.items()}
            own = at.replace("#", str(number))
            if own in pairs and all(
                pairs.get(place) == str(value).encode() for place, value in places.items()
            ):
                found[field["name"]] = pairs.pop(own)
                for place in places:
                    del pairs[place]
                break
    return found


def _of_json(profile: Profile, body: bytes) -> tuple[dict[str, Any], str | None, list[Message]]:
    try:
        content = json.loads(body.decode("utf-8"), object_pairs_hook=_only_once)
    except (ValueError, RecursionError):
        return {}, None, [said("The body is not JSON in UTF-8, or has a name twice.")]
    if not isinstance(content, dict):
        return {}, None, [said("The body is JSON, but not an object with fields.")]
    for name in profile.rule("request")["credentials"]:
        content.pop(name, None)
    fields: dict[str, Any] = {}
    leaves: dict[tuple[tuple[str, bool], ...], list[Any]] = {}
    faults: list[Message] = []
    for field in profile.rule("fields"):
        if field["holds"] == "structure" and (held := _taken_out(content, place_of(field))) is not None:
            fields[field["name"]] = held
    _leaves(content, (), leaves)
    for field in profile.rule("fields"):
        if field["place"] != "body" or field["holds"] == "structure":
            continue
        values = leaves.pop(_key(place_of(field)), None)
        if values is None:
            continue
        is_each = any(kind == "each" for _, kind in steps(place_of(field)))
        if not is_each and len(values) > 1:
            faults.append(said("%(field)s has no value, or is there twice.", field=field["name"]))
        fields[field["name"]] = tuple(values) if is_each else values[0]
        for place, value in field["with"].items():
            beside = leaves.pop(_key(place), [])
            if any(one != value for one in beside) or not beside:
                faults.append(
                    said(
                        "%(field)s: expected %(value)s next to it.",
                        field=field["name"],
                        value=f"{place} = {value}",
                    )
                )
    faults += [_unknown("/".join(name for name, _ in key)) for key in leaves]
    return fields, encoding_asked(profile, fields), faults


def _only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _key(place: str) -> tuple[tuple[str, bool], ...]:
    return tuple((name, kind != "") for name, kind in steps(place))


def _leaves(
    found: Any, above: tuple[tuple[str, bool], ...], leaves: dict[tuple[tuple[str, bool], ...], list[Any]]
) -> None:
    """The values of a body by their places; null is no value."""
    for name, held in found.items():
        for one in held if isinstance(held, list) else [held]:
            key = (*above, (name, isinstance(held, list)))
            if isinstance(one, dict):
                _leaves(one, key, leaves)
            elif one is not None:
                leaves.setdefault(key, []).append(one)


def _taken_out(content: dict[str, Any], place: str) -> Any:
    """Everything at a place, which is then not checked further."""
    table: Any = content
    *above, (last, _) = steps(place)
    for name, kind in above:
        table = table.get(name) if isinstance(table, dict) else None
        if kind and isinstance(table, list):
            table = table[0] if table else None
    return table.pop(last, None) if isinstance(table, dict) else None


def _unknown(name: str) -> Message:
    return said("%(field)s is not a field of this call.", field=name)
