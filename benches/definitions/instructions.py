"""How many machine instructions does counting a text take?

A figure that no busy machine changes: callgrind counts what an interpreter executes for so many
passes over a corpus and for twice as many; the difference is what those passes took. As in the
other benches, the loop (here beside ``pass``) is part of it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

from corpora import MAIN, corpus
from report import Report, Table
from session import Session

import septet

PASSES = 500
CODE = ("pass", "len(text)", "text.encode()", "count(text)")
SCRIPT = """
import json, sys, septet
passes, texts, code = json.load(sys.stdin)
loop = f"def run(count, texts):\\n  for _ in range({passes}):\\n    for text in texts:\\n      {code}"
names = {}
exec(loop, names)
names["run"](septet.Planner().count, texts)
"""


def measure(session: Session) -> Report:
    valgrind = shutil.which("valgrind")
    if valgrind is None or session.quick:
        word = "valgrind is not installed" if valgrind is None else "a quick run"
        return Report([], notes=[f"no instructions are counted: {word}"])
    rows = []
    for code in CODE:
        cells = []
        for name in MAIN:
            texts = corpus(name).texts
            few, many = (_executed(valgrind, passes, texts, code) for passes in (PASSES, 2 * PASSES))
            cells.append(f"{(many - few) / PASSES / len(texts):,.0f}")
        rows.append([code, *cells])
    header = ["code", *(corpus(name).title for name in MAIN)]
    return Report([Table(f"Instructions per text ({septet.KERNEL} kernel)", header, rows)])


def _executed(valgrind: str, passes: int, texts: tuple[str, ...], code: str) -> int:
    """The instructions of a whole process."""
    # Hashes are fixed, or two processes would not execute the same.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-c", SCRIPT],
        input=json.dumps([passes, texts, code]),
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    found = re.search(r"Collected : (\d+)", result.stderr)
    if found is None:
        raise RuntimeError(f"callgrind said nothing of instructions: {result.stderr[-300:]}")
    return int(found[1])
