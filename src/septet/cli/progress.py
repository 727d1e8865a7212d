"""Progress: how far a long command is, on standard error: drawn on a terminal, in plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Screen
from septet.wording.messages import said
from septet.wording.quantities import rows as number_of_rows
from septet.wording.speaking import spoken

from . import output

if TYPE_CHECKING:
    from septet.wording.messages import Words

# The shortest time between two drawings on a terminal; elsewhere a line is written now and then.
_DRAWN_EVERY = 0.1
_SAID_EVERY = 10.0


class ProgressDisplay:
    """How many rows are done, how fast, and how long the others will take.

    Nothing is left on a terminal afterwards. `clock` gives seconds.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._clock = clock
        self._start = self._last = clock()
        #: Rows seen so far, and their share of the file; None where its size is unknown.
        self.rows = 0
        self.share: float | None = None
        self._bar = _bar(self._name) if _is_terminal() else None

    def __enter__(self) -> ProgressDisplay:
        if self._bar is not None:
            self._bar[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar[0].stop()

    def update(self, rows: int, done: int, total: int | None) -> None:
        """Reports how many rows are done: `done` of `total` octets of the file, if known."""
        self.rows = rows
        self.share = done / total if total else None
        now = self._clock()
        if now - self._last < (_DRAWN_EVERY if self._bar else _SAID_EVERY):
            return
        self._last = now
        pace = self._pace(now)
        if self._bar is not None:
            progress, task = self._bar
            progress.update(task, completed=done, total=total, said=spoken(pace))
            progress.refresh()
        else:
            far = said(
                "%(file)s: %(rows)s, %(pace)s", file=_printable(self._name), rows=self.so_far(), pace=pace
            )
            output.write_error("septet: " + far + "\n")

    def so_far(self) -> Words:
        """How far it is, in words: ``120 000 rows, 35 %``."""
        if self.share is None:
            return number_of_rows(self.rows)
        share = round(100 * self.share)
        return said("%(rows)s, %(share)s %%", rows=number_of_rows(self.rows), share=share)

    def _pace(self, now: float) -> Words:
        elapsed = max(now - self._start, 1e-9)
        pace = said("%(number)s rows/s", number=round(self.rows / elapsed))
        if not self.share:
            return pace
        left = _duration(elapsed / self.share - elapsed)
        return said("%(pace)s, %(duration)s left", pace=pace, duration=left)


def _duration(seconds: float) -> Words:
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return said("%(hours)s h %(minutes)s min", hours=hours, minutes=f"{minutes:02}")
    if minutes:
        return said("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=f"{rest:02}")
    return said("%(seconds)s s", seconds=rest)


def _printable(name: str) -> str:
    return visible(name, Screen(80, False, output.error_encoding()))


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _bar(name: str) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        console=Console(file=sys.stderr, no_color=bool(os.environ.get("NO_COLOR"))),
        auto_refresh=False,
        transient=True,
    )
    return progress, progress.add_task(_printable(name), total=None, said="")
