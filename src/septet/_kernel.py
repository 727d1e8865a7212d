"""Picks the kernel, once: the compiled one, or its twin in Python.

``SEPTET_PURE_PYTHON=1`` forces the twin. A build without a compiler has no compiled kernel and
says nothing; one that is there and fails to load warns.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING or os.environ.get("SEPTET_PURE_PYTHON", "0") not in ("", "0"):
    from ._kernel_py import CUT, NAME, OUTSIDE, Candidate, Census, Meter, Weights
else:
    try:
        from ._kernel_c import CUT, NAME, OUTSIDE, Candidate, Census, Meter, Weights
    except ModuleNotFoundError:
        from ._kernel_py import CUT, NAME, OUTSIDE, Candidate, Census, Meter, Weights
    except ImportError as error:
        import warnings

        warnings.warn(
            f"septet: the compiled kernel septet._kernel_c does not load ({error}); "
            "the slower one in Python is used instead",
            RuntimeWarning,
            stacklevel=2,
        )
        from ._kernel_py import CUT, NAME, OUTSIDE, Candidate, Census, Meter, Weights

__all__ = ["CUT", "NAME", "OUTSIDE", "Candidate", "Census", "Meter", "Weights"]
