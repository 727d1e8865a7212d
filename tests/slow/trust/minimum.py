"""The lowest version of every range that septet asks for, as constraints for pip.

    python tests/slow/trust/minimum.py > lowest.txt

Of the extras that users install; those for developing septet are as new as they come, but where an extra of
users asks for the same.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
#: Not for users, or a house of its own.
LEFT_OUT = {"bench", "dev", "spark", "trust"}

_RANGE = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<lowest>[0-9.]+)")


def lowest() -> dict[str, str]:
    """Each distribution and the lowest version that is asked for; ValueError where one has no lowest."""
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
        # Of a version such as 2.7, any that begins so: 2.7 alone may have been withdrawn.
        print(f"{name}=={version}.*")
