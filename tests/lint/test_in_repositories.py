"""What this repository gives to others: hooks for pre-commit, and an action for GitHub."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from linted_files import catalogue
from ruamel.yaml import YAML
from sources import ROOT

from septet.lint.found_files import files_of

HOOKS: list[dict[str, Any]] = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION: dict[str, Any] = YAML(typ="safe").load((ROOT / "action.yml").read_text("utf-8"))

FILES = [
    *("a.po", "x/a.pot", "a.strings", "fr.lproj/Localizable.strings", "app_fr.arb", "x/y.ftl", "a.xcstrings"),
    *("locales/fr.yml", "config/locales/sms/fr.yaml", "lang/fr/sms.php", "res/values-fr/strings.xml"),
    *("src/i18n/fr.json", "translations/messages.fr.xlf", "sms/otp.txt.j2", "_locales/fr/messages.json"),
]
OTHERS = [
    "package.json",
    "src/main.yml",
    "a.txt",
    "locales.yml",
    "locales/texts.ts",
    "x/Makefile",
    "my_locales/a.php",
]


def test_the_hooks_take_the_files_that_the_linter_finds(tmp_path: Path) -> None:
    assert [hook["id"] for hook in HOOKS] == ["septet-lint", "septet-lint-fix"]
    for name in [*FILES, *OTHERS, ".git/x"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    found = {Path(name).relative_to(tmp_path).as_posix() for name in files_of([str(tmp_path)], ()).files}
    assert found == {*FILES}
    for hook in HOOKS:
        assert {name for name in [*FILES, *OTHERS] if re.search(hook["files"], name)} == {*FILES}
        assert hook["additional_dependencies"] == [".[lint]"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "b.json").symlink_to(tmp_path / "a.json")
    (tmp_path / "c.json").symlink_to(tmp_path / "nowhere.json")
    (tmp_path / "d.po").write_text("", "utf-8")
    found = [Path(name).name for name in files_of([str(tmp_path)], ()).files]
    assert found == ["c.json", "d.po"]  # a link that leads nowhere is reported as unreadable


@pytest.mark.skipif(shutil.which("bash") is None, reason="an action's steps are of bash")
def test_the_action_says_findings_as_annotations(tmp_path: Path) -> None:
    assert ACTION["runs"]["using"] == "composite"
    step = ACTION["runs"]["steps"][-1]
    catalogue(tmp_path / "locale" / "fr.po", ("otp", "Voici l’accès"))
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "septet"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m septet "$@"\n', "utf-8")
    command.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        # Nothing in it is run, and its stars are no files of the directory.
        "SEPTET_ARGUMENTS": "locale --keys o* --ignore unicode",
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    (line,) = done.stdout.decode().splitlines()
    assert line.startswith("::warning file=locale/fr.po,line=7,")
