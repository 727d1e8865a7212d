"""The command line: preview, count and check a message, and read the profiles."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from . import cli_advise, cli_batch, cli_compare, cli_estimate, cli_octets, cli_request
from . import cli_output as output
from ._kernel import NAME as KERNEL
from ._tables import EDITION
from .cli_arguments import TextCommand, quoted
from .cli_input import UsageError
from .cli_options import Json, about_a_message, asked, refusals
from .cli_places import check_places
from .errors import ProfileError
from .vendors import is_path
from .vendors import profile as find_profile
from .vendors import profiles as known_profiles
from .version import __version__
from .whole_files import WholeFile

if TYPE_CHECKING:
    from .plans import Plan
    from .vendors import Profile

# Exit codes; 1 is the answer "may not be sent", and of `profiles check` for a file at fault.
AT_FAULT = 1
WRONG_USAGE = 2
INTERRUPTED = 130

# The word that `profiles` takes for itself: no known profile bears it, and a file is named by its path.
CHECK = "check"


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

        Typer's own handling of errors is never asked for, nor its expansion of arguments on
        Windows: the stars in a message are not file names.
        """
        output.prepare()
        extra |= {"standalone_mode": False, "windows_expand_args": False}
        try:
            code = super().main(args, prog_name or "septet", complete_var, **extra)
        except UsageError as error:
            code = _complain("septet", str(error))
        except (KeyboardInterrupt, typer.Abort):
            code = INTERRUPTED
        except OSError as error:
            # Typer writes the help itself. What is about a file names it.
            if error.filename is not None:
                raise
            code = _complain("septet", output.lost(error))
        except Exception as error:
            # Typer's own errors have changed their base class; this is what they share.
            words: Callable[[], str] | None = getattr(error, "format_message", None)
            if words is None:
                raise
            context = getattr(error, "ctx", None)
            command = context.command_path if context else "septet"
            code = _complain(command, f"{words().rstrip('.')} (see {command} --help)")
        sys.exit(code if isinstance(code, int) else 0)


def _complain(command: str, message: str) -> int:
    from .preview_glyphs import visible
    from .preview_screen import Screen

    line = f"{command}: {' '.join(message.split())}"
    output.write_error(visible(line, Screen(80, False, output.error_encoding())) + "\n")
    return WRONG_USAGE


app = typer.Typer(
    cls=Septet,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 100},
)


ABOUT_DASHES = (
    "TEXT may begin with a dash: only an argument that is exactly one of these options is taken for "
    "an option. Put -- before a text that is the very name of one."
)


