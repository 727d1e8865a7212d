"""A long text takes no more than its share of work, with any content."""

from __future__ import annotations

import pytest

from septet.planning.things.blanks import outer_blanks
from septet.planning.things.links import glued
from septet.planning.things.markup import markup_in
from septet.planning.things.recognition import things

pytestmark = pytest.mark.long

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


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_of_whatever_has_an_answer(unit: str) -> None:
    # Work by the square of the length would take hours: no clock is needed to see it.
    text = unit * (300_000 // len(unit))
    found = things(text)
    assert all(0 <= thing.start < thing.end <= len(text) for thing in found)
    assert all(0 <= one.start < one.end <= len(text) for one in (*glued(text), *markup_in(text)))
    assert (outer_blanks(text) is None) == (text.strip() == text)
