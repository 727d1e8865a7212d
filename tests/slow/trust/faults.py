"""Faults: runs that are killed, disks that are full, pipes that close. Nothing may look finished that is not.

    python tests/slow/trust/faults.py [--kills 20] [--seed N] [--record]

`septet estimate` with all its outputs, and `septet batch`, are killed (SIGKILL) at random moments. After
each, an output is either that of a whole run or the file that was there before; the next run leaves no
hidden file. Then the same with a disk that is full (RLIMIT_FSIZE, at drawn sizes), with one that fails or
fills up at any call (EIO and ENOSPC at drawn writes, syncs, renames and more, by failing_calls.c), with a
clock that jumps, with closed standard streams, with a reader that goes away, and without a home that can be
written to: the exit codes say what happened.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from records import recorded

#: Long enough that a kill lands anywhere between the first row and the last rename.
ROWS = 20_000
COMMANDS = {
    "estimate": [
        *("estimate", "in.csv", "--profile", "smsmode", "--price", "0.045"),
        *("--out", "measured.csv", "--rejects", "rejects.csv", "--report", "report.html"),
    ],
    "batch": ["batch", "in.csv", "out.csv", "--rejects", "refused.csv", "--force"],
}
#: What fails on a disk that does, as failing_calls.c calls it.
CALLS = ("open", "read", "write", "fsync", "close", "rename", "clock")
FAULTS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}
HERE = Path(__file__).parent
#: What is in a folder beside the outputs of runs.
KEPT = ("in.csv", "failing_calls.so")


def rows(path: Path) -> None:
    """A campaign of which some rows are refused."""
    dice = random.Random(27)
    with path.open("w", encoding="utf-8") as file:
        file.write("recipient,message\n")
        for number in range(ROWS):
            phone = "12" if dice.random() < 0.01 else f"+336{number:08}"
            file.write(f"{phone},Bonjour {'€' * dice.randint(0, 9)} {'a' * dice.randint(0, 300)}\n")


def started(command: list[str], folder: Path, **others: Any) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **others.pop("env", {})}
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | others
    return subprocess.Popen(
        [sys.executable, "-m", "septet", *command], cwd=folder, env=environment, **streams
    )


def outputs(folder: Path) -> dict[str, str]:
    """The files of a folder by name, without the input."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name not in KEPT and path.is_file()
    }


def clear(folder: Path) -> None:
    """Removes what runs have left."""
    for path in folder.iterdir():
        if path.name not in KEPT:
            path.unlink()


class Broken(Exception):  # noqa: N818 (what is looked for)
    """An incomplete output looks finished, or a status is wrong."""


def whole_run(name: str, folder: Path) -> tuple[int, dict[str, str], float]:
    begun = time.monotonic()
    status = started(COMMANDS[name], folder).wait()
    hidden = [path for path in outputs(folder) if path.startswith(".")]
    if hidden:
        raise Broken(f"{name}: a whole run leaves {hidden}")
    return status, outputs(folder), time.monotonic() - begun


def kill(name: str, folder: Path, seconds: float, right: dict[str, str]) -> str:
    """Kills a run after some time; what became of it."""
    clear(folder)
    for output in right:
        (folder / output).write_bytes(b"before")
    before = outputs(folder)
    run = started(COMMANDS[name], folder)
    try:
        run.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()
    found = outputs(folder)
    for output, expected in right.items():
        if not _is_whole(folder / output, expected) and found[output] != before[output]:
            raise Broken(f"{name} killed after {seconds:.2f} s: {output} is neither whole nor as it was")
    left = [path for path in found if path.startswith(".")]
    whole_run(name, folder)
    return "left a part, which was swept" if left else "finished" if run.returncode >= 0 else "left nothing"


