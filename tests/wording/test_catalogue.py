"""The catalogue: everything that is said is translated, and what is translated is said."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sources

from septet.wording.languages import LANGUAGES

sys.path.append(str(sources.ROOT / "tables"))

import catalogue

TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]


def test_every_language_has_a_catalogue() -> None:
    assert sorted(folder.name for folder in catalogue.LOCALE.iterdir()) == TRANSLATED
    assert set(catalogue.PLURAL_FORMS) == set(TRANSLATED)


def test_nothing_is_untranslated_doubtful_or_stale() -> None:
    script = sources.ROOT / "tables" / "catalogue.py"
    checked = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_template_is_written_out_where_it_is_said() -> None:
    """Babel finds no other."""
    found = catalogue.said()
    known = {part for template in found for part in ((template,) if isinstance(template, str) else template)}
    for path in sources.modules():
        if path.name == "messages.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        # In an f-string, it depends on the version of Python what Babel finds.
        hidden = {
            part for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for part in ast.walk(text)
        }
        for call in ast.walk(tree):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in catalogue.KEYWORDS
            ):
                assert call not in hidden, f"{path.name}: line {call.lineno}"
                for place in catalogue.KEYWORDS[call.func.id]:
                    template = call.args[place - 1]
                    assert isinstance(template, ast.Constant), f"{path.name}: line {call.lineno}"
                    assert template.value in known, f"{path.name}: line {call.lineno}"


# What a translator may do wrong, in a catalogue of one entry.
WRONG = [
    ('msgid "a"\nmsgstr ""\n', "not translated"),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n', "not translated"),
    ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n', "doubtful"),
    ('msgid "%(a)s"\nmsgstr "%(b)s"\n', "other parameters"),
    ('msgid "%(a)s"\nmsgstr "a"\n', "other parameters"),
    (
        'msgid "a %(a)s"\nmsgid_plural "%(number)s %(a)s"\nmsgstr[0] "c"\nmsgstr[1] "%(number)s %(a)s"\n',
        "other parameters",
    ),
    ('msgid "%(a)s"\nmsgstr "%(a)s %"\n', "per cent"),
    ('msgid "%(a)d"\nmsgstr "%(a)d"\n', "written as %(name)s"),
]


@pytest.mark.parametrize(("entry", "fault"), WRONG)
def test_what_is_found_wrong(entry: str, fault: str) -> None:
    (found,) = catalogue.faults("fr", catalogue.header("fr") + entry)
    assert fault in found


def test_what_is_found_right() -> None:
    entry = 'msgid "one"\nmsgid_plural "%(number)s"\nmsgstr[0] "%(number)s une"\nmsgstr[1] "%(number)s"\n'
    assert list(catalogue.faults("fr", catalogue.header("fr") + entry)) == []


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Non\u00a0; si !", "Non\u202f; si\u202f!"),
        ("Coût : %(cost)s", "Coût\u00a0: %(cost)s"),
        ("« %(shown)s »", "«\u00a0%(shown)s\u00a0»"),
        ("%(share)s %%", "%(share)s\u202f%%"),
        ("l'été", "l’été"),
        ("l'%(name)s", "l’%(name)s"),
        ("à 10:30, de %(a)s %(b)s", "à 10:30, de %(a)s %(b)s"),
    ],
)
def test_french_typography(typed: str, set_: str) -> None:
    assert catalogue.french(typed) == set_
    assert catalogue.french(set_) == set_


def test_what_is_no_longer_said_goes_and_what_is_new_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locale = tmp_path / "locale"
    shutil.copytree(catalogue.LOCALE, locale)
    monkeypatch.setattr(catalogue, "LOCALE", locale)
    po = locale / "fr" / "LC_MESSAGES" / "django.po"
    text = po.read_text("utf-8")
    po.write_text(text + '\nmsgid "Nobody says this."\nmsgstr "Personne ne le dit."\n', "utf-8")
    assert run(monkeypatch, "--check") == 1
    assert run(monkeypatch) == 0
    assert po.read_text("utf-8") == text
    before: dict[Any, Any] = catalogue.said()
    monkeypatch.setattr(catalogue, "said", lambda: before | {"A new sentence.": {"here.py"}})
    assert run(monkeypatch) == 1
    assert 'msgid "A new sentence."\nmsgstr ""\n' in po.read_text("utf-8")


def test_what_another_copy_has_is_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locale, other = tmp_path / "locale", tmp_path / "theirs.po"
    shutil.copytree(catalogue.LOCALE, locale)
    monkeypatch.setattr(catalogue, "LOCALE", locale)
    before: dict[Any, Any] = catalogue.said()
    monkeypatch.setattr(catalogue, "said", lambda: before | {"Ours.": {"a.py"}, "Theirs.": {"b.py"}})
    po = locale / "fr" / "LC_MESSAGES" / "django.po"
    text = po.read_text("utf-8")
    po.write_text(text + '\nmsgid "Ours."\nmsgstr "Le nôtre."\n', "utf-8")
    theirs = '\nmsgid "Ours."\nmsgstr "Autrement."\n\nmsgid "Theirs."\nmsgstr "Le leur."\n'
    other.write_text(text + theirs, "utf-8")
    assert run(monkeypatch) == 1
    assert run(monkeypatch, "--from", str(other)) == 0
    assert run(monkeypatch, "--check") == 0
    found = {entry.id: entry.string for entry in catalogue.translated("fr")}
    assert (found["Ours."], found["Theirs."]) == ("Le nôtre.", "Le leur.")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["catalogue.py", *arguments])
    return int(catalogue.main())
