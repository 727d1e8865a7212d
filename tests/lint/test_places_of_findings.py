"""In each format a finding points at its character, as read back from the file, and is fixed there."""

from __future__ import annotations

from pathlib import Path

import pytest
from linted_files import report

from septet.lint.configs import config_of
from septet.lint.fixing import fixes

LONG = "x" * 70

#: Of each format a file whose message has one ’ that costs a segment: its name, its text, how the sign is
#: written there, and how the message is written once it is fixed.
FILES = {
    "po": ("fr.po", f'msgid "a"\nmsgstr ""\n"Voici "\n"l’eau {LONG}"\n', "’", "l'eau"),
    "yaml": ("fr.yml", f"fr:\n  # sms\n  otp: &x >-\n    Voici l’eau\n    {LONG}\n", "’", "l'eau"),
    "yaml, escaped": (
        "fr.yml",
        f'fr: {{otp: "Voici\\tl\\u2019eau {LONG}"}}\n'.replace("\\t", " "),
        "\\u2019",
        "l'eau",
    ),
    "json": ("fr.json", f'{{"a": {{"b": ["l\\u2019eau {LONG}"]}}}}\n', "\\u2019", "l'eau"),
    "arb": ("app_fr.arb", f'{{"@@locale": "fr", "otp": "l’eau {{n}} {LONG}"}}', "’", "l'eau"),
    "android": (
        "strings.xml",
        f'<resources><string name="a">l’eau &amp; {LONG}</string></resources>',
        "’",
        "l\\'eau",
    ),
    "apple": ("Localizable.strings", f'/* é */ "a" = "l’eau {LONG}";\n', "’", "l'eau"),
    "xcstrings": (
        "a.xcstrings",
        '{"sourceLanguage": "en", "version": "1.0", "strings": {"a": {"localizations": {"fr": {"stringUnit": '
        f'{{"state": "translated", "value": "l’eau {LONG}"}}}}}}}}}}}}',
        "’",
        "l'eau",
    ),
    "properties": ("a_fr.properties", f"otp = l\\u2019eau \\\n   {LONG}\n", "\\u2019", "l'eau"),
    "properties, with arguments": ("a_fr.properties", f"otp = l’eau {{0}} {LONG}\n", "’", "l''eau"),
    "xliff": (
        "a.xlf",
        '<xliff version="1.2"><file source-language="en" target-language="fr"><body><trans-unit id="a">'
        f"<source>w</source><target>l’eau &lt; {LONG}</target></trans-unit></body></file></xliff>",
        "’",
        "l'eau",
    ),
    "fluent": ("fr.ftl", f"# é\notp =\n    Voici l’eau\n    {LONG} {'{ $n }'}\n", "’", "l'eau"),
    "laravel": ("lang/fr/sms.php", f"<?php return ['a' => ['b' => 'l’eau \\'é\\' {LONG}']];", "’", "l\\'eau"),
    "toml": ("fr.toml", f'[a]\nb = "l\\u2019eau {LONG}"\n', "\\u2019", "l'eau"),
    "csv": ("fr.csv", f'key,fr\notp,"é ""l’eau"" {LONG}"\n', "’", "l'eau"),
    "template": ("otp.txt.j2", f"é\nl’eau {{{{ n }}}} {LONG}\n", "’", "l'eau"),
    "python": ("a.py", f"é = 'l’eau {LONG}'  # septet: sms\n", "’", "l\\'eau"),
}


@pytest.mark.parametrize("format", FILES)
def test_a_finding_points_at_its_character_and_is_mended_there(format: str, tmp_path: Path) -> None:
    name, text, sign, mended = FILES[format]
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    found = report(path, bounds={"*": "1:digits"})
    assert found.broken == ()
    (finding,) = [one for one in found.findings if one.rule == "expensive-character"]
    lines = text.split("\n")
    assert lines[finding.line - 1][finding.column - 1 :].startswith(sign)
    assert finding.end_line == finding.line
    assert finding.end_column == finding.column + len(sign)
    assert finding.is_fixable
    for fix in fixes([path], config_of({"bounds": {"*": "1:digits"}})):
        fix.write()
    assert path.read_text("utf-8") == text.replace(f"l{sign}eau", mended)
    assert report(path, bounds={"*": "1:digits"}, ignore=["outer-blanks"]).findings == ()
