"""Picks the kernel, once: the compiled one, or its twin in Python.

``SEPTET_PURE_PYTHON=1`` forces the twin. A build without a compiler has no compiled kernel and
says nothing; one that is there and fails to load warns.
"""

from __future__ import annotations

import os

__all__ = [
    "CUT",
    "NAME",
    "OUTSIDE",
    "UNCOUNTED",
    "Candidate",
    "Census",
    "Groups",
    "Meter",
    "NumberSet",
    "Pairs",
    "Weights",
    "count_octet",
    "digits",
    "grouped",
    "is_utf8",
    "quotes_torn",
    "recoded",
    "runs",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .python import (
        CUT,
        NAME,
        OUTSIDE,
        UNCOUNTED,
        Candidate,
        Census,
        Groups,
        Meter,
        NumberSet,
        Pairs,
        Weights,
        count_octet,
        digits,
        grouped,
        is_utf8,
        quotes_torn,
        recoded,
        runs,
    )
else:

    def _chosen():
        if os.environ.get("SEPTET_PURE_PYTHON", "0") in ("", "0"):
            try:
                # Distinguishes a missing module from one that fails; `from . import` does not.
                return __import__("septet._kernel.compiled", fromlist=["NAME"])
            except ModuleNotFoundError:
                pass
            except ImportError as error:
                import warnings

                warnings.warn(
                    f"septet: the compiled kernel septet._kernel.compiled does not load ({error}); "
                    "the slower one in Python is used instead",
                    RuntimeWarning,
                    stacklevel=3,
                )
        from . import python

        return python

    _module = _chosen()
    globals().update((name, getattr(_module, name)) for name in __all__)
