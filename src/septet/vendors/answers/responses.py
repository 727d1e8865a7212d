"""Responses: what a vendor answered to a request, read as its document describes the answers.

Every shape of an answer, every path and every code is data, in the vendor's file.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from septet.errors import ResponseError
from septet.vendors.format.answers import FIGURES, paths_of
from septet.vendors.words.answers import shape_and_marks
from septet.wording.quoting import printable

from .content import Content, UnreadableAnswer, at, content_of, listed, plain, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Figure = TypeVar("Figure")


class VendorError(NamedTuple):
    """One thing that the vendor found wrong, in the vendor's own words."""

    code: str | None
    message: str | None
    #: The field that it is about, as the vendor names it.
    element: str | None = None


class Response(NamedTuple):
    """What a vendor answered, as the `read_response` of its profile reads it."""

    #: Whether the vendor took the message.
    accepted: bool
    #: The vendor's identifiers of the message; several where it was sent to a group.
    message_ids: tuple[str, ...] = ()
    #: What the vendor billed for all recipients together; None where the answer does not say.
    billed_segments: int | None = None
    #: What it cost for all recipients together, in `currency`.
    cost: Decimal | None = None
    currency: str | None = None
    #: The segments that the account may still send.
    remaining: int | None = None
    #: The vendor's code and its words; where the answer has none, those of its document for the code.
    code: str | None = None
    message: str | None = None
    #: What was refused and why: the code and message again where the vendor says no more.
    errors: tuple[VendorError, ...] = ()
    #: Whether the vendor documents the code as one that will pass.
    temporary: bool = False
    #: All of the answer in plain types, lists as tuples and fractions as Decimals; does not change.
    raw: Content = Content()
    #: What `billed_segments` is taken to count, where the vendor's document does not say it.
    billed_inferred: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types; amounts as their digits."""
        return self._asdict() | {
            "message_ids": list(self.message_ids),
            "cost": None if self.cost is None else str(self.cost),
            "errors": [error._asdict() for error in self.errors],
            "raw": plain(self.raw),
        }


def read(name: str, rules: dict[str, Any], body: bytes, http_status: int | None = None) -> Response:
    """What a vendor answered, by the first documented answer that this one is like.

    `rules` are the checked tables of a vendor file, `name` is what an error calls them. Raises
    `ResponseError` where the answer is like none of them, TypeError where the body is not bytes.
    """
    if not isinstance(body, bytes | bytearray | memoryview):
        raise TypeError(f"body: expected bytes, found {type(body).__name__}")
    if http_status is not None and type(http_status) is not int:
        raise TypeError(f"http_status: expected an int, found {type(http_status).__name__}")
    octets = bytes(body)
    statuses = {row["status"]: row for row in rules["http_statuses"]}
    status = statuses.get(http_status)
    answers = rules["answers"]
    codes = {row["code"]: row for row in rules["codes"]}
    reasons: list[str] = []
    for answer in answers:
        try:
            content = content_of(text_of(octets, answer["charsets"]), answer)
            if content is not None and _is_like(content, answer):
                if answer["outcome"] == "accepted" and _is_no_success(http_status):
                    reasons.append(
                        f"the message was taken, says the answer, and HTTP {http_status} says otherwise"
                    )
                    continue
                return _Reader(content, answer).response(codes, status is not None and status["temporary"])
        except UnreadableAnswer as error:
            reasons.append(str(error))
    reason = reasons[0] if reasons else _expected(answers)
    if status is not None:
        reason = f"HTTP {http_status} ({status['meaning']}); {reason}"
    temporary = status is not None and status["temporary"]
    raise ResponseError(name, reason, _beginning(octets), temporary)


def _is_no_success(http_status: int | None) -> bool:
    """Whether a status is none of success (RFC 9110, 15.3), whatever the body says."""
    return http_status is not None and not 200 <= http_status < 300


def _is_like(content: Content, answer: dict[str, Any]) -> bool:
    """Whether the values stand where this documented answer has them."""
    if not all(_is_one_of(at(content, path), values) for path, values in answer["when"].items()):
        return False
    # An answer known by no value is known by what it has to hold.
    needed = () if answer["when"] else [key for key in FIGURES if key not in answer["optional"]]
    return all(
        any(at(content, path) is not None for path in paths_of(answer[key])) for key in needed if answer[key]
    )


def _is_one_of(found: Any, values: Any) -> bool:
    # True is 1 to Python, but not to a vendor.
    known = values if isinstance(values, list) else [values]
    return any(type(found) is type(value) and found == value for value in known)


class _Reader:
    """Reads the values of one answer by the paths of the documented one that it is like."""

    def __init__(self, content: Content, answer: dict[str, Any]) -> None:
        self.content = content
        self.answer = answer

    def response(self, codes: dict[str, dict[str, Any]], temporary: bool) -> Response:
        code = self.value("code", _word, "a code")
        documented = codes.get(code or "", {"message": None, "temporary": False})
        message = self.value("message", _text, "a text")
        accepted = self.answer["outcome"] == "accepted"
        if not accepted:
            message = message or documented["message"]
        return Response(
            accepted,
            self.value("message_ids", self._ids, "an identifier") or (),
            self.value("billed_segments", _count, "a whole number of zero or more"),
            self.value("cost", _amount, "an amount such as 0.038"),
            self.value("currency", _word, "a currency"),
            self.value("remaining", _whole, "a whole number"),
            code,
            message,
            () if accepted else self.errors(code, message),
            not accepted and (documented["temporary"] or temporary),
            self.content,
            self.answer["billed_inferred"] if accepted else None,
        )

    def value(self, key: str, read: Callable[[Any], Figure | None], expected: str) -> Figure | None:
        """A figure of the answer; UnreadableAnswer where it is missing or of another kind."""
        paths = paths_of(self.answer[key])
        for path in paths:
            found = at(self.content, path)
            if found is None or found == "":
                continue
            value = read(found)
            if value is not None:
                return value
            if isinstance(found, Content | tuple) and key in self.answer["optional"]:
                continue  # what stands here is something else, such as a list of errors
            raise UnreadableAnswer(f"{path}: expected {expected}, found {_shown(found)}")
        if paths and key not in self.answer["optional"]:
            raise UnreadableAnswer(f"{' or '.join(paths)}: expected {expected}, found nothing")
        return None

    def errors(self, code: str | None, message: str | None) -> tuple[VendorError, ...]:
        paths = self.answer["errors"]
        found = listed(self.content, paths["list"]) if paths else ()
        if paths and not found and "errors" not in self.answer["optional"]:
            raise UnreadableAnswer(f"{paths['list']}: expected a list of errors, found nothing")
        return tuple(self.error(one, paths, code) for one in found) or (VendorError(code, message),)

    def error(self, found: Any, paths: dict[str, str], code: str | None) -> VendorError:
        told: dict[str, str | None] = {"code": None, "message": None, "element": None}
        if isinstance(found, Content):
            for key in told.keys() & paths.keys():
                told[key] = _word(at(found, paths[key]))
        if told["message"] is None:
            expected = f"errors with {paths['message']}"
            raise UnreadableAnswer(f"{paths['list']}: expected {expected}, found {_shown(found)}")
        return VendorError(told["code"] or code, told["message"], told["element"])

    def _ids(self, found: Any) -> tuple[str, ...] | None:
        separator = self.answer["ids_separator"]
        if isinstance(found, str) and separator:
            ids = [_word(one) for one in found.split(separator)]
        else:
            ids = [_word(found)]
        return tuple(ids) if all(ids) else None  # type: ignore[arg-type]


# An answer counts no more than this, whatever it says.
_FIGURE = re.compile(r"[+-]?[0-9]{1,18}")
_AMOUNT = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?")


def _text(found: Any) -> str | None:
    return found.strip() or None if isinstance(found, str) else None


def _word(found: Any) -> str | None:
    """A code or an identifier: a text, or a whole number of zero or more by its digits."""
    if type(found) is int:
        return str(found) if found >= 0 else None
    return _text(found)


def _whole(found: Any) -> int | None:
    """A whole number: of JSON, or the digits of a text, which is all that XML has."""
    digits = str(found) if type(found) is int else found
    return int(digits) if isinstance(digits, str) and _FIGURE.fullmatch(digits) else None


def _count(found: Any) -> int | None:
    number = _whole(found)
    return number if number is not None and number >= 0 else None


def _amount(found: Any) -> Decimal | None:
    digits = f"{found:f}" if isinstance(found, Decimal) else str(found) if type(found) is int else found
    return Decimal(digits) if isinstance(digits, str) and _AMOUNT.fullmatch(digits) else None


def _shown(found: Any) -> str:
    if isinstance(found, str):
        return f'"{printable(found, 60)}"'
    return "several values" if isinstance(found, Content | tuple) else str(plain(found))


def _expected(answers: list[dict[str, Any]]) -> str:
    """What the documented answers look like, in few words."""
    if not answers:
        return "expected nothing, as this profile documents no answers"
    return "expected a documented answer, " + " or ".join(dict.fromkeys(map(shape_and_marks, answers)))


def _beginning(octets: bytes) -> str:
    text = octets[:400].decode("utf-8", "backslashreplace")
    return printable(" ".join(text.split()), 100)
