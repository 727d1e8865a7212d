"""The folding map: what each row may do, and that what Unicode settles is as Unicode says."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from sources import ROOT, copy_of_the_tables

from septet import _tables
from septet._tables import foldings as _foldings
from septet.advice.degrees import beside_a_number
from septet.advice.foldings import STEPS, behind_a_digit, foldings, loss_of
from septet.gsm.characters import UNDEFINED

TABLE = ROOT / "tables" / "foldings.tsv"

DEFAULT = _tables.ALPHABETS["default"]
GSM = frozenset(DEFAULT["basic"] + DEFAULT["extension"]) - {UNDEFINED}

# How many characters may stand for one, by class: what the class is about says so.
LONGEST = {"ellipsis": 3, "ligatures": 3, "signs": 3, "fractions": 3, "emoticons": 3, "letters": 2}

ROWS = [
    (kind, source, target)
    for kind, rows in _foldings.FOLDINGS.items()
    for target, sources in rows
    for source in sources
]


def test_no_row_maps_a_gsm_character_nor_leaves_the_alphabet() -> None:
    for kind, source, target in ROWS:
        assert source not in GSM, (kind, source)
        assert GSM.issuperset(target), (kind, source)
    for source, target in _foldings.BEHIND_A_DIGIT.items():
        assert GSM.issuperset(target), source


def test_no_row_lengthens_beyond_its_class() -> None:
    for kind, source, target in ROWS:
        assert len(target) <= LONGEST.get(kind, 1), (kind, source)


def test_folding_is_idempotent() -> None:
    for kind, source, target in ROWS:
        folded = "".join(foldings(c)[0].replacement if foldings(c) else c for c in target)
        assert folded == target, (kind, source)


def test_every_class_belongs_to_one_step_and_every_step_has_its_place() -> None:
    classes = [kind for kinds in STEPS.values() for kind in kinds]
    assert sorted(classes) == sorted(_foldings.FOLDINGS)
    places = [loss_of(step) for step in STEPS]
    assert places == sorted(places)


def test_the_loss_of_a_folding_lies_between_its_step_and_the_next() -> None:
    bounds = [*(loss_of(step) for step in STEPS), sys.maxsize]
    for step, low, high in zip(STEPS, bounds, bounds[1:], strict=False):
        for kind in STEPS[step]:
            for _, sources in _foldings.FOLDINGS[kind]:
                found = [folding for folding in foldings(sources[0]) if folding.kind == kind]
                assert [folding.step for folding in found] == [step]
                assert low <= found[0].loss <= high


def test_of_several_foldings_the_least_visible_loss_comes_first() -> None:
    assert [(folding.replacement, folding.step) for folding in foldings("ç")] == [
        ("Ç", "cedilla"),
        ("c", "accents"),
    ]
    for _, source, _ in ROWS:
        losses = [folding.loss for folding in foldings(source)]
        assert losses == sorted(losses)


def test_every_latin_letter_with_marks_in_latin_1_and_latin_extended_a_is_mapped() -> None:
    for point in range(0xC0, 0x180):
        character = chr(point)
        base, *marks = list(unicodedata.normalize("NFD", character))
        if marks and character not in GSM:
            replacement = foldings(character)[0].replacement
            # The base letter, or a GSM letter that has the same base.
            assert unicodedata.normalize("NFD", replacement)[0].lower() == base.lower(), character


def test_a_double_acute_becomes_a_diaeresis_where_gsm_has_one() -> None:
    assert [foldings(c)[0].replacement for c in "őŐűŰ"] == ["ö", "Ö", "ü", "Ü"]


def test_greek_capitals_are_those_that_unicode_gives_or_look_like_them() -> None:
    # TS 23.038, 6.2.1 holds ΔΦΓΛΩΠΨΣΘΞ alone; the others are drawn like A B E Z H I K M N O P T Y X.
    capitals = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"
    written = "ABΓΔEZHΘIKΛMNΞOΠPΣTYΦXΨΩ"
    for capital, letter in zip(capitals, written, strict=True):
        for character in (capital, capital.lower()):
            if character not in GSM:
                assert foldings(character)[0].replacement == letter
    assert foldings("ς")[0].replacement == "Σ"
    assert foldings("ώ")[0].replacement == "Ω"


@pytest.mark.parametrize(
    ("character", "replacement", "behind"),
    [("½", "1/2", " 1/2"), ("²", "2", "^2"), ("°", "o", " deg"), ("º", "o", ".o"), ("ª", "a", ".a")],
)
def test_what_would_change_a_number_is_written_otherwise_behind_one(
    character: str, replacement: str, behind: str
) -> None:
    assert foldings(character)[0].replacement == replacement
    assert behind_a_digit(character) == behind


# Signs of one block, of which one has a row when another has: a text with one that has none gets no
# advice but to be cut.
@pytest.mark.parametrize(
    ("signs", "replacements"),
    [
        ("✓✔✅☑ ✗✘✕✖❌❎☒", {"OK", "x"}),
        ("★☆✩✪✦✧✯✱✲✳✴✵✶❉❋❖✿❀❁❄⭐⋆ ♪♫♬♩", {"*"}),
        ("☛☞→⟶➝⇒⟹⇨➡⮕➔➜➤➥➾↦↪⇢⤳🠖🡆", {"->", "=>", ">"}),
        ("☚☜←⟵⇐⟸⇦⬅↩↵⇠", {"<-", "<="}),
        ("↔⟷⇔⟺⇄⇆", {"<->", "<=>"}),
        ("↑⇑⬆↗▲△▴", {"^"}),
        ("↓⇓⬇↘▼▽▾☟", {"v"}),
        ("▶►▸▹▷ ◀◄◂◃◁", {">", "<"}),
        ("•‣◦▪▫■□◆◇◊●○◉◎◯◼◻⬛⬜⬤", {"-"}),
        ("─━│┃┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╬╭╮╯╰", {"-", "=", "|", "+"}),
        ("█▓▒░▀▄▌▐", {"#", "=", "."}),
        ("√≤≥≠≈∞≡±×÷∓∼≃≪≫⋅∑∏∆∂∫∩∪∅⌀≦≧⩽⩾", None),
        ("℃℉№℡™℠©®℗℮℅ℓ℔℞ℹ", None),
        ("₣₤₦₧₨₩₪₫₭₮₱₲₴₵₸₹₺₼₽₾₿฿¢￡￥￦﷼", None),
        ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵉʳˢᵗᵈʰᵐᵒ", None),
        ("①⑨⑩⑳❶❿➀➉➊➓⓵⓿⑴⑼⒈⒛㉑㊿ⒶⓏⓐⓩ🄰🅐🅰⒜🆗🆕🆘", None),
        ("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅷⅻ㎏㎞㎡㎥㎖㏄㎧", None),
        ("†‡‰※‽‼⁇⁉¶¬˚˜ˆ❗❓⚠☎✆❮❯⟨⟩【】「」《》、。♥♡❤☺☻☹♭♯", None),
    ],
)
def test_the_neighbours_of_a_sign_that_has_a_row_have_one(signs: str, replacements: set[str] | None) -> None:
    for sign in signs.replace(" ", ""):
        if unicodedata.normalize("NFC", sign) in GSM:
            continue
        assert foldings(sign), sign
        assert replacements is None or foldings(sign)[0].replacement in replacements, sign


@pytest.mark.parametrize(
    ("first", "last"),
    [
        *((0x2190, 0x21FF), (0x2500, 0x259F), (0x25A0, 0x25FF), (0x2701, 0x2767), (0x2794, 0x27BE)),
        *((0x27F5, 0x27FF), (0x2460, 0x24FF), (0x2776, 0x2793), (0x2070, 0x208E), (0x20A0, 0x20BF)),
    ],
)
def test_a_block_has_rows_throughout_but_for_emoji(first: int, last: int) -> None:
    emoji = set("✁✂✃✄✈✉✊✋✌✍✎✏✐✑✒✨➰➿")  # pictures, which are left out
    for point in range(first, last + 1):
        sign = chr(point)
        if unicodedata.category(sign) != "Cn" and sign not in GSM and sign not in emoji:
            assert foldings(sign), f"U+{point:04X} {sign}"


@pytest.mark.parametrize(
    ("before", "sign", "behind", "replacement"),
    [
        ("20 ", "°", "C", ""),
        ("20", "°", "C.", " "),
        ("20\u00a0", "°", "F", ""),
        ("20", "°", " C", ""),
        ("20", "º", "C", " "),
        ("en ", "°", "C", ""),
        ("20 ", "˚", "C", ""),
        ("20", "°", "", " deg"),
        ("20 ", "°", "", "deg"),
        ("20", "°", " C'est", " deg"),
        ("48", "°", "51", " deg "),
        ("n", "°", " 3", None),
        ("n", "°", " C", None),
        ("\n", "°", " a", None),
        ("12\n", "°", " a", None),
        ("1", "º", " piso", ".o"),
        ("n", "º", "3", None),
    ],
)
def test_a_degree_sign_goes_by_what_stands_beside_it(
    before: str, sign: str, behind: str, replacement: str | None
) -> None:
    assert beside_a_number(sign, before, behind) == replacement


def test_the_derived_rows_are_what_unicode_data_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tables" / "foldings.py"), "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (
            "U+00E9\té\tLATIN SMALL LETTER E WITH ACUTE\te\t\taccents-small\tx",
            "U+00E9, accents-small: expected",
        ),
        ("U+0416\tЖ\tCYRILLIC CAPITAL LETTER ZHE\tж\t\tletters\tx", "expected GSM characters, found 'ж'"),
        ("U+0416\tЖ\tCYRILLIC CAPITAL LETTER ZHE\tZhe\t\tletters\tx", "expected 2 characters at most"),
        (
            "U+0416\tЖ\tCYRILLIC LETTER\tZh\t\tletters\tx",
            "expected the character and the Unicode name of U+0416",
        ),
        ("U+0416\tЖ\tCYRILLIC CAPITAL LETTER ZHE\tZh\t\tcyrillic\tx", "expected one of line-breaks"),
        ("U+0416\tЖ\tCYRILLIC CAPITAL LETTER ZHE\tZh\t\tletters\t", "expected a reason"),
        ("U+0416\tЖ\tZh", "expected seven cells"),
        ("U+2026\t…\tHORIZONTAL ELLIPSIS\t.\t\tellipsis\tx", "expected one row for a character in a class"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(row: str, complaint: str, tmp_path: Path) -> None:
    tables = copy_of_the_tables(tmp_path)
    with (tables / "foldings.tsv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    done = subprocess.run(
        [sys.executable, str(tables / "generate.py"), "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
