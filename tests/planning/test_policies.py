"""Substitution policies and what else the newer vendors ask: properties, and their edges by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import oracle
import pytest
import regex
import strategies
from hypothesis import given
from hypothesis import strategies as st
from oracle_profiles import OTHERS, PROFILES

import septet

pa = pytest.importorskip("pyarrow")

SUBSTITUTED = ("substitution", "deletion")

Write = Callable[[str], Path]


@pytest.fixture(scope="module")
def write(tmp_path_factory: pytest.TempPathFactory) -> Write:
    def written(text: str) -> Path:
        path = tmp_path_factory.mktemp("vendor") / "own.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="module")
def as_written(write: Write) -> dict[str, septet.Profile]:
    """For each profile one that replaces nothing."""
    return {
        name: septet.profile(write(f'extends = "{name}"\nsubstitutions = []'))
        for name, rules in PROFILES.items()
        if rules.table
    }


def with_policy(policy: str) -> list[str]:
    return [name for name, rules in PROFILES.items() if rules.policy == policy]


def of_policy(policy: str) -> st.SearchStrategy[tuple[str, str]]:
    """A profile and a text with characters that it replaces."""
    return st.sampled_from(with_policy(policy)).flatmap(
        lambda name: st.tuples(st.just(name), strategies.texts(table=PROFILES[name].table))
    )


def replaced(plan: septet.Plan) -> list[str]:
    return [change.source for change in plan.changes if change.reason in SUBSTITUTED]


@given(drawn=of_policy("all-or-nothing"), encoding=st.sampled_from(["auto", "gsm7"]))
def test_all_or_nothing_changes_all_or_nothing(kernel: str, drawn: tuple[str, str], encoding: Any) -> None:
    name, text = drawn
    plan = septet.plan(text, name, encoding=encoding)
    listed = [character for character in text if character in PROFILES[name].table]
    assert replaced(plan) in ([], listed)
    if listed and replaced(plan):
        assert plan.encoding == "gsm7"
        assert not plan.truncated
        assert {change.reason for change in plan.changes} <= {*SUBSTITUTED, "line-break"}
    if listed and not replaced(plan) and encoding == "auto":
        assert plan.text == text
        assert plan.encoding == "ucs2"


@given(drawn=of_policy("if-it-saves-a-segment"), encoding=st.sampled_from(["auto", "ucs2"]))
def test_if_it_saves_never_changes_without_saving(
    kernel: str, as_written: dict[str, septet.Profile], drawn: tuple[str, str], encoding: Any
) -> None:
    name, text = drawn
    plan = septet.plan(text, name, encoding=encoding)
    unchanged = septet.count(text, as_written[name], encoding=encoding)
    if replaced(plan):
        assert encoding == "auto"
        assert 0 < plan.billed_segments < unchanged
    else:
        assert (plan.billed_segments, plan.text) == (unchanged, text)


@given(drawn=of_policy("if-it-saves-a-segment"))
def test_if_it_saves_leaves_nothing_on_the_table(kernel: str, drawn: tuple[str, str]) -> None:
    """What is sent as written could not have been sent in fewer segments by replacing."""
    name, text = drawn
    plan = septet.plan(text, name)
    substituted = text.translate({ord(source): shown for source, shown in PROFILES[name].table.items()})
    fewer = septet.count(substituted, "gsm")
    if not replaced(plan):
        assert fewer == 0 or plan.billed_segments <= fewer
    else:
        assert plan.billed_segments == fewer


@given(drawn=of_policy("always"))
def test_always_changes_whatever_is_listed(kernel: str, drawn: tuple[str, str]) -> None:
    name, text = drawn
    plan = septet.plan(text, name, truncate=False)
    # A blank of a run that was collapsed is no longer there to be replaced.
    kept = plan.terms.placeholders.prepare(text).text
    listed = [source for source in replaced(plan) if not source.isspace()]
    table = PROFILES[name].table
    assert listed == [character for character in kept if character in table and not character.isspace()]
    assert not set(plan.text) & (PROFILES[name].table.keys() - set("".join(PROFILES[name].table.values())))


@given(data=st.data())
def test_every_way_to_count_agrees(kernel: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(OTHERS)))
    options = data.draw(strategies.options(name))
    texts = data.draw(st.lists(strategies.texts(table=OTHERS[name].table), max_size=4))
    planner = septet.Planner(name, **options)
    plans = [planner.plan(text) for text in texts]
    billed = [plan.billed_segments for plan in plans]
    assert [planner.count(text) for text in texts] == planner.count_many(texts) == billed
    measured = [(plan.encoding, plan.units, plan.billed_segments) for plan in plans]
    assert [tuple(planner.measure(text)) for text in texts] == measured
    sent = [text for text in texts if not regex.search(r"\p{Cs}", text)]  # UTF-8 holds no lone surrogate
    columns = planner.measure_arrow(pa.array(sent, pa.string())).to_pylist()
    assert columns == [planner.measure(text)._asdict() for text in sent]


@given(text=strategies.texts(longest_filler=335))
def test_clusters_are_kept_whole(kernel: str, text: str) -> None:
    plan = septet.plan(text, "twilio")
    shown = plan.text
    places = {place for start, end in oracle.visible_clusters(shown) for place in (start, end)}
    for segment in plan.segments:
        if segment.start in places:
            continue
        (cluster,) = [c for c in oracle.visible_clusters(shown) if c[0] < segment.start < c[1]]
        units = len(shown[slice(*cluster)].encode("utf-16-le", "surrogatepass")) // 2
        assert units > segment.capacity, "only a cluster that no segment holds is cut"


def test_a_table_that_replaces_characters_of_the_alphabet(kernel: str, write: Write) -> None:
    rows = '[[substitutions]]\nsource = "x"\nrows = [["^", "-"], ["ê", "e"], ["’", ""]]\n'
    own = {
        policy: septet.profile(
            write(f'extends = "aws"\n{rows}[substitution]\nsource = "x"\npolicy = "{policy}"\n')
        )
        for policy in ("in-gsm7", "always", "if-it-saves-a-segment", "all-or-nothing")
    }

    def sent(text: str, policy: str, encoding: Any = "auto") -> tuple[str, str, int]:
        plan = septet.plan(text, own[policy], encoding=encoding)
        assert septet.Planner(own[policy], encoding=encoding).count(text) == plan.billed_segments
        return plan.encoding, plan.text, plan.billed_segments

    # 80 times two septets are one segment; 81 are two, and one when replaced.
    assert sent("^" * 80, "if-it-saves-a-segment") == ("gsm7", "^" * 80, 1)
    assert sent("^" * 81, "if-it-saves-a-segment") == ("gsm7", "-" * 81, 1)
    for policy in ("in-gsm7", "always", "all-or-nothing"):
        assert sent("^", policy) == ("gsm7", "-", 1)
    assert sent("^я", "in-gsm7") == sent("^я", "all-or-nothing") == ("ucs2", "^я", 1)
    assert sent("^я", "always") == ("ucs2", "-я", 1)
    assert sent("^я", "if-it-saves-a-segment") == ("ucs2", "^я", 1)
    # Deleting saves, in UCS-2 too; but not by showing nothing.
    assert sent("’я" * 36, "if-it-saves-a-segment") == ("ucs2", "я" * 36, 1)
    assert sent("’" * 71, "if-it-saves-a-segment") == ("ucs2", "’" * 71, 2)
    # Forced GSM-7 replaces what it has to.
    assert sent("^ê", "if-it-saves-a-segment", "gsm7") == ("gsm7", "-e", 1)
    assert sent("^^", "if-it-saves-a-segment", "gsm7") == ("gsm7", "^^", 1)
    assert sent("^ê", "all-or-nothing", "gsm7") == ("gsm7", "-e", 1)
    assert sent("^я", "all-or-nothing", "gsm7") == ("gsm7", "^?", 1)
    for policy in own:
        assert sent("^ê", policy, "ucs2") == ("ucs2", "^ê", 1)


def test_what_forces_ucs2_depends_on_the_policy() -> None:
    assert septet.plan("“я”", "twilio").forcing == ((1, 2),)
    assert septet.plan("“я”", "webex").forcing == ((1, 2),)
    # As long as nothing is replaced, the quotation marks force it as well.
    assert septet.plan("“я”", "sinch").forcing == ((0, 1), (1, 2), (2, 3))
    assert septet.plan("\u200b" * 70 + "“я”", "sinch").forcing == ((71, 72),)


def test_placeholders(kernel: str, write: Write) -> None:
    path = write(
        """
        extends = "envoyersmspro"
        [limit]
        ceiling = 3
        truncate = true
        source = "my own page"
        [[placeholders]]
        text = "{name}"
        replaced_by = "Maximilian"
        meaning = "the name"
        source = "my own page"
        [[placeholders]]
        text = "{name} {surname}"
        replaced_by = "Max Muster"
        meaning = "both names"
        source = "my own page"
        """
    )
    plan = septet.plan("a\r\n{name},\r{name} {surname}\n{Name}", path)
    assert plan.text == "a\nMaximilian,\nMax Muster\n{Name}"
    assert [(c.start, c.end, c.source, c.replacement, c.reason) for c in plan.changes] == [
        (1, 3, "\r\n", "\n", "line-break"),
        (3, 9, "{name}", "Maximilian", "placeholder"),
        (10, 11, "\r", "\n", "line-break"),
        (11, 27, "{name} {surname}", "Max Muster", "placeholder"),
    ]
    # 1 + 2 + 10 + 1 + 2 + 10 + 2 + 4 + two braces of two
    assert plan.units == septet.Planner(path).measure(plan.original).units == 36
    assert not plan.problems
    # A placeholder is cut as a whole: 155 and 10 do not fit into 160.
    for before in range(151, 161):
        plan = septet.plan("b" * before + "{name}c", path, max_segments=1)
        assert (plan.text, plan.truncated) == ("b" * before, 7)
    plan = septet.plan("b" * 150 + "{name}c", path, max_segments=1)
    assert (plan.text, plan.truncated) == ("b" * 150 + "Maximilian", 1)
    # Nothing is left to cut before one that is too long by itself.
    plan = septet.plan("{name}" * 46, path, max_segments=3)
    assert (plan.billed_segments, plan.truncated, plan.ok) == (3, 6, True)


def test_a_cut_keeps_to_the_limit_in_characters(kernel: str) -> None:
    plan = septet.plan("a" * 458 + "ê" * 9, "octopush@2016", truncate=True)
    assert (plan.text, plan.truncated) == ("a" * 458 + "e", 8)
    plan = septet.plan("a" * 1599 + "😀", "twilio", truncate=True)
    assert (len(plan.text), plan.encoding, plan.truncated) == (1599, "gsm7", 1)
    plan = septet.plan("я" * 700, "aws", truncate=True)
    assert (plan.units, plan.truncated, plan.problems[0].code) == (630, 70, "truncated")
    # Deleted characters are written as well, at any weight: only 1,600 of them are taken.
    plan = septet.plan("a" + "\u200b" * 1700, "twilio", truncate=True)
    assert (plan.text, plan.units, plan.truncated) == ("a", 1, 101)


def test_national_tables_of_a_vendor() -> None:
    # "the limit is 155 characters"; "if 3 such characters are used, the length reduces from 155 to 152"
    assert septet.count("ğ" * 155, "infobip", language="tr") == 1
    assert septet.count("ğ" * 156, "infobip", language="tr") == 2
    assert septet.count("Ú" * 3 + "a" * 149, "infobip", language="es") == 1
    assert septet.count("Ú" * 3 + "a" * 150, "infobip", language="es") == 2
    with pytest.raises(ValueError, match="language for infobip: expected"):
        septet.plan("a", "infobip", language="hi")


def test_seven_bits_that_are_not_the_gsm_alphabet_have_no_octets_here() -> None:
    plan = septet.plan("[a]", "telnyx-shortcode")
    assert plan.units == 3
    with pytest.raises(ValueError, match="telnyx-shortcode sends its 7-bit messages in another alphabet"):
        plan.user_data()
    assert septet.plan("é", "telnyx-shortcode").user_data()[0].octets == "é".encode("utf-16-be")


def test_documents_by_date() -> None:
    assert septet.profile("smsmode@2017-04-13") is septet.profile("smsmode")
    newer = septet.profile("smsmode@2020-11")
    assert (newer.name, newer.date) == ("smsmode@2020-11", "2020-11")
    assert septet.plan("a STOP 36180", newer, commercial=True).optout_status == "already-there"
    with pytest.raises(ValueError, match=r"the documents of smsmode here are 2017-04-13, 2020-11$"):
        septet.profile("smsmode@2019")
    with pytest.raises(ValueError, match="the documents of telnyx here are one without a date"):
        septet.profile("telnyx@2020")
