"""Entries: the messages of a file, each with its key, its text and the place of every character."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from septet.errors import FileError
from septet.wording.messages import Words

from .placeholders.dialects import message
from .placeholders.messages import Message
from .places import Place, Source, Spots, run
from .rewriting import written_as

State = Literal["translated", "untranslated", "obsolete", "fuzzy"]


_NO_TERMS: Mapping[str, str] = MappingProxyType({})


class Edit(NamedTuple):
    """Octets of a file from `start` to before `end`, and those to put there instead."""

    start: int
    end: int
    octets: bytes


class About(NamedTuple):
    """The facts of an entry besides its key and text. Most entries of a file share them."""

    path: str
    #: The kind of the file, in one word: "po", "yaml", "json", "arb", "android", "laravel", …
    format: str
    #: The file's text, in which places are counted.
    file: Source
    #: The language that the file, its folder or the entry names, as written there.
    language: str | None = None
    #: The names of the dialects of placeholders that the text may have, see `placeholders.dialects`.
    dialects: tuple[str, ...] = ()
    #: What the key may begin with as well: the language at the root of a tree, the name of Laravel's file.
    root: str = ""
    #: The source text, where the format holds one: a msgid, XLIFF's source.
    source: str | None = None
    #: Where the code uses it, according to the file (`#:` of gettext).
    references: tuple[str, ...] = ()
    #: msgctxt, ARB's context, the group of an XLIFF unit.
    contexts: tuple[str, ...] = ()
    #: Comments that belong to the entry, of translators and programmers, without their marks.
    comments: tuple[str, ...] = ()
    state: State = "translated"
    #: The plural form, as the format calls it ("one", "0"), or None.
    plural: str | None = None
    #: Other keys of the same text: YAML's aliases.
    aliases: tuple[str, ...] = ()
    #: Spans of the text that are expressions of the program around it, not text: `$name` in PHP's strings.
    expressions: tuple[tuple[int, int], ...] = ()
    #: The texts of terms that the entry refers to, by name (Fluent).
    terms: Mapping[str, str] = _NO_TERMS


class Entry:
    """One message of a file. There are many of them, and of most only the text is read."""

    __slots__ = ("_spots", "about", "key", "quoting", "text")

    def __init__(self, key: str, text: str, spots: Spots | int, quoting: str, about: About) -> None:
        #: Its name in its format: a dotted path, a name, the msgid (`context|msgid` where it has one).
        self.key = key
        #: The message as the application gets it: unescaped and unfolded, with its placeholders as written.
        self.text = text
        # A number is the place of the text in the file, where all its characters stand for themselves.
        self._spots = spots
        #: How a character of the text is written in the file, see `rewriting`; "" where it cannot be
        #: rewritten.
        self.quoting = quoting
        self.about = about

    @property
    def spots(self) -> Spots:
        """The place of each character of the text in the file."""
        if isinstance(self._spots, int):
            self._spots = run(self.about.file, self._spots, self._spots + len(self.text))
        return self._spots

    @property
    def path(self) -> str:
        """See `About`."""
        return self.about.path

    @property
    def format(self) -> str:
        """See `About`."""
        return self.about.format

    @property
    def language(self) -> str | None:
        """See `About`."""
        return self.about.language

    @property
    def dialects(self) -> tuple[str, ...]:
        """See `About`."""
        return self.about.dialects

    @property
    def source(self) -> str | None:
        """See `About`."""
        return self.about.source

    @property
    def references(self) -> tuple[str, ...]:
        """See `About`."""
        return self.about.references

    @property
    def contexts(self) -> tuple[str, ...]:
        """See `About`."""
        return self.about.contexts

    @property
    def comments(self) -> tuple[str, ...]:
        """See `About`."""
        return self.about.comments

    @property
    def state(self) -> State:
        """See `About`."""
        return self.about.state

    @property
    def plural(self) -> str | None:
        """See `About`."""
        return self.about.plural

    @property
    def expressions(self) -> tuple[tuple[int, int], ...]:
        """See `About`."""
        return self.about.expressions

    @property
    def terms(self) -> Mapping[str, str]:
        """See `About`."""
        return self.about.terms

    @property
    def other_keys(self) -> tuple[str, ...]:
        """Other keys of the same text."""
        about = self.about
        return (f"{about.root}{self.key}", *about.aliases) if about.root else about.aliases

    @property
    def message(self) -> Message:
        """The messages of the text with its placeholders: a variant for each branch."""
        return message(self.text, self.dialects, self.terms, self.expressions)

    @property
    def place(self) -> Place:
        """The place of its first character, or the place where one would be."""
        return self.spots.place(0)

    def rewritten(self, start: int, end: int, new: str) -> Edit | None:
        """The edit that replaces a span of this text; None where no edit is safe.

        The span must not be empty. `new` is as the application gets it: characters that are special to the
        format, or to the dialect of placeholders (an apostrophe of MessageFormat), are escaped here.
        """
        if not self.quoting or not 0 <= start < end <= len(self.text):
            return None
        if not self.spots.is_unbroken(start, end) or any(a < end and start < b for a, b in self.expressions):
            return None
        source = self.spots.source
        first, last = self.spots.offsets(start)[0], self.spots.offsets(end - 1)[1]
        written = written_as(
            self.quoting, self.dialects, self.text, start, end, new, source.text, first, last
        )
        if written is None:
            return None
        try:
            octets = written.encode(source.encoding)
        except UnicodeEncodeError:
            return None
        if self.spots.shares(start, end):
            return None  # one sign in the file writes more than the replaced span
        return Edit(source.octet(first), source.octet(last), octets)


class Reading(NamedTuple):
    """The content of a file: its entries, or why there are none."""

    path: str
    #: "" where no reader knows the file.
    format: str
    entries: tuple[Entry, ...] = ()
    #: Why the file cannot be read: one line, with the place. The file then has no entries.
    broken: FileError | None = None
    #: Sentences about what was not read: the texts of a program.
    notes: tuple[Words, ...] = ()
