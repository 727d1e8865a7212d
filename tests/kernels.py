"""Which kernel planners are made of, for tests that want the one or the other."""

from __future__ import annotations

import importlib

import pytest

from septet import _kernel, planning

KERNELS = {"python": "septet._kernel_py", "cython": "septet._kernel_c"}


def put_in_place(name: str, patch: pytest.MonkeyPatch) -> None:
    """Every planner made from here on uses the kernel of this name; ImportError if it is not built."""
    chosen = importlib.import_module(KERNELS[name])
    for noun in ("Weights", "Candidate", "Census", "Meter"):
        patch.setattr(_kernel, noun, getattr(chosen, noun))
    planning.forget_planners()
