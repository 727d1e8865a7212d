"""Texts by chance only, thousands a second: for what is tried a million times and not shrunk."""

from __future__ import annotations

import random

from oracle_profiles import DEFAULT_ALPHABET, EXTENSION_TABLE, SMSPARTNER_TABLE
from oracle_tables import TWILIO
from strategies import AWKWARD, CLUSTERS, EDGES, LINE_BREAKS, MENTIONS, OUTSIDE_GSM, TAGS, THINGS

ASCII = "".join(map(chr, range(0x20, 0x7F)))
FRENCH = "etaoin srlucdpmévqfbghjàxèêyzçùœ’€…" + ASCII
TABLE = "".join(SMSPARTNER_TABLE)
POOLS = [
    ASCII,
    FRENCH,
    DEFAULT_ALPHABET,
    DEFAULT_ALPHABET + EXTENSION_TABLE,
    DEFAULT_ALPHABET + TABLE,
    EXTENSION_TABLE + "a",
    "œ^a",
    "a\n\r",
    OUTSIDE_GSM + "abc",
    AWKWARD + "abc",
    "".join(TWILIO) + "abc",
    "’“”—… ab",
    "я😀",
    "’“œ…ê^\u200bö\u0301😀éab",
    "👩\u200d\u0301🇫a",
]


def random_text(dice: random.Random) -> str:
    """A run of one pool, often as long as a segment or two, with something awkward in it."""
    length = dice.choice(EDGES) + dice.randint(-3, 3) if dice.random() < 0.3 else dice.randint(0, 120)
    text = "".join(dice.choices(dice.choice(POOLS), k=max(length, 0)))
    kind = dice.random()
    if kind < 0.4:
        return text
    if kind < 0.5:
        awkward = "".join(dice.choice(CLUSTERS + LINE_BREAKS + TAGS + MENTIONS) for _ in range(2))
    elif kind < 0.6:
        awkward = chr(dice.randrange(0x110000))
    else:
        awkward = dice.choice(EXTENSION_TABLE + AWKWARD + OUTSIDE_GSM + TABLE)
    place = dice.randint(0, len(text))
    return text[:place] + awkward + text[place:]


_WORDS = (
    "le",
    "magasin,",
    "ouvert",
    "samedi.",
    "Suivi :",
    "-",
    "(ou",
    "non)",
    "où",
    "«",
    "я",
    "点击",
    "👍🏽",
)
_BLANKS = (*(" ",) * 8, "", "  ", "\n", "\r\n", "\u00a0", "\u3000")


def random_sentence(dice: random.Random) -> str:
    """Words and what must stay whole among them; often more than one segment holds."""
    words = [dice.choice(THINGS if dice.random() < 0.15 else _WORDS) for _ in range(dice.randint(0, 60))]
    return "".join(word + dice.choice(_BLANKS) for word in words)
