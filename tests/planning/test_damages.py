"""What a vendor's table or a cut does to links, codes and numbers is reported, and nothing else is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from mechanisms import over_profiles

import septet
from septet.planning.things.recognition import things
from septet.vendors.profiles import profile as find_profile

CODES = {"link-changed", "link-cut", "value-changed", "value-cut"}

#: A thing of each kind with a place for a sign in it, and texts around it.
AROUND = {
    "link": "Suivi : https://ex.fr/a{}b?x=1 merci",
    "a host": "Voir ex.fr/a{}b ici",
    "email": "Ecrire a jean{}x.dupont@exemple.fr merci",
    "machine-line": "Code 123456\n\n@www.example.gov #12{}3456",
    "app-hash": "<#> Code 1234\nFA+9{}CX9VSu",
    "field": "Bonjour {{{{ nom{}x }}}} !",
    "date": "Le 03{}12{}2026 a midi",
    "hour": "A 14{}30 demain",
    "code": "Votre code est AB{}12{}CD merci",
    "phone": "Appelez le 06{}12{}34{}56{}78 vite",
    "amount": "Prix : 5{}10 EUR",
    "a measure": "Il fait 20 {}C dehors",
    "reference": "Commande #A12{}99 prete",
    "number": "Soit 12{}34 pieces",
}


def said(plan: septet.Plan) -> list[tuple[int, int]]:
    return [(p.start or 0, p.end or 0) for p in plan.problems if p.code in CODES]


def alike(text: str) -> str:
    """A text as people read it: all blanks, dashes, apostrophes and digits are equal, accents are ignored."""
    text = unicodedata.normalize("NFKD", text.replace("´", "'"))
    out = []
    for character in text:
        if character.isspace():
            if out[-1:] != [" "]:
                out.append(" ")
        elif unicodedata.category(character) == "Pd" or character in "−":
            out.append("-")
        elif character in "'’‘‛′`＇":
            out.append("'")
        elif unicodedata.combining(character):
            continue
        else:
            out.append({"∕": "/", "⁄": "/", "⧸": "/", "∼": "~", "˜": "~"}.get(character, character))
    return "".join(out)


@over_profiles("name")
@pytest.mark.parametrize("kind", AROUND)
def test_no_sign_is_changed_unsaid_in_anything(name: str, kind: str) -> None:
    """Every sign that the vendor's table touches, within each kind of thing."""
    profile = find_profile(name)
    signs = [*profile.substitutions, "ç", "😀", "\x1b"]
    for sign in signs:
        text = AROUND[kind].format(*[sign] * 4)
        plan = septet.plan(text, name)
        changed = [c for c in plan.changes if c.source == sign and c.replacement != sign]
        if not changed:
            assert not said(plan), (text, plan.problems)
            continue
        for change in changed:
            told = any(start <= change.start < end for start, end in said(plan))
            same = alike(change.source) == alike(change.replacement)
            held = any(thing.start <= change.start < thing.end for thing in things(text))
            # Outside of all things it matters only where two of them meet.
            meet = (
                not change.replacement
                and text[change.start - 1].isdigit()
                and text[change.end : change.end + 1].isdigit()
            )
            assert told or same or not (held or meet), (text, plan.text, plan.problems)


@over_profiles("name")
@pytest.mark.parametrize("sign", ["~", "[", "|", "^", "\\", "{", "`", "«", "°", "ç", "À", "\u2212", "\u200b"])
def test_a_link_with_a_changed_sign_is_always_said(name: str, sign: str) -> None:
    text = f"Suivi : https://ex.fr/a{sign}b"
    plan = septet.plan(text, name)
    link = next(thing for thing in things(text))
    if plan.text != text and (link.end < len(text) or plan.text[link.start :] != text[link.start :]):
        # If the sign ends the link, the link only changes if the phone reads on after it.
        now = next(thing for thing in things(plan.text))
        same = plan.text[now.start : now.end] == text[link.start : link.end]
        assert [p.code for p in plan.problems if p.code in CODES] == ([] if same else ["link-changed"])


