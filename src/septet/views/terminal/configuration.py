"""The configuration: the defaults in use, and the origin of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Screen
from septet.wording.messages import said
from septet.wording.speaking import spoken

from .preview import WIDEST, labelled, paragraph

_FROM = {
    "file": said("from the file"),
    "profile": said("the profile's"),
    "septet": said("septet's own"),
}


def sheet(
    where: str,
    settings: Mapping[str, Mapping[str, Any]],
    *,
    width: int,
    colour: bool,
    encoding: str = "utf-8",
) -> str:
    """The settings as lines of text, by name: the value of each, and where it comes from.

    `where` is the file, or says that there is none.
    """
    screen = Screen(min(width, WIDEST), colour, encoding)
    pairs = [
        (name, f"{_shown(held['value'], screen)} ({spoken(_FROM[held['from']])})")
        for name, held in settings.items()
    ]
    blocks = (paragraph([(visible(spoken(where), screen), "bold")], screen), labelled(pairs, screen))
    return "\n\n".join("\n".join(screen.line(line) for line in block) for block in blocks) + "\n"


def _shown(value: object, screen: Screen) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return spoken(said("yes") if value else said("no"))
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return visible(words, screen)
