"""Refusals: a problem, with the vendor's code and words for the same refusal."""

from __future__ import annotations

import re

from septet.wording.problems import Details, Problem
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .profiles import Profile


def refusal(
    profile: Profile, code: str, message: str, quoted: Mapping[str, object] | None = None, **details: Any
) -> Problem:
    """The problem of a request, in the vendor's own terms if its document has them.

    `details["fault"]` distinguishes the faults of one code. `quoted` is what the vendor's message
    quotes: the wrong value as ``value``, or fields by their names.
    """
    return documented(profile, Problem.of(code, message, **details), quoted)


def documented(profile: Profile, problem: Problem, quoted: Mapping[str, object] | None = None) -> Problem:
    """The problem with the vendor's code and message, and the element of its answer that names it."""
    rules = profile.rule("refusals")
    if not rules or problem.vendor_code is not None:
        return problem
    for rule in rules:
        if rule["problem"] == problem.code and rule["fault"] in ("", problem.details.get("fault")):
            element = {"element": rule["element"]} if rule["element"] else {}
            return problem._replace(
                vendor_code=rule["code"],
                vendor_message=_filled(rule["message"], quoted or {}),
                details=Details(problem.details | element),
            )
    return problem


def _filled(message: str, quoted: Mapping[str, object]) -> str:
    def value(name: re.Match[str]) -> str:
        text = str(quoted.get(name[1], ""))
        return printable(text, len(text))

    return re.sub(r"\{(\w+)\}", value, message)
