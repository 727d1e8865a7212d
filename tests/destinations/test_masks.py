"""Masks: the digits in the middle of a phone number are hidden, and nothing else."""

from __future__ import annotations

import pytest

from septet.destinations.masks import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+33 6 12 34 56 89", "+33 6 12 •• •• 89"),
        ("+33612345689", "+33612••••89"),
        ("0033 6 12 34 56 89", "0033 6 12 •• •• 89"),
        ("06.12.34.56.89", "06.12.••.••.89"),
        ("0612345689", "0612••••89"),
        ("(06) 12-34-56-89", "(06) 12-••-••-89"),
        ("a;0612345689;b", "a;0612••••89;b"),
        ("« 06123456 »", "« 0612••56 »"),
        ("tel:+33612345689, 0698765432.", "tel:+33612••••89, 0698••••32."),
        ("2 x 1200 = 2400", "2 x 1200 = 2400"),
        ("order A0612345689B", "order A0612345689B"),
        ("12 345", "12 345"),
        ("", ""),
    ],
)
def test_what_is_hidden(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_examples_of_a_document_are_nobodys() -> None:
    text = '"0612345689": numbers such as 0612345678 or 33612345678'
    assert masked(text, "0612345678 or 33612345678") == text.replace("0612345689", "0612••••89")
    assert masked("3361234", "33612345678") == "3361•34"


def test_a_long_text_is_looked_through_once() -> None:
    assert len(masked("0" * 300_000 + " " + "1 " * 300_000)) == 900_001