@app.callback(invoke_without_command=True)
def septet_command(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Say the version, the tables' edition and the kernel.")
    ] = False,
) -> None:
    """What reaches the phone, in how many segments, at what cost, before an SMS is sent.

    \b
    Example:
      septet preview "-20 % sur tout, 10 € offerts !" --profile smsmode --commercial
    """
    if version:
        tables = f"tables {EDITION} (3GPP TS 23.038)"
        output.write(f"septet {__version__}, {tables}, kernel {KERNEL}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        output.write(context.get_help() + "\n")


@app.command(
    cls=TextCommand, epilog=ABOUT_DASHES, short_help="Show a message as the phone will show it, and its cost."
)
@about_a_message
def preview(
    context: typer.Context,
    price: Annotated[
        str | None, typer.Option(metavar="PRICE", help="What one segment costs, such as 0.038.")
    ] = None,
    width: Annotated[
        int | None, typer.Option(metavar="CELLS", help="The width, if not the terminal's.")
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write it as a page of HTML too; - prints the page instead."),
    ] = None,
    json: Json = False,
    **shared: Any,
) -> None:
    """Show a message as the phone will show it, segment by segment, and what it costs.

    \b
    Example:
      septet preview "-20 % sur tout, 10 € offerts !" --profile smsmode --commercial --price 0.045
    """
    planner, message = asked(context)
    plan = planner.plan(message)
    with refusals():
        cost = None if price is None else plan.cost(price)
    if html == output.STANDARD_OUTPUT and json:
        raise UsageError("--html - and --json both print to standard output: expected one of them")
    if html is not None and _wrote_page(plan, planner.profile, price, html, context.params):
        return
    if json:
        output.write_json(plan.to_dict() | ({} if cost is None else {"cost": str(cost)}))
        return
    if width is not None and width < 1:
        raise UsageError(f"--width: expected a number of cells above 0, found {width}")
    from .preview import render

    output.write(
        render(
            plan,
            planner.profile,
            width=width or output.width(),
            colour=output.colour(),
            price=price,
            encoding=output.encoding(),
        )
    )


def _wrote_page(plan: Plan, profile: Profile, price: str | None, html: str, given: Mapping[str, Any]) -> bool:
    """Writes a preview as a page; whether it went to standard output, so that nothing else may."""
    from .preview_page import preview_page

    if html == output.STANDARD_OUTPUT:
        output.write(preview_page(plan, profile, price=price))
        return True
    check_places({"--html": html}, {"FILE": given["file"]}, given["profile"])
    shown = preview_page(plan, profile, price=price)
    try:
        with WholeFile(html) as place:
            place.file.write(shown.encode("utf-8"))
            place.keep()
    except OSError as error:
        raise UsageError(f"--html: {html}: {error.strerror or error}; nothing was written") from None
    except ValueError as error:
        raise UsageError(f"--html: {error}") from None
    return False


@app.command(cls=TextCommand, epilog=ABOUT_DASHES, short_help="Print the billed segments, nothing else.")
@about_a_message
def count(
    context: typer.Context,
    json: Json = False,
    **shared: Any,
) -> None:
    """Print the billed segments of a message, and nothing else.

    \b
    Example:
      septet count "-20 % sur tout" --profile envoyersmspro
    """
    planner, message = asked(context)
    if json:
        output.write_json(planner.measure(message)._asdict())
    else:
        output.write(f"{planner.count(message)}\n")


@app.command(short_help="List the profiles, show the rules of one, or check a file.")
def profiles(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME|check]", show_default=False, help="A profile, or a vendor file in TOML."
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", show_default=False, help="Behind check: the file to check."),
    ] = None,
    json: Json = False,
) -> None:
    """List the profiles; with NAME its rules, each with its source and what is assumed.

    septet profiles check FILE says whether a vendor file is as it should be, and exits with 1
    where it is not.

    \b
    Example:
      septet profiles smsmode
    """
    if name == CHECK:
        _check_file(file, json)
        return
    if file is not None:
        raise UsageError(
            f"one profile is expected, found another: {quoted(file)} (see septet profiles --help)"
        )
    if name is None:
        found = [find_profile(known) for known in known_profiles()]
        if json:
            output.write_json([{"name": profile.name, "title": profile.title} for profile in found])
            return
        from .profile_sheet import catalogue

        output.write(
            catalogue(found, width=output.width(), colour=output.colour(), encoding=output.encoding())
        )
        return
    with refusals():
        profile = find_profile(name)
    if json:
        rules = [rule._asdict() for rule in profile.rules]
        head = {"name": profile.name, "title": profile.title, "document": profile.document}
        output.write_json(head | {"date": profile.date, "rules": rules})
        return
    from .profile_sheet import sheet

    output.write(sheet(profile, width=output.width(), colour=output.colour(), encoding=output.encoding()))


def _check_file(file: str | None, json: bool) -> None:
    """Says whether a vendor file is in order, and ends the process with 1 where it is not."""
    if file is None:
        raise UsageError("profiles check: expected the file to check behind it")
    from .preview_glyphs import visible
    from .preview_screen import Screen

    try:
        # A file it is, whatever its name looks like.
        profile = find_profile(os.path.join(os.curdir, file) if not is_path(file) else file)
    except ProfileError as error:
        if json:
            output.write_json({"ok": False, "fault": str(error)})
        else:
            screen = Screen(80, False, output.error_encoding())
            output.write_error(visible(" ".join(str(error).split()), screen) + "\n")
        raise typer.Exit(AT_FAULT) from None
    rules = profile.rules
    assumed = sum(rule.assumed for rule in rules)
    if json:
        output.write_json({"ok": True, "name": profile.name, "rules": len(rules), "assumed": assumed})
        return
    screen = Screen(80, False, output.encoding())
    output.write(visible(f"{file}: in order, {len(rules)} rules, {assumed} of them assumed", screen) + "\n")


cli_request.register(app, ABOUT_DASHES)
cli_advise.register(app, ABOUT_DASHES)
cli_compare.register(app, ABOUT_DASHES)
cli_octets.register(app, ABOUT_DASHES)
cli_batch.register(app)
cli_estimate.register(app)
