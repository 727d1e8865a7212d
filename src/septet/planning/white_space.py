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

    __slots__ = ("_blanks", "_line_breaks", "_run", "_telling")

    def __init__(self, rule: dict[str, Any]) -> None:
        self._blanks: str = rule["characters"]
        self._line_breaks: int | None = rule["line_breaks"]
        of_a_run = self._blanks + ("" if self._line_breaks is None else "\r\n")
        self._run = re.compile(f"[{re.escape(of_a_run)}]+")
        # Most texts only have single spaces, which stay.
        others = of_a_run.replace(" ", "")
        single = f"[{re.escape(others)}]|" if others else ""
        self._telling = re.compile(f"{single}[{re.escape(of_a_run)}]{{2}}")

    def runs(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Each run that is changed: its place, and its replacement."""
        if self._telling.search(text) is None:
            return
        for match in self._run.finditer(text):
            shown = " "
            if self._line_breaks and (number := len(_LINE_BREAK.findall(match.group()))):
                shown = "\n" * min(number, self._line_breaks)
            if match.group() != shown:
                yield (*match.span(), shown)

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