#: As they are sent, in nine languages: orders, codes, appointments, parcels, offers.
QUIET = (Path(__file__).parent / "quiet_texts.txt").read_text("utf-8").splitlines()


def test_real_texts_are_left_alone() -> None:
    """Where a vendor loses a character, that is reported too, and nothing is reported elsewhere."""
    codes = CODES | {"glued-link", "suspect-markup", "outer-blanks"}
    assert len(QUIET) >= 200
    for text in QUIET:
        for name in ("gsm", "twilio", "smsmode"):
            found = {problem.code for problem in septet.plan(text, name).problems}
            if name != "smsmode" or "lossy-substitution" not in found:
                assert not found & codes, (name, text)


@over_profiles("name")
@pytest.mark.parametrize("sign", "~^|\\")
@pytest.mark.parametrize(
    "text",
    [
        "Votre code : A{}1B",
        "Votre code A{}1B expire",
        "G{}123456 is your code",
        "PIN 1{}2{}3",
        "salle A{}12",
        "Kod: ab{}cd",
        "avec le code NOEL{}XL",
        "Ecrire a jean{}b@ex.fr",
    ],
)
def test_a_sign_that_joins_parts_of_a_code_is_a_part_of_it(name: str, sign: str, text: str) -> None:
    plan = septet.plan(text.replace("{}", sign), name)
    assert bool(said(plan)) == (plan.sent != plan.original)


@pytest.mark.parametrize(
    ("name", "text", "code", "thing", "became"),
    [
        (
            *("smspartner", "Suivi: https://ex.fr/~a_b?x={1}&y=[2]", "link-changed"),
            *("https://ex.fr/~a_b?x={1}&y=[2]", "https://ex.fr/a_b?x=(1)&y=(2)"),
        ),
        ("smspartner", "Prix : 5~10 €", "value-changed", "5~10 €", "510 €"),
        ("smspartner", "Bonjour {prenom}", "value-changed", "{prenom}", "(prenom)"),
        ("smspartner", "Il fait 20°C", "value-changed", "20°C", "20.C"),
        ("telnyx", "https://ex.fr/a\u200bGo", "link-changed", "https://ex.fr/a", "https://ex.fr/aGo"),
        ("telnyx", "12\u200b34", "value-changed", "12\u200b34", "1234"),
        ("telnyx", "12\u200b34\u200b56", "value-changed", "12\u200b34\u200b56", "123456"),
        ("telnyx", "10½ h", "value-changed", "10½ h", "101/2 h"),
        # Another sign for what stood between two values makes one of them, or another one.
        ("smspartner", "Soit 4µ8 pièces", "value-changed", "4µ8", "4u8"),
        ("webex", "Le 03‚12‚2026", "value-changed", "03‚12‚2026", "03'12'2026"),
        ("octopush", "de 1¨2 a 3", "value-changed", "1¨2", "1-2"),
        ("telnyx", "10•20", "value-changed", "10•20", "10-20"),
        ("telnyx", "4½8 et 5÷6", "value-changed", "4½8", "41/28"),
        ("smsmode", "Le code est NOËL10", "value-changed", "NOËL10", "NO?L10"),
    ],
)
def test_what_became_of_a_thing(name: str, text: str, code: str, thing: str, became: str) -> None:
    found = [p for p in septet.plan(text, name).problems if p.code in CODES]
    assert [(p.code, p.details["thing"], p.details["became"]) for p in found][:1] == [(code, thing, became)]
    assert len(found) == 1 + text.count("÷")
    assert text[found[0].start : found[0].end] == thing


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("telnyx", "Soit 1\u202f234,50 EUR et 10\u00a0EUR"),
        ("telnyx", "Appelez le 06\u201012\u201034\u201056\u201078"),
        ("twilio", "Entre 10 – 20 pièces"),
        ("webex", "Moins −20 %, ou 10‑12"),
        ("brevo", "Le 3 août à 9h"),
        ("sinch", "l’eau à 1’234.50 CHF"),
        ("telnyx", "Il est １４：３０"),
        ("telnyx", "«https://ex.fr/a» et “https://ex.fr/b”"),
        ("telnyx", "Voir https://ex.fr/a… Merci"),
        ("twilio", "Le 03‚12‚2026"),
        ("twilio", "1…9 ou 1“9 ou 1 • 9 ou 1´9"),
    ],
)
def test_what_reads_the_same_is_not_said(name: str, text: str) -> None:
    plan = septet.plan(text, name, encoding="gsm7")
    assert plan.text != text
    assert not said(plan), (name, plan.text, plan.problems)


