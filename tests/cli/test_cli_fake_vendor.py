"""`septet fake-vendor`: a vendor for the tests of clients in any language, as a separate process."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("httpx")
pytest.importorskip("typer")

import httpx
from command_line import invoke, one_complaint, posix_only

import septet.testing


@contextmanager
def process(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running command, and the address that it prints."""
    command = [sys.executable, "-m", "septet", "fake-vendor", *arguments, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            yield running, running.stderr.readline().split()[-1]
        finally:
            if running.poll() is None:
                running.kill()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10) as found:
        yield found


@posix_only
def test_it_plays_until_it_is_interrupted(client: httpx.Client) -> None:
    with process("smspartner", "--price", "0.05", "--fail", "11", "--times", "1") as (running, url):
        content = {"phoneNumbers": "0612345678", "message": "Ça va ?"}
        assert client.post(url, json=content).json() == {
            "success": False,
            "code": 11,
            "message": "Manque de crédits",
        }
        assert client.post(url, json=content).json()["cost"] == 0.05
        host = url.removesuffix("/v1/send")
        assert client.post(f"{host}/septet/fail", json={"status": 503}).status_code == 200
        assert client.post(url, json=content).status_code == 503
        received = client.get(f"{host}/septet/received").json()["received"]
        assert [one["outcome"] for one in received] == ["refused", "accepted", "refused"]
        assert client.delete(f"{host}/septet/received").json() == {"received": []}
        assert client.post(f"{host}/septet/fail", json={"code": "9", "times": None}).status_code == 200
        assert client.delete(f"{host}/septet/fail").status_code == 200
        assert client.post(url, json=content).json()["success"] is True
        for wrong, says in ((b"{", "Expecting"), (b'{"x": 1}', "expected JSON with"), (b"{}", "fail:")):
            answer = client.post(f"{host}/septet/fail", content=wrong)
            assert (answer.status_code, says in answer.json()["error"]) == (400, True)
        assert client.put(f"{host}/septet/received").status_code == 405
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0
        assert running.stdout is not None
        lines = [json.loads(line) for line in running.stdout.read().splitlines()]
    assert [(one["text"], one["segments"], one["faults"]) for one in lines] == [("Ça va ?", 1, [])] * 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gsm"], "profile gsm describes no request"),
        (["encom", "--fail", "1"], "no document says how encom refuses"),
        (["encom", "--times", "2"], "--times: expected with --fail"),
        (["encom", "--port", "70000"], "port: expected 0 to 65535"),
        (["smsmode", "--price", "x"], "price"),
        (["smsmode", "--status", "99"], "status: expected 200 to 599"),
    ],
)
def test_what_cannot_be_played_is_one_line(arguments: list[str], says: str) -> None:
    assert says in one_complaint(invoke("fake-vendor", *arguments))


def test_a_port_in_use_is_one_line() -> None:
    ending = signal.getsignal(signal.SIGINT)
    with septet.testing.vendor("encom") as vendor:
        port = vendor.url.split(":")[2].partition("/")[0]
        says = one_complaint(invoke("fake-vendor", "encom", "--port", port))
    assert f"--port: {port} cannot be used" in says
    assert signal.getsignal(signal.SIGINT) is ending
