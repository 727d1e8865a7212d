"""The names that Python's codec registry finds the codec by; the codec itself is loaded when asked for."""

from __future__ import annotations

import codecs

# In letters and digits alone: what else is in a name reaches the search differently spelled, by version.
_SPELLINGS = frozenset({"gsm0338", "gsm7"})


def register() -> None:
    """Makes Python know the codec `gsm03.38`, also called `gsm0338` and `gsm7`."""
    codecs.register(_search)


def _search(name: str) -> codecs.CodecInfo | None:
    if "".join(filter(str.isalnum, name.lower())) not in _SPELLINGS:
        return None
    from .codec import codec

    return codec()