def limited(octets: int) -> Any:
    """A disk that is full after this many octets of each file: writing fails as it does there."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (octets, octets))

    return limit


def full_disk(name: str, folder: Path, octets: int, right: dict[str, str]) -> str:
    for output in right:
        (folder / output).write_bytes(b"before")
    run = started(COMMANDS[name], folder, preexec_fn=limited(octets), stderr=subprocess.PIPE)
    said = run.communicate()[1].decode(errors="replace")
    found = outputs(folder)
    as_before = all((folder / output).read_bytes() == b"before" for output in right)
    if run.returncode == 0 or "Traceback" in said or not as_before or any(n.startswith(".") for n in found):
        raise Broken(
            f"{name} with files of {octets} octets: status {run.returncode}, {found}, {said[-400:]!r}"
        )
    return "refused in one line"


def failing_calls(name: str, folder: Path, fault: dict[str, str], status: int, right: dict[str, str]) -> str:
    """A run in which some calls on the files of its folder fail; what became of it.

    `status` and `right` are those of a whole run: some rows are refused by that as well.
    """
    for output in right:
        (folder / output).write_bytes(b"before")
    run = started(COMMANDS[name], folder, env=fault, stderr=subprocess.PIPE)
    told = f"{name}, {fault}: status "
    try:
        said = run.communicate(timeout=120)[1].decode(errors="replace")
    except subprocess.TimeoutExpired:
        run.kill()
        raise Broken(f"{told}none after two minutes") from None
    found = outputs(folder)
    whole = {output for output, expected in right.items() if _is_whole(folder / output, expected)}
    as_before = {output for output in right if (folder / output).read_bytes() == b"before"}
    told += f"{run.returncode}, {found}, {said[-600:]!r}"
    if run.returncode < 0 or "Traceback" in said or any(path.startswith(".") for path in found):
        raise Broken(told)
    if whole | as_before != {*right} or (run.returncode in (0, status) and whole != {*right}):
        raise Broken(told)
    return (
        "nothing of weight failed" if run.returncode == status else "refused, outputs whole or as they were"
    )


def failing_library(folder: Path) -> Path:
    """failing_calls.c, built."""
    library = folder / "failing_calls.so"
    options = ("-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
    subprocess.run(
        [os.environ.get("CC", "cc"), *options, "-o", library, HERE / "failing_calls.c", "-ldl"], check=True
    )
    return library


def _is_whole(path: Path, expected: str) -> bool:
    """Whether an output is that of a whole run. A report holds its hour: it ends as a page does."""
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest() == expected or (
        path.suffix == ".html" and content.rstrip().endswith(b"</html>")
    )


def streams(folder: Path) -> list[str]:
    """Closed standard streams, a reader that goes away, a home that cannot be written to."""
    done = []
    plan = ["preview", "Bonjour €"]
    for number, name in enumerate(("standard input", "standard output", "standard error")):
        run = started(plan, folder, preexec_fn=lambda number=number: os.close(number), stderr=None)
        if run.wait() not in (0, 1, 2):
            raise Broken(f"without {name}: status {run.returncode}")
        done.append(f"{name} closed: status {run.returncode}")
    run = started(["estimate", "in.csv", "--json"], folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    said = run.stderr.read().decode(errors="replace")
    run.stderr.close()
    # A reader that has enough closes the pipe: that is not an error. The progress is reported anyway.
    if run.wait() != 0 or "Traceback" in said or "cannot" in said:
        raise Broken(f"a reader that goes away: status {run.returncode}, {said[-400:]!r}")
    done.append(f"a reader that goes away: status {run.returncode}")
    home = {"HOME": "/proc/nowhere", "XDG_CONFIG_HOME": "/proc/nowhere", "XDG_CACHE_HOME": "/proc/nowhere"}
    if started(plan, folder, env=home).wait() != 0:
        raise Broken("without a home that can be written to, a preview fails")
    done.append("no home: status 0")
    return done


def main() -> int:
    parser = argparse.ArgumentParser(description="Break runs, and look at what they leave.")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--full", type=int, default=6)
    parser.add_argument("--errors", type=int, default=12, help="runs in which calls on files fail")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--record", action="store_true", help="add a line to tests/record/faults.jsonl")
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    print(f"faults, seed {asked.seed}", flush=True)
    counts: Counter[str] = Counter()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows(folder / "in.csv")
            whole = {}
            for command in COMMANDS:
                clear(folder)
                whole_run(command, folder)
                # The second run shows how long one takes: the first one finds nothing in the system's memory.
                whole[command] = whole_run(command, folder)
            for number in range(asked.kills):
                command = list(COMMANDS)[number % len(COMMANDS)]
                _, right, seconds = whole[command]
                counts[f"{command}: {kill(command, folder, dice.uniform(0.3, 1.0) * seconds, right)}"] += 1
            for number in range(asked.full):
                command = list(COMMANDS)[number % len(COMMANDS)]
                clear(folder)
                octets = dice.choice([0, 1, 4096, 65536])
                counts[f"{command}, full disk: {full_disk(command, folder, octets, whole[command][1])}"] += 1
            disk = failing_library(folder)
            for number in range(asked.errors):
                command = list(COMMANDS)[number % len(COMMANDS)]
                clear(folder)
                call, error = dice.choice(CALLS), dice.choice(list(FAULTS))
                fault = {
                    "LD_PRELOAD": str(disk),
                    "FAILING_FOLDER": str(folder),
                    "FAILING_CALL": call,
                    "FAILING_RATE": str(int(10 ** dice.uniform(3, 6))),
                    "FAILING_SEED": str(dice.randrange(2**32)),
                    "FAILING_ERROR": str(FAULTS[error]),
                }
                told = failing_calls(command, folder, fault, *whole[command][:2])
                happens = "the clock jumps" if call == "clock" else f"{call} fails with {error}"
                counts[f"{command}, {happens}: {told}"] += 1
            for told in streams(folder):
                counts[told] += 1
    except Broken as error:
        sys.exit(f"seed {asked.seed}: {error}")
    for told, times in counts.items():
        print(f"  {times:3}  {told}")
    if asked.record:
        recorded("faults", {"seed": asked.seed, **counts})
    return 0


if __name__ == "__main__":
    sys.exit(main())
