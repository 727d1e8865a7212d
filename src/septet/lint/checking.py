"""Checking: files of messages in, a report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from septet.errors import FileError, shown_path
from septet.planning.planner import Planner
from septet.wording.extras import Needed
from septet.wording.messages import counted, said

from .config_files import found_config, read_config
from .configs import Config, config_of
from .entries import Entry, Reading
from .findings import Finding
from .found_files import files_of
from .judging import Judge
from .readers.reading import read
from .reports import LintReport, Note
from .selection import is_sms, may_leave_out, names_of, unknown_marks

# The libraries of the readers of formats.
_PACKAGES = ("babel", "polib", "ruamel", "fluent", "tree_sitter", "tree_sitter_php")
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def check(
    paths: Paths = (), config: Config | Mapping[str, Any] | str | os.PathLike[str] | None = None
) -> LintReport:
    """Checks the messages in files and directories, before any of them is sent.

    `config` is a mapping with the settings of `[tool.septet.lint]`, a file that has them (septet.toml or
    pyproject.toml), or None for the file that applies to the current directory. Without `paths`, those of
    the configuration are read. Raises OptionError for unknown settings, FileError for a configuration file
    or a path that does not exist. Errors in a file of messages are in the report.
    """
    return checked(paths, resolved(config))


def resolved(config: Config | Mapping[str, Any] | str | os.PathLike[str] | None) -> Config:
    """The configuration that a caller means."""
    if config is None:
        return found_config()
    if isinstance(config, (str, os.PathLike)):
        return read_config(config)
    return config_of(config)


def planner_of(config: Config) -> Planner:
    """The planner that counts; it cuts nothing, as cut texts would have too low counts."""
    return Planner(config.profile, **{**config.options, "truncate": False})


def checked(paths: Paths, config: Config, is_wanted: Callable[[Entry], bool] | None = None) -> LintReport:
    """As `check`; `is_wanted` leaves out entries that are not wanted."""
    judge = Judge(config, planner_of(config))
    readings, notes, broken = readings_of(paths, config)
    chooses = may_leave_out(config)
    looked_at: list[Entry] = []
    left_out = 0
    for reading in readings:
        chosen = [entry for entry in reading.entries if is_sms(entry, config)] if chooses else reading.entries
        left_out += len(reading.entries) - len(chosen)
        wanted = chosen if is_wanted is None else filter(is_wanted, chosen)
        looked_at += wanted
    notes += [
        Note(entry.path, said("There is no rule named %(rule)s: nothing is ignored for it.", rule=name))
        for entry in looked_at
        if entry.about.comments
        for name in unknown_marks(entry)
    ]
    sources = _sources(readings, config)
    findings: list[Finding] = []
    for entry in judge.unsure(looked_at):
        findings += judge.findings(entry, _source_of(entry, sources, config))
    notes += judge.notes
    if not readings and not broken:
        notes.append(Note("", said("No file of messages was found.")))
    elif left_out and not looked_at and is_wanted is None:
        notes.append(Note("", said("No entry is an SMS: see keys, references, contexts and exclude.")))
    order = {reading.path: place for place, reading in enumerate(readings)}
    findings.sort(key=lambda one: (order[one.path], one.line, one.column, one.rule, one.plural or ""))
    return LintReport(
        tuple(findings),
        tuple(reading.path for reading in readings),
        tuple(broken),
        tuple(notes),
        len(looked_at),
        left_out,
        currency=config.currency,
    )


def readings_of(paths: Paths, config: Config) -> tuple[list[Reading], list[Note], list[FileError]]:
    """The readings of the files, the notes about them, and the files that could not be read."""
    named = _paths(paths) or list(config.paths)
    if not named:
        named = [os.curdir]
    found = files_of(named, config.exclude)
    if found.missing:
        raise FileError("no file or directory has that name", shown_path(found.missing[0]))
    readings: list[Reading] = []
    notes = [
        Note(
            "",
            counted(
                "Not read: %(number)s file of a program (.%(ending)s).",
                "Not read: %(number)s files of programs (.%(ending)s).",
                number,
                ending=ending,
            ),
        )
        for ending, number in found.programs
    ]
    broken: list[FileError] = []
    explicit = set(named)
    for path in found.files:
        reading = _read(path)
        if reading.broken is not None:
            broken.append(reading.broken)
            continue
        notes += [Note(path, note) for note in reading.notes if path in explicit]
        if reading.format:
            readings.append(reading)
        elif path in explicit:
            broken.append(FileError("no reader knows files of this kind", path))
    return readings, notes, broken


def _read(path: str) -> Reading:
    try:
        with open(path, "rb") as file:
            octets = file.read()
    except OSError as error:
        return Reading(path, "", broken=FileError(f"cannot be read: {error.strerror or error}", path))
    try:
        with Needed(f"reading {path}", "lint", *_PACKAGES):
            return read(path, octets)
    except ModuleNotFoundError as error:
        return Reading(path, "", broken=FileError(str(error), path))


def _paths(paths: Paths) -> list[str]:
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


_Sources = dict[tuple[str, str, str | None], Entry]


def _sources(readings: Sequence[Reading], config: Config) -> _Sources:
    """The texts of the source language, by format, key and plural form."""
    language = config.source_language
    if language is None:
        return {}
    return {
        (entry.format, key, entry.plural): entry
        for reading in readings
        for entry in reading.entries
        if entry.language == language and entry.text
        for key in names_of(entry)
    }


def _source_of(entry: Entry, sources: _Sources, config: Config) -> Entry | None:
    if not sources or entry.language == config.source_language:
        return None
    keys = [(entry.format, key, entry.plural) for key in names_of(entry)]
    return next((sources[key] for key in reversed(keys) if key in sources), None)
