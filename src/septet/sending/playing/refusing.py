"""Answers of refusal: the vendor's own code for what is wrong with a call, in the form of its document."""

from __future__ import annotations

import re

from septet.vendors.format.answers import paths_of

from .answers import answered, documented
from .elements import put_refusal, refused_element
from .written import put_first, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .calls import Answer
    from .written import Written

# The subject of a problem in the codes of vendors, by the beginning of its own code.
_CONCERNS = (
    *(("sender", "sender"), ("recipients", "recipient"), ("malformed", "recipient")),
    *(("too-many-recipients", "recipient"), ("schedule", "schedule"), ("optout", "opt-out")),
    *(("tag", "field"), ("field", "field"), ("not-offered", "field"), ("", "text")),
)


def code_for(profile: Profile, problem: Problem) -> tuple[str, str | None] | None:
    """The vendor's code and words for a problem: the documented ones, or the first about its subject."""
    if problem.vendor_code is not None:
        return problem.vendor_code, problem.vendor_message
    concern = next(about for begin, about in _CONCERNS if problem.code.startswith(begin))
    rows = [row for row in profile.rule("codes") if row["concerns"] == concern]
    return (rows[0]["code"], rows[0]["message"]) if rows else None


def refused(
    profile: Profile,
    fields: dict[str, Any],
    code: str,
    message: str | None = None,
    about: Sequence[Problem] = (),
    quoted: str = "",
) -> Answer | None:
    """The answer of refusal with a code; None where the vendor documents none.

    `about` are problems of this code, which some vendors list one by one; `quoted` is the call as the
    vendor quotes it. Without a message, the answer has that of its example or of the list of codes.
    """
    rows = {row["code"]: row for row in profile.rule("codes")}
    row = rows.get(code)
    answer = documented(profile, ("refused",), fields, code)
    if answer is None:
        return _refused_each(profile, fields, code, message or (row["message"] if row else None))
    made = written(answer)
    is_example = _puts_code(made, answer, code)
    if is_example and message is None and not about:
        # The answer is exactly that of the document.
        return answered(answer, made, _status(answer, row), quoted)
    words = message if message is not None or row is None else row["message"]
    if _puts_list(made, answer, about, code, words):
        for path in paths_of(answer["message"]):
            if not path.startswith(answer["errors"]["list"]):
                _only_if_there(made, path, words or "")
    elif words is not None:
        put_first(made, answer["message"], words)
    else:
        for path in paths_of(answer["message"]):
            made.drop(path)
    return answered(answer, made, _status(answer, row), quoted)


def _status(answer: dict[str, Any], row: dict[str, Any] | None) -> int:
    return (row["status"] if row else None) or answer["status"] or 400


def _puts_code(made: Written, answer: dict[str, Any], code: str) -> bool:
    """Puts the code, and returns whether it is that of the document's example."""
    for path in paths_of(answer["code"])[:1]:
        old, pattern = made.get(path), answer["code_pattern"]
        match = re.search(pattern, old) if pattern and isinstance(old, str) else None
        if match is not None:
            assert isinstance(old, str)
            if match[1] == code:
                return answer["example"] is not None
            made.put(path, old[: match.start(1)] + code + old[match.end(1) :])
            return False
        if str(old) == code:
            return answer["example"] is not None
        made.put(path, code if old is not None or not code.isdecimal() else int(code))
    return False


def _puts_list(
    made: Written, answer: dict[str, Any], about: Sequence[Problem], code: str, message: str | None
) -> bool:
    """Puts the problems into the vendor's list of them, and returns whether there is one."""
    rule = answer["errors"]
    if rule is None or rule.get("keyed"):
        return False
    known = made.elements(rule["list"])
    rows = [(one.vendor_message or "", one.details.get("element")) for one in about]
    named = [(words, element) for words, element in rows if element]
    # The vendor's code may be only in the list.
    in_list = any(path.startswith(f"{rule['list']}[") for path in paths_of(answer["code"]))
    if not named and not in_list:
        made.drop(rule["list"])
        return False
    if "element" in rule:
        # In the order in which the document lists them.
        order = [one.get(rule["element"]) for one in known]
        named.sort(key=lambda row: order.index(row[1]) if row[1] in order else len(order))
    elements = []
    for words, element in named or [(message or "", None)]:
        one = known[0].new() if known else made.new()
        if in_list and "code" in rule:
            one.put(rule["code"], _number_like(known[0].get(rule["code"]) if known else None, code))
        put_first(one, rule["message"], words)
        if element is not None and "element" in rule:
            one.put(rule["element"], element)
        elements.append(one)
    made.put_elements(rule["list"], elements)
    return True


def _number_like(example: Any, code: str) -> str | int:
    return int(code) if isinstance(example, int) and code.isdecimal() else code


def _only_if_there(made: Written, path: str, value: str) -> None:
    if made.get(path) is not None:
        made.put(path, value)


def _refused_each(profile: Profile, fields: dict[str, Any], code: str, message: str | None) -> Answer | None:
    """A refusal of the one message, in an answer with an element for each message."""
    answer = documented(profile, ("by-message",), fields)
    made = None if answer is None else written(answer)
    one = None if answer is None or made is None else refused_element(made, answer["messages"])
    if answer is None or made is None or one is None:
        return None
    put_refusal(one, answer["messages"], code, message)
    made.put_elements(answer["messages"]["list"], [one])
    return answered(answer, made, answer["status"] or 200)
