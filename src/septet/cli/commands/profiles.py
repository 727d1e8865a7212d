"""The command `profiles`: the known vendors, the rules of one, and the check of a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from septet import _tables
from septet.cli import completion, output
from septet.cli.arguments import quoted
from septet.cli.defaults import Command, taken
from septet.cli.input import UsageError
from septet.cli.options import Json, refusals
from septet.errors import ProfileError
from septet.gsm.characters import UNDEFINED
from septet.gsm.segmentation import ENCODING_NAMES, capacity
from septet.planning.planner import Planner
from septet.vendors.profiles import Profile, countries_of_vendors, is_path, titles, youngest_sources
from septet.vendors.profiles import profile as find_profile
from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Screen
from septet.wording.messages import Words, counted, joined, phrase, said
from septet.wording.quoting import printable
from septet.wording.speaking import spoken

# The exit code for an invalid file.
AT_FAULT = 1

# The reserved word of `profiles`: no known profile has this name, and a file is named by its path.
CHECK = "check"
# The reserved word for creating a file.
NEW = "new"


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    about = "List the profiles, show the rules of one, or check a file."
    app.command(cls=Command, short_help=about)(profiles)


def profiles(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME|check|new]",
            show_default=False,
            autocompletion=completion.profiles,
            help="A profile, or a vendor file in TOML.",
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            show_default=False,
            help="After check: the file to check; after new: the name of the vendor.",
        ),
    ] = None,
    older_than: Annotated[
        str | None,
        typer.Option(
            "--older-than",
            metavar="6m",
            help="List profiles whose newest source is older: days, weeks, months or years (d, w, m, y).",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """List the profiles or, with NAME, its rules, each with its source and what is assumed.

    septet profiles check FILE checks a vendor file, exits with 1 if it is not valid, and shows
    some texts under its rules; septet profiles new NAME creates such a file. --older-than lists
    the profiles that should be checked against their sources again.

    \b
    Example:
      septet profiles smsmode
    """
    if name == CHECK:
        _check_file(file, json)
        return
    if name == NEW:
        _begin_file(file)
        return
    if file is not None:
        raise UsageError(
            f"one profile is expected, found another: {quoted(file)} (see septet profiles --help)"
        )
    if name is None:
        known, youngest = titles(), youngest_sources()
        if older_than is not None:
            before = _month_before(older_than)
            # Without a date in its sources, its age is unknown.
            known = {one: title for one, title in known.items() if youngest[one] < before}
        if json:
            output.write_json(
                [
                    {
                        "name": known_name,
                        "title": title,
                        "country": countries_of_vendors().get(known_name),
                        "youngest_source": youngest[known_name] or None,
                    }
                    for known_name, title in known.items()
                ]
            )
            return
        from septet.views.terminal.profiles import catalogue

        output.write(
            catalogue(
                _grouped(known),
                youngest,
                width=output.width(),
                colour=output.colour(),
                encoding=output.encoding(),
            )
        )
        return
    if older_than is not None:
        raise UsageError("--older-than: expected no NAME beside it: it lists profiles")
    with refusals():
        profile = find_profile(name)
    if json:
        rules = [rule._asdict() | {"text": str(spoken(rule.text))} for rule in profile.rules]
        head = {"name": profile.name, "title": profile.title, "document": profile.document}
        output.write_json(head | {"date": profile.date, "rules": rules})
        return
    from septet.views.terminal.profiles import sheet

    output.write(sheet(profile, width=output.width(), colour=output.colour(), encoding=output.encoding()))


def _grouped(titles: dict[str, str]) -> dict[str, dict[str, str]]:
    """The profiles in groups for looking them up: one's own first, then those of each country."""
    groups: dict[str, dict[str, str]] = {}
    found = taken()
    own = found.configuration.values.get("profile") if found is not None else None
    if own is not None:
        with refusals():
            groups[said("Yours")] = {own: find_profile(own).title}
    countries, youngest = countries_of_vendors(), youngest_sources()

    def place(name: str) -> tuple[int, str]:
        if "@" in name:
            return 3, said("Earlier rules, or another document")
        if name in countries:
            return 1, countries[name]
        # The standards themselves: they have no vendor's page that could change.
        return (0, said("No vendor")) if not youngest[name] else (2, said("In many countries"))

    for name in sorted(titles, key=lambda name: (*place(name), name)):
        groups.setdefault(place(name)[1], {})[name] = titles[name]
    return groups


