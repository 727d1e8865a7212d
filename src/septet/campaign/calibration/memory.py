"""Memory: where Arrow takes it from while logs are read, so that free memory goes back to the system.

Arrow's own pool keeps a heap of tens of megabytes for each thread, and more the longer threads wait for one
another. The system's pool gives back unused memory.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from septet.wording.extras import Needed

if TYPE_CHECKING:
    from types import TracebackType

    import pyarrow as pa


class SystemMemory:
    """While any thread is in this block, Arrow takes new memory from the system."""

    _lock = threading.Lock()
    _entered = 0
    _before: pa.MemoryPool | None = None

    def __enter__(self) -> SystemMemory:
        with Needed("reading a log", "campaign", "pyarrow"):
            import pyarrow as pa

        kind = SystemMemory
        with self._lock:
            if not kind._entered:
                kind._before = pa.default_memory_pool()
                pa.set_memory_pool(pa.system_memory_pool())
            kind._entered += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        import pyarrow as pa

        own = SystemMemory
        with self._lock:
            own._entered -= 1
            if not own._entered:
                # Memory taken from the system goes back there, whichever pool is set by then.
                pa.set_memory_pool(own._before)
                own._before = None
