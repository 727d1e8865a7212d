"""`septet.testing` as tests of a client use it: the fixture, which costs nothing where it is not used."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from sources import ROOT

pytest.importorskip("httpx")

PLUGIN = "septet.sending.playing.pytest_plugin"
SUITE = """
import sys

LOADED = sorted(name for name in sys.modules if name.partition(".")[0] == "septet")

def test_a_start_of_pytest_loads_next_to_nothing_of_septet():
    assert LOADED == EXPECTED

def test_a_client(septet_vendor):
    import httpx
    import septet

    vendor, other = septet_vendor("smsmode"), septet_vendor("encom", price="0.04")
    assert vendor.url != other.url
    request = septet.prepare("smsmode", "Bonjour", recipients=["0612345678"]).request
    with httpx.Client() as client:
        client.post(vendor.url, content=request.body(), headers=request.headers)
    (call,) = vendor.received
    assert (call.text, call.recipients, call.segments, call.faults) == ("Bonjour", ("0612345678",), 1, ())
"""


def test_the_fixture_is_there_and_costs_nothing_where_no_one_asks_for_it(tmp_path: Path) -> None:
    listing = "import septet, sys; print(*(name for name in sys.modules if name.startswith('septet')))"
    bare = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    expected = sorted({*bare.stdout.split(), "septet.sending", "septet.sending.playing", PLUGIN})
    (tmp_path / "test_it.py").write_text(SUITE.replace("EXPECTED", repr(expected)), "utf-8")
    # As pytest loads it by its entry point, which a checkout that is not installed may lack; other plugins
    # take longer to start than all of this.
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", PLUGIN, "test_it.py"]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_pytest_finds_the_fixture_by_its_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"septet": PLUGIN}
