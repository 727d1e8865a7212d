"""The kernels' random questions, with the compiled one under AddressSanitizer and UndefinedBehaviorSanitizer.

    python tests/sanitizers/run.py [--seconds 20] [--seed N]

Builds the extension anew, in a temporary directory, and runs the questions in a process that loads the
sanitizers' libraries first. CPython leaks by design when it ends, so leaks are not searched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLAGS = "-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g"
LEFT_OUT = shutil.ignore_patterns(
    ".*", "build", "dist", "node_modules", "__pycache__", "*.egg-info", "*.so", "*.pyd", "compiled.c"
)


def library(compiler: str, name: str) -> str:
    """A sanitizer's shared library, which must be loaded before anything else."""
    asked = subprocess.run(
        [*compiler.split(), f"-print-file-name={name}"], capture_output=True, text=True, check=True
    )
    if not Path(asked.stdout.strip()).is_absolute():
        sys.exit(f"{compiler} has no {name}: install the sanitizers of GCC, or name another compiler with CC")
    return asked.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description="Ask the compiled kernel random questions under sanitizers.")
    parser.add_argument("--seconds", default="20", help="for each instruction set")
    parser.add_argument("--seed", help="repeats an earlier run")
    asked = parser.parse_args()
    compiler = os.environ.get("CC", "gcc")
    preloaded = " ".join(library(compiler, name) for name in ("libasan.so", "libubsan.so"))
    with tempfile.TemporaryDirectory() as directory:
        source, built = Path(directory, "source"), Path(directory, "built")
        shutil.copytree(ROOT, source, ignore=LEFT_OUT)
        print("building with", FLAGS, flush=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", built, source],
            env=os.environ
            | {"CC": compiler, "CFLAGS": FLAGS, "LDFLAGS": FLAGS, "SEPTET_REQUIRE_KERNEL": "1"},
            check=True,
        )
        questions = [sys.executable, ROOT / "tests/oracle/kernel_texts.py", "--seconds", asked.seconds]
        if asked.seed:
            questions += ["--seed", asked.seed]
        return subprocess.run(
            questions,
            env=os.environ
            | {
                "PYTHONPATH": str(built),
                "PYTHONMALLOC": "malloc",  # one allocation for each object, which can then be watched
                "LD_PRELOAD": preloaded,
                "ASAN_OPTIONS": "detect_leaks=0",
                "UBSAN_OPTIONS": "print_stacktrace=1",
            },
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
