"""Processes that try a mutant: forks, so that what tests import is there already, and with limits."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "septet"

#: A mutant that takes all memory is ended, not the machine.
OCTETS = 12 * 2**30


def forked(task: Callable[[], bool]) -> int:
    """The number of a new process that ends with 1 if the task fails or is broken off."""
    child = os.fork()
    if child:
        return child
    failed = True
    try:
        os.setpgid(0, 0)
        failed = task()
    finally:
        os._exit(failed)


def ended(child: int) -> str:
    """What a process says of a mutant once it ends: "survived", "killed" or "without end"."""
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if os.WIFSIGNALED(status):
        return "without end" if os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGALRM) else "killed"
    return "killed" if os.WEXITSTATUS(status) else "survived"


def limit(seconds: float) -> None:
    """Ends this process if what it does next takes many times what it took without a mutant."""
    signal.setitimer(signal.ITIMER_PROF, 10 + 10 * seconds)
    # For one that waits for ever; a busy machine may be slow.
    signal.setitimer(signal.ITIMER_REAL, 60 + 60 * seconds)
    resource.setrlimit(resource.RLIMIT_AS, (OCTETS, OCTETS))


def settle(copy: Path) -> None:
    """This process, and those that its tests start, use the copy of the package, and print nothing."""
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    sys.path.insert(0, str(copy))
    os.environ["PYTHONPATH"] = str(copy)
    # Octets of a mutant may not be taken for those of the next one.
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    # What was started in the background ignores interruptions, which some tests send.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(ROOT)
