"""A split text: each message within its limit, nothing cut that must stay whole, no way with fewer."""

from __future__ import annotations

import pickle
import random
from functools import cache
from itertools import pairwise

import pytest
import regex
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from oracle_profiles import PROFILES
from strategies import options, texts

import septet
from septet.planning.things.recognition import things

WORDS = ("a", "mot", "été", "magasin", "œuvre", "😀", "x" * 40, "€uro", "-20%", "\n", "fin.", "STOP")

#: The important parts of a text: none of them may be cut.
WHOLE = (
    "https://exemple.fr/s/AbCdEf12345?x=1&y=2",
    "06 12 34 56 78",
    "+33 6 12 34 56 78",
    "code : 123456",
    "contact@exemple.fr",
    "12,50 €",
    "12/05/2027 à 14h30",
    "{{ prenom }}",
    "👨\u200d👩\u200d👧\u200d👦",
)


def fewest(planner: septet.Planner, words: list[str], segments: int) -> tuple[int, int]:
    """The fewest messages, and of these the fewest segments, by trying every way."""

    @cache
    def of(start: int) -> tuple[int, int]:
        if start == len(words):
            return 0, 0
        found = [(10**6, 0)]
        for end in range(start + 1, len(words) + 1):
            plan = planner.plan(" ".join(words[start:end]))
            if 0 < plan.billed_segments <= segments:
                messages, billed = of(end)
                found.append((1 + messages, plan.billed_segments + billed))
        return min(found)

    return of(0)


@examples(120)
@given(
    st.lists(st.sampled_from([word for word in WORDS if word.strip()]), min_size=2, max_size=90),
    st.sampled_from(["gsm", "smsmode", "smspartner", "twilio", "ovhcloud", "encom", "octopush"]),
    st.integers(1, 3),
    st.booleans(),
)
def test_no_way_needs_fewer(words: list[str], profile: str, segments: int, commercial: bool) -> None:
    adds = commercial and profile in ("smsmode", "smspartner", "ovhcloud")
    given_options = {"commercial": True, "optout_text": "STOP 36180"} if adds else {}
    planner = septet.Planner(profile, truncate=False, **given_options)
    most = planner.settings.limit
    text = " ".join(words)
    if things(text):
        return  # a word and its neighbours belong together: fewer ways are left
    parts = septet.split(text, profile, segments=min(segments, most), **given_options)
    assert (len(parts), parts.billed_segments) == fewest(planner, words, min(segments, most))


@examples(150)
@given(st.data())
def test_messages_join_to_the_text_and_keep_to_the_limit(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(PROFILES)))
    chosen = {**data.draw(options(profile)), "truncate": None, "truncate_mark": None}
    planner = septet.Planner(profile, **{**chosen, "truncate": False})
    text = " ".join(data.draw(st.lists(texts(), min_size=1, max_size=4)))
    segments = data.draw(st.integers(1, 3))
    at = data.draw(st.sampled_from(["words", "sentences", "paragraphs"]))
    try:
        parts = septet.split(
            text, profile, segments=segments, at=at, balance=data.draw(st.booleans()), **chosen
        )
    except ValueError as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert "holds a character" in refused
        return
    kept = [text[start:end] for start, end in parts.spans]
    left_out = {place for start, end in parts.blanks for place in range(start, end)}
    assert "".join(kept) == "".join(c for place, c in enumerate(text) if place not in left_out)
    assert all(text[place].isspace() for place in left_out)
    for plan, part in zip(parts, kept, strict=True):
        assert plan.original.startswith(part)
        if len(parts) > 1:
            assert 0 < plan.billed_segments <= segments
            assert plan.billed_segments == planner.count(plan.original)
            assert not plan.truncated
    assert not any(regex.match(r"\p{M}", part) for part in kept[1:]) or any(
        len(cluster) > 30 for cluster in regex.findall(r"\X", text)
    )


@examples(100)
@given(
    st.lists(st.one_of(st.sampled_from(WHOLE), st.sampled_from(WORDS)), min_size=5, max_size=60),
    st.sampled_from(["gsm", "smsmode", "smspartner", "twilio", "brevo"]),
    st.sampled_from(["words", "sentences", "paragraphs"]),
)
def test_nothing_is_cut_that_must_stay_whole(pieces: list[str], profile: str, at: str) -> None:
    text = " ".join(pieces)
    parts = septet.split(text, profile, at=at)
    cuts = {end for _, end in parts.spans[:-1]} | {start for start, _ in parts.spans[1:]}
    for kind, start, end in things(text):
        fits = septet.count(text[start:end], profile) == 1
        assert not fits or not any(start < cut < end for cut in cuts), (kind, text[start:end])
    ends = [match.end() for match in regex.finditer(r"\X", text)]
    assert cuts <= {0, *ends}


