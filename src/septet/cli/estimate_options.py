"""The options of `estimate` about people and the bill: who is left out, the tax, the hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from .input import UsageError
from .options import about_planning
from .preparation import SendAt

Vat = Annotated[str | None, typer.Option(metavar="RATE", help="The value added tax in per cent: 20 or 5,5.")]
Dedupe = Annotated[
    bool, typer.Option("--dedupe", help="Leave out rows to a number that an earlier row goes to.")
]
Exclude = Annotated[
    str | None, typer.Option(metavar="FILE", help="An opt-out list: its numbers are left out.")
]
ExcludeColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="The column of its numbers, if it is not to be found.")
]
MobilesOnly = Annotated[
    bool, typer.Option("--mobiles-only", help="Leave out landlines, premium and freephone numbers.")
]
Rate = Annotated[
    str | None, typer.Option(metavar="RATE", help="The segments that go out in a second: how long it takes.")
]
Window = Annotated[
    str | None,
    typer.Option(metavar="HOURS", help="When people may get it, by their own clocks: 8-21."),
]
ShowNumbers = Annotated[
    bool, typer.Option("--show-numbers", help="Show phone numbers whole, on screens and pages.")
]

_OPTIONS = {
    "vat": (Vat, None),
    "dedupe": (Dedupe, False),
    "exclude": (Exclude, None),
    "exclude_column": (ExcludeColumn, None),
    "mobiles_only": (MobilesOnly, False),
    "rate": (Rate, None),
    "send_at": (SendAt, None),
    "window": (Window, None),
    "show_numbers": (ShowNumbers, False),
}
#: Those that say nothing of a template alone.
OF_FILES = tuple(_OPTIONS)


def about_estimates(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command these options beside those of a planner, in the place of its ``**shared``."""
    return about_planning(command, _OPTIONS)


def check(given: Mapping[str, Any]) -> None:
    """What makes no sense together. Raises `UsageError`."""
    for name in ("dedupe", "exclude", "mobiles_only"):
        if given[name] and given["recipient"] is None:
            option = "--" + name.replace("_", "-")
            raise UsageError(f"{option}: expected --recipient NAME beside it, the column with the numbers")
    if given["exclude_column"] is not None and given["exclude"] is None:
        raise UsageError("--exclude-column: expected --exclude FILE beside it")
    for name in ("send_at", "window"):
        if given[name] is not None and given["rate"] is None:
            option = "--" + name.replace("_", "-")
            raise UsageError(f"{option}: expected --rate RATE beside it, the segments of a second")
    if given["vat"] is not None and given["price"] is None and given["prices"] is None:
        raise UsageError("--vat: expected --price PRICE or --prices FILE beside it")


def people(given: Mapping[str, Any], home: str | None) -> dict[str, Any]:
    """The options of an estimate about people. Raises ValueError and CampaignError, as the library does."""
    from septet.campaign.exclusion_files import read_exclusions

    excluded = None
    if given["exclude"] is not None:
        excluded = read_exclusions(
            given["exclude"], given["exclude_column"], recipient=given["recipient"], country=home
        )
    return {
        "vat": given["vat"],
        "dedupe": given["dedupe"],
        "exclude": excluded,
        "mobiles_only": given["mobiles_only"],
        "rate": given["rate"],
        "send_at": given["send_at"],
        "window": given["window"],
    }
