"""Fixing: files in which signs of messages are rewritten, and not one other octet."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from septet.errors import FileError
from septet.files.whole_files import WholeFile
from septet.planning.things.recognition import things

from .about_characters import is_fewer
from .checking import Paths, planner_of, readings_of
from .configs import Config
from .counting import Count
from .entries import Edit as FileEdit
from .entries import Entry, Reading
from .judging import Judge
from .placeholders.dialects import message as message_of
from .placeholders.messages import Message
from .readers.reading import read
from .rewriting import in_dialect
from .selection import ignored_by, is_sms
from .signs import Edit, rewritten

#: The rules whose findings are fixed.
_RULES = frozenset({"expensive-character", "hidden-character", "not-nfc"})
#: The things that must reach the phone unchanged: signs in them stay.
_KEPT_WHOLE = frozenset({"link", "email", "machine-line", "app-hash"})


# Each sign is checked in the whole text: a text with more of them, or a longer one, is not a message.
_MOST_WORK = 20_000_000


class Fix(NamedTuple):
    """A file before and after its fixes."""

    path: str
    before: bytes
    after: bytes
    #: The number of entries that are rewritten.
    entries: int

    def diff(self) -> str:
        """The change as a unified diff."""
        before, after = (
            octets.decode("utf-8", "surrogateescape").splitlines(keepends=True)
            for octets in (self.before, self.after)
        )
        shown = self.path.replace("\\", "/")
        written = []
        for line in difflib.unified_diff(before, after, f"a/{shown}", f"b/{shown}"):
            written.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
        return "".join(written).encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def write(self) -> None:
        """Writes the file, as a whole or not at all. Raises OSError and FileError as `WholeFile` does."""
        with open(self.path, "rb") as file:
            if file.read() != self.before:
                raise FileError("it was changed while it was read: nothing is written", self.path)
        with WholeFile(self.path) as place:
            place.file.write(self.after)
            place.keep()


def fixes(
    paths: Paths,
    config: Config,
    *,
    everywhere: bool = False,
    is_wanted: Callable[[Entry], bool] | None = None,
) -> list[Fix]:
    """The files in which signs are rewritten.

    These are foldings of typography, letters with separate marks, and invisible signs without effect. An
    entry is only fixed where it then needs fewer segments, unless `everywhere`.
    """
    judge = Judge(config, planner_of(config))
    readings, _, _ = readings_of(paths, config)
    found: list[Fix] = []
    for reading in readings:
        fix = _fixed(reading, judge, config, everywhere=everywhere, is_wanted=is_wanted)
        if fix is not None:
            found.append(fix)
    return found


def _fixed(
    reading: Reading,
    judge: Judge,
    config: Config,
    *,
    everywhere: bool,
    is_wanted: Callable[[Entry], bool] | None,
) -> Fix | None:
    edits: dict[tuple[int, int], FileEdit] = {}
    expected: dict[int, str] = {}
    for place, entry in enumerate(reading.entries):
        if entry.state != "translated" or not is_sms(entry, config):
            continue
        if is_wanted is not None and not is_wanted(entry):
            continue
        wanted = list(_edits(entry, judge, config, everywhere=everywhere))
        placed = [entry.rewritten(*edit) for edit in wanted]
        if not wanted or None in placed:
            continue
        for edit in placed:
            assert edit is not None
            edits[edit.start, edit.end] = edit
        expected[place] = rewritten(entry.text, _in_dialect(entry, wanted))
    if not edits:
        return None
    before = reading.entries[0].spots.source.octets
    after = _applied(before, sorted(edits.values()))
    # For any format: the file must give the intended text, and everything else as before.
    again = read(reading.path, after)
    if again.broken is not None or len(again.entries) != len(reading.entries):
        return None
    for place, (old, new) in enumerate(zip(reading.entries, again.entries, strict=True)):
        if new.text != expected.get(place, old.text) or (old.plural, old.state) != (new.plural, new.state):
            return None
    return Fix(reading.path, before, after, len(expected))


def _edits(entry: Entry, judge: Judge, config: Config, *, everywhere: bool) -> Iterator[Edit]:
    """The edits of an entry."""
    if ignored_by(entry, config) & _RULES:
        return
    message = entry.message
    edits = judge.about_characters.fixes(entry.text, message)
    if not edits or len(edits) * len(entry.text) > _MOST_WORK:
        return
    whole = [thing for thing in things(entry.text) if thing.kind in _KEPT_WHOLE]
    edits = [
        edit for edit in edits if not any(one.start < edit.end and edit.start < one.end for one in whole)
    ]
    if not edits:
        return
    said = _in_dialect(entry, edits)
    spans = tuple((_moved(start, said), _moved(end, said)) for start, end in entry.expressions)
    after = message_of(rewritten(entry.text, said), entry.dialects, entry.terms, spans)
    # A sign that would change a placeholder beside it stays.
    if [field.name for field in after.fields] != [field.name for field in message.fields]:
        return
    if after.flaws != message.flaws and len(after.flaws) > len(message.flaws):
        return
    if not everywhere and not _saves(_count(judge, after), _count(judge, message)):
        return
    yield from edits


def _in_dialect(entry: Entry, edits: Iterable[Edit]) -> list[Edit]:
    """Edits as they appear in the entry's text when it is read again."""
    return [edit._replace(new=in_dialect(entry.dialects, entry.text, edit.new)) for edit in edits]


def _count(judge: Judge, message: Message) -> Count | None:
    try:
        return judge.counter.count(message)
    except ValueError:
        return None


def _saves(after: Count | None, before: Count | None) -> bool:
    return after is not None and before is not None and is_fewer(after.segments, before.segments)


def _moved(place: int, edits: Iterable[Edit]) -> int:
    """Where a place of a text is after the edits."""
    return place + sum(len(edit.new) - (edit.end - edit.start) for edit in edits if edit.end <= place)


def _applied(octets: bytes, edits: Iterable[FileEdit]) -> bytes:
    parts: list[bytes] = []
    place = 0
    for edit in edits:
        parts += (octets[place : edit.start], edit.octets)
        place = edit.end
    return b"".join([*parts, octets[place:]])
