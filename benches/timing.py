"""Timing: many short loops, all subjects in turn, and the median of each subject's turns.

A turn is a few loops in a row, of which the fastest counts: other work on the machine makes loops slower,
never faster. A busy minute affects all subjects.
"""

from __future__ import annotations

import statistics
import time
import timeit
from collections.abc import Callable, Mapping

#: One loop of a subject that takes about so many seconds; returns nanoseconds per operation.
Sampler = Callable[[float], float]

#: The loops of one turn. Each is shorter than a time slice of the scheduler, so that one of so many is
#: likely to run undisturbed even if the processor is shared.
LOOPS = 8


def interleaved(
    subjects: Mapping[str, Sampler], rounds: int, seconds: float, loops: int = LOOPS
) -> dict[str, float]:
    """Nanoseconds per operation of each subject, after one round that warms up and is not counted."""
    for sample in subjects.values():
        sample(seconds)
    turns: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, sample in subjects.items():
            turns[name].append(min(sample(seconds) for _ in range(loops)))
    return {name: statistics.median(taken) for name, taken in turns.items()}


def statement(code: str, operations: int = 1, **names: object) -> Sampler:
    """A subject that runs Python code of so many operations, as `timeit` does, loop included.

    The names are local variables of the code, as in a caller's own hot loop.
    """
    given = {f"_{name}": value for name, value in names.items()}
    setup = "; ".join(f"{name} = _{name}" for name in names) or "pass"
    timer = timeit.Timer(code, setup, globals=given)
    loops = 0

    def sample(seconds: float) -> float:
        nonlocal loops
        if not loops:
            loops, taken = 1, timer.timeit(1)
            while taken < seconds / 4:
                loops *= 2
                taken = timer.timeit(loops)
            loops = max(1, round(loops * seconds / taken))
        return timer.timeit(loops) / loops / operations * 1e9

    return sample


def each(code: str, texts: tuple[str, ...], **names: object) -> Sampler:
    """A subject whose operation is the code for one `text`, in a loop over all the texts."""
    return statement(f"for text in texts:\n    {code}", len(texts), texts=texts, **names)


def once(run: Callable[[], object]) -> Sampler:
    """A sampler for slow calls: the nanoseconds of one call, whatever the seconds."""

    def sample(seconds: float) -> float:
        start = time.perf_counter()
        run()
        return (time.perf_counter() - start) * 1e9

    return sample
