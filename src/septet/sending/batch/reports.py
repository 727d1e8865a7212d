"""Batch reports: the results of every row of a batch file."""

from __future__ import annotations

from typing import NamedTuple

from septet.planning.pricing import price_per_segment, times
from septet.planning.rejection import RejectedMessage, warn
from septet.wording.languages import ENGLISH
from septet.wording.messages import counted, said
from septet.wording.problems import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any

    from .rows import BatchFault


class BatchReport(NamedTuple):
    """The results of all rows. Made by `septet.batch_file`."""

    #: The name of the profile.
    profile: str
    #: Whether the file was written: where rows were refused, only with `skip_refused`.
    written: bool
    #: All given rows: the accepted and the refused ones.
    rows: int
    accepted: int
    refused: int
    #: The accepted rows that have warnings.
    warned: int
    #: What the vendor charges for the accepted rows.
    billed_segments: int
    #: The most segments that one of them takes: billed or, where those are more, transmitted.
    most_segments: int
    #: How many rows have each problem, by its code.
    counts: dict[str, int]
    #: The rows that have problems, unless they were given to `on_fault` one by one.
    faults: tuple[BatchFault, ...]
    #: What is wrong with the file as a whole.
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether every row is in the file."""
        return self.written and self.refused == 0

    def cost(self, price: Decimal | int | str | float) -> Decimal:
        """The billed segments at a price each, exactly; values and errors as for `Plan.cost`."""
        return times(price_per_segment(price), self.billed_segments)

    def raise_for_problems(self, warnings: bool = False) -> None:
        """Raises `RejectedMessage`, which lists the problems of the refused rows, unless `ok`.

        With `warnings` also when there is a warning, of an accepted row or of the file, and lists
        those too; a notice only informs.
        """
        if not self.ok or (warnings and (self.warned or warn(self.problems))):
            warned = self.warnings() if warnings else ()
            raise RejectedMessage(self.profile, (*self.problems, *self.refusals(), *warned))

    def refusals(self) -> tuple[Problem, ...]:
        """What is wrong with the refused rows, each problem with its row.

        Where the rows were given to `on_fault` one by one: how many have each problem that is an error.
        """
        if not self.refused:
            return ()
        by_code = (problem for problem in self._by_code() if problem.severity == "error")
        return self._of_rows(refused=True) or tuple(by_code)

    def warnings(self) -> tuple[Problem, ...]:
        """The warnings of the accepted rows, each problem with its row.

        Where the rows were given to `on_fault` one by one: how many have each problem that is a warning.
        """
        if not self.warned:
            return ()
        by_code = (problem for problem in self._by_code() if problem.severity == "warning")
        return self._of_rows(refused=False) or tuple(by_code)

    def _of_rows(self, *, refused: bool) -> tuple[Problem, ...]:
        return tuple(
            problem._replace(message=said("row %(line)s: ", line=fault.line) + problem.message)
            for fault in self.faults
            if fault.refused is refused
            for problem in fault.problems
        )

    def _by_code(self) -> tuple[Problem, ...]:
        return tuple(
            Problem.of(code, counted("%(number)s row.", "%(number)s rows.", number))
            for code, number in self.counts.items()
        )

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types; `lang` as `Plan.to_dict` takes it."""
        return self._asdict() | {
            "ok": self.ok,
            "faults": [fault.to_dict(lang) for fault in self.faults],
            "problems": [problem.to_dict(lang) for problem in self.problems],
        }
