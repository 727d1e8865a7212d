"""The source files of septet, on all levels of its folders, for the tests that read them."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

#: The folder of the project: tests find every other file from here, wherever they are.
ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "septet"

#: What tables/generate.py writes, which is data: all that this folder holds.
GENERATED = "_tables"


def modules() -> list[Path]:
    """Every module in Python. Fails where they are few: a test would pass by looking at nothing."""
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) > 100, f"{PACKAGE}: expected more than 100 modules, found {len(found)}"
    return found


def by_hand() -> list[Path]:
    """The modules in Python that people write, no fewer than `modules` asks for."""
    found = [path for path in modules() if not _is_generated(path)]
    assert len(found) > 100, f"{PACKAGE}: expected more than 100 modules by hand, found {len(found)}"
    return found


def of_the_compiled_kernel(*suffixes: str) -> list[Path]:
    """What the compiled kernel is made of: the files of each suffix, of which there must be one."""
    found = []
    for suffix in suffixes:
        some = sorted(PACKAGE.rglob(f"*{suffix}"))
        assert some, f"{PACKAGE}: expected a file in {suffix}"
        found += some
    return found


def copy_of_the_tables(folder: Path) -> Path:
    """Copies tables/, and the modules that its generators read, into a folder; gives back its tables/."""
    tables = folder / "tables"
    shutil.copytree(ROOT / "tables", tables, ignore=shutil.ignore_patterns("__pycache__"))
    for module in modules():
        copy = folder / module.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(module.read_bytes())
    return tables


def module_at(path: Path, name: str) -> ModuleType:
    """The module in a file that belongs to no package, run under a name."""
    specification = importlib.util.spec_from_file_location(name, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def _is_generated(path: Path) -> bool:
    return path.is_relative_to(PACKAGE / GENERATED)
