"""The command `lint`: as its user types it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from command_line import invoke, one_complaint
from linted_files import catalogue

from septet.lint.rules import RULES

LONG = "x" * 80


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    catalogue(tmp_path / "locale" / "fr.po", ("otp", f"l’eau {LONG}"), ("hi %(name)s", "Bonjour %(name)s"))
    return tmp_path


def test_as_it_is_typed(here: Path) -> None:
    result = invoke("lint", "locale/", "--profile", "gsm", "--max-segments", "1", "--bounds", "name=1..20")
    assert result.exit_code == 1, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith(
        "locale/fr.po:7:9: error too-many-segments: 2 segments, but you allow at most 1"
    )
    assert lines[-1].startswith("1 error, 2 warnings, 0 notices; 2 entries of 1 file checked")
    assert "[otp]" in lines[0]


def test_settings_are_of_the_file_and_what_is_typed_wins(here: Path) -> None:
    (here / "pyproject.toml").write_text(
        '[tool.septet.lint]\npaths = ["locale"]\nignore = ["unicode", "expensive-character"]\n'
        'max-segments = 1\n[tool.septet.lint.bounds]\n"*" = 9\n',
        "utf-8",
    )
    assert json.loads(invoke("lint", "--format", "json").stdout)["findings"][0]["rule"] == "too-many-segments"
    found = invoke("lint", "--max-segments", "2", "--format", "json")
    assert (found.exit_code, json.loads(found.stdout)["findings"]) == (0, [])
    found = json.loads(invoke("lint", "--ignore", "too-many-segments", "--format", "json").stdout)
    assert {one["rule"] for one in found["findings"]} == {"expensive-character", "unicode"}
    found = json.loads(invoke("lint", "--no-config", "locale", "--format", "json").stdout)
    assert "unbounded-placeholder" in {one["rule"] for one in found["findings"]}


def test_fixing_and_its_diff(here: Path) -> None:
    path = here / "locale" / "fr.po"
    before = path.read_text("utf-8")
    shown = invoke("lint", "locale", "--fix", "--diff")
    assert (shown.exit_code, path.read_text("utf-8")) == (1, before)
    assert f'+msgstr "l\'eau {LONG}"' in shown.stdout
    done = invoke("lint", "locale", "--fix", "--bounds", "name=3")
    assert (done.exit_code, path.read_text("utf-8")) == (0, before.replace("’", "'"))
    assert "1" in done.stderr
    assert invoke("lint", "locale", "--diff").exit_code == 0


def test_a_baseline_holds_what_is_known(here: Path) -> None:
    first = invoke("lint", "locale", "--baseline", "known.json")
    assert first.exit_code == 1
    assert LONG not in (here / "known.json").read_text("utf-8")
    again = invoke("lint", "locale", "--baseline", "known.json")
    assert again.exit_code == 0
    assert "3 known by the baseline" in again.stdout
    # However the command is called; and new findings are reported.
    assert invoke("lint", str(here / "locale"), "--baseline", str(here / "known.json")).exit_code == 0
    path = here / "locale" / "fr.po"
    path.write_text(path.read_text("utf-8") + 'msgid "new"\nmsgstr "l’air"\n', "utf-8")
    new = json.loads(invoke("lint", "locale", "--baseline", "known.json", "--format", "json").stdout)
    assert {one["key"] for one in new["findings"]} == {"new"}
    (here / "known.json").write_text("[]", "utf-8")
    assert "known.json: expected a baseline" in one_complaint(
        invoke("lint", "locale", "--baseline", "known.json")
    )


def git(*arguments: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def test_only_what_has_changed_since_a_revision(here: Path) -> None:
    complaint = one_complaint(invoke("lint", "locale", "--changed-since", "HEAD"))
    assert "--changed-since: expected a revision that git knows here" in complaint
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    assert invoke("lint", "locale", "--changed-since", "HEAD").exit_code == 0
    path = here / "locale" / "fr.po"
    path.write_text(path.read_text("utf-8") + 'msgid "new"\nmsgstr "l’air"\n', "utf-8")
    catalogue(here / "locale" / "é new.po", ("untracked", "l’or"))

    def changed(revision: str) -> set[str]:
        found = json.loads(invoke("lint", "locale", "--changed-since", revision, "--format", "json").stdout)
        return {one["key"] for one in found["findings"]}

    assert changed("HEAD") == {"new", "untracked"}
    git("checkout", "-q", "-b", "topic")
    git("add", ".")
    git("commit", "-q", "-m", "second")
    assert changed("HEAD") == set()
    assert changed("main") == {"new", "untracked"}
    for revision in ("nothing", "--output=x", ""):
        assert "--changed-since" in one_complaint(invoke("lint", "locale", f"--changed-since={revision}"))
    assert not (here / "x").exists()


def test_what_a_rule_is_about() -> None:
    found = invoke("lint", "--explain", "unicode")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (0, "unicode (warning)")
    every = invoke("lint", "--explain", "all", "--lang", "fr").stdout
    assert all(f"{name} (" in every for name in RULES)
    assert "Une apostrophe seule" in every
    complaint = one_complaint(invoke("lint", "--explain", "unicod"))
    assert "no rule is named 'unicod' (did you mean \"unicode\"?)" in complaint


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none"], "none: no file or directory has that name"),
        (
            ["locale", "--format", "xml"],
            "--format: expected text, json, github, gitlab, sarif, junit, found 'xml'",
        ),
        (["locale", "--bounds", "name"], "--bounds: expected, say, name=1..20, found 'name'"),
        (["locale", "--bounds", "name=x"], "--bounds: name: expected a number of characters such as 6"),
        (["locale", "--volume", "otp=many"], "--volume: expected a number of messages, found 'many'"),
        (["locale", "--profile", "nobody"], "profile 'nobody' is not known"),
        (["locale", "--max-segments", "0"], "--max-segments: expected a whole number from 1 on, found 0"),
        (["locale", "--fix", "--fix-all"], "--fix and --fix-all are both given"),
        (["locale", "--ignore", "unicod"], "--ignore: no rule is named 'unicod'"),
    ],
)
def test_what_is_typed_wrong_is_said_in_one_line(here: Path, arguments: list[str], says: str) -> None:
    assert says in one_complaint(invoke("lint", *arguments))


def test_a_file_that_cannot_be_read_decides_the_exit_code(here: Path) -> None:
    (here / "locale" / "bad.po").write_text('msgid "a\n', "utf-8")
    result = invoke("lint", "locale")
    assert result.exit_code == 2
    assert "unicode" in result.stdout
    assert "locale/bad.po, line 1:" in result.stderr.replace("\\", "/")
