"""Answers stored for all numbers with the same beginning, compared with phonenumbers."""

from __future__ import annotations

import random

import phonenumbers
import pytest
from generated_numbers import NO_NUMBER, Read, expected, numbers

from septet.destinations import beginnings as module
from septet.destinations.beginnings import MOST, Beginnings
from septet.destinations.phone_numbers import phone_number, reading_of

#: A country with a family overseas, one of twenty-five with its calling code, one where zeros belong to
#: numbers, and one where what is dialled in front holds the code of a carrier.
COUNTRIES = ("FR", "US", "IT", "BR")


def test_a_sample_of_numbers_is_read_as_phonenumbers_reads_them() -> None:
    known = 0
    for country in COUNTRIES:
        for text, home in numbers(country, 120, random.Random(country)):
            number, kind = reading_of(text, home)
            read = Read(*number, kind) if number else NO_NUMBER
            assert read == expected(text, home), (text, home)
            known += read.known
    assert 100 < known < 450


def test_a_plan_is_asked_once_for_all_that_begin_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    parse = phonenumbers.parse
    monkeypatch.setattr(phonenumbers, "parse", lambda *given: asked.append(given) or parse(*given))
    some = Beginnings("FR")
    assert some.reading("+33612345678").number == ("33612345678", "FR", True)
    first = len(asked)
    assert first
    for place in range(1000):
        assert some.reading(f"+3361{place:07d}").number == (f"3361{place:07d}", "FR", True)
    assert len(asked) == first
    assert some.reading("0612345678").number == ("33612345678", "FR", True)
    assert len(asked) > first


def test_what_hangs_on_more_digits_is_asked_each_time() -> None:
    # A carrier's code and the digits dialled after it, up to the last one.
    some = Beginnings("BR")
    assert some.answer("0211123456789", False).head is None
    read = some.reading("0211123456789").number
    assert read is not None
    assert read.digits == expected("0211123456789", "BR").digits


def test_a_number_as_it_is_sent_is_what_it_is_written_as() -> None:
    for written in ("330612345678", "+330612345678", "612345678", "+33 612345678", "0612345678"):
        apart = module.beginnings("FR", True)
        assert apart is not module.beginnings("FR")
        read = phone_number(written, "FR", as_sent=True)
        assert read is not None
        assert read.known == (written in ("+33 612345678", "0612345678")), written


def test_no_more_digits_are_looked_at_than_a_table_has_room_for() -> None:
    some = Beginnings("FR")
    for text, _ in numbers("FR", 300, random.Random(7)):
        digits = "".join(sign for sign in text if sign.isdigit())
        if 3 <= len(digits) <= 18:
            assert some.answer(digits, True).looked_at <= MOST