def _check_file(file: str | None, json: bool) -> None:
    """Reports whether a vendor file is valid, and ends the process with 1 where it is not."""
    if file is None:
        raise UsageError("profiles check: expected the file to check after it")
    try:
        # It is a file, whatever the form of its name.
        profile = find_profile(os.path.join(os.curdir, file) if not is_path(file) else file)
    except ProfileError as error:
        if json:
            output.write_json({"ok": False, "fault": str(error), "faults": str(error).splitlines()})
        else:
            screen = Screen(80, False, output.error_encoding())
            for fault in str(error).splitlines():
                output.write_error(visible(" ".join(fault.split()), screen) + "\n")
        raise typer.Exit(AT_FAULT) from None
    rules = profile.rules
    assumed = sum(rule.assumed for rule in rules)
    if json:
        output.write_json({"ok": True, "name": profile.name, "rules": len(rules), "assumed": assumed})
        return
    screen = Screen(80, False, output.encoding())
    words = said(
        "%(file)s: valid, %(rules)s rules, %(assumed)s of them assumed",
        file=file,
        rules=len(rules),
        assumed=assumed,
    )
    output.write(visible(spoken(words), screen) + "\n")
    if cheap := "".join(c for c in profile.rule("alphabet")["add"] if c in EXTENSION):
        note = said(
            "alphabet.add: %(characters)s: one unit each here, though each takes two septets on the air",
            characters=" ".join(cheap),
        )
        output.write("  " + visible(spoken(note), screen) + "\n")
    for probe in _probes():
        output.write("  " + visible(spoken(_decided(probe, profile)), screen) + "\n")


# TS 23.038, 6.2.1.1: after an escape.
EXTENSION = frozenset(_tables.ALPHABETS["default"]["extension"].replace(UNDEFINED, ""))

#: Texts that show the rules of a file: as many of a character as one message holds, or this many more.
_LENGTHS = (
    *(("gsm7", "a", 1, 0), ("gsm7", "a", 1, 1), ("gsm7", "a", 2, 1), ("ucs2", "é", 1, 1)),
    *(("ucs2", "я", 1, 0), ("ucs2", "я", 1, 1), ("ucs2", "]", 1, 11)),
)
_TEXTS = ("à ç ê € œ’…", "日本 😀", "ş ğ İ", "a\r\nb", "«\u00a0ici\u00a0»")


def _probes() -> Iterator[tuple[str, int]]:
    """Letters and signs of every kind, and lengths at the limits."""
    for encoding, character, messages, more in _LENGTHS:
        yield character, capacity(encoding) * messages + more
    for text in _TEXTS:
        yield text, 1


def _decided(probe: tuple[str, int], profile: Profile) -> Words:
    """What a file decides about a text."""
    text, times = probe
    plan = Planner(profile).plan(text * times)
    given = printable(text) if times == 1 else f"{times} × {text}"
    found = counted(
        "%(given)s: %(encoding)s, %(units)s units, %(number)s segment",
        "%(given)s: %(encoding)s, %(units)s units, %(number)s segments",
        plan.billed_segments,
        given=given,
        encoding=ENCODING_NAMES[plan.encoding],
        units=plan.units,
    )
    parts: list[Words] = [found]
    if times == 1 and plan.text != text:
        parts.append(said('shown as "%(text)s"', text=printable(plan.text)))
    if plan.problems:
        parts.append(phrase(" ".join(dict.fromkeys(problem.code for problem in plan.problems))))
    return joined(said("; "), parts)


def _begin_file(name: str | None) -> None:
    """Writes the smallest valid file, with the decisions to make; overwrites none."""
    from septet.vendors.format.skeleton import SKELETON

    if name is None or re.fullmatch(r"[\w][\w.@-]*", name) is None:
        raise UsageError("profiles new: expected the name of the vendor after it, such as my-vendor")
    path = f"{name.removesuffix('.toml')}.toml"
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(SKELETON.replace("NAME", name.removesuffix(".toml")))
    except FileExistsError:
        raise UsageError(f"profiles new: {path} exists already: expected another name") from None
    except OSError as error:
        raise UsageError(f"profiles new: {path}: {error.strerror or error}") from None
    screen = Screen(80, False, output.encoding())
    words = said(
        "%(file)s: written. Fill in the vendor's rules, then run: septet profiles check %(file)s", file=path
    )
    output.write(visible(spoken(words), screen) + "\n")


def _month_before(span: str) -> str:
    """The month that many months ago, in the form of the dates of sources."""
    found = re.fullmatch(r"(\d{1,4})([dwmy])", span.strip().lower())
    if found is None:
        raise UsageError(f"--older-than: expected a span such as 6m (d, w, m or y), found {span!r}")
    number, unit = int(found[1]), found[2]
    today = datetime.now().astimezone().date()
    if unit in "dw":
        day = date.fromordinal(max(1, today.toordinal() - number * (7 if unit == "w" else 1)))
        return f"{day.year:04}-{day.month:02}"
    months = max(0, today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1))
    return f"{months // 12:04}-{months % 12 + 1:02}"
