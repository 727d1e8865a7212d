"""Bad numbers: why a number is in no numbering plan, and which other one it may be."""

from __future__ import annotations

import pytest

from septet.campaign.bad_numbers import why_bad


@pytest.mark.parametrize(
    ("written", "home", "said"),
    [
        (None, "FR", "there is no phone number"),
        (" ", "FR", "there is no phone number"),
        ("3.36E+10", "FR", "a spreadsheet has shortened the number to 3.36E+10: format the column as text"),
        ("0612345678", None, "is a national one, and the country is not known"),
        # Réunion's, without its code.
        ("0692123456", "FR", "the number 0692123456 may be +262692123456: write it with a + in front"),
        ("0612", "FR", "no numbering plan has the phone number 0612"),
    ],
)
def test_why_a_number_is_bad(written: str | None, home: str | None, said: str) -> None:
    nowhere: set[int] = set()
    # Numbers that begin alike share a key: what is remembered for it changes no answer.
    for _ in range(2):
        assert said in str(why_bad(written, home, nowhere, 7))
    assert said in str(why_bad(written, home))
