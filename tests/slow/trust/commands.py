"""Commands that other Pythons and compilers are run with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from records import ROOT


def call(*command: str | Path, given: str | None = None, **variables: str) -> str:
    """The output of a command that is given some input, or none; one that fails ends the program."""
    # A path of modules for this Python is none for another one.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | variables
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT, env=environment, input=given
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))[:300]}\n{done.stdout[-3000:]}")
    return done.stdout