@examples(60)
@given(
    st.lists(st.sampled_from(WORDS), min_size=60, max_size=700),
    st.sampled_from(["({n}/{total}) ", " ({n}/{total})", "{n}. ", "[{n:02d} of {total}] "]),
    st.sampled_from(["", "Mairie\n"]),
)
def test_numbers_are_true_and_counted(words: list[str], numbering: str, head: str) -> None:
    text = " ".join(words)
    parts = septet.split(text, "smsmode", numbering=numbering, head=head, commercial=True)
    for number, plan in enumerate(parts, 1):
        assert plan.billed_segments == 1
        if len(parts) > 1:
            said = numbering.format(n=number, total=len(parts))
            assert plan.original.startswith(head + ("" if said[0] == " " else said))
            assert said[0] != " " or plan.original.endswith(said)
            assert plan.optout_status == "added"
    if len(parts) == 1:
        assert parts[0].original == head + text


def test_the_total_grows_from_nine_to_ten() -> None:
    # Nine messages of 154 letters after "(1/9) ", and one more letter.
    for letters, messages in ((9 * 154, 9), (9 * 154 + 1, 10)):
        parts = septet.split("x" * letters, numbering="({n}/{total}) ")
        assert [plan.original.split()[0] for plan in parts] == [
            f"({number}/{messages})" for number in range(1, messages + 1)
        ]
        assert all(plan.billed_segments == 1 for plan in parts)


def test_the_fewest_segments_of_as_few_messages() -> None:
    # 313 septets in two messages: 306 and 7 would bill 2 + 1 segments, 160 and 153 bill 1 + 1.
    parts = septet.split("x" * 313, segments=2)
    assert [plan.units for plan in parts] == [160, 153]
    assert parts.billed_segments == 2
    assert str(parts.cost("0.045")) == "0.090"


def test_only_the_part_with_an_emoji_is_ucs_2() -> None:
    parts = septet.split("a" * 150 + " 😀 " + "b " * 70)
    assert [plan.encoding for plan in parts] == ["gsm7", "ucs2", "gsm7"]


def test_balanced_messages_are_about_as_long() -> None:
    text = "mot " * 89 + "mot"
    plain, balanced = septet.split(text), septet.split(text, balance=True)
    assert len(balanced) == len(plain)
    assert balanced.billed_segments == plain.billed_segments
    longest, shortest = (choose(len(plan.text) for plan in balanced) for choose in (max, min))
    assert longest - shortest <= len("mot ") * len(balanced)
    assert longest < max(len(plan.text) for plan in plain)


@pytest.mark.parametrize(
    ("limit", "measured"),
    [
        ({"characters": 30}, lambda plan: len(plan.text) <= 30),
        ({"octets": 30}, lambda plan: len(plan.text.encode()) <= 30),
        ({"segments": 2}, lambda plan: plan.billed_segments <= 2),
    ],
)
def test_other_limits(limit: dict[str, int], measured: object) -> None:
    text = "Été à la mer, 12 € la journée. " * 20
    parts = septet.split(text, "twilio", **limit)
    assert len(parts) > 2
    assert all(measured(plan) for plan in parts)  # type: ignore[operator]


def test_where_it_is_cut() -> None:
    text = "Un. Deux trois.\nQuatre cinq six sept. Huit."
    cut = {
        at: [plan.original for plan in septet.split(text, characters=22, at=at)]
        for at in ("words", "sentences", "paragraphs")
    }
    assert cut["words"] == ["Un. Deux trois.\nQuatre", "cinq six sept. Huit."]
    assert cut["sentences"] == ["Un. Deux trois.", "Quatre cinq six sept.", "Huit."]
    assert cut["paragraphs"] == ["Un. Deux trois.", "Quatre cinq six sept.", "Huit."]


