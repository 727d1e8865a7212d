"""Numbers as the vendors' documents write them, read by their numbering plans."""

from __future__ import annotations

import pytest

from septet.destinations.phone_numbers import PhoneNumber, phone_number


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0623123457", PhoneNumber("33623123457", "FR", True)),  # sMsmode, 2 Envoi de SMS
        ("33600000001", PhoneNumber("33600000001", "FR", True)),  # Envoyer SMS Pro, recipients
        ("+33612345678", PhoneNumber("33612345678", "FR", True)),
        ("3363123456", PhoneNumber("3363123456", "FR", False)),  # sMsmode, 2: one digit short
        ("352000000077", PhoneNumber("352000000077", "LU", False)),  # Envoyer SMS Pro: not assigned
        ("262692123456", PhoneNumber("262692123456", "RE", True)),
        ("+590690123456", PhoneNumber("590690123456", "GP", True)),
        ("14155552671", PhoneNumber("14155552671", "US", True)),
        ("870773111632", PhoneNumber("870773111632", "001", True)),  # Inmarsat
        ("+80012345678", PhoneNumber("80012345678", "001", True)),  # a calling code of no country
    ],
)
def test_a_number_is_read_as_its_plan_has_it(written: str, read: PhoneNumber) -> None:
    assert phone_number(written, "FR") == read


def test_a_national_number_belongs_to_the_country_it_is_read_in() -> None:
    assert phone_number("0470123456", "BE") == PhoneNumber("32470123456", "BE", True)


def test_a_number_that_lost_its_zero_is_no_number_for_a_vendor() -> None:
    # A spreadsheet keeps this of 0612345678; +612345678 is not a number of Australia's plan.
    assert phone_number("612345678", "FR") == PhoneNumber("33612345678", "FR", True)
    sent = phone_number("612345678", "FR", as_sent=True)
    assert sent == PhoneNumber("612345678", "AU", False)


@pytest.mark.parametrize("written", ["330612345678", "+330612345678"])
def test_a_number_that_kept_its_zero_is_none_that_can_be_sent(written: str) -> None:
    assert phone_number(written, "FR") == PhoneNumber("33612345678", "FR", True)
    assert phone_number(written, "FR", as_sent=True) == PhoneNumber("330612345678", "FR", False)


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("390612345678", "IT"),  # in Italy and the Ivory Coast the zero belongs to the number
        ("2250123456789", "CI"),
        ("+33 6 12 34 56 78", "FR"),
    ],
)
def test_digits_that_belong_to_a_number_are_kept(written: str, country: str) -> None:
    digits = written.removeprefix("+").replace(" ", "")
    assert phone_number(written, "FR", as_sent=True) == PhoneNumber(digits, country, True)


@pytest.mark.parametrize("written", ["", "abc", "+", "é", "\ud800"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert phone_number(written, "FR") is None
