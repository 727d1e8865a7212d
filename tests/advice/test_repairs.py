"""Repairs: every advice repairs markup, blanks at the ends and text glued to a link."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_advice import LONG, advised, kinds, replay

import septet
from septet.advice.advice import in_passing
from septet.advice.chains import chained
from septet.advice.foldings import MENDING, STEPS
from septet.advice.rewriting import rewritten
from septet.advice.ways import Way


def mended(text: str, profile: str = "gsm") -> septet.Advice:
    """The advice that repairs a text and does nothing else."""
    (advice,) = [a for a in septet.advise(text, profile) if MENDING.issuperset(a.kind.split("+"))]
    assert replay(text, advice.changes) == advice.text
    assert advice.kind.split("+") == [step for step in STEPS if step in advice.kind.split("+")]
    return advice


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Tom &amp; Jerry&#039;s Clinic", "Tom & Jerry's Clinic"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("caf&amp;eacute; &lt;3", "café <3"),
        ("&lt;b&gt;Promo&lt;/b&gt; ici", "Promo ici"),
        ("Bonjour<br>Merci<BR />!", "Bonjour\nMerci\n!"),
        ("<p>Bonjour</p><p>Merci</p>", "Bonjour\nMerci"),
        ("<b>Promo</b> et <strong>soldes</strong>", "Promo et soldes"),
        ("<!-- note -->Bonjour", "Bonjour"),
        ("H<sub>2</sub>O, 1<sup>er</sup>", "H2O, 1er"),
        # Nothing runs together by it.
        ("5<b>10</b>", "5 10"),
        ("<td>a</td><td>b</td>", "a b"),
        ("2 h<b>10</b>min", "2 h 10 min"),
        ("https://ex.fr/a<b>Go</b>", "https://ex.fr/a Go"),
        ("https://ex.fr/a.<b>Go</b>", "https://ex.fr/a. Go"),
        ("https://ex.fr/a</b>, oui", "https://ex.fr/a, oui"),
        ("Votre code est 1234<b>Merci</b>", "Votre code est 1234 Merci"),
        # What an anchor leads to stays.
        ('<a href="https://ex.fr/a?x=1&amp;y=2">ici</a>.', "ici https://ex.fr/a?x=1&y=2."),
        ('<a class="b" href="https://www.ex.fr/">ex.fr</a>!', "ex.fr!"),
        ("<a href='mailto:a@b.fr'>a@b.fr</a>", "a@b.fr"),
        ("<a href=tel:+33612345678>appelez</a>vite", "appelez +33612345678 vite"),
        ('<a href="https://ex.fr/a">ici', "https://ex.fr/a ici"),
        ('<a href="#haut">haut</a>', "haut"),
        ("https://ex.fr/?a=1&amp;b=2", "https://ex.fr/?a=1&b=2"),
    ],
)
def test_markup_is_written_as_what_it_means(text: str, written: str) -> None:
    advice = mended(text)
    assert (advice.kind, advice.text) == ("markup", written)
    assert {change.reason for change in advice.changes} == {"markup"}
    assert advice.note.startswith("HTML is replaced by what it means: ")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (" Bonjour", "Bonjour"),
        ("Bonjour \r\n", "Bonjour"),
        ("\u00a0\n Bonjour  Ann \t", "Bonjour  Ann"),
    ],
)
def test_blanks_at_the_ends_are_left_out(text: str, written: str) -> None:
    advice = mended(text)
    assert (advice.kind, advice.text) == ("strip", written)
    assert advice.saves == 0


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://ex.fr/a🎉Venez vite", "https://ex.fr/a 🎉Venez vite"),
        ("https://ex.fr/a🎉", "https://ex.fr/a 🎉"),
        ("https://ex.fr/a.🎉Go", "https://ex.fr/a. 🎉Go"),
        ("(voir https://ex.fr/a)See", "(voir https://ex.fr/a) See"),
        ("https://ex.fr/a(see below)", "https://ex.fr/a (see below)"),
        ("https://ex.fr/a.)See", "https://ex.fr/a.) See"),
        ("www.ex.fr/a点击", "www.ex.fr/a 点击"),
        ("exemple.fr❤️Go ex.com/b🎈", "exemple.fr ❤️Go ex.com/b 🎈"),
        # Behind the blank there is a link, too.
        ("ex.fr/a(voir.fr/b🎉", "ex.fr/a (voir.fr/b 🎉"),
    ],
)
@pytest.mark.parametrize("profile", ["gsm", "smsmode", "twilio"])
def test_a_blank_comes_before_what_is_glued_to_a_link(text: str, written: str, profile: str) -> None:
    found = [a for a in septet.advise(text, profile) if a.kind == "blank"]
    assert [advice.text for advice in found] == [written]
    assert all(change.replacement == f" {change.source}" for change in found[0].changes)
    assert "%F0" not in "".join(advice.text for advice in septet.advise(text, profile))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "AT&T & Co",
            "a < b",
            "<#> Your code is 123456\nFA+9qCX9VSu",
            "<3 <prenom> &prenom;",
            "R&D ; M&M's",
        ),
        *(
            "https://ex.fr/?a=1&copy=2&lt=3",
            "https://ex.fr/a, oui",
            "(https://ex.fr/a) oui",
            "\u200b\u200bHi",
        ),
        *(
            "exemple.fr{path}",
            "https://ex.fr/a",
            "Bonjour",
            "",
            "Bonjour,\n\nMerci",
            "https://ex.fr/wiki/Mercury_(planet)",
        ),
    ],
)
def test_what_needs_no_mending_is_left_alone(text: str) -> None:
    assert septet.advise(text) == ()


def test_a_password_that_holds_a_link_and_what_is_glued_to_it_is_left_alone() -> None:
    assert kinds("mot de passe : é12https://ex.fr/a🎉xx") == []


def test_a_text_of_blanks_is_not_mended_to_nothing() -> None:
    assert septet.advise("  \n ") == ()


def test_they_go_together_in_the_order_of_the_steps() -> None:
    advice = mended(" Tom &amp; Jerry<br>https://ex.fr/a🎉Go<br/> ")
    assert (advice.kind, advice.text) == ("markup+strip+blank", "Tom & Jerry\nhttps://ex.fr/a 🎉Go")
    # The blank at the end goes with the line break before it, which only markup had made.
    reasons = [change.reason for change in advice.changes]
    assert reasons == ["strip", "markup", "markup", "blank", "markup"]
    assert advice.changes[-1].source == "<br/> "


def test_what_it_costs_is_said() -> None:
    # 104 septets are one segment; with the sign that was meant they are UCS-2, of two.
    text = "l&rsquo;offre " + "x" * 90
    advice = mended(text)
    assert (advice.kind, advice.text, advice.saves) == ("markup", text.replace("&rsquo;", "’"), -1)
    assert advice.note.endswith(" It takes 1 more segment.")
    best = septet.advise(text)[0]
    assert (best.kind, best.text, best.saves) == ("markup+typography", text.replace("&rsquo;", "'"), 0)
    assert [(c.source, c.replacement, c.reason) for c in best.changes] == [("&rsquo;", "'", "markup")]
    assert "’ → '" in best.note


def test_a_character_that_the_vendor_would_lose_is_not_decoded_alone() -> None:
    # sMsmode sends a question mark for what is not in its list.
    assert [a.text for a in septet.advise("l&rsquo;été", "smsmode")] == ["l'été"]


def test_other_advice_keeps_them() -> None:
    text = f" {LONG}’ https://ex.fr/a🎉Venez &amp; voyez "
    found = septet.advise(text)
    assert len(found) > 2
    for advice in found:
        assert {"markup", "strip"} <= set(advice.kind.split("+"))
        assert advice.text == advice.text.strip()
        assert "&amp;" not in advice.text
        assert "https://ex.fr/a" in advice.text
        assert "https://ex.fr/a🎉" not in advice.text
    emoji = next(a for a in found if "emoji" in a.kind and "typography" in a.kind)
    assert emoji.text == f"{LONG}' https://ex.fr/a Venez & voyez"
    assert [(c.source, c.replacement) for c in emoji.changes] == [
        *((" ", ""), ("’", "'"), ("🎉", " "), ("&amp;", "&"), (" ", ""))
    ]


def test_a_blank_goes_with_what_it_stood_before() -> None:
    advice = advised("emoji", f"{LONG} https://ex.fr/a🎉")
    assert advice.text == f"{LONG} https://ex.fr/a"
    assert "blank" not in advice.note


def test_a_placeholder_stays_as_it_is() -> None:
    # Brevo puts the short code in its place.
    advice = mended(" Promo &amp; co STOP au [STOP_CODE] ", "brevo")
    assert advice.text == "Promo & co STOP au [STOP_CODE]"


def test_a_preview_mentions_what_to_mend() -> None:
    (advice,) = in_passing(septet.plan("Tom &amp; Jerry"))
    assert (advice.kind, advice.text) == ("markup", "Tom & Jerry")


def test_blank_lines_beyond_one_are_left_out_where_that_saves_a_segment() -> None:
    text = "a\r\n\r\n\n" + "x" * 156  # 162 septets
    advice = advised("spaces", text)
    assert advice.text == "a\r\n\n" + "x" * 156
    assert [(c.source, c.replacement) for c in advice.changes] == [("\r\n", "")]
    assert "more than two line breaks in a row" in advice.note
    assert kinds("a\n\n\nb") == []


# --- chains -------------------------------------------------------------------------------


@st.composite
def ways_of(draw: st.DrawFn, text: str) -> list[Way]:
    found, place = [], 0
    while place < len(text) and draw(st.booleans()):
        start = draw(st.integers(place, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        step = draw(st.sampled_from(["markup", "typography", "emoji"]))
        found.append(Way(start, end, text[start:end], draw(st.text("xyz", max_size=3)), step, 1))
        place = end
    return found


@given(data=st.data())
def test_a_chain_makes_what_both_make_one_after_the_other(data: st.DataObject) -> None:
    text = data.draw(st.text("abc", min_size=1, max_size=12))
    first = data.draw(ways_of(text))
    between = rewritten(text, first)
    second = data.draw(ways_of(between)) if between else []
    chain = chained(text, first, second)
    assert rewritten(text, chain) == rewritten(between, second)
    place = 0
    for way in chain:
        assert place <= way.start < way.end
        assert way.source == text[way.start : way.end]
        place = way.end


# --- the promise --------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "&amp;",
                "&lt;",
                "&gt;",
                "&nbsp;",
                "&rsquo;",
                "&eacute;",
                "&#128512;",
                "&amp;amp;",
                "<br>",
                "<b>",
            ),
            *(
                "</b>",
                "<p>",
                "</p>",
                "<td>",
                '<a href="https://ex.fr/b">',
                "</a>",
                "<!-- x -->",
                "&",
                ";",
                "<",
                ">",
            ),
            *(
                " ",
                "\n",
                "\r\n",
                "\u00a0",
                "https://ex.fr/a",
                "a@b.fr",
                "🎉",
                "点",
                "(",
                ")",
                "Go",
                "5",
                "10 €",
            ),
            *("’", "ç", "ж", "x" * 30, "voici des mots ", "[STOP_CODE]", "{x}", "STOP 36034", "Code : 1234"),
        ]
    ),
    max_size=16,
).map("".join)


@given(text=PIECES, profile=st.sampled_from(septet.profiles()))
@example(text="</b>🎉", profile="gsm")
def test_every_advice_gives_its_text_by_its_changes(text: str, profile: str) -> None:
    before = septet.plan(text, profile)
    errors = {problem.code for problem in before.problems if problem.severity == "error"}
    for advice in septet.advise(text, profile):
        assert replay(text, advice.changes) == advice.text
        language = {} if advice.language is None else {"language": advice.language}
        after = septet.plan(advice.text, profile, **language)
        assert (after.units, after.billed_segments) == (advice.units, advice.billed_segments)
        assert advice.saves == before.billed_segments - after.billed_segments
        assert advice.mends >= 0
        assert not {problem.code for problem in after.problems if problem.severity == "error"} - errors
        assert advice.saves >= 0 or f"It takes {-advice.saves} segment" in advice.note
        steps = set(advice.kind.split("+"))
        assert {change.reason for change in advice.changes} <= steps
        for step in ("markup", "strip", "blank"):
            if step in steps:
                assert any(change.reason == step for change in advice.changes) or step == "blank"
