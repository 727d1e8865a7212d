"""Failures: the reasons for a refused request, as problem details (RFC 9457) that never quote the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from septet.errors import OptionError

if TYPE_CHECKING:
    from json import JSONDecodeError

    from .refusals import Impossible, TooLong, UnknownName

MEDIA_TYPE = "application/problem+json"

#: Each kind of failure: its status and its title.
KINDS: Mapping[str, tuple[int, str]] = {
    "malformed-json": (400, "The body is not valid JSON"),
    "unauthorized": (401, "A token is needed"),
    "not-found": (404, "There is nothing here"),
    "unknown-profile": (404, "No profile has this name"),
    "unknown-schema": (404, "No schema has this name"),
    "method-not-allowed": (405, "This is asked for by another method"),
    "timeout": (408, "The body took too long"),
    "too-large": (413, "The body is too large"),
    "unsupported-media-type": (415, "The body must be application/json"),
    "host-not-allowed": (421, "The service is not asked by this name"),
    "invalid-request": (422, "The request is not as its schema says"),
    "invalid-option": (422, "An option has a value that is not possible"),
    "not-well-formed": (422, "A text is not well-formed Unicode"),
    "too-long": (422, "A text is too long"),
    "rate-limited": (429, "Too many requests"),
    "internal": (500, "The service failed"),
    "overloaded": (503, "Too much is asked at the same time"),
}

_STATUSES = {404: "not-found", 405: "method-not-allowed", 400: "malformed-json"}

#: The most faults of a request, and the most possible values, in an answer.
_MOST_LISTED = 50


class Failure(Exception):  # noqa: N818 (it is answered, not raised to a user)
    """A refused request: the `kind` of failure and its description."""

    def __init__(
        self,
        kind: str,
        detail: str = "",
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **further: Any,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = KINDS[kind][0]
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})
        self.further = further

    def to_dict(self, request_id: str) -> dict[str, Any]:
        """The problem details, in plain JSON types."""
        status, title = KINDS[self.kind]
        details: dict[str, Any] = {
            "type": f"urn:septet:problem:{self.kind}",
            "title": title,
            "status": status,
            "detail": self.detail or f"{title}.",
        }
        if self.errors:
            details["errors"] = list(self.errors)[:_MOST_LISTED]
        return details | self.further | {"request_id": request_id}


def of_option(error: OptionError) -> Failure:
    """An option that the profile does not offer; the value itself is never quoted."""
    expected, option = error.expected, error.option
    values = list(expected) if isinstance(expected, tuple) else None
    if values is None:
        words = f"expected {expected}"
    elif not values:
        words = "expected null: this profile leaves no choice"
    elif len(values) > _MOST_LISTED:
        words = f"expected one of {len(values)} values, from {_written(values[0])} to {_written(values[-1])}"
    else:
        words = f"expected one of {', '.join(map(_written, values))}"
    found = {"pointer": f"/{option}", "type": "invalid-option", "detail": f"{words[0].upper()}{words[1:]}."}
    return Failure("invalid-option", f"{option}: {words}.", errors=[found])


def _written(value: object) -> str:
    return {True: "true", False: "false", None: "null"}[value] if value in (True, False, None) else str(value)


def of_name(error: UnknownName) -> Failure:
    """An unknown profile or schema."""
    return Failure(
        f"unknown-{error.what}",
        f"{error.what}: expected a name that GET /v1/{error.what}s lists.",
        nearest=error.nearest,
    )


def of_length(error: TooLong) -> Failure:
    """A text or a list that is longer than the service takes."""
    words = f"expected at most {error.limit} {error.unit}"
    return Failure(
        "too-long",
        f"{error.pointer}: {words}.",
        errors=[{"pointer": error.pointer, "type": "too-long", "detail": f"E{words[1:]}."}],
        limit=error.limit,
    )


def of_sense(error: Impossible) -> Failure:
    """A part that does not fit the others."""
    words = f"expected {error.expected}"
    return Failure(
        "invalid-option",
        f"{error.pointer}: {words}.",
        errors=[{"pointer": error.pointer, "type": "invalid-option", "detail": f"E{words[1:]}."}],
    )


def of_status(status: int, headers: Mapping[str, str] | None) -> Failure:
    """A refusal of the router."""
    kind = _STATUSES.get(status, "internal" if status >= 500 else "invalid-request")
    return Failure(kind, headers=headers)


def of_json(error: JSONDecodeError) -> Failure:
    """A body that is not JSON, in the words of orjson."""
    if "surrogate in" in error.msg:
        # An escape for half of a surrogate pair.
        return Failure(
            "not-well-formed", f"Half of a character's two code units stands at place {error.pos}."
        )
    return Failure("malformed-json", f"Expected JSON; the first error is at place {error.pos}.")


def of_validation(errors: Sequence[Mapping[str, Any]]) -> Failure:
    """A body that does not fit its type; nothing in it is quoted."""
    listed = [
        {"pointer": _pointer(error), "type": error["type"], "detail": _said(error)}
        for error in errors[:_MOST_LISTED]
    ]
    return Failure("invalid-request", f"{listed[0]['pointer']}: {listed[0]['detail']}", errors=listed)


def _pointer(error: Mapping[str, Any]) -> str:
    """The place in the body (RFC 6901); an unknown name is the client's own, and left out."""
    parts = [part for part in error["loc"] if part != "body"]
    if error["type"] == "extra_forbidden":
        parts = parts[:-1]
    return "".join(f"/{part}" for part in parts if isinstance(part, int) or str(part).isidentifier())


def _said(error: Mapping[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "A field is not known here."
    if error["type"] in ("value_error", "assertion_error"):
        return "The value is not possible."
    return str(error["msg"]).rstrip(".") + "."
