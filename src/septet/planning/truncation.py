"""Truncation: the longest beginning of a text that a number of billed segments holds."""

from __future__ import annotations

from septet.gsm.segmentation import grapheme_boundary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding


def longest_fitting(coding: Coding, text: str, with_mention: bool, limit: int, most: int) -> int:
    """How many characters of the text to keep, `most` at most; with room for the mention if asked.

    Never cuts a grapheme cluster, unless the first one alone is larger than all the room: that
    one is cut by characters. Looks at the text only as far as it could fit.
    """
    room = coding.room(limit) - (coding.tail_units if with_mention else 0)
    if room <= 0:
        return 0
    end = min(most, coding.weights.prefix(text, room))
    if not coding.fits(text[:end], with_mention, limit):
        # Pairs that may not be cut leave units unused: step back, ever faster, then close in.
        too_many, step = end, 1
        while end > 0 and not coding.fits(text[:end], with_mention, limit):
            too_many, end, step = end, max(0, end - step), step * 2
        while too_many - end > 1:
            middle = (end + too_many) // 2
            if coding.fits(text[:middle], with_mention, limit):
                end = middle
            else:
                too_many = middle
    return grapheme_boundary(text, end) or end
