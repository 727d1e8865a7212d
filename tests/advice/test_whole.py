"""What must stay whole: no advice leaves it out, folds it, joins it, or cuts it in two."""

from __future__ import annotations

import sys
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_advice import LONG, advised, kinds

import septet
from septet.planning.things.recognition import things
from septet.planning.things.thing import Thing

ORDER = (
    "Votre commande est prete au magasin du centre, venez la retirer avant samedi soir, ouverture de 9h a "
    "19h sans interruption. Suivi : https://exemple.fr/s/AbCdEf12345"
)
NEWS = "Bonjour, voici un message qui est bien trop long pour tenir dans un seul SMS comme on le voudrait"


# --- the promise --------------------------------------------------------------------------

UNCHANGED = ("link", "email", "code", "machine-line", "app-hash", "field")


def stays(text: str, thing: Thing, advice: septet.Advice) -> bool:
    """Whether an advice leaves a thing unchanged, or changes it as it says, so that nobody is misled."""
    within = [change for change in advice.changes if change.start < thing.end and change.end > thing.start]
    if not within:
        return text[thing.start : thing.end] in advice.text
    reasons = {change.reason for change in within}
    if reasons & {"shortening", "emoji", "strip"}:
        return False
    if thing.kind in UNCHANGED:
        if thing.kind == "link":
            within = [change for change in within if change.reason != "links" or not is_escaped(change)]
        return all(change.reason == "markup" for change in within)
    # Its digits are all there, and of a telephone number nothing else is missing.
    written = becomes(text, thing, within)
    kept = [character for character in text[thing.start : thing.end] if character in "0123456789"]
    left = iter(written)
    return "markup" in reasons or all(digit in left for digit in kept)


def is_escaped(change: septet.Change) -> bool:
    return unquote(change.replacement) == change.source


def becomes(text: str, thing: Thing, within: list[septet.Change]) -> str:
    """What is written for a thing by changes that touch it."""
    parts, place = [], thing.start
    for change in within:
        parts += [text[place : change.start], change.replacement]
        place = change.end
    return "".join([*parts, text[place : thing.end]])


def test_what_is_said_of_a_thing_is_told_from_what_is_not() -> None:
    text = "Le 12 a 10 €"
    (advice,) = [a for a in septet.advise(f"{text} {'x' * 160}") if a.kind == "shortening"]
    gone = advice._replace(changes=(septet.Change(3, 5, "12", "", "shortening"),))
    less = advice._replace(changes=(septet.Change(3, 5, "12", "1", "signs"),))
    for thing in things(text):
        assert stays(text, thing, advice)
        assert stays(text, thing, gone) == stays(text, thing, less) == (thing.start > 3)


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "https://ex.fr/a",
                "https://ex.fr/~a_b?x={1}&y=[2]",
                "www.ex.fr/ça",
                "bit.ly/3xYz",
                "exemple.fr",
            ),
            *(
                "jean.ç@exemple.fr",
                "Votre code : 123 456",
                "Code: AB-12-CD",
                "mot de passe : çé’12",
                "06 12 34 56 78",
            ),
            *(
                "+33\u00a06 12 34 56 78",
                "STOP au 36111",
                "{prénom}",
                "{{ name }}",
                "[STOP_CODE]",
                "10 €",
                "5~10 €",
            ),
            *(
                "14 h 30",
                "le 3 décembre",
                "<prenom>",
                " ",
                " ",
                "\n",
                ", ",
                ". ",
                "!",
                " !",
                "(",
                ")",
                "«",
                "»",
            ),
            *(
                "🎉",
                "😀",
                "✓",
                "…",
                "’",
                "\u200b",
                "\ufeff",
                "點擊",
                "жа",
                "ç",
                "ê",
                "Go",
                "mot ",
                "mots de plus. ",
            ),
            *(
                "20ºC",
                "20\u00a0°C",
                "40º a la sombra",
                "2½ h",
                "-20\u00a0%",
                "n°\u00a012345",
                "commande #A12-99",
            ),
            *(
                "FR76 3000 6000 0112 3456 7890 189",
                "3 août 2026",
                "à 14\u00a0h\u00a030",
                "10²",
                "24/7",
                "1 000 000",
            ),
            *("&amp;", "<b>", "</b>", "<br>", '<a href="https://ex.fr/b">', "\n\n\n", "  ", "5", "٣"),
            *("-", "/", "\x1b", "\ud800", "\t", "\u00a0", "½", "º", "x" * 30, "\r\n", "voici des mots " * 4),
        ]
    ),
    max_size=20,
).map("".join)
TEXTS = st.tuples(
    st.sampled_from(["", "<#> ", "\u200b\u200b"]),
    PIECES,
    st.sampled_from(["", "\n\n@www.example.gov #123456", " FA+9qCX9VSu"]),
).map("".join)


