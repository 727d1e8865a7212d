"""Configurations: where they are found, what they may contain, and the errors of invalid ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from linted_files import catalogue

import septet.lint
from septet.errors import FileError, OptionError
from septet.lint.config_files import found_config, read_config
from septet.lint.configs import config_of
from septet.lint.values import Values


def test_the_table_of_either_file_upwards_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert found_config().paths == ()
    (tmp_path / "pyproject.toml").write_text(
        '[tool.septet]\nprofile = "smsmode"\nprice = "0.05"\nmax_segments = 2\n'
        '[tool.septet.lint]\npaths = ["locale"]\nmax-segments = 1\nbounds = { code = 6 }\n'
        'baseline = "known.json"\n',
        "utf-8",
    )
    found = found_config()
    assert found.paths == (str(tmp_path / "locale"),)
    assert found.baseline == str(tmp_path / "known.json")
    # Its defaults for all commands apply where the linter's own table has no value.
    assert (found.profile, str(found.price), found.max_segments) == ("smsmode", "0.05", 1)
    (tmp_path / "a" / "septet.toml").write_text('[lint]\nprofile = "twilio"\n', "utf-8")
    assert found_config().profile == "twilio"
    assert read_config(tmp_path / "pyproject.toml").profile == "smsmode"


def test_the_values_of_placeholders() -> None:
    config = config_of(
        {
            "bounds": {
                "code": 6,
                "name": "1..20",
                "url": "23:ascii",
                "city": {"length": "1..30", "characters": "accents"},
                "user.*": "2..9",
                "*": 3,
            }
        }
    )
    assert config.values("code") == (Values(6, 6, "gsm7"), True)
    assert config.values("name") == (Values(1, 20, "gsm7"), True)
    assert config.values("url") == (Values(23, 23, "ascii"), True)
    assert config.values("city") == (Values(1, 30, "accents"), True)
    assert config.values("user.first") == (Values(2, 9, "gsm7"), True)
    assert config.values("other") == (Values(3, 3, "gsm7"), True)
    assert config_of({}).values("other") == (Values(1, 20, "gsm7"), False)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"pathes": "x"}, "no setting is named 'pathes' (did you mean \"paths\"?): expected paths, "),
        ({"max-segments": 0}, "max-segments: expected a whole number from 1 on, found 0"),
        ({"max-segments": True}, "max-segments: expected a whole number from 1 on, found True"),
        ({"max_segments": 1, "max-segments": 2}, "max-segments: expected it once, found two spellings"),
        ({"bounds": 3}, "bounds: expected a table, found 3"),
        ({"bounds": {"a": "x"}}, 'bounds: a: expected a number of characters such as 6, or "1..20", found'),
        ({"bounds": {"a": "9..1"}}, "bounds: a: expected the fewest characters before the most"),
        ({"bounds": {"a": "1..9:acents"}}, "bounds: a: expected characters to be one of digits, "),
        (
            {"bounds": {"a": {"lenght": 1}}},
            "bounds: a: expected length, and perhaps characters, found 'lenght'",
        ),
        ({"ignore": "unicod"}, "ignore: no rule is named 'unicod' (did you mean \"unicode\"?)"),
        ({"per-file-ignores": {"a": ["x"]}}, "per-file-ignores: a: no rule is named 'x'"),
        ({"rules": {"x": {}}}, "rules: no rule is named 'x'"),
        ({"rules": {"unicode": {"severity": "fatal"}}}, "rules.unicode.severity: expected error or warning"),
        ({"rules": {"unicode": {"characters": 3}}}, "rules.unicode: expected severity, found 'characters'"),
        (
            {"rules": {"near-the-edge": {"characters": "3"}}},
            "rules.near-the-edge.characters: expected a whole",
        ),
        ({"price": "dear"}, "price: expected a number such as 0.045"),
        ({"currency": "euro"}, "currency: expected the code of a currency such as EUR"),
        ({"volume": {"otp": "many"}}, "volume: otp: expected a whole number from 0 on, found 'many'"),
        ({"keys": [1]}, "keys: expected texts that are not empty, found 1"),
        ({"keys": 1}, "keys: expected a text or a list of texts, found 1"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(given: dict[str, Any], says: str) -> None:
    with pytest.raises((OptionError, ValueError)) as raised:
        config_of(given)
    assert str(raised.value).startswith(says)
    assert "\n" not in str(raised.value)


def test_what_is_wrong_in_a_file_is_said_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "septet.toml"
    path.write_text("[lint]\nbounds = 3\n", "utf-8")
    with pytest.raises(FileError, match=r"septet.toml: \[lint\] bounds: expected a table"):
        septet.lint.check(tmp_path, path)


def test_from_python(tmp_path: Path) -> None:
    path = catalogue(tmp_path / "fr.po", ("otp", "Voici l’accès"))
    report = septet.lint.check(path, {"ignore": ["unicode"]})
    assert isinstance(report, septet.lint.LintReport)
    assert [finding.rule for finding in report.findings] == ["expensive-character"]
    assert report == septet.lint.check([str(path)], septet.lint.Config(ignore=frozenset({"unicode"})))
    with pytest.raises(FileError, match="no file or directory"):
        septet.lint.check(tmp_path / "none", {})
    with pytest.raises(ValueError, match="is not known"):
        septet.lint.check(path, {"profile": "nobody"})
