"""A drawing is the plan itself as people read it: all of its text, all of its units, each mark explained."""

from __future__ import annotations

import itertools
import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any

import kernels
import pytest
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from mechanisms import over_profiles
from oracle_profiles import PROFILES
from raised_problems import RAISED
from strategies import options, texts

import septet
from septet.planning.drawing.kind_words import KIND_WORDS
from septet.planning.drawing.kinds import kind_of
from septet.planning.drawing.marks import SIGNS
from septet.planning.drawing.shapes import Shape, are_by_themselves, groups, shape_of
from septet.planning.drawing.speaker import speaker

SCHEMA = Draft202012Validator(septet.schema("drawing"))
LANGUAGES = ("en", "fr")


def runs(drawing: dict[str, Any]) -> list[dict[str, Any]]:
    return [run for segment in drawing["segments"] for run in segment["runs"]]


def marked(text: str, profile: str = "gsm", **options: Any) -> list[tuple[str, str | None, str]]:
    """The text, the mark and the sign of each run that is marked."""
    drawing = septet.plan(text, profile, **options).drawing()
    return [(run["text"], run["mark"], run["sign"]) for run in runs(drawing) if run["mark"]]


def legend(text: str, profile: str = "gsm", lang: str = "en", **options: Any) -> list[str]:
    return [entry["text"] for entry in septet.plan(text, profile, **options).drawing(lang)["legend"]]


def facts(text: str, profile: str = "gsm", lang: str = "en", **options: Any) -> dict[str, str]:
    found = septet.plan(text, profile, **options).drawing(lang)["facts"]
    return {fact["name"]: fact["text"] for fact in found}


def check(plan: septet.Plan, drawing: dict[str, Any]) -> None:
    SCHEMA.validate(drawing)
    assert json.loads(json.dumps(drawing)) == drawing
    assert "".join(run["text"] for run in runs(drawing)) == plan.text
    assert sum(run["units"] for run in runs(drawing)) == plan.units
    for segment, drawn in zip(plan.segments, drawing["segments"], strict=True):
        assert "".join(run["text"] for run in drawn["runs"]) == segment.text
        assert sum(run["units"] for run in drawn["runs"]) == drawn["units"] == segment.units
        assert drawn["capacity"] == segment.capacity
    for run in runs(drawing):
        if run["mark"] is None:
            assert (run["sign"], run["reason"], run["legend"]) == ("", None, None)
            assert run["text"]
        else:
            assert run["reason"]
            entry = drawing["legend"][run["legend"]]
            assert entry["mark"] == run["mark"]
            assert run["sign"].startswith(SIGNS[run["mark"]]) or run["mark"] == "costs-more"
        if run["box"] is not None:
            assert "".join(chr(int(point[2:], 16)) for point in run["box"].split(" ")) == run["text"]
        # Whatever might act on a screen or hide in it is in a box.
        elif run["text"]:
            assert not [c for c in run["text"] if shape_of(c) is Shape.NONE]
            assert unicodedata.category(run["text"][0])[0] != "M"
    assert {code for sentence in drawing["sentences"] for code in [sentence["code"]]} == {
        problem.code for problem in plan.problems
    }
    assert (drawing["severity"] == "error") == (not plan.ok)
    assert drawing["mention"]["status"] == plan.optout_status
    assert drawing["excess_units"] == plan.excess_units


ANY_TEXT = st.one_of(
    texts(),
    st.text(
        st.one_of(
            st.characters(exclude_categories=()),
            st.sampled_from(
                "ab €[]^~\n\r\t\x1b\x9b\u0301\u200d\u202e\ufe0f\ud83d\udc00日😀🏽🇫œç\u00a0\u2028שلमนि"
            ),
        ),
        max_size=200,
    ),
)


@pytest.mark.parametrize("kernel", kernels.KERNELS)
@pytest.mark.parametrize("lang", LANGUAGES)
@given(data=st.data(), text=ANY_TEXT)
@example(data=None, text="e" + "\u0301" * 400)
@example(data=None, text="\u0301" * 160)
@example(data=None, text="😀🏽" * 40 + "🇫🇷" * 40)
@examples(120)
def test_any_drawing_is_its_plan(kernel: str, lang: str, data: Any, text: str) -> None:
    profile = "gsm" if data is None else data.draw(st.sampled_from(sorted(PROFILES)))
    given_options = {} if data is None else data.draw(options(profile))
    with pytest.MonkeyPatch.context() as patch:
        kernels.put_in_place(kernel, patch)
        plan = septet.Planner(profile, **given_options).plan(text)
        check(plan, plan.drawing(lang))
    kernels.planner.forget_planners()


