"""The kernel's headers in a program of C: in threads, under ThreadSanitizer, with musl, and on ARM64.

    python tests/slow/trust/headers.py [--seconds 10] [--seed N] [--record]

headers.c holds them against the second oracle. The compilers are those of Debian's packages gcc, musl-tools,
and gcc-aarch64-linux-gnu with libc6-dev-arm64-cross and qemu-user-static; one that is not there is named.
While musl is installed, Spark's Snappy loads its form for musl and `make test-spark` fails: remove it then.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from pathlib import Path

from commands import call
from records import recorded

SOURCE = Path(__file__).with_name("headers.c")
WARNINGS = ("-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wno-unused-function", "-Werror")
#: How each is built, and what runs it.
BUILDS = {
    "gcc": (("gcc", "-O2"), ()),
    "ThreadSanitizer": (("gcc", "-O1", "-g", "-fsanitize=thread"), ()),
    "musl": (("musl-gcc", "-O2", "-static"), ()),
    "ARM64": (("aarch64-linux-gnu-gcc", "-O2", "-static"), ("qemu-aarch64-static",)),
}


def run(build: tuple[str, ...], runner: tuple[str, ...], seconds: int, seed: int) -> str:
    """What the program says; a difference, a race or a warning of the compiler ends this one."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "headers"
        call(*build, *WARNINGS, "-pthread", SOURCE, "-o", program)
        return call(*runner, program, str(seconds), str(seed)).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the kernel's headers without Python.")
    parser.add_argument("--seconds", type=int, default=10, help="for each")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--record", action="store_true", help="add a line to tests/record/platforms.jsonl")
    asked = parser.parse_args()
    print(f"the kernel's headers in C, seed {asked.seed}", flush=True)
    found, missing = {}, []
    for name, (build, runner) in BUILDS.items():
        if all(shutil.which(command) for command in (build[0], *runner)):
            found[name] = run(build, runner, asked.seconds, asked.seed)
            print(f"{name}: {found[name]}", flush=True)
        else:
            missing.append(name)
    if missing:
        print(f"not run, as a compiler or an emulator is not there: {', '.join(missing)}")
    if asked.record:
        recorded("platforms", {"platform": "headers in C", "seed": asked.seed, "found": found})


if __name__ == "__main__":
    main()
