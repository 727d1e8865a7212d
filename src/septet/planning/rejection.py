"""Rejection: the exception for a message that should not be sent."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from septet.wording.problems import Problem


class RejectedMessage(ValueError):  # noqa: N818  # the public name is fixed
    """Raised for a message that its vendor would refuse, or that should not be sent; lists every problem.

    Quotations of the text (a link, a code that is cut) are only in `problems`, not in what a log would
    have of the error.
    """

    def __init__(self, profile: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(profile, problems)
        self.profile = profile
        self.problems = problems

    def __str__(self) -> str:
        lines = (_line(problem) for problem in self.problems)
        return "\n".join([f"not to be sent through {self.profile}:", *lines])

    def __repr__(self) -> str:
        codes = ", ".join(problem.code for problem in self.problems)
        return f"RejectedMessage({self.profile}: {codes})"


def warn(problems: Iterable[Problem]) -> bool:
    """Whether any of them is more than a notice."""
    return any(problem.warns for problem in problems)


# Matches quotations of more than one character of the text.
_QUOTED = re.compile(r'"[^"]{2,}"')


def _line(problem: Problem) -> str:
    place, message = "", str(problem.message)
    if problem.start is not None:
        place = f" (characters {problem.start} to {problem.end})"
        message = _QUOTED.sub('"…"', message)
    line = f"- {problem.severity} {problem.code}{place}: {message}"
    if problem.vendor_code is not None:
        says = f": {problem.vendor_message}" if problem.vendor_message else ""
        line += f" [vendor code {problem.vendor_code}{says}]"
    return line
