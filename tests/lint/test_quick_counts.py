"""The quick way to count gives the same as bounds, if it gives an answer."""

from __future__ import annotations

from effort import examples
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.lint.quick_counts import QuickCounts
from septet.lint.values import Values
from septet.templates.bounds import bounds
from septet.templates.pieces import Field, Literal

PARTS = ["{f}", "{g}", "{f}", "Bonjour ", "l’été", "€" * 20, "ç", "x" * 64, "x" * 148, "é" * 60, "]" * 70]
PLANNERS = [
    septet.Planner("gsm", encoding="ucs2"),
    *(septet.Planner(name, truncate=False) for name in septet.profiles()),
]


def test_it_answers_for_many_profiles() -> None:
    values = {"f": Values(6, 6, "digits"), "g": Values(1, 20, "gsm7")}
    pieces = (Literal("x" * 120), Field("f"), Field("g"))
    told = 0
    for name in septet.profiles():
        planner = septet.Planner(name, truncate=False)
        told += QuickCounts(planner, values.__getitem__).count(pieces) is not None
    assert told > 20


@given(
    planner=st.sampled_from(PLANNERS),
    parts=st.lists(st.sampled_from(PARTS), max_size=6),
    values=st.tuples(
        *[
            st.builds(
                lambda least, more, name: Values(least, least + more, name),
                st.integers(0, 8),
                st.sampled_from([0, 1, 12, 70, 160]),
                st.sampled_from(["digits", "ascii", "gsm7", "accents"]),
            )
        ]
        * 2
    ),
)
@examples(150)
def test_it_says_what_bounds_say(
    planner: septet.Planner, parts: list[str], values: tuple[Values, Values]
) -> None:
    pieces: list[Literal | Field] = []
    for part in parts:
        if part.startswith("{"):
            pieces.append(Field(part[1:-1]))
        elif pieces and isinstance(pieces[-1], Literal):
            pieces[-1] = Literal(pieces[-1] + part)
        else:
            pieces.append(Literal(part))
    asked = {piece: values["fg".index(piece)] for piece in map(str, filter(is_field, pieces))}
    found = QuickCounts(planner, asked.__getitem__).count(tuple(pieces))
    if found is None:
        return
    expected = bounds(
        tuple(pieces),
        planner,
        {field: (one.least, one.most) for field, one in asked.items()},
        {field: one.characters for field, one in asked.items()},
    )
    segments, longest, measure = found
    assert segments == (expected.fewest, expected.most)
    assert planner.count(longest) == measure.billed_segments == expected.most


def is_field(piece: Literal | Field) -> bool:
    return isinstance(piece, Field)
