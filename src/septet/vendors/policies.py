"""Substitution policies: when a vendor replaces characters, and what it sends where it does not.

A way is one of {as written, substituted} × {GSM-7, UCS-2}. A policy is one or two groups of ways:
within a group the first way that carries the text is taken, and of two groups the second one
only where it needs fewer billed segments.
"""

from __future__ import annotations

from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The table acts on GSM-7 messages; in UCS-2 a text goes as it is written.
IN_GSM7 = "in-gsm7"
#: Each character is replaced before the encoding is chosen, whatever that is then.
ALWAYS = "always"
#: The text is replaced where that saves a billed segment, otherwise it goes as it is written.
IF_IT_SAVES = "if-it-saves-a-segment"
#: The text is replaced where all of it is in the alphabet then, otherwise nothing is.
ALL_OR_NOTHING = "all-or-nothing"

POLICIES = (IN_GSM7, ALWAYS, IF_IT_SAVES, ALL_OR_NOTHING)


def policy_of(rules: dict[str, Any]) -> str:
    """The policy that the checked tables of a vendor file name, or the standard's where they name none."""
    table = rules["substitution"]
    return IN_GSM7 if table is None else str(table["policy"])


class Way(NamedTuple):
    """One way for a text to travel."""

    encoding: str
    #: Whether the profile's substitutions act.
    substitutes: bool
    #: Whether it is passed over for a text with a character that it does not hold.
    strict: bool


def ways(policy: str, encodings: tuple[str, ...]) -> tuple[tuple[Way, ...], ...]:
    """The groups of ways for the encodings that may be tried, in their order.

    UCS-2 or Latin-1 that the sender forces carries the text as it is written, whatever the policy.
    """
    if "gsm7" not in encodings:
        return tuple((Way(encoding, False, False),) for encoding in encodings)
    if "ucs2" in encodings:
        substituted = Way("gsm7", True, True), Way("ucs2", policy in (ALWAYS, IF_IT_SAVES), False)
        if policy == IF_IT_SAVES:
            return (Way("gsm7", False, True), Way("ucs2", False, False)), substituted
        return (substituted,)
    if policy == ALL_OR_NOTHING:
        return ((Way("gsm7", True, True), Way("gsm7", False, False)),)
    if policy == IF_IT_SAVES:
        # GSM-7 that is forced cannot carry every text as written: what it lacks has to be replaced.
        return (Way("gsm7", False, True),), (Way("gsm7", True, False),)
    return ((Way("gsm7", True, False),),)


def saves(written: int, substituted: int) -> bool:
    """Whether substituting saves billed segments; a text that would show nothing saves none."""
    return 0 < substituted < written
