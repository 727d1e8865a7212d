"""Characters in Python: a code for each of a text, the different ones of each code, runs, and groups."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import groupby, repeat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def grouped(text: str, known: dict[str, str], plain: str, /) -> tuple[str, dict[str, dict[str, int]]]:
    """The code that `known` has for each character of a text, and the characters of each code but `plain`.

    The first is a text; the second is a dict of dicts with how often each character occurs, all in the
    order of the first of each. `known` is a dict. ValueError for a code that is not one character.
    """
    if len(plain) != 1:
        raise ValueError(f"{len(plain)} characters, not one")
    codes: dict[str, str] = {}
    groups: dict[str, dict[str, int]] = {}
    for character, times in Counter(text).items():
        code = codes[character] = known[character]
        if len(code) != 1:
            raise ValueError(f"{len(code)} characters, not one")
        if code != plain:
            groups.setdefault(code, {})[character] = times
    return "".join(map(codes.__getitem__, text)), groups


def recoded(text: str, codes: dict[str, str], unlisted: str, /) -> str:
    """A text with another character for each: the one that `codes` has for it, otherwise `unlisted`.

    ValueError for what is not one character.
    """
    for character in (*codes, *codes.values(), unlisted):
        if len(character) != 1:
            raise ValueError(f"{len(character)} characters, not one")
    return "".join(map(codes.get, text, repeat(unlisted)))


def runs(
    text: str,
    codes: str,
    weights: bytes,
    start: int,
    end: int,
    patterns: list[dict[str, Any]],
    part: str,
    weight: str,
    /,
) -> list[dict[str, Any]]:
    """The parts of ``text[start:end]`` with one code each, as long as possible.

    For each a copy of the dict that `patterns` has at the place that its code is, with the part under the key
    `part`, and the sum of the weights of its characters under the key `weight`. `codes` and `weights` have
    one for each character of the text. ValueError for other places and lengths, IndexError for a code without
    a pattern.
    """
    if not (len(codes) == len(text) == len(weights) and 0 <= start <= end <= len(text)):
        raise ValueError(f"{len(codes)} codes: {start} to {end} of {len(text)} characters")
    found = []
    for code, alike in groupby(codes[start:end]):
        stop = start + sum(1 for _ in alike)
        run = patterns[ord(code)].copy()
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

    A group is split where one of `starts` lies within it, which are places in their order: the last piece is
    one of `lone` then, and an earlier one of a single letter is none.
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

    def spans(self, letters: str, starts: list[int], /) -> list[tuple[int, int, bool]]:
        """The groups of a text, in their order, as (start, end, whether it is one of `lone`)."""
        found = []
        for group in self._group.finditer(letters):
            begin, end = group.span()
            first = begin
            for start in starts[bisect_right(starts, begin) : bisect_left(starts, end)]:
                if start - first > 1:
                    found.append((first, start, False))
                first = start
            found.append((first, end, end - begin == 1 or first > begin))
        return found

    def joined(
        self,
        letters: str,
        starts: list[int],
        codes: str,
        weights: bytes,
        ranks: bytes,
        known: dict[tuple[str, int, bool], str],
        /,
    ) -> str:
        """A text of codes in which each group of `letters` has one code.

        Of the codes that it has now that is the first of the least rank; `ranks` has the rank of each code.
        One of `lone`, or with a weight above 1, has the code of `known`, a dict, for (that code, the sum of
        its weights, but 0 if none is above 1, whether it is one of `lone`). ValueError for other lengths, and
        for a code that has no rank, or is not one character.
        """
        if not len(codes) == len(letters) == len(weights):
            raise ValueError(f"{len(letters)} letters, {len(codes)} codes, {len(weights)} weights")
        if codes and ord(max(codes)) >= len(ranks):
            raise ValueError(f"{len(ranks)} ranks, code {ord(max(codes))}")
        written = [*codes]
        for start, end, is_lone in self.spans(letters, starts):
            code = min(codes[start:end], key=lambda code: ranks[ord(code)])
            weighed = weights[start:end]
            is_heavy = max(weighed) > 1
            if is_lone or is_heavy:
                code = known[code, sum(weighed) if is_heavy else 0, is_lone]
                if len(code) != 1:
                    raise ValueError(f"{len(code)} characters, not one")
            written[start:end] = code * (end - start)
        return "".join(written)
