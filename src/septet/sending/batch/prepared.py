"""Prepared batches: a file of rows that was checked, and the request that sends it."""

from __future__ import annotations

from typing import NamedTuple

from septet.planning.rejection import RejectedMessage, warn
from septet.wording.languages import ENGLISH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from septet.wording.problems import Problem

    from .reports import BatchReport
    from .requests import BatchRequest


class PreparedBatch(NamedTuple):
    """A batch file checked for its vendor, and the request that sends it. Made by `septet.prepare_batch`."""

    #: The report on its rows, one by one and together.
    report: BatchReport
    #: What the vendor would refuse in the refused rows, in the file as a whole and in the request; the
    #: warnings of single rows are in `report.faults`.
    problems: tuple[Problem, ...]
    #: The request to send; check `ok` first, or call `raise_for_problems`.
    request: BatchRequest
    #: When it is to be sent, in the vendor's time zone and to the minute; None for at once.
    send_at: datetime | None

    @property
    def profile(self) -> str:
        """The name of the profile."""
        return self.report.profile

    @property
    def ok(self) -> bool:
        """Whether there is no error: neither in the request nor in any row."""
        return not self.report.refused and all(problem.severity != "error" for problem in self.problems)

    def raise_for_problems(self, warnings: bool = False) -> None:
        """Raises `RejectedMessage`, which lists every problem, when one of them is an error.

        With `warnings` also when one is a warning, of the request or of a row; a notice only informs.
        """
        if not self.ok or (warnings and (self.report.warned or warn(self.problems))):
            problems = (*self.problems, *self.report.warnings()) if warnings else self.problems
            raise RejectedMessage(self.profile, problems)

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types, but for the file's octets; `lang` as `Plan.to_dict` takes it."""
        return {
            "report": self.report.to_dict(lang),
            "problems": [problem.to_dict(lang) for problem in self.problems],
            "ok": self.ok,
            "send_at": None if self.send_at is None else self.send_at.isoformat(),
            "request": self.request.to_dict(),
        }

    def __repr__(self) -> str:
        codes = ", ".join(dict.fromkeys(problem.code for problem in self.problems)) or "no problem"
        return f"<septet.PreparedBatch {self.profile}: {self.report.rows} rows, {codes}>"
