"""How long and how often a run of the benches measures."""

from __future__ import annotations

from typing import NamedTuple


class Session(NamedTuple):
    rounds: int
    #: About what one loop of one subject takes.
    seconds: float
    quick: bool


FULL = Session(rounds=15, seconds=0.0015, quick=False)
QUICK = Session(rounds=5, seconds=0.001, quick=True)
