"""The rooms stand on their floors: imports go downwards only, and never in a circle."""

from __future__ import annotations

import ast
import functools
import re
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest
import sources

import septet
import septet.campaign
import septet.lint
from septet.cli.app import COMMANDS

#: The house from the ground up: a room may import those of the floors below its own, and no other.
FLOORS = (
    {"_kernel", "_tables", "wording", "errors", "version"},
    {"gsm", "files", "destinations", "schemas"},
    {"pdus", "vendors"},
    {"planning"},
    {"templates", "sending", "advice"},
    {"campaign"},
    {"views", "pydantic", "django", "spark", "polars", "pandas", "duckdb", "testing"},
    {"lint", "serve"},
    {"cli"},
    {"__main__"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

#: A module with more lines holds two nouns.
MOST_LINES = 400


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(sources.PACKAGE).with_suffix("").parts)


MODULES = sorted(map(name_of, sources.modules()))
#: The packages within septet, which stand for their own `__init__`.
PACKAGES = {name.removesuffix(".__init__") for name in MODULES if name.endswith(".__init__")}


@functools.cache
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
    elif module == "lint.__init__":
        homes = (resolve_name(home, septet.lint.__name__) for home in septet.lint._HOMES.values())
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


def test_imports_go_downwards_only() -> None:
    assert {module.partition(".")[0] for module in MODULES} == {*FLOOR_OF, "__init__"}
    upwards = [
        f"{module} imports {other}"
        for module in MODULES
        # The door of campaigns hands on a page, which is made above it: by its name, when it is asked for.
        if module not in ("__init__", "campaign.__init__")
        for other in imported(module, for_types=True)
        if (room := module.partition(".")[0]) != (below := other.partition(".")[0])
        and FLOOR_OF[room] <= FLOOR_OF[below]
    ]
    assert upwards == []


def test_the_doors_of_the_rooms_say_three_things_and_import_nothing() -> None:
    doors = [
        path for path in sources.by_hand() if path.name == "__init__.py" and path.parent != sources.PACKAGE
    ]
    own = ("_kernel", "python", "campaign", "lint", "serve")
    said = [path for path in doors if path.parent.name not in own]
    assert len(said) > 15
    for path in said:
        (docstring,) = ast.parse(path.read_text("utf-8")).body
        assert isinstance(docstring, ast.Expr), path
        assert [line.split(":")[0] for line in path.read_text("utf-8").splitlines()] == [
            *('"""Comes in', "Goes out", "Not its business"),
            '"""',
        ], path


def test_no_room_uses_a_private_name_of_another() -> None:
    names = {
        (module, alias.name)
        for module in MODULES
        for node in ast.walk(
            ast.parse((sources.PACKAGE / f"{module.replace('.', '/')}.py").read_text("utf-8"))
        )
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "septet"
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.endswith("__")
    }
    assert {name for _, name in names} == {"_kernel", "_tables"}


def test_no_module_is_long() -> None:
    long = {
        path.name: lines
        for path in sources.by_hand()
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_module_imports_the_package_above_it() -> None:
    assert [module for module in MODULES if "__init__" in imported(module)] == []


def test_no_module_is_named_like_a_public_function() -> None:
    functions = {name for name in septet.__all__ if callable(getattr(septet, name))}
    assert not functions & {*MODULES, *PACKAGES}
    functions = {name for name in septet.campaign.__all__ if callable(getattr(septet.campaign, name))}
    assert not {f"campaign.{name}" for name in functions} & {*MODULES, *PACKAGES}


def test_no_module_names_a_vendor() -> None:
    names = {name.partition("@")[0] for name in septet.profiles()} - {"gsm", "smpp", "rcs", "rcs-us"}
    # Whole words: one of them is a part of "draws".
    vendor = re.compile(
        rf"(?<![a-z])(?:{'|'.join(sorted(names, key=len, reverse=True))})(?![a-z])", re.IGNORECASE
    )
    assert vendor.search("if profile.name == 'smsmode':")
    assert not vendor.search("it draws")
    for path in [*sources.by_hand(), *sources.of_the_compiled_kernel(".pyx", ".pxi", ".pxd", ".h")]:
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
