"""Character limits: what a vendor allows beside a number of segments, counted in its own way."""

from __future__ import annotations

from septet import _kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .codings import Coding

#: UTF-16 code units: one for each character, two above the Basic Multilingual Plane.
_UTF_16 = _kernel.Weights({}, 1, 2)


def utf_16_units(text: str) -> int:
    """The UTF-16 code units of a text."""
    return _UTF_16.units(text)


class CharacterLimit:
    """The most characters of one message in one encoding.

    `counted` says what counts: ``"characters"`` or ``"utf-16"`` code units of the text as it is
    written, or ``"units"`` of the encoding as it is sent; the mention counts where one is added.
    """

    __slots__ = ("_most", "counted", "vendor_code", "vendor_message")

    def __init__(self, rule: dict[str, Any]) -> None:
        self.counted: str = rule["counted"]
        self.vendor_code: str | None = rule["vendor_code"]
        self.vendor_message: str | None = rule["vendor_message"]
        self._most: dict[str, int | None] = {encoding: rule[encoding] for encoding in ("gsm7", "ucs2")}

    @property
    def least(self) -> int:
        """The smallest number that is stated; one that no text reaches where none is."""
        return min((most for most in self._most.values() if most is not None), default=2**62)

    def most(self, coding: Coding) -> int | None:
        """How many are allowed in a coding; None where nothing is stated."""
        return self._most.get(coding.encoding)

    def count(self, coding: Coding, text: str, mention: str) -> int:
        """How many a text has, with the mention behind it (empty: none)."""
        if self.counted == "units":
            return coding.weights.units(text) + (coding.tail_units if mention else 0)
        return self.written(text) + self.written(mention)

    def prefix(self, coding: Coding, text: str, mention: str) -> int:
        """How many characters of the text may be kept."""
        most = self.most(coding)
        if most is None:
            return len(text)
        if self.counted == "units":
            return coding.weights.prefix(text, max(0, most - (coding.tail_units if mention else 0)))
        room = max(0, most - self.written(mention))
        return min(len(text), room) if self.counted == "characters" else _UTF_16.prefix(text, room)

    def written(self, text: str) -> int:
        """How many a text has as it is written; of no meaning where units are counted."""
        return len(text) if self.counted == "characters" else utf_16_units(text)
