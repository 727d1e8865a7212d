"""Bounds of templates whose fields hold characters of a class: no value of it leads beyond them."""

from __future__ import annotations

from random import Random

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.templates.bounds import bounds
from septet.templates.characters_of_values import CLASSES_OF_VALUES
from septet.templates.pieces import Field, Literal

#: Some characters of each class, heavy ones and such as a vendor has a rule for among them.
SIGNS = {
    "digits": "0123456789",
    "ascii": "aZ 5.",
    "gsm7": "a€[ÇéΔ^@",
    "accents": "a€êÀç",
    "western": "aê’…€\u00a0",
    "any": "a€ê’😀ж\u0301",
}
PROFILES = ("gsm", "smsmode", "twilio", "smspartner", "envoyersmspro", "bird")


def of(*parts: str) -> tuple[Literal | Field, ...]:
    return tuple(Field(part[1:-1]) if part.startswith("{") else Literal(part) for part in parts)


def test_the_class_of_a_value_decides_what_it_may_weigh() -> None:
    planner = septet.Planner()
    pieces, lengths = of("x" * 150, "{code}"), {"code": (6, 6)}
    figures = {
        name: (found.fewest, found.most)
        for name in CLASSES_OF_VALUES
        for found in [bounds(pieces, planner, lengths, {"code": name})]
    }
    # 156 septets; up to 162 where each takes two; in UCS-2 156 or 162 of 67 a segment.
    assert figures == {
        **dict.fromkeys(("digits", "ascii"), (1, 1)),
        "gsm7": (1, 2),
        **dict.fromkeys(("accents", "western", "any"), (1, 3)),
    }


def test_each_field_has_a_class_of_its_own() -> None:
    planner = septet.Planner()
    pieces, lengths = of("x" * 100, "{code}", " ", "{name}"), {"code": (6, 6), "name": (1, 26)}
    found = bounds(pieces, planner, lengths, {"code": "digits", "name": "gsm7"})
    assert (found.fewest, found.most, found.ucs2, found.tips) == (1, 1, None, ())
    found = bounds(pieces, planner, lengths, {"code": "digits", "name": "accents"})
    # 133 units of UCS-2 at the most.
    assert found.ucs2 == (2, 2)
    names = {tip.name for tip in found.tips}
    assert {"lower-case accents", "capital accents"} <= names
    assert not {"emoji", "Cyrillic", "dashes, ellipses and dots"} & names
    assert "0" in found.most_text
    # UCS-2 for what is there whatever they hold: a sign of GSM-7's extension is one unit then.
    found = bounds(of("’" + "x" * 43, "{name}"), planner, {"name": (26, 26)}, {"name": "gsm7"})
    assert (found.fewest, found.most, found.exact) == (1, 1, True)


@pytest.mark.parametrize("profile", PROFILES)
@given(data=st.data())
@examples(25)
def test_no_value_of_a_class_leads_beyond_the_bounds(profile: str, data: st.DataObject) -> None:
    planner = septet.Planner(profile, truncate=False)
    names = ("{f}", "{g}")
    parts = data.draw(
        st.lists(
            st.sampled_from(["Bonjour ", "l’été ", "ç€", "x" * 60, "x" * 148, *names, *names]), max_size=5
        )
    )
    pieces = tuple(
        piece for place, piece in enumerate(of(*parts)) if isinstance(piece, Field) or parts[place]
    )
    fields = {str(piece) for piece in pieces if isinstance(piece, Field)}
    classes = {field: data.draw(st.sampled_from(list(SIGNS))) for field in sorted(fields)}
    lengths = {}
    for field in sorted(fields):
        least = data.draw(st.integers(0, 8))
        lengths[field] = least, least + data.draw(st.sampled_from([0, 1, 30, 90]))
    found = bounds(pieces, planner, lengths, classes)
    assert found.fewest <= found.most
    random = Random(data.draw(st.integers(0, 2**30)))
    for _ in range(15):
        values = {
            field: "".join(
                random.choices(
                    random.sample(SIGNS[classes[field]], 2),
                    k=random.choice([*lengths[field], lengths[field][0]]),
                )
            )
            for field in sorted(fields)
        }
        text = "".join(values[piece] if isinstance(piece, Field) else piece for piece in pieces)
        assert found.fewest <= planner.count(text) <= found.most, text
    if found.exact:
        assert planner.count(found.fewest_text) == found.fewest
        assert planner.count(found.most_text) == found.most
