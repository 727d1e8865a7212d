"""The problems that judge what a text means, which the oracle does not."""

from __future__ import annotations

#: They have tests of their own: test_misreadings.py, test_damages.py, test_blemishes.py.
JUDGED = frozenset(
    (
        *("suspect-encoding", "link-changed", "link-cut", "value-changed", "value-cut"),
        *("glued-link", "suspect-markup", "outer-blanks"),
    )
)
