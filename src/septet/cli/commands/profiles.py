"""The command `profiles`: the vendors that are known, the rules of one, and whether a file is in order."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from septet.cli import output
from septet.cli.arguments import quoted
from septet.cli.defaults import Command
from septet.cli.input import UsageError
from septet.cli.options import Json, refusals
from septet.errors import ProfileError
from septet.vendors.profiles import is_path, titles
from septet.vendors.profiles import profile as find_profile
from septet.wording.messages import said
from septet.wording.speaking import spoken

# What the command answers where a file is at fault.
AT_FAULT = 1

# The word that `profiles` takes for itself: no known profile bears it, and a file is named by its path.
CHECK = "check"


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    about = "List the profiles, show the rules of one, or check a file."
    app.command(cls=Command, short_help=about)(profiles)


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
        known = titles()
        if json:
            output.write_json([{"name": known_name, "title": title} for known_name, title in known.items()])
            return
        from septet.views.terminal.profiles import catalogue

        output.write(
            catalogue(known, width=output.width(), colour=output.colour(), encoding=output.encoding())
        )
        return
    with refusals():
        profile = find_profile(name)
    if json:
        rules = [rule._asdict() | {"text": str(spoken(rule.text))} for rule in profile.rules]
        head = {"name": profile.name, "title": profile.title, "document": profile.document}
        output.write_json(head | {"date": profile.date, "rules": rules})
        return
    from septet.views.terminal.profiles import sheet

    output.write(sheet(profile, width=output.width(), colour=output.colour(), encoding=output.encoding()))


def _check_file(file: str | None, json: bool) -> None:
    """Says whether a vendor file is in order, and ends the process with 1 where it is not."""
    if file is None:
        raise UsageError("profiles check: expected the file to check behind it")
    from septet.views.drawing.glyphs import visible
    from septet.views.drawing.screen import Screen

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
    words = said(
        "%(file)s: in order, %(rules)s rules, %(assumed)s of them assumed",
        file=file,
        rules=len(rules),
        assumed=assumed,
    )
    output.write(visible(spoken(words), screen) + "\n")