@pytest.mark.parametrize("lang", LANGUAGES)
@over_profiles("profile")
def test_every_profile_is_drawn(profile: str, lang: str) -> None:
    text = "Ça coûte 10 € — «œuf» l’été [1] ^~| 😀 שלום\r\n:br: STOP\x1b" + "x" * 300
    for commercial in (False, True):
        plan = septet.plan(text, profile, commercial=commercial)
        check(plan, plan.drawing(lang))


@pytest.mark.parametrize("row", RAISED, ids=lambda row: row[0])
def test_every_problem_is_a_sentence(row: Any) -> None:
    code, profile, options, text, *_ = row
    plan = septet.plan(text, profile, **options)
    for lang in LANGUAGES:
        drawing = plan.drawing(lang)
        check(plan, drawing)
        assert code in {sentence["code"] for sentence in drawing["sentences"]}
    severities = [("error", "warning", "notice").index(one["severity"]) for one in drawing["sentences"]]
    assert severities == sorted(severities)


def test_the_marks_of_runs() -> None:
    assert marked("œuf ç §^ […] fin~", "smspartner", encoding="gsm7", optout="always") == [
        ("oe", "changed", "~"),
        ("Ç", "changed", "~"),
        ("", "deleted", "x"),
        ("(", "changed", "~"),
        ("?", "lost", "!"),
        (")", "changed", "~"),
        ("", "deleted", "x"),
        ("STOP 36xxx", "mention", "="),
    ]
    assert marked("10 € [x]") == [
        ("€", "costs-more", "2"),
        ("[", "costs-more", "2"),
        ("]", "costs-more", "2"),
    ]
    assert marked("Жé ЖЖ") == [("Ж", "forces-ucs2", "^"), ("ЖЖ", "forces-ucs2", "^")]
    assert marked("a :br: b", "smspartner") == [(":br:", "lost", "!")]
    # Asked for, UCS-2 was forced by nothing.
    assert marked("Жé", "smsmode", encoding="ucs2") == []


def test_what_is_drawn_as_one_is_marked_as_one_with_all_its_units() -> None:
    assert marked("a👍🏽b") == [("👍🏽", "forces-ucs2", "^4")]
    assert marked("a🇫🇷b") == [("🇫🇷", "forces-ucs2", "^4")]
    assert marked("ae\u0301b") == [("e\u0301", "forces-ucs2", "^")]
    assert marked("नि") == [("नि", "forces-ucs2", "^")]


def test_a_mark_without_its_letter_is_boxed() -> None:
    (run,) = runs(septet.plan("\u0301").drawing())
    assert run["box"] == "U+0301"
    # A segment may begin with one, where its letter ended the segment before.
    drawing = septet.plan("я" * 66 + "e\u0301" + "я" * 9).drawing()
    assert drawing["segments"][1]["runs"][0]["box"] == "U+0301"


def test_what_has_no_shape_is_boxed() -> None:
    drawing = septet.plan("a\u202e\u202cb\x1b\ud800\u200b").drawing()
    assert [run["box"] for run in runs(drawing) if run["box"]] == [
        "U+202E U+202C",
        "U+001B",
        "U+D800",
        "U+200B",
    ]
    assert [run["box"] for run in runs(septet.plan("a\nb\r").drawing())] == [None, "U+000D"]


