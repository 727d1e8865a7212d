"""HTML that was left in a text, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septet.planning.things.markup import markup_in

MARKED_UP = {
    "Tom &amp; Jerry&#039;s Clinic": "Tom & Jerry's Clinic",
    "Tom &amp;amp; Jerry": "Tom & Jerry",
    "l&#39;été &#x2019; &#X27;": "l'été ’ '",
    "&eacute;t&eacute;": "été",
    "caf&amp;eacute;": "café",
    "10&nbsp;&euro;": "10\u00a0€",
    "&lt;3 &gt; &quot;oui&quot;": '<3 > "oui"',
    "Bonjour<br>Merci": "Bonjour\nMerci",
    "Bonjour<br/>Merci<BR />!": "Bonjour\nMerci\n!",
    "<b>Promo</b> et <strong>soldes</strong>": "Promo et soldes",
    "<p>Bonjour</p><p>Merci</p>": "Bonjour\nMerci\n",
    '<a href="https://ex.fr/a">ici</a>': "ici",
    '<span style="color: red">rouge</span>': "rouge",
    "<div\nclass='a'>Bonjour</div>": "Bonjour\n",
    "<ul><li>un</li><li>deux</li></ul>": "un\ndeux\n",
    "https://ex.fr/?a=1&amp;b=2": "https://ex.fr/?a=1&b=2",
    "<!-- note -->Bonjour": "Bonjour",
    "Bonjour<hr>Merci": "Bonjour\nMerci",
    "<i>x</i><u>y</u><em>z</em>": "xyz",
}

QUIET = [
    "",
    "AT&T & Co",
    "AT&T; rien",
    "a < b",
    "a < b et c > d",
    "a <b et c> d",
    "x<b",
    "<#> Your code is 123456\nFA+9qCX9VSu",
    "<3",
    "<prenom>",
    "<name>",
    "<STOP>",
    "->, <-, <->, <=>",
    "https://ex.fr/?a=1&copy=2&lt=3",
    "R&D ; M&M's",
    "&prenom; &;",
    "&#; &#x; &#xD800; &#0;",
    "Q & A; fin",
    "<bonjour>",
    "< b >",
    "(<) et (>)",
]


def replaced(text: str) -> str:
    for start, end, meant in reversed(markup_in(text)):
        text = text[:start] + meant + text[end:]
    return text


@pytest.mark.parametrize(("text", "meant"), MARKED_UP.items())
def test_markup_is_found_and_what_it_means(text: str, meant: str) -> None:
    assert replaced(text) == meant


@pytest.mark.parametrize("text", QUIET)
def test_what_is_no_markup(text: str) -> None:
    assert markup_in(text) == ()


_PIECES = st.sampled_from(
    [
        "&",
        "amp;",
        "#",
        "39",
        "x",
        ";",
        "<",
        ">",
        "/",
        "br",
        "b",
        "p",
        " a=",
        '"',
        "é",
        "\ud800",
        "<!--",
        "-->",
        "\n",
    ]
)


@given(st.one_of(st.text(st.characters()), st.lists(_PIECES, max_size=40).map("".join)))
def test_markup_stands_in_order_and_apart(text: str) -> None:
    found = markup_in(text)
    places = [place for markup in found for place in (markup.start, markup.end)]
    assert places == sorted(places)
    assert all(text[markup.start] in "&<" and text[markup.end - 1] in ";>" for markup in found)
    assert all(len(markup.meant) < markup.end - markup.start for markup in found)
