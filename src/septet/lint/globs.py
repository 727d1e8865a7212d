"""Globs: patterns for keys, references, contexts and files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def matches(pattern: str, name: str, separator: str = "") -> bool:
    """Whether a pattern matches all of a name.

    ``*`` is any characters except the separator, if there is one; ``**`` any at all; ``?`` is one. A
    pattern that begins with ``**/`` (or ``**.``) also matches without anything before it.
    """
    return _compiled(pattern, separator).fullmatch(name) is not None


def any_matches(patterns: Iterable[str], names: Iterable[str], separator: str = "") -> bool:
    """Whether one of several patterns matches one of several names."""
    held = list(names)
    return any(matches(pattern, name, separator) for pattern in patterns for name in held)


@lru_cache(maxsize=512)
def _compiled(pattern: str, separator: str) -> re.Pattern[str]:
    some = f"[^{re.escape(separator)}]" if separator else "."
    parts: list[str] = []
    place = 0
    # Adjacent stars are read at once: no match is tried over and over.
    for found in re.finditer(r"\*+|\?", pattern):
        parts.append(re.escape(pattern[place : found.start()]))
        place = found.end()
        if found.group() == "?":
            parts.append(some)
        elif len(found.group()) == 1:
            parts.append(f"{some}*")
        elif separator and pattern[place : place + 1] == separator:
            parts.append(f"(?:.*{re.escape(separator)})?")
            place += 1
        else:
            parts.append(".*")
    parts.append(re.escape(pattern[place:]))
    return re.compile("".join(parts), re.DOTALL)
