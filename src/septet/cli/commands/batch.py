"""The command that writes a vendor's batch file from a spreadsheet's CSV."""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, cast

import typer

from septet.cli import output
from septet.cli.batch_rows import Rejects, Rows, with_warnings
from septet.cli.defaults import Command
from septet.cli.estimate_options import ShowNumbers
from septet.cli.file_options import NoHeader, Sheet
from septet.cli.input import STANDARD_INPUT, UsageError
from septet.cli.options import (
    Commercial,
    Country,
    Encoding,
    Ignore,
    Json,
    Language,
    MaxSegments,
    Optout,
    OptoutText,
    Truncate,
    TruncateMark,
    TruncateWords,
    planning,
    refusals,
)
from septet.cli.output import STANDARD_OUTPUT
from septet.cli.places import check_places, place
from septet.cli.table import Table, open_table
from septet.destinations.masks import masked
from septet.sending.batch.checks import Checker
from septet.sending.batch.preparation import segments_to_allow
from septet.sending.batch.reports import BatchReport
from septet.sending.batch.rows import CONTENTS, BatchFault, batch_profile
from septet.sending.batch.writing import write_rows
from septet.vendors.profiles import Profile
from septet.wording.messages import Words, counted, joined, listed, said
from septet.wording.problems import SEVERITY_NAMES, Problem
from septet.wording.quantities import billed_segments, rows
from septet.wording.speaking import language_spoken, spoken

if TYPE_CHECKING:
    from septet.planning.option_types import Options

# The exit code where rows are refused.
SOME_REFUSED = 1
# How many rows with one problem are named, by default.
_NAMED = 20


def batch(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="IN", help="CSV or a spreadsheet, with a header; - for standard input.")
    ],
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="The batch file to write; - for standard output.")
    ],
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile", "-p", metavar="NAME", help="The vendor; by default the only one with batch files."
        ),
    ] = None,
    sender: Annotated[
        str | None, typer.Option(metavar="NAME", help="The sender's name for rows that have none.")
    ] = None,
    rejects: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write the good rows anyway, and the refused ones here; - for standard output.",
        ),
    ] = None,
    refuse_lossy: Annotated[
        bool, typer.Option("--refuse-lossy", help="Also refuse rows that would lose characters.")
    ] = False,
    numbering_plans: Annotated[
        bool,
        typer.Option(
            "--numbering-plans/--no-numbering-plans",
            show_default=False,
            help="Check that each number exists, or only how it is written (faster).",
        ),
    ] = True,
    recipient_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the numbers, if named otherwise.")
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the texts, if named otherwise.")
    ] = None,
    sender_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the senders, if named otherwise.")
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(metavar="CHARACTER", help="The delimiter of IN, if not detected correctly."),
    ] = None,
    file_encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="The encoding of IN, if not detected correctly.")
    ] = None,
    header_line: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="The line of IN with the names of the columns.")
    ] = None,
    no_header: NoHeader = False,
    sheet: Sheet = None,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help=f"List every row with a problem, not only {_NAMED} of each kind.")
    ] = False,
    show_numbers: ShowNumbers = False,
    encoding: Encoding = None,
    commercial: Commercial = False,
    optout: Optout = None,
    optout_text: OptoutText = None,
    max_segments: MaxSegments = None,
    truncate: Truncate = None,
    truncate_words: TruncateWords = False,
    truncate_mark: TruncateMark = None,
    country: Country = None,
    language: Language = None,
    ignore: Ignore = None,
    json: Json = False,
) -> None:
    """Write a vendor's batch file from a CSV file or a spreadsheet; every row is planned and checked.

    IN is a file as a spreadsheet saves it: its encoding and delimiter are detected, and its
    columns are recipient, text and sender, or the vendor's names for them. OUT is written whole or
    not at all: if rows are refused it is not written, unless --rejects takes them. Problems go to
    standard error, by line. The exit code is 0 when every row is in OUT, 1 when some are refused,
    2 for
    wrong usage and files that cannot be read or written.

    \b
    Example:
      septet batch clients.csv batch.csv --sender BOUTIQUE --commercial --rejects refused.csv
    """
    with refusals():
        found = batch_profile(profile)
        checker = Checker(
            found,
            sender,
            cast("Options", planning(context)[1]),
            refuse_lossy=refuse_lossy,
            numbering_plans=numbering_plans,
        )
    if no_header and header_line:
        raise UsageError("--no-header and --header-line are both given: expected one of them")
    _check_places(source, {"OUT": out, "--rejects": rejects}, profile, force=force, json=json)
    wanted = _wanted(found, {"recipient": recipient_column, "text": text_column, "sender": sender_column})
    with ExitStack() as stack:
        stack.enter_context(_file_errors())
        known = [name for names in wanted.values() for name in names]
        table = stack.enter_context(
            open_table(source, file_encoding, delimiter, known, 0 if no_header else header_line, sheet)
        )
        rows = Rows(table, wanted, _name(source), country or found.country)
        good = stack.enter_context(place(out))
        bad = None if rejects is None else Rejects(stack.enter_context(place(rejects)), rows)
        complaints = _Complaints(_name(source), found, every=every, numbers=show_numbers)

        def on_fault(fault: BatchFault) -> None:
            complaints.say(fault)
            if bad is not None and fault.refused:
                bad.add(fault)

        with _progress(table) as rows.advance:
            report = write_rows(rows, good.file, checker, skip_refused=bad is not None, on_fault=on_fault)
        table.watch.check()
        # In this order, so that each row is always in one of the files.
        if bad is not None:
            bad.place.keep()
        if report.written:
            good.keep()
    complaints.about_the_others(report)
    complaints.about_zeros(rows.lost_zeros)
    if json:
        output.write_json(report.to_dict(language_spoken()))
    else:
        _summary(report, found, out, rejects)
    if not report.ok:
        raise typer.Exit(SOME_REFUSED)


