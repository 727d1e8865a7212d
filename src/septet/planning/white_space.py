"""White space: the runs of blanks that a vendor collapses before anything else."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_LINE_BREAK = re.compile(r"\r\n?|\n")
# Beyond so many kinds of blanks outside ASCII it is no longer quick to look for each of them.
_FEW = 20


class WhiteSpace:
    """The rule for runs of blanks: they become one space, or so many line breaks at the most.

    Where runs include `line_breaks`, blanks beside those go too; a limit of 0 makes them a space.
    """

    __slots__ = ("_blanks", "_line_breaks", "_run")

    def __init__(self, rule: dict[str, Any]) -> None:
        self._blanks: str = rule["characters"]
        self._line_breaks: int | None = rule["line_breaks"]
        of_a_run = self._blanks + ("" if self._line_breaks is None else "\r\n")
        blank = f"[{re.escape(of_a_run)}]"
        others = of_a_run.replace(" ", "")
        # A single space stays, and most blanks are single spaces.
        of_spaces = [f" {blank}+"] if " " in of_a_run else []
        self._run = re.compile(
            "|".join([*of_spaces, *([f"[{re.escape(others)}]{blank}*"] if others else [])])
        )

    def runs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Each run that is changed: its place, and its replacement."""
        known: dict[str, str] = {}  # most runs of a text are alike
        for match in self._run.finditer(text):
            run = match.group()
            shown = known.get(run)
            if shown is None:
                shown = known[run] = self._shown(run)
            if run != shown:
                yield (*match.span(), shown)

    def _shown(self, run: str) -> str:
        """What a run becomes."""
        if self._line_breaks and (number := len(_LINE_BREAK.findall(run))):
            return "\n" * min(number, self._line_breaks)
        return " "

    @property
    def signs(self) -> tuple[str | tuple[str, ...], ...] | None:
        """A text with such a run holds one of these at least (signs like those of a mention); None where any
        text may have one.
        """
        others = [blank for blank in self._blanks if not blank.isascii()]
        if len(others) > _FEW:
            return None
        # The blanks of ASCII are looked for together.
        single = "".join(blank for blank in self._blanks if blank.isascii() and blank != " ")
        single += "" if self._line_breaks is None else "\r\n"
        return (*(["  "] if " " in self._blanks else ()), *([(single,)] if single else ()), *others)
