"""Missed characters: how many of a text a coding does not carry, or its vendor leaves out.

The kernel counts them; `Coding.outsiders` and `Coding.changes` say where they are.
"""

from __future__ import annotations

from unicodedata import category

from septet import _kernel
from septet.gsm.characters import holds_invalid, is_invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Nobody misses these if the vendor leaves them out: controls, and characters without width.
_UNSEEN = ("Cc", "Cf")
# The kernel hurries past characters of one unit: those that are missed have one more.
_MISSED = 2


class Missed:
    """Counts the characters that do not reach the phone.

    `known` are those that the coding carries or replaces, None where it carries all that can be sent;
    `replaced` the replacements of its vendor. With `unifies`, a CR may be part of a line break.
    """

    __slots__ = ("_breaks_too", "_deleted", "_outside")

    def __init__(
        self, known: Mapping[int, str] | None, replaced: Mapping[str, str], *, unifies: bool
    ) -> None:
        self._outside: _kernel.Weights | None = None
        # Whether a line feed is outside, which is none after the CR of a line break.
        self._breaks_too = unifies and known is not None and ord("\n") not in known
        if known is not None:
            codes = dict.fromkeys(known, 1) | ({ord("\r"): 1} if unifies else {})
            self._outside = _kernel.Weights(codes, _MISSED, _MISSED)
        left_out = {
            ord(source): _MISSED
            for source, target in replaced.items()
            if not target and category(source) not in _UNSEEN
        }
        self._deleted = _kernel.Weights(left_out, 1, 1) if left_out else None

    def outsiders(self, part: str, has_invalid: bool | None = None) -> int:
        """How many characters of a part of a text the coding cannot carry: as many as it has `outsiders`.

        `has_invalid` says whether it holds invalid characters, if that is known.
        """
        if self._outside is not None:
            return self._outside.units(part) - len(part)
        if has_invalid is False:
            return 0
        return sum(map(is_invalid, part)) if holds_invalid(part) else 0

    def lost(self, part: str, has_invalid: bool | None = None) -> int:
        """How many characters of a part the phone does not show: outsiders, and visible ones left out."""
        return self.outsiders(part, has_invalid) + self.left_out(part)

    @property
    def leaves_out(self) -> bool:
        """Whether its vendor leaves out any visible character."""
        return self._deleted is not None

    def left_out(self, part: str) -> int:
        """What `lost` has beyond `outsiders`; below 0 where a line break has two of these."""
        left_out = 0 if self._deleted is None else self._deleted.units(part) - len(part)
        return left_out - part.count("\r\n") if self._breaks_too else left_out
