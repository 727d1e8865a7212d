"""What must stay whole in a text: lists of shapes that people and programs write, marked by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from septet.planning.things.recognition import possible, recognised, things
from septet.planning.things.thing import KINDS, Thing

SHAPES = Path(__file__).parent / "shapes"
_MARK = re.compile(r"⟦(?:([a-z-]+)\|)?(.*?)⟧", re.DOTALL)


def shapes(name: str) -> list[str]:
    """The lines of a list; `\\n`, `\\r` and `\\z` stand for line breaks and U+200B."""
    lines = (SHAPES / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.replace(r"\n", "\n").replace(r"\r", "\r").replace(r"\z", "\u200b") for line in lines]


def unmarked(shape: str, kind: str) -> tuple[str, tuple[Thing, ...]]:
    """A text and its things, from ``⟦kind|thing⟧``; without a kind it is the one of the list."""
    text, found, place = "", [], 0
    for mark in _MARK.finditer(shape):
        text += shape[place : mark.start()]
        found.append(Thing(mark[1] or kind, len(text), len(text) + len(mark[2])))
        text += mark[2]
        place = mark.end()
    return text + shape[place:], tuple(found)


def marked(text: str, found: tuple[Thing, ...]) -> str:
    """The other way, for a failure that can be read."""
    pieces, place = [], 0
    for kind, start, end in found:
        pieces += (text[place:start], f"⟦{kind}|{text[start:end]}⟧")
        place = end
    return "".join((*pieces, text[place:]))


LISTS = [(kind, shape) for kind in (*KINDS, "everyday") for shape in shapes(kind)]


@pytest.mark.parametrize(("kind", "shape"), LISTS)
def test_a_shape_is_taken_for_what_it_is(kind: str, shape: str) -> None:
    text, expected = unmarked(shape, kind)
    assert marked(text, things(text)) == marked(text, expected)


def test_each_list_is_long_enough() -> None:
    for kind in KINDS:
        own = [thing for shape in shapes(kind) for thing in unmarked(shape, kind)[1] if thing.kind == kind]
        assert len(own) >= 15, kind
    assert len(shapes("everyday")) >= 100


@pytest.mark.parametrize(("kind", "shape"), LISTS)
def test_what_is_found_was_possible(kind: str, shape: str) -> None:
    text, expected = unmarked(shape, kind)
    assert {thing.kind for thing in expected} <= set(possible(text))


def test_a_text_without_signs_is_answered_at_once() -> None:
    assert possible("Bonjour, à demain !") == ()
    assert possible("") == ()
    assert possible("See ex.fr/a") == ("link",)


# Signs that begin, end or part things, and what a text should never hold.
_PIECES = st.sampled_from(
    [
        *(
            "https://",
            "www.",
            "ex.fr",
            "/",
            "a",
            "é",
            "Ж",
            "中",
            "🎉",
            "@",
            "#",
            "<#>",
            "\u200b",
            "12",
            "1 234",
        ),
        *(
            "€",
            "%",
            "+33",
            "06",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "{{",
            "}}",
            "<",
            ">",
            "&",
            ";",
            "%%",
            "code",
            ":",
        ),
        *(
            "n°",
            " ",
            "\n",
            "\r\n",
            ".",
            ",",
            "-",
            "\ud800",
            "\udfff",
            "\x00",
            "\u0301",
            "STOP au ",
            "mars",
            "h",
        ),
    ]
)


@given(st.one_of(st.text(st.characters(), max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
@example("\ud800https://\udfff")
@example("https://(")
@example("www.a)")
def test_things_stand_in_order_and_apart(text: str) -> None:
    found = things(text)
    assert all(thing.kind in KINDS and thing.start < thing.end for thing in found)
    places = [place for thing in found for place in (thing.start, thing.end)]
    assert places == sorted(places)
    assert {thing.kind for thing in found} <= set(possible(text))
    assert all(0 <= place <= len(text) for place in places)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_every_digit_belongs_to_a_thing(text: str) -> None:
    held = {place for thing in things(text) for place in range(thing.start, thing.end)}
    assert {place for place, character in enumerate(text) if character in "0123456789"} <= held


@given(st.lists(_PIECES, max_size=40).map("".join))
@example("+33 6 12 34 56 78 10 €")
def test_all_that_is_recognised_is_within_a_thing(text: str) -> None:
    held = [range(thing.start, thing.end + 1) for thing in things(text)]
    for thing in recognised(text):
        assert any(thing.start in place and thing.end in place for place in held), thing
