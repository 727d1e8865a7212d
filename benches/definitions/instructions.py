"""How many machine instructions do counting a text, planning it and the like take?

Other work on the machine does not change these figures: callgrind counts what an interpreter executes
between two calls of a function of the C library that nothing else calls. As in the other benches, the loop
(here with ``pass``) is included. Each figure is compared with another of the same text: those are the
targets.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from corpora import MAIN, corpus
from report import Bar, Report, Table
from session import Session

import septet

PASSES = 20
COUNTING = ("pass", "len(text)", "text.encode()", "count(text)")


class Way(NamedTuple):
    """A path that many calls take, and the upper bound of its cost."""

    code: str
    #: A path before it, and at most this many times its instructions.
    beside: str = ""
    times: float = 0


class Case(NamedTuple):
    """One text, and a planner for it."""

    title: str
    text: str
    profile: str = "gsm"
    options: dict[str, Any] = {}  # noqa: RUF012 (only read)
    has_problems: bool = False


#: 90 characters of French in GSM-7, and ten characters that it lacks, one by one.
FRENCH = "Bonjour, votre colis est arrivé : retirez-le à l'agence de Vélizy dès demain matin, à 9 h."
LOSSY = "Ça, voilà : l’œuvre « à là ô » était prête… ¼ ê ë ☃ ï, venez la voir dès demain matin !"

CASES = (
    Case("90 French characters", FRENCH),
    Case("the same, commercial", FRENCH, "smsmode", {"commercial": True}, has_problems=True),
    Case("the same, twilio", FRENCH, "twilio"),
    Case("ten lossy characters", LOSSY, "smsmode", has_problems=True),
)
WAYS = (
    Way("planner.count(text)"),
    Way("planner.measure(text)"),
    Way("planner.plan(text)"),
    Way("planner.plan(text).ok", "planner.plan(text)", 3),
    Way("septet.plan(text, profile, **options)", "planner.plan(text)", 2),
    Way("planner.plan(text).segments"),
    Way("planner.plan(text).to_dict()", "planner.plan(text)", 12),
    Way("template.bounds(planner, name=(1, 20))"),
)
#: With ten problems there is more to report.
TIMES_WITH_PROBLEMS = {"planner.plan(text).to_dict()": 25.0}

SCRIPT = """
import gc, json, os, sys
import septet
from septet.campaign import Template
texts, codes, profile, options = json.load(sys.stdin)
planner = septet.Planner(profile, **options)
count, template = planner.count, Template(texts[0].replace("{", "").replace("}", "") + " {name}")
names = {"septet": septet, "planner": planner, "count": count, "template": template}
names |= {"profile": profile, "options": options}
arguments = ", ".join(names)
loops = []
for code in codes:
    body = f"  for _ in range(passes):\\n    for text in texts:\\n      {code}"
    made = {}
    exec(f"def run({arguments}, passes, texts):\\n{body}", made)
    loops.append(made["run"])
for run in loops:
    run(*names.values(), 3, texts)
gc.disable()
for run in loops:
    os.getloadavg()
    run(*names.values(), PASSES, texts)
os.getloadavg()
""".replace("PASSES", str(PASSES))
#: What the script calls before and after the counted part.
MARK = "getloadavg"


def measure(session: Session) -> Report:
    valgrind = shutil.which("valgrind")
    if valgrind is None or session.quick:
        word = "valgrind is not installed" if valgrind is None else "a quick run"
        return Report([], notes=[f"no instructions are counted: {word}"])
    counted = [executed(valgrind, COUNTING, corpus(name).texts) for name in MAIN]
    codes = tuple(way.code for way in WAYS)
    taken = [executed(valgrind, codes, (case.text,), case.profile, case.options) for case in CASES]
    bars = []
    for way in WAYS:
        for case, figures in zip(CASES, taken, strict=True) if way.beside else ():
            most = TIMES_WITH_PROBLEMS.get(way.code, way.times) if case.has_problems else way.times
            times = figures[way.code] / figures[way.beside]
            bars.append(Bar(f"{way.code}, {case.title}, of a plan", times, most, at_most=True))
    return Report(
        [
            _table("Instructions per text", COUNTING, [corpus(name).title for name in MAIN], counted),
            _table("Instructions per call", codes, [case.title for case in CASES], taken),
        ],
        bars,
    )


def _table(title: str, codes: tuple[str, ...], names: list[str], figures: list[dict[str, float]]) -> Table:
    rows = [[code, *(f"{found[code]:,.0f}" for found in figures)] for code in codes]
    return Table(f"{title} ({septet.KERNEL} kernel)", ["code", *names], rows)


def executed(
    valgrind: str,
    codes: tuple[str, ...],
    texts: tuple[str, ...],
    profile: str = "gsm",
    options: dict[str, Any] | None = None,
) -> dict[str, float]:
    """The instructions that each code takes for one text."""
    # Hashes are fixed, otherwise two processes would execute different instructions.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "callgrind.out")
        result = subprocess.run(
            [
                *(valgrind, "--tool=callgrind", f"--callgrind-out-file={kept}", f"--dump-before={MARK}"),
                *(sys.executable, "-c", SCRIPT),
            ],
            input=json.dumps([texts, codes, profile, options or {}]),
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        # The first is the part before the first mark; the end follows the last one.
        dumps = sorted(Path(folder).glob("callgrind.out.*"), key=lambda file: int(file.suffix[1:]))
        sums = [_sum(dump) for dump in dumps[1 : len(codes) + 1]]
    if result.returncode or len(sums) != len(codes):
        raise RuntimeError(f"callgrind counted {len(sums)} of {len(codes)}: {result.stderr[-300:]}")
    return {code: found / PASSES / len(texts) for code, found in zip(codes, sums, strict=True)}


def _sum(dump: Path) -> int:
    found = re.search(r"^(?:summary|totals): (\d+)", dump.read_text("utf-8", "replace"), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"callgrind wrote no sum: {dump.name}")
    return int(found[1])
