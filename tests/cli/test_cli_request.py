"""The commands before sending, as a new user meets them: `check` with its request, and `request`."""

from __future__ import annotations

import json
import shlex
import zoneinfo
from typing import Any
from urllib.parse import parse_qs

import pytest
from typer.testing import CliRunner

import septet
from septet.cli.app import app
from septet.sending import schedules

GOOD = ["Bonjour Maman, 10 €", "-p", "smsmode", "--recipients", "0623123457", "--sender", "PERSO"]


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def test_check_says_what_the_vendor_would() -> None:
    result = invoke("check", "Bonjour", "-p", "envoyersmspro", "--sender", "ab")
    assert result.exit_code == 1
    assert "(vendor code 3: Bad value of parameters - Sendername must be longer than 2 characters)" in (
        result.stderr
    )
    assert result.stderr.rstrip().endswith("[sender-length]")
    assert result.stdout == ""


def test_check_does_not_ask_for_what_was_not_given() -> None:
    # The vendor requires recipients and an account; only the time was asked about.
    result = invoke("check", "Bonjour", "-p", "envoyersmspro", "--sender", "Societe", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"ok": True, "problems": []})


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--recipients", "0623123457,0623123457"], "duplicate-recipient"),
        (["--recipients", "0623123457", "--recipients", "12"], "malformed-recipient"),
        (["--tag", "", "-p", "envoyersmspro"], "tag-length"),
        (["--send-at", "2001-01-01T10:00"], "schedule-past"),
        (["--replies", "--sender", "PERSO"], "sender-with-replies"),
        (["--vendor-field", "notification_url=nowhere"], "field-value"),
    ],
)
def test_check_takes_all_of_a_request(options: list[str], code: str) -> None:
    result = invoke("check", "Bonjour", "-p", "smsmode", *options, "--json")
    assert code in [problem["code"] for problem in json.loads(result.stdout)["problems"]]


@pytest.mark.parametrize("command", ["check", "request"])
@pytest.mark.parametrize(
    "at", [["--send-at", "2030-01-02T10:00"], ["--vendor-field", "date_envoi=02012030-10:00"]]
)
def test_without_time_zones_it_says_how_to_get_them(
    command: str, at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_zone(name: str) -> zoneinfo.ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", no_zone)
    monkeypatch.setattr(schedules, "_zones", {})
    result = invoke(command, *GOOD, *at)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        'septet: no time zone Europe/Paris is known here: pip install "septet[requests]" brings them\n'
    )


def test_request_prints_the_fields() -> None:
    result = invoke("request", *GOOD, "--optout", "always")
    assert result.exit_code == 0
    method, kind, _, *fields = result.stdout.splitlines()
    assert method == "POST https://api.smsmode.com/http/1.6/sendSMS.do"
    assert kind == "application/x-www-form-urlencoded, ISO-8859-15"
    assert dict(line.split(maxsplit=1) for line in fields) == {
        "message": "Bonjour Maman, 10 €",
        "numero": "0623123457",
        "emetteur": "PERSO",
        "nbr_msg": "1",
        "stop": "2",
    }
    assert "accessToken" in result.stderr


def test_request_as_json_is_what_the_library_gives() -> None:
    result = invoke("request", *GOOD, "--json")
    prepared = septet.prepare("smsmode", GOOD[0], recipients="0623123457", sender="PERSO")
    assert json.loads(result.stdout) == prepared.to_dict()


def test_request_as_a_curl_command() -> None:
    result = invoke("request", *GOOD, "--curl")
    assert result.stdout.isascii()
    words = shlex.split(result.stdout)
    body = words[words.index("--data-binary") + 1]
    prepared = septet.prepare("smsmode", GOOD[0], recipients="0623123457", sender="PERSO")
    assert words[:4] == ["curl", "--request", "POST", prepared.request.url]
    assert parse_qs(body, encoding="iso-8859-15") == {
        name: [value] for name, value in prepared.request.fields.items()
    }


def test_what_a_terminal_would_act_on_is_spelled_out() -> None:
    result = invoke("request", "a\x07b", "-p", "smsmode", "--recipients", "0623123457", "--tag", "x\x1b[2Jy")
    assert "\x1b" not in result.stdout + result.stderr
    assert "\x07" not in result.stdout


def test_a_refused_message_prints_no_request() -> None:
    result = invoke("request", "Bonjour", "-p", "smsmode")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[recipients-missing]" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-p", "gsm"], "profile gsm describes no request"),
        (["-p", "smsmode", "--vendor-field", "refClient"], "--vendor-field: expected NAME=VALUE"),
        (["-p", "smsmode", "--vendor-field", "refclient=1"], 'did you mean "refClient"?'),
        (["-p", "smsmode", "--vendor-field", "pass=1"], "--vendor-field: pass is a credential"),
        (["-p", "smsmode", "--send-at", "tomorrow"], "--send-at: expected a date and a time"),
        (["-p", "encom", "--method", "GET"], "--method: encom takes POST"),
        (["-p", "encom", "--method", "PATCH"], "--method: encom takes POST"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], says: str) -> None:
    result = invoke("request", "Bonjour", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
