"""Bounds of templates, compared with every value where these are few, and with many where not."""

from __future__ import annotations

import re
from itertools import product
from random import Random
from typing import Any

import made_profiles
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import septet
from septet.templates.bounds import Bill, Bounds
from septet.templates.pieces import Field
from septet.templates.templates import Template

# What each weight of a profile can be: 1, 2 behind an escape, 2 that may be cut, none, UCS-2 of one
# unit and of two.
PROFILES: dict[str, tuple[dict[str, Any], str]] = {
    "gsm": ({}, "a€ç😀"),
    "gsm, UCS-2": ({"encoding": "ucs2"}, "aç😀"),
    "gsm, GSM-7": ({"encoding": "gsm7"}, "a€ç😀"),
    "encom": ({"commercial": True}, "a€ç😀"),
    "smspartner": ({}, "a€œ^ç☃"),
    "smspartner, automatic": ({"encoding": "auto"}, "a€œ^ç☃😀"),
    "smsmode": ({"commercial": True}, "a€ç"),
    "smsmode, if free": ({"commercial": True, "optout": "if-free"}, "a€ç"),
    "smsmode, two at most": ({"commercial": True, "max_segments": 2}, "a€ç"),
    "smsmode, automatic": ({"encoding": "auto", "commercial": True}, "a€ç😀"),
    "envoyersmspro": ({"max_segments": 3}, "a€ç"),
}

# Around the places where one more segment is billed, alone and with others, with pairs that cannot
# be cut standing there or not.
FIXED = st.builds(
    lambda length, near, pair: "x" * (length - 2 * pair) + "]" * pair if near == 0 else "é" * length,
    st.one_of(
        *(st.integers(edge - 9, edge + 2) for edge in (70, 134, 160, 201, 306, 459)), st.integers(0, 5)
    ),
    st.integers(0, 1),
    st.integers(0, 2),
)


@pytest.mark.parametrize("name", PROFILES)
@given(fixed=FIXED, behind=st.sampled_from(["", "]", "z", "ç"]), data=st.data())
def test_bounds_are_those_of_all_values(name: str, fixed: str, behind: str, data: st.DataObject) -> None:
    options, alphabet = PROFILES[name]
    lengths = st.tuples(st.integers(0, 2), st.integers(0, 2)).map(lambda pair: (min(pair), max(pair)))
    first, second = data.draw(lengths, "a"), data.draw(lengths, "b")
    twice = data.draw(st.booleans(), "a stands twice")
    planner = septet.Planner(name.split(",")[0], **options)
    template = Template("{a}" + fixed + "{b}" + behind + ("{a}" if twice else ""))
    found = template.bounds(planner, a=first, b=second)

    counts: dict[str, list[int]] = {"gsm7": [], "ucs2": []}
    for a, b in product(values(alphabet, *first), values(alphabet, *second)):
        measure = planner.measure(a + fixed + b + behind + a * twice)
        counts[measure.encoding].append(measure.billed_segments)
    everything = counts["gsm7"] + counts["ucs2"]
    assert (found.fewest, found.most) == (min(everything), max(everything))
    for encoding, bill in (("gsm7", found.gsm7), ("ucs2", found.ucs2)):
        seen = counts[encoding]
        assert bill == (Bill(min(seen), max(seen)) if seen else None), encoding
    assert planner.count(found.fewest_text) == found.fewest
    assert planner.count(found.most_text) == found.most


def values(alphabet: str, least: int, most: int) -> list[str]:
    return ["".join(value) for n in range(least, most + 1) for value in product(alphabet, repeat=n)]


@given(fixed=FIXED, least=st.integers(0, 2), more=st.integers(0, 1))
def test_what_tips_a_template_is_billed_as_it_would_be(fixed: str, least: int, more: int) -> None:
    planner = septet.Planner("gsm")
    found = Template(fixed + "{a}").bounds(planner, a=(least, least + more))
    for tip in found.tips:
        sample = tip.characters[:3]
        counts = [
            planner.count(fixed + value)
            for value in values("a€" + sample, least, least + more)
            if any(character in value for character in sample)
        ]
        assert bool(counts) == bool(least + more)
        if counts:
            assert tip.bill == (min(counts), max(counts)), tip


def test_what_would_tip_a_template_to_ucs2() -> None:
    found = Template("Bonjour {prenom}").bounds(septet.Planner("gsm"), prenom=(2, 70))
    tips = {tip.name: tip for tip in found.tips}
    # TS 23.038, 6.2.1: à é è ì ò ù ä ö ü å æ ø ñ are in the default alphabet, ç and circumflexes are not.
    assert set("çêëîïôûœ") <= set(tips["lower-case accents"].characters)
    assert not set("àéèìòùäöüåæøñ") & set(tips["lower-case accents"].characters)
    assert "’" in tips["typographic quotation marks"].characters
    # 8 + 70 characters: 78 of 1 unit, or 8 + 140.
    assert tips["lower-case accents"].bill == Bill(1, 2)
    assert tips["emoji"].bill == Bill(1, 3)
    assert (found.gsm7, found.ucs2) == (Bill(1, 1), Bill(1, 3))
    assert found.lost == ()


