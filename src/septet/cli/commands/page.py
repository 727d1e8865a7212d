"""The command `page`: the live page as a folder of files, which needs no server for its answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from septet.cli import output
from septet.cli.input import UsageError
from septet.wording.messages import said
from septet.wording.speaking import spoken


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(short_help="Write the live page, which works without a septet server.")(page)


def page(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write; it may exist already.")],
    pyodide: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The npm package pyodide as a file; otherwise npm downloads it."),
    ] = None,
) -> None:
    """Write the live page into a folder, with septet and a Python for browsers.

    Any web server can serve the folder, such as python -m http.server; browsers cannot open it as
    a file. index.html is in English, fr.html in French.

    \b
    Example:
      septet page public
    """
    from septet.serve.pages.folder import BuildError, write

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: expected a folder, found a file")
    try:
        write(folder, pyodide)
    except BuildError as error:
        raise UsageError(str(error)) from None
    written = said(
        "%(folder)s: written; serve it with any web server, such as %(command)s",
        folder=str(folder),
        command=f"python -m http.server --directory {folder}",
    )
    output.write_error(spoken(written) + "\n")
