"""The site has a page for everything: each public name, each page of docs/."""

from __future__ import annotations

import importlib
import re

import pytest
from sources import ROOT

import septet

API = (ROOT / "docs" / "api.md").read_text("utf-8")
#: Constants, which the page's first words tell.
CONSTANTS = {"KERNEL", "TABLES_EDITION", "__version__"}
# Columns of other libraries: each needs its own.
MODULES = (
    "campaign",
    "lint",
    "serve",
    "pydantic",
    "django",
    "spark",
    "polars",
    "pandas",
    "duckdb",
    "testing",
)


def described() -> set[str]:
    """The public names that the page describes, with their modules."""
    found, module = set(), "septet"
    for line in API.splitlines():
        if line.startswith(".. currentmodule:: "):
            module = line.removeprefix(".. currentmodule:: ")
        elif match := re.fullmatch(r"\.\. auto(?:class|function|exception):: (\S+)", line):
            name = match.group(1)
            found.add(name if name.startswith("septet.") else f"{module}.{name}")
    return found


def test_the_library_page_has_every_public_name() -> None:
    directives = re.findall(r"^\.\. auto\w+:: (\S+)$", API, re.MULTILINE)
    assert len(directives) == len(described())  # none of them twice
    assert {f"septet.{name}" for name in set(septet.__all__) - CONSTANTS} <= described()
    assert all(f"septet.{name}" in API for name in CONSTANTS)


@pytest.mark.parametrize("module", MODULES)
def test_the_library_page_has_the_names_of_the_other_doors(module: str) -> None:
    door = pytest.importorskip(f"septet.{module}", exc_type=ImportError)
    assert {f"septet.{module}.{name}" for name in door.__all__} <= described()


def test_what_the_library_page_describes_is_there() -> None:
    for path in described():
        module, _, name = path.rpartition(".")
        if module != "septet.spark":
            assert hasattr(importlib.import_module(module), name), path


def test_each_page_has_its_place_on_the_site() -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in ROOT.glob("docs/**/*.md")}
    listed = set()
    for index in (ROOT / "docs" / "index.md", ROOT / "docs" / "fr" / "index.md"):
        folder = "" if index.parent.name == "docs" else f"{index.parent.name}/"
        for block in re.findall(r"```\{toctree\}\n(.*?)```", index.read_text("utf-8"), re.DOTALL):
            for line in filter(None, map(str.strip, block.splitlines())):
                if not line.startswith(":"):
                    target = re.search(r"<(.*)>", line)
                    listed.add(folder + (target.group(1) if target else line))
    assert pages - {"index"} <= listed