def test_where_nothing_can_tip_it_what_is_lost_is_said() -> None:
    found = Template("Bonjour {prenom}").bounds(septet.Planner("smsmode"), prenom=(2, 20))
    assert found.ucs2 is None
    assert found.tips == ()
    assert "ç" in dict(found.lost)["lower-case accents"]
    # SMS Partner replaces ç, ê … by characters of the alphabet: only í ú õ æ … have no row.
    found = Template("Bonjour {prenom}").bounds(septet.Planner("smspartner"), prenom=(2, 20))
    assert not set("çêëîïôûœ") & set(dict(found.lost)["lower-case accents"])


def test_a_mention_in_the_template_is_not_added_again() -> None:
    # 160 - 11 of " STOP 36034": beside it 149 units are left.
    planner = septet.Planner("smsmode", commercial=True)
    assert Template("x" * 147 + "{a}").bounds(planner, a=(1, 3)).gsm7 == Bill(1, 2)
    assert Template("x" * 147 + "{a} STOP 36034").bounds(planner, a=(1, 1)).gsm7 == Bill(1, 1)
    assert Template("x" * 147 + " {a}STOP 36034").bounds(planner, a=(1, 1)).gsm7 == Bill(1, 1)


def test_bounds_in_plain_types() -> None:
    schema = Draft202012Validator(septet.schema("bounds"))
    for profile, options in (("gsm", {}), ("smsmode", {}), ("smpp", {"encoding": "latin1"})):
        found = Template("Bonjour {prenom}").bounds(septet.Planner(profile, **options), prenom=(2, 20))
        plain = found.to_dict()
        schema.validate(plain)
        if profile == "gsm":
            assert plain["gsm7"] == {"fewest": 1, "most": 1}
            assert plain["tips"][0]["bill"] == {"fewest": 1, "most": 1}
        if profile == "smpp":
            assert (plain["gsm7"], plain["ucs2"], plain["latin1"]) == (None, None, {"fewest": 1, "most": 1})


@pytest.mark.parametrize(
    ("lengths", "says"),
    [
        ({}, "no lengths for the field 'prenom': expected, say, prenom=2..20"),
        (
            {"prenom": (2, 20), "prenon": (1, 2)},
            r"the template has no field 'prenon' \(did you mean \"prenom\"\?\)",
        ),
        ({"prenom": (20, 2)}, r"prenom: expected the fewest and the most characters, .* found \(20, 2\)"),
        ({"prenom": (-1, 2)}, "prenom: expected the fewest"),
        ({"prenom": 20}, "prenom: expected the fewest"),
        ({"prenom": (True, 2)}, "prenom: expected the fewest"),
    ],
)
def test_lengths_that_make_no_sense(lengths: Any, says: str) -> None:
    with pytest.raises(ValueError, match=f"^bounds: {says}"):
        Template("Bonjour {prenom}").bounds(septet.Planner(), **lengths)


@pytest.mark.parametrize(
    ("profile", "options"),
    [
        ("smsmode", {"max_segments": 2}),
        ("smsmode", {"max_segments": 2, "encoding": "auto"}),
        ("smsmode", {"max_segments": 3, "encoding": "ucs2", "commercial": True}),
        ("clicksend", {"max_segments": 2}),
        ("gsm", {"max_segments": 2, "truncate": True, "encoding": "gsm7"}),
    ],
)
def test_bounds_hold_where_a_cut_keeps_a_large_cluster_whole(profile: str, options: dict[str, Any]) -> None:
    planner = septet.Planner(profile, **options)
    template = Template("Bonjour {a}, votre code est {b}. Merci")
    found = template.bounds(planner, a=(100, 300), b=(1, 300))
    assert planner.count(found.fewest_text) == found.fewest
    assert planner.count(found.most_text) == found.most
    for a in ("x" * 100, "e" + "\u0301" * 299, "x" * 100 + "\u0301" * 200, "я" * 300):
        for b in ("y", "\u0301" * 300, "y" + "\u0301" * 150, "😀" * 300):
            segments = planner.count(template.fill({"a": a, "b": b}))
            assert found.fewest <= segments <= found.most, (a, b)
    assert found.fewest == 1  # the cluster that begins with the blank before {a} leaves "Bonjour"


# --- every profile and option ---------------------------------------------------------------

