"""Bounded UCS-2: such a vendor sends its alphabet and few characters more in it; all others become one."""

from __future__ import annotations

from septet import _kernel
from septet.gsm.alphabets import alphabet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from septet.vendors.profiles import Profile

    Weights = _kernel.Weights


def bounded(
    profile: Profile, wide: frozenset[str], substitutions: Mapping[str, str]
) -> tuple[dict[str, str], Weights, Weights, Weights]:
    """The replacement of each listed character; the weights of a text as written, and as shown.

    And weights that leave out the characters that are shown otherwise.
    """
    held = alphabet(profile.rule("alphabet"))
    shown = dict.fromkeys(held.single | held.double | wide, 1)
    breaks = {"\n": profile.line_break_units} if profile.line_break_units else {}
    written = shown | breaks
    for source, target in substitutions.items():
        # Each character of an expansion weighs 1 (the vendor format sees to it): it may be cut.
        written[source] = len(target) | _kernel.CUT if len(target) > 1 else len(target)
    kept = shown.keys() - substitutions.keys()
    return (
        {**{character: character for character in kept}, **substitutions},
        _weights(written, 1, 1),
        _weights(breaks, 1, 2),
        _weights(dict.fromkeys(kept, 1), _kernel.OUTSIDE, _kernel.OUTSIDE),
    )


def _weights(codes: Mapping[str, int], default: int, astral: int) -> Weights:
    return _kernel.Weights({ord(character): code for character, code in codes.items()}, default, astral)
