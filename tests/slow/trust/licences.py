"""The licences of all that septet's extras install, as docs/licences.md has them.

    python tests/slow/trust/licences.py [--write]

Read from what is installed beside septet, dependencies of dependencies among it. Fails if one is missing,
if a licence is unknown, and if any extra but `transliterate` (and `all` and `dev`, which include it) requires
one under the GPL.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "licences.md"
START, END = "<!-- table -->\n", "<!-- end of the table -->\n"
EXTRAS = ("cli", "requests", "campaign", "lint", "report", "pydantic", "django", "duckdb", "pandas", "polars")
EXTRAS += ("serve", "transliterate")

#: Other names of licences, by their names here.
SPELLED = {
    "Apache-2.0": r"apache.*2|^apache software license$",
    "BSD-3-Clause": r"bsd.*3|3-clause|modified bsd|new bsd",
    "BSD-2-Clause": r"bsd.*2|2-clause",
    "MIT": r"\bmit\b|expat",
    "PSF-2.0": r"python software foundation|psf",
    "MPL-2.0": r"mozilla|mpl",
    "GPL-2.0-or-later": r"^gpl|gnu general public",
    "ISC": r"\bisc\b",
    "BSD-3-Clause ": r"\bbsd\b",
}


def licence(found: Distribution) -> str:
    """The licence that a distribution states; "" if it states none."""
    data = found.metadata
    if stated := data.get("License-Expression"):
        return str(stated)
    classified = [
        one.rpartition(" :: ")[2] for one in data.get_all("Classifier") or () if one.startswith("License")
    ]
    first_line = (data.get("License") or "").strip().splitlines()[:1]
    for written in [*classified, *first_line]:
        for name, pattern in SPELLED.items():
            if re.search(pattern, written, re.IGNORECASE):
                return name.strip()
    return ""


def asked_of_septet(extra: str) -> list[str]:
    """What an extra of this pyproject.toml requires; that of an installed septet may be older."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"][extra]]


def needed(requirements: list[str], extras: set[str], seen: dict[str, set[str]], by: str) -> None:
    """Notes all requirements of requirements, with the extra of septet that leads to them."""
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker and not any(
            requirement.marker.evaluate({"extra": one}) for one in extras or {""}
        ):
            continue
        key = requirement.name.lower().replace("_", "-")
        if key == "septet":
            for extra in requirement.extras:
                needed(asked_of_septet(extra), set(), seen, by)
        elif by not in seen.setdefault(key, set()):
            seen[key].add(by)
            try:
                needed(distribution(requirement.name).requires or [], requirement.extras, seen, by)
            except PackageNotFoundError:
                sys.exit(f"{requirement.name} is not installed: what septet[{by}] needs has to be there")


def table() -> str:
    seen: dict[str, set[str]] = {}
    for extra in EXTRAS:
        needed(asked_of_septet(extra), set(), seen, extra)
    lines = ["| package | licence | asked for by |", "|---|---|---|"]
    for name, extras in sorted(seen.items()):
        stated = licence(distribution(name))
        if not stated:
            sys.exit(f"{name} states no licence that is known here: look it up")
        if "GPL" in stated and "LGPL" not in stated and extras != {"transliterate"}:
            sys.exit(f"{name} is under {stated}, and {sorted(extras)} ask for it")
        everyone = "septet itself" if extras == {*EXTRAS} else ", ".join(sorted(extras))
        lines.append(f"| {name} | {stated} | {everyone} |")
    return "\n".join(lines) + "\n"


def packages(rows: str) -> set[str]:
    return {line.split("|")[1].strip() for line in rows.splitlines() if line.startswith("| ")}


def main() -> None:
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    found = table()
    listed, _, behind = rest.partition(END)
    if "--write" in sys.argv:
        PAGE.write_text(before + START + found + END + behind, "utf-8")
    elif missing := packages(found) - packages(listed):
        sys.exit(f"docs/licences.md lacks {sorted(missing)}: python tests/slow/trust/licences.py --write")


if __name__ == "__main__":
    main()
