"""What is loaded and when: importing septet is light, and a room is loaded when it is needed."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

import pytest
import sources

import septet
import septet.campaign

MODULES = sorted(
    ".".join(path.relative_to(sources.PACKAGE).with_suffix("").parts) for path in sources.modules()
)


def run(code: str, *flags: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *flags, "-c", code],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


# One process that forgets septet before each module: to start one for each takes minutes.
_EACH_FIRST = """
import importlib, sys, traceback

wrong = 0
for module in sys.stdin.read().split():
    # An extension stays: an interpreter loads it once.
    for name in [name for name in sys.modules if name.partition(".")[0] == "septet" and name != compiled]:
        del sys.modules[name]
    try:
        importlib.import_module(f"septet.{module}")
    except BaseException:
        wrong += 1
        print(module, file=sys.stderr)
        traceback.print_exc()
sys.exit(wrong > 0)
""".replace("compiled", repr("septet._kernel.compiled"))


def test_every_module_can_be_imported_first() -> None:
    each = [module for module in MODULES if not module.endswith(("__init__", "__main__"))]
    # Versions of Typer that are older than Click's import what that warns of.
    of_others = "ignore::DeprecationWarning:typer"
    result = run(_EACH_FIRST, "-W", "error", "-W", of_others, given="\n".join(each))
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


def loaded_by(code: str) -> set[str]:
    """The modules of a fresh process, once it has run a line."""
    result = run(f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)")
    assert result.returncode == 0, result.stderr
    return set(result.stderr.split())


def test_a_first_count_loads_what_it_needs() -> None:
    loaded = loaded_by("import septet; assert septet.count('Bonjour') == 1")
    own = {name for name in loaded if name.partition(".")[0] == "septet"}
    # The kernel in Python is a room of several modules, the compiled one a single one.
    assert 20 < len(own - {name for name in own if name.startswith("septet._kernel.python.")}) <= 33
    assert {name for name in own if name.startswith("septet._tables.vendors.")} == {
        "septet._tables.vendors.gsm"
    }
    assert not loaded & {"dataclasses", "inspect", "tomllib", "typer", "septet.planning.diagnosis"}
    assert not loaded & {"septet.planning.plans", "septet.planning.placeholders"}
    if septet.KERNEL == "cython":  # the other one needs some of these, each as long to load as a count takes
        assert not loaded & {"collections", "functools", "re", "typing"}


def test_a_vendors_rules_are_loaded_when_it_is_named() -> None:
    listing = loaded_by("import septet; assert 'twilio' in septet.profiles()")
    assert "septet._tables" in listing
    assert not any(name.startswith("septet._tables.vendors") for name in listing)
    named = loaded_by("import septet; septet.profile('smsmode@2020-11')")
    assert {name for name in named if name.startswith("septet._tables.vendors.")} == {
        "septet._tables.vendors.smsmode_2020_11"
    }
    command = """
from septet.__main__ import main
sys.argv = ["septet", "profiles"]
try:
    main()
except SystemExit:
    pass
"""
    assert not any(name.startswith("septet._tables.vendors") for name in loaded_by(command))


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


PUBLIC = (
    *("septet", "septet.campaign", "septet.lint", "septet.serve", "septet.testing", "septet.errors"),
    *("septet.pydantic", "septet.django", "septet.polars", "septet.pandas", "septet.duckdb", "septet.spark"),
)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_module_lists_its_public_names_and_no_others(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        pytest.skip(str(error))
    assert dir(module) == sorted(module.__all__)


def test_planning_a_plain_text_needs_no_regex() -> None:
    code = "import sys, septet; septet.plan('é €', 'smsmode', commercial=True); print('regex' in sys.modules)"
    assert run(code).stdout.strip() == "False"
