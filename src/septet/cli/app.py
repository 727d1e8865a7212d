"""The command line: its commands, each loaded when it is called, and the form of its errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from septet._kernel import NAME as KERNEL
from septet._tables import EDITION
from septet.version import __version__
from septet.wording.languages import language_of
from septet.wording.messages import said
from septet.wording.speaking import speaking

from . import defaults, output
from .input import UsageError
from .languages import Lang, speak_in

# Exit codes; 1 means "may not be sent" and, for `profiles check`, an invalid file.
WRONG_USAGE = 2
INTERRUPTED = 130

#: The module of each command, in the folder commands and in the order of the help. Its `register`
#: adds it, and may add others.
COMMANDS = {
    "preview": "preview",
    "count": "count",
    "profiles": "profiles",
    "check": "check",
    "sender": "sender",
    "request": "request",
    "advise": "advise",
    "compare": "compare",
    "split": "split",
    "fit": "fit",
    "encode": "encode",
    "decode": "decode",
    "batch": "batch",
    "estimate": "estimate",
    "calibrate": "calibrate",
    "lint": "lint",
    "page": "page",
    "config": "config",
    "serve": "serve",
    "fake-vendor": "fake_vendor",
}


class Septet(TyperGroup):
    """The commands; whatever goes wrong is said in a line or two on standard error."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command and ends the process with its exit code.

        Typer's own handling of errors is not used, nor its expansion of arguments on Windows: the stars in
        a message are not file names.
        """
        extra |= {"standalone_mode": False, "windows_expand_args": False}
        try:
            output.prepare()
            with speaking(language_of(os.environ)):
                code = super().main(args, prog_name or "septet", complete_var, **extra)
        except UsageError as error:
            code = _complain("septet", str(error))
        except (KeyboardInterrupt, typer.Abort):
            code = INTERRUPTED
        except OSError as error:
            # Typer writes the help itself. An error about a file names it.
            if error.filename is not None:
                raise
            code = _complain("septet", output.lost(error))
        except Exception as error:
            # Typer's own errors have changed their base class; these attributes are in all versions.
            words: Callable[[], str] | None = getattr(error, "format_message", None)
            if words is None:
                raise
            context = getattr(error, "ctx", None)
            command = context.command_path if context else "septet"
            code = _complain(command, f"{words().rstrip('.')} (see {command} --help)")
        sys.exit(code if isinstance(code, int) else 0)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of a line, and the defaults that it takes from the configuration."""
        defaults.leave_out()
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and not ctx.params.get("no_config"):
            ctx.default_map = {name: defaults.defaults_for(command, rest, ctx)}
        return name, command, rest

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, without loading any of them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, loaded if necessary; None where there is none."""
        # Typer looks for the intended command among the loaded ones.
        for name in [cmd_name] if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.commands.update(_loaded(COMMANDS[name]))
        return super().get_command(ctx, cmd_name)


def _loaded(module: str) -> dict[str, Any]:
    """The commands of a module, by their names."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    import_module(f"{__package__}.commands.{module}").register(alone)
    commands = dict(get_group(alone).commands)
    for command in commands.values():
        speak_in(command)
        defaults.may_leave_out(command)
    return commands


def _complain(command: str, message: str) -> int:
    from septet.views.drawing.glyphs import visible
    from septet.views.drawing.screen import Screen

    line = f"{command}: {' '.join(message.split())}"
    output.write_error(visible(line, Screen(80, False, output.error_encoding())) + "\n")
    return WRONG_USAGE


app = typer.Typer(
    cls=Septet,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def septet_command(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version, the tables' edition and the kernel.")
    ] = False,
    no_config: defaults.NoConfig = False,
    lang: Lang = None,
) -> None:
    """Show what an SMS becomes before it is sent: the text on the phone, the segments, the cost.

    \b
    Example:
      septet preview "-20 % sur tout, 10 € offerts !" --profile smsmode --commercial
    """
    if version:
        words = said(
            "septet %(version)s, tables %(edition)s (3GPP TS 23.038), kernel %(kernel)s",
            version=__version__,
            edition=EDITION,
            kernel=KERNEL,
        )
        output.write(words + "\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        output.write(context.get_help() + "\n")
