"""A column is searched in one pass: no gate misses a text that has a warning."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_links import GLUED
from test_markup import MARKED_UP

from septet.planning.things import gates
from septet.planning.things.blanks import padding
from septet.planning.things.links import glued
from septet.planning.things.markup import markup_in

ANY = "|".join((gates.GLUED, gates.ENTITY, gates.TAG, gates.PADDING))


def lets_through(gate: str, text: str) -> bool:
    return bool(pc.match_substring_regex(pa.array([text]), gate)[0].as_py())


_PIECES = st.sampled_from(
    [
        *(
            "https://",
            "www.",
            "ex.fr/",
            "ex.fr",
            "a",
            "é",
            "Ж",
            "中",
            "🎉",
            "©",
            "²",
            "(",
            ")",
            "[",
            "{",
            "）",
            ".",
        ),
        *(
            " ",
            "  ",
            ",",
            "!",
            "\n",
            "\u00a0",
            "\x1c",
            "\x85",
            "\u3000",
            "\u200b",
            "&",
            "amp;",
            "#39;",
            "<",
            ">",
            "br",
            "/",
            "!--",
            "x",
        ),
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join)))
@example("\x1f\u2029")
@example("ex.fr/a!🎉")
@example("https://ex.fr/{{ nom }}🎉")
def test_no_gate_keeps_back_what_would_be_warned_of(text: str) -> None:
    needed = {
        gates.GLUED: bool(glued(text)),
        f"{gates.ENTITY}|{gates.TAG}": bool(markup_in(text)),
        gates.PADDING: any(padding(text)),
    }
    for gate, warned in needed.items():
        assert lets_through(gate, text) or not warned
    # These are all the gates of a column.
    assert lets_through(gates.PADDING, text) == needed[gates.PADDING]
    assert lets_through(gates.BLANKS_ALONE, text) == text.isspace()


@pytest.mark.parametrize("text", [*GLUED, *MARKED_UP])
def test_a_gate_is_open_for_what_is_warned_of(text: str) -> None:
    assert lets_through(ANY, text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, votre commande est prête. Merci (et à bientôt) !",
        "-20 % jusqu’à dimanche : https://ex.fr/a STOP 36180",
        "AT&T & Co, a < b",
        "",
    ],
)
def test_a_gate_is_closed_for_most_texts(text: str) -> None:
    assert not lets_through(ANY, text)
