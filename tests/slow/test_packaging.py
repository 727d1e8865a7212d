"""Installed as users install it: from the sdist, with a compiler and without, in bare environments."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SEPTET_")}
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT.parent,
        env={**inherited, **environment},
    )


def succeed(*command: str | Path, **environment: str) -> str:
    result = run(*command, **environment)
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    succeed(sys.executable, "-m", "build", "--sdist", "--outdir", folder, ROOT)
    return next(folder.glob("septet-*.tar.gz"))


def holds_the_whole_package(wheel: Path) -> bool:
    """Whether a wheel holds the package of the checkout, except the sources of the kernel.

    A folder without an `__init__`, or a file that no list names, would be left out unnoticed.
    """
    tracked = succeed("git", "-C", ROOT, "ls-files", "src/septet").splitlines()
    sources = (".pyx", ".pxi", ".pxd", ".h")
    wanted = {name.removeprefix("src/") for name in tracked if not name.endswith(sources)}
    assert len(wanted) > 200
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("septet/")}
    return {name for name in held if not name.endswith((".so", ".pyd"))} == wanted


def bare_environment(folder: Path) -> Path:
    succeed(sys.executable, "-m", "venv", folder)
    return folder / "bin" / "python"


def install(python: Path, what: Path, **environment: str) -> None:
    succeed(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", what, **environment)


def kernel(python: Path) -> str:
    return succeed(python, "-W", "error", "-c", "import septet; print(septet.KERNEL)").strip()


def test_the_sdist_holds_all_that_is_needed(sdist: Path) -> None:
    tracked = succeed("git", "-C", ROOT, "ls-files").splitlines()
    wanted = {name for name in tracked if not name.startswith((".ci/", ".git"))}
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert wanted - held == set()
    assert not [name for name in held if name.endswith((".so", "compiled.c"))]


def test_a_wheel_built_from_the_sdist_runs_the_compiled_kernel(sdist: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    required = {"SEPTET_REQUIRE_KERNEL": "1"}
    succeed(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", wheels, sdist, **required)
    wheel = next(wheels.glob("septet-*.whl"))
    assert "none-any" not in wheel.name
    assert holds_the_whole_package(wheel)
    python = bare_environment(tmp_path / "bare")
    install(python, wheel)
    # An optional extension hides its own absence: ask.
    assert kernel(python) == "cython"
    assert succeed(python, "-c", "import septet; print(septet.count(']' * 153))").strip() == "3"
    # The files beside the modules are there too.
    assert succeed(python, "-c", "import septet; print(septet.schema('plan')['title'])").strip() == "Plan"
    catalogue = (
        "import gettext, septet; gettext.find('django', septet.__path__[0] + '/locale', ['fr']) or 1 / 0"
    )
    succeed(python, "-c", catalogue)
    # So is py.typed, which mypy reads from the installed package.
    client = ROOT / "tests" / "clients" / "typed_plans.py"
    apart = ("--config-file=", "--cache-dir", tmp_path / "mypy", "--python-executable", python)
    succeed(sys.executable, "-m", "mypy", "--strict", *apart, client)
    for extra in ("pydantic", "django"):
        result = run(python, "-c", f"import septet; septet.{extra}")
        assert f'pip install "septet[{extra}]"' in result.stderr.splitlines()[-1]
    result = run(python, "-c", "import septet; septet.spark.measure(None, 'message')")
    assert 'pip install "septet[spark]"' in result.stderr.splitlines()[-1]
    # Without its extra, the command says how to install it.
    result = run(python.parent / "septet", "count", "a")
    assert result.returncode == 2
    assert 'pip install "septet[cli]"' in result.stderr
    assert "Traceback" not in result.stderr


def test_a_pure_wheel_fits_every_machine(sdist: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    pure = {"SEPTET_PURE_PYTHON": "1"}
    succeed(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", wheels, sdist, **pure)
    wheel = next(wheels.glob("septet-*.whl"))
    assert wheel.name.endswith("py3-none-any.whl")
    assert holds_the_whole_package(wheel)
    python = bare_environment(tmp_path / "bare")
    install(python, wheel)
    assert kernel(python) == "python"


def test_without_a_compiler_it_installs_all_the_same(sdist: Path, tmp_path: Path) -> None:
    python = bare_environment(tmp_path / "bare")
    install(python, sdist, CC="/bin/false")
    assert kernel(python) == "python"


def test_a_required_kernel_that_does_not_build_is_fatal(sdist: Path, tmp_path: Path) -> None:
    python = bare_environment(tmp_path / "bare")
    result = run(python, "-m", "pip", "install", sdist, CC="/bin/false", SEPTET_REQUIRE_KERNEL="1")
    assert result.returncode != 0
