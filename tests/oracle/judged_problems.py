"""The problems that are a judgement about what a text means, of which the oracle has none of its own."""

from __future__ import annotations

#: They have tests of their own: test_misreadings.py, test_damages.py, test_blemishes.py.
JUDGED = frozenset(
    (
        *("suspect-encoding", "link-changed", "link-cut", "value-changed", "value-cut"),
        *("glued-link", "suspect-markup", "outer-blanks"),
    )
)
