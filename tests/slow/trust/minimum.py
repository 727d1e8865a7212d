"""The lowest version of every range in septet's requirements, as constraints for pip.

    python tests/slow/trust/minimum.py > lowest.txt

For the extras that users install. Those for developing septet are the newest ones, unless an extra of users
requires the same.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
#: Not for users, or with an environment of its own.
LEFT_OUT = {"bench", "dev", "spark", "trust"}

_RANGE = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<lowest>[0-9.]+)")


def lowest() -> dict[str, str]:
    """Each distribution and the lowest version required; ValueError if one has no lowest version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {name: asked for name, asked in project["optional-dependencies"].items() if name not in LEFT_OUT}
    found: dict[str, str] = {}
    for requirement in [*project["dependencies"], *(one for asked in extras.values() for one in asked)]:
        if requirement.startswith("septet["):
            continue
        match = _RANGE.match(requirement)
        if match is None:
            raise ValueError(f"{requirement}: expected a lowest version, as in name>=1.2")
        name, version = match["name"].lower(), match["lowest"]
        other = found.setdefault(name, version)
        if other != version:
            raise ValueError(f"{name}: two extras ask for {other} and for {version}: expected the same")
    return found


if __name__ == "__main__":
    for name, version in sorted(lowest().items()):
        # For a version such as 2.7, any that begins with it: 2.7 itself may have been withdrawn.
        print(f"{name}=={version}.*")
