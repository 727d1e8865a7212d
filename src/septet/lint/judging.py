"""Judging: all findings of the rules about an entry, with places in its file and their costs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from septet.planning.planner import Planner
from septet.templates.lengths import MOST_CHARACTERS
from septet.wording.messages import said
from septet.wording.quoting import printable

from .about_characters import CharacterRules, segments_in_words
from .about_texts import TextRules, flaws_of
from .clean_texts import CleanTexts
from .configs import Config
from .counting import Count, Counter
from .drafts import Draft
from .entries import Entry
from .findings import Finding
from .globs import any_matches
from .placeholders.dialects import message as message_of
from .reports import Note
from .selection import ignored_by, names_of, separator_of

_IN_FORCE = "translated"
#: The most counts of source texts to keep.
_KEPT = 4096
#: Templates of catalogues, which have no translations.
_OF_SOURCES = ".pot"


class Judge:
    """The rules of a configuration, ready for many entries."""

    def __init__(self, config: Config, planner: Planner) -> None:
        self.config = config
        self.planner = planner
        self.counter = Counter(planner, config)
        self.about_characters = CharacterRules(planner, self.counter)
        self._about_texts = TextRules(planner, self.counter, config)
        self._clean = CleanTexts(planner, self.counter, config)
        #: The notes besides the findings.
        self.notes: list[Note] = []
        self._counts: dict[tuple[str, tuple[str, ...]], Count | None] = {}

    def unsure(self, entries: list[Entry]) -> list[Entry]:
        """The entries that may have findings; most have none."""
        return self._clean.unsure(entries)

    def findings(self, entry: Entry, source: Entry | None = None) -> list[Finding]:
        """The findings about an entry, by place; `source` is its source text, from another file."""
        told: dict[str, Draft] = {}
        ignored: frozenset[str] | None = None
        for draft in self._drafts(entry, source):
            if ignored is None:
                ignored = ignored_by(entry, self.config)
            if draft.rule in ignored:
                continue
            first = told.get(draft.rule)
            if first is None or (draft.start or 0) < (first.start or 0):
                told[draft.rule] = draft
        if not told:
            return []
        found = [self._placed(entry, draft) for draft in told.values()]
        return sorted(found, key=lambda finding: (finding.line, finding.column, finding.rule))

    def _drafts(self, entry: Entry, source: Entry | None) -> Iterator[Draft]:
        if entry.state == "obsolete":
            yield Draft("obsolete", said("The entry is obsolete: it is not sent, and was not counted."))
            return
        if not entry.text or entry.state == "fuzzy":
            yield from self._of_the_source(entry)
            return
        message = entry.message
        if not message.is_complete:
            words = said(
                "%(key)s has too many branches: only some were counted.", key=printable(entry.key, 60)
            )
            self.notes.append(Note(entry.path, words))
        try:
            forms = self.counter.forms(message)
            count = self.counter.count_of(forms)
        except ValueError:
            yield from flaws_of(message)
            yield Draft(
                "too-many-segments",
                said(
                    "Its values may have more than %(most)s characters, which no vendor accepts.",
                    most=MOST_CHARACTERS,
                ),
            )
            return
        is_translated = entry.state == _IN_FORCE
        if is_translated and self._clean.holds(entry.text, message, count):
            return
        yield from self.about_characters.drafts(entry.text, message, forms, count.segments)
        yield from self._about_texts.drafts(entry.text, message, count)
        if not is_translated and not entry.path.endswith(_OF_SOURCES):
            words = said(
                "There is no translation: the source text is sent, %(segments)s.",
                segments=segments_in_words(count.segments),
            )
            yield Draft("untranslated", words, segments=count.segments)
        if count.segments.most <= 1:
            return  # no source text takes less
        other = self._source_count(entry, source)
        if other is not None:
            yield from self._about_texts.dearer(count, other)

    def _of_the_source(self, entry: Entry) -> Iterator[Draft]:
        """The findings about an entry whose own text is not sent."""
        if entry.state != "fuzzy" or not entry.source:
            yield Draft(
                "untranslated", said("The text is empty: nothing is sent, or the text of another language.")
            )
            return
        count = self._counted(entry.source, entry)
        if count is None:
            return
        words = said(
            "The translation is marked as fuzzy: the source text is sent, %(segments)s.",
            segments=segments_in_words(count.segments),
        )
        yield Draft("untranslated", words, segments=count.segments)
        yield from self._about_texts.length(count)

    def _source_count(self, entry: Entry, source: Entry | None) -> Count | None:
        if source is not None:
            return self._counted(source.text, source)
        if entry.state != _IN_FORCE or not entry.source or _is_a_key(entry.source):
            return None
        return None if entry.source == entry.text else self._counted(entry.source, entry)

    def _counted(self, text: str, entry: Entry) -> Count | None:
        if entry.terms:
            return self._counted_anew(text, entry)
        # Many languages have the same source.
        key = text, entry.dialects
        if key not in self._counts:
            if len(self._counts) >= _KEPT:
                self._counts.clear()
            self._counts[key] = self._counted_anew(text, entry)
        return self._counts[key]

    def _counted_anew(self, text: str, entry: Entry) -> Count | None:
        try:
            return self.counter.count(message_of(text, entry.dialects, entry.terms))
        except ValueError:  # its values are too long for bounds
            return None

    def _placed(self, entry: Entry, draft: Draft) -> Finding:
        spots = entry.spots
        start = draft.start or 0
        end = len(entry.text) if draft.end is None else min(draft.end, len(entry.text))
        if entry.state == "fuzzy":
            end = 0
        line, column = spots.place(start)
        end_line, end_column = spots.place(end)
        if (end_line, end_column) < (line, column):
            end_line, end_column = line, column
        severity = (
            self.config.severities.get(draft.rule) or draft.severity or self.config.severity(draft.rule)
        )
        marked = "\0".join((entry.key, entry.plural or "", draft.rule, entry.text))
        digest = hashlib.sha256(marked.encode("utf-8", "surrogatepass"))
        return Finding(
            path=entry.path,
            line=line,
            column=column,
            rule=draft.rule,
            severity=severity,
            key=entry.key,
            plural=entry.plural,
            message=draft.message,
            end_line=end_line,
            end_column=end_column,
            language=entry.language,
            segments=draft.segments,
            without=draft.without,
            cost=self._cost(entry, draft),
            is_fixable=draft.is_fixable and bool(entry.quoting),
            fingerprint=digest.hexdigest()[:32],
        )

    def _cost(self, entry: Entry, draft: Draft) -> Decimal | None:
        price = self.config.price
        if price is None or not draft.saved:
            return None
        volume = volume_of(entry, self.config)
        return price * draft.saved * volume if volume else None


def volume_of(entry: Entry, config: Config) -> int:
    """How many messages of an entry are sent a year; 0 where the configuration has no volume."""
    names = list(names_of(entry))
    separator = separator_of(entry)
    return next(
        (number for glob, number in config.volume.items() if any_matches((glob,), names, separator)), 0
    )


def _is_a_key(text: str) -> bool:
    """Whether a source text is only a name, as where the key of a message is given instead of a text."""
    return not any(map(str.isspace, text)) and ("." in text or "_" in text or text.islower())
