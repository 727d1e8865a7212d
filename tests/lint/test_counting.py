"""Counting: no value that a configuration allows exceeds the reported figures of an entry."""

from __future__ import annotations

from random import Random

from effort import examples
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.lint.configs import config_of
from septet.lint.counting import Counter
from septet.lint.placeholders.dialects import message
from septet.lint.placeholders.messages import Field

SIGNS = {"digits": "0189", "gsm7": "a€[é", "accents": "aê€", "any": "a😀ж’"}
PARTS = st.sampled_from(
    [
        *(
            "Bonjour ",
            "l’été ",
            "x" * 60,
            "x" * 150,
            "%(a)s",
            "{{ b }}",
            "%{a}",
            "{a}",
            "((b))",
            "((a??oui’))",
        ),
        "{n, plural, one {un %(a)s} other {des ’}}",
    ]
)


@given(
    parts=st.lists(PARTS, max_size=6),
    profile=st.sampled_from(["gsm", "twilio", "smsmode", "smspartner"]),
    classes=st.tuples(*[st.sampled_from(sorted(SIGNS))] * 2),
    dialect=st.sampled_from([("general",), ("percent", "general"), ("icu",), ("template",)]),
    seed=st.integers(0, 2**30),
)
@examples(120)
def test_no_value_leads_beyond_what_is_said(
    parts: list[str], profile: str, classes: tuple[str, str], dialect: tuple[str, ...], seed: int
) -> None:
    planner = septet.Planner(profile, truncate=False)
    bounds = {"a": f"0..9:{classes[0]}", "b": f"3..60:{classes[1]}", "*": "2:digits"}
    config = config_of({"bounds": bounds})
    made = message("".join(parts), dialect)
    found = Counter(planner, config).count(made)
    random = Random(seed)
    for variant in made.variants:
        for _ in range(8):
            values = {}
            for field in variant.fields:
                one = config.values(field.name)[0]
                length = random.choice([one.least, one.most])
                values[field.name] = "".join(random.choices(SIGNS[one.characters], k=length))
            text = "".join(
                (
                    piece.fallback
                    if piece.fallback is not None and random.random() < 0.5
                    else values[piece.name]
                )
                if isinstance(piece, Field)
                else piece.text
                for piece in variant.pieces
            )
            assert found.segments.fewest <= planner.count(text) <= found.segments.most, text
    assert planner.count(found.longest) <= found.segments.most


def test_a_placeholder_is_not_counted_as_the_word_that_it_is_called() -> None:
    counter = Counter(septet.Planner("gsm"), config_of({"bounds": {"name": "1..200"}}))
    for text, expected in (("name", (1, 1)), ("{name}", (1, 3)), ("name", (1, 1))):
        assert counter.count(message(text, ("general",))).segments == expected, text
