"""The language of the commands: that of `--lang`, or of the locale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import environment, invoke, one_complaint, run

from septet.cli.app import COMMANDS

LONG = "a" * 800
FRENCH, ENGLISH = "Les 35 derniers caractères sont coupés", "The last 35 characters are cut"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "fr", "check", LONG, "--profile", "smsmode"),
        ("check", "--lang", "fr", LONG, "--profile", "smsmode"),
        ("check", "--profile", "smsmode", LONG, "--lang=fr"),
        ("--lang", "en", "check", LONG, "--profile", "smsmode", "--lang", "fr"),
    ],
)
def test_what_is_asked_for(arguments: tuple[str, ...]) -> None:
    for locale in ("en_GB.UTF-8", "fr_FR.UTF-8", "C"):
        result = run(*arguments, env=environment(LC_ALL=locale))
        assert FRENCH in result.stderr
    answer = json.loads(invoke(*arguments, "--json").stdout)
    assert answer["problems"][0]["message"].startswith(FRENCH)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ({"LC_ALL": "fr_FR.UTF-8"}, FRENCH),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_FR.UTF-8", "LANGUAGE": ""}, FRENCH),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, ENGLISH),
        ({"LC_ALL": "de_DE.UTF-8", "LANGUAGE": ""}, ENGLISH),
    ],
)
def test_the_language_of_the_locale(locale: dict[str, str], words: str) -> None:
    result = run("check", LONG, "--profile", "smsmode", env=environment(**locale))
    assert words in result.stderr


def test_a_language_that_is_not_spoken() -> None:
    for arguments in (("--lang", "de", "count", "a"), ("count", "a", "--lang", "de")):
        assert one_complaint(invoke(*arguments)) == "septet: --lang: expected en or fr, found 'de'\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_asked(command: str) -> None:
    assert "--lang en|fr" in invoke(command, "--help").stdout


def test_one_command_leaves_no_language_to_the_next() -> None:
    assert FRENCH in invoke("check", LONG, "--profile", "smsmode", "--lang", "fr").stderr
    assert ENGLISH in invoke("check", LONG, "--profile", "smsmode").stderr


def test_a_text_that_looks_like_the_option(tmp_path: Path) -> None:
    assert invoke("count", "--", "--lang").stdout == "1\n"