def register(app: typer.Typer) -> None:
    """Adds the command to the others."""
    app.command(cls=Command, short_help="Write a vendor's batch file from a CSV file.")(batch)


class _Complaints:
    """The problems of the rows, one line each on standard error."""

    def __init__(self, where: str, profile: Profile, *, every: bool, numbers: bool) -> None:
        from septet.views.drawing.screen import Screen

        self._where = where
        self._shows_numbers = numbers
        #: The numbers in the vendor's document, which belong to nobody.
        self._examples: str = profile.rule("recipients")["expected"]
        self._most = None if every else _NAMED
        #: How many rows have had each problem so far.
        self._said: Counter[str] = Counter()
        self._screen = Screen(80, False, output.error_encoding())

    def say(self, fault: BatchFault) -> None:
        for problem in fault.problems:
            if self._most is None or self._said[problem.code] < self._most:
                self._write(said("%(file)s, line %(line)s", file=self._where, line=fault.line), problem)
        self._said.update({problem.code for problem in fault.problems})

    def about_the_others(self, report: BatchReport) -> None:
        for code, number in report.counts.items():
            if self._most is not None and number > self._most:
                more = number - self._most
                words = counted(
                    "%(file)s: %(number)s more row has [%(code)s]; --all lists each",
                    "%(file)s: %(number)s more rows have [%(code)s]; --all lists each",
                    more,
                    file=self._where,
                    code=code,
                )
                output.write_error(words + "\n")
        for problem in report.problems:
            self._write(self._where, problem)

    def about_zeros(self, number: int) -> None:
        if number:
            words = counted(
                "%(file)s: %(number)s number has no first 0, because the format of the sheet hid it: it is "
                "read with 0",
                "%(file)s: %(number)s numbers have no first 0, because the format of the sheet hid it: they "
                "are read with 0",
                number,
                file=self._where,
            )
            output.write_error(words + "\n")

    def _write(self, where: str, problem: Problem) -> None:
        words = said(
            "%(where)s: %(severity)s: %(sentence)s",
            where=where,
            severity=SEVERITY_NAMES[problem.severity],
            sentence=self._sentence(problem),
        )
        output.write_error(words + f" [{problem.code}]\n")

    def _sentence(self, problem: Problem) -> str:
        from septet.views.drawing.sentences import sentence

        told = sentence([problem], self._screen)
        # Problems of a text are shown unmasked: its numbers are those of the sender.
        if self._shows_numbers or "recipient" not in problem.code:
            return told
        return masked(told, self._examples)


