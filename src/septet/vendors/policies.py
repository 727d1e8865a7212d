"""Substitution policies: when a vendor replaces characters, and what it sends if it does not.

A way is one of {as written, substituted} × {GSM-7, UCS-2}. A policy is one or two groups of ways:
within a group the first way that carries the text is taken, and the second of two groups only
if it needs fewer billed segments.
"""

from __future__ import annotations

from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

#: The table applies to GSM-7 messages; in UCS-2 a text is sent as it is written.
IN_GSM7 = "in-gsm7"
#: Each character is replaced before the encoding is chosen, for every encoding.
ALWAYS = "always"
#: The text is replaced where that saves a billed segment, otherwise it is sent as it is written.
IF_IT_SAVES = "if-it-saves-a-segment"
#: The text is replaced where this puts all of it in the alphabet, otherwise nothing is replaced.
ALL_OR_NOTHING = "all-or-nothing"

POLICIES = (IN_GSM7, ALWAYS, IF_IT_SAVES, ALL_OR_NOTHING)


def policy_of(rules: dict[str, Any]) -> str:
    """The policy that the checked tables of a vendor file name, or the standard's if they name none."""
    table = rules["substitution"]
    return IN_GSM7 if table is None else str(table["policy"])


def substitutes(rules: dict[str, Any]) -> bool | str:
    """Whether the replacements of checked tables apply by default, or the name of those that do."""
    table = rules["substitution"]
    if table is None or table["default"] is None:
        return bool(rules["substitutions"])
    return table["default"]  # type: ignore[no-any-return]


def choices(rules: dict[str, Any]) -> tuple[bool | str, ...]:
    """The replacements that a sender may choose; one value if the vendor has no switch."""
    table = rules["substitution"]
    if table is None or table["switch"] is None:
        return (substitutes(rules),)
    return (True, False, *dict.fromkeys(name for group in rules["substitutions"] for name in group["when"]))


def acting(groups: Sequence[dict[str, Any]], choice: bool | str) -> list[dict[str, Any]]:
    """The groups of replacements that apply for a choice; those without names apply for all but False."""
    return [
        group for group in groups if choice is not False and (not group["when"] or choice in group["when"])
    ]


class Way(NamedTuple):
    """One way to send a text."""

    encoding: str
    #: Whether the profile's substitutions apply.
    substitutes: bool
    #: Whether it is skipped for a text with a character that it does not hold.
    strict: bool


def ways(policy: str, encodings: tuple[str, ...]) -> tuple[tuple[Way, ...], ...]:
    """The groups of ways for the encodings that may be tried, in their order.

    If the sender forces UCS-2 or Latin-1, the text is sent as it is written, whatever the policy.
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
        # Forced GSM-7 cannot carry every text as written: missing characters have to be replaced.
        return (Way("gsm7", False, True),), (Way("gsm7", True, False),)
    return ((Way("gsm7", True, False),),)


def saves(written: int, substituted: int) -> bool:
    """Whether substituting saves billed segments; a text that would show nothing saves none."""
    return 0 < substituted < written
