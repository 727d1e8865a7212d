"""The command `calibrate`: a vendor's message log or invoice, compared with the plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from septet.cli import output
from septet.cli.defaults import Command
from septet.cli.estimate_inputs import name_of_input
from septet.cli.file_options import Delimiter, Format, HeaderLine, NoHeader, RowsEncoding, Sheet
from septet.cli.input import STANDARD_INPUT, UsageError
from septet.cli.options import Json, about_planning, planning, refusals
from septet.cli.places import check_places, with_globs
from septet.cli.stream import standard_input
from septet.errors import CampaignError
from septet.files.delimiters import meant_by
from septet.wording.extras import installing
from septet.wording.speaking import language_spoken

if TYPE_CHECKING:
    from datetime import date

    from septet.campaign.calibration.calibrations import Calibration
    from septet.vendors.profiles import Profile

#: The exit code where some rows are unexplained, or could not be read.
SOME_UNEXPLAINED = 1

#: The packages of the extra `campaign`.
_OF_CAMPAIGNS = ("pyarrow", "numpy", "phonenumbers", "python_calamine", "defusedxml", "xlsxwriter")
# The form in which the library names a missing argument.
_GIVEN_AS = re.compile(r" as (text|segments|price|recipient)\b")
#: The options that name a column, with the same names as in the library.
_COLUMNS = ("text", "segments", "price", "currency", "status", "direction", "recipient", "billed_encoding")


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=Command, short_help="Compare a vendor's log with the plan.")(calibrate)


@about_planning
def calibrate(
    context: typer.Context,
    file: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EXPORT...",
            show_default=False,
            help="The log: CSV, NDJSON, Parquet or a spreadsheet, or - for standard input.",
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the texts, if it is not recognised.")
    ] = None,
    segments: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the billed segments.")
    ] = None,
    price: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of what each message cost.")
    ] = None,
    currency: Annotated[str | None, typer.Option(metavar="NAME", help="The column of its currency.")] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The column of the status: failed messages are left out."),
    ] = None,
    direction: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The column of the direction: received messages are left out."),
    ] = None,
    recipient: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the numbers, which decide the price.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|DAY", help="The column of the days, or the day of all, such as 2027-01-31."
        ),
    ] = None,
    billed_encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the billed encoding.")
    ] = None,
    prices: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A price list to compare the prices with."),
    ] = None,
    earlier_prices: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE", show_default=False, help="Another list that the vendor may have used; repeatable."
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day of all messages, for --prices.")
    ] = None,
    format: Format = None,
    sheet: Sheet = None,
    delimiter: Delimiter = None,
    file_encoding: RowsEncoding = None,
    header_line: HeaderLine = None,
    no_header: NoHeader = False,
    report_file: Annotated[
        str | None, typer.Option("--report", metavar="FILE", help="Also write an HTML page.")
    ] = None,
    json: Json = False,
    **shared: Any,
) -> None:
    """Compare a vendor's message log or invoice with the plan: which rows differ, and by which rule.

    The columns of a known log are found automatically; otherwise name them with --text and --segments. The
    exit code is 0 if all rows agree or are explained, 1 if some are not or could not be read, 2 for wrong
    usage or a file that cannot be read.

    \b
    Examples:
      septet calibrate log.csv --profile twilio
      septet calibrate bill.xlsx --profile smsmode --text Message --segments "SMS" --commercial
      septet calibrate log.csv --profile twilio --prices prices.csv --report log.html
    """
    given = context.params
    given["file"] = with_globs(file or [])
    _check(given)
    profile_name, options = planning(context)
    with refusals(), ExitStack() as stack:
        try:
            from septet.cli.progress import ProgressDisplay
            from septet.vendors.profiles import profile as find_profile

            profile = find_profile(profile_name)
            name = name_of_input(given)
            draft = None
            if report_file is not None:
                from septet.campaign.outputs.outputs import Draft, publishing

                stack.enter_context(publishing([draft := Draft(report_file)]))
            found = _calibrated(given, profile, options, ProgressDisplay(name), stack)
        except CampaignError as error:
            raise UsageError(_GIVEN_AS.sub(r" as --\1", str(error))) from None
        except ModuleNotFoundError as error:
            missing = (error.name or "").partition(".")[0]
            if missing not in _OF_CAMPAIGNS:
                raise
            words = f"calibrate needs {missing}, which is not installed: {installing('campaign')}"
            raise UsageError(words) from None
        if draft is not None:
            draft.stream.write(_page(found, profile, options, name).encode("utf-8"))
    if json:
        output.write_json(found.to_dict(language_spoken()))
    else:
        from septet.views.terminal.calibration import report

        width, colour, encoding = output.width(), output.colour(), output.encoding()
        output.write(report(found, profile, name, width=width, colour=colour, encoding=encoding))
    if found.unexplained or found.rejects:
        raise typer.Exit(SOME_UNEXPLAINED)


def _check(given: Mapping[str, Any]) -> None:
    """Checks for options that do not go together. Raises `UsageError`."""
    files = given["file"]
    if not files:
        raise UsageError("no file: expected EXPORT, or - for standard input")
    if len(files) > 1 and STANDARD_INPUT in files:
        raise UsageError("standard input and files are both given: expected one of them")
    if given["no_header"] and given["header_line"]:
        raise UsageError("--no-header and --header-line are both given: expected one of them")
    for option in ("earlier_prices", "on"):
        if given[option] and given["prices"] is None:
            raise UsageError(f"--{option.replace('_', '-')}: expected --prices FILE beside it")
    check_places(
        {"--report": given["report_file"]},
        {**{f"EXPORT {place}": name for place, name in enumerate(files)}, "--prices": given["prices"]},
        given["profile"],
    )
    if given["report_file"] == STANDARD_INPUT:
        raise UsageError("--report: expected the name of a file, found -")


def _calibrated(
    given: Mapping[str, Any], profile: Profile, options: Mapping[str, Any], display: Any, stack: ExitStack
) -> Calibration:
    from septet.campaign.calibration.runs import calibrate as held

    files = given["file"]
    is_stream = files == [STANDARD_INPUT]
    export: Any = stack.enter_context(standard_input()) if is_stream else [Path(name) for name in files]
    delimiter = given["delimiter"]
    with display:
        return held(
            export if is_stream or len(files) > 1 else files[0],
            profile,
            **{name: given[name] for name in _COLUMNS},
            date=given["date"],
            prices=given["prices"],
            earlier_prices=tuple(given["earlier_prices"] or ()),
            on=_day(given["on"]),
            format=given["format"],
            delimiter=None if delimiter is None else meant_by(delimiter),
            file_encoding=given["file_encoding"],
            header_line=0 if given["no_header"] else given["header_line"],
            sheet=given["sheet"],
            progress=lambda now: display.update(now.rows, now.done, now.total),
            **options,
        )


def _page(found: Calibration, profile: Profile, options: Mapping[str, Any], name: str) -> str:
    from datetime import date

    from septet.planning.terms import Terms
    from septet.views.pages.calibration import calibration_page

    terms = Terms(profile, dict(options))  # type: ignore[arg-type]
    return calibration_page(found, terms, name, made=date.today(), lang=language_spoken())


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
