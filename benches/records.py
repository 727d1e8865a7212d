"""Records: the results of a run, stored in ``benches/record`` with the machine and the versions."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import septet

HERE = Path(__file__).parent
FOLDER = HERE / "record"
# What the figures depend on: after a change there, the figures are not those of the commit.
MEASURED = ("src", "tables", "setup.py", "benches")


def machine() -> dict[str, str]:
    """The facts without which a figure has no meaning."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit() + (" with changes" if changed() else ""),
        "septet": f"{septet.__version__}, {septet.KERNEL} kernel{_path_in_use()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
    }


def write(lines: list[str], subject: str = "") -> Path:
    """Writes the results of a run, and replaces those of the same day, commit and subject."""
    FOLDER.mkdir(exist_ok=True)
    words = [f"{datetime.now(UTC):%Y-%m-%d}", commit(), "changed" if changed() else "", subject]
    name = "-".join(filter(None, words)) + ".md"
    path = FOLDER / name
    path.write_text("# Benches\n\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def commit() -> str:
    """The commit that is checked out, shortened; ``unknown`` outside a repository."""
    return _git("rev-parse", "--short=10", "HEAD") or "unknown"


def changed() -> bool:
    """Whether the measured code differs from the commit; the records do not count."""
    return bool(_git("status", "--porcelain", "--", *MEASURED, ":!benches/record"))


def _git(*arguments: str) -> str:
    try:
        return subprocess.run(
            ["git", *arguments], cwd=HERE.parent, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _path_in_use() -> str:
    if septet.KERNEL != "cython":
        return ""
    return f" ({import_module('septet._kernel.compiled').PATH})"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or "unknown processor"
