"""Reading: compares a vendor's answer with the documented ones of its file and makes a `Response`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import cast

from septet.errors import ResponseError, is_a_word
from septet.vendors.format.answers import FIGURES, paths_of
from septet.vendors.words.answers import shape_and_marks
from septet.wording.quoting import printable

from .content import Content, UnreadableAnswer, at, content_of, listed, plain, text_of
from .outcomes import Outcome
from .responses import Response, VendorError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    Figure = TypeVar("Figure")


def read(name: str, rules: dict[str, Any], body: bytes, http_status: int | None = None) -> Response:
    """The response in a vendor's answer, read by the first documented answer that matches.

    `rules` are the checked tables of a vendor file, `name` is what an error calls them. Raises
    `ResponseError` if no documented answer matches, TypeError if the body is not bytes.
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
                if answer["outcome"] != "refused" and _is_no_success(http_status):
                    reasons.append(
                        f"the message was taken, says the answer, and HTTP {http_status} says otherwise"
                    )
                    continue
                passes = status is not None and status["temporary"]
                return _Reader(content, answer, codes).response(passes)
        except UnreadableAnswer as error:
            reasons.append(str(error))
    reason = reasons[0] if reasons else _expected(answers)
    if status is not None:
        reason = f"HTTP {http_status} ({status['meaning']}); {reason}"
    temporary = status is not None and status["temporary"]
    raise ResponseError(name, reason, _beginning(octets), temporary)


def _is_no_success(http_status: int | None) -> bool:
    """Whether a status is not one of success (RFC 9110, 15.3), whatever the body says."""
    return http_status is not None and not 200 <= http_status < 300


def _is_like(content: Content, answer: dict[str, Any]) -> bool:
    """Whether the content has the values of this documented answer in their places."""
    if not all(_is_one_of(at(content, path), values) for path, values in answer["when"].items()):
        return False
    # An answer without marked values is recognised by the values that it must have.
    needed = () if answer["when"] else [key for key in FIGURES if key not in answer["optional"]]
    return all(
        any(at(content, path) is not None for path in paths_of(answer[key])) for key in needed if answer[key]
    )


def _is_one_of(found: Any, values: Any) -> bool:
    # True is 1 to Python, but not to a vendor.
    known = values if isinstance(values, list) else [values]
    return any(type(found) is type(value) and found == value for value in known)


