"""What a shell offers: commands, options, profiles, codes; and files, which the shell completes itself."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("typer")

from septet.cli import completion


def offered(*words: str) -> list[str]:
    """What bash is offered for the last of these words."""
    result = subprocess.run(
        [sys.executable, "-m", "septet"],
        env={
            **os.environ,
            "_SEPTET_COMPLETE": "complete_bash",
            "COMP_WORDS": shlex.join(["septet", *words]),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert result.stderr == ""
    return result.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["est"], {"estimate"}),
        (["count", "--prof"], {"--profile"}),
        (["count", "Bonjour", "--profile", "smsp"], {"smspartner", "smspartner-eco"}),
        (["compare", "Bonjour", "--profiles", "twilio,octo"], {"twilio,octopush"}),
        (["check", "-20 % sur tout", "--lang", ""], {"en", "fr"}),
    ],
)
def test_a_shell_is_offered_what_may_stand_there(words: list[str], expected: set[str]) -> None:
    assert set(offered(*words)) == expected


def test_what_is_offered_is_what_is_known() -> None:
    assert "octopush@2016" not in completion.profiles("")
    assert completion.profiles("octopush@") == ["octopush@2016"]
    assert "too-long" not in completion.ignored_codes("")
    assert completion.ignored_codes("outer") == ["outer-blanks"]
    assert "FR" in completion.countries("f")
    assert completion.languages("a") == ["auto"]
    assert completion.profile_lists("twilio,smsm")[0].startswith("twilio,smsmode")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_takes_what_septet_gives_it(tmp_path: Path) -> None:
    command = tmp_path / "septet"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m septet "$@"\n')
    command.chmod(0o755)
    script = """
        eval "$(septet --show-completion bash)"
        COMP_WORDS=(septet check Bonjour --profile smsf) COMP_CWORD=4
        _septet_completion septet
        echo "${COMPREPLY[@]}"
        complete -p septet
    """
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    environment["_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"] = "1"
    result = subprocess.run(
        ["bash", "--norc", "-c", script], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    # Where septet has nothing to offer, bash offers files.
    assert result.stdout.splitlines() == ["smsfactor", "complete -o default -F _septet_completion septet"]
