"""Examinations: the check of every row of a batch, and the report of the results."""

from __future__ import annotations

from collections import Counter

from septet.planning.ignored import told
from septet.planning.rejection import warn
from septet.sending.recipients import without_numbering_plans
from septet.wording.messages import said
from septet.wording.problems import Problem

from .reports import BatchReport
from .rows import BatchFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .checks import Checker
    from .rows import BatchRow, OnFault


def examine(
    rows: Iterable[BatchRow | BatchFault],
    checker: Checker,
    keep: Callable[[list[str]], object],
    *,
    skip_refused: bool,
    on_fault: OnFault | None = None,
) -> BatchReport:
    """Checks rows as they come; `keep` gets the cells of each that is not refused.

    A UnicodeEncodeError of `keep` refuses the row. `written` of the report tells whether the kept rows are
    a batch.
    """
    accepted = refused = warned = billed = most = 0
    counts: Counter[str] = Counter()
    faults: list[BatchFault] = []
    hand_over = faults.append if on_fault is None else on_fault
    for row in rows:
        if isinstance(row, BatchFault):
            fault = row._replace(refused=True)
        else:
            cells, billed_segments, segments, problems, is_refused = checker.check(row)
            if not is_refused:
                try:
                    keep(cells)
                except UnicodeEncodeError as error:
                    problems, is_refused = (*problems, checker.outside_charset(cells, error)), True
                else:
                    accepted += 1
                    billed += billed_segments
                    most = max(most, segments)
            if not problems:
                continue
            fault = BatchFault(row.line, row[1:], problems, is_refused)
        refused += fault.refused
        warned += not fault.refused and warn(fault.problems)
        counts.update({problem.code for problem in fault.problems})
        hand_over(fault)
    whole = told(_whole(checker, accepted + refused, accepted), checker.ignored)
    written = not (refused and not skip_refused) and all(p.severity != "error" for p in whole)
    return BatchReport(
        checker.profile.name,
        written,
        accepted + refused,
        accepted,
        refused,
        warned,
        billed,
        most,
        dict(sorted(counts.items())),
        tuple(faults),
        whole,
    )


def _whole(checker: Checker, rows: int, accepted: int) -> Iterable[Problem]:
    """What is wrong with a file as a whole."""
    most = checker.rule["most"]
    if not accepted:
        message = said("There are no rows: the batch would be empty. Give at least one.")
        if rows:
            message = said("Every row is refused. Give at least one.")
        yield Problem.of("recipients-missing", message, fault="empty")
    elif most is not None and accepted > most:
        message = said(
            "%(actual)s rows; this vendor accepts at most %(most)s in one batch file. Split them.",
            actual=accepted,
            most=most,
        )
        yield Problem.of("too-many-recipients", message, limit=most, actual=accepted)
    if checker.not_checked:
        yield Problem.of("not-checked", without_numbering_plans(), fault="recipients")
