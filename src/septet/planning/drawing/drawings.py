"""Drawings: a message as people read it, for any screen and in a language, in plain JSON types."""

from __future__ import annotations

from septet.wording.places import placing
from septet.wording.problems import SEVERITY_ORDER

from .facts import OPTOUT_WORDS, facts, verdict
from .marked import Marked
from .runs import drawn
from .sentences import sentences
from .speaker import speaker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from septet.planning.composed import Composed
    from septet.wording.problems import Problem

    from .speaker import Speaker


def drawing(composed: Composed, problems: Sequence[Problem], lang: str, places: str) -> dict[str, Any]:
    """The drawing of a composed text with its problems.

    Raises ValueError for an unknown language, and for an unknown unit of places.
    """
    speak = speaker(lang)
    placed = placing(composed.original, places)
    marked = Marked(composed, problems)
    worst = min([problem.severity for problem in problems], key=SEVERITY_ORDER.index, default=None)
    return {
        "lang": speak.lang,
        "segments": drawn(composed.segments, marked, speak),
        "legend": [entry.to_dict(speak) for entry in marked.legend.entries],
        "sentences": sentences(problems, speak, placed),
        "facts": facts(composed, marked.text, marked.forcing, speak),
        "severity": worst,
        "verdict": verdict(worst, speak),
        "mention": _mention(composed, speak),
        "excess_units": composed.excess_units,
    }


def _mention(composed: Composed, speak: Speaker) -> dict[str, Any]:
    """The opt-out mention: its text without the separator, its status in words, and its units where added."""
    mention, status = composed.terms.settings.mention, composed.optout_status
    is_added = status == "added"
    return {
        "text": "" if mention is None or status == "not-required" else mention.text,
        "status": status,
        "words": OPTOUT_WORDS[status](speak),
        "units": composed.coding.shown_weights.units(composed.optout) if is_added else 0,
    }
