"""Mutants of the compiled kernel, written by hand: signs, bounds, weights. All of them must be noticed.

    python tests/slow/trust/kernel_mutants.py [--only N] [--minutes M] [--record]

Each is built in a copy of the kernel and asked the random questions of tests/oracle/kernel_texts.py, whose
answers must be those of the twin in Python. What passes them goes through tests/kernel. Only the portable
form is built, unless a mutant is of what only the forms of a processor read. All of them take about an hour:
this is run by hand, and recorded in tests/record/kernel-mutants.jsonl.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from records import ROOT, recorded

sys.path.insert(0, str(ROOT / "tests" / "oracle"))

from written_mutants import MUTANTS

KERNEL = ROOT / "src" / "septet" / "_kernel"
MODULE = "compiled" + sysconfig.get_config_var("EXT_SUFFIX")
MACROS = ("-DCYTHON_USE_MODULE_STATE=1", "-DCYTHON_USE_TYPE_SPECS=1")
SEED, SECONDS = "27", "4"
#: The seconds that either check may take before a mutant counts as one that never ends.
LONGEST = 600
#: In blocks.h, before what only some processors have.
BY_PROCESSOR = ("#if defined(__x86_64__) || defined(_M_X64)", "#if (defined(__aarch64__)")


def built(folder: Path, changed: str) -> bool:
    """Builds the kernel of a folder; without optimising, which takes the compiler a tenth of the time."""
    if changed.endswith((".pyx", ".pxi")) or not (folder / "compiled.c").exists():
        cython = [sys.executable, "-m", "cython", "-3", "-o", "compiled.c", "compiled.pyx"]
        if subprocess.run(cython, cwd=folder, capture_output=True, check=False).returncode:
            return False
    compiler = [*os.environ.get("CC", "cc").split(), "-O0", "-w", "-shared", "-fPIC", *MACROS]
    include = f"-I{sysconfig.get_path('include')}"
    build = [*compiler, include, "compiled.c", "-o", MODULE]
    return subprocess.run(build, cwd=folder, capture_output=True, check=False).returncode == 0


def passes(copy: Path) -> bool:
    """Whether the kernel answers everything as its twin, by random questions and by its tests."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    questions = [str(ROOT / "tests" / "oracle" / "kernel_texts.py"), "--seconds", SECONDS, "--seed", SEED]
    tests = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(ROOT / "tests" / "kernel")]
    for command in (questions, tests):
        try:
            subprocess.run(
                [sys.executable, "-B", *command],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                check=True,
                timeout=LONGEST,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Try written mutants of the compiled kernel.")
    parser.add_argument("--only", type=int, help="the mutant of this number")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop when they are over")
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    # Of each file some come early, where there is no time for all.
    mixed = random.Random(SEED).sample(MUTANTS, len(MUTANTS))
    chosen = mixed if asked.only is None else MUTANTS[asked.only : asked.only + 1]
    survivors, killed, end = [], 0, time.monotonic() + asked.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        package = copy / "septet"
        shutil.copytree(
            KERNEL.parent, package, ignore=shutil.ignore_patterns("__pycache__", "*.so", "compiled.c")
        )
        kernel = package / "_kernel"
        blocks = kernel / "blocks.h"
        every_form = portable_form = blocks.read_text("utf-8")
        for line in BY_PROCESSOR:
            portable_form = portable_form.replace(line, line.replace("#if ", "#if 0 && ", 1), 1)
        blocks.write_text(portable_form, "utf-8")
        if not built(kernel, "compiled.pyx") or not passes(copy):
            sys.exit("the kernel itself does not build, or does not pass")
        for mutant in chosen:
            if time.monotonic() > end:
                break
            path = kernel / mutant.file
            source = path.read_text("utf-8")
            if source.count(mutant.old) != 1:
                sys.exit(
                    f"{mutant.file}: expected {mutant.old!r} once, found it {source.count(mutant.old)} times"
                )
            path.write_text(source.replace(mutant.old, mutant.new), "utf-8")
            blocks.write_text(every_form if mutant.by_processor else portable_form, "utf-8")
            if not built(kernel, mutant.file):
                sys.exit(f"{mutant} does not compile: it says nothing")
            if passes(copy):
                survivors.append(mutant)
                print("survived:", mutant, flush=True)
            else:
                killed += 1
                print("killed:", mutant.file, mutant.old.split("\n")[0].strip(), flush=True)
            path.write_text(source, "utf-8")
            if mutant.file.endswith((".pyx", ".pxi")):
                (kernel / "compiled.c").unlink()
    tried = killed + len(survivors)
    print(f"{tried} mutants of the kernel, {killed} killed")
    if asked.record:
        left = [" ".join(f"{m.file}: {m.old} -> {m.new}".split()) for m in survivors]
        recorded(
            "kernel-mutants", {"written": len(MUTANTS), "mutants": tried, "killed": killed, "survived": left}
        )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
