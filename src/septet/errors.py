"""The errors that septet raises on its own account."""

from __future__ import annotations


class ProfileError(ValueError):
    """A profile that no one knows, or a vendor file that is not written as it should be.

    The message names the file, the key and what was expected there.
    """


def nearest(word: str, known: list[str]) -> str:
    """``' (did you mean "smsmode"?)'`` when a known word is near, otherwise nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1)
    return f' (did you mean "{found[0]}"?)' if found else ""
