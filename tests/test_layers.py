"""Imports go downwards only, importing septet is light, and no module knows a vendor."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest
import sources

import septet
import septet.campaign
from septet.cli.app import COMMANDS


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(sources.PACKAGE).with_suffix("").parts)


MODULES = sorted(map(name_of, sources.modules()))
#: The packages within septet, which stand for their own `__init__`.
PACKAGES = {name.removesuffix(".__init__") for name in MODULES if name.endswith(".__init__")}


def imported(module: str, *, for_types: bool = False) -> set[str]:
    """The modules of septet that a module imports when it runs, sooner or later.

    `for_types` asks also for those that only a type checker reads.
    """
    path = sources.PACKAGE / f"{module.replace('.', '/')}.py"
    package = module.rpartition(".")[0]
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if not for_types and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    if module == "__init__":
        found = {home for home, _ in septet._HOMES.values()}
    elif module == "campaign.__init__":
        homes = (resolve_name(home, septet.campaign.__name__) for home in septet.campaign._HOMES.values())
        found = {home.removeprefix("septet.") for home in homes}
    elif module == "cli.app":
        found = {f"cli.commands.{home}" for home in COMMANDS.values()}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] == "septet"):
            name = (node.module or "").removeprefix("septet").lstrip(".")
            base = ".".join(filter(None, (package if node.level else "", name)))
            found |= {_module_of(base, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names if alias.name.split(".")[0] == "septet")
            found |= {_module_of(name.partition(".")[2], "") for name in names}
    return found


def _module_of(base: str, name: str) -> str:
    """What ``from base import name`` loads: a module of that name, or the one that holds it."""
    below = ".".join(filter(None, (base, name)))
    if below in MODULES:
        return below
    if below in PACKAGES:
        return f"{below}.__init__"
    return f"{base}.__init__" if base in PACKAGES else base or "__init__"


def test_no_modules_stand_in_a_circle() -> None:
    # Those that only a type checker reads count: a reader follows them too. `septet` itself is a door.
    graph = {module: imported(module, for_types=True) - {"__init__"} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # As it names them, each module is imported by the next one.
        pytest.fail("a circle of imports: " + " → ".join(reversed(error.args[1])))


def test_no_module_imports_the_package_above_it() -> None:
    assert [module for module in MODULES if "__init__" in imported(module)] == []


def test_no_module_is_named_like_a_public_function() -> None:
    functions = {name for name in septet.__all__ if callable(getattr(septet, name))}
    assert not functions & {*MODULES, *PACKAGES}
    functions = {name for name in septet.campaign.__all__ if callable(getattr(septet.campaign, name))}
    assert not {f"campaign.{name}" for name in functions} & {*MODULES, *PACKAGES}


def test_no_module_names_a_vendor() -> None:
    names = {name.partition("@")[0] for name in septet.profiles()} - {"gsm"}
    # Whole words: one of them is a part of "draws".
    vendor = re.compile(
        rf"(?<![a-z])(?:{'|'.join(sorted(names, key=len, reverse=True))})(?![a-z])", re.IGNORECASE
    )
    assert vendor.search("if profile.name == 'smsmode':")
    assert not vendor.search("it draws")
    for path in [*sources.by_hand(), *sources.of_the_compiled_kernel(".pyx", ".pxd", ".h")]:
        text = path.read_text("utf-8")
        if path.suffix == ".py":
            # Examples in documentation may name one; code may not.
            text = ast.unparse(_without_docstrings(ast.parse(text)))
        assert vendor.search(text) is None, path.name


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def run(code: str, *flags: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *flags, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("module", [m for m in MODULES if not m.endswith(("__init__", "__main__"))])
def test_every_module_can_be_imported_first(module: str) -> None:
    result = run(f"import septet.{module}", "-W", "error")
    assert result.returncode == 0, result.stderr


def test_importing_septet_is_light() -> None:
    # What the interpreter loads by itself (site, start-up files) is not ours.
    code = "import sys; before = set(sys.modules); import septet; print(*set(sys.modules) - before)"
    loaded = {name.split(".")[0] for name in run(code).stdout.split()}
    assert "septet" in loaded
    assert not loaded & {
        "typer",
        "rich",
        "regex",
        "tomllib",
        "dataclasses",
        "inspect",
        "decimal",
        "unicodedata",
        "pyarrow",
    }


def test_every_public_name_has_a_home() -> None:
    assert set(septet.__all__) - {"KERNEL", "__version__"} == set(septet._HOMES)
    for name in septet.__all__:
        assert getattr(septet, name) is not None
    assert set(septet.campaign.__all__) == set(septet.campaign._HOMES) <= set(dir(septet.campaign))
    for name in septet.campaign.__all__:
        assert getattr(septet.campaign, name) is not None
    assert set(septet.__all__) <= set(dir(septet))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        septet.nothing  # noqa: B018 (asking for it is the test)


def test_planning_a_plain_text_needs_no_regex() -> None:
    code = "import sys, septet; septet.plan('é €', 'smsmode', commercial=True); print('regex' in sys.modules)"
    assert run(code).stdout.strip() == "False"