def test_the_legend_has_a_line_for_each_kind_and_not_for_each_letter() -> None:
    assert legend("שלום לכולם 😀🎉 — «oui» L’été") == [
        "9 Hebrew letters force UCS-2",
        "2 emoji force UCS-2, and cost 2 units each",
        "1 dash forces UCS-2",
        "2 typographic quotation marks force UCS-2",
        "1 typographic apostrophe forces UCS-2",
    ]
    assert legend("Привет, мир") == ["9 Cyrillic letters force UCS-2"]
    assert legend("ê ç ï", "smsmode", encoding="gsm7") == ["3 accented letters cannot be sent"]
    assert legend("€ [1] {2}") == ["5 characters of the GSM extension table cost 2 units each"]
    assert legend("œ ^", "smspartner") == ["1 Latin letter is replaced", "1 symbol is deleted"]
    assert legend("a\nb", "smspartner") == ["1 line break costs 2 units"]
    assert legend("\x1b ж") == [
        "1 control character is in no alphabet, and forces UCS-2",
        "1 Cyrillic letter forces UCS-2",
    ]
    assert legend("a :br::br: b", "smspartner") == ["1 tag of the vendor, sent as plain text"]


def test_the_legend_names_the_first_different_ones() -> None:
    (entry,) = septet.plan("ббавгдежзи").drawing()["legend"]
    assert entry["times"] == 10
    assert [(one["text"], one["times"]) for one in entry["examples"]][:2] == [("б", 2), ("а", 1)]
    assert len(entry["examples"]) == 8
    assert entry["others"] == 1
    assert entry["examples"][0]["name"] == "U+0431 CYRILLIC SMALL LETTER BE"
    (changed,) = septet.plan("œ", "smspartner").drawing()["legend"]
    assert changed["examples"][0]["becomes"] == "oe"


def test_what_is_cut_by_the_vendor_is_counted_where_it_decides() -> None:
    # The whole text decides on the coding there, so what forces it may not be among what is shown.
    for profile in septet.profiles():
        planner = septet.Planner(profile)
        plan = planner.plan("a" * 3000 + "ж" * 3)
        if plan.truncated and plan.encoding == "ucs2":
            assert legend("a" * 3000 + "ж" * 3, profile)[0] == "3 Cyrillic letters force UCS-2"
            # It costs what it costs, whatever else decides.
            for others in ("", "ж"):
                (emoji, *_) = legend("a" * 3000 + "😀" + others, profile)
                assert emoji == "1 emoji forces UCS-2, and costs 2 units"


def test_characters_of_a_kind_come_in_their_order_whatever_their_shapes() -> None:
    (entry,) = septet.plan("한\u1161ㄱ\u1100한").drawing()["legend"]
    assert [(one["text"], one["times"]) for one in entry["examples"]] == [
        ("한", 2),
        ("\u1161", 1),
        ("ㄱ", 1),
        ("\u1100", 1),
    ]
    # Some of the invalid ones were cut, so they only decided.
    planner = septet.Planner("smsmode@2020-11", encoding="auto")
    plan = planner.plan("\ud800ж\udc01" + "é" * 500 + "\udc02я\ud800")
    assert plan.truncated
    assert [entry["text"] for entry in plan.drawing()["legend"]] == [
        "2 lone surrogates are in no alphabet, and force UCS-2",
        "2 Cyrillic letters force UCS-2",
        "1 lone surrogate forces UCS-2",
    ]


def test_the_mark_of_a_cut_forces_nothing() -> None:
    plan = septet.plan(
        "你好 " * 60,
        "smsmode",
        encoding="auto",
        truncate="words",
        truncate_mark=" 好【更多】",
        max_segments=1,
    )
    drawing = plan.drawing()
    assert [(run["text"], run["mark"]) for run in runs(drawing)][-2:] == [
        ("好", "forces-ucs2"),
        ("【更多】", None),
    ]
    assert [entry["text"] for entry in drawing["legend"]] == ["43 Chinese characters force UCS-2"]


def test_facts() -> None:
    assert facts("a" * 150 + "€" * 10) == {
        "encoding": "GSM-7",
        "units": "170",
        "billed": "2 segments",
        "left": "135 characters before one more segment is billed",
        "excess": "10 units less would save a segment",
    }
    assert facts("a" * 152 + "€" + "a" * 152, "smsmode")["billed"] == "2 segments (transmitted as 3)"
    assert facts("L’été ç")["encoding"] == "UCS-2, because of 2 characters that GSM-7 lacks"
    assert facts("ğ", language="tr")["encoding"] == "GSM-7, with the Turkish locking shift table"
    assert facts("x", "smsmode", commercial=True)["optout"] == "added at the end"
    assert facts("a" * 900, "smsmode")["cut"].startswith("135 characters: aaaa")
    assert facts("a" * 900, "smsmode", "fr")["cut"].startswith(
        "135 caractères : aaaa".replace(" :", "\u00a0:")
    )


