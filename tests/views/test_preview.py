"""The preview, as lines of text.

The files in ``golden`` hold whole previews; to write them anew:

    PYTHONPATH=tests/oracle python tests/views/test_preview.py
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from sources import ROOT

import septet
from septet.views.drawing.glyphs import Form, glyphs, rows, visible
from septet.views.drawing.screen import NARROWEST, Screen
from septet.views.terminal.preview import render
from septet.wording.speaking import speaking

GOLDEN = ROOT / "tests" / "golden"
WIDTHS = (60, 100)

SAMPLES: dict[str, tuple[str, dict[str, Any], str | None]] = {
    "smspartner-commercial": (
        "Ça y est : -20 % jusqu\u2019à dimanche, 10 € offerts !",
        {"profile": "smspartner", "commercial": True},
        "0.038",
    ),
    "gsm-forced-to-ucs2": (
        "L\u2019été arrive 😀👍🏽 [bold]e\u0301té[/bold]\u00a0! \u202eabc\u202c \x1b[31m 日本語 🇫🇷",
        {"profile": "gsm"},
        None,
    ),
    "smsmode-lossy-and-cut": (
        "Prêt à ça ? Le menu à 10 € [midi] vous attend.\r\n" * 20,
        {"profile": "smsmode", "commercial": True},
        "0.05",
    ),
    "envoyersmspro-too-long": (
        "Bonjour,\nvotre colis {n° 12} attend depuis hier au point relais. " * 9,
        {"profile": "envoyersmspro", "commercial": True, "encoding": "ucs2"},
        None,
    ),
    "smspartner-changes": (
        "Menu :br: c\u0153ur de b\u0153uf \u00ab maison \u00bb ^~|\r\n12° \u2018net\u2019 { §}",
        {"profile": "smspartner"},
        None,
    ),
    "smspartner-eco-missing": ("Soldes -20 %", {"profile": "smspartner-eco", "commercial": True}, "1e3"),
    "empty": ("", {"profile": "gsm"}, "0.05"),
}


def preview(text: str, *, width: int = 80, colour: bool = False, **options: Any) -> str:
    presentation = {name: options.pop(name) for name in ("price", "encoding_of_output") if name in options}
    planner = septet.Planner(**options)
    return render(
        planner.plan(text),
        planner.profile,
        width=width,
        colour=colour,
        price=presentation.get("price"),
        encoding=presentation.get("encoding_of_output", "utf-8"),
    )


def bubble(output: str) -> list[str]:
    """The rows of text and signs within the borders of all segments."""
    return [line[2:-2] for line in output.splitlines() if line.startswith(("│", "|"))]


def golden_path(name: str, width: int) -> Path:
    return GOLDEN / f"preview-{name}-{width}.txt"


def golden_preview(name: str, width: int) -> str:
    text, options, price = SAMPLES[name]
    return preview(text, width=width, price=price, **options)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name: str, width: int) -> None:
    assert golden_preview(name, width) == golden_path(name, width).read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    expected = {golden_path(name, width).name for name in SAMPLES for width in WIDTHS}
    assert {path.name for path in GOLDEN.glob("preview-*.txt")} == expected


def test_doubles_changes_and_the_mention_are_marked_under_the_text() -> None:
    text, signs = bubble(preview("Ça y est, 10 € offerts !", profile="smsmode", optout="always", width=60))
    assert text.rstrip() == "Ça y est, 10 € offerts ! STOP 36034"
    assert signs.rstrip() == "             2           =========="
    text, signs = bubble(preview("œuf ç §^ […] fin~", profile="smspartner", encoding="gsm7", width=60))
    assert text.rstrip() == "oeuf Ç  (?) fin"
    assert signs.rstrip() == "~~   ~ x~!~    x"


def test_what_a_changed_character_became_is_in_the_legend() -> None:
    output = preview("œuf ç ^", profile="smspartner")
    assert re.search(r"^  ~  œ → oe +1 Latin letter is replaced \(U\+0153 LATIN SMALL", output, re.M)
    assert re.search(r"^  ~  ç → Ç +1 accented letter is replaced \(U\+00E7 LATIN SMALL", output, re.M)
    assert re.search(r"^  x  \^ +1 symbol is deleted \(U\+005E CIRCUMFLEX ACCENT\)$", output, re.M)
    together = preview("ç ê ç", profile="smsmode", encoding="gsm7")
    assert re.search(r"^  !  ç → \?, ê → \? +3 accented letters cannot be sent$", together, re.M)


def test_a_character_that_is_lost_is_marked_and_named() -> None:
    output = preview("ça", profile="smsmode", encoding="gsm7")
    assert bubble(output)[0].rstrip() == "?a"
    assert bubble(output)[1].rstrip() == "!"
    assert re.search(r"^  !  ç → \? +1 accented letter cannot be sent \(U\+00E7 ", output, re.M)


def test_what_forced_ucs2_is_marked_and_named() -> None:
    output = preview("l\u2019été 😀 l\u2019a", profile="gsm")
    assert bubble(output)[0].rstrip() == "l\u2019été 😀 l\u2019a"
    assert bubble(output)[1].rstrip() == " ^    ^2  ^"
    assert re.search(
        r"^  \^  \u2019 +2 typographic apostrophes force UCS-2 \(U\+2019 RIGHT SINGLE", output, re.M
    )
    assert re.search(r"^  \^  😀 +1 emoji forces UCS-2, and costs 2 units \(U\+1F600 GRINNING", output, re.M)


def test_ucs2_that_was_asked_for_was_forced_by_nothing() -> None:
    output = preview("l\u2019été", profile="smsmode", encoding="ucs2")
    assert "forces" not in output
    assert "^" not in output


def test_a_place_behind_a_longer_replacement_is_marked_where_it_is_shown() -> None:
    text, signs = bubble(preview("œœ€œ€", profile="smspartner"))
    assert text.rstrip() == "oeoe€oe€"
    assert signs.rstrip() == "~~~~2~~2"


def test_a_deletion_at_the_end_is_marked_behind_the_text() -> None:
    text, signs = bubble(preview("abc~", profile="smspartner"))
    assert text.rstrip() == "abc"
    assert signs.rstrip() == "   x"


def test_the_cost_of_a_line_break_is_the_profiles() -> None:
    assert "1 line break costs 2 units" in preview("a\nb", profile="smspartner")
    assert "line break" not in preview("a\nb", profile="gsm")


def test_the_tag_of_a_vendor_is_marked() -> None:
    text, signs = bubble(preview("a :br: b", profile="smspartner"))
    assert text.rstrip() == "a :br: b"
    assert signs.rstrip() == "  !!!!"


def test_figures() -> None:
    output = preview("a" * 150 + "€" * 10, profile="gsm", price="0.045")
    assert "152 of 153 units" in output  # an escape pair is not cut
    assert "18 of 153 units" in output
    assert re.search(r"^  Encoding +GSM-7$", output, re.M)
    assert re.search(r"^  Units +170$", output, re.M)
    assert re.search(r"^  Billed +2 segments$", output, re.M)
    assert re.search(r"^  Left +135 characters before one more segment is billed$", output, re.M)
    assert re.search(r"^  Cost +0\.090$", output, re.M)


def test_transmitted_segments_are_named_where_they_differ_from_the_billed_ones() -> None:
    # One € meets each end of a segment, so its pair moves on; the vendor bills 306 units as 2 anyway.
    output = preview("a" * 152 + "€" + "a" * 152, profile="smsmode")
    assert re.search(r"^  Billed +2 segments \(transmitted as 3\)$", output, re.M)


@pytest.mark.parametrize(("price", "shown"), [("1e3", "1 000"), (Decimal("0.10"), "0.10"), ("1e99", "1E+99")])
def test_cost_is_exact_and_without_currency(price: str | Decimal, shown: str) -> None:
    assert re.search(rf"^  Cost +{re.escape(shown)}$", preview("a", profile="gsm", price=price), re.M)


def test_many_segments_in_a_narrow_screen() -> None:
    lines = preview("a" * 153 * 100, profile="gsm", width=20).splitlines()
    assert "╭─ 1/100 ──────────╮" in lines
    assert max(map(cell_len, lines)) == 20


def test_a_price_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="price"):
        preview("a", profile="gsm", price="free")


def test_problems_that_say_the_same_are_said_once() -> None:
    output = " ".join(preview("ça " * 9, profile="smsmode", encoding="gsm7").split())
    assert "! characters 1, 4, 7, 10, 13, 16 and 3 more: " in output
    assert output.count("[lossy-substitution]") == 1


def test_the_verdict_is_the_last_line() -> None:
    assert preview("a", profile="gsm").splitlines()[-1] == "✓ May be sent."
    assert preview("", profile="gsm").splitlines()[-1] == "✗ Must not be sent as it is."
    warned = preview("a :br:", profile="smspartner").splitlines()[-1]
    assert warned == "✓ May be sent; check the warnings."


def test_a_long_legend_shows_the_first_of_each_kind_and_stops() -> None:
    output = preview("".join(map(chr, range(0x4E00, 0x4E30))), profile="gsm")
    assert re.search(r"^  \^  一 丁 丂 七 丄 丅 丆 万 … +48 Chinese characters force UCS-2$", output, re.M)
    of_each_script = (
        "aжאا न ক ਕ ક க క ಕ ക ක ก ກ ཀ က ა ሀ Ꭰ ក ᠠ あ 中 ㄅ 가 α ա ∑ → 😀 — … « ’ \u200b \u202e ₿ ½ ⴰ"
    )
    assert "more; --json lists them all" in preview(of_each_script, profile="gsm")


def test_markup_in_a_text_is_text() -> None:
    assert "[bold]x[/bold] [/] \\[red]" in preview("[bold]x[/bold] [/] \\[red]", colour=False, profile="gsm")
    coloured = preview("[red]x[/red]", colour=True, profile="gsm", encoding="ucs2")
    assert "[red]x[/red]" in coloured


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b", "␛"),
        ("\x00", "␀"),
        ("\x7f", "␡"),
        ("\x85", "⟨U+0085⟩"),
        ("\u202e", "⟨U+202E⟩"),
        ("\u2066", "⟨U+2066⟩"),
        ("\u200b", "⟨U+200B⟩"),
        ("\ufeff", "⟨U+FEFF⟩"),
        ("\u00ad", "⟨U+00AD⟩"),
        ("\u2028", "⟨U+2028⟩"),
        ("\ud83d", "⟨U+D83D⟩"),
        ("\u0301", "⟨U+0301⟩"),
        ("\ufe0f", "⟨U+FE0F⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("\u3164", "⟨U+3164⟩"),
        ("\ue000", "⟨U+E000⟩"),
        ("a\nb", "a↵b"),
        ("a\r\nb", "a␍↵b"),
        ("a\u00a0b", "a b"),
        ("e\u0301", "e\u0301"),
        ("日", "日"),
    ],
)
def test_what_a_terminal_is_given(text: str, shown: str) -> None:
    assert visible(text, Screen(80, False)) == shown


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", [1, 1, 1]),
        ("日本", [2, 2]),
        ("e\u0301a", [1, 1]),
        ("😀", [2]),
        ("👍🏽", [2]),
        ("a🏽", [1, 2]),
        ("🇫🇷🇫", [2, 1]),
        ("\u3000", [2]),
        ("\u1112\u1161\u11ab", [2]),
        ("e" + "\u0301" * 10, [1, 8, 8]),
    ],
)
def test_cells(text: str, cells: list[int]) -> None:
    assert [glyph.cells for glyph in glyphs(text, Screen(80, False))] == cells


def test_rows_break_behind_blanks_where_they_can() -> None:
    def broken(text: str, width: int) -> list[str]:
        parts = glyphs(text, Screen(80, False))
        return ["".join(glyph.shown for glyph in row) for row in rows(parts, width)]

    assert broken("one two three", 8) == ["one two ", "three"]
    assert broken("one two three", 7) == ["one two ", "three"]  # one blank may hang over
    assert broken("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert broken("ab\n\ncd", 4) == ["ab↵", "↵", "cd"]
    assert broken("日本語", 5) == ["日本", "語"]
    assert broken("", 5) == []


# Any character, and more often the ones that a terminal acts on or that take no cell or two.
ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("ab €[]^~\n\r\t\x1b\x9b\u0301\u200d\u202e\ufe0f\ud83d\udc00日😀🏽🇫œç\u00a0\u2028"),
    ),
    max_size=200,
)
PROFILES = st.sampled_from(septet.profiles())
SGR = re.compile(r"\x1b\[[0-9;]*m")


@examples(60)
@given(ANY_TEXT, PROFILES, st.integers(1, 210), st.booleans())
@example("\x1b]0;title\x07\x9b31m", "gsm", 80, False)
@example("a" + "\u0301" * 400, "gsm", 20, True)
def test_nothing_but_printable_characters_within_the_width(
    text: str, profile: str, width: int, commercial: bool
) -> None:
    output = preview(text, profile=profile, width=width, commercial=commercial, price=1)
    assert output.replace("\n", "").isprintable()
    assert max(map(cell_len, output.splitlines())) <= max(width, NARROWEST)
    output.encode("utf-8")
    # Colour adds nothing but SGR sequences.
    coloured = preview(text, profile=profile, width=width, commercial=commercial, price=1, colour=True)
    assert [line.rstrip() for line in SGR.sub("", coloured).splitlines()] == output.splitlines()


@examples(30)
@given(ANY_TEXT, PROFILES, st.sampled_from(["ascii", "cp1252", "cp437", "iso-8859-15", "no-such-codec"]))
def test_an_output_that_cannot_encode_everything_gets_what_it_can(
    text: str, profile: str, codec: str
) -> None:
    output = preview(text, profile=profile, encoding_of_output=codec)
    # The library's own sentences are spelled out as well, so all of it can be written.
    output.encode("ascii" if codec == "no-such-codec" else codec)


@examples(60)
@given(
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=400),
    st.integers(30, 200),
)
def test_the_text_is_whole_and_the_borders_are_straight(text: str, width: int) -> None:
    output = preview(text, profile="gsm", width=width)
    boxed = [line for line in output.splitlines() if line.startswith(("╭", "│", "╰"))]
    assert {cell_len(line) for line in boxed} == {min(width, 100)}
    plan = septet.plan(text)
    screen = Screen(width, False)
    for segment in plan.segments:
        broken = rows(glyphs(plan.text, screen, segment.start, segment.end), min(width, 100) - 4)
        assert "".join(glyph.shown for row in broken for glyph in row) == segment.text


@pytest.mark.parametrize("width", range(30, 201, 10))
@pytest.mark.parametrize("name", SAMPLES)
def test_any_width(name: str, width: int) -> None:
    lines = golden_preview(name, width).splitlines()
    assert max(map(cell_len, lines)) <= width
    boxed = {cell_len(line) for line in lines if line.startswith(("╭", "│", "╰"))}
    assert boxed <= {min(width, 100)}


def test_the_preview_says_in_french_what_it_says_in_english() -> None:
    english = preview("Ça :br: 10 €", profile="smspartner", commercial=True, price="0.5")
    with speaking("fr"):
        french = preview("Ça :br: 10 €", profile="smspartner", commercial=True, price="0.5")
    assert bubble(french) == bubble(english)
    assert "Segment 1 sur 1" in french
    assert re.search(r"^  Coût +0,5$", french, re.M)
    assert "✓ Peut être envoyé ; attention aux avertissements." in french
    # The name that Unicode gives a character is English.
    assert "(U+20AC)" in french
    assert "(U+20AC EURO SIGN)" in " ".join(english.split())


def test_line_breaks_stay_visible_in_ascii() -> None:
    assert bubble(preview("a\nb", profile="gsm", encoding_of_output="ascii"))[0].rstrip() == "a<LF>"
    assert [glyph.form for glyph in glyphs("\n", Screen(80, False, "ascii"))] == [Form.LINE_BREAK]


@pytest.mark.long
def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    def calls(text: str, profile: str) -> int:
        counted = 0

        def note(frame: object, event: str, argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        planner = septet.Planner(profile)
        plan = planner.plan(text)
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            render(plan, planner.profile, width=80, colour=False)
        finally:
            sys.setprofile(before)
        return counted

    for text, profile in (
        ("a€ ç\u2019\n", "smspartner"),
        ("日😀\u0301a\x1b ", "gsm"),
        ("\u0301", "gsm"),
        ("x", "gsm"),
    ):
        calls(text * 1000, profile)  # what is loaded or compiled once is no work of a text
        assert calls(text * 4000, profile) < 5 * calls(text * 1000, profile)


def regenerate() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for path in GOLDEN.glob("preview-*.txt"):
        path.unlink()
    for name in SAMPLES:
        for width in WIDTHS:
            golden_path(name, width).write_text(golden_preview(name, width), "utf-8")


if __name__ == "__main__":
    regenerate()
