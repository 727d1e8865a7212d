"""Findings: the first row with each warning about what is in texts, to be shown.

The figures of an estimate tell how many rows have a warning; an example shows what it means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .appraisals import BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    import pyarrow as pa

    from septet.planning.plans import Plan

    Places = np.ndarray[tuple[int], np.dtype[np.int64]]

#: The problems for which one row is kept: those that have a place in the text.
SHOWN = (
    *("link-changed", "link-cut", "value-changed", "value-cut", "glued-link", "suspect-markup"),
    *("outer-blanks", "suspect-encoding"),
)


class Finding(NamedTuple):
    """The first row with a problem."""

    code: str
    #: The line of the file where the row starts, as in a `Reject`; of a batch, the row's place from 0.
    line: int
    #: What the problem is about, as it was written, and what replaces it, if the problem has this.
    thing: str
    became: str | None
    #: The field of the template, where the problem is about its value.
    field: str | None = None
    #: Its file, where there are several.
    file: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """What an estimate shows under the code, in plain JSON types; a file only where there are several."""
        return {
            name: value
            for name, value in self._asdict().items()
            if name != "code" and (name != "file" or value is not None)
        }


def findings(
    problems: Places,
    texts: pa.Array,
    values: Mapping[str, pa.Array],
    plan: Callable[[int, str], Plan],
    shown: Sequence[str],
) -> list[Finding]:
    """The first row with each of the problems to be `shown`, by the bits of all rows.

    `values` are what the fields of the template are filled with; `plan` plans the text of a row.
    """
    import numpy as np

    met = int(np.bitwise_or.reduce(problems)) if len(problems) else 0
    plans: dict[int, Plan] = {}  # one row may be the first with several problems
    found = []
    for code in shown:
        if not met & BITS[code]:
            continue
        row = int(((problems & BITS[code]) != 0).argmax())
        finding = _of_a_value(row, values) if code == "outer-blanks" else None
        if finding is None:
            if row not in plans:
                plans[row] = plan(row, _text(texts[row].as_py()))
            finding = _finding(code, row, plans[row])
        if finding is not None:
            found.append(finding)
    return found


def earliest(found: Iterable[Finding]) -> dict[str, Finding]:
    """The first of each problem among findings in the order of their rows."""
    first: dict[str, Finding] = {}
    for finding in found:
        first.setdefault(finding.code, finding)
    return first


def _of_a_value(row: int, values: Mapping[str, pa.Array]) -> Finding | None:
    """The first value of a row that begins or ends with a blank."""
    for field, column in values.items():
        value = _text(column[row].as_py())
        if value != value.strip():
            return Finding("outer-blanks", row, value, None, field)
    return None


def _finding(code: str, row: int, plan: Plan) -> Finding | None:
    problem = next((problem for problem in plan.problems if problem.code == code), None)
    if problem is None:
        return None
    details = problem.details
    thing = details.get("thing", plan.original[problem.start : problem.end])
    return Finding(code, row, thing, details.get("became", details.get("meant")))


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode()
