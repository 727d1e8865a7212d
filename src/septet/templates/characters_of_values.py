"""Characters of values: the characters that the value of a field may have."""

from __future__ import annotations

import string
from functools import lru_cache
from typing import TYPE_CHECKING

from .character_classes import CLASSES
from .kinds import Kind, kinds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from septet.planning.codings import Coding
    from septet.vendors.profiles import Profile

_ACCENTS = "".join(list(CLASSES.values())[:2])
#: The classes of characters of a value, each with its characters besides those of GSM-7, if it has those;
#: None for all characters.
CLASSES_OF_VALUES: dict[str, tuple[bool, str] | None] = {
    "digits": (False, string.digits),
    # These have one septet each in every alphabet of a vendor.
    "ascii": (False, string.ascii_letters + string.digits + " .,:;!?'()+-/"),
    "gsm7": (True, ""),
    "accents": (True, _ACCENTS),
    "western": (True, "".join(list(CLASSES.values())[:6])),
    "any": None,
}


@lru_cache(maxsize=256)
def kinds_of_class(name: str, profile: Profile, codings: tuple[Coding, ...]) -> Sequence[Kind]:
    """The kinds of the characters of a class, by their weights in a profile's codings."""
    found = CLASSES_OF_VALUES[name]
    if found is None:
        return kinds_of(codings)
    with_gsm7, others = found
    characters = others
    if with_gsm7:
        alphabet = profile.alphabet
        characters = "".join(sorted((alphabet.single | alphabet.double) - {*"\r\n"})) + others
    # A letter comes first, as people should recognise the examples.
    first = [c for c in "a€" if c in characters]
    kinds: dict[tuple[int, ...], Kind] = {}
    for character in (*first, *characters):
        codes = tuple(coding.weights.codes(character)[0] for coding in codings)
        if codes not in kinds:
            kinds[codes] = Kind(character, dict(zip(codings, codes, strict=True)))
    return tuple(kinds.values())
