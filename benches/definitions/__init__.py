"""The benches, each in a module that opens with the question it answers.

Every module has ``measure(session) -> Report``.
"""

from __future__ import annotations

from collections.abc import Callable

from report import Report
from session import Session

from . import (
    advising,
    campaign,
    column,
    command,
    drawings,
    floor,
    formats,
    frames,
    instructions,
    lint,
    many,
    peers,
    plans,
    prepared,
    profiles,
    recipients,
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
    "formats": formats.measure,
    "recipients": recipients.measure,
    "warnings": warnings.measure,
    "lint": lint.measure,
    "plans": plans.measure,
    "drawings": drawings.measure,
    "prepared": prepared.measure,
    "advising": advising.measure,
    "start": start.measure,
    "command": command.measure,
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
        formats,
        recipients,
        warnings,
        lint,
        plans,
        drawings,
        prepared,
        advising,
        start,
        command,
        instructions,
    )
}
