"""National language tables: which pair a planner picks, and what its header leaves of a segment."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet import _tables
from septet.gsm.alphabets import Tables, has_table, languages, septets_by_character
from septet.gsm.codec import decode_septets, encode_septets
from septet.gsm.segmentation import capacity, header_octets

TURKISH = "Bugün hava çok güzel, şemsiyeye gerek yok. İyi günler! Ağaç, ığ, Ş"
HINDI = "नमस्ते, आपका ऑर्डर तैयार है। कृपया दुकान से ले लें।"
URDU = "آپ کا آرڈر تیار ہے، براہ کرم دکان سے لے لیں۔"

# (140 - octets) * 8 // 7 with the octets of TS 23.040, 9.2.3.24. TS 23.038, annex C.3 has two of
# them in words: one shift "takes 4 octets which corresponds to five 7 bit characters", so 155; both
# make "7 octets in total, which corresponds to eight 7 bit characters", so 152.
CAPACITIES = [
    (None, 0, 160),
    (None, 1, 155),
    (None, 2, 152),
    ("8-bit", 0, 153),
    ("8-bit", 1, 149),
    ("8-bit", 2, 146),
    ("16-bit", 0, 152),
    ("16-bit", 1, 148),
    ("16-bit", 2, 145),
]


@pytest.mark.parametrize(("reference", "shifts", "units"), CAPACITIES)
def test_capacities_follow_from_the_header(reference: str | None, shifts: int, units: int) -> None:
    assert capacity("gsm7", header_octets(reference, shifts)) == units


@pytest.mark.parametrize(
    ("text", "language", "tables"),
    [
        (TURKISH, "tr", Tables("tr", None)),
        # The full stops of both, and the comma of Urdu, are only in their single shift tables.
        (HINDI, "hi", Tables("hi", "hi")),
        (HINDI.replace("।", ""), "hi", Tables("hi", None)),
        (URDU, "ur", Tables("ur", "ur")),
        (URDU.replace("۔", "").replace("،", ""), "ur", Tables("ur", None)),
        ("Información rápida: avión, jardín", "es", Tables(None, "es")),
        ("Bonjour", "tr", Tables(None, None)),
        # One ş: an escape costs one septet more, and both headers are as long.
        ("ş", "tr", Tables("tr", None)),
        ("ş è ø", "tr", Tables(None, "tr")),  # è and ø are not in the Turkish locking table
        ("€" * 100, "tr", Tables("tr", None)),  # € costs 1 there: 100 units in one segment
        ("€" * 10, "tr", Tables("tr", None)),  # 155 - 10 left, against 160 - 20
        ("€" * 4, "tr", Tables(None, None)),  # 160 - 8 left, against 155 - 4
    ],
)
def test_the_pair_that_is_picked(kernel: str, text: str, language: str, tables: Tables) -> None:
    plan = septet.plan(text, language=language)
    assert (plan.encoding, plan.tables) == ("gsm7", tables)
    assert septet.plan(text, language="auto").billed_segments <= plan.billed_segments


def test_a_turkish_text_costs_half(kernel: str) -> None:
    text = TURKISH * 2  # 132 characters
    assert septet.plan(text).billed_segments == 2
    plan = septet.plan(text, language="tr")
    assert (plan.billed_segments, plan.units, plan.remaining) == (1, 132, 155 - 132)
    assert plan.segments[0].capacity == 155
    assert septet.count(text, language="tr") == 1
    assert septet.Planner(language="tr").measure(text) == ("gsm7", 132, 1)


def test_segments_of_several_leave_room_for_both_headers(kernel: str) -> None:
    plan = septet.plan("ğ" * 156, language="tr")
    assert [(s.units, s.capacity) for s in plan.segments] == [(149, 149), (7, 149)]
    # Hindi has capitals of the Latin alphabet only in the single shift table.
    plan = septet.plan("न" * 140 + "A" * 20, language="hi")
    assert plan.tables == Tables("hi", "hi")
    assert [(s.units, s.capacity) for s in plan.segments] == [(146, 146), (34, 146)]


def test_what_a_phone_without_the_tables_shows() -> None:
    """TS 23.038, annex C.2: where a phone ignores the Turkish single shift, "Türkçe" shows as "Türkce"."""
    septets = encode_septets("Türkçe", Tables(None, "tr"))
    assert septets == bytes([0x54, 0x7E, 0x72, 0x6B, 0x1B, 0x63, 0x65])
    assert decode_septets(septets, Tables(None, "tr")) == "Türkçe"
    assert decode_septets(septets) == "Türkce"


def test_forced_gsm7_loses_the_fewest(kernel: str) -> None:
    options: dict[str, Any] = {"language": "tr", "encoding": "gsm7"}
    plan = septet.plan("ğ中", **options)
    assert (plan.text, plan.tables) == ("ğ?", Tables("tr", None))
    assert [(problem.code, problem.start) for problem in plan.problems] == [("unmapped-character", 1)]
    assert septet.plan("è中", **options).tables == Tables()  # è is not in the Turkish locking table
    assert septet.plan("ğ" * 149 + "中", **options).text == "ğ" * 149 + "?"


def test_a_substitution_holds_where_the_tables_have_what_is_sent(kernel: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'extends = "gsm"\n[[substitutions]]\nsource = "only this test"\nrows = [["Œ", "OE"]]', "utf-8"
    )
    # The Bengali locking table has no capital letters, the single shift table has them.
    plan = septet.plan("আŒ", profile=path, language="bn")
    assert (plan.text, plan.tables, plan.units) == ("আOE", Tables("bn", "bn"), 1 + 2 + 2)
    assert septet.count("আŒ", profile=path, language="bn") == 1


def test_what_no_pair_holds_is_ucs2(kernel: str) -> None:
    plan = septet.plan("ğ я", language="tr")
    assert (plan.encoding, plan.tables, plan.forcing) == ("ucs2", Tables(), ((2, 3),))
    # Each in a table, but in no pair of tables together: all of them are named.
    plan = septet.plan("ğनক", language="auto")
    assert (plan.encoding, plan.forcing) == ("ucs2", ((0, 1), (1, 2), (2, 3)))


def test_off_unless_asked_for() -> None:
    assert septet.plan(TURKISH).encoding == "ucs2"
    assert septet.plan(TURKISH, encoding="gsm7", language="tr").text == TURKISH
    assert septet.plan(TURKISH, encoding="ucs2", language="tr").encoding == "ucs2"


def test_the_mention_has_to_be_in_the_tables_too(kernel: str) -> None:
    # The Bengali locking table has no capital letters.
    options: dict[str, Any] = {"language": "bn", "commercial": True, "optout_text": "STOP 36000"}
    plan = septet.plan("আ" * 20, **options)
    assert (plan.tables, plan.optout, plan.units) == (Tables("bn", "bn"), " STOP 36000", 20 + 1 + 8 + 1 + 5)


def test_plans_say_which_tables() -> None:
    assert septet.plan("ğ", language="tr").to_dict()["tables"] == {"locking": "tr", "single": None}


EVERY = sorted({c for code in languages() for c in septets_by_character(Tables(None, code))} - {"\f"})
TURKISH_AND_SPANISH = sorted(
    {c for pair in (Tables("tr", "tr"), Tables(None, "es")) for c in septets_by_character(pair)}
)


def single_choices(asked: tuple[str, ...]) -> list[Tables]:
    locking = [None, *(code for code in asked if has_table(code, "locking"))]
    return [Tables(*pair) for pair in product(locking, (None, *asked))]


def naive_segments(text: str, tables: Tables) -> int | None:
    """Segments by one pair of tables, septet by septet; None where it lacks a character."""
    septets = septets_by_character(tables)
    if not all(character in septets for character in text):
        return None
    costs = [len(septets[character]) for character in text]
    if sum(costs) <= (140 - (1 + 3 * tables.shifts if tables.shifts else 0)) * 8 // 7:
        return 1
    size = (140 - 6 - 3 * tables.shifts) * 8 // 7
    segments, used = 1, 0
    for cost in costs:
        if used + cost > size:
            segments, used = segments + 1, 0
        used += cost
    return segments


@given(
    text=st.text(TURKISH_AND_SPANISH, min_size=1, max_size=20).flatmap(
        lambda start: st.integers(0, 30).map(lambda times: start * times + start)
    )
)
def test_the_choice_is_never_worse_than_any_single_one(kernel: str, text: str) -> None:
    asked = ("tr", "es")
    plan = septet.plan(text, language=asked)
    possible = [n for tables in single_choices(asked) if (n := naive_segments(text, tables)) is not None]
    if possible:
        assert plan.encoding == "gsm7"
        assert plan.billed_segments == min(possible) == naive_segments(text, plan.tables)
    else:
        assert plan.encoding == "ucs2"


@given(text=st.text(EVERY, max_size=40))
def test_auto_is_never_worse_than_a_language(kernel: str, text: str) -> None:
    best = septet.count(text, language="auto")
    assert all(best <= septet.count(text, language=code) for code in languages())
    assert best <= septet.count(text)


def test_every_language_is_known_to_the_tables() -> None:
    assert languages() == tuple(_tables.LANGUAGES)
    assert len(languages()) == 13
    assert [code for code in languages() if not has_table(code, "locking")] == ["es"]


@pytest.mark.parametrize("options", [{}, {"commercial": True}, {"encoding": "gsm7"}, {"max_segments": 1}])
def test_what_the_default_tables_hold_is_planned_at_once_as_it_is_the_long_way(options: Any) -> None:
    texts = ["", "Bugün", "10 \u20ac [indirim]", TURKISH, HINDI, "a\r\nb"]
    texts += [
        letter * length for letter in "a\u20ac\u011f" for length in (79, 80, 81, 153, 155, 156, 160, 161, 307)
    ]
    with_tables = [name for name in septet.profiles() if _offers_by_default(name)]
    assert with_tables
    for name in with_tables:
        planner = septet.Planner(name, **options)
        for text in texts:
            quick, composed = planner.plan(text), planner.plan_the_long_way(text)
            assert quick.to_dict() == composed.to_dict(), (name, text)
            assert quick.coding is composed.coding


@pytest.mark.parametrize("options", [{}, {"encoding": "gsm7"}])
def test_tables_are_compared_by_the_kernel_as_they_are_the_long_way(kernel: str, options: Any) -> None:
    draw = random.Random(31)
    pools = ["abc ?'\"", "€[]~", "ğşıİçÇŞĞ", "áíóúñ¿", "âõÂãÀ", "中😀…’\u200b", "\r\n"]
    texts = [
        "".join(draw.choices("".join(draw.sample(pools, 3)), k=draw.randrange(1, 14))) for _ in range(60)
    ]
    texts += [
        "".join(draw.choices("".join(draw.sample(pools, 2)), k=draw.randrange(70, 320))) for _ in range(60)
    ]
    compared = 0
    for name, language in (("verimor", None), ("verimor", "tr"), ("smpp", ("tr", "es")), ("smpp", "pt")):
        given: dict[str, Any] = options if language is None else {**options, "language": language}
        planner = septet.Planner(name, **given)
        for text in texts:
            long = planner.plan_the_long_way(text)
            compared += planner.competing is not None and planner._quick(text) is not None
            assert planner.plan(text).to_dict() == long.to_dict(), (name, language, text)
            assert planner.measure(text)[1:] == (long.units, long.billed_segments)
    assert compared > 200


def _offers_by_default(name: str) -> bool:
    rule = septet.profile(name).rule("languages")
    return bool(rule and rule["default"])


@pytest.mark.parametrize("encoding", ["auto", "gsm7"])
def test_what_is_kept_for_characters_is_no_answer_for_a_text(encoding: str) -> None:
    used = septet.Planner(language="auto", encoding=encoding)
    # Each pair has the same characters.
    for text in ("şç€", "€ş" * 75 + "ç", "ã[" * 80, "[ã"):
        kept = used.plan(text)
        assert kept == septet.Planner(language="auto", encoding=encoding).plan(text)
        assert used.plan(text) == kept
