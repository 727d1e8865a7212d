"""The command `estimate`: what a campaign costs, from a file of recipients or only from a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from septet.cli import output
from septet.cli.defaults import Command
from septet.cli.estimate_bounds import write_bounds
from septet.cli.estimate_inputs import COLUMN, how_written, name_of_input, opened_input, template_text
from septet.cli.estimate_options import about_estimates, channels, people
from septet.cli.estimate_options import check as check_people
from septet.cli.file_options import Delimiter, Format, HeaderLine, NoHeader, RowsEncoding, Sheet
from septet.cli.input import STANDARD_INPUT, UsageError
from septet.cli.options import Json, planning, refusals
from septet.cli.places import check_places, with_globs
from septet.wording.extras import installing
from septet.wording.messages import said
from septet.wording.speaking import spoken

if TYPE_CHECKING:
    from datetime import date

    from septet.campaign.estimates import Estimate
    from septet.campaign.rows.sources import Source
    from septet.campaign.shown import Shown
    from septet.cli.progress import ProgressDisplay
    from septet.vendors.profiles import Profile

#: The exit code of an estimate where some rows could not be measured.
SOME_REJECTED = 1

INTERRUPTED = 130

#: The packages of the extra `campaign`.
_OF_CAMPAIGNS = ("pyarrow", "numpy", "phonenumbers", "python_calamine", "defusedxml", "xlsxwriter")


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=Command, short_help="Estimate what a campaign will cost, and why.")(estimate)


@about_estimates
def estimate(
    context: typer.Context,
    file: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...",
            show_default=False,
            help="CSV, NDJSON, Parquet or a spreadsheet, or - for standard input.",
        ),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(
            "--column",
            "-c",
            metavar="NAME",
            show_default="message",
            help="The column with the messages.",
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="A message with {column} for the value of a column, instead of --column."
        ),
    ] = None,
    template_file: Annotated[
        str | None, typer.Option(metavar="FILE", help="The template from a file, which may have line breaks.")
    ] = None,
    tags: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DIALECT",
            show_default=False,
            help="Read another tool's merge tags as columns: double-braces, percent, brackets, …",
        ),
    ] = None,
    strip: Annotated[
        bool, typer.Option("--strip", help="Remove blanks around messages, or around a template's values.")
    ] = False,
    bounds: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=MIN..MAX",
            show_default=False,
            help="The length of a template's field; shows the fewest and most segments, without a file.",
        ),
    ] = None,
    price: Annotated[
        str | None, typer.Option(metavar="PRICE", help="The price of one segment: 0.045 or 0,045.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="The currency of --price, such as EUR.")
    ] = None,
    prices: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="A price list by destination, TOML, CSV or .xlsx; needs --recipient."
        ),
    ] = None,
    recipient: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The column with the numbers, which decide price and mention."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day of sending for --prices, if not today.")
    ] = None,
    optout_rate: Annotated[
        str | None,
        typer.Option(
            metavar="RATE", help="The share that unsubscribes, 0.02 for 2 %, if the vendor bills it."
        ),
    ] = None,
    format: Format = None,
    sheet: Sheet = None,
    delimiter: Delimiter = None,
    file_encoding: RowsEncoding = None,
    header_line: HeaderLine = None,
    no_header: NoHeader = False,
    show: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Show the first rows as sent, the longest and the most expensive."
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write all measured rows, with their cost.")
    ] = None,
    rejects: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the rows that could not be measured, and why.")
    ] = None,
    report_file: Annotated[
        str | None,
        typer.Option("--report", metavar="FILE", help="Also write an HTML page to keep or to send."),
    ] = None,
    json: Json = False,
    **shared: Any,
) -> None:
    """Estimate what a campaign will cost, which rows cost more than necessary, and why.

    The exit code is 0 if all rows were measured, 1 if some were rejected (the others are measured), 2
    for wrong usage or a file that cannot be read. --out and --rejects write CSV, NDJSON, Parquet or a
    spreadsheet (.xlsx), according to the file name; the files appear only when they are complete.

    \b
    Examples:
      septet estimate clients.csv --column message --profile smsmode --commercial --price 0.045
      septet estimate clients.csv --template "Bonjour {prenom} !" --price 0,045 --out billed.csv
      septet estimate --template "Bonjour {prenom} !" --bounds prenom=2..20
    """
    given = context.params
    given["file"] = with_globs(file or [])
    template = given["template"] = template_text(given)
    if bounds:
        write_bounds(context)
        return
    _check(given)
    day = _day(on)
    profile_name, options = planning(context)
    with refusals(), _campaign_is_there():
        from septet.campaign.estimators import Estimator
        from septet.campaign.prices.lists import PriceList
        from septet.campaign.shown import Shown
        from septet.cli.progress import ProgressDisplay
        from septet.templates.templates import Template
        from septet.vendors.profiles import profile as find_profile

        profile = find_profile(profile_name)
        text = None if template is None else Template.of(template, profile)
        asked = options | {
            "price": _price(price, currency),
            "currency": currency,
            "prices": None if prices is None else PriceList.load(prices),
            "recipient": recipient,
            "on": day,
            "optout_rate": optout_rate,
            "template": text,
            "tags": tags or None,
            "strip": strip or None,
            **people(given, options["country"] or profile.country),
        }
        looked: Shown | None = None
        display = ProgressDisplay(name := name_of_input(given))
        try:
            with opened_input(given, text) as source:
                if source.sheet is not None:
                    name = spoken(said("%(file)s, sheet %(sheet)s", file=name, sheet=source.sheet))
                if text is not None:
                    # The page and the rows have the same template.
                    asked["template"] = text.reading(source.columns, tags or None)
                if show is not None:
                    looked = Shown(Estimator(column or COLUMN, profile, **asked), show)
                result = _run(source, column or COLUMN, profile, asked, given, display, looked)
        except KeyboardInterrupt:
            writes = any(path is not None for path in (out, rejects, report_file))
            raise _interrupted(display, writes) from None
    seen = [] if looked is None else looked.rows()
    with refusals():
        others = {name: result.instead(price) for name, price in channels(given["instead"]).items()}
    if json:
        shape = result.to_dict() | ({"shown": [row.to_dict() for row in seen]} if seen else {})
        if others:
            from septet.campaign.alternatives import plain_of

            shape["instead"] = {name: plain_of(instead) for name, instead in others.items()}
        output.write_json(shape)
    else:
        from septet.views.terminal.estimate import report

        output.write(
            report(
                result,
                profile,
                name,
                width=output.width(),
                colour=output.colour(),
                encoding=output.encoding(),
                rejects=rejects,
                numbers=given["show_numbers"],
                left_out=how_written(given),
            )
        )
        if others:
            from septet.views.terminal.alternatives import alternatives

            told = alternatives(
                others, width=output.width(), colour=output.colour(), encoding=output.encoding()
            )
            output.write("\n" + told)
        if seen:
            from septet.views.terminal.shown import shown_rows

            shown = shown_rows(seen, width=output.width(), colour=output.colour(), encoding=output.encoding())
            output.write("\n" + shown)
    if result.rejected:
        raise typer.Exit(SOME_REJECTED)


def _check(given: Mapping[str, Any]) -> None:
    """Checks for options that do not go together. Raises `UsageError`."""
    files = given["file"]
    if not files:
        raise UsageError("no file: expected FILE, or - for standard input; --bounds needs none")
    if len(files) > 1 and STANDARD_INPUT in files:
        raise UsageError("standard input and files are both given: expected one of them")
    if given["column"] is not None and given["template"] is not None:
        raise UsageError("--column and --template are both given: expected one of them")
    if given["tags"] and given["template"] is None:
        raise UsageError("--tags: expected --template TEXT beside it")
    if given["no_header"] and given["header_line"]:
        raise UsageError("--no-header and --header-line are both given: expected one of them")
    if given["price"] is not None and given["prices"] is not None:
        raise UsageError("--price and --prices are both given: expected one of them")
    if given["prices"] is not None and given["recipient"] is None:
        raise UsageError("--prices: expected --recipient NAME beside it, the column with the numbers")
    if given["currency"] is not None and given["price"] is None:
        raise UsageError("--currency: expected --price PRICE beside it; a price list has its own")
    check_people(given)
    if given["on"] is not None and given["prices"] is None:
        raise UsageError("--on: expected --prices FILE beside it")
    if given["report_file"] == STANDARD_INPUT:
        raise UsageError("--report: expected the name of a file, found -")
    check_places(
        {"--out": given["out"], "--rejects": given["rejects"], "--report": given["report_file"]},
        {
            **{f"FILE {place}": name for place, name in enumerate(files)},
            "--prices": given["prices"],
            "--exclude": given["exclude"],
        },
        given["profile"],
    )


@contextmanager
def _campaign_is_there() -> Iterator[None]:
    """Raises an error of one line for packages that campaigns need."""
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in (*_OF_CAMPAIGNS, "matplotlib"):
            raise
        what, extra = ("--report", "report") if missing == "matplotlib" else ("estimate", "campaign")
        raise UsageError(f"{what} needs {missing}, which is not installed: {installing(extra)}") from None


def _price(written: str | None, currency: str | None) -> str | None:
    """A price as written, once it is valid; its currency may be beside it."""
    if written is not None:
        from septet.campaign.prices.money import amount

        amount(written, currency=currency)
    return written


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    from datetime import date

    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"--on: expected a day such as 2027-01-31, found {written!r}") from None


def _run(
    source: Source,
    column: str,
    profile: Profile,
    asked: Mapping[str, Any],
    given: Mapping[str, Any],
    display: ProgressDisplay,
    looked: Shown | None,
) -> Estimate:
    """The estimate; the outputs appear when it is complete."""
    from septet.campaign.outputs.outputs import publishing
    from septet.campaign.runs import estimate as measure
    from septet.cli.estimate_outputs import Outputs

    outputs = Outputs(given, source, column, profile, asked)
    with publishing(outputs.files), display:
        result = measure(
            source,
            column,
            profile,
            progress=lambda now: display.update(now.rows, now.done, now.total),
            show=None if looked is None else looked.add,
            **outputs.hooks(),
            **asked,
        )
        outputs.finish(result)
        return result


def _interrupted(display: ProgressDisplay, writes: bool) -> typer.Exit:
    words = said("septet: interrupted after %(rows)s", rows=display.so_far())
    if writes:
        words = said("septet: interrupted after %(rows)s; nothing was written", rows=display.so_far())
    output.write_error(words + "\n")
    return typer.Exit(INTERRUPTED)
