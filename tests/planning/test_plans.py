"""Plans as objects: costs, immutability, copies; and planners that threads share."""

from __future__ import annotations

import copy
import os
import pickle
import shutil
import threading
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from mechanisms import over_profiles

import septet

TEXT = "Ça y est : -20 % jusqu’à dimanche, 10 € offerts !"


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (Decimal("0.038"), "0.076"),
        ("0.038", "0.076"),
        (0.1, "0.2"),
        (0.038, "0.076"),
        (1, "2"),
        (0, "0"),
        ("1e-40", "2E-40"),
        ("0.12345678901234567890123456789012345", "0.24691357802469135780246913578024690"),
        ("9e999999", "1.8E+1000000"),
        (-0.0, "0.0"),
    ],
)
def test_a_cost_is_exact(price: Any, expected: str) -> None:
    with localcontext(prec=5):
        cost = septet.plan("a" * 161).cost(price)
    assert str(cost) == expected


@pytest.mark.parametrize("price", ["NaN", "inf", "-1", -0.5, float("nan"), float("inf"), "0,038", "", "abc"])
def test_a_price_that_is_no_number_of_zero_or_more(price: Any) -> None:
    with pytest.raises(ValueError, match="price: expected"):
        septet.plan("a").cost(price)


@pytest.mark.parametrize("price", [None, True, b"1", [1], 1j])
def test_a_price_of_another_type(price: Any) -> None:
    with pytest.raises(TypeError, match="price: expected"):
        septet.plan("a").cost(price)


def test_plans_do_not_change() -> None:
    plan = septet.plan(TEXT, "smspartner", commercial=True)
    for name in ("units", "text", "problems", "ok", "billed_segments"):
        with pytest.raises(AttributeError):
            setattr(plan, name, None)
    with pytest.raises(AttributeError):
        plan.other = 1  # type: ignore[attr-defined]
    assert isinstance(plan.segments, tuple)
    assert isinstance(plan.changes, tuple)
    assert isinstance(plan.problems, tuple)


@pytest.mark.parametrize("profile", septet.profiles())
def test_plans_and_planners_are_copied_and_pickled(profile: str) -> None:
    planner = septet.Planner(profile, commercial=True)
    for text in (TEXT, "", "x" * 500, "\ud800\x1b"):
        plan = planner.plan(text)
        assert pickle.loads(pickle.dumps(plan)) == plan == copy.deepcopy(plan)
        assert hash(copy.copy(plan)) == hash(plan)
        assert pickle.loads(pickle.dumps(planner)).plan(text) == plan
    assert planner.plan("a") != planner.plan("b")
    assert planner.plan("a") != "a"
    assert repr(planner) == f"septet.Planner('{profile}', commercial=True)"
    encoding = planner.plan("a").encoding
    assert f"<septet.Plan {profile}: {encoding}, " in repr(planner.plan("a"))


def test_the_two_ways_to_the_same_plan_agree() -> None:
    for profile in septet.profiles():
        planner = septet.Planner(profile)
        assert planner.plan(TEXT) == septet.plan(TEXT, profile)
        measure = planner.measure(TEXT)
        plan = planner.plan(TEXT)
        assert measure == (plan.encoding, plan.units, plan.billed_segments)
        assert measure.billed_segments == planner.count(TEXT) == planner.count_many([TEXT, "a"])[0]
        assert planner.count_many(iter([TEXT])) == [planner.count(TEXT)]


def test_what_forced_ucs2_and_what_costs_more() -> None:
    plan = septet.plan("l’été €")
    assert plan.forcing == ((1, 2),)
    assert plan.doubles == ()
    assert septet.plan("l’été €", encoding="ucs2").forcing == ()
    plan = septet.plan("l'été €\n", "smspartner")
    assert plan.forcing == ()
    assert plan.doubles == (6, 7)
    assert septet.plan("a😀b\r\nç", "smspartner", encoding="auto").forcing == ((1, 2),)


