"""Threads: slow answers are computed here, so that the loop stays free for other requests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any
from weakref import WeakKeyDictionary, finalize

#: A job, and the one who waits for its result.
_Job = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[..., Any], tuple[Any, ...]]


class Threads:
    """A number of threads, started with the first job; for any loop.

    Passing a job and its result takes a few microseconds. The general ways, with their scopes and limiters,
    take half as long as a drawing does.

    A thread gets its next job once the loop has sent the answer to the one before. If it found the next one
    at once, the two would compete for the interpreter, and an answer of a millisecond would take a third
    longer.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        # The threads that are free, as each loop sees it: a semaphore belongs to one loop.
        self._free: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._are_begun = False
        # They know only the jobs, not their owner, and so end with it.
        finalize(self, _end, self._jobs, number)

    async def run(self, answer: Callable[..., Any], *given: Any) -> Any:
        """The result of a function, or its error. A job that nobody waits for any more is not begun."""
        if not self._are_begun:
            self._are_begun = True
            for _ in range(self._number):
                threading.Thread(target=_work, args=(self._jobs,), name="septet", daemon=True).start()
        loop = asyncio.get_running_loop()
        async with self._free.setdefault(loop, asyncio.Semaphore(self._number)):
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
        # A closed loop waits for nothing.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, waited, result, error)
        # While this thread waits for the next job, it keeps nothing of a request.
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