# What joins what, what is deleted, spread or doubled somewhere, and what no alphabet has.
SIGNS = [
    *(
        "a",
        "€",
        "ç",
        "é",
        "’",
        "…",
        "œ",
        "^",
        "½",
        "[",
        "я",
        "ğ",
        "ő",
        "\t",
        "\x0c",
        "\x1b",
        "\ud800",
        "\u00a0",
        " ",
    ),
    *("\u0301", "\u200b", "\u200d", "\U000e0100", "\u0600", "\U000110bd", "\u1100", "한", "😀", "👩", "🇫"),
]
# Around the places where a segment ends, with what may not be cut there, and what reaches into fields.
LITERALS = [
    *("x" * 60, "x" * 66, "x" * 130, "x" * 140, "x" * 150, "x" * 300, "x" * 900, "]" * 30, "é" * 70),
    *(
        "Bonjour ",
        "ç",
        "’",
        "…" * 10,
        "я" * 60,
        "😀 ",
        "😀" * 30,
        " 👩‍👩‍👧 ",
        "👩‍👩‍👧" * 12,
        "\u0301 b",
        "🇫🇷",
    ),
    *("\r\n", "\r", "a\nb", " STOP 36034 ", " STOP 36€ ", "[STOP_CODE]"),
]
PLANNED_BY = [*septet.profiles(), *map(made_profiles.made, made_profiles.NAMES)]


@st.composite
def planners(draw: st.DrawFn) -> septet.Planner:
    """A planner of any profile and any options that it takes."""
    profile = draw(st.sampled_from(PLANNED_BY))
    truncate = draw(st.sampled_from([None, None, True, False, "words"]))
    drawn = {
        "encoding": draw(st.sampled_from([None, None, "auto", "gsm7", "ucs2", "latin1", "utf8"])),
        "commercial": draw(st.booleans()),
        "optout": draw(st.sampled_from([None, None, "never", "if-free", "always"])),
        "optout_text": draw(st.sampled_from([None, None, None, "STOP 38123", "退订"])),
        "prefix": draw(st.sampled_from([None, "", "Ville: ", "[€]" * 9, "【城】", "\u0301ê"])),
        "suffix": draw(st.sampled_from([None, "", "fin", "[€]" * 9, "【城】", "\u0301ê"])),
        "substitute": draw(st.sampled_from([None, None, True, False, "full"])),
        "max_segments": draw(st.sampled_from([None, None, 1, 2, 3, 5])),
        "truncate": truncate,
        "truncate_mark": draw(st.sampled_from(["...", "…"])) if truncate == "words" else None,
        "language": draw(st.sampled_from([None] * 12 + ["tr", ("es", "pt")])),
        "ports": draw(st.sampled_from([None] * 9 + [(1, 2)])),
    }
    offered: dict[str, Any] = {}
    for name, value in drawn.items():
        try:
            septet.Planner(profile, **offered, **{name: value})
        except septet.OptionError:
            continue  # what it does not offer beside the others
        offered[name] = value
    return septet.Planner(profile, **offered)


