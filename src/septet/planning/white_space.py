"""White space: the runs of blanks that a vendor collapses before anything else."""

from __future__ import annotations

import re

from septet.gsm.characters import unify_line_breaks

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

    __slots__ = ("_blanks", "_line_breaks", "_others", "_run")

    def __init__(self, rule: dict[str, Any]) -> None:
        self._blanks: str = rule["characters"]
        self._line_breaks: int | None = rule["line_breaks"]
        of_a_run = self._blanks + ("" if self._line_breaks is None else "\r\n")
        blank = f"[{re.escape(of_a_run)}]"
        others = of_a_run.replace(" ", "")
        self._others = self._blanks.replace(" ", "")
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

    def collapsed(self, text: str) -> str:
        """The text with all of them replaced, which takes less time than finding their places."""
        if " " not in self._blanks:  # what becomes a space must not join those that stay
            return self._run.sub(lambda match: self._shown(match.group()), text)
        for blank in self._others:
            text = text.replace(blank, " ")
        if self._line_breaks is not None:
            text = unify_line_breaks(text)
        if self._line_breaks == 0:
            text = text.replace("\n", " ")
        text = _at_most(1, " ", text)
        if self._line_breaks:
            text = text.replace(" \n", "\n").replace("\n ", "\n")
            text = _at_most(self._line_breaks, "\n", text)
        return text

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
        others = [blank for blank in self._others if not blank.isascii()]
        if len(others) > _FEW:
            return None
        # The blanks of ASCII are looked for together.
        single = "".join(blank for blank in self._others if blank.isascii())
        several = ["  "] if " " in self._blanks else []
        if self._line_breaks == 0:
            single += "\r\n"
        elif self._line_breaks:
            # A few line feeds stay, if nothing else is beside them.
            single += "\r"
            several += ["\n" * (self._line_breaks + 1)] + ([" \n", "\n "] if several else [])
        return (*several, *([(single,)] if single else ()), *others)


def _at_most(number: int, character: str, text: str) -> str:
    """A text without more of a character in a row than so many."""
    most = character * number
    while (more := most + character) in text:
        text = text.replace(more, most)
    return text
