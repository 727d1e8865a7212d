"""Plans as objects: costs, immutability, copies; and planners that threads share."""

from __future__ import annotations

import copy
import pickle
import threading
from decimal import Decimal, localcontext
from typing import Any

import pytest

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
    assert f"<septet.Plan {profile}: gsm7, " in repr(planner.plan("a"))


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
    """As web frameworks have: a text that says of itself that it is safe."""

    def __str__(self) -> str:
        return "not the text"


@pytest.mark.parametrize("profile", septet.profiles())
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
