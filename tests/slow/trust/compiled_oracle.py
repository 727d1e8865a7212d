"""The naive oracle, compiled by mypyc from the same source for its speed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "tests" / "oracle" / "oracle.py"
BUILT = ROOT / "build" / "oracle"


def folder_of_oracle() -> Path:
    """Where to import the oracle from, for the path of modules; compiled if its source is newer.

    Without a C compiler or mypyc this is the folder of the source, and a line says so.
    """
    stamp = BUILT / "compiled"
    if not stamp.exists() or stamp.stat().st_mtime < SOURCE.stat().st_mtime:
        BUILT.mkdir(parents=True, exist_ok=True)
        own = ("--config-file=", "--ignore-missing-imports")
        command = [sys.executable, "-m", "mypyc", *own, str(SOURCE)]
        given = {"cwd": BUILT, "env": os.environ | {"MYPYPATH": str(SOURCE.parent)}}
        done = subprocess.run(command, capture_output=True, text=True, check=False, **given)
        if done.returncode:
            print(f"The oracle is not compiled:\n{done.stdout[-500:]}{done.stderr[-500:]}", file=sys.stderr)
            return SOURCE.parent
        stamp.touch()
    return BUILT