@contextmanager
def _progress(table: Table) -> Iterator[Callable[[], None]]:
    """A bar on standard error, where that is a terminal, and the function that moves it."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    shown = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("batch", total=table.size)
        yield lambda: bar.update(task, completed=table.read_so_far())


def _wanted(profile: Profile, named: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """The names that the column of each content may have."""
    own = {column["holds"]: column["name"] for column in profile.rule("batch")["columns"]}
    wanted: dict[str, tuple[str, ...]] = {}
    for content in CONTENTS:
        name = named[content]
        wanted[content] = (content, *([own[content]] if content in own else ())) if name is None else (name,)
    return wanted


def _check_places(
    source: str, places: Mapping[str, str | None], profile: str | None, *, force: bool, json: bool
) -> None:
    streams = [name for name, path in places.items() if path == STANDARD_OUTPUT]
    streams += ["--json"] if json and streams else []
    if len(streams) > 1:
        raise UsageError(f"{' and '.join(streams)} would both be on standard output: expected a file for one")
    files = {name: path for name, path in places.items() if path not in (None, STANDARD_OUTPUT)}
    check_places(files, {"IN": source}, profile)
    for what, path in files.items():
        if path is not None and os.path.lexists(path) and not force:
            raise UsageError(f"{what}: {path} exists already: give another name, or --force to replace it")


def _name(source: str) -> str:
    return spoken(said("standard input")) if source == STANDARD_INPUT else source


def _place_name(path: str) -> str:
    return spoken(said("standard output")) if path == STANDARD_OUTPUT else path


@contextmanager
def _file_errors() -> Iterator[None]:
    """Turns an error of writing a file into one line, with the state of the file."""
    try:
        yield
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise UsageError(f"{place}{error.strerror or error}; nothing was written") from None
    except ValueError as error:
        raise UsageError(str(error)) from None


def _summary(report: BatchReport, profile: Profile, out: str, rejects: str | None) -> None:
    # Standard output is then the file, and words about it must not be in it.
    say = output.write_error if STANDARD_OUTPUT in (out, rejects) else output.write
    refused = said("%(number)s of %(rows)s refused", number=report.refused, rows=rows(report.rows))
    if report.written:
        parts = (
            *(rows(report.accepted), *with_warnings(report.warned)),
            billed_segments(report.billed_segments),
            said("at most %(number)s in one message", number=report.most_segments),
        )
        figures = joined(", ", parts)
        say(said("%(file)s: %(figures)s", file=_place_name(out), figures=figures) + "\n")
        output.write_error(_how_to_send(report, profile, out) + "\n")
    elif report.refused and rejects is None:
        words = said(
            "nothing is written: %(refused)s; correct them, or write them to a separate file with --rejects "
            "FILE",
            refused=refused,
        )
        output.write_error(words + "\n")
    else:
        output.write_error(said("%(file)s is not written", file=_place_name(out)) + "\n")
    if report.refused and rejects is not None:
        say(said("%(file)s: %(figures)s", file=_place_name(rejects), figures=refused) + "\n")


def _how_to_send(report: BatchReport, profile: Profile, out: str) -> Words:
    rule = profile.rule("batch")
    fields: list[str] = [
        f"{field['name']}={segments_to_allow(profile, report)}"
        for field in profile.rule("batch_fields")
        if field["holds"] == "segments"
    ]
    fields.append(said("your credentials"))
    words: Words = said(
        "send it to %(address)s as %(field)s, with %(fields)s",
        address=rule["url"],
        field=rule["file_field"],
        fields=listed(fields),
    )
    if out != STANDARD_OUTPUT:
        words += said("; %(command)s shows how", command=f"septet request --batch {shlex.quote(out)}")
    return words
