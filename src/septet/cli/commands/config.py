"""The command `config`: which defaults apply here, and where they come from."""

from __future__ import annotations

from typing import Any

import typer

from septet.campaign.prices.money import amount
from septet.cli import output
from septet.cli.defaults import taken
from septet.cli.options import Json, refusals
from septet.files.own_settings import OWN, SHARED, TABLE
from septet.planning.offers import options as offered
from septet.wording.messages import said


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(short_help="Show your own defaults, and where they come from.")(config)


def config(json: Json = False) -> None:
    """Show the defaults that apply in this directory, and which file they come from.

    The file is septet.toml, or pyproject.toml with the table tool.septet, in this directory or the
    nearest one above it. Other defaults are those of the profile, or of septet. A typed option always
    wins, and --no-config ignores the file.

    \b
    Example of a septet.toml:
      profile = "smsmode"
      price = "0.045"
      ignore = ["optout-unspecified"]
    """
    found = taken()
    file = None if found is None else found.configuration.file
    given = {} if found is None else found.configuration.values
    with refusals():
        profile = given.get("profile", "gsm")
        options = {} if found is None else found.configuration.options
        if "price" in given:
            amount(str(given["price"]))
        defaults = {name: offer["default"] for name, offer in offered(profile, **options).items()}
    settings: dict[str, dict[str, Any]] = {"profile": {"value": profile, "from": "septet"}}
    settings |= {name: {"value": value, "from": "profile"} for name, value in defaults.items()}
    settings |= {name: {"value": None, "from": "septet"} for name in ("price", "lang")}
    settings |= {name: {"value": value, "from": "file"} for name, value in given.items()}
    if json:
        output.write_json({"file": file, "settings": settings})
        return
    from septet.views.terminal.configuration import sheet

    where = file or said(
        "no %(own)s and no %(table)s in a %(shared)s, here or above", own=OWN, table=TABLE, shared=SHARED
    )
    output.write(
        sheet(where, settings, width=output.width(), colour=output.colour(), encoding=output.encoding())
    )
