"""The tests that may notice a mutant: those of its room that run the function that was changed."""

from __future__ import annotations

import ast
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "septet"

#: The processor time that the tests of a room may take before a mutant counts as one that never ends.
SECONDS = 600

#: Tests of figures from documents; used for every room whose own tests notice nothing.
FIGURES = ("planning/test_vectors.py",)

OPTIONS = ("-q", "-p", "no:cacheprovider", "--assert=plain")


class Chosen:
    """For pytest: leaves out all tests but some."""

    def __init__(self, tests: set[str]) -> None:
        self.tests = tests

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self.tests]


class Watched:
    """For pytest: notes in a file which test runs which lines of the package."""

    def __init__(self, copy: Path, file: Path) -> None:
        self.lines = Coverage(file, include=[f"{copy}/*"], config_file=False, messages=False)

    def pytest_collection(self) -> None:
        self.lines.start()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.lines.switch_context(nodeid)

    def pytest_sessionfinish(self) -> None:
        self.lines.stop()
        self.lines.save()


def body(code: str, line: int) -> range | None:
    """The lines of the innermost function around a line; None for a line that is run by an import."""
    around = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body[0].lineno <= line <= (node.end_lineno or 0)
    ]
    if not around:
        return None
    innermost = max(around, key=lambda node: node.lineno)
    return range(innermost.body[0].lineno, (innermost.end_lineno or 0) + 1)


class Room:
    """The fast tests of a room, and of figures from documents, for a copy of the package."""

    def __init__(self, name: str, copy: Path) -> None:
        own = sorted((ROOT / "tests" / name).rglob("test_*.py"))
        figures = [ROOT / "tests" / figures for figures in FIGURES]
        self.files = [*own, *(file for file in figures if file not in own)]
        self._copy = copy
        self._lines = copy / f"{name}.coverage"

    def about(self, path: Path) -> list[Path]:
        """The test files that name a module; those that are called like it come first."""
        stem = path.stem.rstrip("s")
        called = [file for file in self.files if stem in file.stem]
        naming = [file for file in self.files if f"{path.parent.name}.{path.stem}" in file.read_text("utf-8")]
        return list(dict.fromkeys([*called, *naming]))

    def running(self, path: Path, line: int) -> set[str] | None:
        """The tests that run the function around a line of a module; None for all.

        This runs the tests of the room once, with the package as it is.
        """
        lines = body(path.read_text("utf-8"), line)
        if lines is None:
            return None
        if not self._lines.exists():
            watched = [*OPTIONS, *map(str, self.files)]
            self._forked(lambda: pytest.main(watched, [Watched(self._copy, self._lines)]) != 0)
        data = CoverageData(self._lines)
        data.read()
        tests = data.contexts_by_lineno(str(self._copy / "septet" / path.relative_to(PACKAGE)))
        return {test for line in lines for test in tests.get(line, ()) if test}

    def notices(self, files: list[Path], tests: set[str] | None = None) -> str:
        """What the tests of some files, or some of them, say: "survived", "killed" or "without end"."""
        plugins = [] if tests is None else [Chosen(tests)]
        if tests is not None:
            holding = {test.partition("::")[0] for test in tests}
            files = [file for file in files if file.relative_to(ROOT).as_posix() in holding]

        def fails() -> bool:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            # 5: no test is left.
            return any(pytest.main([*OPTIONS, "-x", str(file)], plugins) not in (0, 5) for file in files)

        return self._forked(fails)

    def _forked(self, fails: Callable[[], bool]) -> str:
        """The process is a fork, so that what tests import is there already."""
        child = os.fork()
        if child == 0:
            failed = True
            try:
                with open(os.devnull, "w") as nothing:
                    os.dup2(nothing.fileno(), 1)
                    os.dup2(nothing.fileno(), 2)
                sys.path.insert(0, str(self._copy))
                sys.dont_write_bytecode = True
                os.environ["PYTHONPATH"] = str(self._copy)
                os.chdir(ROOT)
                failed = fails()
            finally:
                os._exit(failed)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "without end" if os.WTERMSIG(status) == signal.SIGPROF else "killed"
        return "killed" if os.WEXITSTATUS(status) else "survived"
