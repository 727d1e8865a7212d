"""Problems: what a sender must know before sending, each with a stable code.

`docs/problems.md` explains every code; the severities are here.
"""

from __future__ import annotations

from .frozen import FrozenDict
from .languages import ENGLISH
from .messages import said, translated
from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    Severity = Literal["error", "warning", "notice"]

#: The severities, the most severe first: an error means that the message should not be sent, a warning
#: that the sender should look at it before sending; a notice only informs.
SEVERITY_ORDER: tuple[Severity, ...] = ("error", "warning", "notice")

#: Every problem code and its severity; if that depends on the case, the highest severity (see
#: `Problem.as_notice`). docs/problems.md has the reason of each.
SEVERITIES: dict[str, Severity] = {
    "empty-message": "error",
    "invalid-character": "error",
    "unmapped-character": "error",
    "unicode-unavailable": "error",
    "too-long": "error",
    "too-many-segments": "error",
    "too-many-characters": "error",
    "optout-missing": "error",
    "commercial-refused": "error",
    "lossy-substitution": "warning",
    "truncated": "warning",
    "optout-not-added": "warning",
    "optout-unspecified": "warning",
    "optout-other-number": "warning",
    "boundary-overflow": "warning",
    "documented-otherwise": "notice",
    "account-option-needed": "notice",
    "added-text-unicode": "notice",
    "rcs-single": "notice",
    "vendor-tag": "warning",
    "suspect-encoding": "warning",
    "link-changed": "warning",
    "link-cut": "warning",
    "value-changed": "warning",
    "value-cut": "warning",
    "glued-link": "warning",
    "suspect-markup": "warning",
    "outer-blanks": "warning",
    # Of a request; those above are of a text.
    "recipients-missing": "error",
    "too-many-recipients": "error",
    "malformed-recipient": "error",
    "mixed-countries": "error",
    "mentions-differ": "notice",
    "sender-missing": "error",
    "sender-length": "error",
    "sender-characters": "error",
    "sender-number": "error",
    "sender-with-replies": "error",
    "replies-with-unicode": "error",
    "tag-length": "error",
    "tag-characters": "error",
    "schedule-incomplete": "error",
    "schedule-malformed": "error",
    "schedule-step": "error",
    "schedule-past": "error",
    "schedule-window": "error",
    "field-missing": "error",
    "field-value": "error",
    "field-conflict": "error",
    "field-without-effect": "warning",
    "request-unknown": "error",
    "not-offered": "error",
    "billed-malformed-recipient": "warning",
    "unknown-recipient": "warning",
    "duplicate-recipient": "warning",
    "sender-without-optout": "warning",
    "sender-country": "warning",
    "sender-changed": "warning",
    "quiet-hours": "warning",
    "not-checked": "warning",
    "recipient-hours": "warning",
    # Of a campaign's template.
    "unread-tag": "warning",
    # Of a row of a campaign.
    "not-mobile": "warning",
    # Of a row of a batch file.
    "row-fields": "error",
    "cell-error": "error",
    "outside-charset": "error",
}

#: Codes that only a request can have, but no row of a campaign.
OF_REQUESTS = frozenset(
    (
        *("recipients-missing", "too-many-recipients", "mentions-differ", "replies-with-unicode"),
        *("sender-missing", "sender-length", "sender-characters", "sender-number", "sender-with-replies"),
        *("sender-without-optout", "sender-country", "sender-changed", "tag-length", "tag-characters"),
        *("schedule-incomplete", "schedule-malformed", "schedule-step", "schedule-past", "schedule-window"),
        *("field-missing", "field-value", "field-conflict", "field-without-effect", "not-offered"),
        *("request-unknown", "billed-malformed-recipient"),
    )
)

#: Codes of received octets: what is unusual about them, though they can be read.
OF_OCTETS: dict[str, Severity] = {
    "address-unusual": "warning",
    "cut-by-octets": "warning",
    "header-empty": "warning",
    "octets-behind": "warning",
    "suspect-encoding": "warning",
    "text-compressed": "warning",
    "time-unreadable": "warning",
    "zone-unreadable": "warning",
}
#: The words for a severity.
SEVERITY_NAMES = {"error": said("error"), "warning": said("warning"), "notice": said("notice")}


class Details(FrozenDict):
    """The figures of a problem, immutable; a dict for all reads and formats."""

    refusal = "the details of a problem do not change"


class Problem(NamedTuple):
    """Something the sender must know, with its place in the original text (None: all of it)."""

    code: str
    severity: Severity
    #: Plain words: what is wrong and what to do.
    message: str
    start: int | None = None
    end: int | None = None
    #: The vendor's own code and message, if the vendor itself refuses or documents it.
    vendor_code: str | None = None
    vendor_message: str | None = None
    #: The figures in the message: `limit` and `actual` in billed segments, `characters`.
    details: Details = Details()

    @classmethod
    def of(
        cls, code: str, message: str, start: int | None = None, end: int | None = None, **details: Any
    ) -> Problem:
        """A problem of a known code, with that code's severity."""
        severity = SEVERITIES[code] if code in SEVERITIES else OF_OCTETS[code]
        return cls(code, severity, message, start, end, details=Details(details))

    def at(self, start: int | None, end: int | None) -> Problem:
        """The same at another place. A text may have it many times, so no constructor checks it again."""
        code, severity, message, _, _, vendor_code, vendor_message, details = self
        return tuple.__new__(
            Problem, (code, severity, message, start, end, vendor_code, vendor_message, details)
        )

    def as_notice(self) -> Problem:
        """The same as a notice, for a case in which it only informs."""
        return self._replace(severity="notice")

    @property
    def warns(self) -> bool:
        """Whether it is more than a notice, so that strict checks refuse it."""
        return self.severity != "notice"

    def in_language(self, lang: str = ENGLISH) -> str:
        """The message in a language (`LANGUAGES`). Raises ValueError for an unknown one."""
        return translated(self.message, lang)

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """The problem in plain JSON types, with the message in a language."""
        code, severity, message, start, end, vendor_code, vendor_message, details = self
        plain = {**details}
        for key, value in plain.items():
            if type(value) is tuple:
                plain[key] = _plain(value)
        return {
            "code": code,
            "severity": severity,
            # Words are already English.
            "message": str.__str__(message if lang == ENGLISH else translated(message, lang)),
            "start": start,
            "end": end,
            "vendor_code": vendor_code,
            "vendor_message": vendor_message,
            "details": plain,
        }


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
