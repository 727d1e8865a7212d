"""The name that Python's codec registry finds the codec by; the codec itself is loaded when asked for."""

from __future__ import annotations

import codecs

# This one alone, in any case of letters: other packages have codecs of their own, which answer what
# cannot be encoded otherwise, by the names gsm0338, gsm7 and their spellings. Whichever is registered
# first would take them from the other.
_NAME = "gsm03.38"


def register() -> None:
    """Makes Python know the codec `gsm03.38`, and no other name for it."""
    codecs.register(_search)


def _search(name: str) -> codecs.CodecInfo | None:
    if name.lower() != _NAME:
        return None
    from .codec import codec

    return codec()
