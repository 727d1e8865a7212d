"""The options of `estimate` about people and the bill: who is left out, the tax, the hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from .input import UsageError
from .options import about_planning
from .preparation import SendAt

Vat = Annotated[str | None, typer.Option(metavar="RATE", help="The VAT rate in per cent: 20 or 5,5.")]
Dedupe = Annotated[bool, typer.Option("--dedupe", help="Leave out rows with the number of an earlier row.")]
Exclude = Annotated[
    str | None, typer.Option(metavar="FILE", help="An opt-out list: its numbers are left out.")
]
ExcludeColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="The column of its numbers, if it is not found.")
]
MobilesOnly = Annotated[
    bool, typer.Option("--mobiles-only", help="Leave out landlines, premium and freephone numbers.")
]
Rate = Annotated[
    str | None, typer.Option(metavar="RATE", help="Segments sent per second, to estimate the duration.")
]
Window = Annotated[
    str | None,
    typer.Option(metavar="HOURS", help="The hours when people may get it, by their local clocks: 8-21."),
]
ShowNumbers = Annotated[
    bool, typer.Option("--show-numbers", help="Show phone numbers whole, on screens and pages.")
]

Fit = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD[=LEAST]",
        show_default=False,
        help="Cut this field of the template in rows that then take fewer segments; repeatable, in order.",
    ),
]
FitMark = Annotated[
    str | None, typer.Option("--fit-mark", metavar="TEXT", help="The mark where --fit cuts, such as .")
]
Wordings = Annotated[
    list[str] | None,
    typer.Option(
        "--wording",
        metavar="NAME",
        show_default=False,
        help="A column with a shorter wording, for rows that take too many segments; repeatable, in order.",
    ),
]
IfFree = Annotated[
    str | None,
    typer.Option("--if-free", metavar="TEXT", help="Text to add to each message where it is free."),
]
Instead = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=PRICE",
        show_default=False,
        help="Another channel with one price per message, such as mms=0.12: what it would save.",
    ),
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
    "fit": (Fit, None),
    "fit_mark": (FitMark, None),
    "wording": (Wordings, None),
    "if_free": (IfFree, None),
    "instead": (Instead, None),
}
_DIGITS = 6
#: The options that do not apply to a template alone.
OF_FILES = tuple(_OPTIONS)


def about_estimates(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command these options beside those of a planner, instead of its ``**shared``."""
    return about_planning(command, _OPTIONS)


def check(given: Mapping[str, Any]) -> None:
    """Checks for options that do not go together. Raises `UsageError`."""
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
        "fit": _fields(given["fit"]),
        "fit_mark": given["fit_mark"],
        "wordings": given["wording"] or None,
        "if_free": given["if_free"],
    }


def channels(given: list[str] | None) -> dict[str, str]:
    """The prices of other channels, by their names. Raises `UsageError`."""
    found: dict[str, str] = {}
    for item in given or []:
        name, equals, price = item.partition("=")
        if not (equals and name.strip() and price.strip()):
            raise UsageError(f"--instead: expected NAME=PRICE such as mms=0.12, found {item!r}")
        found[name.strip()] = price.strip().replace(",", ".")
    return found


def _fields(given: list[str] | None) -> dict[str, int] | None:
    """The fields that may be cut, each with the fewest characters to keep."""
    if not given:
        return None
    found: dict[str, int] = {}
    for item in given:
        name, equals, least = item.partition("=")
        if equals and not (least.isascii() and least.isdecimal() and len(least) < _DIGITS):
            raise UsageError(f"--fit: expected FIELD or FIELD=LEAST such as city=5, found {item!r}")
        found[name] = int(least) if equals else 1
    return found
