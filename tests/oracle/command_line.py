"""The command as its tests call it: in its own process, in a terminal, and in this process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from typer.testing import CliRunner

from septet.cli.app import app

COMMAND = [sys.executable, "-m", "septet"]

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX terminals and signals")


def environment(**changes: str) -> dict[str, str]:
    """This process's environment without what changes an output, in UTF-8."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    }
    return kept | {"PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color"} | changes


def run(
    *arguments: str | bytes, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The real command, with its output decoded."""
    done = subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, env=env or environment(), check=False
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def invoke(*arguments: str, stdin: bytes = b"") -> Any:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def one_complaint(result: Any) -> str:
    """The message of a refused command: one line on standard error, and nothing on standard output."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return str(result.stderr)


def in_terminal(arguments: Sequence[str], columns: int, **env: str) -> str:
    """What the command writes to a terminal with this many columns."""
    import fcntl
    import struct
    import termios

    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdin=slave, stdout=slave, stderr=slave, env=environment(**env)
    )
    os.close(slave)
    written = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:  # Linux reports the closed terminal so
            break
        if not block:
            break
        written += block
    os.close(master)
    assert process.wait() == 0
    return written.decode("utf-8").replace("\r\n", "\n")