@given(text=TEXTS, profile=st.sampled_from(septet.profiles()))
@example(text=ORDER, profile="gsm")
def test_every_thing_is_in_every_advice(text: str, profile: str) -> None:
    found = things(text)
    for advice in septet.advise(text, profile):
        if advice.kind == "encoding":
            continue  # what is garbled was never meant
        for thing in found:
            assert stays(text, thing, advice), (thing, advice)


@given(text=TEXTS, profile=st.sampled_from(["gsm", "smsmode", "twilio"]))
def test_no_words_are_left_out_that_cut_a_thing_in_two(text: str, profile: str) -> None:
    found = things(text)
    for advice in septet.advise(text, profile):
        for change in advice.changes:
            if change.reason == "shortening":
                for thing in found:
                    assert not thing.start < change.start < thing.end, (thing, change)
                    assert not thing.start < change.end < thing.end, (thing, change)


# --- shortening ---------------------------------------------------------------------------


def test_shortening_names_words_before_a_link_at_the_end() -> None:
    assert septet.count(ORDER) == 2
    advice = advised("shortening", ORDER)
    assert advice.text == ORDER.replace(" interruption.", "")
    assert advice.note == 'Shorten it by 4 units to save 1 segment: "interruption." is too much.'


@pytest.mark.parametrize(
    "kept",
    [
        "\n\n@www.example.gov #123456",
        " Suivi : https://exemple.fr/s/AbCdEf12345",
        " Écrivez à jean.dupont@exemple.fr",
        " Votre code est 123 456",
        " Votre code est 123456. Merci",
        " Appelez le 01 23 45 67 89",
        " A bientot {prenom}",
    ],
)
def test_what_a_text_is_sent_for_stays_with_its_words(kept: str) -> None:
    text = NEWS + ", et encore un peu plus long que cela, sans fin." + kept
    advice = advised("shortening", text)
    assert advice.text.endswith(kept)
    assert advice.text.startswith("Bonjour, voici")


def test_an_hash_of_an_app_stays_at_the_end() -> None:
    text = f"<#> {NEWS} {NEWS} FA+9qCX9VSu"
    text = text[:175] + " FA+9qCX9VSu"
    advice = advised("shortening", text)
    assert advice.text.startswith("<#> Bonjour")
    assert advice.text.endswith(" FA+9qCX9VSu")


def test_words_between_two_links_go_where_those_at_the_end_do_not_do() -> None:
    text = "Voir https://ex.fr/a puis " + "mot " * 32 + "et https://ex.fr/b fin"
    advice = advised("shortening", text)
    assert "Voir https://ex.fr/a puis mot" in advice.text
    assert advice.text.endswith("mot et https://ex.fr/b fin")


def test_where_nothing_else_can_go_there_is_no_such_advice() -> None:
    assert kinds("https://exemple.fr/" + "a" * 150) == []


