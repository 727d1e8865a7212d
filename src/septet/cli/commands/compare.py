"""The command `compare`: one message as several vendors would send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from septet.cli import completion, output
from septet.cli.arguments import ABOUT_DASHES, TextCommand, quoted
from septet.cli.estimate_options import channels
from septet.cli.file_hints import hint_of_file
from septet.cli.input import UsageError, message_text
from septet.cli.options import (
    Commercial,
    Country,
    File,
    FileEncoding,
    Json,
    KeepNewline,
    Language,
    Text,
    language_codes,
    refusals,
)
from septet.planning.pricing import price_per_segment
from septet.vendors.profiles import Profile
from septet.vendors.profiles import profile as find_profile
from septet.vendors.profiles import profiles as known_profiles
from septet.wording.messages import listed, said
from septet.wording.quoting import nearest_name
from septet.wording.speaking import language_spoken

if TYPE_CHECKING:
    from septet.advice.comparison import Compared


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=TextCommand, epilog=ABOUT_DASHES, short_help="Show a message across vendors.")(compare)


def compare(
    text: Text = None,
    profiles: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            autocompletion=completion.profile_lists,
            help="The profiles, or TOML files, to compare; by default all, with their newest rules.",
        ),
    ] = None,
    price: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[NAME=]PRICE", help="The price of one segment: at all vendors, or at one; repeatable."
        ),
    ] = None,
    instead: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=PRICE",
            help="Another channel with one price for each message, such as mms=0.12; needs --price.",
        ),
    ] = None,
    commercial: Commercial = False,
    country: Country = None,
    language: Language = None,
    file: File = None,
    file_encoding: FileEncoding = None,
    keep_newline: KeepNewline = False,
    json: Json = False,
) -> None:
    """Show how each vendor would send a message, the best first.

    It shows the encoding, units and billed segments, the lost characters, the changes, additions and
    cuts, and the cost if prices are given. Vendors that lose no character come first, then those
    that lose some, and last those where the message must not be sent, with the codes of the errors.

    \b
    Example:
      septet compare "-20 % jusqu’à dimanche…" --profiles twilio,smsmode --price smsmode=0.045
    """
    message = message_text(text, file, file_encoding, keep_newline)
    hint_of_file(text)
    with refusals():
        # Rules of earlier dates are only compared on request.
        names = (
            [name for name in known_profiles() if "@" not in name]
            if profiles is None
            else [name for name in profiles.split(",") if name]
        )
        if not names:
            raise ValueError("profiles: expected the names of profiles, separated by commas")
        chosen = [find_profile(name) for name in names]
        _check_names(names, chosen)
        prices = _prices(price or [], chosen)
        from septet.advice.comparison import compare as compared

        tables = language_codes(language)
        found = compared(message, chosen, prices, commercial=commercial, country=country, language=tables)
        others = channels(instead)
        priced = {each.profile.name: each for each in found if each.cost is not None}
        if others and not priced:
            raise ValueError("instead: nothing to compare with: give --price as well")
        cheaper = {name: _dearer(priced, flat) for name, flat in others.items()}
    if json:
        shapes = [each.to_dict(language_spoken()) for each in found]
        if others:
            for shape in shapes:
                shape["cheaper_instead"] = [n for n, those in cheaper.items() if shape["profile"] in those]
        output.write_json(shapes)
        return
    from septet.views.terminal.comparison import table

    output.write(table(found, width=output.width(), colour=output.colour(), encoding=output.encoding()))
    for name, those in cheaper.items():
        if those:
            words = said("%(name)s would cost less than at %(vendors)s.", name=name, vendors=listed(those))
        else:
            words = said("%(name)s would not cost less than any of them.", name=name)
        output.write(words + "\n")


def _dearer(priced: Mapping[str, Compared], flat: str) -> list[str]:
    """The vendors at which a message costs more than in another channel."""
    price = price_per_segment(flat)
    return [name for name, each in priced.items() if each.cost is not None and each.cost > price]


def _check_names(given: Sequence[str], chosen: list[Profile]) -> None:
    """Raises `UsageError` for two profiles of one name, which neither a table nor a price could tell
    apart."""
    seen: dict[str, str] = {}
    for name, profile in zip(given, chosen, strict=True):
        if profile.name in seen:
            raise UsageError(
                f"--profiles: {quoted(seen[profile.name])} and {quoted(name)} are both called "
                f"{quoted(profile.name)}: expected each name once; rename one of the files"
            )
        seen[profile.name] = name


def _prices(given: list[str], chosen: list[Profile]) -> dict[str, str]:
    """The prices by the name of their profile; ``""`` for the others. Raises `UsageError`."""
    names = [profile.name for profile in chosen]
    prices: dict[str, str] = {}
    for item in given:
        name, equals, price = item.rpartition("=")
        if equals and name not in names:
            raise UsageError(f"--price: {quoted(name)} is not compared{nearest_name(name, names)}")
        price_per_segment(price)
        prices[name] = price
    return prices
