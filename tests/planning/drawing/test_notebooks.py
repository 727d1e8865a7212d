"""What a notebook shows of a plan: the bubbles and what they mean, and no text of it acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import nbformat
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from nbclient import NotebookClient

import septet
from septet.planning.drawing.shapes import Shape, shape_of

HOSTILE = (
    "</div><script>alert(1)</script><img src=x onerror='alert(2)'> "
    '&amp; " \x00\x1b\u202egnp\u202c\u200b\ud800'
)


class _Reader(HTMLParser):
    """The names of elements, their attributes, and all text, of HTML in which each element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[tuple[str, str]] = []
        self.segments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        classes = dict(attrs).get("class") or ""
        self.open.append((tag, classes))
        if classes == "septet-segment":
            self.segments.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = [classes for _, classes in self.open]
        if "septet-segment" in inside and self.open[-1][0] != "sup":
            boxed = inside[-1] == "septet-box"
            self.segments[-1] += chr(int(data[2:], 16)) if boxed else data


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert reader.names <= {"div", "p", "small", "mark", "sup", "span", "ul", "li", "b", "bdi"}
    assert reader.attributes <= {"class", "style", "title", "lang", "dir"}
    assert "url(" not in html
    assert not [c for c in html if shape_of(c) is Shape.NONE], "something that acts on a screen"
    return reader


@given(st.text(st.characters(), max_size=120) | st.text("<>&\"'=]é^~\r\n\u202e\u200b😀🏽\u0301", max_size=60))
@example(HOSTILE)
@example("")
@examples(60)
def test_any_text_is_shown_whole_and_as_text(text: str) -> None:
    for profile in ("gsm", "smspartner"):
        plan = septet.plan(text, profile, commercial=True)
        shown = read(plan._repr_html_()).segments
        assert shown == [segment.text for segment in plan.segments][:20]


def test_it_says_what_it_comes_to() -> None:
    html = septet.plan("L’été", "smsmode", encoding="gsm7", commercial=True)._repr_html_()
    for words in ("May be sent; check the warnings.", "STOP 36034", "1 segment", "cannot be sent", "U+2019"):
        assert words in re.sub("<[^>]*>", "", html) or words in html, words


def test_a_long_text_makes_no_endless_cell() -> None:
    html = septet.plan("é" * 300 * 153)._repr_html_()
    assert html.count("septet-segment") == 20
    assert "… 280" in html


def test_a_notebook_shows_it() -> None:
    cell = nbformat.v4.new_code_cell(
        "import septet\nseptet.plan('10 € <b>ça</b>', 'smsmode', encoding='gsm7')"
    )
    notebook: Any = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    (output,) = notebook.cells[0].outputs
    plan = septet.plan("10 € <b>ça</b>", "smsmode", encoding="gsm7")
    assert output.data["text/html"] == plan._repr_html_()
    assert output.data["text/plain"] == repr(plan)
    assert "&lt;b&gt;" in output.data["text/html"]
    assert read(output.data["text/html"]).segments == [plan.text]
