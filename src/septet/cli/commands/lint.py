"""The command `lint`: findings about the messages in files, before any of them is sent."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from septet.cli import completion, output
from septet.cli import options as planned_by
from septet.cli.input import UsageError
from septet.cli.lint_settings import config_of_command
from septet.cli.options import refusals
from septet.lint.baselines import without_known, write_baseline
from septet.lint.checking import checked
from septet.lint.configs import Config
from septet.lint.explanations import explained
from septet.lint.fixing import fixes
from septet.lint.git_changes import Changes
from septet.lint.outputs.formats import FORMATS, written
from septet.lint.reports import LintReport
from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Screen
from septet.wording.messages import counted, joined, said
from septet.wording.speaking import language_spoken


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(short_help="Check the messages of locale files before any is sent.")(lint)


_Globs = list[str] | None


def lint(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", show_default=False, help="Files and directories of messages."),
    ] = None,
    profile: planned_by.ProfileName = "gsm",
    max_segments: planned_by.MaxSegments = None,
    bounds: Annotated[
        _Globs,
        typer.Option(
            metavar="NAME=N..M[:CHARACTERS]",
            help="The length of a placeholder's value, such as name=1..20 or city=1..30:accents.",
        ),
    ] = None,
    keys: Annotated[
        _Globs, typer.Option(metavar="GLOB", help="Keys of entries that are SMS, such as '**.sms'.")
    ] = None,
    references: Annotated[
        _Globs,
        typer.Option(metavar="GLOB", help="References of entries that are SMS: 'model:sms.template,*'."),
    ] = None,
    contexts: Annotated[
        _Globs,
        typer.Option(metavar="GLOB", help="Contexts or comments of entries that are SMS, such as sms."),
    ] = None,
    exclude: Annotated[
        _Globs, typer.Option(metavar="GLOB", help="Keys and files to leave out: '**.voice'.")
    ] = None,
    ignore: Annotated[_Globs, typer.Option(metavar="RULE", help="A rule to leave out; repeatable.")] = None,
    format: Annotated[
        str,
        typer.Option(
            metavar="|".join(FORMATS),
            autocompletion=completion.one_of(*FORMATS),
            help="The format of the findings.",
        ),
    ] = "text",
    changed_since: Annotated[
        str | None, typer.Option(metavar="REV", help="Only entries on lines changed since a git revision.")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="A file of known findings to ignore; written if it does not exist."
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Replace signs if a message then needs fewer segments.")
    ] = False,
    fix_all: Annotated[bool, typer.Option("--fix-all", help="Replace such signs everywhere.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="Explain what a rule finds and what to do; 'all' for all rules."),
    ] = None,
    price: Annotated[
        str | None, typer.Option(metavar="PRICE", help="The price of one segment, such as 0.045.")
    ] = None,
    currency: Annotated[str | None, typer.Option(metavar="CODE", help="Its currency, such as EUR.")] = None,
    volume: Annotated[
        _Globs, typer.Option(metavar="GLOB=N", help="Messages a year for some keys, such as otp=2000000.")
    ] = None,
    source_language: Annotated[
        str | None, typer.Option(metavar="CODE", help="The language of the source texts.")
    ] = None,
    encoding: planned_by.Encoding = None,
    commercial: planned_by.Commercial = False,
    optout: planned_by.Optout = None,
    optout_text: planned_by.OptoutText = None,
    country: planned_by.Country = None,
    language: planned_by.Language = None,
    ports: planned_by.Ports = None,
    header: planned_by.Header = None,
    prefix: planned_by.Prefix = None,
    suffix: planned_by.Suffix = None,
    substitute: planned_by.Substitute = None,
    link_length: planned_by.LinkLength = None,
    recipient_count: planned_by.RecipientCount = None,
) -> None:
    """Check the messages of catalogues, locales and templates: segments, UCS-2 and hidden costs.

    Settings come from [tool.septet.lint] in pyproject.toml, or [lint] in septet.toml, in this
    directory or above; typed options win. The exit code is 0 without findings, 1 if there are errors
    or warnings, 2 if a file could not be read.

    \b
    Example:
      septet lint locale/ --profile twilio --max-segments 1 --bounds code=6 --bounds name=1..20
    """
    if explain is not None:
        with refusals():
            output.write(explained(explain))
        return
    if format not in FORMATS:
        raise UsageError(f"--format: expected {', '.join(FORMATS)}, found {format!r}")
    if fix and fix_all:
        raise UsageError("--fix and --fix-all are both given: expected one of them")
    with refusals():
        config = config_of_command(context)
        wanted = None if changed_since is None else Changes(changed_since).holds
    named = list(paths or ())
    if diff or fix or fix_all:
        with refusals():
            found = fixes(named, config, everywhere=fix_all, is_wanted=wanted)
            if diff:
                for one in found:
                    output.write(one.diff())
                raise typer.Exit(1 if found else 0)
            for one in found:
                one.write()
        _say(
            counted(
                "%(number)s entry rewritten in %(files)s",
                "%(number)s entries rewritten in %(files)s",
                sum(one.entries for one in found),
                files=counted("%(number)s file", "%(number)s files", len(found)),
            )
        )
    with refusals():
        report = checked(named, config, wanted)
        report = _but_for_known(report, config)
    output.write(written(report, format, language_spoken()))
    for note in report.notes:
        _say(joined(": ", (note.path, note.message)) if note.path else note.message)
    for error in report.broken:
        _say(str(error))
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _but_for_known(report: LintReport, config: Config) -> LintReport:
    """The report without the findings of a baseline; a missing baseline is written."""
    if config.baseline is None:
        return report
    if os.path.exists(config.baseline):
        return without_known(report, config.baseline)
    write_baseline(report.findings, config.baseline)
    number = len(report.findings)
    _say(said("%(file)s: written with %(number)s known findings", file=config.baseline, number=number))
    return report


def _say(words: str) -> None:
    from septet.wording.speaking import spoken

    screen = Screen(80, False, output.error_encoding())
    output.write_error(visible(spoken(said("septet lint: %(words)s", words=words)), screen) + "\n")
