"""Pipelines: blocks of work that threads do, in the order of the input and only a few ahead."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Cancelled(Exception):  # noqa: N818 (nothing went wrong)
    """The run that this work was for has ended."""


_thread = threading.local()


def stop_if_cancelled() -> None:
    """Raises `Cancelled` in a thread of a pool whose run has ended. For loops that take long."""
    pool = getattr(_thread, "pool", None)
    if pool is not None and pool.cancelled:
        raise Cancelled


class Pool:
    """As many threads as there are processors for this process.

    They give the work to the kernel and to Arrow, both of which release the interpreter's lock.
    """

    def __init__(self, most: int | None = None) -> None:
        """With at most `most` threads, where given, since each takes memory."""
        try:
            self.workers = len(os.sched_getaffinity(0))
        except AttributeError:  # not on every system
            self.workers = os.cpu_count() or 1
        self.workers = min(self.workers, most or self.workers)
        self.cancelled = False
        self._executor = ThreadPoolExecutor(self.workers, "septet")

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self.cancelled = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    def submit(self, work: Callable[..., Answer], *arguments: Any) -> Future[Answer]:
        """Runs something as soon as a thread is free."""
        return self._executor.submit(self._do, work, *arguments)

    def _do(self, work: Callable[..., Answer], *arguments: Any) -> Answer:
        _thread.pool = self
        return work(*arguments)

    def ahead(
        self, work: Callable[[Item], Answer], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Future[Answer]]]:
        """Each item with its future, in order; a few more are begun than there are threads."""
        begun: deque[tuple[Item, Future[Answer]]] = deque()
        for item in items:
            begun.append((item, self.submit(work, item)))
            if len(begun) > 2 * self.workers:
                yield begun.popleft()
        while begun:
            yield begun.popleft()