# --- links, and text right after them ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://ex.fr/a🎉Venez vite", "https://ex.fr/a Venez vite"),
        ("https://ex.fr/a🎉(ici)", "https://ex.fr/a (ici)"),
        ("https://ex.fr/a🎉-20 %", "https://ex.fr/a -20 %"),
        ("https://ex.fr/a🎉", "https://ex.fr/a"),
        ("https://ex.fr/a🎉!", "https://ex.fr/a!"),
        ("(https://ex.fr/a🎉)", "(https://ex.fr/a)"),
        ("https://ex.fr/a\u200b🎈Venez", "https://ex.fr/a Venez"),
        ("https://ex.fr/a😀", "https://ex.fr/a :)"),
        ("https://ex.fr/a✓", "https://ex.fr/a OK"),
        ("https://ex.fr/a…Venez", "https://ex.fr/a ...Venez"),
        ("https://ex.fr/a…", "https://ex.fr/a..."),
        ("https://ex.fr/a\u200bVenez", "https://ex.fr/a Venez"),
        ("https://ex.fr/a\u00a0Venez", "https://ex.fr/a Venez"),
        ("«https://ex.fr/a»", '"https://ex.fr/a"'),
        ("https://ex.fr/a点击", "https://ex.fr/a Dian Ji"),
        ("a@ex.fr🎉Venez", "a@ex.fr Venez"),
        ("Code: AB-12🎉-CD’", "Code: AB-12 -CD'"),
        # What is a hyphen already separates nothing.
        ("code PROMO\u2011ÉTÉ", "code PROMO-ÉTÉ"),
        ("code AB12\u2010CD34", "code AB12-CD34"),
        ("Appelez le 3939\u20111", "Appelez le 3939-1"),
    ],
)
def test_nothing_becomes_a_part_of_a_link(text: str, written: str) -> None:
    found = septet.advise(f"{LONG} {text}")
    best = next(advice for advice in found if advice.kind != "blank")  # which comes before last resorts
    assert best.text == f"{LONG} {written}"


@pytest.mark.parametrize(
    "thing", ["jean.ç@exemple.fr", "mot de passe : çédille12", "{prénom_reçu}", "www.ça.fr", "Code: NOËL24"]
)
def test_what_would_lead_elsewhere_is_not_folded(thing: str) -> None:
    for advice in septet.advise(f"Reçu. {thing}", "smsmode"):
        assert advice.text.endswith(thing)


# --- degrees and ordinals -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("20ºC", "20 C"),
        ("20 ºC", "20 C"),
        ("40º a la sombra", "40 deg a la sombra"),
        ("8º à sombra", "8 deg à sombra"),
        ("Hasta 38º.", "Hasta 38 deg."),
        ("-5º", "-5 deg"),
        ("36,5º", "36,5 deg"),
        ("máxima de 40º", "maxima de 40 deg"),
        ("25º e Porto 28º", "25 deg e Porto 28 deg"),
        ("3.º A", "3.o A"),
        ("2º 1ª", "2.o 1.a"),
        ("Mª", "Ma"),
        ("n.º 4", "n.o 4"),
        ("Nº 12", "No 12"),
        ("1º de mayo", "1.o de mayo"),
        ("2º piso", "2.o piso"),
        ("40º aniversario", "40.o aniversario"),
        ("el 20º de la lista", "el 20.o de la lista"),
    ],
)
def test_a_raised_o_is_a_degree_only_where_it_measures(text: str, written: str) -> None:
    assert septet.advise(f"{LONG}’ {text}")[0].text == f"{LONG}' {written}"


# --- the work -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "https://ex.fr/a ",
        "https://ex.fr/ç🎉",
        "06 12 34 56 78 ",
        "{prénom} ",
        "code 1234 ",
        "a@b.fr’",
        "40º ",
        "12 mot ",
        "a &amp;amp; ",
        "<b>Promo</b> de mai ",
        "<a href='https://ex.fr/a'>x</a> ",
        "https://ex.fr/a🎉Go ",
        "\n\n\nx",
    ],
)
def test_work_grows_with_the_text(text: str) -> None:
    def calls(characters: int) -> int:
        counted = 0

        def note(frame: object, event: str, argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        written = "a " + text * (characters // len(text))
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            septet.advise(written)
        finally:
            sys.setprofile(before)
        return counted

    calls(1000)  # what is compiled once
    assert calls(8000) < 10 * calls(1000) + 3000
