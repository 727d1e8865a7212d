"""Wholes: parts that no segment cuts in two, where the vendor keeps grapheme clusters or words whole."""

from __future__ import annotations

from functools import lru_cache

from septet import _kernel
from septet.gsm.segmentation import cluster_starts, holds_joining, joining_codes, word_starts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Wholes:
    """What a vendor keeps whole: words, which `split_at` separates, or clusters where it is empty."""

    __slots__ = ("split_at",)

    def __init__(self, split_at: str) -> None:
        self.split_at = split_at

    def are_in(self, shown: str) -> bool:
        """Whether a text, as it is shown, has parts that decide where a segment ends."""
        if self.split_at:
            return any(character in shown for character in self.split_at)
        return holds_joining(shown)

    def minds(self, characters: str) -> bool:
        """Whether one of these characters may decide where a segment ends."""
        return "\r" in characters or "\n" in characters or self.are_in(characters)

    def starts(self, shown: str, weights: _kernel.Weights, size: int) -> list[int]:
        """Where each segment of `size` units of such a text starts."""
        if self.split_at:
            return word_starts(shown, weights, size, self.split_at)
        return cluster_starts(shown, weights, size)

    def joining(self, substitutions: Mapping[str, str], added: str) -> _kernel.Weights:
        """Weights without the characters that, in a written text, may make `are_in` true.

        `added` is what is added to each text, and what may replace any character.
        """
        if self.are_in(added):
            return _kernel.Weights({}, _kernel.OUTSIDE, _kernel.OUTSIDE)
        odd = (
            (ord(source), _kernel.OUTSIDE if self.are_in(target) else 1)
            for source, target in substitutions.items()
            if self.are_in(source) is not self.are_in(target)
        )
        if self.split_at:
            # A lone CR may be a line break, as LF is.
            at = self.split_at + ("\r" if "\n" in self.split_at else "")
            return _kernel.Weights({**dict.fromkeys(map(ord, at), _kernel.OUTSIDE), **dict(odd)}, 1, 1)
        return _joining(_kernel.Weights, tuple(odd))


@lru_cache(maxsize=8)
def _joining(weights: type[_kernel.Weights], odd: tuple[tuple[int, int], ...]) -> _kernel.Weights:
    """The weights of clusters, with some codes of their own; shared, because they are large."""
    return weights({**joining_codes(_kernel.OUTSIDE), **dict(odd)}, 1, _kernel.OUTSIDE)
