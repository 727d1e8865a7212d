"""Which test runs which lines of the package, and how long it takes: noted once, and kept in build/."""

from __future__ import annotations

import ast
import functools
import gc
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from coverage.numbits import nums_to_numbits, register_sqlite_functions
from forks import PACKAGE, ROOT, ended, forked, settle

KEPT = ROOT / "build" / "mutants"
TESTS = ROOT / "tests"

OPTIONS = ("-q", "-p", "no:cacheprovider", "--assert=plain")


def caches(copy: Path) -> list[Any]:
    """The caches of the functions of the package."""
    return [
        found
        for found in gc.get_objects()
        if isinstance(found, functools._lru_cache_wrapper)
        and getattr(found.__wrapped__, "__code__", caches.__code__).co_filename.startswith(str(copy))
    ]


def forget(kept: list[Any]) -> None:
    """Forgets what earlier tests, or the imports, asked the package."""
    from septet.planning import planner  # the one of the copy

    for cache in kept:
        cache.cache_clear()
    planner.forget_planners()


class Watched:
    """For pytest: notes in a file which test runs which lines of the package, and how long each takes.

    What earlier tests left in caches is forgotten before each, or only the first would be said to run it.
    What runs outside of tests is noted for "", and what a fixture of several tests runs for their module.
    """

    def __init__(self, copy: Path, file: Path) -> None:
        self.seconds: dict[str, float] = {}
        self.failing: set[str] = set()
        self._copy, self._module, self._caches = copy, "", []
        self._test = ""
        self._lines = Coverage(file, include=[f"{copy}/*"], config_file=False, messages=False)
        self._lines.start()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        module = nodeid.partition("::")[0]
        if module != self._module:
            self._module, self._caches = module, caches(self._copy)
        forget(self._caches)
        self._test = nodeid
        self._lines.switch_context(nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        self._lines.switch_context(request.node.nodeid)
        try:
            return (yield)
        finally:
            self._lines.switch_context(self._test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        if report.failed:
            self.failing.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self._lines.stop()
        self._lines.save()


def statement(code: str, line: int) -> list[int]:
    """The lines of the innermost statement around a line, without those of the statements in it."""
    around = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    if not around:
        return [line]
    innermost = min(around, key=lambda node: (node.end_lineno or 0) - node.lineno)
    lines = set(range(innermost.lineno, (innermost.end_lineno or 0) + 1))
    for node in ast.walk(innermost):
        if isinstance(node, ast.stmt) and node is not innermost:
            lines.difference_update(range(node.lineno, (node.end_lineno or 0) + 1))
    return sorted(lines or {line})


def is_imported(code: str, line: int) -> bool:
    """Whether a line is run by an import, as it is in no body of a function."""
    return not any(
        node.body[0].lineno <= line <= (node.end_lineno or 0)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )


class Traces:
    """Of some test files: the tests that run a statement, and how long each takes."""

    def __init__(self, name: str, files: list[Path], copy: Path) -> None:
        used = [*PACKAGE.rglob("*.py"), *TESTS.glob("*.py"), *(TESTS / "oracle").rglob("*.py"), *files]
        texts = (file.read_bytes() for file in sorted(used))
        key = hashlib.sha256(b"".join(hashlib.sha256(text).digest() for text in texts)).hexdigest()[:12]
        self._lines = KEPT / f"{name}-{key}.coverage"
        times = KEPT / f"{name}-{key}.json"
        if not times.exists():
            KEPT.mkdir(parents=True, exist_ok=True)
            for old in KEPT.glob(f"{name}-*"):
                old.unlink()
            ended(forked(lambda: self._note(files, copy, times)))
        noted = json.loads(times.read_text("utf-8"))
        self.failing: list[str] = noted["failing"]
        self.seconds: dict[str, float] = {
            test: seconds for test, seconds in noted["seconds"].items() if test not in set(self.failing)
        }

    def _note(self, files: list[Path], copy: Path, times: Path) -> bool:
        settle(copy)
        watched = Watched(copy, self._lines)
        pytest.main([*OPTIONS, *map(str, files)], [watched])
        noted = {"seconds": watched.seconds, "failing": sorted(watched.failing)}
        times.write_text(json.dumps(noted), "utf-8")
        return False

    def running(self, path: Path, lines: list[int] | None = None) -> set[str]:
        """The tests that run some lines of a module; "" stands for what is run before all tests."""
        bits = nums_to_numbits(range(1, 10_000) if lines is None else lines)
        with sqlite3.connect(self._lines) as data:
            register_sqlite_functions(data)
            rows = data.execute(
                "select distinct context from line_bits join file on file.id = file_id"
                " join context on context.id = context_id"
                " where path like ? and numbits_any_intersection(numbits, ?)",
                (f"%/septet/{path.relative_to(PACKAGE).as_posix()}", bits),
            )
            contexts = {context for (context,) in rows}
        modules = {context for context in contexts if context not in self.seconds} - {""}
        tests = {test for test in self.seconds if test in contexts or test.partition("::")[0] in modules}
        return tests | ({""} & contexts)
