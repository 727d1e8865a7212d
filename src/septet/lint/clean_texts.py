"""Clean texts: texts without findings, recognised quickly; most texts are clean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from septet.advice.held import lengthened_by
from septet.planning.blemishes import may_be_blemished
from septet.planning.misreadings import may_be_misread
from septet.planning.planner import Planner
from septet.templates.pieces import Field

from .configs import Config
from .counting import Count, Counter
from .entries import About, Entry
from .placeholders.blocks import has_blocks
from .placeholders.dialects import message as message_of
from .placeholders.dialects import signs_of
from .placeholders.messages import Message
from .samples import VALUE
from .signs import other_than

#: Placeholders that mean the same in any context, if no other sign of their dialect is there. Each begins
#: with a character of its own, which is quickly searched for.
_SIMPLE = re.compile(
    r"(\{\{ ?\w+ ?\}\}|\{\w+\}|%\{\w+\}|\$\{\w+\}|%\(\w+\)[sd]|\(\(\w+\)\)|:\w+"
    r"|%(?<![\d%]%)\d+\$[sd](?![A-Za-z]{2}))"
)
#: In MessageFormat an apostrophe may take away the meaning of a placeholder.
_QUOTING = frozenset({"java", "icu"})
#: Texts of more segments are counted one by one.
_MOST_SEGMENTS = 12
_BRACKET = "("
#: The most placeholders of a dialect to remember.
_KEPT = 4096


class CleanTexts:
    """The clean texts for one planner. A doubtful text is not clean: the rules then look at it."""

    def __init__(self, planner: Planner, counter: Counter, config: Config) -> None:
        self._counter = counter
        self._planner = planner
        profile, settings, terms = planner.profile, planner.settings, planner.terms
        carried = profile.alphabet.single.union(profile.alphabet.double)
        # The vendor replaces none of these, and none could be rewritten.
        self._noted = other_than(carried - lengthened_by(profile) - frozenset(profile.substitutions))
        rooms = [coding.free(1, 0) for coding in planner.codings if coding.encoding == "gsm7"]
        #: How many units a segment may have before few are left; below 0 where every text is checked.
        self._most = -1
        if rooms and not (
            terms.languages or settings.mention or settings.prefix or settings.suffix or terms.placeholders
        ):
            self._most = min(rooms) - config.option("near-the-edge", "characters")
        #: Characters without findings unless they are beside certain others, by their units.
        self._quiet: dict[str, int] = {}
        if self._most > 0:
            weighed = {character: self._units_of(character) for character in sorted(carried)}
            self._quiet = {character: units for character, units in weighed.items() if units}
        self._rooms = self._rooms_of(settings.limit, config) if self._most > 0 else []
        self._has_sources = config.source_language is not None
        self._by_dialects: dict[tuple[str, ...], _Dialects] = {}

    def unsure(self, entries: list[Entry]) -> list[Entry]:
        """The entries that may have findings, judging only by their texts."""
        if not self._rooms or not self._counter.weights_decide:
            return entries
        found: list[Entry] = []
        about: About | None = None
        dialects: _Dialects | None = None
        rooms = self._rooms
        for entry in entries:
            if entry.about is not about:
                about = entry.about
                dialects = self._of(about)
                # One segment is never more than what a source text takes.
                rooms = self._rooms if about.source is None and not self._has_sources else self._rooms[:1]
            if dialects is None or not dialects.is_clean(entry.text, rooms):
                found.append(entry)
        return found

    def holds(self, text: str, message: Message, count: Count) -> bool:
        """Whether a sent text and its messages have no findings."""
        measure = count.measure
        if (
            measure is None
            or not 0 < measure.units <= self._most
            or measure.encoding != "gsm7"
            or count.segments.most != 1
            or self._noted.search(text) is not None
            or text[0].isspace()
            or text[-1].isspace()
            or message.flaws
            or len(message.variants) != 1
            or self._counter.unbounded(message.variants[0].fields)
        ):
            return False
        sample = "".join([VALUE if isinstance(piece, Field) else piece for piece in count.pieces])
        return (
            not may_be_blemished(sample)
            and not may_be_misread(sample)
            # A text of only placeholders is not a message of its own.
            and any(not (isinstance(piece, Field) or piece.isspace()) for piece in count.pieces)
        )

    def _rooms_of(self, limit: int, config: Config) -> list[range]:
        """How many units a text may have in one segment, in two and so on, so that enough units stay free."""
        edge = config.option("near-the-edge", "characters")
        wanted = limit if config.max_segments is None else config.max_segments
        (coding, *_) = [coding for coding in self._planner.codings if coding.encoding == "gsm7"]
        rooms: list[range] = []
        before = 0
        for number in range(1, min(wanted, _MOST_SEGMENTS) + 1):
            room = self._most + edge if number == 1 else number * coding.part
            billed = [self._planner.measure("x" * units).billed_segments for units in (room, room + 1)]
            if billed != [number, number + 1]:
                break  # billed by another measure
            # At a cut, a sign of two septets may leave one septet free.
            rooms.append(range(before + 1, room - edge - (number - 1) + 1))
            before = room
        return rooms

    def _units_of(self, character: str) -> int:
        """The GSM-7 units of a character; 0 where it may have a finding."""
        if character == "\r" or self._noted.search(character) is not None or may_be_misread(character):
            return 0
        encoding, units, billed = self._planner.measure(f"x{character}x")
        return units - 2 if (encoding, billed) == ("gsm7", 1) else 0

    def _of(self, about: About) -> _Dialects | None:
        """How the texts of some entries are checked; None where the texts are not enough."""
        if about.state != "translated" or about.expressions:
            return None
        found = self._by_dialects.get(about.dialects)
        if found is None:
            found = _Dialects(about.dialects, self._quiet, self._counter)
            self._by_dialects[about.dialects] = found
        return found


class _Dialects:
    """Texts that may have placeholders of some dialects."""

    def __init__(self, dialects: tuple[str, ...], quiet: Mapping[str, int], counter: Counter) -> None:
        self._dialects = dialects
        self._counter = counter
        # Two of them begin a placeholder, one of them does not.
        signs = signs_of(dialects) - {_BRACKET}
        held = [character for character in quiet if character not in signs]
        # With a semicolon after it, which ends what looks like markup.
        plain = [c for c in held if quiet[c] == 1 and c != _BRACKET and not may_be_blemished(f"x{c}x;")]
        self._other = _none_of(plain)
        self._beyond = _none_of(held)
        #: Numbers of units beyond one, and the characters that take these.
        self._long = {character: quiet[character] - 1 for character in held if quiet[character] > 1}
        self._weighty = _one_of(self._long)
        self._quotes = not _QUOTING.isdisjoint(dialects)
        #: The most units that the values of a placeholder take; None where unknown here.
        self._units: dict[str, int | None] = {}

    def is_clean(self, text: str, rooms: list[range]) -> bool:
        """Whether a text has no findings, by its characters, its ends and its length.

        `rooms` are the units that it may have in one segment, in two and so on.
        """
        length = len(text)
        if self._other.search(text) is not None:
            if self._begins(text):
                literals = _SIMPLE.split(text)
                if self._quotes and "'" in text:
                    return False
                for placeholder in literals[1::2]:
                    units = self._units_of(placeholder)
                    if units is None:
                        return False
                    length += units - len(placeholder)
                del literals[1::2]
                text = VALUE.join(literals)
                # A text of only placeholders is not a message of its own.
                if self._begins(text) or not any(map(str.strip, literals)):
                    return False
            if may_be_blemished(text):
                return False
            length += sum(map(self._long.__getitem__, self._weighty.findall(text)))
        if not text or "  " in text or text[0].isspace() or text[-1].isspace():
            return False
        return length in rooms[0] or any(length in room for room in rooms[1:])

    def _begins(self, text: str) -> bool:
        """Whether a text has the beginning of a placeholder, or anything that needs a closer look."""
        return self._beyond.search(text) is not None or _BRACKET * 2 in text

    def _units_of(self, placeholder: str) -> int | None:
        if placeholder not in self._units:
            if len(self._units) >= _KEPT:
                self._units.clear()
            self._units[placeholder] = self._asked(placeholder)
        return self._units[placeholder]

    def _asked(self, placeholder: str) -> int | None:
        message = message_of(f"x {placeholder} x", self._dialects)
        fields = message.fields
        if (
            message.flaws
            or len(message.variants) != 1
            or [field.written for field in fields] != [placeholder]
            or has_blocks(placeholder)
            or self._counter.unbounded(fields)
        ):
            return None
        return self._counter.most_units(fields[0])


def _none_of(characters: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[^{re.escape(''.join(characters))}]")


def _one_of(characters: Mapping[str, int]) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(characters))}]" if characters else r"(?!)")
