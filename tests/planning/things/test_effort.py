"""Eight times the text takes about eight times as long, whatever is in it: far from sixty-four."""

from __future__ import annotations

import time

import pytest

from septet.planning.things.blanks import outer_blanks
from septet.planning.things.links import glued
from septet.planning.things.markup import markup_in
from septet.planning.things.recognition import things

UNITS = [
    *(
        "a",
        "é",
        "1",
        " ",
        "\n",
        "(",
        "[[",
        "{",
        "{{",
        "<",
        "<%",
        "@",
        "#",
        "%",
        "%%a",
        "&",
        "&amp;",
        "-",
        "€",
    ),
    *(
        "www.",
        "www.www",
        "a.",
        "a.a.",
        "a-",
        "a@",
        "@a",
        "a@a.",
        "http://",
        "https://ex.fr/(",
        "https://ex.fr/🎉",
    ),
    *(
        "1 1 1 1 ",
        "1 234 ",
        "1.",
        "1-",
        "1~",
        "1,",
        "-1",
        "1a.",
        "ab1-",
        "06 ",
        "06.",
        "+33 ",
        "00",
        "€1 ",
        "1 x ",
    ),
    *(
        "code ",
        "code: ",
        "Code A",
        "kod 1 ",
        "1 is ",
        "1 est code ",
        "n° ",
        "ref ",
        "#1",
        "stop ",
        "1 mars ",
        "12h ",
    ),
    *(
        "<a =",
        "<a ",
        "<!--",
        "&#1",
        "FR76 3000 ",
        "AB12",
        "a1",
        "🎉",
        "中a",
        "\u200b",
        "\u0301",
        "\ud800",
        "\n@a #",
    ),
]


def work(text: str) -> None:
    things(text)
    glued(text)
    markup_in(text)
    outer_blanks(text)


def seconds(text: str) -> float:
    """The time that this process takes for it, the best of two: what else runs here counts little."""

    def once() -> float:
        begun = time.process_time()
        work(text)
        return time.process_time() - begun

    return min(once() for _ in range(2))


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_text_and_not_faster(unit: str) -> None:
    few, many = (unit * (characters // len(unit)) for characters in (4_000, 32_000))
    # Four times what is in proportion, and what a clock that ticks slowly may add.
    assert seconds(many) <= 32 * seconds(few) + 0.1


@pytest.mark.parametrize("unit", ["(", "www.", "1 1 1 1 ", "@", "a.a.", "https://ex.fr/("])
def test_a_million_characters_have_an_answer(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    found = things(text)
    assert all(0 <= thing.start < thing.end <= len(text) for thing in found)
