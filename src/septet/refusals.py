"""Refusals: a problem, with the code and the words in which its vendor refuses the same."""

from __future__ import annotations

from .problems import Details, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .vendors import Profile


def refusal(profile: Profile, code: str, message: str, value: str = "", **details: Any) -> Problem:
    """The problem of a request, in the vendor's own terms where its document has them.

    `details["fault"]` tells apart what one code covers; `value` is what the vendor's message quotes.
    """
    return documented(profile, Problem.of(code, message, **details), value)


def documented(profile: Profile, problem: Problem, value: str = "") -> Problem:
    """The problem with the vendor's code and message, and the element of its answer that names it."""
    if problem.vendor_code is not None:
        return problem
    for rule in profile.rule("refusals"):
        if rule["problem"] == problem.code and rule["fault"] in ("", problem.details.get("fault")):
            element = {"element": rule["element"]} if rule["element"] else {}
            return problem._replace(
                vendor_code=rule["code"],
                vendor_message=rule["message"].replace("{value}", value),
                details=Details(problem.details | element),
            )
    return problem
