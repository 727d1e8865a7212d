"""What the documentation shows is what happens: its Python and its command lines are run."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from sources import ROOT

PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("tables/*.md"))]
README = ROOT / "README.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_in_the_pages_answers_as_shown(page: Path) -> None:
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


def test_the_readme_gives_the_two_commands() -> None:
    text = README.read_text("utf-8")
    assert "make preview" in text
    assert "make test" in text


def test_links_inside_the_project_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
