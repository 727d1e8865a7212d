"""Advice: what is advised, in which order, and that applying it gives exactly what it promised."""

from __future__ import annotations

import sys
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import example, given
from hypothesis import strategies as st
from oracle_profiles import PROFILES

import septet
from septet import _tables
from septet.advice import transliteration
from septet.advice.advice import in_passing
from septet.advice.foldings import MENDING
from septet.advice.repairs import repairs
from septet.advice.shortening import shortenings
from septet.planning.things.recognition import things

FRENCH = "Ça y est : -20 % sur tout jusqu\u2019à dimanche ! Votre reçu vous offre 10 € dès 50 € d'achat."
APPOINTMENT = (
    "Chère Élodie, votre rendez-vous chez l\u2019ostéopathe est confirmé pour le 3 décembre à 14 h 30. En "
    "cas d\u2019empêchement, merci d\u2019appeler le 01 23 45 67 89. À bientôt !"
)
RUSSIAN = "Привет, ваш заказ готов. Вы можете забрать его в любое время до вечера пятницы"
TURKISH = "Siparişiniz hazır: bugün saat 18'e kadar mağazamızdan alabilirsiniz. İyi günler!"
# 71 UTF-16 code units or more need two segments of UCS-2; as many septets need one.
LONG = "x" * 71


def kinds(text: str, profile: str = "gsm", **options: Any) -> list[str]:
    return [advice.kind for advice in septet.advise(text, profile, **options)]


def advised(kind: str, text: str, profile: str = "gsm", **options: Any) -> septet.Advice:
    found = [advice for advice in septet.advise(text, profile, **options) if advice.kind == kind]
    assert len(found) == 1, kinds(text, profile, **options)
    return found[0]


def replay(text: str, changes: tuple[septet.Change, ...]) -> str:
    pieces, place = [], 0
    for change in changes:
        assert text[change.start : change.end] == change.source
        assert change.start >= place
        pieces += [text[place : change.start], change.replacement]
        place = change.end
    return "".join(pieces) + text[place:]


def not_arrived(plan: septet.Plan) -> int:
    lost = [c for c in plan.changes if c.reason in ("lossy", "unmapped")]
    invalid = [
        problem.end - problem.start
        for problem in plan.problems
        if problem.code == "invalid-character" and problem.start is not None and problem.end is not None
    ]
    return plan.truncated + (sum(invalid) if plan.encoding == "ucs2" else len(lost))


# --- the promise --------------------------------------------------------------------------


def keeps_its_promise(text: str, profile: str, options: dict[str, Any]) -> None:
    before = septet.plan(text, profile, **options)
    found = septet.advise(text, profile, **options)
    errors = {problem.code for problem in before.problems if problem.severity == "error"}
    for advice in found:
        language = {} if advice.language is None else {"language": advice.language}
        after = septet.plan(advice.text, profile, **{**options, **language})
        assert (after.encoding, after.units, after.billed_segments) == (
            advice.encoding,
            advice.units,
            advice.billed_segments,
        )
        assert advice.saves == before.billed_segments - after.billed_segments
        assert advice.saves_units == before.units - after.units
        assert advice.mends == max(0, not_arrived(before) - not_arrived(after))
        assert replay(text, advice.changes) == advice.text
        if advice.kind == "encoding":
            # A garbled text is repaired even if that saves nothing, and nothing else is changed.
            # The plan of a text that is cut only describes what is kept.
            uncut = septet.plan(text, profile, **{**options, "truncate": False})
            (garbled,) = (p for p in uncut.problems if p.code == "suspect-encoding")
            assert (len(found), advice.text) == (1, garbled.details["probably"])
            continue
        mended = MENDING.intersection(advice.kind.split("+"))
        assert {change.reason for change in advice.changes} <= set(advice.kind.split("+"))
        assert advice.saves >= 0 or (mended and f" {-advice.saves} more segment" in advice.note)
        assert advice.mends == not_arrived(before) - not_arrived(after)
        assert advice.saves > 0 or advice.mends > 0 or mended
        assert advice.text != text or advice.language is not None
        assert advice.note
        assert not {problem.code for problem in after.problems if problem.severity == "error"} - errors
    assert len({(advice.text, advice.language) for advice in found}) == len(found)
    for advice in found:
        if MENDING.issuperset(advice.kind.split("+")) and advice.kind != "encoding":
            assert not repairs(advice.text, septet.Planner(profile, **options).terms.placeholders)


ANY_TEXT = strategies.texts(longest_filler=335)
FOLDABLE = st.lists(
    st.sampled_from(
        [
            *(
                "’",
                "«",
                "…",
                "\u00a0",
                "\t",
                "\u202f",
                "\u200b",
                "\ufeff",
                "ç",
                "œ",
                "ê",
                "ő",
                "Č",
                "½",
                "2½",
                "10²",
            ),
            *(
                "°",
                "😀",
                "🎉",
                " 🎉 ",
                "🎉🎉 ",
                "👨\u200d👩\u200d👧",
                "1\ufe0f\u20e3",
                "\r\n",
                "e\u0301",
                "o\u0302",
            ),
            *(
                "Α",
                "Φ",
                "а",
                "ж",
                "ώ",
                "ş",
                "ı",
                "नि",
                "字",
                "\ud800",
                "\x1b",
                "a",
                " ",
                "€",
                "[",
                "x" * 30,
                "x" * 67,
            ),
            *("http://a.fr/é’ç", "www.ça.fr", " ça.fr/ç’", "ç@ça.fr"),
        ]
    ),
    max_size=24,
).map("".join)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    profile = draw(st.sampled_from(sorted(PROFILES)))
    return draw(st.one_of(ANY_TEXT, FOLDABLE)), profile, draw(strategies.options(profile))


