"""What no segment splits if a vendor cuts at blanks; and messages that are not joined."""

from __future__ import annotations

import random
from collections.abc import Iterator

import made_profiles
import pyarrow as pa
import pytest

import septet
from septet.errors import ProfileError
from septet.gsm.segmentation import word_starts
from septet.planning.codings import Coding

WORDS = ("words", "words-breaks", "words-apart")
SOURCE = 'source = "my own page"\n'
SEGMENTS = f'extends = "gsm"\n[segments]\nreference = "8-bit"\ngrapheme_clusters = "cut"\n{SOURCE}'


def texts(seed: int, number: int) -> Iterator[str]:
    """Texts of short and of very long words, with one blank between them, or several."""
    pick = random.Random(seed)
    for _ in range(number):
        text = ""
        while len(text) < pick.choice([150, 165, 320, 480]):
            longest = pick.choice([1, 3, 9, 30, 80, 170, 200])
            word = "".join(pick.choice("abc[") for _ in range(pick.randint(1, longest)))
            text += word + pick.choice([" ", " ", "\n", "  "])
        yield text


def coding_of(planner: septet.Planner) -> Coding:
    return planner.codings[0]


def test_a_segment_ends_beside_the_last_blank(kernel: str) -> None:
    weights = coding_of(septet.Planner("gsm", encoding="gsm7")).shown_weights

    def parts(text: str) -> list[str]:
        starts = word_starts(text, weights, 10, " ")
        return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]

    assert parts("a long away to") == ["a long ", "away to"]
    assert parts("abcdefghij klm") == ["abcdefghij", " klm"]  # a word that ends with the segment
    assert parts("abcdefghi jklm") == ["abcdefghi ", "jklm"]
    assert parts("a bcdefghijklmn op") == ["a ", "bcdefghijk", "lmn op"]  # one that no segment holds
    assert parts("abcdefghi[ j") == ["abcdefghi", "[ j"]  # a bracket is two units, never parted
    assert parts("          aaa") == ["          ", "aaa"]


def test_what_has_no_blank_is_cut_by_characters(kernel: str) -> None:
    for text in ("a" * 400, "[" * 153, "a" * 152 + "[" * 90):
        plan, plain = septet.plan(text, made_profiles.made("words")), septet.plan(text)
        assert [s.text for s in plan.segments] == [s.text for s in plain.segments]
        assert plan.billed_segments == plain.billed_segments


def test_segments_of_words(kernel: str) -> None:
    """Each joined to the text, no word in two of them, counted alike by every way to count."""
    for name in WORDS[:1] if kernel == "python" else WORDS:
        profile = made_profiles.made(name)
        planner = septet.Planner(profile)
        for text in texts(1, 12):
            plan = planner.plan(text)
            assert "".join(segment.text for segment in plan.segments) == plan.text
            capacity = coding_of(planner).part
            for before, after in zip(plan.segments, plan.segments[1:], strict=False):
                at = profile.rule("segments")["split_at"]
                word = after.text[: min((after.text.find(c) for c in at if c in after.text), default=999)]
                if before.text[-1] not in at and after.text[0] not in at:
                    # One that fits in no segment: this whole segment was part of it.
                    assert not set(at) & set(before.text), (name, text)
                elif after.text[0] not in at:
                    units = coding_of(planner).shown_weights.units(word)
                    assert before.units + units > capacity, (name, text)
            figures = [*planner.measure(text)]
            assert figures == [plan.encoding, plan.units, len(plan.segments)]
            rows = planner.measure_arrow(pa.array([text, "a b", text]))
            assert [*rows.to_pylist()[2].values()] == figures