def test_a_link_across_segments_is_a_quiet_fact() -> None:
    text = "a" * 140 + " https://example.com/page?number=1234 " + "b" * 20
    assert facts(text)["link"] == (
        "https://example.com/page?number=1234 is split across segments 1 and 2: old phones show it in "
        "two parts"
    )
    assert facts("https://example.com/page " + "a" * 200).get("link") is None
    assert facts("https://example.com/page").get("link") is None
    long = "https://example.com/" + "a" * 400
    assert "is split across segments 1 and 3" in facts(long)["link"]
    several = [
        fact["text"]
        for fact in septet.plan(("https://example.com/" + "a" * 60 + " ") * 12).drawing()["facts"]
        if fact["name"] == "link"
    ]
    assert len(several) == 4
    assert several[-1] == "3 more are split across two segments"
    assert all("segment" in text for text in several)
    # It is no problem.
    assert septet.plan(text).problems == ()


def test_the_verdict_and_the_worst_of_the_sentences() -> None:
    def said(*arguments: Any, **options: Any) -> tuple[str | None, str]:
        drawing = septet.plan(*arguments, **options).drawing()
        return drawing["severity"], drawing["verdict"]

    assert said("a") == (None, "May be sent.")
    assert said("a :br:", "smspartner") == ("warning", "May be sent; check the warnings.")
    assert said("") == ("error", "Must not be sent as it is.")
    # What only informs takes nothing from it.
    assert said("Bonjour ") == ("notice", "May be sent.")