@given(case=cases())
def test_an_advice_gives_exactly_what_it_promised(case: tuple[str, str, dict[str, Any]]) -> None:
    keeps_its_promise(*case)


@given(text=FOLDABLE, profile=st.sampled_from(septet.profiles()), commercial=st.booleans())
@example(text="www.ça.fr😀www.ça.fr😀", profile="gsm", commercial=False)
def test_so_it_does_for_texts_full_of_what_can_be_folded(text: str, profile: str, commercial: bool) -> None:
    keeps_its_promise(text, profile, {"commercial": commercial})


@given(text=FOLDABLE, language=st.sampled_from(["auto", "tr", ("es", "pt")]))
@example(text=TURKISH, language="es")
def test_so_it_does_where_a_language_was_asked_for(text: str, language: str | tuple[str, ...]) -> None:
    keeps_its_promise(text, "gsm", {"language": language})
    assert all(advice.language is None for advice in septet.advise(text, language=language))


# --- what is advised ----------------------------------------------------------------------


def test_french_marketing_text_needs_one_segment_less() -> None:
    best = septet.advise(FRENCH)[0]
    assert best.kind == "typography+cedilla"
    assert best.text == FRENCH.replace("\u2019", "'").replace("ç", "Ç")
    assert (best.encoding, best.billed_segments, best.saves) == ("gsm7", 1, 1)
    # 89 characters, of which the two € cost two septets each.
    assert (best.units, best.saves_units) == (91, 89 - 91)
    assert [(c.source, c.replacement, c.reason) for c in best.changes] == [
        ("\u2019", "'", "typography"),
        ("ç", "Ç", "cedilla"),
    ]
    assert "\u2019 → '" in best.note
    assert "ç → Ç" in best.note
    assert advised("typography+accents", FRENCH).text == best.text.replace("Ç", "c").replace("ca y", "Ça y")


def test_a_vendor_that_loses_characters_is_advised_what_arrives() -> None:
    # sMsmode, 2 Envoi de SMS: a character outside its list becomes a question mark.
    found = septet.advise("Votre reçu", "smsmode")
    assert [(advice.kind, advice.text) for advice in found] == [
        ("cedilla", "Votre reÇu"),
        ("accents", "Votre recu"),
    ]
    assert [(advice.saves, advice.mends) for advice in found] == [(0, 1), (0, 1)]


def test_a_vendor_that_folds_by_itself_needs_no_advice() -> None:
    assert septet.advise(FRENCH, "smspartner") == ()


@pytest.mark.parametrize("profile", ["twilio", "twilio-tollfree", "sinch"])
def test_what_a_vendor_replaces_by_more_than_a_plain_sign_is_folded(profile: str) -> None:
    # Twilio and Sinch write two spaces for U+00A0.
    text = "Bonjour Lea\u00a0! Votre commande est là\u00a0: " + "2\u00a0articles, 45\u00a0€. " * 6 + "…"
    best = septet.advise(text, profile)[0]
    assert (best.kind, best.text, best.saves) == ("typography", text.replace("\u00a0", " "), 1)
    # Where no segment is saved by it, it stays; and UCS-2 that is forced carries it as it is.
    assert septet.advise("a\u00a0b", profile) == ()
    assert kinds("a\u00a0b " * 20 + ".", profile, encoding="ucs2") == ["shortening"]


@pytest.mark.parametrize("profile", ["twilio", "telnyx", "telnyx-shortcode", "sinch"])
def test_a_tab_that_a_vendor_replaces_by_seven_spaces_becomes_one(profile: str) -> None:
    advice = advised("typography", "aaa\t" * 30 + "a", profile)
    assert (advice.text, advice.saves) == ("aaa " * 30 + "a", 1)
    # Together with what is outside the alphabet; what is joined to another character stays unchanged.
    text = "aaa\t" * 30 + "ę"
    assert septet.advise(text, profile)[0].text == "aaa " * 30 + "e"
    keeps_its_promise("aaa\t\u0301" * 30, profile, {})


