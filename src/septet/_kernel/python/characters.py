"""Characters in Python: the different ones of a text, another for each, runs, and groups."""

from __future__ import annotations

import re
from itertools import groupby, repeat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def different(text: str, /) -> dict[str, int]:
    """The different characters of a text, in the order of the first of each, with how often each occurs."""
    found: dict[str, int] = {}
    for character in text:
        found[character] = found.get(character, 0) + 1
    return found


def recoded(text: str, codes: dict[str, str], unlisted: str, /) -> str:
    """A text with another character for each: the one that `codes` has for it, otherwise `unlisted`.

    ValueError for what is not one character.
    """
    for character in (*codes, *codes.values(), unlisted):
        if len(character) != 1:
            raise ValueError(f"{len(character)} characters, not one")
    return "".join(map(codes.get, text, repeat(unlisted)))


def joined(
    codes: str,
    weights: bytes,
    spans: list[tuple[int, int, bool]],
    known: dict[tuple[str, bytes, bool], str],
    /,
) -> str:
    """A text of codes in which each group has one code: `known` says which, by what the group has now.

    `spans` are the groups, as `Groups.spans` gives them; what one has is (its codes, the weights of the same
    characters, whether it is one of `lone`). ValueError for other places, lengths and codes.
    """
    if len(codes) != len(weights):
        raise ValueError(f"{len(codes)} codes, {len(weights)} weights")
    written = [*codes]
    for start, end, is_lone in spans:
        if not 0 <= start <= end <= len(codes):
            raise ValueError(f"{len(codes)} codes: {start} to {end}")
        code = known[codes[start:end], weights[start:end], is_lone]
        if len(code) != 1:
            raise ValueError(f"{len(code)} characters, not one")
        written[start:end] = code * (end - start)
    return "".join(written)


def runs(
    text: str,
    codes: str,
    weights: bytes,
    start: int,
    end: int,
    patterns: dict[str, dict[str, Any]],
    part: str,
    weight: str,
    /,
) -> list[dict[str, Any]]:
    """The parts of ``text[start:end]`` with one code each, as long as possible.

    For each a copy of the dict that `patterns` has for its code, with the part under the key `part`, and the
    sum of the weights of its characters under the key `weight`. `codes` and `weights` have one for each
    character of the text. ValueError for other places and lengths, KeyError for a code without a pattern.
    """
    if not (len(codes) == len(text) == len(weights) and 0 <= start <= end <= len(text)):
        raise ValueError(f"{len(codes)} codes: {start} to {end} of {len(text)} characters")
    found = []
    for code, alike in groupby(codes[start:end]):
        stop = start + sum(1 for _ in alike)
        run = patterns[code].copy()
        run[part] = text[start:stop]
        run[weight] = sum(weights[start:stop])
        found.append(run)
        start = stop
    return found


class Groups:
    """Finds groups in a text of ASCII letters.

    A group is one of `heads` or two letters that are one of `pairs`, with up to `most` of `marks` behind it,
    of which the second letter of a pair is one; one of `heads` has a mark. All others of `lone` are groups
    of one letter. The leftmost group is taken first, as long as possible. ValueError for other letters, for
    two pairs that begin alike, and for fewer than one mark at most.
    """

    def __init__(self, heads: str, pairs: tuple[str, ...], marks: str, lone: str, most: int) -> None:
        for letter in (*heads, *marks, *lone, *"".join(pairs)):
            if not "\0" < letter < "\x80":
                raise ValueError(f"no letter of ASCII: {ord(letter):#x}")
        if any(len(pair) != 2 for pair in pairs):
            raise ValueError("a pair has two letters")
        firsts = [pair[0] for pair in pairs]
        if twice := [first for first in firsts if firsts.count(first) > 1]:
            raise ValueError(f"two pairs begin with {twice[0]}")
        if most < 1:
            raise ValueError(f"no marks: {most}")
        one_of = {
            letters: f"[{re.escape(letters)}]" if letters else "(?!)" for letters in (heads, marks, lone)
        }
        paired = "|".join(map(re.escape, pairs)) or "(?!)"
        self._group = re.compile(
            f"(?:{paired}){one_of[marks]}{{0,{most - 1}}}"
            f"|{one_of[heads]}(?={one_of[marks]}){one_of[marks]}{{0,{most}}}"
            f"|{one_of[lone]}"
        )

    def spans(self, letters: str, /) -> list[tuple[int, int, bool]]:
        """The groups of a text, in their order, as (start, end, whether it is one of `lone`)."""
        spans = [found.span() for found in self._group.finditer(letters)]
        return [(start, end, end - start == 1) for start, end in spans]
