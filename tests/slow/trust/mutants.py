"""Mutants: the code with one thing wrong, which the fast tests of its room must notice.

    python tests/slow/trust/mutants.py --minutes 5 [--seed N] [--rooms gsm,planning] [--sample N] [--record]

mutmut makes the mutants of every function of the rooms; a seeded sample of them is tried, one after another,
in a copy of the package, by the tests of the room until one fails. Left out are mutants of annotations and of
sentences for people (strings with a blank). A survivor is printed: it needs a test, or a line in the file
survivors.txt, which says why it changes nothing that can be seen.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# What tests import, but nothing of septet: a fork has it already.
import hypothesis.strategies
import libcst as cst
import pyarrow.compute
import pytest
import regex
from mutmut.mutation.file_mutation import create_mutations

ROOT = Path(__file__).parents[3]
PRELOADED = (hypothesis.strategies, pyarrow.compute, regex)
ROOMS = ("gsm", "planning", "vendors", "sending", "campaign")
PACKAGE = ROOT / "src" / "septet"
EQUAL = Path(__file__).with_name("survivors.txt")

#: The processor time that the tests of a room may take before a mutant counts as one that never ends.
SECONDS = 600

#: Tests of figures from documents; used for every room whose own tests notice nothing.
FIGURES = ("planning/test_vectors.py",)


class Mutant(NamedTuple):
    """The source of a module of a room with one thing wrong, and how it differs."""

    path: Path
    source: str
    difference: str

    @property
    def label(self) -> str:
        """The module and the change: the label of a mutant, whatever its line number."""
        lines = self.difference.splitlines()[2:]
        changed = [line for line in lines if line[:1] in "+-"]
        return f"{self.path.relative_to(PACKAGE)}: " + " ".join(" ".join(line.split()) for line in changed)


def modules(rooms: tuple[str, ...]) -> list[Path]:
    return sorted(path for room in rooms for path in (PACKAGE / room).rglob("*.py"))


def is_sentence(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)) and " " in (
        cst.Module([]).code_for_node(node)
    )


def mutants_of(path: Path) -> Iterator[Mutant]:
    code = path.read_text("utf-8")
    module, mutations, _, _ = create_mutations(str(path), code)
    for mutation in mutations:
        if is_sentence(mutation.original_node) or isinstance(mutation.mutated_node, cst.Annotation):
            continue
        changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
        source = changed.code if isinstance(changed, cst.Module) else code
        lines = difflib.unified_diff(code.splitlines(), source.splitlines(), lineterm="", n=1)
        difference = "\n".join(lines)
        if difference:
            yield Mutant(path, source, difference)


def sample(rooms: tuple[str, ...], dice: random.Random) -> Iterator[Mutant]:
    """Mutants without end, each module as often as it has lines."""
    paths = modules(rooms)
    sizes = [len(path.read_text("utf-8").splitlines()) for path in paths]
    kept: dict[Path, list[Mutant]] = {}
    seen: set[tuple[Path, str]] = set()
    for _ in range(100_000):
        (path,) = dice.choices(paths, sizes)
        if path not in kept:
            kept[path] = list(mutants_of(path))
        if not kept[path]:
            continue
        mutant = dice.choice(kept[path])
        if (path, mutant.source) not in seen:
            seen.add((path, mutant.source))
            yield mutant


def tests_for(path: Path) -> list[str]:
    """The test files of the room, those that are about the module first; then figures of documents."""
    room = path.relative_to(PACKAGE).parts[0]
    files = sorted((ROOT / "tests" / room).rglob("test_*.py"))
    stem = path.stem.rstrip("s")

    def far(file: Path) -> tuple[bool, bool, int]:
        text = file.read_text("utf-8")
        return stem not in file.stem, f"{path.parent.name}.{path.stem}" not in text, len(text)

    found = [str(file) for file in sorted(files, key=far)]
    figures = [str(ROOT / "tests" / name) for name in FIGURES]
    return [*found, *(name for name in figures if name not in found)]


def asked_of(files: list[str], copy: Path) -> int:
    """In a process of its own: whether one of the test files fails, with the package from a folder."""
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    sys.path.insert(0, str(copy))
    sys.dont_write_bytecode = True
    os.environ["PYTHONPATH"] = str(copy)
    os.chdir(ROOT)
    options = ["-q", "-x", "-p", "no:cacheprovider", "--assert=plain"]
    return int(any(pytest.main([*options, file]) not in (0, 5) for file in files))


def failed(files: list[str], copy: Path) -> str:
    """The same as one word. The process is a fork, so that what tests import is there already."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = asked_of(files, copy)
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "without end" if os.WTERMSIG(status) == signal.SIGPROF else "killed"
    return "killed" if os.WEXITSTATUS(status) else "survived"


def outcome(mutant: Mutant, copy: Path) -> str:
    """The result of a mutant: killed, survived, or endless."""
    target = copy / "septet" / mutant.path.relative_to(PACKAGE)
    original = target.read_text("utf-8")
    target.write_text(mutant.source, "utf-8")
    try:
        return failed(tests_for(mutant.path), copy)
    finally:
        target.write_text(original, "utf-8")


def reasons() -> dict[str, str]:
    """The mutants that change nothing that can be seen, each with why."""
    lines = EQUAL.read_text("utf-8").splitlines() if EQUAL.exists() else []
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return dict(pairs)


def run(asked: argparse.Namespace) -> tuple[Counter[str], list[Mutant]]:
    begun, counts, survivors, equal = time.monotonic(), Counter[str](), [], reasons()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(PACKAGE, copy / "septet", ignore=shutil.ignore_patterns("__pycache__"))
        for room in asked.rooms.split(","):
            first = [
                str(min((ROOT / "tests" / room).glob("test_*.py"), key=lambda file: file.stat().st_size))
            ]
            if failed(first, copy) != "survived":
                sys.exit(f"{first} fails without a mutant: nothing would be told")
        for mutant in sample(tuple(asked.rooms.split(",")), random.Random(asked.seed)):
            tried = sum(counts.values())
            if tried >= asked.sample or (tried and time.monotonic() - begun > asked.minutes * 60):
                break
            found = "equal" if mutant.label in equal else outcome(mutant, copy)
            counts[found] += 1
            if found == "survived":
                survivors.append(mutant)
                print(mutant.label, flush=True)
            elif asked.verbose:
                print(f"  {found}: {mutant.label}", flush=True)
    return counts, survivors


def main() -> int:
    parser = argparse.ArgumentParser(description="Try mutants of the rooms that count.")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--sample", type=int, default=10**9, help="no more than these")
    parser.add_argument("--rooms", default=",".join(ROOMS))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--record", action="store_true", help="add a line to tests/record/mutants.jsonl")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--least", type=float, default=0.85, help="the share that must be killed")
    asked = parser.parse_args()
    print(f"mutants of {asked.rooms}, seed {asked.seed}", flush=True)
    counts, survivors = run(asked)
    tried = sum(counts.values()) - counts["equal"]
    killed = tried - counts["survived"]
    print(f"{tried} mutants, {killed} killed, {counts['equal']} equal, {len(survivors)} survived")
    if asked.record:
        from records import recorded  # which imports septet

        figures = {"seed": asked.seed, "rooms": asked.rooms, "mutants": tried, "killed": killed}
        recorded(
            "mutants",
            figures | {"equal": counts["equal"], "survived": sorted(mutant.label for mutant in survivors)},
        )
    # A survivor or two of a small sample is no finding yet.
    return 0 if len(survivors) <= max(2, (1 - asked.least) * tried) else 1


if __name__ == "__main__":
    sys.exit(main())
