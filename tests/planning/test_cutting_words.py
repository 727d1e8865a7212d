"""Cutting at words: what a text is sent for stays whole, words go before it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import strategies
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from oracle_profiles import PROFILES

import septet
from septet.planning.things.links import links
from septet.planning.things.recognition import things

#: The problems that have their place in what is cut.
CUT = ("truncated", "link-cut", "value-cut")
LINK = "https://exemple.fr/s/AbCdEf12345"
READY = (
    "Votre commande est prete au magasin du centre, venez la retirer avant samedi soir, "
    f"ouverture de 9h a 19h sans interruption. Suivi : {LINK}"
)
WORDS = "mot " * 60
LINKS_IN_WORDS = [
    *("https://ex.fr/a ", "bit.ly/3xYz. ", "(https://ex.fr/a) ", "bit.ly/3xYz点", "https://ex.fr/a𠀀"),
    *("点", "𠀀", "mot ", "anticonstitutionnellement "),
]


def cut(text: str, profile: str = "gsm", **options: Any) -> septet.Plan:
    return septet.plan(text, profile, **{"truncate": "words", "max_segments": 1} | options)


def test_the_link_at_the_end_stays_whole() -> None:
    assert len(READY) == 164
    plan = cut(READY)
    assert plan.text == READY.replace(" interruption.", "")
    assert [tuple(change) for change in plan.changes] == [(109, 123, " interruption.", "", "truncated")]
    assert (plan.truncated, plan.cuts, plan.units, plan.billed_segments) == (14, ((109, 123),), 150, 1)
    (problem,) = plan.problems
    assert (problem.code, problem.start, problem.end) == ("truncated", 109, 123)
    assert problem.message.startswith("14 characters are cut: the whole text takes 2 billed segments")
    marked = cut(READY, truncate_mark="...")
    assert marked.text == READY.replace(" interruption.", "...")
    assert marked.changes[0].replacement == "..."
    assert septet.plan(READY, truncate=True, max_segments=1).text == READY[:160]


@pytest.mark.parametrize("blank", ["\u3000", "\u2003", " "])
def test_the_blank_behind_one_thing_drops_no_other(blank: str) -> None:
    """An ideographic space would force UCS-2 if the text is cut after it, so the cut is before it."""
    link = f"https://ex.fr/{'a' * 80}"
    plan = cut(f"{WORDS}bit.ly/3xYz {WORDS}{link}{blank}{WORDS}jean@exemple.fr {WORDS}", truncate_mark="...")
    assert plan.encoding == "gsm7"
    assert all(thing in plan.text for thing in ("bit.ly/3xYz", link, "jean@exemple.fr"))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (f"{WORDS}Suivi : {LINK}", f" Suivi : {LINK}"),
        (f"{WORDS}({LINK}).", f"({LINK})."),
        (f"{WORDS}Infos: {LINK}  \n", f" Infos: {LINK}  \n"),
        (f"{WORDS}\n\n@www.example.gov #123456", "mot\n\n@www.example.gov #123456"),
        (f"{WORDS}\r\n@ex.fr #42", "mot\r\n@ex.fr #42"),
        (f"<#> {WORDS}FA+9qCX9VSu", " FA+9qCX9VSu"),
        (f"{WORDS}. Votre code est 482 913", ". Votre code est 482 913".removeprefix(".")),
        (f"{WORDS}STOP au 36111", " STOP au 36111"),
        (f"{WORDS}Appelez le 06 12 34 56 78.", " Appelez le 06 12 34 56 78."),
        (f"{WORDS}jean.dupont@exemple.fr", " jean.dupont@exemple.fr"),
        (f"{WORDS}total 1 234,50 €", " total 1 234,50 €"),
        (f"{WORDS}commande no 12345!", " commande no 12345!"),
        # With the sign for a number it would be UCS-2, and half as much be kept.
        (f"{WORDS}commande n° 12345!", "mot 12345!"),
        # Words after a link are cut first.
        (f"{WORDS}{LINK} merci 🙂 bien", f" {LINK}"),
    ],
)
def test_what_stands_at_the_end_stays(text: str, end: str) -> None:
    plan = cut(text) if plan_is_short(text) else cut(text, max_segments=2)
    assert plan.text.endswith(end)
    assert plan.text.startswith(text[:20])
    assert plan.ok


def plan_is_short(text: str) -> bool:
    return len(text) < 300


def test_words_go_before_what_stays_in_the_middle() -> None:
    text = f"Code: 123456, {WORDS}. Appelez le 06 12 34 56 78 ou bien {WORDS}STOP au 36111"
    plan = cut(text, truncate_mark="...")
    assert "Code: 123456" in plan.text
    assert re.fullmatch(r"Code: 123456,( mot)+ Appelez le 06 12 34 56 78 \.\.\. .*STOP au 36111", plan.text)
    assert [change.replacement for change in plan.changes] == ["", "..."]
    assert [change.start for change in plan.changes] == sorted(change.start for change in plan.changes)
    assert [problem.code for problem in plan.problems] == ["truncated", "truncated"]
    assert {problem.details["characters"] for problem in plan.problems} == {plan.truncated}


@pytest.mark.parametrize(
    ("text", "mark", "kept"),
    [
        ("mot , " * 40, "...", ("mot , " * 26)[:-3] + "..."),
        ("mot " * 50, "…", ("mot " * 40)[:-1]),  # no mark decides the encoding
        ("я " * 50, "…", ("я " * 35)[:-1] + "…"),
        ("mot. " * 40, "...", ("mot. " * 31)[:-2] + "..."),
        ("mot! " * 40, "...", ("mot! " * 31)[:-1] + "..."),
        ("mot " * 50, "[...]", ("mot " * 38)[:-1] + "[...]"),  # seven septets: the brackets take two each
        ("mot " * 50, " (suite)", ("mot " * 38)[:-1] + " (suite)"),
        (
            "le prix 25 " * 14 + "environ " * 9,
            "...",
            "le prix 25 " * 14 + "...",
        ),  # a blank between a number and the mark
        # A mark behind a link, or behind signs that touch it, would be a part of it.
        (
            "mot " * 32 + "bit.ly/3xYz. " + "anticonstitutionnellement " * 3,
            "+",
            "mot " * 32 + "bit.ly/3xYz. +",
        ),
        ("点" * 53 + "https://ex.fr/a" + "𠀀" * 9, "+", "点" * 53 + "https://ex.fr/a +"),
        ("a" * 300, "...", "a" * 157 + "..."),  # no word is that long
        ("le " + "a" * 300, "...", "le " + "a" * 154 + "..."),
        ("le " * 53 + "anticonstitutionnellement", "...", ("le " * 52)[:-1] + "..."),
        ("点" * 90, "...", "点" * 67 + "..."),
        ("é" * 159 + "e\u0301" * 3, "", None),
    ],
)
def test_the_mark_and_what_stands_before_it(text: str, mark: str, kept: str | None) -> None:
    plan = cut(text, truncate_mark=mark)
    assert plan.truncated
    assert plan.billed_segments == 1
    assert kept is None or plan.text == kept


@examples(150)
@given(
    text=st.lists(st.sampled_from(LINKS_IN_WORDS), min_size=40, max_size=80).map("".join),
    mark=st.sampled_from(["+", "~", "-->", "(+)", "(suite)", "5", "..."]),
    most=st.integers(1, 2),
)
def test_no_mark_becomes_a_part_of_a_link(kernel: str, text: str, mark: str, most: int) -> None:
    def addresses(text: str) -> set[str]:
        return {text[link.start : link.end] for link in links(text)}

    assert addresses(cut(text, truncate_mark=mark, max_segments=most).text) <= addresses(text)


@examples(150)
@given(
    text=st.lists(st.sampled_from([*LINKS_IN_WORDS, "，", "。", "\n"]), min_size=40, max_size=80).map(
        "".join
    ),
    most=st.integers(1, 2),
)
def test_no_link_that_stays_runs_into_another(kernel: str, text: str, most: int) -> None:
    """Where words of a script without blanks come together, a blank or a sign stays between them.

    What stood right behind a link, and was none, may be one where that link is cut: it is whole as well.
    """
    plan = cut(text, max_segments=most)
    whole = Counter(
        text[link.start : link.end]
        for link in links(text)
        if not any(start < link.end and link.start < end for start, end in plan.cuts)
    )
    found = list(links(plan.kept))
    assert whole <= Counter(plan.kept[link.start : link.end] for link in found)
    places, gone = set[int](), 0
    for start, end in plan.cuts:
        places.add(start - gone)
        gone += end - start
    assert not [link for link in found if any(link.start < place < link.end for place in places)]


def test_a_line_break_stays_between_words_of_a_script_without_blanks() -> None:
    plan = cut("Au magasin ex.fr/a看\n点击ex.fr", "infobip", link_length=30)
    assert plan.kept == "Au ex.fr/a\n击ex.fr"
    assert plan.cuts == ((2, 10), (18, 19), (20, 21))


def test_blanks_at_the_end_take_no_room_for_a_mark() -> None:
    """70 characters of UCS-2 fit without the blank behind them; with the mark a link has no room."""
    text = "Ваш заказ готов: " + "да " * 13 + "ex.fr/abcd да! "
    assert len(text) == 71
    assert cut(text, truncate_mark=" (...)").text == text[:-1]


def test_a_sign_that_is_cut_with_what_it_leads_on_to_forces_nothing() -> None:
    """The quotation mark behind the code is not sent, so that there is room for GSM-7."""
    text = "magasin, " * 14 + "👍 " + "мот " * 30 + "Code: AB-12-CD« " + "мот " * 20 + "ex.fr/a"
    plan = cut(text)
    assert plan.encoding == "gsm7"
    assert plan.kept == "magasin, " * 13 + "magasin AB-12-CD ex.fr/a"


def test_blanks_alone_are_cut_without_a_mark() -> None:
    plan = cut("a" * 50 + " bc" * 36 + "   \n", truncate_mark="...")
    assert plan.text == "a" * 50 + " bc" * 36
    assert plan.changes[-1].replacement == ""


def test_a_thing_that_has_no_room_goes_whole() -> None:
    assert cut("Voir https://ex.fr/" + "a" * 200, truncate_mark="...").text == "Voir..."
    # One that begins the text, and is longer than all the room, is all there is.
    plan = cut("https://ex.fr/" + "a" * 200)
    assert plan.text == "https://ex.fr/" + "a" * 146
    assert plan.cuts == ((160, 214),)


def test_the_mention_has_its_room_first() -> None:
    plan = cut(READY, "smsmode", commercial=True)
    assert plan.text.endswith(f"Suivi : {LINK} STOP 36034")
    assert (plan.optout_status, plan.billed_segments) == ("added", 1)
    held = cut(f"{WORDS}STOP 36034", "smsmode", commercial=True)
    assert (held.optout, held.optout_status) == ("", "already-there")
    assert held.text.endswith(" STOP 36034")
    free = cut(READY, "smsmode", commercial=False, optout="if-free")
    assert free.text.removesuffix(free.optout).endswith(LINK)
    no_room = septet.plan(
        "я " * 79 + "яя",
        commercial=True,
        optout_text="x" * 66,
        truncate="words",
        truncate_mark="...",
        max_segments=1,
    )
    assert (no_room.truncated, [problem.code for problem in no_room.problems]) == (0, ["too-long"])
    assert "the mark of the cut and the opt-out mention leave no room" in no_room.problems[0].message


@pytest.mark.parametrize(
    "text",
    ["{words}{mention}", "{start}{mention} . {words}", "{words}{mention} merci", "{words}({mention})!"],
)
def test_a_mention_of_the_text_itself_stays(text: str) -> None:
    held = 0
    for name in septet.profiles():
        planner = septet.Planner(name, commercial=True, truncate="words", max_segments=1)
        if planner.settings.mention is None:
            continue
        mention = planner.settings.mention.text.strip()
        plan = planner.plan(text.format(words="mot " * 60, start="mot " * 5, mention=mention))
        assert (plan.ok, plan.optout, plan.optout_status) == (True, "", "already-there"), name
        assert plan.truncated
        held += 1
    assert held >= 10


def test_words_are_cut_before_the_vendor_cuts() -> None:
    """The vendor would cut in the encoding of the whole text; here the encoding of the kept text counts."""
    assert septet.Planner("smsmode").settings.vendor_cuts
    text = "mot " * 190 + "🙂 " + f"fin {LINK}"
    by_words = septet.plan(text, "smsmode", truncate="words", encoding="auto")
    assert (by_words.encoding, by_words.billed_segments) == ("gsm7", 5)
    assert by_words.text.endswith(LINK)
    by_vendor = septet.plan(text, "smsmode", truncate=True, encoding="auto")
    assert (by_vendor.encoding, by_vendor.truncated) == ("ucs2", len(text) - 335)


@pytest.mark.parametrize(
    ("profile", "options", "says"),
    [
        ("gsm", {"truncate": "word"}, "truncate: expected True, False or \"words\", found 'word'"),
        ("gsm", {"truncate": 1}, 'truncate: expected True, False or "words", found 1'),
        (
            "gsm",
            {"truncate_mark": "..."},
            'truncate_mark: expected None, as only truncate="words" puts a mark',
        ),
        ("gsm", {"truncate": True, "truncate_mark": ""}, "truncate_mark: expected None"),
        ("smsmode", {"truncate_mark": "..."}, "truncate_mark: expected None"),
        ("gsm", {"truncate": "words", "truncate_mark": 3}, "truncate_mark: expected a str, found 3"),
        (
            "gsm",
            {"truncate": "words", "encoding": "gsm7", "truncate_mark": "…"},
            r"truncate_mark: '\u2026' (U+2026) is not in the alphabet of gsm",
        ),
        ("smsmode", {"truncate": "words", "truncate_mark": "…"}, "truncate_mark"),
        ("gsm", {"truncate": "words", "truncate_mark": "\x1b"}, "U+001B"),
        ("gsm", {"truncate": "words", "truncate_mark": "\ud800"}, "U+D800"),
        ("twilio", {"truncate": "words", "truncate_mark": "…"}, "becomes '...' at twilio"),
        ("govuk-notify", {"truncate": "words", "truncate_mark": "..  ."}, "without runs of blanks"),
        ("govuk-notify", {"truncate": "words", "truncate_mark": "... "}, "without blanks at its ends"),
        ("govuk-notify", {"truncate": "words", "truncate_mark": "\n"}, "without blanks at its ends"),
    ],
)
def test_marks_that_cannot_be_put(profile: str, options: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        septet.Planner(profile, **options)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_vendor_takes_an_empty_mark(profile: str) -> None:
    text = "mot " * 300
    without = septet.plan(text, profile, truncate="words", max_segments=1)
    assert septet.plan(text, profile, truncate="words", max_segments=1, truncate_mark="").text == without.text


def test_a_mark_with_what_the_vendor_replaces_is_refused() -> None:
    (name, placeholder) = next(
        (name, row["text"]) for name in septet.profiles() for row in septet.profile(name).rule("placeholders")
    )
    with pytest.raises(ValueError, match="truncate_mark"):
        septet.Planner(name, truncate="words", truncate_mark=placeholder)


PROFILE_NAMES = ("gsm", "smspartner", "smsmode", "twilio", "octopush", "sinch")


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    profile = draw(st.sampled_from(PROFILE_NAMES))
    options = draw(strategies.options(profile)) | {
        "truncate": "words",
        "truncate_mark": draw(st.sampled_from([None, *strategies.marks(PROFILES[profile])])),
        "max_segments": draw(st.integers(1, min(3, PROFILES[profile].ceiling))),
    }
    return draw(strategies.sentences()), profile, options


@examples(150)
@given(case=cases())
def test_each_thing_is_kept_unchanged_or_cut_whole(
    kernel: str, case: tuple[str, str, dict[str, Any]]
) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    found = things(text)
    # A text that begins with one larger than all the room has nothing else.
    begins = {thing for thing in found if plan.cuts[:1] and thing.start < plan.cuts[0][0] < thing.end}
    assert len(begins) <= 1
    assert all(not text[: thing.start].strip() or thing.kind == "field" for thing in begins)
    for thing in found:
        if thing in begins:
            continue
        cut_within = [span for span in plan.cuts if span[0] < thing.end and thing.start < span[1]]
        assert cut_within in (
            [],
            [span for span in plan.cuts if span[0] <= thing.start and thing.end <= span[1]],
        )


def replayed(plan: septet.Plan) -> str:
    """The original with its changes, which must be in order and of it."""
    text, parts, place = plan.original, [], 0
    for change in plan.changes:
        assert place <= change.start < change.end <= len(text)
        assert text[change.start : change.end] == change.source
        parts += [text[place : change.start], change.replacement]
        place = change.end
    return "".join((*parts, text[place:]))


@examples(60)
@given(
    parts=st.lists(st.sampled_from(("Au magasin ", "ex.fr/a", "看", "\n", "点击", " ", "é", ", ", "ex.fr")))
)
@example(parts=["Au magasin ", "ex.fr/a", "看", "\n", "点击", "ex.fr"])
def test_only_links_of_what_is_kept_are_rewritten(parts: list[str]) -> None:
    plan = septet.plan("".join(parts), "infobip", max_segments=1, truncate="words", link_length=30)
    assert replayed(plan) == plan.text == septet.plan(plan.kept, "infobip", link_length=30).text


@examples(150)
@given(case=cases())
def test_what_is_kept_has_the_same_plan_alone(kernel: str, case: tuple[str, str, dict[str, Any]]) -> None:
    text, profile, options = case
    plan = septet.plan(text, profile, **options)
    if not plan.truncated:
        return
    alone = septet.plan(plan.kept, profile, **options)
    for same in (
        "text",
        "encoding",
        "units",
        "billed_segments",
        "segments",
        "optout",
        "optout_status",
        "remaining",
    ):
        assert getattr(plan, same) == getattr(alone, same), same
    assert alone.truncated == 0
    assert plan.billed_segments <= options["max_segments"]
    mark = options["truncate_mark"] or ""
    replacements = [change.replacement for change in plan.changes if change.reason == "truncated"]
    assert replacements[:-1] == [""] * (len(plan.cuts) - 1)
    assert replacements[-1] in ("", mark.replace("\r\n", "\n"))
    assert replayed(plan) + plan.optout == plan.text
    for problem in plan.problems:
        if problem.start is not None and problem.end is not None and problem.code not in CUT:
            assert not any(start < problem.end and problem.start < end for start, end in plan.cuts)


@pytest.mark.parametrize(
    "unit",
    [
        "mot ",
        "a",
        "12 ",
        f"{LINK} ",
        "e\u0301",
        " ",
        "\u0301",
        "😀\u200d",
        "点",
        "Tel 06 12 34 56 78 ",
        "-, ",
    ],
    ids=ascii,
)
def test_a_long_text_is_looked_at_near_the_cut_alone(unit: str) -> None:
    """A text ten times as long: the same is kept of its beginning and of its end."""
    planner = septet.Planner("gsm", truncate="words", truncate_mark="...", max_segments=2)
    plans = [planner.plan(unit * (number // len(unit))) for number in (20_000, 200_000)]
    assert plans[0].text == plans[1].text
    assert plans[0].billed_segments == 2


def test_the_end_of_a_sentence_does_not_introduce_what_follows() -> None:
    link = "https://ex.fr/" + "a" * 128
    rest = f"{link} zz zz code 123456"
    # The sign before the link goes, as it is no word of its sentence; the word of the code stays.
    assert len(f"! {rest}") == 162
    assert septet.plan(f"! {rest}", truncate="words", max_segments=1).text == rest