@pytest.mark.parametrize("text", ["", "abc", "l\u2019été 😀 ж", "a" * 160, "é" * 160, "€" * 80])
def test_nothing_is_advised_where_nothing_can_be_gained(text: str) -> None:
    assert septet.advise(text) == ()


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        ("composition", "ж" * 69 + "e\u0301", "ж" * 69 + "é"),
        ("composition", LONG + "e\u0301", LONG + "é"),
        ("line-breaks", "ж\r\n" + "ж" * 68, "ж\n" + "ж" * 68),
        ("line-breaks", "a\r\n" + "a" * 158, "a\n" + "a" * 158),
        ("typography", "ж" * 70 + "\ufeff", "ж" * 70),
        ("typography", LONG + "«\u202fa\u00a0»\u2009– “b” …\u200b", LONG + '" a " - "b" ...'),
        ("look-alikes", LONG + "СОН ΚΑΝΕΝΑ", LONG + "COH KANENA"),
        ("invalid", LONG + "\ud800\x1b", LONG),
        ("ligatures", LONG + "œuf ﬁn Œ", LONG + "oeuf fin OE"),
        ("signs", LONG + " ½ 2½ m² 10² 25° n°3 ™ ③"[:-2], LONG + " 1/2 2 1/2 m2 10^2 25 deg no3 TM"),
        ("signs", LONG + "1\ufe0f\u20e3", LONG + "1"),
        ("cedilla", LONG + "ç c\u0327", LONG + "Ç Ç"),
        ("accents", LONG + "êâÀşőđ x\u0302", LONG + "eaAsöd x"),
        ("emoticons", LONG + "😉 ❤\ufe0f", LONG + ";) <3"),
        ("look-alikes+greek", LONG + "Καλημέρα", LONG + "KAΛHMEPA"),
        ("emoji", LONG + " 🎉 a 🎉🎉 b 👨‍👩‍👧", LONG + " a b"),
        ("links", LONG + " http://a.fr/é/ç?ô=ï.", LONG + " http://a.fr/é/%C3%A7?%C3%B4=%C3%AF."),
    ],
)
def test_each_step_by_itself(kind: str, text: str, written: str) -> None:
    advice = advised(kind, text)
    assert advice.text == written
    assert advice.saves == 1
    assert {change.reason for change in advice.changes} == set(kind.split("+"))


def test_a_character_in_the_name_of_a_host_is_left_alone() -> None:
    assert kinds(LONG + " http://www.ça.fr/ l’a") == ["typography+language"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # A path is escaped as RFC 3987, 3.1 says: ç is the octets C3 A7.
        ("bit.ly/aç9", "bit.ly/a%C3%A79"),
        ("Voir l'exemple.fr/reçu.", "Voir l'exemple.fr/re%C3%A7u."),
        ("a.exemple.fr:80?q=ç", "a.exemple.fr:80?q=%C3%A7"),
        ("FIN.Reçu", "FIN.ReÇu"),  # a full stop
        ("Reçu.Merci", "ReÇu.Merci"),
        ("reçu (exemple.fr), reçu a@exemple.fr, reçu", "reÇu (exemple.fr), reÇu a@exemple.fr, reÇu"),
        ("reçu/lu", "reÇu/lu"),
    ],
)
def test_a_link_without_its_scheme_leads_to_the_same_page(text: str, written: str) -> None:
    assert septet.advise(text, "smsmode")[0].text == written


@pytest.mark.parametrize(
    "text",
    [
        "françois@exemple.fr",
        "Écrire à jean.françois+a@exemple.fr.",
        "franc\u0327ois@exemple.fr",
        "a@façade.fr",
        "façade.fr",
        "façade.com, façade.fr/lu",
    ],
)
def test_an_address_of_mail_and_a_host_are_left_alone(text: str) -> None:
    assert septet.advise(text, "smsmode") == ()
    assert septet.advise(f"reçu {text}", "smsmode")[0].text == f"reÇu {text}"


def test_letters_of_another_script_that_look_latin_are_left_alone_among_others() -> None:
    # Н looks like H, but sounds N: half a word written by its looks is no word.
    assert [(a.kind, a.text) for a in septet.advise("Нина", "smsmode")] == [("transliteration", "Nina")]


def test_only_what_is_needed_is_changed() -> None:
    # The line break could be shorter, but nothing is saved by it.
    text = LONG + "\r\nl\u2019a"
    assert advised("typography", text).text == text.replace("\u2019", "'")
    # Here it is: 161 septets are one too many.
    text = "x" * 155 + "\r\nl\u2019ab"
    assert septet.count(text.replace("\u2019", "'")) == 2
    assert advised("line-breaks+typography", text).billed_segments == 1


def test_what_needs_more_segments_in_gsm_than_in_ucs2_is_not_advised() -> None:
    # 69 of them cost 138 septets, so with the dots there is one segment in both cases.
    assert kinds("€" * 69 + "…") == []


def test_an_emoji_is_only_left_out_with_a_word_about_it() -> None:
    advice = advised("typography+emoji", "l\u2019été 🎉 " + LONG)
    assert advice.text == "l'été " + LONG
    assert "🎉" in advice.note
    assert "left out" in advice.note


def test_what_has_no_width_is_left_out_with_a_word_about_it() -> None:
    note = advised("typography", LONG + "a\u200b" * 5 + "’").note
    assert note == "Typographic signs become plain ones: U+200B is left out (5 times), ’ → '."
    note = advised("invalid", LONG + "\x1b").note
    assert note == "Characters that no SMS can carry are left out: U+001B."


@pytest.mark.parametrize("picture", "♛⚀☽✎✄⚘☭🂡🙾")
def test_a_picture_that_has_no_row_is_left_out_as_an_emoji(picture: str) -> None:
    assert advised("emoji", f"a {picture} b " + LONG).text == "a b " + LONG


