"""Joining characters: what may be of a cluster that a segment must not cut, once it is shown."""

from __future__ import annotations

from functools import lru_cache

from septet import _kernel
from septet.gsm.segmentation import holds_joining, joining_codes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def joining_of(substitutions: Mapping[str, str], added: str) -> _kernel.Weights:
    """Outside of it are the characters that may be shown as some that join a cluster.

    `added` is what is added to each text.
    """
    if holds_joining(added):
        return _kernel.Weights({}, _kernel.OUTSIDE, _kernel.OUTSIDE)
    odd = (
        (ord(source), _kernel.OUTSIDE if holds_joining(target) else 1)
        for source, target in substitutions.items()
        if holds_joining(source) is not holds_joining(target)
    )
    return _joining(_kernel.Weights, tuple(odd))


@lru_cache(maxsize=8)
def _joining(weights: type[_kernel.Weights], odd: tuple[tuple[int, int], ...]) -> _kernel.Weights:
    """The weights of clusters, with some codes of their own; large, so that they are shared."""
    return weights({**joining_codes(_kernel.OUTSIDE), **dict(odd)}, 1, _kernel.OUTSIDE)