def test_what_goes_for_a_segment_less_and_what_is_free(kernel: str) -> None:
    for name in WORDS:
        for options in ({}, {"commercial": True}, {"commercial": True, "optout_text": "STOP " * 40 + "x"}):
            planner = septet.Planner(made_profiles.made(name), encoding="gsm7", **options)
            coding = coding_of(planner)
            for text in texts(len(options), 2):
                plan = planner.plan(text)
                kept = next(
                    (
                        end
                        for end in range(len(plan.sent) - 1, 0, -1)
                        if len(coding.starts(plan.sent[:end] + plan.optout)) < plan.billed_segments
                    ),
                    None,
                )
                units = 0 if kept is None else coding.shown_weights.units(plan.sent[kept:])
                assert plan.excess_units == units, (name, options, text)
                free = plan.remaining
                assert planner.count(text + "a" * free) == plan.billed_segments, (name, options, text)
                assert planner.count(text + "a" * (free + 1)) > plan.billed_segments, (name, options, text)


def test_one_letter_more_may_take_two_segments_more(kernel: str) -> None:
    """160 are a message by themselves; parted, two words of 79 and 80 and a third have no room in 153."""
    words = "a" * 79 + " " + "b" * 80
    assert [septet.count(words[:end], "aws-sns") for end in (159, 160)] == [1, 1]
    text = "aaa " + "b" * 152 + " " + "c" * 3
    assert [septet.count(text + "c" * more, "aws-sns") for more in (0, 1)] == [1, 3]
    assert septet.plan(text + "c", "aws-sns").excess_units == 1


def test_a_blank_that_stands_for_an_unknown_character_parts_words(
    kernel: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("words") / "blank.toml"
    blank = f'[unknown_character]\nshown = " "\nreason = "lossy"\n{SOURCE}'
    path.write_text(f'{SEGMENTS}split_at = " "\n{blank}', "utf-8")
    planner = septet.Planner(path, encoding="gsm7")
    text = "a" * 100 + "я" + "b" * 100 + "я" + "c" * 100
    assert planner.count(text) == planner.plan(text).billed_segments == 3
    assert planner.measure_arrow(pa.array([text])).to_pylist()[0]["billed_segments"] == 3


def test_messages_that_no_header_joins(kernel: str) -> None:
    plan = septet.plan("a" * 90 + " " + "b" * 90, "mobileconnect")
    assert [(s.text, s.capacity) for s in plan.segments] == [("a" * 90 + " ", 160), ("b" * 90, 160)]
    # None of them needs a number.
    assert [one.udhi for one in plan.user_data()] == [False, False]
    assert [pdu.user_data.text for pdu in plan.submit_pdus("+33612345678")] == ["a" * 90 + " ", "b" * 90]
    assert [one.esm_class for one in plan.short_messages()] == [0, 0]
    for way in ("sar", "payload"):
        with pytest.raises(ValueError, match="way: mobileconnect sends 2 messages, which nothing joins"):
            plan.short_messages(reference=1, way=way)
    assert len(septet.plan("a" * 200, "mobileconnect").user_data(wide_reference=True)) == 2


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ('split_at = "-"\n', "segments.split_at: expected blanks of the alphabet, found '-'"),
        ('split_at = "\\t"\n', "segments.split_at: expected blanks of the alphabet"),
        (
            f'split_at = " "\n[suffix]\ntext = "B038"\n{SOURCE}',
            "suffix.separator: expected a text that begins with one of segments.split_at, found ''",
        ),
        (
            'split_at = " "\n[optout]\nseparator = ""\n'
            'transactional = { default = "never", offered = ["never"] }\n'
            f'commercial = {{ default = "never", offered = ["never"] }}\n{SOURCE}',
            "optout.separator: expected a text that begins with one of segments.split_at, found ''",
        ),
    ],
)
def test_faults_of_a_file_that_splits_at_words(
    more: str, fault: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("words") / "words.toml"
    path.write_text(SEGMENTS + more, "utf-8")
    with pytest.raises(ProfileError) as told:
        septet.profile(path)
    assert fault in str(told.value)


def test_clusters_and_words_are_not_kept_together(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("words") / "both.toml"
    path.write_text(SEGMENTS.replace('"cut"', '"whole"') + 'split_at = " "\n', "utf-8")
    with pytest.raises(ProfileError, match=r'segments\.grapheme_clusters: expected "cut", as words'):
        septet.profile(path)
