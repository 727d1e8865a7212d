"""What was run: lines in tests/record, one a run, with what anyone needs to run it again."""

from __future__ import annotations

import json
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import septet

ROOT = Path(__file__).parents[3]
RECORD = ROOT / "tests" / "record"


def processor() -> str:
    """The kind of processor, as it names itself; no name of a machine."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def commit() -> str:
    """The commit that was run, with a plus where the folder held changes."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--abbrev=10", "--dirty=+", "--exclude=*"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def recorded(suite: str, figures: dict[str, Any]) -> None:
    """Adds a line to the record of a suite."""
    RECORD.mkdir(exist_ok=True)
    line = {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        **figures,
        "kernel": septet.KERNEL,
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": processor(),
    }
    with (RECORD / f"{suite}.jsonl").open("a", encoding="utf-8") as record:
        record.write(json.dumps(line, ensure_ascii=False) + "\n")
