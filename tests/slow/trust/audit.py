"""Known vulnerabilities of what is installed beside septet, by pip-audit: what was not looked up fails.

python tests/slow/trust/audit.py
"""

from __future__ import annotations

import json
import subprocess
import sys

#: What septet's extras install is more than this: fewer were not all.
LEAST = 40


def main() -> int:
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--format",
        "json",
        "--skip-editable",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr[-2000:], file=sys.stderr)
        print("the audit could look nothing up", file=sys.stderr)
        return 2
    skipped = [one for one in packages if "skip_reason" in one and one["name"] != "septet"]
    known = [one for one in packages if one.get("vulns")]
    for one in skipped:
        print(f"{one['name']}: not looked up: {one['skip_reason']}")
    for one in known:
        print(f"{one['name']} {one['version']}: " + ", ".join(found["id"] for found in one["vulns"]))
    looked = len(packages) - len(skipped)
    print(f"{looked} packages looked up, {len(known)} with known vulnerabilities")
    return 1 if skipped or known or looked < LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