LONG = "Votre commande est prete, venez la retirer avant samedi soir au magasin du centre. " * 2


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("https://ex.fr/a/b/c", [("link-cut", "https://ex.fr/a/b/c", "")]),
        ("06 12 34 56 78", [("value-cut", "06 12 34 56 78", "")]),
        (
            "a 10 € https://ex.fr le 03/12",
            [("value-cut", "10 €", ""), ("link-cut", "https://ex.fr", ""), ("value-cut", "03/12", "")],
        ),
        ("et rien de plus", []),
    ],
)
def test_what_a_cut_drops_is_said(tail: str, told: list[tuple[str, str, str]]) -> None:
    for name, options in (("gsm", {}), ("smsmode", {}), ("telnyx", {"encoding": "gsm7"})):
        plan = septet.plan(LONG + tail, name, truncate=True, max_segments=1, **options)
        found = [(p.code, p.details["thing"], p.details["became"]) for p in plan.problems if p.code in CODES]
        assert found == told, name


def test_the_number_of_a_mention_that_is_sent_all_the_same_is_not_lost() -> None:
    mention = septet.plan("Promo", "smsmode", commercial=True).optout.strip()
    written = f"{LONG} {mention}"
    plan = septet.plan(written, "smsmode", commercial=True, truncate=True, max_segments=1)
    assert plan.optout_status == "added"
    assert plan.truncated
    assert not said(plan)


_WORDS = st.sampled_from(
    [
        *("https://ex.fr/", "ex.fr/a", "www.ex.fr", "a@ex.fr", "~", "[", "]", "{", "}", "ç", "é", "’", "«"),
        *("😀", "12", "3", "€", "%", " ", " ", "\n", "\r\n", "\u00a0", "\u200b", "–", "½", "²"),
        *("code ", "AB-12", "06 12 34 56 78"),
        *("\ud800", "\x1b", "abc", "|", "^", "STOP 36111", "...", "…", "１"),
    ]
)


@over_profiles("name")
@examples(40)
@given(words=st.lists(_WORDS, max_size=14), cuts=st.booleans())
def test_each_thing_is_sent_as_it_is_or_said(name: str, words: list[str], cuts: bool) -> None:
    text = "".join(words)
    options = {"truncate": True, "max_segments": 1} if cuts else {}
    plan = septet.plan(text * 3 if cuts else text, name, **options)
    places, shown = said(plan), alike(plan.text)
    mention = plan.optout
    placeholders = [c for c in plan.changes if c.reason == "placeholder"]
    for thing in things(plan.original):
        if any(start <= thing.start and thing.end <= end for start, end in places):
            continue
        if any(c.start < thing.end and c.end > thing.start for c in placeholders):
            continue
        written = plan.original[thing.start : thing.end]
        assert written in plan.text or alike(written) in shown or written in mention, (thing, plan.text)


@pytest.mark.parametrize(
    "part", ["https://ex.fr/~a ", "12~3 ", "~", "1~", "[", "5~10 € ", "~a@ex.fr ", "{a} "]
)
def test_many_things_are_no_more_work_than_one_after_the_other(part: str) -> None:
    text = part * (40_000 // len(part))
    plan = septet.plan(text, "smspartner")
    found = sum(p.code in CODES for p in plan.problems)
    assert found == (0 if part in ("~", "[") else 1 if part == "1~" else len(text) // len(part))
