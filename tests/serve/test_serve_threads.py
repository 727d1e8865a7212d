"""Threads answer what takes longer, and leave the loop to others."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from serving import Service

from septet.serve.answers import Answers
from septet.serve.threads import Threads


def test_what_a_thread_answers_or_raises_comes_back_to_who_waits_for_it() -> None:
    threads = Threads(2)

    async def asked() -> list[object]:
        async def wrong() -> object:
            with pytest.raises(ValueError, match="no number"):
                await threads.run(_number, "x")
            return None

        return await asyncio.gather(*(threads.run(_number, "7") for _ in range(50)), wrong())

    # Of any loop, and of one after another.
    for _ in range(2):
        assert asyncio.run(asked()) == [7] * 50 + [None]


def _number(written: str) -> int:
    if not written.isdigit():
        raise ValueError("no number")
    return int(written)


def test_the_loop_goes_on_while_a_thread_works_and_what_nobody_waits_for_is_not_begun() -> None:
    threads, go_on, begun = Threads(1), threading.Event(), []

    async def asked() -> None:
        first = asyncio.create_task(threads.run(go_on.wait, 60))
        second = asyncio.create_task(threads.run(begun.append, 2))
        third = asyncio.create_task(threads.run(begun.append, 3))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        assert not first.done()
        go_on.set()
        assert await first is True
        await third

    asyncio.run(asked())
    assert begun == [3]


def test_a_thread_gets_its_next_job_once_the_answer_to_the_one_before_is_there() -> None:
    threads, told = Threads(1), list[str]()

    async def asked(name: str) -> None:
        await threads.run(told.append, f"begun {name}")
        told.append(f"answered {name}")

    async def all_asked() -> None:
        await asyncio.gather(*(asked(name) for name in "abc"))

    asyncio.run(all_asked())
    assert told == ["begun a", "answered a", "begun b", "answered b", "begun c", "answered c"]


def test_a_loop_that_is_closed_before_its_answer_harms_no_other() -> None:
    threads, go_on = Threads(1), threading.Event()

    async def gives_up() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(threads.run(go_on.wait, 60), 0.01)

    asyncio.run(gives_up())
    go_on.set()
    assert asyncio.run(threads.run(_number, "7")) == 7


def test_threads_end_with_their_owner() -> None:
    before = {*threading.enumerate()}
    threads = Threads(3)
    asyncio.run(threads.run(_number, "7"))
    begun = {*threading.enumerate()} - before
    assert len(begun) == 3
    del threads
    gc.collect()
    for thread in begun:
        thread.join(30)
        assert not thread.is_alive()


def test_only_what_is_short_to_count_or_plan_is_answered_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    on_loop: list[bool] = []

    def noting(answer: Callable[..., Any]) -> Callable[..., Any]:
        def noted(self: Answers, asked: Any) -> Any:
            on_loop.append(threading.current_thread().name != "septet")
            return answer(self, asked)

        return noted

    routes = (
        "count",
        "counts",
        "plan",
        "check",
        "preview",
        "advise",
        "compare",
        "prepare",
        "split",
        "bounds",
    )
    for route in (*routes, "options"):
        monkeypatch.setattr(Answers, route, noting(getattr(Answers, route)))
    service = Service()
    short, long = "a", "a" * 2_000
    for route, body, here in (
        ("count", {"text": short}, True),
        ("count", {"text": long}, False),
        ("plan", {"text": short}, True),
        ("plan", {"text": long}, False),
        ("counts", {"texts": [short] * 9}, True),
        ("counts", {"texts": [short] * 1_000}, False),
        ("counts", {"texts": [short, long]}, False),
        *((route, {"text": short}, False) for route in routes[3:-1]),
        ("bounds", {"template": short}, False),
        ("options", {}, False),
    ):
        assert service.post(f"/v1/{route}", **body).status_code == 200
        assert on_loop.pop() is here, route


def test_short_requests_do_not_wait_for_long_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, check = threading.Event(), Answers.check

    def slow(self: Answers, asked: Any) -> Any:
        if len(asked["text"]) == 1_000:
            assert go_on.wait(20)
        return check(self, asked)

    monkeypatch.setattr(Answers, "check", slow)
    app = Service(threads=1).app

    async def asked() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            long = asyncio.create_task(client.post("/v1/check", json={"text": "a" * 1_000}))
            await asyncio.sleep(0)
            assert (await client.post("/v1/check", json={"text": "a" * 900})).status_code == 200
            go_on.set()
            assert (await long).status_code == 200

    asyncio.run(asked())


def test_while_it_serves_no_search_for_garbage_looks_through_what_stays() -> None:
    app, before = Service().app, gc.get_freeze_count()

    async def served() -> None:
        async with app.router.lifespan_context(app):
            assert gc.get_freeze_count() > before + 100_000
        assert gc.get_freeze_count() == before

    asyncio.run(served())


def test_while_it_serves_threads_take_short_turns_and_afterwards_as_before() -> None:
    app, before = Service().app, sys.getswitchinterval()

    async def served() -> None:
        async with app.router.lifespan_context(app):
            assert sys.getswitchinterval() <= 0.001 < before
        assert sys.getswitchinterval() == pytest.approx(before)

    asyncio.run(served())
