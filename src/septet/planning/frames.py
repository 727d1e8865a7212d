"""Frames: the prefix and the suffix of a text, the vendor's own or given by the sender."""

from __future__ import annotations

from septet.errors import OptionError, shown
from septet.gsm.characters import unify_line_breaks
from septet.vendors.profiles import Profile

from .as_shown import check_as_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def may_be_given(profile: Profile, name: str) -> bool:
    """Whether the sender gives the ``"prefix"`` or the ``"suffix"`` of messages at this vendor."""
    rule = profile.rule(name)
    return rule is not None and rule["field"] is not None


def frame(profile: Profile, prefix: object, suffix: object, encodings: tuple[str, ...]) -> tuple[str, str]:
    """The prefix and the suffix of each text, with their separators.

    Raises OptionError if the vendor has no field for one, or if it would not be shown as written.
    """
    before, between = _asked(profile, "prefix", prefix, encodings)
    behind, apart = _asked(profile, "suffix", suffix, encodings)
    if before and not before.endswith(between):
        before += between
    if behind and not behind.startswith(apart):
        behind = apart + behind
    return before, behind


def _asked(profile: Profile, name: str, given: object, encodings: tuple[str, ...]) -> tuple[str, str]:
    """The prefix or the suffix as it is added, and its separator."""
    rule = profile.rule(name)
    if given is not None and not may_be_given(profile, name):
        why = "has no field for one" if rule is None else f"adds {rule['text']!r} by itself"
        raise OptionError(f"{name}: {profile.name} {why}; expected None", name, ())
    if rule is None:
        return "", ""
    if given is not None and not isinstance(given, str):
        raise OptionError(f"{name}: expected a str, found {shown(given)}", name, "a str")
    text: str = (rule["text"] or "") if given is None else given
    _check_length(name, text, rule)
    both = [text, rule["separator"] if text else ""]
    if profile.line_break_units:
        both = [*map(unify_line_breaks, both)]
    check_as_shown(profile, name, name, "".join(both), encodings)
    return both[0], both[1]


def _check_length(name: str, text: str, rule: dict[str, Any]) -> None:
    longest = rule["longest"]
    if longest is not None and len(text) > longest:
        message = f"{name}: expected at most {longest} characters, found {len(text)}"
        raise OptionError(message, name, f"at most {longest} characters")
