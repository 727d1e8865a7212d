"""Problems: what a sender must know before sending, each with a stable code.

`docs/problems.md` explains every code; the severities stand here.
"""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, NoReturn

    Severity = Literal["error", "warning"]

#: Every problem code and how severe it is: an error means that the message should not be sent.
SEVERITIES: dict[str, Severity] = {
    "empty-message": "error",
    "invalid-character": "error",
    "unmapped-character": "error",
    "unicode-unavailable": "error",
    "too-long": "error",
    "too-many-segments": "error",
    "too-many-characters": "error",
    "optout-missing": "error",
    "lossy-substitution": "warning",
    "truncated": "warning",
    "optout-not-added": "warning",
    "optout-unspecified": "warning",
    "boundary-overflow": "warning",
    "documented-otherwise": "warning",
    "account-option-needed": "warning",
    "vendor-tag": "warning",
}


class Details(dict[str, "Any"]):
    """The figures of a problem, which do not change; as a dict, so that all reads and formats take it."""

    def _refuse(self, *arguments: object, **named: object) -> NoReturn:
        raise TypeError("the details of a problem do not change")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return Details, (dict(self),)


class Problem(NamedTuple):
    """Something the sender must know, with its place in the original text (None: all of it)."""

    code: str
    severity: Severity
    #: Plain words: what is wrong and what to do.
    message: str
    start: int | None = None
    end: int | None = None
    #: The vendor's own code and message, where the vendor itself refuses or documents it.
    vendor_code: str | None = None
    vendor_message: str | None = None
    #: The figures in the message: `limit` and `actual` in billed segments, `characters`.
    details: Details = Details()

    @classmethod
    def of(
        cls, code: str, message: str, start: int | None = None, end: int | None = None, **details: Any
    ) -> Problem:
        """A problem of a known code, with that code's severity."""
        return cls(code, SEVERITIES[code], message, start, end, details=Details(details))
