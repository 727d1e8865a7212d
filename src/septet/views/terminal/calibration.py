"""The report of a calibration: what was billed otherwise than planned and why, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from septet.views.drawing.calibration_facts import explained, facts, unexplained, verdict
from septet.views.drawing.screen import Line, Screen
from septet.wording.messages import said

from .preview import WIDEST, labelled, paragraph

if TYPE_CHECKING:
    from septet.campaign.calibration.calibrations import Calibration
    from septet.vendors.profiles import Profile

_STYLES = {"good": "bold green", "mind": "bold yellow", "bad": "bold red"}


def report(
    found: Calibration, profile: Profile, name: str, *, width: int, colour: bool, encoding: str = "utf-8"
) -> str:
    """A calibration as lines of text. `name` is that of the file; the others as for `preview.render`."""
    screen = Screen(min(width, WIDEST), colour, encoding)
    blocks = (
        paragraph([(profile.title, "bold"), (f", {name}", "")], screen),
        labelled(facts(found), screen),
        _causes(found, screen),
        _unexplained(found, screen),
        _verdict(found, screen),
    )
    written = ["\n".join(screen.line(line) for line in block) for block in blocks]
    return "\n\n".join(block for block in written if block) + "\n"


def _causes(found: Calibration, screen: Screen) -> Iterator[Line]:
    if not found.causes:
        return
    yield from paragraph([(said("Why"), "bold")], screen)
    for number, cause in enumerate(found.causes, 1):
        label = f"  {number}. "
        words = [(cause.rule, "bold"), (said(": "), ""), (cause.words, "")]
        yield from paragraph(words, screen, [(label, "")], len(label))
        for sentence in explained(cause):
            yield from paragraph([(sentence, "dim")], screen, [(" " * len(label), "")], len(label))


def _unexplained(found: Calibration, screen: Screen) -> Iterator[Line]:
    if not found.unexplained_rows:
        return
    yield from paragraph([(said("Not explained"), "bold")], screen)
    for row in found.unexplained_rows:
        yield from paragraph([(unexplained(row), "")], screen, [("  ", "")], 4)


def _verdict(found: Calibration, screen: Screen) -> Iterator[Line]:
    kind, words = verdict(found)
    signs = {"good": screen.symbols.good, "mind": "!", "bad": screen.symbols.bad}
    return paragraph([(f"{signs[kind]} ", _STYLES[kind]), (words, _STYLES[kind])], screen)
