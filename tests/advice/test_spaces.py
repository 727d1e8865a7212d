"""Spaces: which blanks an SMS can miss, and that no more of them go than save a segment."""

from __future__ import annotations

import re

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from test_advice import APPOINTMENT, advised, kinds, replay

import septet
from septet.advice.spaces import gaps, may_save, without
from septet.planning.things.recognition import things


def less(text: str) -> str:
    return without(text, gaps(text, things(text)))


PIECES = [*'ah120!?;:%€"»\t\n\r +', "  ", "\u00a0", "\u202f", "\r\n", "14 h 30", "06 12 34 56 78", "call "]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_quick_look_refuses_nothing_that_may_save(text: str) -> None:
    places = sum(len(gap.places) for gap in gaps(text, things(text)))
    assert may_save(text, places)
    assert not may_save(text, 2 * len(text) + 1)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("À bientôt !", "À bientôt!"),
        ("Prêt ? Oui ! Non ?! Fin", "Prêt? Oui! Non?! Fin"),
        ("Prix : 10 € ; soit -20 % !", "Prix: 10€; soit -20%!"),
        ("à 14 h 30, 8 h, 14h 30 ou 9 h30", "à 14h30, 8h, 14h30 ou 9h30"),
        ("au 01 23 45 67 89.", "au 0123456789."),
        ("au +33 6 12 34 56 78 ou 0 800 123 456", "au +33612345678 ou 0800123456"),
        ("a  b   c", "a b c"),
        ("a \nb  \r\nc  ", "a\nb\r\nc"),
        ("a\n\n\nb\n\nc", "a\n\nb\n\nc"),
        ("a\r\n\r\n\r\n\r\nb", "a\r\n\r\nb"),
        ("a\r\r\rb", "a\r\rb"),
        ("a\n \n\u00a0\n b", "a\n\n b"),
        ("Hi   Ann  , hello", "Hi Ann , hello"),
        ("\u00a0a\u00a0!\u202f", "\u00a0a!"),
        # Texts that a sign would become part of, or change.
        ("https://a.fr/x !", "https://a.fr/x !"),
        ("a@exemple.fr ?", "a@exemple.fr ?"),
        ("exemple.fr !", "exemple.fr !"),
        ("Votre code : 482913 ! Merci", "Votre code: 482913 ! Merci"),
        ("AB12C ?", "AB12C ?"),
        ("ok :) ;) :D", "ok :) ;) :D"),
        ("les % et les €", "les % et les €"),
        ("10 €uros, 5 %20", "10 €uros, 5 %20"),
        # Not a telephone number, or one that is to be copied.
        ("code 012 345 678", "code 012 345 678"),
        ("IBAN FR76 0123 4567 8901", "IBAN FR76 0123 4567 8901"),
        ("4970 0123 4567 8901", "4970 0123 4567 8901"),
        ("le 01 02 2024", "le 01 02 2024"),
        ("482 913", "482 913"),
        ("1 000 000 000 euros", "1 000 000 000 euros"),
        ("14 heures, 30 h", "14 heures, 30 h"),
        ("!", "!"),
        (" !", " !"),
    ],
)
def test_which_blanks_can_be_missed(text: str, written: str) -> None:
    assert less(text) == written


def test_advice_does_not_stop_one_character_short() -> None:
    best = septet.advise(APPOINTMENT)[0]
    assert (best.kind, best.billed_segments, best.saves) == ("typography+spaces+accents", 1, 2)
    assert "14h30" in best.text
    assert "01 23 45 67 89. A bientot !" in best.text
    assert best.note.endswith("Blanks that an SMS does not need are left out: 14 h 30 → 14h30.")
    assert replay(APPOINTMENT, best.changes) == best.text


def test_a_text_in_its_encoding_loses_blanks_alone() -> None:
    text = "a" * 150 + " oui !!  mai"  # 162 septets
    advice = advised("spaces", text)
    assert (advice.text, advice.units, advice.billed_segments) == ("a" * 150 + " oui!! mai", 160, 1)
    russian = "Ждём вас в пятницу в 14 h 30 " + "д" * 42  # 71 units of UCS-2
    advice = advised("spaces", russian)
    assert (advice.text, advice.encoding) == (russian.replace("14 h 30", "14h30"), "ucs2")


