"""Character limits: what a vendor allows besides a number of segments, counted in its own way."""

from __future__ import annotations

from functools import lru_cache

from septet import _kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .codings import Coding


@lru_cache(maxsize=8)
def _flat(weights: type[_kernel.Weights], astral: int) -> _kernel.Weights:
    return weights({}, 1, astral)


def _utf_16() -> _kernel.Weights:
    """UTF-16 code units: one for each character, two above the Basic Multilingual Plane."""
    return _flat(_kernel.Weights, 2)


def _characters() -> _kernel.Weights:
    return _flat(_kernel.Weights, 1)


def utf_16_units(text: str) -> int:
    """The UTF-16 code units of a text."""
    return _utf_16().units(text)


def _octets() -> _kernel.Weights:
    from .octet_weights import utf_8  # few vendors count them

    return utf_8()


class CharacterLimit:
    """The most characters of one message in one encoding.

    `counted` says what counts: ``"characters"``, ``"utf-16"`` code units or ``"octets"`` of UTF-8 of the
    text as it is written, ``"shown"`` characters, or ``"units"`` of the encoding as it is sent; the
    mention counts where one is added.
    """

    __slots__ = ("_lengths", "_most", "beside", "counted", "of_several", "vendor_code", "vendor_message")

    def __init__(self, rule: dict[str, Any], *, several: bool = False) -> None:
        #: Whether it is the limit for several recipients, and more could be sent to a single one.
        self.of_several = several and rule["several"] is not None
        stated = dict(rule)
        if self.of_several:
            stated.update((encoding, most) for encoding, most in rule["several"].items() if most)
        self.counted: str = rule["counted"]
        #: What else the vendor counts with every text: a prefix and a suffix.
        self.beside = ""
        self.vendor_code: str | None = rule["vendor_code"]
        self.vendor_message: str | None = rule["vendor_message"]
        self._most: dict[str, int | None] = {encoding: stated[encoding] for encoding in ("gsm7", "ucs2")}
        self._lengths: dict[Coding, _kernel.Weights] = {}

    @property
    def least(self) -> int:
        """The smallest number that is stated; without one, a number that no text reaches."""
        return min((most for most in self._most.values() if most is not None), default=2**62)

    def most(self, coding: Coding) -> int | None:
        """How many are allowed in a coding; None where nothing is stated."""
        return self._most.get(coding.encoding)

    def certain(self, mention: str) -> int:
        """The most units, of a coding or of UTF-16, with which no text exceeds it; below 1 for none."""
        least = self.least - self.written(self.beside + mention)
        return least // 3 if self.counted == "octets" else least

    def count(self, coding: Coding, text: str, mention: str) -> int:
        """How many a text has, with the mention after it (empty: none)."""
        if self.counted == "units":
            return coding.weights.units(text) + self._units_beside(coding, mention)
        return self.weights(coding).units(text) + self.written(self.beside + mention)

    def prefix(self, coding: Coding, text: str, mention: str) -> int:
        """How many characters of the text may be kept."""
        most = self.most(coding)
        if most is None:
            return len(text)
        if self.counted == "units":
            return coding.weights.prefix(text, max(0, most - self._units_beside(coding, mention)))
        room = max(0, most - self.written(self.beside + mention))
        return (
            min(len(text), room) if self.counted == "characters" else self.weights(coding).prefix(text, room)
        )

    def _units_beside(self, coding: Coding, mention: str) -> int:
        return coding.shown_weights.units(self.beside) + (coding.tail_units if mention else 0)

    def weights(self, coding: Coding | None) -> _kernel.Weights:
        """What each character counts; this depends on the coding only where shown characters count."""
        if self.counted == "characters" or (self.counted == "shown" and coding is None):
            return _characters()
        if self.counted != "shown" or coding is None:
            return _octets() if self.counted == "octets" else _utf_16()
        if coding not in self._lengths:
            shown = coding.profile.substitutions.items() if coding.substitutes else ()
            lengths = {
                ord(source): len(target) | _kernel.CUT if len(target) > 1 else len(target)
                for source, target in shown
            }
            self._lengths[coding] = _kernel.Weights(lengths, 1, 1)
        return self._lengths[coding]

    def written(self, text: str) -> int:
        """How many an added text has as it is written; has no meaning where units are counted."""
        return self.weights(None).units(text)