def test_emoji_that_have_an_emoticon_keep_it() -> None:
    first, second, *_ = septet.advise("🎉 😀 " + LONG)
    assert (first.kind, first.text) == ("emoticons+emoji", ":) " + LONG)
    assert (second.kind, second.text) == ("emoji", LONG)


def test_a_national_table_is_advised_with_what_it_takes() -> None:
    best = septet.advise(TURKISH, country="TR")[0]
    assert (best.kind, best.language, best.text, best.saves) == ("language", ("tr",), TURKISH, 1)
    assert "Turkish locking shift table" in best.note
    assert septet.count(TURKISH, language=best.language) == best.billed_segments == 1
    assert kinds(TURKISH, "smsmode", encoding="auto") == ["accents", "shortening"]  # it has no tables
    assert "language" not in kinds(TURKISH, language="es")


@pytest.mark.parametrize(
    ("profile", "country", "is_first"),
    [
        ("gsm", None, False),
        ("gsm", "FR", False),
        ("gsm", "TR", True),
        ("gsm", "CY", True),
        ("infobip", None, True),  # national-language-shift.md documents the Turkish one
    ],
)
def test_a_national_table_stands_first_only_where_it_belongs(
    profile: str, country: str | None, is_first: bool
) -> None:
    found = septet.advise(TURKISH, profile, country=country)
    place = [advice.kind for advice in found].index("language")
    assert place == (0 if is_first else len(found) - 1)
    risk = "A phone without the Turkish locking shift table shows other characters"
    assert found[place].note.startswith(risk) is not is_first


def test_the_portuguese_table_is_not_advised_first_for_french() -> None:
    for country in (None, "FR", "BR"):
        found = septet.advise(APPOINTMENT, country=country)
        table = next(advice for advice in found if advice.language == ("pt",))
        # It saves one segment less than plain letters with a few blanks less.
        assert found.index(table) == (1 if country == "BR" else len(found) - 1)
        assert table.note.startswith("A phone without the Portuguese") == (country != "BR")
    assert all(advice.language is None for advice in in_passing(septet.plan(TURKISH)))
    assert [advice.kind for advice in in_passing(septet.plan(TURKISH, country="TR"))] == ["language"]


def test_the_countries_of_a_language_are_those_of_cldr() -> None:
    languages = pytest.importorskip("babel.languages")
    territories = pytest.importorskip("babel.core").get_global("territory_languages")
    known = set(_tables.COUNTRIES.split())
    for code, countries in _tables.COUNTRIES_OF.items():
        official = (
            country
            for country in territories
            if code in languages.get_official_languages(country, regional=True, de_facto=True)
        )
        assert set(countries.split()) == known.intersection(official), code


def test_a_quotation_mark_beside_a_national_table() -> None:
    advice = advised("typography+language", TURKISH.replace("'", "\u2019"))
    assert (advice.text, advice.language) == (TURKISH, ("tr",))


@pytest.mark.parametrize("signs", ["«", "–", "• «", "↔ ((", "->", "&"])
def test_no_sign_is_left_that_leads_to_what_is_left_out(signs: str) -> None:
    head = "Vous trouverez votre colis dès ce matin au relais à côté"
    (shortened,) = (
        advice.text
        for advice in septet.advise(f"{head} {signs} Tabac-Presse-de-l’Étoile » merci")
        if advice.kind == "shortening"
    )
    assert shortened == head


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "Hi Zoë, your “Gold” card renews on 3 June… Reply STOP to end. It’s £9.99",
            "Reply STOP to end.",
        ),
        (
            "Grande braderie ce week-end chez Durand… -50 % sur les pulls et manteaux, venez vite ! "
            "Pour ne plus recevoir nos offres répondez STOP",
            "Pour ne plus recevoir nos offres répondez STOP",
        ),
        ("Sale – 20% off “everything” this weekend only, in all our shops! Txt STOP 36105", "Txt STOP 36105"),
        ("Sale – 20% off “everything” this weekend only, text UNSUBSCRIBE to 1234", "UNSUBSCRIBE to 1234"),
    ],
)
def test_how_to_opt_out_is_not_left_out(text: str, kept: str) -> None:
    shortened = [advice.text for advice in septet.advise(text) if "shortening" in advice.kind]
    assert shortened
    assert all(kept in shorter for shorter in shortened)


def test_transliteration_comes_last_and_only_where_unidecode_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = FRENCH + " Привет"
    assert kinds(text)[0] == "typography+cedilla+transliteration"
    assert advised("transliteration", RUSSIAN).text.startswith("Privet, vash zakaz gotov.")
    assert advised("transliteration", RUSSIAN).saves == 1
    assert kinds("Καλημέρα, " + LONG)[:2] == ["look-alikes+greek", "transliteration"]
    transliteration.by_sound.cache_clear()
    monkeypatch.setitem(sys.modules, "unidecode", None)
    assert not transliteration.available()
    assert kinds(RUSSIAN) == ["shortening"]
    assert kinds("Нина", "smsmode") == []
    transliteration.by_sound.cache_clear()


