"""The command `request`: the fields of the request that sends a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand
from septet.cli.batch_rows import with_warnings
from septet.cli.input import STANDARD_INPUT
from septet.cli.options import Json, Places, asked, check_places_in, refusals
from septet.cli.preparation import (
    MAY_NOT_BE_SENT,
    about_a_request,
    prepared,
    prepared_batch,
    write_problems,
)
from septet.sending.batch.requests import BatchRequest
from septet.sending.curl import command
from septet.wording.messages import joined, phrase, said
from septet.wording.quantities import billed_segments
from septet.wording.quantities import rows as number_of_rows
from septet.wording.quoting import printable
from septet.wording.speaking import language_spoken, spoken

if TYPE_CHECKING:
    from septet.sending.batch.prepared import PreparedBatch
    from septet.sending.requests import Request
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

# How many rows with one problem are named.
_NAMED = 20


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(
        cls=TextCommand,
        epilog=ABOUT_DASHES,
        short_help="Print the exact fields of the request.",
    )(request)


@about_a_request
def request(
    context: typer.Context,
    curl: Annotated[
        bool, typer.Option("--curl", help="Print a curl command instead, without your credentials.")
    ] = False,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help="A batch file instead of TEXT; - for standard input."),
    ] = None,
    json: Json = False,
    places: Places = "code-points",
    **shared: Any,
) -> None:
    """Print the exact fields of the request that sends a message or a batch file.

    Problems and warnings go to standard error, one per line; the exit code is 1 if the
    message may not be sent. Nothing is sent, and no credentials are needed: add yours where
    the vendor requires them.

    \b
    Example:
      septet request "Bonjour Maman" --profile smsmode --recipients 0623123457 --sender PERSO
      septet request --batch batch.csv --send-at 2030-03-05T10:00 --tag mai
    """
    if batch is not None:
        _of_a_batch(*prepared_batch(context, batch), _name(batch), curl=curl, json=json)
        return
    _, message = asked(context)
    with refusals():
        check_places_in(places, json)
    found = prepared(context, message)
    with refusals():
        made = found.request
    if json:
        output.write_json(found.to_dict(places, language_spoken()))
    else:
        write_problems(found.problems)
        if found.ok:
            _write(command(made) if curl else _listing(made), found.plan.terms.profile)
    if not found.ok:
        raise typer.Exit(MAY_NOT_BE_SENT)


def _of_a_batch(profile: Profile, found: PreparedBatch, name: str, *, curl: bool, json: bool) -> None:
    """The same for a batch file."""
    report = found.report
    if json:
        output.write_json(found.to_dict(language_spoken()))
    else:
        write_problems(_first(found.problems))
        if found.ok:
            made = found.request
            _write(command(made) if curl else _listing(made, name), profile)
        parts = (
            *(number_of_rows(report.rows), *with_warnings(report.warned)),
            said("%(number)s refused", number=report.refused),
            billed_segments(report.billed_segments),
            said("at most %(number)s in one message", number=report.most_segments),
        )
        output.write_error(said("%(file)s: %(figures)s", file=name, figures=joined(", ", parts)) + "\n")
    if not found.ok:
        raise typer.Exit(MAY_NOT_BE_SENT)


def _first(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """The problems, but only a readable number of each code: every row of a file may have it."""
    told: Counter[str] = Counter()
    for problem in problems:
        told[problem.code] += 1
        if told[problem.code] <= _NAMED:
            yield problem


def _name(path: str) -> str:
    return spoken(said("standard input")) if path == STANDARD_INPUT else printable(path)


def _write(made: str, profile: Profile) -> None:
    output.write(made)
    credentials = phrase(profile.rule("request")["authentication"])
    output.write_error(said("add your credentials: %(credentials)s", credentials=credentials) + "\n")


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """The fields by their places, in the form of a vendor file: ``messages[1]/text``."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _flat(one, f"{place}/{name}" if place else name)
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _flat(one, f"{place}[{number}]")
    else:
        yield place, str(value).lower() if isinstance(value, bool) else value


def _listing(made: Request, file: str = "") -> str:
    """The fields, one per line; control characters are spelled out."""
    kind = "" if made.content_type is None else f"{made.content_type.partition(';')[0]}, "
    lines = [f"{made.method} {made.url}", f"{kind}{made.charset}", ""]
    further = [f"{name}: {value}" for name, value in made.headers.items() if name != "Content-Type"]
    lines[2:2] = further
    fields = dict(_flat(made.fields))
    if isinstance(made, BatchRequest):
        if not made.form_fields():
            lines[1] += spoken(said("; the fields in the address, the file in the body"))
        fields[made.file.name] = spoken(
            said(
                "%(file)s (%(type)s, %(size)s octets)",
                file=file,
                type=made.file.content_type,
                size=made.file.size,
            )
        )
    column = max(map(len, fields), default=0) + 2
    for name, value in fields.items():
        shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(value))
        lines.append(f"{name:<{column}}{shown}")
    return "\n".join(lines) + "\n"