@st.composite
def templates(draw: st.DrawFn, longer: int) -> tuple[Template, dict[str, tuple[int, int]]]:
    """A template with one field or two, and their lengths, up to this many characters apart."""
    pieces = draw(st.lists(st.sampled_from([*LITERALS, "{f}", "{f}", "{g}"] + ["{f}"] * 9), max_size=5))
    template = Template("".join(pieces))
    lengths = {}
    for field in template.fields:
        least = draw(st.integers(0, 1 if longer == 1 else 12))
        lengths[field] = least, least + draw(st.sampled_from([0, 1, longer, longer // 7]))
    return template, lengths


def filled(template: Template, values: dict[str, str]) -> str:
    return "".join(values[piece] if isinstance(piece, Field) else piece for piece in template.pieces)


def held_by(found: Bounds, planner: septet.Planner, text: str) -> int:
    """The segments of a text, which are within the bounds."""
    plan = planner.plan(text)
    bill = getattr(found, plan.encoding)
    assert bill is not None, text
    assert bill.fewest <= plan.billed_segments <= bill.most, text
    assert found.fewest <= bill.fewest <= bill.most <= found.most
    return plan.billed_segments


def test_a_mention_that_is_never_added_leaves_the_national_tables() -> None:
    """TS 23.038: ş is in the Turkish tables, 退 in none."""
    planner = septet.Planner("verimor", encoding="auto", optout="never", optout_text="退订")
    found = Template("{f}").bounds(planner, f=(1, 1))
    assert (found.gsm7, found.ucs2) == ((1, 1), (1, 1))


@given(planner=planners(), asked=templates(150), seed=st.integers(0, 2**30))
@examples(120)
def test_no_value_leads_beyond_the_bounds(
    planner: septet.Planner, asked: tuple[Template, dict[str, tuple[int, int]]], seed: int
) -> None:
    template, lengths = asked
    found = template.bounds(planner, **lengths)
    for text, segments in ((found.fewest_text, found.fewest), (found.most_text, found.most)):
        assert not found.exact or planner.count(text) == segments
        assert is_of(text, template, lengths)
    random = Random(seed)
    for _ in range(20):
        values = {}
        for field, (least, most) in lengths.items():
            signs = random.sample(SIGNS, random.randint(1, 3))
            length = random.choice([least, most, random.randint(least, most)])
            values[field] = "".join(random.choices(signs, k=length))
        held_by(found, planner, filled(template, values))


def is_of(text: str, template: Template, lengths: dict[str, tuple[int, int]]) -> bool:
    """Whether a template gives a text when its fields have such lengths."""
    parts, seen = [], set()
    for piece in template.pieces:
        if not isinstance(piece, Field):
            parts.append(re.escape(piece))
        elif piece in seen:
            parts.append(f"(?P={piece})")
        else:
            seen.add(piece)
            least, most = lengths[piece]
            parts.append(rf"(?P<{piece}>[^\r\n]{{{least},{most}}})")
    return re.fullmatch("".join(parts), text) is not None


@given(planner=planners(), asked=templates(1), signs=st.lists(st.sampled_from(SIGNS), max_size=3))
@examples(60)
def test_exact_bounds_are_those_of_all_values(
    planner: septet.Planner, asked: tuple[Template, dict[str, tuple[int, int]]], signs: list[str]
) -> None:
    template, lengths = asked
    found = template.bounds(planner, **lengths)
    fixed = set(filled(template, dict.fromkeys(lengths, "")))
    tried = {*signs, *{*found.fewest_text, *found.most_text} - fixed, "a"}
    counts = [
        held_by(found, planner, filled(template, dict(zip(lengths, chosen, strict=True))))
        for chosen in product(*(values("".join(sorted(tried)), *pair) for pair in lengths.values()))
    ]
    if found.exact:
        assert (min(counts), max(counts)) == (found.fewest, found.most)


# (profile, options, template, lengths, fewest and most, whether exact), each by hand.
BY_HAND: list[tuple[str, dict[str, Any], str, tuple[int, int], tuple[int, int], bool]] = [
    # 155 + 20 letters are 175 of 160 septets: 2. In UCS-2 155 + 40 units are 195 of 67: 3.
    ("vonage", {}, "x" * 155 + "{f}", (1, 20), (1, 3), True),
    # OVHcloud adds 11 septets for a commercial message: 150 + 11 are 161.
    ("ovhcloud", {"commercial": True}, "x" * 149 + "{f}", (0, 1), (1, 3), True),
    # Telnyx sends seven spaces for a tab, and deletes U+200B: 159 + 7, or 159.
    ("telnyx", {"encoding": "gsm7"}, "x" * 159 + "{f}", (1, 1), (1, 2), True),
    # Twilio keeps clusters whole: of 60 + 70 units the first segment may hold 60 alone.
    ("twilio", {"encoding": "ucs2"}, "x" * 60 + "{f}", (35, 35), (2, 3), True),
    # The limit of SMS Mode, which cuts: 5.
    ("smsmode", {}, "x" * 700 + "{f}", (1, 200), (5, 5), True),
    # What the sender cuts may come to travel in either encoding.
    ("gsm", {"max_segments": 2, "truncate": True}, "Bonjour {f}", (1, 400), (1, 2), True),
    ("smpp", {"encoding": "latin1"}, "x" * 139 + "{f}", (1, 2), (1, 2), True),
]


@pytest.mark.parametrize(("profile", "options", "source", "lengths", "bill", "exact"), BY_HAND)
def test_bounds_worked_out_by_hand(
    profile: str, options: Any, source: str, lengths: Any, bill: tuple[int, int], exact: bool
) -> None:
    found = Template(source).bounds(septet.Planner(profile, **options), f=lengths)
    assert ((found.fewest, found.most), found.exact) == (bill, exact)


def test_a_range_says_that_it_is_one() -> None:
    planner = septet.Planner(made_profiles.made("clusters"), encoding="ucs2")
    # A family as long as a segment, but no field can be what joins it to the letters before and behind.
    found = Template("x{f}" + "\u200d".join("👩" * 23) + "{f}x").bounds(planner, f=(1, 1))
    # 23 of 2 units and 22 joiners are 68: by characters 2 segments with what is around it, or 3.
    assert not found.exact
    assert found.fewest <= planner.count(found.fewest_text) <= planner.count(found.most_text) <= found.most
