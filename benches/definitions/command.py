"""How much longer does `septet count TEXT` take than a Typer command with the same options that does nothing?

Whole processes, with the bytecode of all modules, as installed packages have it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from report import Bar, Report, Table, ratio
from session import Session
from timing import Sampler, interleaved

ROUNDS = 15
_NOTHING = '''
from typing import Annotated, Optional
import sys
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def all_commands(version: Annotated[bool, typer.Option("--version", help="The version.")] = False) -> None:
    pass


@app.command()
def count(text: Annotated[Optional[str], typer.Argument(help="The text.")] = None, OPTIONS) -> None:
    """Nothing."""
    sys.stdout.write("1\\n")


app()
'''


def measure(session: Session) -> Report:
    try:
        from septet.cli.app import app
    except ImportError:
        return Report([], [Bar(_WHAT, None, 1.2, at_most=True, compiled=False)], ["typer is not installed"])
    options = ", ".join(
        f'{name}: Annotated[Optional[str], typer.Option("--{name}", help="{about}")] = None'
        for name, about in _options(app)
    )
    with TemporaryDirectory() as folder:
        nothing = Path(folder) / "nothing.py"
        nothing.write_text(_NOTHING.replace("OPTIONS", options), "utf-8")
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        commands = {
            "a Typer command that does nothing": [str(nothing), "count", "Bonjour"],
            "septet count": ["-m", "septet", "count", "Bonjour"],
        }
        for command in commands.values():
            said = subprocess.run(
                [sys.executable, *command], check=True, env=environment, capture_output=True
            )
            assert said.stdout.strip() == b"1", said
        processes = {what: _process(command, environment) for what, command in commands.items()}
        figures = interleaved(processes, ROUNDS, session.seconds, loops=1)
    nothing_takes, ours = figures.values()
    rows = [[what, f"{figure / 1e6:.1f}"] for what, figure in figures.items()]
    bar = Bar(_WHAT, ours / nothing_takes, 1.2, at_most=True, compiled=False)
    note = f"septet count takes {ratio(ours / nothing_takes)} of it."
    return Report([Table("A whole process, ms", ["command", "ms"], rows)], [bar], [note])


_WHAT = "septet count TEXT, of a Typer command with its options that does nothing"


def _options(app: object) -> list[tuple[str, str]]:
    """The options of `septet count`, each with help of the same length."""
    from typer.main import get_command

    group = get_command(app)  # type: ignore[arg-type]
    count = group.get_command(None, "count")  # type: ignore[attr-defined]
    found = [
        (param.name, " ".join((getattr(param, "help", None) or "").split()))
        for param in count.params
        if param.param_type_name == "option" and param.name.isidentifier()
    ]
    return [(name, about.replace("\\", "").replace('"', "'")) for name, about in found]


def _process(command: list[str], environment: dict[str, str]) -> Sampler:
    def sample(seconds: float) -> float:
        start = perf_counter_ns()
        subprocess.run([sys.executable, *command], check=True, env=environment, stdout=subprocess.DEVNULL)
        return perf_counter_ns() - start

    return sample