class _Reader:
    """Reads the values of one answer by the paths of the documented answer that it matches."""

    def __init__(self, content: Content, answer: dict[str, Any], codes: dict[str, dict[str, Any]]) -> None:
        self.content = content
        self.answer = answer
        self.codes = codes

    def response(self, temporary: bool) -> Response:
        outcomes = self.outcomes()
        code = self.value("code", self._code, "a code")
        documented = self.documented(code)
        message = self.value("message", _text, "a text")
        ids = self.value("message_ids", self._ids, "an identifier") or ()
        ids += tuple(one.message_id for one in outcomes if one.accepted and one.message_id)
        refused = self.recipients("refused_recipients")
        taken = any(one.accepted for one in outcomes) if outcomes else self.answer["outcome"] == "accepted"
        if refused and not (ids if self.answer["message_ids"] else self.recipients("taken_recipients")):
            taken = False
        whole = taken and not refused and all(one.accepted for one in outcomes)
        if not taken:
            message = message or documented["message"]
            first = next((one for one in outcomes if not one.accepted), None)
            if code is None and first is not None:
                code, message = first.code, message or first.message
                documented = self.documented(code)
        errors = () if whole else self.errors(code, message, outcomes, refused, taken=taken)
        return Response(
            whole,
            ids,
            self.billed_segments(outcomes),
            self.cost(outcomes),
            self.value("currency", _word, "a currency") or self.currency(),
            self.remaining(),
            code,
            message,
            errors,
            not taken and (documented["temporary"] or temporary or any(one.temporary for one in outcomes)),
            self.content,
            self.answer["billed_inferred"] if taken else None,
            taken and not whole,
            outcomes,
            self.value("credits", _amount, "an amount such as 4.5"),
            None if taken else documented["concerns"],
            taken,
        )

    def documented(self, code: str | None) -> dict[str, Any]:
        """What the vendor's document says about a code."""
        return self.codes.get(code or "", {"message": None, "temporary": False, "concerns": None})

    def outcomes(self) -> tuple[Outcome, ...]:
        """The result for each of several messages, or for each part of one."""
        rule = self.answer["messages"]
        if rule is None:
            return ()
        found = listed(self.content, rule["list"])
        if not found or not all(isinstance(one, Content) for one in found):
            expected = "a list of messages"
            raise UnreadableAnswer(f"{rule['list']}: expected {expected}, found {_shown(found or None)}")
        return tuple(self.outcome_of(one, rule) for one in found)

    def outcome_of(self, one: Content, rule: dict[str, Any]) -> Outcome:
        def told(key: str, read: Callable[[Any], Figure | None]) -> Figure | None:
            found = (at(one, path) for path in paths_of(rule.get(key)))
            return next((read(value) for value in found if value not in (None, "")), None)

        accepted = all(_is_one_of(at(one, path), values) for path, values in rule["accepted"].items())
        code = told("code", self._code)
        documented = self.documented(code)
        return Outcome(
            accepted,
            rule["is"],
            told("recipient", _word),
            told("id", _word) if accepted else None,
            1 if accepted and rule["is"] == "part" else told("billed_segments", _count),
            told("cost", _amount),
            None if accepted else code,
            None if accepted else told("message", _text) or documented["message"],
            not accepted and documented["temporary"],
            None if accepted else documented["concerns"],
        )

    def billed_segments(self, outcomes: tuple[Outcome, ...]) -> int | None:
        """What is billed for all together: the sum of all, or a multiple that the answer states."""
        found = self.value("billed_segments", _count, "a whole number of zero or more")
        if found is None:
            each = [one.billed_segments for one in outcomes if one.accepted]
            return None if None in each or not each else sum(filter(None, each))
        times = self.value("times", _count, "a whole number of zero or more")
        return found * times if times is not None else found

    def cost(self, outcomes: tuple[Outcome, ...]) -> Decimal | None:
        found = self.value("cost", _amount, "an amount such as 0.038")
        if found is None:
            each = [one.cost for one in outcomes if one.accepted]
            return None if None in each or not each else sum(filter(None, each), Decimal(0))
        return found

    def remaining(self) -> int | Decimal | None:
        """What the account has left, in segments or in credits."""
        segments: int | None = self.value("remaining", _whole, "a whole number")
        if segments is not None:
            return segments
        return cast("int | Decimal | None", self.value("remaining_credits", _rest, "a number"))

    def currency(self) -> str | None:
        """The currency of the first message, where each message has one."""
        rule = self.answer["messages"]
        if rule is None or "currency" not in rule:
            return None
        first = listed(self.content, rule["list"])[0]
        return next((word for path in paths_of(rule["currency"]) if (word := _word(at(first, path)))), None)

    def recipients(self, key: str) -> tuple[str, ...]:
        """The recipients that the answer lists under a key."""
        found = (_word(one) for path in paths_of(self.answer[key]) for one in listed(self.content, path))
        return tuple(filter(None, found))

    def value(self, key: str, read: Callable[[Any], Figure | None], expected: str) -> Figure | None:
        """A figure of the answer; UnreadableAnswer if it is missing or of another kind."""
        paths = paths_of(self.answer[key])
        for path in paths:
            found = at(self.content, path)
            if found is None or found == "" or found in self.answer["untold"].get(key, ()):
                continue
            value = read(found)
            if value is not None:
                return value
            if isinstance(found, Content | tuple) and key in self.answer["optional"]:
                continue  # this is something else, such as a list of errors
            raise UnreadableAnswer(f"{path}: expected {expected}, found {_shown(found)}")
        if paths and key not in self.answer["optional"] and key not in self.answer["untold"]:
            raise UnreadableAnswer(f"{' or '.join(paths)}: expected {expected}, found nothing")
        return None

    def errors(
        self,
        code: str | None,
        message: str | None,
        outcomes: tuple[Outcome, ...],
        refused: tuple[str, ...],
        *,
        taken: bool,
    ) -> tuple[VendorError, ...]:
        """What was refused and why: for each recipient or part, each one that is listed, or all."""
        told = [VendorError(one.code, one.message, one.recipient) for one in outcomes if not one.accepted]
        told += [VendorError(code, message, number) for number in refused]
        if told or taken:
            return tuple(told)
        paths = self.answer["errors"]
        found = listed(self.content, paths["list"]) if paths else ()
        if paths and not found and "errors" not in self.answer["optional"]:
            raise UnreadableAnswer(f"{paths['list']}: expected a list of errors, found nothing")
        if paths and paths.get("keyed"):
            return tuple(_keyed(found, code)) or (VendorError(code, message),)
        return tuple(self.error(one, paths, code) for one in found) or (VendorError(code, message),)

    def error(self, found: Any, paths: dict[str, Any], code: str | None) -> VendorError:
        told: dict[str, str | None] = {"code": None, "message": None, "element": None}
        if isinstance(found, Content):
            for key in told.keys() & paths.keys():
                words = (_word(at(found, path)) for path in paths_of(paths[key]))
                told[key] = next(filter(None, words), None)
        if told["message"] is None:
            expected = f"errors with {' or '.join(paths_of(paths['message']))}"
            raise UnreadableAnswer(f"{paths['list']}: expected {expected}, found {_shown(found)}")
        return VendorError(told["code"] or code, told["message"], told["element"])

    def _code(self, found: Any) -> str | None:
        word, pattern = _word(found), self.answer["code_pattern"]
        if word is None or pattern is None:
            return word
        match = re.search(pattern, word)
        return match[1] if match else None

    def _ids(self, found: Any) -> tuple[str, ...] | None:
        separator = self.answer["ids_separator"]
        if isinstance(found, tuple) and self.answer["ids_listed"]:
            ids = [_word(one) for one in found]
        elif isinstance(found, str) and separator:
            ids = [_word(one) for one in found.split(separator)]
        else:
            ids = [_word(found)]
        return tuple(ids) if all(ids) else None  # type: ignore[arg-type]


