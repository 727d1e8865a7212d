"""The hooks as a team uses them: the real pre-commit, on a real git repository, from this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from linted_files import catalogue
from sources import ROOT

LONG = "x" * 80


def git(*arguments: str, directory: Path) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, cwd=directory, check=True, capture_output=True)


def pre_commit(*arguments: str, directory: Path, home: Path) -> subprocess.CompletedProcess[str]:
    # A git hook that runs the tests must not lead the other repositories astray. The kernel that the
    # linter counts with takes a minute to compile, which others try.
    left_out = ("GIT_", "SEPTET_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=directory,
        env=environment | {"PRE_COMMIT_HOME": str(home), "SEPTET_PURE_PYTHON": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def of_here(place: Path) -> Path:
    """The tracked files of this repository, as they are now, committed in a separate one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "benches/")):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes((ROOT / name).read_bytes())
    git("init", "-q", directory=place)
    git("add", ".", directory=place)
    git("commit", "-q", "-m", "As it is", directory=place)
    return place


def test_a_commit_is_refused_until_its_messages_are_mended(tmp_path: Path) -> None:
    hooks, work, home = tmp_path / "hooks", tmp_path / "work", tmp_path / "home"
    for place in (hooks, work):
        place.mkdir()
    of_here(hooks)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=hooks, check=True, capture_output=True, text=True
    ).stdout.strip()
    git("init", "-q", directory=work)
    config = f"repos:\n- repo: {hooks}\n  rev: {head}\n  hooks:\n"
    (work / ".pre-commit-config.yaml").write_text(config + "  - id: septet-lint\n", "utf-8")
    (work / "pyproject.toml").write_text('[tool.septet.lint]\nmax-segments = 1\nkeys = ["otp"]\n', "utf-8")
    path = catalogue(work / "locale" / "fr.po", ("otp", f"l’eau {LONG}"), ("spoken", f"l’air {LONG}"))
    # Formats that need the libraries of the extra.
    (work / "locales").mkdir()
    (work / "locales" / "fr.yml").write_text("fr:\n  otp: Bonjour\n", "utf-8")
    (work / "locales" / "fr.php").write_text("<?php return ['otp' => 'Bonjour'];\n", "utf-8")
    git("add", ".", directory=work)
    refused = pre_commit("run", directory=work, home=home)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "locale/fr.po:7:9: error too-many-segments" in refused.stdout
    assert "3 entries of 3 files checked; 1 is not an SMS" in refused.stdout
    # The other hook fixes it: pre-commit refuses once more, because of the written change.
    (work / ".pre-commit-config.yaml").write_text(config + "  - id: septet-lint-fix\n", "utf-8")
    git("add", ".", directory=work)
    mended = pre_commit("run", directory=work, home=home)
    assert mended.returncode == 1, mended.stdout + mended.stderr
    assert "files were modified by this hook" in mended.stdout
    assert path.read_text("utf-8").count("l'eau") == 1
    assert path.read_text("utf-8").count("l’air") == 1
    git("add", ".", directory=work)
    passed = pre_commit("run", directory=work, home=home)
    assert passed.returncode == 0, passed.stdout + passed.stderr
