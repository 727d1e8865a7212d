"""Clean texts: those of which no rule has anything to say, told at once; most texts are such."""

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

#: Placeholders that mean the same whatever stands beside them, if no other sign of their dialect does.
#: Each begins with a character of its own, which is searched for quickly.
_SIMPLE = re.compile(
    r"(\{\{ ?\w+ ?\}\}|\{\w+\}|%\{\w+\}|\$\{\w+\}|%\(\w+\)[sd]|\(\(\w+\)\)|:\w+"
    r"|%(?<![\d%]%)\d+\$[sd](?![A-Za-z]{2}))"
)
#: In MessageFormat an apostrophe may take a placeholder its meaning.
_QUOTING = frozenset({"java", "icu"})
#: Texts of more segments are counted one by one.
_MOST_SEGMENTS = 12
_BRACKET = "("
#: As many placeholders of a dialect are remembered.
_KEPT = 4096


class CleanTexts:
    """What is clean for one planner. In doubt a text is not: the rules look at it then."""

    def __init__(self, planner: Planner, counter: Counter, config: Config) -> None:
        self._counter = counter
        self._planner = planner
        profile, settings, terms = planner.profile, planner.settings, planner.terms
        carried = profile.alphabet.single.union(profile.alphabet.double)
        # Of these the vendor replaces none, and none could be written otherwise.
        self._noted = other_than(carried - lengthened_by(profile) - frozenset(profile.substitutions))
        rooms = [coding.free(1, 0) for coding in planner.codings if coding.encoding == "gsm7"]
        #: So many units a segment may have before few are left; below 0 where every text is looked at.
        self._most = -1
        if rooms and not (
            terms.languages or settings.mention or settings.prefix or settings.suffix or terms.placeholders
        ):
            self._most = min(rooms) - config.option("near-the-edge", "characters")
        #: Characters of which nothing is said unless they stand beside certain others, by their units.
        self._quiet: dict[str, int] = {}
        if self._most > 0:
            weighed = {character: self._units_of(character) for character in sorted(carried)}
            self._quiet = {character: units for character, units in weighed.items() if units}
        self._rooms = self._rooms_of(settings.limit, config) if self._most > 0 else []
        self._has_sources = config.source_language is not None
        self._by_dialects: dict[tuple[str, ...], _Dialects] = {}

    def unsure(self, entries: list[Entry]) -> list[Entry]:
        """The entries of which something may have to be said, by their texts alone."""
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
        """Whether nothing is to be said of a text that is sent, and of what it makes."""
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
            # What is only filled in is no message of its own.
            and any(not (isinstance(piece, Field) or piece.isspace()) for piece in count.pieces)
        )

    def _rooms_of(self, limit: int, config: Config) -> list[range]:
        """How many units a text may have in one segment, in two and so on, so that enough are left."""
        edge = config.option("near-the-edge", "characters")
        wanted = limit if config.max_segments is None else config.max_segments
        (coding, *_) = [coding for coding in self._planner.codings if coding.encoding == "gsm7"]
        rooms: list[range] = []
        before = 0
        for number in range(1, min(wanted, _MOST_SEGMENTS) + 1):
            room = self._most + edge if number == 1 else number * coding.part
            billed = [self._planner.measure("x" * units).billed_segments for units in (room, room + 1)]
            if billed != [number, number + 1]:
                break  # billed by something else
            # Where it is cut, a sign of two septets may leave one of them free.
            rooms.append(range(before + 1, room - edge - (number - 1) + 1))
            before = room
        return rooms

    def _units_of(self, character: str) -> int:
        """How many units of GSM-7 a character is; 0 where something may have to be said of it."""
        if character == "\r" or self._noted.search(character) is not None or may_be_misread(character):
            return 0
        encoding, units, billed = self._planner.measure(f"x{character}x")
        return units - 2 if (encoding, billed) == ("gsm7", 1) else 0

    def _of(self, about: About) -> _Dialects | None:
        """How texts of some entries are looked at; None where their texts do not tell all."""
        if about.state != "translated" or about.expressions:
            return None
        found = self._by_dialects.get(about.dialects)
        if found is None:
            found = _Dialects(about.dialects, self._quiet, self._counter)
            self._by_dialects[about.dialects] = found
        return found


class _Dialects:
    """Texts in which placeholders of some dialects may stand."""

    def __init__(self, dialects: tuple[str, ...], quiet: Mapping[str, int], counter: Counter) -> None:
        self._dialects = dialects
        self._counter = counter
        # Two of them begin a placeholder, one of them does not.
        signs = signs_of(dialects) - {_BRACKET}
        held = [character for character in quiet if character not in signs]
        # With a semicolon behind it, which ends what is taken for markup.
        plain = [c for c in held if quiet[c] == 1 and c != _BRACKET and not may_be_blemished(f"x{c}x;")]
        self._other = _none_of(plain)
        self._beyond = _none_of(held)
        #: By how many units more than one a character is, and these characters.
        self._long = {character: quiet[character] - 1 for character in held if quiet[character] > 1}
        self._weighty = _one_of(self._long)
        self._quotes = not _QUOTING.isdisjoint(dialects)
        #: How many units the values of a placeholder take at the most; None where no one can tell here.
        self._units: dict[str, int | None] = {}

    def is_clean(self, text: str, rooms: list[range]) -> bool:
        """Whether nothing is to be said of a text: its characters, its ends and its length say so.

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
                # What is only filled in is no message of its own.
                if self._begins(text) or not any(map(str.strip, literals)):
                    return False
            if may_be_blemished(text):
                return False
            length += sum(map(self._long.__getitem__, self._weighty.findall(text)))
        if not text or "  " in text or text[0].isspace() or text[-1].isspace():
            return False
        return length in rooms[0] or any(length in room for room in rooms[1:])

    def _begins(self, text: str) -> bool:
        """Whether a text has what placeholders begin with, or what is looked at more closely."""
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
