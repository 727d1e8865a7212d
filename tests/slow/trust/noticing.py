"""The tests that may notice a mutant: those that run the statement that was changed, its room's first."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FunctionType

import hypothesis
import pytest
from forks import PACKAGE, ROOT, ended, forked, limit, settle
from traces import OPTIONS, Traces, caches, forget, is_imported, statement

#: Tests of figures from documents: they are asked about every room.
FIGURES = ROOT / "tests" / "planning" / "test_vectors.py"
#: The test files that are in no folder, as if they were in one of this name.
TOP = "top"
#: Folders whose tests are not among the fast ones.
SLOW = ("slow", "sanitizers")


def all_folders() -> list[str]:
    """The folders of all fast tests."""
    folders = sorted(path.name for path in (ROOT / "tests").iterdir() if path.is_dir())
    return [TOP, *(name for name in folders if name not in SLOW and test_files(name))]


def test_files(folder: str) -> list[Path]:
    """The test files of a folder, without those that are asked about every room."""
    tests = ROOT / "tests"
    found = tests.glob("test_*.py") if folder == TOP else (tests / folder).rglob("test_*.py")
    return sorted(file for file in found if file != FIGURES)


class Unshrunk:
    """For pytest: one failing example of a property is enough, however long it is."""

    def pytest_collection(self) -> None:
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        profile = hypothesis.settings.get_profile("septet")
        hypothesis.settings.register_profile("mutants", profile, phases=phases, database=None)
        hypothesis.settings.load_profile("mutants")


class Chosen:
    """For pytest: runs some tests only, in their order, and none for much longer than it took before."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._places = {test: place for place, test in enumerate(seconds)}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        limit(self._seconds[nodeid])

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        chosen = [item for item in items if item.nodeid in self._places]
        items[:] = sorted(chosen, key=lambda item: self._places[item.nodeid])


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a module, and of all functions in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def changes(original: str, source: str, path: str) -> dict[CodeType, CodeType] | None:
    """The new code of each function of a module; None if functions that exist cannot take it."""
    before, after = (list(codes(compile(text, path, "exec"))) for text in (original, source))
    shapes = [[(code.co_qualname, code.co_freevars) for code in codes] for codes in (before, after)]
    if shapes[0] != shapes[1] or len(set(before)) < len(before):
        return None
    return dict(zip(before, after, strict=True))


class Served:
    """For pytest: waits for mutants when the tests are collected, and tries each in a fork of its own."""

    def __init__(self, orders: Connection, copy: Path) -> None:
        self._orders, self._copy = orders, copy

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        self._caches = caches(self._copy)
        self._functions: dict[str, list[FunctionType]] = {}
        for found in gc.get_objects():
            if type(found) is FunctionType:
                self._functions.setdefault(found.__code__.co_filename, []).append(found)
        # A fork that collects garbage copies the memory of what it looks at.
        gc.freeze()
        self._orders.send("ready")
        while order := self._orders.recv():
            self._orders.send(ended(forked(partial(self._fails, session, *order))))
        return True

    def _fails(
        self, session: pytest.Session, path: str, original: str, source: str, tests: dict[str, float]
    ) -> bool:
        new = changes(original, source, path) or {}
        for function in self._functions.get(path, ()):
            function.__code__ = new.get(function.__code__, function.__code__)
        forget(self._caches)
        chosen = [self._items[test] for test in tests]
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            limit(tests[item.nodeid])
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return True
        return False


class Noticing:
    """The fast tests in some folders, and of figures from documents, for a copy of the package.

    A mutant is first put in the place of the functions that are there already, in a fork of a process that
    has collected all tests. If they notice nothing, and imports run what was changed, a new process imports
    it, for the tests that run anything of the module.
    """

    def __init__(self, folders: list[str], copy: Path) -> None:
        self._copy = copy
        self._files = {name: test_files(name) for name in folders}
        self._files["figures"] = [FIGURES]
        self._traces = {name: Traces(name, files, copy) for name, files in self._files.items()}
        self.failing = [test for traces in self._traces.values() for test in traces.failing]
        self._seconds = {
            test: time for traces in self._traces.values() for test, time in traces.seconds.items()
        }
        here, there = Pipe()

        def serve() -> bool:
            here.close()
            settle(copy)
            files = [str(file) for files in self._files.values() for file in files]
            return pytest.main([*OPTIONS, *files], [Served(there, copy), Unshrunk()]) != 0

        forked(serve)
        there.close()
        self._orders = here
        if self._orders.recv() != "ready":
            sys.exit("the tests cannot be collected")

    def outcome(self, path: Path, line: int, source: str) -> str:
        """What the tests say of a mutant in the copy: "survived", "killed" or "without end"."""
        original = path.read_text("utf-8")
        target = str(self._copy / "septet" / path.relative_to(PACKAGE))
        found = self._running(path, statement(original, line))
        tests = self._ordered(path, found)
        # Of a module that a test loads, its lines are noted for this test only.
        imported = "" in found or is_imported(original, line)
        replaceable = changes(original, source, target) is not None
        if tests and replaceable:
            self._orders.send((target, original, source, {test: self._seconds[test] for test in tests}))
            noticed: str = self._orders.recv()
            if noticed != "survived":
                return noticed
        if imported:
            tests = self._ordered(path, self._running(path))
        elif replaceable:
            return "survived"
        return self._afresh(tests) if tests else "survived"

    def close(self) -> None:
        self._orders.send(None)

    def _afresh(self, tests: list[str]) -> str:
        files = dict.fromkeys(test.partition("::")[0] for test in tests)

        def fails() -> bool:
            settle(self._copy)
            limit(60)  # for the imports
            seconds = {test: self._seconds[test] for test in tests}
            return pytest.main([*OPTIONS, "-x", *files], [Chosen(seconds), Unshrunk()]) != 0

        return ended(forked(fails))

    def _running(self, path: Path, lines: list[int] | None = None) -> set[str]:
        """The tests that run some lines, or any of a module; "" for what imports run."""
        return set().union(*(traces.running(path, lines) for traces in self._traces.values()))

    def _ordered(self, path: Path, tests: set[str]) -> list[str]:
        """Those of the room first, and of these the fast ones; about as fast ones may share fixtures."""
        own = ROOT / "tests" / path.relative_to(PACKAGE).parts[0]

        def rank(test: str) -> tuple[bool, int]:
            is_own = own in (ROOT / test).parents
            return not is_own, math.ceil(math.log10(self._seconds[test] + 0.001))

        return sorted((test for test in self._seconds if test in tests), key=rank)
