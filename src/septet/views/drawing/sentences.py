"""Sentences: problems in words that a terminal can show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from septet.planning.drawing.sentences import sentence as of_problems
from septet.planning.drawing.speaker import speaker
from septet.wording.speaking import language_spoken

from .glyphs import visible

if TYPE_CHECKING:
    from septet.wording.problems import Problem

    from .screen import Screen


def sentence(problems: Sequence[Problem], screen: Screen) -> str:
    """Problems that only differ in their places, on one line, in the language in use here."""
    return visible(between_numbers(of_problems(problems, speaker(language_spoken())), screen), screen)


def between_numbers(text: str, screen: Screen) -> str:
    """The dash between two numbers that the screen can show."""
    return re.sub("(?<=[0-9])\u2013(?=[0-9])", screen.symbols.dash, text)