def test_a_word_that_is_transliterated_is_so_as_a_whole() -> None:
    # TS 23.038, 6.2.1 holds Φ, Σ and Δ, and the small letters not.
    advice = advised("transliteration", "Καλημέρα Φίλε, " + LONG)
    assert advice.text == "Kalemera Phile, " + LONG
    assert ("Φ", "Ph") in [(change.source, change.replacement) for change in advice.changes]
    # A word that the alphabet holds stays as it is, and so does one that is written by its looks.
    assert advised("transliteration", "ΔΣ Φίλος " + LONG).text == "ΔΣ Philos " + LONG
    assert advised("look-alikes+greek", "Φίλε Α " + LONG).text == "ΦIΛE A " + LONG
    # Nor is it a reason against a national table.
    assert advised("look-alikes+language", "ΦΑ ş " + LONG).text == "ΦA ş " + LONG


VIETNAMESE = (
    "Xin chào quý khách, cảm ơn bạn đã sử dụng dịch vụ của chúng tôi. Là ngày thứ Bảy, giờ mở cửa: "
    "sáng và chiều; phòng vé nghỉ lễ, chỗ ở rẻ, ưu đãi lớn, mỗi tuần một lần, hẹn gặp lại ở Đà Nẵng."
)
CZECH = "Vážený zákazníku, zásilka je připravena k vyzvednutí. Děkujeme, krásné a příjemné léto!"


@pytest.mark.parametrize(
    "text",
    [
        VIETNAMESE,
        VIETNAMESE.upper(),
        VIETNAMESE.title(),
        unicodedata.normalize("NFD", VIETNAMESE),
        "Xin chào quý khách" + " " + LONG,
        CZECH,
        "Vo štvrtok sedem kníh, prosíme ešte pé " + LONG,
    ],
)
def test_a_language_that_loses_accents_loses_all(text: str) -> None:
    # GSM-7 has à è ì ò ù é of it by chance; who writes it without accents leaves out all.
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    bare = bare.replace("đ", "d").replace("Đ", "D")
    assert advised("accents", text).text == bare
    assert bare.isascii()


@given(
    letters=st.text("aăâeêioôơuưyđ", min_size=1, max_size=3),
    tone=st.sampled_from("\u0300\u0301\u0303\u0309\u0323"),
)
def test_no_vietnamese_word_keeps_half_its_accents(letters: str, tone: str) -> None:
    word = unicodedata.normalize("NFC", letters + "a" + tone + "ạ")
    assert advised("accents", word + " " + LONG).text.isascii()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # A foreign name goes bare as a whole, and the sentence about it does not.
        (
            "M. Nguyễn Đức Là, votre colis a été livré à côté",
            "M. Nguyen Duc Là, votre colis a été livré à coté",
        ),
        ("Mme KOVÁŘOVÉ, rendez-vous confirmé", "Mme KOVAROVE, rendez-vous confirmé"),
        ("Éric Nguyễn", "Éric Nguyen"),
        ("Nos phở à volonté, réservé aux abonnés", "Nos pho à volonté, réservé aux abonnés"),
        # Languages that GSM-7 was made for keep what it has.
        ("Dépêchez-vous, où êtes-vous ?", "Dépechez-vous, où etes-vous ?"),
        ("Información mañana en el café", "Informacion mañana en el café"),
        ("Não é possível", "Nao é possivel"),
        ("Tšekki ja äiti", "Tsekki ja äiti"),
        # The diaeresis that replaces a double acute is not there by chance.
        ("Árvíztűrő tükörfúrógép, kérjük", "Arviztürö tükörfurogép, kérjük"),
        ("Siparişiniz için bugün kargoya verilmiştir", "Siparisiniz icin bugün kargoya verilmistir"),
        # An address leads elsewhere without its accents.
        ("và bạn http://a.fr/là", "va ban http://a.fr/là"),
    ],
)
def test_accents_stay_where_others_are_not_lost_with_their_language(text: str, written: str) -> None:
    assert advised("accents", text + " " + LONG).text == f"{written} {LONG}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("✓ Payé ✗ Annulé ❖ Bal ♪ ☛ Ici √ 9 ⟶ 3", "OK Payé x Annulé * Bal * -> Ici V 9 -> 3"),
        ("Il fait 20 °C, 68°F, à 45° ; n° 3", "Il fait 20 C, 68 F, à 45 deg ; no 3"),
        ("Point ① puis ❷, 3 ㎏, 1ᵉʳ mai, 10⁻³", "Point 1) puis 2), 3 kg, 1er mai, 10^-3"),
    ],
)
def test_signs_as_they_are_typed_without_them(text: str, written: str) -> None:
    advice = septet.advise(text + " " + LONG)[0]
    assert (advice.kind, advice.text) == ("signs", f"{written} {LONG}")


def test_what_unidecode_does_not_know_is_never_dropped() -> None:
    # Unidecode writes no value for an emoji, nor for a private character.
    assert kinds("\ue000 Привет " + LONG) == ["shortening"]
    assert "🎉" in advised("transliteration", "🎉 Привет " * 3 + "!", "smsmode").text


def test_the_best_comes_first() -> None:
    # Nothing lost, then no last resort, then fewer segments, then the less that is seen.
    text = "Le café d\u2019Épinay : «\u00a0reçu\u00a0» 🎉 " + "ê" * 40
    found = septet.advise(text, "smsmode")
    assert [advice.mends for advice in found] == sorted((a.mends for a in found), reverse=True)
    assert kinds(TURKISH, country="TR") == ["language", "accents", "shortening"]


