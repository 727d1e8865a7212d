"""The command `advise`, and the line of advice in a preview."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import septet
from septet.advice import transliteration
from septet.cli.app import app

FRENCH = "Ça y est : -20 % sur tout jusqu\u2019à dimanche ! Votre reçu vous offre 10 € dès 50 € d'achat."
PLAIN = FRENCH.replace("\u2019", "'").replace("ç", "Ç")
LONG = "x" * 71


def invoke(*arguments: str, stdin: bytes = b"") -> Any:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def test_all_ways_are_shown_the_best_first() -> None:
    result = invoke("advise", FRENCH, "--price", "0.045", "--width", "100")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "As it is: UCS-2, 89 units, 2 billed segments, 0.090" in lines
    heads = [line for line in lines if re.match(r"\d\. ", line)]
    assert heads == [
        f"{number}. {advice.kind}: saves 1 segment (0.045)"
        for number, advice in enumerate(septet.advise(FRENCH), 1)
    ]
    shown = " ".join(result.stdout.split())
    for advice in septet.advise(FRENCH):
        assert advice.note in shown
        assert advice.kind == "shortening" or advice.text in shown
    assert "GSM-7, 91 units, 1 billed segment" in shown


def test_what_is_lost_is_said() -> None:
    result = invoke("advise", "l\u2019été", "-p", "smsmode")
    assert "As it is: GSM-7, 5 units, 1 billed segment, 1 character lost or cut off" in result.stdout
    assert "1. typography: loses 1 fewer character" in result.stdout


def test_the_lines_of_a_text_stay_apart_and_what_changed_is_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = invoke("advise", f"ç a\n{LONG}\x1b[31m\u2019b")
    lines = result.stdout.splitlines()
    assert "   \x1b[1;36mÇ\x1b[0m a" in lines
    assert "\x1b[31m" not in result.stdout  # the text's own escape


def test_nothing_to_advise() -> None:
    result = invoke("advise", "Bonjour")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Nothing to advise.")
    assert json.loads(invoke("advise", "Bonjour", "--json").stdout) == []


def test_json() -> None:
    found = json.loads(invoke("advise", FRENCH, "--json", "--price", "0.045").stdout)
    assert found == [
        advice.to_dict() | {"saves_cost": str(advice.saves * Decimal("0.045"))}
        for advice in septet.advise(FRENCH)
    ]
    assert "saves_cost" not in json.loads(invoke("advise", FRENCH, "--json").stdout)[0]
    assert invoke("advise", FRENCH, "--json").stdout.isascii()


def test_apply_prints_the_best_text_alone_and_says_what_it_did() -> None:
    result = invoke("advise", FRENCH, "--apply")
    assert (result.exit_code, result.stdout) == (0, PLAIN + "\n")
    assert result.stderr == f"septet advise: typography+cedilla: {septet.advise(FRENCH)[0].note}\n"


def test_apply_with_nothing_to_advise_prints_the_text_as_it_is() -> None:
    result = invoke("advise", "Bonjour", "--apply")
    assert (result.exit_code, result.stdout) == (1, "Bonjour\n")
    assert result.stderr == "septet advise: nothing to advise; the text is printed unchanged\n"


def test_apply_takes_no_last_resort_unless_asked() -> None:
    text = "🎉 " + LONG
    result = invoke("advise", text, "--apply")
    assert (result.exit_code, result.stdout) == (1, text + "\n")
    assert "nothing to advise but emoji, shortening, each with --kind; " in result.stderr
    russian = invoke("advise", "Нина", "-p", "smsmode", "--apply")
    assert (russian.exit_code, russian.stdout) == (1, "Нина\n")
    asked = invoke("advise", text, "--apply", "--kind", "emoji")
    assert (asked.exit_code, asked.stdout) == (0, LONG + "\n")
    assert "🎉" in asked.stderr
    words = "mot " * 40 + "mot"
    assert invoke("advise", words, "--apply").exit_code == 1
    short = invoke("advise", words, "--apply", "--kind", "shortening")
    assert (short.exit_code, short.stdout) == (0, ("mot " * 40).strip() + "\n")


def test_apply_takes_nothing_that_needs_another_option() -> None:
    turkish = "Siparişiniz hazır: bugün saat 18'e kadar mağazamızdan alabilirsiniz. İyi günler!"
    assert septet.advise(turkish, country="TR")[0].kind == "language"
    result = invoke("advise", turkish, "--apply", "--country", "TR")
    assert (
        result.stdout == "Siparisiniz hazir: bugün saat 18'e kadar magazamizdan alabilirsiniz. Iyi günler!\n"
    )


def test_only_one_kind() -> None:
    result = invoke("advise", FRENCH, "--kind", "typography+accents", "--json")
    assert [advice["kind"] for advice in json.loads(result.stdout)] == ["typography+accents"]


def test_another_kind_than_there_is() -> None:
    others = "typography+cedilla, typography+accents, shortening, typography+language"
    result = invoke("advise", FRENCH, "--kind", "emoji")
    assert result.exit_code == 0
    assert (
        result.stdout.splitlines()[-1]
        == f"Nothing to advise of the kind emoji but {others}, each with --kind."
    )
    applied = invoke("advise", FRENCH, "--kind", "emoji", "--apply")
    assert (applied.exit_code, applied.stdout) == (1, FRENCH + "\n")
    assert f"nothing to advise of the kind emoji but {others}, each with --kind; " in applied.stderr
    assert invoke("advise", "Bonjour", "--kind", "emoji").stdout.endswith("\nNothing to advise.\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("a", "--kind", "typographie"), "--kind: expected encoding, markup"),
        (("a", "--apply", "--json"), "--apply and --json are both given"),
        (("a", "--price", "free"), "--price: expected a number such as 0.045, found 'free'"),
        (("a", "--width", "0"), "--width: expected a number of cells above 0, found 0"),
        (("a", "-p", "no-such-vendor"), "profile 'no-such-vendor' is not known"),
    ],
)
def test_wrong_usage_is_said_in_one_line(arguments: tuple[str, ...], says: str) -> None:
    result = invoke("advise", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_text_from_standard_input_in_the_real_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "septet", "advise", "-", "--apply"],
        input=FRENCH.encode() + b"\n",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode() == PLAIN + "\n"


def test_what_is_missing_for_other_scripts_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    russian = "Привет, ваш заказ готов. Вы можете забрать его в любое время до вечера пятницы"
    assert invoke("advise", russian).stderr == ""
    transliteration.by_sound.cache_clear()
    monkeypatch.setitem(sys.modules, "unidecode", None)
    result = invoke("advise", russian)
    assert result.exit_code == 0
    assert 'pip install "septet[transliterate]"' in result.stderr
    assert result.stderr.count("\n") == 1
    assert invoke("advise", FRENCH).stderr == ""
    assert invoke("advise", "Привет").stderr == ""  # one segment: nothing to gain
    transliteration.by_sound.cache_clear()


def test_the_preview_mentions_the_best() -> None:
    shown = " ".join(invoke("preview", FRENCH, "--price", "0.045").stdout.split())
    assert f"Advice saves 1 segment (0.045): {septet.advise(FRENCH)[0].note}" in shown
    assert shown.count("Advice") == 1
    assert "Advice" not in invoke("preview", "Bonjour").stdout
    # Few words too many are worth a line, a third of the text is not.
    shown = invoke("preview", "a" * 150 + " bcd efg hij", "--width", "100").stdout
    assert '  Advice    Shorten it by 2 units to save 1 segment: "hij" is too much.' in shown
    assert "Advice" not in invoke("preview", "mot " * 60 + "!").stdout


def test_a_preview_does_not_depend_on_unidecode() -> None:
    russian = "Привет, ваш заказ готов. Вы можете забрать его в любое время до вечера пятницы, если хотите!"
    assert septet.advise(russian)[0].kind == "transliteration"
    assert "Latin letters" not in invoke("preview", russian).stdout


def test_a_file_with_other_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "message.txt"
    path.write_bytes(b"a" * 158 + b"\r\nb\r\n")  # 161 septets without the last line break
    result = invoke("advise", "--file", str(path), "--apply")
    assert (result.exit_code, result.stdout) == (0, "a" * 158 + "\nb\n")
    assert result.stderr.startswith("septet advise: line-breaks: ")
