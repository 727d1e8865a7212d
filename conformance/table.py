"""Writes the table of docs/conformance.md: what each installed peer answers to each rule of the standard.

    python conformance/table.py

The peers are those of the benches, in the versions named there (benches/package.json, extra `bench`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "conformance.md"
START, END = "<!-- table -->\n", "<!-- end of the table -->\n"
MODULES = HERE.parent / "benches" / "node_modules"

PYTHON_PEERS = ("smsutil", "sms-toolkit", "smpplib")
NODE_PEERS = ("split-sms", "@trt2/gsm-charset-utils", "sms-segments-calculator")


def engines() -> dict[str, list[str]]:
    """The command of each installed engine, by its name and version."""
    found = {"septet": [sys.executable, str(HERE / "engines" / "septet_engine.py")]}
    for name in PYTHON_PEERS:
        try:
            label = f"{name} {version(name)}"
        except PackageNotFoundError:
            sys.exit(f"{name} is not installed: make conformance-table installs it")
        found[label] = [sys.executable, str(HERE / "engines" / "python_peers.py"), name]
    for name in NODE_PEERS:
        package = MODULES / name / "package.json"
        if not package.exists():
            sys.exit(f"{name} is not installed: make conformance-table installs it, by npm")
        label = f"{name} {json.loads(package.read_text('utf-8'))['version']}"
        found[label] = ["node", str(HERE / "engines" / "node_peers.js"), name]
    return found


def counted(command: list[str]) -> dict[str, dict[str, int]]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        run = [sys.executable, str(HERE / "run.py"), "--report", str(report), "--", *command]
        done = subprocess.run(run, stdout=subprocess.DEVNULL, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"{command} did not answer")
        found: dict[str, dict[str, int]] = json.loads(report.read_text("utf-8"))
        return found


def cell(counts: dict[str, int]) -> str:
    failed, passed = counts.get("failed", 0), counts.get("passed", 0)
    if not failed:
        return "right" if passed else "–"
    return f"{failed} of {failed + passed} wrong"


def main() -> None:
    tables = {name: counted(command) for name, command in engines().items()}
    rules = next(iter(tables.values()))
    lines = ["| rule | " + " | ".join(tables) + " |", "|---" * (len(tables) + 1) + "|"]
    for rule in rules:
        lines.append(f"| {rule} | " + " | ".join(cell(table[rule]) for table in tables.values()) + " |")
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    behind = rest.partition(END)[2]
    PAGE.write_text(before + START + "\n".join(lines) + "\n" + END + behind, "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