def test_a_last_resort_stands_behind_what_changes_no_word() -> None:
    # 136 units of UCS-2 are 3 segments, 132 are 2; without the emoji 134 septets are 1.
    text = "🎉" + "\r\nx" * 4 + "x" * 122
    assert [(advice.kind, advice.saves) for advice in septet.advise(text)][:2] == [
        ("line-breaks", 1),
        ("emoji", 2),
    ]


def test_nothing_is_advised_that_the_vendor_does_not_take(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "smsmode"\n[alphabet]\nbase = "default"\nremove = "^kÇ"\nsource = "only this test"\n',
        "utf-8",
    )
    assert [advice.text for advice in septet.advise("10² ç", own)] == ["10² c"]
    assert [advice.text for advice in septet.advise("m² ç", own)] == ["m2 c", "m2 ç"]
    assert [advice.text for advice in septet.advise("ток", own)] == ["toк"]


@pytest.mark.parametrize(
    ("profile", "source", "kind", "written"),
    [
        # Telnyx, Message Encoding, GSM 7-bit character set: neither Ç nor €.
        ("telnyx", "Ç", "accents", "C"),
        ("telnyx", "10 €", "signs", "10 EUR"),
        ("telnyx-shortcode", "£850.00", "signs", "GBP850.00"),
        ("telnyx", "ç", "accents", "c"),  # which the map would write as Ç
        # Encoding by sender type: a short code only sends ASCII.
        ("telnyx-shortcode", "é à É Ñ ü Å e\u0301", "accents", "e a E N u A e"),
        ("telnyx-shortcode", "ő ǖ", "accents", "o u"),  # there is neither ö nor ü
        ("telnyx-shortcode", "Ç 10€", "signs+accents", "C 10EUR"),
    ],
)
def test_an_alphabet_without_some_gsm_characters(profile: str, source: str, kind: str, written: str) -> None:
    assert advised(kind, LONG + source, profile).text == LONG + written


def test_a_letter_that_has_no_base_has_no_accent_to_lose() -> None:
    # Ø is a letter of its own: Unicode gives it no decomposition.
    assert "accents" not in kinds(LONG + "ø", "telnyx-shortcode")
    assert kinds(LONG + "é", "telnyx") == []  # it has é itself


def test_the_note_of_a_transliteration_is_true_of_what_it_changed() -> None:
    other, plain = "Other scripts are written by their sound", "Letters and signs are replaced by plain ones"
    note = advised("transliteration", LONG + "straße ¿", "telnyx-shortcode").note
    assert plain in note
    assert other not in note
    assert "ß → ss" in note
    note = advised("transliteration", LONG + "ß да", "telnyx-shortcode").note
    assert note.index(plain) < note.index("ß → ss") < note.index(other) < note.index("д → d")
    assert plain not in advised("transliteration", RUSSIAN).note


# --- shortening ---------------------------------------------------------------------------


def test_shortening_names_the_words_that_are_too_many() -> None:
    text = "a" * 150 + " bcd efg hij"  # 162 septets
    advice = advised("shortening", text)
    assert advice.text == "a" * 150 + " bcd efg"
    assert advice.note == 'Shorten it by 2 units to save 1 segment: "hij" is too much.'
    assert [(c.source, c.replacement, c.reason) for c in advice.changes] == [(" hij", "", "shortening")]


def test_shortening_reckons_with_pairs_that_may_not_be_cut() -> None:
    # 153 of them are 306 septets, but a segment of 153 septets holds 76 pairs.
    advice = advised("shortening", "]" * 153)
    assert (advice.text, advice.billed_segments) == ("]" * 152, 2)
    assert "2 units" in advice.note


def test_shortening_keeps_the_mention() -> None:
    text = "mot " * 40 + "STOP 36034"  # 170 septets
    advice = advised("shortening", text, "smsmode", commercial=True)
    # 160 hold the mention, the blank before it and 149 of the words: 37 whole ones.
    assert advice.text == ("mot " * 37).strip() + " STOP 36034"
    plan = septet.plan(advice.text, "smsmode", commercial=True)
    assert (plan.optout_status, plan.billed_segments) == ("already-there", 1)


# Brevo, sendTransacSms: "reply STOP to [STOP_CODE]"; the placeholder is planned as five characters.
BREVO = (
    "Bonjour à tous, dimanche profitez de nos offres spéciales en magasin. " * 2 + "et encore un mot de plus."
)


@pytest.mark.parametrize("commercial", [True, False])
@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("STOP au [STOP_CODE]", "et STOP au [STOP_CODE]"),
        ("(stop : [STOP_CODE])", "et (stop : [STOP_CODE])"),
        ("STOP [STOP_CODE] merci", "et STOP [STOP_CODE] merci"),
        ("désabo [STOP_CODE]", "de plus. désabo [STOP_CODE]"),  # no word STOP: what is near it stays
    ],
)
def test_shortening_keeps_the_words_around_a_placeholder(sentence: str, kept: str, commercial: bool) -> None:
    text = f"{BREVO} {sentence}"
    advice = advised("shortening", text, "brevo", commercial=commercial)
    assert advice.text.endswith(" " + kept)
    assert advice.text.count("STOP_CODE") == 1
    assert advice.billed_segments == 1


