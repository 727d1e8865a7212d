"""The name under which Python's codec registry finds the codec; the codec itself is loaded on first use."""

from __future__ import annotations

import codecs

# Only this name, in upper or lower case: other packages have codecs named gsm0338, gsm7 and similar, which
# treat what cannot be encoded in another way. Whichever is registered first would take the names from the
# other.
_NAME = "gsm03.38"


def register() -> None:
    """Makes Python know the codec `gsm03.38`, and no other name for it."""
    codecs.register(_search)


def _search(name: str) -> codecs.CodecInfo | None:
    if name.lower() != _NAME:
        return None
    from .codec import codec

    return codec()
