"""Threads: where what takes longer is answered, so that the loop is free for others meanwhile."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

#: What is to be done, and by whom its result is waited for.
_Job = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[..., Any], tuple[Any, ...]]


class Threads:
    """So many threads, begun when something is first asked of them; for any loop.

    To hand over a job and to hand back its result takes a few microseconds. By the ways that are there for
    all purposes, with their scopes and limiters, it takes half as long as a drawing does.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._are_begun = False
        # They know the jobs alone, not their owner, and so end with it.
        weakref.finalize(self, _end, self._jobs, number)

    async def run(self, answer: Callable[..., Any], *given: Any) -> Any:
        """What a function answers, or raises. What nobody waits for any more is not begun."""
        if not self._are_begun:
            self._are_begun = True
            for _ in range(self._number):
                threading.Thread(target=_work, args=(self._jobs,), name="septet", daemon=True).start()
        loop = asyncio.get_running_loop()
        waited: asyncio.Future[Any] = loop.create_future()
        self._jobs.put((loop, waited, answer, given))
        return await waited


def _work(jobs: SimpleQueue[_Job | None]) -> None:
    while (job := jobs.get()) is not None:
        loop, waited, answer, given = job
        if waited.cancelled():
            continue
        result, error = None, None
        try:
            result = answer(*given)
        except BaseException as raised:
            error = raised
        # A loop that was closed waits for nothing.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, waited, result, error)
        # While this thread waits for more, it keeps nothing of what was asked.
        del job, loop, waited, answer, given, result, error


def _settle(waited: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if waited.cancelled():
        return
    if error is None:
        waited.set_result(result)
    else:
        waited.set_exception(error)


def _end(jobs: SimpleQueue[_Job | None], number: int) -> None:
    for _ in range(number):
        jobs.put(None)