def test_shortening_never_cuts_between_a_placeholder_and_its_words() -> None:
    # 130 septets, "STOP au 36xxx" up to the 144th, and words enough for a second segment: far too
    # many for the mention to be one that stands at the end. A field stays wherever it stands.
    for filler in range(130, 165):
        text = "x" * filler + " STOP au [STOP_CODE]" + " et" * 20
        advice = advised("shortening", text, "brevo", commercial=False)
        assert " STOP au [STOP_CODE]" in advice.text, filler
        assert ("x" * filler in advice.text) == (filler + 14 <= 160), filler


@pytest.mark.parametrize(
    ("text", "shorter", "units"),
    [
        ("word " * 20 + "ş", ("word " * 20).strip(), 1),
        (
            "Bonjour à tous, rendez-vous demain matin à dix heures devant la gare, merci. Bises œ",
            "Bonjour à tous, rendez-vous demain matin à dix heures devant la gare, merci. Bises",
            1,
        ),
        # What is left of the text must not be all that could be left in UCS-2, 70 units.
        ("word " * 30 + "œuf " * 3 + "!", ("word " * 30).strip(), 13),
        # Here UCS-2 holds more than the text before the first such character.
        ("œuf " + "word " * 20 + "!", ("œuf " + "word " * 13).strip(), 35),
    ],
)
def test_shortening_goes_by_what_remains(text: str, shorter: str, units: int) -> None:
    advice = advised("shortening", text)
    assert (advice.text, advice.billed_segments) == (shorter, 1)
    assert f"Shorten it by {units} unit" in advice.note


PLAIN_WORDS = st.lists(st.sampled_from(["mot", "a", "offre", "été", "€", "[]^", "magasin,"]), max_size=60)
ANY_WORDS = st.lists(st.sampled_from(["mot", "œuf", "ş", "😀", "magasin,", "et"]), max_size=40)


@given(
    words=st.tuples(PLAIN_WORDS, ANY_WORDS).map(lambda both: both[0] + both[1]),
    profile=st.sampled_from(["gsm", "ovhcloud", "brevo"]),
    language=st.sampled_from([None, "auto"]),
)
@example(words=["mot"] * 30 + ["ş"], profile="gsm", language=None)
def test_shortening_is_the_longest_beginning_that_saves_a_segment(
    words: list[str], profile: str, language: str | None
) -> None:
    text = " ".join(words)
    options: dict[str, Any] = {"language": language} if profile == "gsm" else {}
    before = septet.plan(text, profile, **options)
    beginnings = [" ".join(words[:number]) for number in range(len(words) - 1, 0, -1)]
    longest = next(
        (b for b in beginnings if septet.count(b, profile, **options) < before.billed_segments), None
    )
    found = septet.advise(text, profile, **options)
    shortened = [advice.text for advice in found if advice.kind == "shortening"]
    assert before.billed_segments < 2 or longest in [advice.text for advice in found]
    assert shortened in ([], [longest])


def test_shortening_leaves_room_for_the_mention_that_is_added() -> None:
    text = "mot " * 37 + "moto"  # 152 septets, and 11 for the mention
    advice = advised("shortening", text, "smsmode", commercial=True)
    assert "by 3 units" in advice.note
    assert septet.plan(advice.text, "smsmode", commercial=True).text.endswith("mot STOP 36034")


def test_shortening_goes_down_to_what_is_allowed() -> None:
    text = "mot " * 200 + "!"
    advice = advised("shortening", text, max_segments=2)
    assert advice.billed_segments == 2
    assert advice.saves == septet.count(text) - 2 == 4


def test_a_line_break_is_one_place_where_the_vendor_counts_it_as_two_units() -> None:
    # SMS Partner, message: a line break counts as two characters.
    text = "a" * 70 + "\r\n" + "a" * 80 + "\r\n" + " bcd efg"
    assert septet.count(text, "smspartner") == 2
    advice = advised("shortening", text, "smspartner")
    assert text.startswith(advice.text)
    assert advice.billed_segments == 1


def test_a_text_that_the_vendor_cuts_is_not_shortened() -> None:
    assert kinds("mot " * 400 + "!", "smsmode") == []


def test_words_longer_than_a_line_are_cut_between_characters() -> None:
    advice = advised("shortening", "a" * 161)
    assert advice.text == "a" * 160


# --- the value ----------------------------------------------------------------------------


def test_money() -> None:
    advice = septet.advise(FRENCH * 4)[0]
    assert advice.saves == 6 - 3  # 356 units of UCS-2, 67 each; 364 septets, 153 each
    assert advice.saves_cost("0.045") == Decimal("0.135")
    assert advice.saves_cost(0.1) == Decimal("0.3")
    with pytest.raises(ValueError, match="price"):
        advice.saves_cost("free")


def test_plain_json() -> None:
    import json

    for advice in septet.advise(TURKISH):
        value = advice.to_dict()
        assert json.loads(json.dumps(value)) == value
        assert value["changes"] == [change._asdict() for change in advice.changes]