@pytest.mark.parametrize("mark", ["", "...", " [+]"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_that_were_cut_are_a_fact_and_the_rest_is_drawn(lang: str, mark: str) -> None:
    text = "Votre commande 12345 est prête [1], ça y est € " * 9 + "https://ex.fr/a"
    plan = septet.plan(text, "smsmode", truncate="words", truncate_mark=mark, max_segments=2, encoding="gsm7")
    drawing = plan.drawing(lang)
    check(plan, drawing)
    assert "https://ex.fr/a" in plan.text
    (cut,) = (fact["text"] for fact in drawing["facts"] if fact["name"] == "cut")
    assert cut.startswith(f"{plan.truncated} c")
    assert "excess" not in {fact["name"] for fact in drawing["facts"]}


def test_sentences_that_say_the_same_are_said_once_with_all_their_places() -> None:
    drawing = septet.plan("ça " * 9 + "\x1b", "smsmode", encoding="gsm7").drawing()
    error, warning = drawing["sentences"]
    assert (error["severity"], error["code"]) == ("error", "invalid-character")
    assert warning["code"] == "lossy-substitution"
    assert [place["start"] for place in warning["places"]] == list(range(0, 27, 3))
    assert warning["text"].startswith('characters 1, 4, 7, 10, 13, 16 and 3 more: "ç" (U+00E7')
    assert error["text"].startswith("character 28: ")
    (whole,) = septet.plan("").drawing()["sentences"]
    assert whole["places"] == []
    refused = septet.plan("aíb", "smspartner").drawing()["sentences"]
    problem = septet.plan("aíb", "smspartner").problems[0]
    assert f"{problem.message}" in refused[0]["text"]
    if problem.vendor_code:
        assert f"(vendor code {problem.vendor_code}" in refused[0]["text"]


def test_places_in_utf_16() -> None:
    plan = septet.plan("😀 ça", encoding="gsm7")
    here = [place for sentence in plan.drawing()["sentences"] for place in sentence["places"]]
    there = [place for sentence in plan.drawing(places="utf-16")["sentences"] for place in sentence["places"]]
    assert here == [{"start": 0, "end": 1}, {"start": 2, "end": 3}]
    assert there == [{"start": 0, "end": 2}, {"start": 3, "end": 4}]
    assert plan.drawing(places="utf-16")["segments"] == plan.drawing()["segments"]


def test_the_mention() -> None:
    assert septet.plan("Promo", "smsmode", commercial=True).drawing()["mention"] == {
        "text": "STOP 36034",
        "status": "added",
        "words": "added at the end",
        "units": 11,
    }
    there = septet.plan("Promo STOP 36034", "smsmode", commercial=True).drawing("fr")["mention"]
    assert there == {
        "text": "STOP 36034",
        "status": "already-there",
        "words": "déjà dans le texte",
        "units": 0,
    }
    assert septet.plan("Promo", "smsmode").drawing()["mention"]["text"] == ""
    # A character of it that costs more has its own mark; it is not counted as one of the text's.
    marks = marked("Promo", "smsmode", commercial=True, optout_text="Stop [1]")
    assert [mark for _, mark, _ in marks] == ["mention", "costs-more", "mention", "costs-more"]


@pytest.mark.parametrize("lang", ["de", "FR", "", "fr-FR"])
def test_a_language_that_is_not_spoken(lang: str) -> None:
    with pytest.raises(ValueError, match="lang: expected en or fr"):
        septet.plan("a").drawing(lang)


def test_what_is_no_language_and_no_places() -> None:
    with pytest.raises(TypeError, match="lang"):
        septet.plan("a").drawing(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="places: expected code-points or utf-16"):
        septet.plan("a").drawing(places="bytes")


def test_in_french_all_is_french() -> None:
    drawing = septet.plan("Ça — 😀 שלום " * 20 + "\x1b", "smsmode", commercial=True).drawing("fr")
    assert drawing["lang"] == "fr"
    assert drawing["verdict"] == "Ne doit pas être envoyé tel quel."
    english = septet.plan("Ça — 😀 שלום " * 20 + "\x1b", "smsmode", commercial=True).drawing("en")

    def sentences(drawing: dict[str, Any]) -> list[str]:
        return [
            drawing["verdict"],
            drawing["mention"]["words"],
            *(entry["text"] for entry in drawing["legend"]),
            *(sentence["text"] for sentence in drawing["sentences"]),
            *(
                fact["text"]
                for fact in drawing["facts"]
                if fact["name"] not in ("encoding", "units", "billed")
            ),
            *{run["reason"] for run in runs(drawing) if run["reason"]},
        ]

    assert facts("ж", lang="fr")["encoding"] == "UCS-2, à cause de 1 caractère absent du GSM-7"
    assert len(sentences(drawing)) == len(sentences(english))
    assert not set(sentences(drawing)) & set(sentences(english))


@pytest.mark.parametrize("kind", KIND_WORDS)
def test_each_kind_is_called_something_in_both_languages(kind: str) -> None:
    words = {
        (lang, number): KIND_WORDS[kind](speaker(lang), number) for lang in LANGUAGES for number in (1, 2)
    }
    assert all(text.startswith(f"{number} ") for (_, number), text in words.items())
    assert len(set(words.values())) == 4


def test_every_character_has_a_kind_that_is_called_something() -> None:
    for ordinal in [
        *range(0x3000),
        *range(0xD7F0, 0x10000),
        *range(0x10000, 0x110000, 7),
        *range(0x1F000, 0x1FB00),
    ]:
        assert kind_of(chr(ordinal)) in KIND_WORDS, hex(ordinal)


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        ("éÀñŵ", "accented-letter"),
        ("ßœðı", "latin-letter"),
        ("ЖяЇ", "cyrillic-letter"),
        ("αΩ", "greek-letter"),
        ("שא", "hebrew-letter"),
        ("لب", "arabic-letter"),
        ("日本語", "chinese-character"),
        ("ひらカｶー", "kana"),
        ("한국ㄱ", "korean-letter"),
        ("ก", "thai-letter"),
        ("न", "devanagari-letter"),
        ("😀🎉❤☀✅⭐", "emoji"),
        ("🇫", "flag-letter"),
        ("🏽", "skin-tone"),
        ("\u200d\ufe0f\u200b\u00ad", "invisible"),
        ("\u202e\u200f\u2067", "direction"),
        ("’‘", "apostrophe"),
        ("“”«»„", "quotation-mark"),
        ("–—−‑", "dash"),
        ("…", "ellipsis"),
        ("€₺", "currency"),
        ("\u00a0\u202f\u3000", "space"),
        ("\u0301\u0308", "combining-accent"),
        ("𝐀Ａⓐ𝓫", "styled-letter"),
        ("→⇒", "arrow"),
        ("≤×", "mathematical-sign"),
        ("^~|<", "symbol"),
        ("\ud800", "surrogate"),
        ("\ue000", "private-use"),
        ("\x1b\x00", "control"),
        ("٣½", "digit"),
        ("•¿{", "punctuation"),
    ],
)
def test_kinds(characters: str, kind: str) -> None:
    assert {character: kind_of(character) for character in characters} == dict.fromkeys(characters, kind)


