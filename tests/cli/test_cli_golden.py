"""What the commands write, whole, in every language.

The files in ``golden`` hold it; to write them anew:

    PYTHONPATH=src:tests/oracle python tests/cli/test_cli_golden.py
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from command_line import invoke
from sources import ROOT

from septet.wording.languages import LANGUAGES

GOLDEN = ROOT / "tests" / "golden"

CAMPAIGN = (
    "message;tel\n"
    + "Bonjour, soldes d’été 😀 !;0612345678\n" * 1200
    + "Ça va ?;0612345679\n" * 34
    + "Bonjour;06\n;0612345678\nà;b;c\n"
)
BATCH = "recipient;text;note\n0612345678;Bonjour ç;a\n612345679;Bonjour;b\n0612345679;ж;c\n"

COMMANDS = {
    "estimate": (
        *("estimate", "in.csv", "--profile", "smsmode", "--encoding", "auto", "--commercial"),
        *("--price", "0.045", "--currency", "EUR", "--optout-rate", "0.02"),
    ),
    "bounds": (
        "estimate",
        "--template",
        "Bonjour {prenom} !",
        "--bounds",
        "prenom=2..200",
        "--price",
        "0.04",
    ),
    "advise": (
        "advise",
        "Soldes d’été : -20 %  sur tout ce week-end…",
        "--profile",
        "smsmode",
        "--price",
        "0.5",
    ),
    "compare": (
        *("compare", "Soldes d’été : -20 % sur tout ce week-end…", "--profiles", "smsmode,twilio,smspartner"),
        *("--price", "smsmode=0.045", "--commercial"),
    ),
    "profile": ("profiles", "smsmode"),
    "check": (
        *(
            "check",
            "Promo ]]] ç {ж}",
            "--profile",
            "smspartner",
            "--commercial",
            "--sender",
            "Un nom trop long",
        ),
        *("--recipients", "06,0612345678,0612345678,0612345678", "--send-at", "2020-01-01T10:03"),
    ),
    "check-json": ("check", "ç" + "a" * 800, "--profile", "smsmode", "--json"),
    "batch": ("batch", "batch.csv", "out.csv", "--rejects", "refused.csv"),
    "decode": ("decode", "0B05040B8423F00003F70201C8329BFD0E"),
}


def written(name: str) -> str:
    """What a command writes, its complaints last; in a folder with its files."""
    Path("in.csv").write_text(CAMPAIGN, "utf-8")
    Path("batch.csv").write_text(BATCH, "utf-8")
    command, _, lang = name.rpartition("-")
    result = invoke("--lang", lang, *COMMANDS[command])
    answer = str(result.stdout)
    if result.stderr:
        answer += f"--- standard error\n{result.stderr}"
    if Path("refused.csv").exists():
        answer += f"--- refused.csv\n{Path('refused.csv').read_text('utf-8')}"
        Path("refused.csv").unlink()
        Path("out.csv").unlink()
    return answer


NAMES = [f"{command}-{lang}" for command in COMMANDS for lang in LANGUAGES]


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    assert written(name) == (GOLDEN / f"cli-{name}.txt").read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.glob("cli-*.txt")} == {f"cli-{name}.txt" for name in NAMES}


if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for each in NAMES:
            (GOLDEN / f"cli-{each}.txt").write_text(written(each), "utf-8")
