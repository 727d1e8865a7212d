"""Ignored problems: the codes of problems that a sender does not want to see."""

from __future__ import annotations

from septet.errors import OptionError, shown
from septet.wording.problems import SEVERITIES
from septet.wording.quoting import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from septet.wording.problems import Problem

#: All problems but errors can be ignored. An error says that a message should not be sent.
MAY_BE_IGNORED = tuple(code for code, severity in SEVERITIES.items() if severity != "error")


def ignored(codes: object) -> frozenset[str]:
    """The codes of the option `ignore`: one, a tuple of them, or None. Raises OptionError."""
    if codes is None:
        return frozenset()
    asked = codes if isinstance(codes, tuple) else (codes,)
    for code in asked:
        if not isinstance(code, str):
            raise _wrong(f"expected the code of a problem, or a tuple of codes, found {shown(codes)}")
        if code not in SEVERITIES:
            raise _wrong(f"no problem has the code {shown(code)}{nearest(code, list(MAY_BE_IGNORED))}")
        if code not in MAY_BE_IGNORED:
            raise _wrong(f"{code} is an error, and cannot be ignored")
    return frozenset(asked)


def told(problems: Iterable[Problem], ignored: frozenset[str]) -> tuple[Problem, ...]:
    """The problems that are not ignored."""
    if not ignored:
        return tuple(problems)
    return tuple(problem for problem in problems if problem.code not in ignored)


def _wrong(reason: str) -> OptionError:
    possible = ", ".join(MAY_BE_IGNORED)
    return OptionError(f"ignore: {reason}; expected one of {possible}", "ignore", MAY_BE_IGNORED)
