"""What a vendor cuts at a number of characters, though more segments would be allowed."""

from __future__ import annotations

import pytest

import septet

RULES = """
extends = "gsm"
[limit]
ceiling = 9
truncate = true
cut_by = "WHO"
source = "made for a test"
[character_limit]
gsm7 = 20
ucs2 = 10
counted = "COUNTED"
source = "made for a test"
"""


@pytest.mark.parametrize("who", ["sender", "vendor"])
@pytest.mark.parametrize(
    ("counted", "text", "kept"),
    [
        ("characters", "a" * 20, 20),
        ("characters", "a" * 25, 20),
        ("characters", "€" * 25, 20),
        ("characters", "ж" * 10, 10),
        ("characters", "ж" * 15, 10),
        ("characters", "😀" * 15, 10),
        # An extension character takes two septets, an emoji two UTF-16 code units.
        ("units", "a" * 25, 20),
        ("units", "€" * 25, 10),
        ("units", "a" + "€" * 25, 10),
        ("units", "ж" * 15, 10),
        ("units", "😀" * 15, 5),
        ("units", "ж" + "😀" * 15, 5),
    ],
)
def test_a_text_is_cut_where_it_must_be(counted: str, text: str, kept: int, who: str) -> None:
    own = septet.Profile.from_toml(RULES.replace("COUNTED", counted).replace("WHO", who))
    assert septet.plan(text, own).sent == text[:kept]
