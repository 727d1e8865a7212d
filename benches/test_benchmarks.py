"""How long does each of our own functions take? ``pytest benches --benchmark-only``

For comparisons of two states of the code by pytest-benchmark; run.py compares septet with its peers. Each
call is for one text, all texts of a corpus in turn, and the answers are checked first.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from corpora import TIMED, corpus, encoding

import septet

FUNCTIONS: dict[str, Callable[[septet.Planner, str], Any]] = {
    "count": lambda planner, text: planner.count(text),
    "measure": lambda planner, text: planner.measure(text),
    "plan": lambda planner, text: planner.plan(text),
    "plan.to_dict": lambda planner, text: planner.plan(text).to_dict(),
    "plan.drawing": lambda planner, text: planner.plan(text).drawing(),
}
PLANNERS = {
    "gsm": septet.Planner(),
    "smsmode, commercial": septet.Planner("smsmode", commercial=True),
    "smspartner, commercial": septet.Planner("smspartner", commercial=True),
}


@pytest.mark.parametrize("name", TIMED)
@pytest.mark.parametrize("who", PLANNERS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_texts(benchmark: Any, function: str, who: str, name: str) -> None:
    texts, planner, call = corpus(name).texts, PLANNERS[who], FUNCTIONS[function]
    if who == "gsm":
        assert {planner.measure(text).encoding for text in texts} == {encoding(name)}
    assert all(planner.plan(text).billed_segments == planner.count(text) for text in texts)
    benchmark.group = f"{function}, {who}"
    benchmark.extra_info |= {"kernel": septet.KERNEL, "texts": len(texts)}
    turn = cycle(texts)
    benchmark(lambda: call(planner, next(turn)))


@pytest.mark.parametrize("name", TIMED)
def test_count_many(benchmark: Any, name: str) -> None:
    texts, planner = list(corpus(name).texts) * 100, PLANNERS["gsm"]
    benchmark.group = f"count_many, {len(texts)} texts"
    benchmark.extra_info["kernel"] = septet.KERNEL
    assert benchmark(planner.count_many, texts) == [planner.count(text) for text in texts]
