"""The benches, each in a module that opens with the question it answers.

Every module has ``measure(session) -> Report``.
"""

from __future__ import annotations

from collections.abc import Callable

from report import Report
from session import Session

from . import (
    campaign,
    column,
    drawings,
    floor,
    frames,
    instructions,
    many,
    peers,
    plans,
    profiles,
    start,
    vendors,
    warnings,
)

#: By name, in the order of a run.
BENCHES: dict[str, Callable[[Session], Report]] = {
    "floor": floor.measure,
    "peers": peers.measure,
    "profiles": profiles.measure,
    "vendors": vendors.measure,
    "many": many.measure,
    "column": column.measure,
    "frames": frames.measure,
    "campaign": campaign.measure,
    "warnings": warnings.measure,
    "plans": plans.measure,
    "drawings": drawings.measure,
    "start": start.measure,
    "instructions": instructions.measure,
}

QUESTIONS: dict[str, str] = {
    module.__name__.rpartition(".")[2]: (module.__doc__ or "").partition("\n")[0]
    for module in (
        floor,
        peers,
        profiles,
        vendors,
        many,
        column,
        frames,
        campaign,
        warnings,
        plans,
        drawings,
        start,
        instructions,
    )
}
