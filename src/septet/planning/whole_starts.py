"""Whole starts: where the segments of a text start in a coding that keeps clusters or words whole."""

from __future__ import annotations

from septet import _kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .codings import Coding


def starts_of(coding: Coding, prefix: str, added: str) -> Callable[[str], list[int]]:
    """Where each of several segments of a text starts, as it is written and kept whole in a coding.

    `prefix` and `added` go around the text, as they are shown.
    """
    wholes = coding.wholes
    assert wholes is not None  # otherwise all is known without this
    sent = coding.profile.substitutions if coding.substitutes else {}
    # Where all that is replaced is as large as what replaces it, and joins as little, the text is cut alike.
    others = [one for one, other in sent.items() if len(other) != 1 or wholes.minds(one + other)]
    is_alike = coding.carries_all and sent.keys().isdisjoint(prefix + added)
    other = _kernel.Weights(dict.fromkeys(map(ord, others), _kernel.OUTSIDE), 1, 1)

    def starts(text: str) -> list[int]:
        if is_alike and other.units(text) >= 0:
            return wholes.starts(prefix + text + added, coding.weights, coding.part)
        return wholes.starts(prefix + coding.show(text) + added, coding.shown_weights, coding.part)

    return starts