# No answer counts more than this, whatever it says.
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
    """A whole number: of JSON, or the digits of a text, as XML only has texts."""
    digits = str(found) if type(found) is int else found
    return int(digits) if isinstance(digits, str) and _FIGURE.fullmatch(digits) else None


def _rest(found: Any) -> int | Decimal | None:
    """The rest of an account: a whole number, or an amount."""
    number = _whole(found)
    return number if number is not None else _amount(found)


def _keyed(found: tuple[Any, ...], code: str | None) -> Iterator[VendorError]:
    """Errors under the names of what they are about, each one text or several."""
    for one in found:
        if isinstance(one, Content):
            for element, texts in one.items():
                for text in texts if isinstance(texts, tuple) else (texts,):
                    yield VendorError(code, _word(text), element)


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
    """The form of the documented answers, in few words."""
    if not answers:
        return "expected nothing, as this profile documents no answers"
    return "expected a documented answer, " + " or ".join(dict.fromkeys(map(shape_and_marks, answers)))


# A text in JSON, perhaps without its end, and a text between two tags.
_JSON_TEXT = re.compile(r'(?<=[:,\[])( ?)"((?:[^"\\]|\\.)*)("|\\?$)')
_XML_TEXT = re.compile(r">([^<>]+)(?=<|$)")
# The beginning of a gateway's page, which knows nothing about the message.
_PAGE = re.compile(r"<(!doctype|html|head|title|body|h1|p)\b", re.IGNORECASE)


def _beginning(octets: bytes) -> str:
    """How an answer begins, without its texts: many repeat what was sent, perhaps with a one-time code."""
    text = " ".join(octets[:2000].decode("utf-8", "backslashreplace").split())
    if text.startswith(("{", "[")):
        text = _JSON_TEXT.sub(lambda at: at[0] if is_a_word(at[2]) and at[3] else f'{at[1]}"…"', text)
    elif text.startswith("<"):
        if not _PAGE.match(text):
            text = _XML_TEXT.sub(lambda at: at[0] if is_a_word(at[1].strip()) else ">…", text)
    elif not is_a_word(text):
        first = text.partition(" ")[0]
        text = f"{first} …" if is_a_word(first) else "…"
    return printable(text, 100)
