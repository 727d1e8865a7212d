"""The corpora: the texts that the benches count, the same in every run."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SOURCE = Path(__file__).parent / "corpora.toml"
#: How many texts are drawn for a corpus; enough that no single text decides the result.
TEXTS = 16
#: Beyond the four for which there are targets: messages as vendors print them, and other scripts.
MAIN = ("ascii", "french", "emoji", "mixed")
FURTHER = ("vendor", "greek", "cyrillic", "arabic", "hindi", "chinese")
TIMED = MAIN + FURTHER
#: Columns from which rows are drawn.
ROWS = ("short", "signs", "torn")


class Corpus(NamedTuple):
    """Texts of one kind, and where they come from."""

    name: str
    title: str
    provenance: str
    texts: tuple[str, ...]


@cache
def corpus(name: str) -> Corpus:
    """The corpus of a name; KeyError for one that is not in ``corpora.toml``."""
    table = _tables()[name]
    if "texts" in table:
        texts = tuple(table["texts"])
    elif "pieces" in table:
        texts = tuple("".join(piece * times for piece, times in text) for text in table["pieces"])
    else:
        texts = draw(name, TEXTS)
    return Corpus(name, table["title"], table["provenance"], texts)


def draw(name: str, count: int) -> tuple[str, ...]:
    """So many different texts, drawn from the sentences of a corpus."""
    table = _tables()[name]
    # A str seed goes through SHA-512, the same in every version and process.
    chance = random.Random(f"septet benches, {name}")
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[_text(table, chance)] = None
    return tuple(drawn)


def numbers(count: int, countries: int | None = None) -> tuple[str, ...]:
    """So many phone numbers of the corpus `recipients`, from its first countries or from all."""
    patterns = _tables()["recipients"]["patterns"][:countries]
    chance = random.Random("septet benches, recipients")
    return tuple(
        "".join(chance.choice("0123456789") if sign == "#" else sign for sign in chance.choice(patterns))
        for _ in range(count)
    )


def encoding(name: str) -> str | None:
    """The encoding of all texts of a corpus; None if they differ."""
    found: str | None = _tables()[name].get("encoding")
    return found


def _text(table: dict[str, Any], chance: random.Random) -> str:
    while True:
        text = ""
        while len(text) < table["length"]:
            sentence = chance.choice(table["sentences"]).replace("{n}", str(chance.randrange(1000, 10000)))
            text += sentence if not text or text[-1].isspace() else " " + sentence
        text = text[: table["length"]]
        if all(character in text for character in table["must"]):
            return text


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text("utf-8"))
