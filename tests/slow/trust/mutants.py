"""Mutants: the code with one thing wrong, which the fast tests of its room must notice.

    python tests/slow/trust/mutants.py --minutes 5 [--seed N] [--rooms gsm,planning] [--sample N] [--record]
    python tests/slow/trust/mutants.py --seed N --again [--beside all]

mutmut makes the mutants of every function of the rooms; a seeded sample of them is tried, one after another,
in a copy of the package, by the tests of the rooms that run the statement that was changed, those of its own
room and fast ones first, until one fails. Which tests these are is noted first, and kept in build/ until the
package or tests change. Left out are mutants of annotations, of what is imported for them, and of sentences
for people (strings with a blank). With `--beside all` the fast tests of all other folders are asked, too;
with `--again` only about those mutants that survived when the seed was recorded. A survivor is printed: it
needs a test, or a line in survivors.txt, which says why it changes nothing that can be seen.
"""

from __future__ import annotations

import argparse
import compileall
import difflib
import json
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

# What tests import, but nothing of septet: a fork has it already.
import hypothesis.strategies
import libcst as cst
import pyarrow.compute
import regex
from forks import PACKAGE, ROOT
from mutmut.mutation.file_mutation import Mutation, create_mutations
from noticing import Noticing, all_folders

PRELOADED = (hypothesis.strategies, pyarrow.compute, regex)
ROOMS = ("gsm", "planning", "vendors", "sending", "campaign")
#: Whether names are imported that only annotations need: no answer depends on it.
FOR_TYPES = "\n-TYPE_CHECKING = False"
EQUAL = Path(__file__).with_name("survivors.txt")
RECORD = ROOT / "tests" / "record" / "mutants.jsonl"


class Mutant(NamedTuple):
    """The source of a module of a room with one thing wrong, and how it differs."""

    path: Path
    source: str
    difference: str

    @property
    def room(self) -> str:
        return self.path.relative_to(PACKAGE).parts[0]

    @property
    def line(self) -> int:
        """The first line that is changed: the head of a difference is one line of context before it."""
        place = re.search(r"^@@ -(\d+)(?:,\d+)? .*@@\n(.)", self.difference, re.MULTILINE)
        assert place is not None
        return int(place[1]) + (place[2] == " ")

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


class Mutable:
    """A module of a room, and what mutmut would change in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._code = path.read_text("utf-8")
        self._module, found, _, _ = create_mutations(str(path), self._code)
        self._mutations = [
            mutation
            for mutation in found
            if not is_sentence(mutation.original_node)
            and not isinstance(mutation.mutated_node, cst.Annotation)
        ]

    def one(self, dice: random.Random) -> Mutant | None:
        """One of the mutants; None if it is the same source in the end, or changes nothing that is run."""
        return self._mutant(dice.choice(self._mutations)) if self._mutations else None

    def __iter__(self) -> Iterator[Mutant]:
        """All of them."""
        return filter(None, map(self._mutant, self._mutations))

    def _mutant(self, mutation: Mutation) -> Mutant | None:
        changed = self._module.deep_replace(mutation.original_node, mutation.mutated_node)
        source = changed.code if isinstance(changed, cst.Module) else self._code
        lines = difflib.unified_diff(self._code.splitlines(), source.splitlines(), lineterm="", n=1)
        difference = "\n".join(lines)
        if not difference or FOR_TYPES in difference:
            return None
        return Mutant(self.path, source, difference)


def sample(rooms: tuple[str, ...], dice: random.Random) -> Iterator[Mutant]:
    """Mutants without end, each module as often as it has lines."""
    paths = modules(rooms)
    sizes = [len(path.read_text("utf-8").splitlines()) for path in paths]
    mutable = cache(Mutable)
    seen: set[tuple[Path, str]] = set()
    for _ in range(100_000):
        (path,) = dice.choices(paths, sizes)
        mutant = mutable(path).one(dice)
        if mutant is not None and (path, mutant.source) not in seen:
            seen.add((path, mutant.source))
            yield mutant


@contextmanager
def mutated(mutant: Mutant, copy: Path) -> Iterator[None]:
    """The copy of the package holds the mutant."""
    target = copy / "septet" / mutant.path.relative_to(PACKAGE)
    target.write_text(mutant.source, "utf-8")
    try:
        yield
    finally:
        # With the time of the original, which its octets for Python name.
        shutil.copy2(mutant.path, target)


def reasons() -> dict[str, str]:
    """The mutants that change nothing that can be seen, each with why."""
    lines = EQUAL.read_text("utf-8").splitlines() if EQUAL.exists() else []
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return dict(pairs)


def survivors_of(seed: int) -> Iterator[Mutant]:
    """The mutants that survived when a seed was recorded."""
    runs = map(json.loads, RECORD.read_text("utf-8").splitlines())
    labels = {label for one in runs if one["seed"] == seed for label in one["survived"]}
    for path in sorted({PACKAGE / label.partition(": ")[0] for label in labels}):
        for mutant in Mutable(path):
            if mutant.label in labels:
                labels.remove(mutant.label)
                yield mutant
    for label in sorted(labels):
        print(f"not among the mutants any more: {label}", flush=True)


def run(asked: argparse.Namespace) -> tuple[Counter[str], list[Mutant]]:
    counts, survivors, equal = Counter[str](), [], reasons()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(PACKAGE, copy / "septet", ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(copy, quiet=2)
        rooms = asked.rooms.split(",")
        beside = all_folders() if asked.beside == "all" else [*filter(None, asked.beside.split(","))]
        noticing = Noticing([*dict.fromkeys((*rooms, *beside))], copy)
        for test in noticing.failing:
            print(f"left out, it fails without a mutant: {test}", flush=True)
        begun = time.monotonic()
        drawn = islice(sample(tuple(rooms), random.Random(asked.seed)), asked.sample)
        for mutant in survivors_of(asked.seed) if asked.again else drawn:
            started = time.monotonic()
            if counts and started - begun > asked.minutes * 60:
                break
            if mutant.label in equal:
                found = "equal"
            else:
                with mutated(mutant, copy):
                    found = noticing.outcome(mutant.path, mutant.line, mutant.source)
            counts[found] += 1
            if found == "survived":
                survivors.append(mutant)
            if found == "survived" or asked.verbose:
                print(f"{found}, {time.monotonic() - started:.1f} s: {mutant.label}", flush=True)
        noticing.close()
    return counts, survivors


def main() -> int:
    parser = argparse.ArgumentParser(description="Try mutants of the rooms that count.")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--sample", type=int, default=10**9, help="no more than these")
    parser.add_argument("--rooms", default=",".join(ROOMS))
    parser.add_argument("--beside", default="", help="other folders of tests that are asked, too, or all")
    parser.add_argument("--again", action="store_true", help="only those of the seed that survived")
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

        figures = {"seed": asked.seed, "rooms": asked.rooms, "beside": asked.beside, "mutants": tried}
        recorded(
            "mutants",
            figures
            | {"killed": killed, "equal": counts["equal"]}
            | {"survived": sorted(mutant.label for mutant in survivors)},
        )
    # A survivor or two of a small sample is no finding yet.
    return 0 if len(survivors) <= max(2, (1 - asked.least) * tried) else 1


if __name__ == "__main__":
    sys.exit(main())