def test_wrong_options_are_refused_as_by_plan() -> None:
    with pytest.raises(ValueError, match="is not known"):
        septet.advise("a", "no-such-vendor")
    with pytest.raises(ValueError, match="encoding"):
        septet.advise("a", encoding="utf-8")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a str"):
        septet.advise(b"a")  # type: ignore[arg-type]


def test_a_planner_with_other_options() -> None:
    planner = septet.Planner("smsmode", commercial=True, max_segments=2)
    asked = planner.asking(encoding="ucs2")
    assert (
        asked.plan("é").to_dict()
        == septet.plan("é", "smsmode", commercial=True, max_segments=2, encoding="ucs2").to_dict()
    )
    assert planner.asking().measure("é") == planner.measure("é")
    with pytest.raises(ValueError, match="max_segments"):
        planner.asking(max_segments=6)


# --- the work -----------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(
    "text",
    [
        *("a", "’ ", "aç", "a\r\n", "😀 ", "🎉", "\u0301", "\u0301\u0323", "🇫🇷", "жа", "αΑ", "http://a/é’"),
        *("a\u200d", "\ud800", "\u1100\u1161", "aé€ç^’😀\n", "www.", "STOP ", "ç.", "ç@", "a.aa", "ç@a."),
        *("\u00a0", "a\t", "Φι", "Φжж "),
    ],
)
@pytest.mark.parametrize("profile", ["gsm", "smsmode", "twilio"])
def test_work_grows_with_the_text_and_not_with_its_square(text: str, profile: str) -> None:
    def calls(characters: int) -> int:
        counted = 0

        def note(frame: object, event: str, argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        written = "a" + text * (characters // len(text))
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            septet.advise(written, profile)
        finally:
            sys.setprofile(before)
        return counted

    # Both are longer than any vendor takes: a text with errors is looked at more closely than one without.
    calls(2000)  # what is compiled once
    assert calls(8000) < 5 * calls(2000) + 1000


def test_a_letter_with_thousands_of_marks_is_not_put_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ordering marks by their classes takes the square of their number.
    longest = 0
    normalize = unicodedata.normalize

    def note(form: Any, text: str) -> str:
        nonlocal longest
        longest = max(longest, len(text))
        return normalize(form, text)

    monkeypatch.setattr("septet.advice.choices.unicodedata.normalize", note)
    assert kinds("a" + "\u0301\u0323" * 5000)[0] == "accents"
    assert longest < 100


@pytest.mark.long
@pytest.mark.parametrize("text", ["\u0301\u0323", "🇫🇷", "aç’😀\r\n", "http://a/é’ "])
def test_long_texts_have_an_answer(text: str) -> None:
    # To put marks in the order of their classes takes the square of their number.
    written = text * (50_000 // len(text))
    for advice in septet.advise(written):
        assert advice.billed_segments == septet.count(advice.text)


@pytest.mark.parametrize("length", [400, 5_000, 40_000])
@pytest.mark.parametrize("text", ["[€] ", "ğ [€] ", "hello world ", "ã ç õ [ "])
def test_shortening_tries_few_texts_however_long(
    text: str, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With all national tables each plan weighs the text in a hundred pairs of them.
    planner = septet.Planner("gsm", language="auto")
    plan = planner.plan((text * length)[:length] + "жж")
    planned: list[int] = []
    made = septet.Planner.plan

    def counted(self: septet.Planner, text: str) -> septet.Plan:
        planned.append(len(text))
        return made(self, text)

    monkeypatch.setattr(septet.Planner, "plan", counted)
    assert list(shortenings(plan, planner, things(plan.original)))
    assert len(planned) <= 8


@pytest.mark.parametrize(
    ("text", "was"),
    [
        ("Votre colis est arrivÃ©", "Votre colis est arrivé"),
        ("Ã©", "é"),
        ("aujourdâ€™hui", "aujourd’hui"),
        ("Â¿Vale?", "¿Vale?"),
        ("ÃƒÂ©tÃƒÂ©", "été"),
        ("B\0o\0n\0", "Bon"),
        ("10 \x80", "10 €"),
    ],
)
@pytest.mark.parametrize("profile", septet.profiles())
def test_a_garbled_text_is_mended_before_anything_else(text: str, was: str, profile: str) -> None:
    long = text + " Merci de votre confiance." * 8
    for written, mended in ((text, was), (long, was + " Merci de votre confiance." * 8)):
        if written == "10 \x80" and "\x80" in septet.profile(profile).substitutions:
            continue  # that vendor has a meaning for it
        if all(p.code != "suspect-encoding" for p in septet.plan(written, profile).problems):
            assert "\x80" in written  # the same
            continue
        (advice,) = septet.advise(written, profile)
        assert (advice.kind, advice.text) == ("encoding", mended)
        plan = septet.plan(mended, profile)
        assert (advice.units, advice.billed_segments) == (plan.units, plan.billed_segments)
        assert replay(written, advice.changes) == mended
        assert advice.note.endswith(".")


def test_what_was_lost_is_not_made_official() -> None:
    assert septet.advise("Votre colis\ufffd est arriv\ufffd " * 10) == ()
    assert septet.advise("ï¿½t" * 100) == ()
