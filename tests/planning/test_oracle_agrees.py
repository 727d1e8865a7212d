"""The library against the naive oracle: every part of a plan, every profile, drawn options."""

from __future__ import annotations

from typing import Any

import made_profiles
import pyarrow as pa
import pytest
import strategies
from agreement import check, library_answer, right_answer
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle_profiles import OTHERS, PROFILES, SEEDS

import septet
from septet.planning.words import LONGEST


@pytest.mark.parametrize("profile", SEEDS)
@examples(200)
@given(data=st.data())
def test_plans_agree(kernel: str, profile: str, data: st.DataObject) -> None:
    options = data.draw(strategies.options(profile), label="options")
    text = data.draw(strategies.texts(), label="text")
    check(text, profile, options)


@pytest.mark.parametrize("profile", SEEDS)
@examples(60)
@given(data=st.data())
def test_plans_that_are_cut_agree(kernel: str, profile: str, data: st.DataObject) -> None:
    """The narrow passage: long texts, small ceilings, a mention that needs its room."""
    options = data.draw(strategies.options(profile), label="options")
    options |= {"truncate": True, "max_segments": data.draw(st.integers(1, 2), label="max_segments")}
    filler = data.draw(
        st.sampled_from(["a", "€", "œ", "^", "я", "😀", "e\u0301", "\r\n", "\n"]), label="filler"
    )
    start = data.draw(strategies.texts(longest_filler=10), label="start")
    end = data.draw(strategies.texts(longest_filler=10), label="end")
    edge = data.draw(st.sampled_from(strategies.EDGES), label="edge")
    repeated = max((edge + data.draw(st.integers(-25, 2), label="offset")) // len(filler), 0)
    check(start + filler * repeated + end, profile, options)


@examples(200)
@given(data=st.data())
def test_plans_in_latin_1_and_with_more_in_the_header_agree(kernel: str, data: st.DataObject) -> None:
    options = data.draw(strategies.options("smpp"), label="options")
    mention = options.get("optout_text") or ""
    if data.draw(st.booleans(), label="latin1") and all(ord(character) < 256 for character in mention):
        options["encoding"] = "latin1"
    ports = st.sampled_from([None, (2948, 9200), (240, 255), (80, 250)])
    headers = st.sampled_from([None, b"\x01\x02\x80\x05", b"\x70\x00", b"\x71\x50" + bytes(80)])
    options |= {"ports": data.draw(ports, label="ports"), "header": data.draw(headers, label="header")}
    if data.draw(st.booleans(), label="cut"):
        options |= {"truncate": True, "max_segments": data.draw(st.integers(1, 2), label="max_segments")}
    filler = data.draw(st.sampled_from(["a", "€", "[", "ç", "я", "😀", "e\u0301", "\n"]), label="filler")
    start = data.draw(strategies.texts(longest_filler=10), label="start")
    repeated = data.draw(st.integers(0, 170), label="repeated")
    check(start + filler * repeated, "smpp", options)


@examples(400)
@given(data=st.data())
def test_plans_of_the_other_profiles_agree(kernel: str, data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(OTHERS)), label="profile")
    options = data.draw(strategies.options(profile), label="options")
    if data.draw(st.booleans(), label="cut"):
        options |= {"truncate": True, "max_segments": data.draw(st.integers(1, 2), label="max_segments")}
        options["max_segments"] = min(options["max_segments"], OTHERS[profile].ceiling)
    text = data.draw(strategies.texts(table=OTHERS[profile].table), label="text")
    check(text, profile, options)


@pytest.mark.parametrize("profile", SEEDS)
@examples(60)
@given(data=st.data())
def test_plans_whose_words_are_cut_agree(kernel: str, profile: str, data: st.DataObject) -> None:
    """Words around what must stay whole, in every script, with a mark or without."""
    options = data.draw(strategies.options(profile), label="options")
    check_words(data.draw(strategies.sentences(), label="text"), profile, options | words(data, profile))


@examples(150)
@given(data=st.data())
def test_plans_of_the_other_profiles_whose_words_are_cut_agree(kernel: str, data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(OTHERS)), label="profile")
    options = data.draw(strategies.options(profile), label="options")
    check_words(data.draw(strategies.sentences(), label="text"), profile, options | words(data, profile))


def check_words(text: str, profile: str, options: dict[str, Any]) -> None:
    # If a text is much longer than what fits, its beginning and its end are searched for links.
    assume(len(text) <= 800)
    # A cut within what is longer than a word may make a mention that is: no such cut is looked for.
    assume(len(options.get("optout_text") or "") <= LONGEST)
    check(text, profile, options)


def words(data: st.DataObject, profile: str) -> dict[str, Any]:
    """Options that cut words, with a mark that the profile can show."""
    limit = min(data.draw(st.integers(1, 2), label="max_segments"), PROFILES[profile].ceiling)
    mark = data.draw(st.sampled_from([None, "", *strategies.marks(PROFILES[profile])]), label="mark")
    return {"truncate": "words", "max_segments": limit, "truncate_mark": mark}


@pytest.mark.parametrize("name", made_profiles.NAMES)
@examples(12)
@given(data=st.data())
def test_made_profiles_agree(kernel: str, name: str, data: st.DataObject) -> None:
    """Each policy, clusters, placeholders, limits and documented totals, separately and together."""
    rules, profile = made_profiles.rules(name), made_profiles.made(name)
    options = data.draw(strategies.options(rules), label="options")
    text = data.draw(strategies.texts(table=rules.table), label="text")
    right = right_answer(text, rules, options)
    planner = septet.Planner(profile, **options)
    assert library_answer(text, planner)._asdict() == right._asdict()
    assert tuple(planner.measure(text)) == (right.encoding, right.units, right.billed_segments)
    assert planner.count_many([text]) == [right.billed_segments]
    if not any("\ud800" <= character <= "\udfff" for character in text):
        batch = planner.measure_arrow(pa.array([text, None, text]))
        measured = dict(zip(batch.schema.names, batch.to_pylist()[0].values(), strict=True))
        assert tuple(measured.values()) == (right.encoding, right.units, right.billed_segments)