def test_threads_share_a_planner() -> None:
    planner = septet.Planner("smsmode", commercial=True)
    texts = ["é" * n + "€ç" * (n % 7) for n in range(0, 400, 3)]
    expected = [planner.plan(text).to_dict() for text in texts]
    wrong: list[int] = []

    def work() -> None:
        for number, text in enumerate(texts * 3):
            if planner.plan(text).to_dict() != expected[number % len(texts)]:
                wrong.append(number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


class Marked(str):
    """As in web frameworks: a text that marks itself as safe."""

    def __str__(self) -> str:
        return "not the text"


@over_profiles("profile")
@pytest.mark.parametrize("text", ["a", "ça", "я", "a\r\nb €", "x" * 900, ""])
def test_a_text_of_a_class_of_its_own_is_planned_as_the_text_that_it_is(
    kernel: str, profile: str, text: str
) -> None:
    planner = septet.Planner(profile, commercial=True)
    plan = planner.plan(Marked(text))
    assert plan == planner.plan(text)
    assert type(plan.original) is type(plan.text) is str
    assert planner.measure(Marked(text)) == planner.measure(text)
    assert planner.count(Marked(text)) == planner.count_many([Marked(text)])[0] == planner.count(text)


def test_the_details_of_a_problem_do_not_change() -> None:
    plan = septet.plan("a" * 161, max_segments=1)
    (problem,) = plan.problems
    for change in (
        lambda details: details.update(limit=99),
        lambda details: details.pop("limit"),
        lambda details: details.__setitem__("limit", 99),
        lambda details: details.__delitem__("limit"),
        lambda details: details.clear(),
        lambda details: details.setdefault("other", 1),
        lambda details: details.__ior__({"limit": 99}),
    ):
        with pytest.raises(TypeError, match="do not change"):
            change(problem.details)
    plan.to_dict()["problems"][0]["details"]["limit"] = 99
    assert problem.details == {"limit": 1, "actual": 2}
    assert pickle.loads(pickle.dumps(problem)) == problem == copy.deepcopy(problem)
    assert hash(problem) == hash(copy.copy(problem))


def test_equal_planners_are_equal() -> None:
    planner = septet.Planner("smsmode", country="fr", commercial=True)
    same = septet.Planner("smsmode", commercial=True, country="FR", optout=None)
    assert planner == same
    assert hash(planner) == hash(same)
    assert planner == pickle.loads(pickle.dumps(planner)) == copy.deepcopy(planner)
    for other in (
        septet.Planner("smsmode", commercial=True),
        septet.Planner("smsmode", country="BE", commercial=True),
        septet.Planner("smsmode@2020-11", country="FR", commercial=True),
    ):
        assert planner != other
    assert planner != "smsmode"


def test_a_pickle_names_a_profile_that_comes_with_septet() -> None:
    for profile in septet.profiles():
        pickled = pickle.dumps(septet.plan(TEXT, profile))
        assert len(pickled) < 500, profile
        assert pickle.loads(pickled).terms.profile is septet.profile(profile)


def test_a_pickle_of_another_edition_of_the_tables_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pickled = pickle.dumps(septet.plan(TEXT, "smsmode"))
    monkeypatch.setattr("septet._tables.EDITION", "another")
    with pytest.warns(UserWarning, match="'smsmode' was pickled with the tables of edition"):
        assert pickle.loads(pickled) == septet.plan(TEXT, "smsmode")


def test_a_pickle_carries_the_rules_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('extends = "smsmode"\n', "utf-8")
    plan = septet.plan(TEXT, path)
    pickled = pickle.dumps(plan)
    path.unlink()
    assert pickle.loads(pickled) == plan


@pytest.mark.parametrize("profile", septet.profiles())
def test_nobody_changes_the_rules_of_a_profile(profile: str) -> None:
    def look(value: object) -> None:
        if isinstance(value, dict):
            with pytest.raises(TypeError, match="does not change"):
                value["new"] = 1
            with pytest.raises(TypeError, match="does not change"):
                value.clear()
            for held in value.values():
                look(held)
        elif isinstance(value, list):
            with pytest.raises(TypeError, match="does not change"):
                value.append(1)
            with pytest.raises(TypeError, match="does not change"):
                value.sort()
            for held in value[:3]:
                look(held)

    rules = septet.profile(profile).all_rules
    for key in rules:
        look(septet.profile(profile).rule(key))
        look(rules[key])


VENDOR = 'extends = "gsm"\n[limit]\nceiling = {ceiling}\ntruncate = true\nsource = "only this test"\n'


def test_a_path_that_means_another_file_is_another_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a link, by `chdir`, and by a copy of the same size that keeps its time (`cp -p`)."""
    for place, ceiling in (("one", 1), ("two", 2)):
        (tmp_path / place).mkdir()
        path = tmp_path / place / "own.toml"
        path.write_text(VENDOR.format(ceiling=ceiling), "utf-8")
        os.utime(path, ns=(10**18, 10**18))
    text = "a" * 500

    link = tmp_path / "link.toml"
    for place, ceiling in (("one", 1), ("two", 2)):
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / place / "own.toml")
        assert septet.count(text, link) == septet.count(text, str(link)) == ceiling

    directory = tmp_path / "directory"
    for place, ceiling in (("one", 1), ("two", 2)):
        directory.unlink(missing_ok=True)
        directory.symlink_to(tmp_path / place)
        assert septet.count(text, directory / "own.toml") == ceiling

    for place, ceiling in (("one", 1), ("two", 2)):
        monkeypatch.chdir(tmp_path / place)
        assert septet.count(text, "own.toml") == septet.count(text, "./own.toml") == ceiling

    copied = tmp_path / "copied.toml"
    for place, ceiling in (("one", 1), ("two", 2)):
        shutil.copy2(tmp_path / place / "own.toml", copied)
        assert septet.count(text, copied) == ceiling


@pytest.mark.parametrize(
    ("text", "profile", "options", "intact"),
    [
        ("Été", "gsm", {}, True),
        ("ça", "gsm", {}, True),
        ("ça", "smsmode", {}, False),
        ("ça", "smspartner", {}, False),
        ("a\r\nb", "smspartner", {}, True),
        ("Promo", "smsmode", {"commercial": True}, True),
        ("x" * 200, "gsm", {"max_segments": 1, "truncate": True}, False),
        ("ab\x1b", "gsm", {}, False),
        ("\ud800", "gsm", {"encoding": "ucs2"}, False),
        ("STOP au [STOP_CODE]", "brevo", {"commercial": True}, True),
    ],
)
def test_whether_the_phone_shows_what_was_written(
    text: str, profile: str, options: dict[str, object], intact: bool
) -> None:
    assert septet.plan(text, profile, **options).intact is intact  # type: ignore[arg-type]


def test_the_repr_shows_the_text_and_the_verdict() -> None:
    assert repr(septet.plan("Été")) == "<septet.Plan gsm: gsm7, 3 units, 1 billed segment, ok, 'Été'>"
    refused = septet.plan("x" * 200, max_segments=1)
    assert repr(refused) == (
        f"<septet.Plan gsm: gsm7, 200 units, 2 billed segments, not ok: too-long, '{'x' * 60}…'>"
    )


@pytest.mark.parametrize(
    ("text", "profile", "options"),
    [
        ("Bonjour", "gsm", {}),
        (TEXT, "gsm", {"encoding": "gsm7"}),
        (TEXT, "smsmode", {"commercial": True}),
        ("😀\ud800" * 40, "gsm", {"max_segments": 1}),
        ("a" * 900, "smsmode", {"truncate": True}),
    ],
)
def test_a_plan_in_short_has_what_its_dict_has_but_the_segments(
    text: str, profile: str, options: dict[str, Any]
) -> None:
    plan = septet.plan(text, profile, **options)
    whole, short = plan.to_dict(), plan.in_short("en")
    assert short == {name: whole[name] for name in short}
    assert {"encoding", "units", "billed_segments", "text", "changes", "problems"} <= short.keys()
    assert "segments" not in short


@pytest.mark.parametrize(
    ("text", "part", "held"),
    [
        # TS 23.040, 9.2.3.24.8: a reference of 16 bits leaves 133 octets.
        *(("a" * 306, 153, [153, 153]), ("a" * 306, 152, [152, 152, 2])),
        *(("ж" * 134, 67, [67, 67]), ("ж" * 134, 66, [66, 66, 2])),
        *(("a" * 151 + "€" + "a" * 152, 153, [153, 152]), ("a" * 151 + "€" + "a" * 152, 152, [151, 152, 2])),
        *(("a" * 160, 152, [160]), ("", 152, [])),
    ],
)
def test_segments_with_a_wider_header(text: str, part: int, held: list[int]) -> None:
    found = septet.plan(text).segments_of(part)
    assert [segment.units for segment in found] == held
    assert "".join(segment.text for segment in found) == text
