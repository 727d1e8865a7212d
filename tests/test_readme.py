"""What the documentation shows is what happens: its Python and its command lines are run."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from clocks import stop_at
from sources import ROOT

PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("tables/*.md"))]
README = ROOT / "README.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_in_the_pages_answers_as_shown(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at("2026-12-01T10:00", monkeypatch)  # what they send at is never past
    # A fence would be read as part of the expected answer.
    text = re.sub(r"^```.*$", "", page.read_text("utf-8"), flags=re.MULTILINE)
    found = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    assert doctest.DocTestRunner().run(found).failed == 0


def console_blocks() -> list[tuple[str, str]]:
    """The commands of the pages, and what they print there: the same command once.

    Those that write files, or take lines of standard input, are tried where these commands are.
    """
    pages = "\n".join(page.read_text("utf-8") for page in PAGES)
    pattern = r"^```console\n\$ (septet (?!batch)[^<\n]*)\n((?:.*\n)*?)```"
    return list(dict(re.findall(pattern, pages, re.MULTILINE)).items())


def test_the_pages_show_commands() -> None:
    assert len(console_blocks()) >= 5


@pytest.mark.parametrize(("command", "shown"), console_blocks())
def test_a_command_prints_what_its_page_shows(command: str, shown: str) -> None:
    pytest.importorskip("typer")
    name, *arguments = shlex.split(command)
    assert name == "septet"
    result = subprocess.run(
        [sys.executable, "-m", "septet", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"},
    )
    # Some show what they say of a file that is not as it should be.
    assert result.returncode in (0, 1), result.stderr
    assert result.stdout.startswith(shown)


def typed_commands() -> list[str]:
    """The commands of the pages' `sh` blocks, but not those that go on, download or take seconds."""
    pages = "\n".join(page.read_text("utf-8") for page in PAGES)
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", pages, re.MULTILINE | re.DOTALL)
    lines = {line.strip() for block in blocks for line in block.splitlines()}
    left_out = re.compile(r"septet (?:page|fake-vendor|serve(?! --check)|calibrate bill)|.* --report ")
    return sorted(line for line in lines if line.startswith("septet ") and not left_out.match(line))


def write_files_of_the_pages(folder: Path) -> None:
    """Files with the names and the columns that the commands of the pages read."""
    docs = ROOT / "docs"
    clients = (docs / "clients.csv").read_text("utf-8").splitlines()
    # A batch file needs a column that is named as one of numbers.
    rows = [f"{row};{row.split(';')[1]}" if row else row for row in clients[1:]]
    for name in ("clients.csv", "a-corriger.csv"):
        (folder / name).write_text("\n".join([clients[0] + ";numero", *rows]), "utf-8")
    for name in ("prices.csv", "tarifs.csv"):
        shutil.copy(docs / "prices.csv", folder / name)
    shutil.copy(docs / "log.csv", folder)
    # The linter, which looks for files by itself, has a folder of its own.
    (folder / "catalogues" / "locale").mkdir(parents=True)
    shutil.copy(docs / "messages_fr.po", folder / "catalogues" / "locale" / "fr.po")
    (folder / "notice.txt").write_text("La piscine sera fermée. " * 12, "utf-8")


def test_the_commands_of_the_pages_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("typer", "pyarrow", "ruamel.yaml", "fastapi"):
        pytest.importorskip(module)
    from command_line import invoke

    write_files_of_the_pages(tmp_path)
    commands = typed_commands()
    assert len(commands) >= 30
    for command in commands:
        arguments = shlex.split(command.partition(" && ")[0], comments=True)[1:]
        monkeypatch.chdir(tmp_path / "catalogues" if arguments[0] == "lint" else tmp_path)
        result = invoke(*arguments)
        # 1 is a message that must not be sent, a rejected row or a finding; 2 is a wrong command.
        assert result.exit_code in (0, 1), f"{command}: {result.stderr}"


def test_the_readme_gives_the_two_commands() -> None:
    text = README.read_text("utf-8")
    assert "make preview" in text
    assert "make test" in text


def test_links_inside_the_project_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
