"""The bounds of a template alone: the answer of `estimate` without a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import typer

from septet.wording.quoting import printable
from septet.wording.speaking import language_spoken

from . import output
from .estimate_options import OF_FILES
from .input import UsageError
from .options import planning, refusals

_BOUND = re.compile(r"(?P<field>.+?)=(?P<least>[0-9]+)(?:\.\.(?P<most>[0-9]+))?", re.DOTALL)
#: The options that do not apply to a template alone.
_OF_FILES = (
    *("prices", "recipient", "on", "optout_rate", "format", "delimiter", "file_encoding"),
    *("column", "header_line", "no_header", "sheet", "strip", "show"),
    "tags",
    *("out", "rejects", "report_file"),
    *OF_FILES,
)
#: Longer ones have no name of a field, or numbers that are too large for characters.
_LONGEST_BOUND = 1000


def write_bounds(context: typer.Context) -> None:
    """Writes the fewest and the most segments of a template with fields of these lengths. Raises
    `UsageError`."""
    given = context.params
    _check(given)
    lengths: dict[str, tuple[int, int]] = {}
    for written in given["bounds"]:
        found = _BOUND.fullmatch(written)
        if found is None or len(written) > _LONGEST_BOUND:
            raise UsageError(f"--bounds: expected, say, prenom=2..20, found {printable(written, 40)!r}")
        least = int(found["least"])
        lengths[found["field"]] = (least, int(found["most"]) if found["most"] else least)
    profile, options = planning(context)
    with refusals():
        from septet.campaign.prices.money import amount
        from septet.planning.planner import Planner
        from septet.templates.templates import Template

        planner = Planner(profile, **options)
        price = None if given["price"] is None else amount(given["price"], "price")
        found_bounds = Template.of(given["template"], planner.profile).bounds(planner, **lengths)
    if given["json"]:
        output.write_json(found_bounds.to_dict(language_spoken()))
        return
    from septet.views.terminal.bounds import bounds_report

    output.write(
        bounds_report(
            found_bounds,
            lengths,
            planner.profile,
            width=output.width(),
            colour=output.colour(),
            encoding=output.encoding(),
            price=price,
            currency=given["currency"],
        )
    )


def _check(given: Mapping[str, Any]) -> None:
    """Checks for options that do not go with --bounds. Raises `UsageError`."""
    if given["template"] is None:
        raise UsageError("--bounds: expected --template TEXT beside it")
    if given["file"]:
        raise UsageError("--bounds is for a template without a file; leave out one of the two")
    for name in _OF_FILES:
        if given[name] not in (None, (), False):
            option = "--" + ("report" if name == "report_file" else name.replace("_", "-"))
            raise UsageError(f"{option} is for a file of messages; --bounds has none")
    if given["currency"] is not None and given["price"] is None:
        raise UsageError("--currency: expected --price PRICE beside it")
