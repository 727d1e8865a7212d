"""docs/whole.md: each example is read as the page describes it."""

from __future__ import annotations

import re

import pytest
from sources import ROOT

from septet.planning.things.recognition import things
from septet.planning.things.thing import KINDS

PAGE = (ROOT / "docs" / "whole.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \| [^|]*\| (.*) \|$", PAGE, re.MULTILINE)
EXAMPLES = [
    (kind, text, thing or text)
    for kind, examples in ROWS
    for text, thing in re.findall(r"`([^`]+)`(?: → `([^`]+)`)?", examples)
]
LINKS = [
    (text, whole)
    for texts, whole in re.findall(r"^\| (`http.*|`[(«].*) \| .*: `([^`]+)` \|$", PAGE, re.MULTILINE)
    for text in re.findall(r"`([^`]+)`", texts)
]


def test_the_page_has_all_kinds_in_their_order() -> None:
    assert tuple(kind for kind, _ in ROWS) == KINDS
    assert len(EXAMPLES) > 50
    assert len(LINKS) > 10


@pytest.mark.parametrize(("kind", "text", "thing"), EXAMPLES)
def test_an_example_is_of_its_kind(kind: str, text: str, thing: str) -> None:
    assert thing in [text[start:end] for found, start, end in things(text) if found == kind]


@pytest.mark.parametrize(("text", "link"), LINKS)
def test_a_link_ends_where_the_page_says(text: str, link: str) -> None:
    kind, start, end = things(text)[0]
    assert (kind, text[start:end]) == ("link", link)
