"""What does `import septet` add to the start of an interpreter?

Fresh processes, with the bytecode of all modules, as an installed package has it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from report import Bar, Report, Table
from session import Session
from timing import Sampler, interleaved

ROUNDS = 15
CODE = ("pass", "import septet", "import septet; septet.count('a')")


def measure(session: Session) -> Report:
    with TemporaryDirectory() as folder:
        # Written there in the round that is not counted, whatever the environment says about bytecode.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        processes = {code: _process(code, environment) for code in CODE}
        figures = interleaved(processes, ROUNDS, session.seconds, loops=1)
    milliseconds = {code: figure / 1e6 for code, figure in figures.items()}
    bare = milliseconds["pass"]
    added = milliseconds["import septet"] - bare
    counting = milliseconds[CODE[-1]] - bare
    rows = [[f"python -c {code!r}", f"{figure:.1f}"] for code, figure in milliseconds.items()]
    return Report(
        [Table("A fresh process, ms", ["command", "ms"], rows)],
        [
            Bar("import septet, beyond python -c pass", added, 20, at_most=True, unit="ms", compiled=False),
            Bar("a first count, beyond python -c pass, of that", counting / bare, 0.6, at_most=True),
        ],
        ["Modules are loaded when a name of theirs is first asked for: the last line has those of counting."],
    )


def _process(code: str, environment: dict[str, str]) -> Sampler:
    def sample(seconds: float) -> float:
        start = perf_counter_ns()
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        return perf_counter_ns() - start

    return sample