@given(st.text(st.sampled_from("ab日\n\u0301\u200d\U0001f1eb\U0001f1f7😀🏽\u202e \u0e31"), max_size=40))
def test_what_is_drawn_as_one_has_no_gap_and_no_overlap(text: str) -> None:
    letters = "".join(shape_of(character).value for character in text)
    found = groups().spans(letters, [0])
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    inside = {place for begin, end, _ in found for place in range(begin, end)}
    # A character that is in no cluster is drawn by itself: half a flag, a skin tone.
    by_themselves = (Shape.LETTER, Shape.EMOJI, Shape.LINE_BREAK, Shape.FLAG_HALF, Shape.SKIN_TONE)
    assert all(shape_of(text[place]) in by_themselves for place in {*range(len(text))} - inside)


@given(
    st.text(st.sampled_from("LLEEBJJJFFSN"), max_size=40)
    | st.integers(0, 12).flatmap(
        lambda marks: st.sampled_from(["L", "FF", "ES"]).map(lambda of: of + "J" * marks)
    ),
    st.sets(st.integers(1, 39)),
)
@example("FFFJESSJJNBJ", set())
@example("LJJJJ", {2, 4})
def test_what_is_drawn_as_one_is_what_its_definition_says(letters: str, starts: set[int]) -> None:
    starts = {start for start in starts if start < len(letters)}
    drawn = []
    for found in re.finditer("(?:FF|ES)J{0,7}|[LEFS]J{1,8}|[NJ]", letters):
        first, boxed = found.start(), found.group() in "NJ"
        for place in range(found.start() + 1, found.end()):
            if place in starts:
                drawn += [(first, place, False)] if place - first > 1 else []
                first, boxed = place, True
        drawn.append((first, found.end(), boxed))
    assert groups().spans(letters, [0, *sorted(starts)]) == drawn


def test_what_is_seen_by_itself_needs_no_search() -> None:
    def letters_of(characters: Iterable[str]) -> list[str]:
        return [shape_of(character).value for character in characters]

    by_themselves = (Shape.LETTER, Shape.EMOJI, Shape.LINE_BREAK)
    for first in range(0, 0x20000, 64):
        characters = [*map(chr, range(first, first + 64))]
        odd = [character for character in characters if shape_of(character) not in by_themselves]
        assert are_by_themselves(letters_of(characters)) == (not odd)
        assert [
            c for c, letter in zip(characters, letters_of(characters), strict=True) if letter in "JFSN"
        ] == odd
    assert are_by_themselves(letters_of("Ça, «voilà» — l’été: 10 €\nПривет שלום 日本語 ⭐😀"))
    assert not are_by_themselves(letters_of("नि"))


def test_work_grows_with_the_text_and_not_with_its_square() -> None:
    def calls(text: str, profile: str) -> int:
        counted = 0

        def note(frame: object, event: str, argument: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        plan = septet.Planner(profile).plan(text)
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            plan.drawing()
        finally:
            sys.setprofile(before)
        return counted

    for text, profile in (
        ("a€ ç\u2019^\n", "smspartner"),
        ("日😀\u0301a\x1b ", "gsm"),
        ("\u0301", "gsm"),
        ("x", "gsm"),
        (" https://ex.fr/a", "gsm"),
        ("".join(map(chr, range(0x4E00, 0x5A00))), "gsm"),
    ):
        number = 1000 if len(text) < 100 else 4
        calls(text * number, profile)
        assert calls(text * 4 * number, profile) < 5 * calls(text * number, profile)


def test_every_blank_takes_room() -> None:
    blanks = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) == "Zs"]
    assert len(blanks) >= 17
    assert {shape_of(blank) for blank in blanks} == {Shape.LETTER}
