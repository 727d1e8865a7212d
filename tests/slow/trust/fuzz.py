"""Coverage-guided fuzzing: input from others, mutated to reach new code.

    python tests/slow/trust/fuzz.py --minutes 1 [--target plan] [--keep]

The targets and what each may raise are in tests/oracle/fuzz_targets.py. Each is a process of its own, which
starts with tests/slow/trust/corpus/TARGET; with --keep, what showed new code is kept there, a few hundred
octets each. What breaks a target is written there too, as crash-…, and is a case of the fast tests from then
on. The engine is atheris, which the extra `trust` installs; it sees what was imported while it instruments:
each target is asked once before it starts, for the modules that are loaded late.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
sys.path.insert(0, str(HERE.parents[1] / "oracle"))

#: The most octets of a kept case, and the most megabytes of a process.
LONGEST, MEGABYTES = 600, 1500

#: The time that a target needs to find anything: in a few minutes, only some of the targets run.
SECONDS = 15


def fuzz(target: str, options: list[str]) -> None:
    """Runs one target in this process, for good."""
    import atheris

    with atheris.instrument_imports(include=["septet"]):
        import fuzz_targets

        for path in sorted((CORPUS / target).iterdir()):
            fuzz_targets.asked(target, path.read_bytes())
    atheris.Setup(
        [sys.argv[0], *options],
        lambda octets: fuzz_targets.asked(target, bytes(octets)),
        enable_python_coverage=True,
    )
    atheris.Fuzz()


def targets() -> list[str]:
    return sorted(path.name for path in CORPUS.iterdir() if path.is_dir())


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz what others may hand to septet.")
    parser.add_argument(
        "--minutes", type=float, default=1, help="for all targets together, or as many as get 15 s"
    )
    parser.add_argument("--target", choices=targets(), action="append")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--keep", action="store_true", help="keep in the corpus what shows new code")
    parser.add_argument("--in-process", action="store_true", help=argparse.SUPPRESS)
    asked, options = parser.parse_known_args()
    if asked.in_process:
        fuzz(asked.target[0], options)
        return 0
    chosen = asked.target or targets()
    afforded = max(1, round(asked.minutes * 60 / SECONDS))
    if afforded < len(chosen):
        chosen = random.Random(asked.seed or None).sample(chosen, afforded)
    failed = []
    for target in chosen:
        folder = CORPUS / target
        seconds = max(1, round(asked.minutes * 60 / len(chosen)))
        limits = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            f"-rss_limit_mb={MEGABYTES}",
            "-timeout=60",
        ]
        kept = [
            f"-artifact_prefix={folder}/",
            f"-seed={asked.seed}",
            "-print_final_stats=1",
            "-reduce_inputs=1",
        ]
        # What is found goes into the first folder.
        found = (
            [str(folder)] if asked.keep else ["-create_missing_dirs=1", f"build/fuzz/{target}", str(folder)]
        )
        command = [sys.executable, __file__, "--in-process", "--target", target, *limits, *kept, *found]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        units = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
        print(
            f"{target}: {units[0] if units else 'no'} cases in {seconds} s, status {done.returncode}",
            flush=True,
        )
        if done.returncode:
            print(done.stdout[-3000:], done.stderr[-3000:])
            failed.append(target)
    print("broken: " + ", ".join(failed) if failed else f"{len(chosen)} targets, nothing broken")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
