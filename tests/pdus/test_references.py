"""References: one number after the other, for all or for each recipient, kept between processes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import septet


def test_numbers_follow_one_another_and_come_round() -> None:
    references = septet.References(254)
    assert [references.next() for _ in range(4)] == [254, 255, 0, 1]
    references = septet.References(65534)
    assert [references.next(wide=True) for _ in range(4)] == [65534, 65535, 0, 1]
    assert next(iter(references)) == 2


def test_no_number_comes_twice_before_all_did() -> None:
    references = septet.References()
    assert sorted(references.next() for _ in range(256)) == list(range(256))
    references = septet.References()
    assert sorted(references.next(wide=True) for _ in range(65536)) == list(range(65536))


def test_each_recipient_has_numbers_of_its_own() -> None:
    references = septet.References(10)
    assert [references.next("a") for _ in range(3)] == [10, 11, 12]
    assert references.next("b") == 10
    assert references.next() == 10
    assert references.next("a") == 13


def test_they_go_on_where_they_stopped() -> None:
    references = septet.References(7)
    references.next("a")
    references.next()
    stored = json.loads(json.dumps(references.state))
    again = septet.References(stored)
    assert (again.next("a"), again.next(), again.next("b")) == (8, 8, 9)


def test_the_recipients_that_are_remembered_are_bounded() -> None:
    references = septet.References(0, limit=2)
    for recipient in ("a", "b", "c"):
        references.next(recipient)
    assert set(references.state["recipients"]) == {"b", "c"}
    assert set(septet.References(references.state, limit=1).state["recipients"]) == {"c"}


def test_threads_get_different_numbers() -> None:
    references = septet.References(0)
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: references.next(wide=True), range(5000)))
    assert sorted(numbers) == list(range(5000))


def test_a_number_is_drawn_only_where_there_are_several_segments() -> None:
    references = septet.References(7)
    septet.plan("a").user_data(references)
    septet.plan("a").submit_pdus("36000", reference=references)
    septet.plan("a").short_messages(reference=references)
    septet.plan("a" * 200).short_messages(reference=references, way="payload")
    assert references.state["shared"] == 7
    plan = septet.plan("a" * 200)
    found = [part.concatenation for part in plan.user_data(references)]
    assert [one and one.reference for one in found] == [7, 7]
    plan.submit_pdus("36000", reference=references)
    assert references.state == {"shared": 8, "recipients": {"36000": 9}}


@pytest.mark.parametrize(
    "start", [-1, 65536, True, 1.0, "7", {}, {"shared": 1}, {"shared": -1, "recipients": {}}]
)
def test_a_start_that_is_none(start: Any) -> None:
    with pytest.raises(ValueError, match="start: "):
        septet.References(start)


@pytest.mark.parametrize("limit", [0, True, 1.5, None])
def test_a_limit_that_is_none(limit: Any) -> None:
    with pytest.raises(ValueError, match="limit: expected a whole number of 1 or more"):
        septet.References(limit=limit)
