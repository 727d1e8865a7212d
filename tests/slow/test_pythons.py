"""The test suite on every version of Python that is supported and that the machine has.

Tests that draw their examples are left out: counts do not depend on the version, and they are half of the
work.

Versions are looked for by their real paths: a shim named python3.12 may be there and not start.
`SEPTET_PYTHONS` names those that must be there (3.12 3.13 if not given); given, it names all that are tried.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXPECTED = os.environ.get("SEPTET_PYTHONS", "3.12 3.13").split()
SUPPORTED = ["3.11", "3.12", "3.13", "3.14"]
OTHERS = [
    version
    for version in (EXPECTED if "SEPTET_PYTHONS" in os.environ else SUPPORTED)
    if version != f"{sys.version_info[0]}.{sys.version_info[1]}"
]


def find(version: str) -> Path | None:
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [*versions.glob(f"{version}.*/bin/python"), Path("/usr/bin") / f"python{version}"]
    candidates += [Path(folder) / f"python{version}" for folder in os.environ["PATH"].split(os.pathsep)]
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2], sep='.')"
    for candidate in candidates:
        try:
            result = subprocess.run([candidate, "-c", code], capture_output=True, text=True, check=False)
        except OSError:
            continue
        if result.stdout.strip() == version:
            return candidate
    return None


@pytest.mark.parametrize("version", OTHERS)
def test_the_suite_passes_on(version: str, tmp_path: Path) -> None:
    python = find(version)
    if python is None and version not in EXPECTED:
        pytest.skip(f"Python {version} is not on this machine: untested")
    assert python is not None, f"Python {version} is expected and not found, or does not start"
    environment = {**os.environ, "SEPTET_REQUIRE_KERNEL": "1"}
    inside = tmp_path / "venv" / "bin" / "python"
    for command in (
        [python, "-m", "venv", tmp_path / "venv"],
        [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{ROOT}[dev]"],
        [
            *(inside, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not hypothesis"),
            *("--numprocesses", "auto", ROOT / "tests"),
        ],
    ):
        result = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT
        )
        assert result.returncode == 0, f"{command}\n{result.stdout[-5000:]}\n{result.stderr[-5000:]}"
    print(f"Python {version}: {result.stdout.strip().splitlines()[-1]}")
