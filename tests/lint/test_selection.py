"""Which entries are SMS, by keys, references, contexts, comments and files; what is not reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from linted_files import catalogue, report, told

from septet.lint.globs import matches


@pytest.mark.parametrize(
    ("pattern", "name", "separator", "expected"),
    [
        ("**.sms", "telephony.otp.sms", ".", True),
        ("**.sms", "sms", ".", True),
        ("**.sms", "telephony.otp.voice", ".", False),
        ("telephony.*", "telephony.otp", ".", True),
        ("telephony.*", "telephony.otp.sms", ".", False),
        ("telephony.**", "telephony.otp.sms", ".", True),
        ("*.sms", "a.b.sms", ".", False),
        ("*code*", "Your code. Thanks", "", True),
        ("ot?", "otp", ".", True),
        ("otp", "otp2", ".", False),
        ("a[b]", "a[b]", ".", True),  # brackets are themselves
        ("**/fr.po", "locale/fr/fr.po", "/", True),
        ("*" * 40 + "x", "y" * 5000, ".", False),
    ],
)
def test_globs(pattern: str, name: str, separator: str, expected: bool) -> None:
    assert matches(pattern, name, separator) is expected


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    folder = tmp_path / "locales"
    folder.mkdir()
    (folder / "fr.yml").write_text(
        "fr:\n  telephony:\n    otp:\n      sms: ‘a’\n      voice: ‘b’\n    hi:\n      sms: ‘c’\n"
        "  other: ‘d’\n",
        "utf-8",
    )
    return folder


def keys(path: Path, **config: object) -> set[str]:
    return set(told(path, **config))


def test_by_keys_and_without_others(locales: Path) -> None:
    assert len(keys(locales)) == 4
    assert keys(locales, keys="**.sms") == {"telephony.otp.sms", "telephony.hi.sms"}
    assert keys(locales, keys=["**.sms", "other"], exclude="telephony.hi.*") == {"telephony.otp.sms", "other"}
    assert keys(locales, exclude=["**.voice"]) == {"telephony.otp.sms", "telephony.hi.sms", "other"}
    # With the language that the file begins with, too.
    found = report(locales, keys="fr.telephony.**.sms")
    assert (found.entries, found.left_out) in ((2, 2), (0, 4))
    found = report(locales, keys="nothing")
    assert (found.entries, found.left_out, found.findings) == (0, 4, ())


def test_by_references_contexts_and_comments(tmp_path: Path) -> None:
    path = catalogue(
        tmp_path / "fr.po",
        ("a", "‘a’", "#: model:sms.template,body:module.template_one"),
        ("b", "‘b’", "#. sms"),
        ("c", "‘c’", "# An SMS to the driver"),
        ("d", "‘d’", "#: model:mail.template,body_html:module.two"),
        ("e", "‘e’", "#. septet: sms"),
        ("f", "‘f’", 'msgctxt "sms"'),
        ("g", "‘g’", "#. smshing"),
    )
    assert keys(path, references="model:sms.template,body*") == {"a", "e"}
    assert keys(path, contexts="sms") == {"b", "c", "e", "sms|f"}
    assert keys(path, contexts="sms", keys="d") == {"b", "c", "d", "e", "sms|f"}
    assert len(keys(path)) == 7


def test_what_is_ignored_beside_an_entry_and_by_files(tmp_path: Path) -> None:
    path = catalogue(
        tmp_path / "ar" / "fr.po",
        ("a", "‘a’"),
        ("b", "‘b’", "#. septet: ignore unicode"),
        ("c", "‘c’", "# septet: ignore"),
        ("d", "‘d’", "# septet: ignore unicode, expensive-character"),
        ("e", "‘e’", "# septet: ignore unicod"),
    )
    found = told(path)
    assert found == {
        "a": ["expensive-character", "unicode"],
        "b": ["expensive-character"],
        "e": ["expensive-character", "unicode"],
    }
    assert "unicod" in report(path).notes[0].message
    assert told(path, **{"per-file-ignores": {"ar/**": ["unicode"]}})["a"] == ["expensive-character"]
    assert "a" in told(path, **{"per-file-ignores": {"de/**": ["unicode"]}})


def test_which_files_of_a_directory_are_read(tmp_path: Path) -> None:
    # A project: files that certainly hold messages, and other files in folders of messages.
    (tmp_path / "pyproject.toml").write_text("[project]\nname = '‘x’'\n", "utf-8")
    (tmp_path / "package.json").write_text('{"name": "‘x’"}', "utf-8")
    catalogue(tmp_path / "app" / "fr.po", ("in a catalogue", "‘a’"))
    for folder in ("locales", "node_modules/locales", ".hidden/locales", "config"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "fr.json").write_text('{"in json": "‘b’"}', "utf-8")
        (tmp_path / folder / "texts.ts").write_text("export default {a: '‘b’'}", "utf-8")
    found = report(tmp_path)
    assert {finding.key for finding in found.findings} == {"in a catalogue", "in json"}
    assert {Path(file).parent.name for file in found.files} == {"app", "locales"}
    assert "1" in found.notes[0].message
    assert "ts" in found.notes[0].message
    # Named, a directory is read.
    assert {finding.key for finding in report(tmp_path / "config").findings} == {"in json"}
    assert report(tmp_path, exclude=["**/app/**"]).files == (str(tmp_path / "locales" / "fr.json"),)


def test_a_broken_file_is_one_line_and_the_others_go_on(tmp_path: Path) -> None:
    good = catalogue(tmp_path / "good.po", ("a", "‘a’"))
    bad = tmp_path / "bad.po"
    bad.write_text('msgid "a\nmsgstr "b"\n', "utf-8")
    unknown = tmp_path / "messages.ts"
    unknown.write_text("export default {}", "utf-8")
    found = report([bad, good, unknown])
    assert [finding.path for finding in found.findings] == [str(good)] * 2
    assert found.exit_code == 2
    assert [(error.file, error.line) for error in found.broken] == [(str(bad), 1), (str(unknown), None)]
    assert all("\n" not in str(error) for error in found.broken)


def test_a_run_that_looked_at_nothing_says_so(tmp_path: Path) -> None:
    assert [note.message for note in report(tmp_path).notes] == ["No file of messages was found."]
    path = catalogue(tmp_path / "fr.po", ("a", "b"))
    (note,) = report(path, keys="sms").notes
    assert note.message.startswith("No entry is an SMS")
    assert report(path).notes == ()


def test_a_text_with_more_branches_than_are_counted_says_so(tmp_path: Path) -> None:
    path = tmp_path / "app_fr.arb"
    text = "".join(f"{{n{number}, plural, one {{a}} few {{b}} other {{c}}}}" for number in range(5))
    path.write_text(f'{{"@@locale": "fr", "many": "{text}"}}', "utf-8")
    (note,) = report(path).notes
    assert note.message.startswith("many has too many branches")
