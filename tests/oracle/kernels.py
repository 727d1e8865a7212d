"""Which kernel planners are made of, for tests that want the one or the other."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from septet import _kernel
from septet.campaign import signs
from septet.planning import planner

try:
    _compiled: Any = importlib.import_module("septet._kernel.compiled")
except ImportError as error:
    _compiled, _not_built = None, str(error)

#: The instruction sets of the compiled kernel that this processor has.
PATHS: list[str] = ["unbuilt"] if _compiled is None else list(_compiled.PATHS)

KERNELS = {"python": "septet._kernel.python", "cython": "septet._kernel.compiled"}


def put_in_place(name: str, patch: pytest.MonkeyPatch) -> None:
    """Every planner made from here on uses the kernel of this name; ImportError if it is not built."""
    chosen = importlib.import_module(KERNELS[name])
    for what in set(_kernel.__all__) - {"NAME"}:
        patch.setattr(_kernel, what, getattr(chosen, what))
    forget()


def forget() -> None:
    """Lets go of what was made of the kernel in place, which no other takes."""
    planner.forget_planners()
    for made in (signs.pairs, signs.of_ends):
        made.cache_clear()


@contextmanager
def on_path(path: str) -> Iterator[Any]:
    """The compiled kernel, on one of its paths; fails where it is not built."""
    if _compiled is None:
        pytest.fail(
            f"the compiled kernel does not load ({_not_built}): build it, or run --no-compiled-kernel"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_compiled, "PATH", path)
        yield _compiled