def test_texts_without_blanks_are_cut_between_characters() -> None:
    parts = septet.split("今日は天気がいいです。" * 20)
    assert all(plan.units <= 70 for plan in parts)
    assert all(
        before.original + behind.original in "今日は天気がいいです。" * 20
        for before, behind in pairwise(parts)
    )
    assert not any(plan.original[0] == "。" for plan in parts)


def test_who_writes_the_mention() -> None:
    text = "mot " * 90
    # The vendor adds it to each.
    added = septet.split(text, "smsmode", commercial=True)
    assert {plan.optout_status for plan in added} == {"added"}
    with pytest.raises(ValueError, match="adds its mention to each"):
        septet.split(text, "smsmode", commercial=True, optout_in="last")
    # The sender writes it: in the last, or in each.
    last = septet.split(text, "octopush", commercial=True)
    assert [plan.optout_status for plan in last] == ["not-required"] * (len(last) - 1) + ["already-there"]
    assert last.ok
    each = septet.split(text, "octopush", commercial=True, optout_in="each")
    assert {plan.optout_status for plan in each} == {"already-there"}
    assert all(plan.billed_segments == 1 for plan in each)
    # Where the text has it already, it is not written a second time.
    there = septet.split(text + "STOP au XXXXX", "octopush", commercial=True)
    assert sum("STOP" in plan.text for plan in there) == 1
    assert there.ok
    with pytest.raises(ValueError, match="gsm has no mention of its own; give it as optout_text"):
        septet.split(text, "gsm", optout_in="each")


def test_problems_have_their_places_in_the_whole_text() -> None:
    text = "mot " * 45 + "š fin"
    parts = septet.split(text, "smsmode", head="Š\n")
    places = [
        (problem.start, problem.end) for problem in parts.problems if problem.code == "lossy-substitution"
    ]
    assert places == [(None, None), (180, 181)]
    assert text[180] == "š"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"segments": 0}, "segments: expected a whole number"),
        ({"segments": True}, "segments: expected a whole number"),
        ({"characters": 10, "octets": 10}, "one limit"),
        ({"characters": 10, "segments": 2}, "one limit"),
        ({"at": "letters"}, "at: expected one of"),
        ({"numbering": "(1/2)"}, "numbering: expected a text with {n}"),
        ({"numbering": "{n}{x}"}, "numbering: expected a text with {n}"),
        ({"numbering": "{n.real}{"}, "numbering: expected a text with {n}"),
        ({"numbering": "{n:s}"}, "numbering: expected a text with {n}"),
        ({"head": 3}, "head: expected a str"),
        ({"balance": 1}, "balance: expected True or False"),
        ({"most": 1}, "most: the text takes more than 1 messages"),
        ({"optout_in": "first"}, "optout_in: expected"),
        ({"octets": 1}, "holds a character"),
        ({"truncate": True}, "truncate: expected None or False"),
    ],
)
def test_what_cannot_be(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=r"^") as raised:
        septet.split("été " * 60, "twilio", **wrong)  # type: ignore[arg-type]
    assert message in str(raised.value)


def test_no_text_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="expected a str"):
        septet.split(b"x")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "  ", "x", "x" * 160])
def test_what_one_message_holds_stays_as_it_is(text: str) -> None:
    parts = septet.split(text, numbering="({n}/{total}) ")
    assert [plan.original for plan in parts] == [text]
    assert parts.spans == ((0, len(text)),)
    assert parts.blanks == ()


def test_the_dict_is_as_its_schema_says() -> None:
    parts = septet.split("😀 mot " * 60, numbering="({n}/{total}) ")
    shape = parts.to_dict(lang="fr")
    Draft202012Validator(septet.schema("split")).validate(shape)
    wide = parts.to_dict("utf-16")
    assert wide["messages"][1]["start"] > shape["messages"][1]["start"]
    assert pickle.loads(pickle.dumps(parts)) == parts
    assert pickle.loads(pickle.dumps(parts)).blanks == parts.blanks


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", ["mot ", "x", "今日は。", "😀", "e\u0301\u0302 ", "https://ex.fr/a ", "fin.\n"]
)
def test_a_million_characters_are_split(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    parts = septet.split(text, numbering="({n}/{total}) ", at="sentences")
    assert sum(end - start for start, end in (*parts.spans, *parts.blanks)) == len(text)
    chosen = random.Random(27).sample(list(parts), 50)
    assert all(plan.billed_segments == 1 for plan in chosen)