def test_a_blank_that_a_folding_makes_is_left_out_with_it() -> None:
    text = "x" * 154 + " oui’\u00a0!"  # 161 septets with plain signs
    assert septet.count(text.replace("\u00a0", " ").replace("’", "'")) == 2
    best = septet.advise(text)[0]
    assert (best.kind, best.text) == ("typography+spaces", "x" * 154 + " oui'!")
    assert [change.source for change in best.changes] == ["’", "\u00a0"]


def test_what_saves_nothing_by_itself_may_do_so_with_a_blank() -> None:
    # 134 units of UCS-2 are two segments, and 161 septets too.
    text = "x" * 98 + "’" + "€" * 29 + " oui !"
    assert (septet.count(text), septet.count(text.replace("’", "'"))) == (2, 2)
    assert septet.plan(text.replace("’", "'")).units == 163
    text = text[2:]
    assert septet.plan(text.replace("’", "'")).units == 161
    best = septet.advise(text)[0]
    assert (best.kind, best.billed_segments) == ("typography+spaces", 1)


def test_where_no_blank_does_the_note_says_how_much_less_would() -> None:
    text = "x" * 155 + " ’oui" + "y"  # 161 septets
    assert kinds(text)[0] == "typography"
    assert advised("typography", text).note.endswith(" 1 unit less would save another segment.")
    far = "x" * 250 + "’"
    assert "would save another" not in advised("typography", far).note


def test_placeholders_and_mentions_stay_as_they_are() -> None:
    text = "mot " * 36 + "oui !  STOP 36034"
    advice = advised("spaces", text, "smsmode", commercial=True)
    assert advice.text.endswith("STOP 36034")
    assert septet.plan(advice.text, "smsmode", commercial=True).optout_status == "already-there"


WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "Bonjour",
                "à",
                "14 h 30",
                " !",
                " ?",
                " :",
                " ;",
                "10 €",
                "20 %",
                "01 23 45 67 89",
                "  ",
                " \n",
                "\r\n",
            ),
            *(
                "https://a.fr/b",
                "a@b.fr",
                "code 482 913",
                "l’été",
                "ê",
                "🎉",
                "[€]",
                "\u00a0!",
                "x" * 30,
                "ж",
                "STOP 36034",
            ),
        ]
    ),
    max_size=24,
).map(" ".join)

_KEPT = re.compile(r"https?://\S+|\S+@\S+|code[ \d]+\d")


@given(text=WORDS, profile=st.sampled_from(septet.profiles()))
def test_no_more_blanks_go_than_needed_and_none_of_an_address(text: str, profile: str) -> None:
    before = septet.count(text, profile)
    for advice in septet.advise(text, profile):
        removed = [change for change in advice.changes if change.reason == "spaces"]
        if not removed:
            continue
        assert all(not change.source.strip() and not change.replacement for change in removed)
        for kept in _KEPT.finditer(text):
            assert all(change.end <= kept.start() or change.start >= kept.end() for change in removed)
        # With all of them back, a segment more is billed: they were needed.
        others = tuple(change for change in advice.changes if change.reason != "spaces")
        language = {} if advice.language is None else {"language": advice.language}
        assert septet.count(replay(text, others), profile, **language) > advice.billed_segments
        assert advice.billed_segments <= before


@given(text=strategies.texts(longest_filler=40))
def test_gaps_are_blanks_and_none_stands_twice(text: str) -> None:
    found = gaps(text, things(text))
    places = [place for gap in found for place in gap.places]
    assert len(set(places)) == len(places)
    assert all(text[place] in " \u00a0\u2009\u202f\r\n" for place in places)
    assert less(text).split() == text.split() or found


@pytest.mark.long
@pytest.mark.parametrize("text", [" ", "a ", "a !", "0 ", "01 ", "14 h ", " \n", "a  b", "€ %", "+1 ", "1 €"])
def test_a_text_of_a_million_characters_has_an_answer(text: str) -> None:
    # By its square, one of them would take hours.
    written = text * (1_000_000 // len(text))
    assert all(0 <= place < len(written) for gap in gaps(written, things(written)) for place in gap.places)
