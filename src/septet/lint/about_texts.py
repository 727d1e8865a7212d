"""Rules about whole texts: their length, their source, their ends, and the problems of their plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from septet.planning.blemishes import may_have_faults
from septet.planning.planner import Planner
from septet.planning.plans import Plan
from septet.templates.pieces import fields_of
from septet.wording.messages import Words, counted, joined, said
from septet.wording.quoting import printable

from .about_characters import segments_in_words
from .configs import Config
from .counting import Count, Counter
from .drafts import Draft
from .findings import Segments
from .placeholders.messages import Field, Literal, Message
from .samples import Sample
from .tips import tip_of

#: The rules that are problems of a plan, by their codes.
_OF_PROBLEMS = {
    "lossy-substitution": "lossy",
    "unmapped-character": "unmapped",
    "invalid-character": "unmapped",
    "optout-missing": "optout-missing",
    "suspect-encoding": "suspect-encoding",
    "suspect-markup": "suspect-markup",
    "glued-link": "glued-link",
    "outer-blanks": "outer-blanks",
}
_MOST_NAMES = 3
_NAME = 40
# Parts of sentences begin with a blank, or end with one.
_A_PART = re.compile(r"\A[ \u00a0](?=\S)|(?<=\S)[ \u00a0]\Z")
_BLANKS = (" ", "\u00a0")
_FEW_WORDS = 6


class TextRules:
    """The rules about whole texts, for one planner."""

    def __init__(self, planner: Planner, counter: Counter, config: Config) -> None:
        self._planner = planner
        self._counter = counter
        self._config = config
        self._edge = config.option("near-the-edge", "characters")

    def drafts(self, text: str, message: Message, count: Count) -> Iterator[Draft]:
        """The findings of the rules about a text with this `count`."""
        yield from self.length(count)
        fields = message.fields
        names = self._counter.unbounded(fields) if fields else ()
        if names:
            yield _unbounded(names, count)
        is_part = _is_part(text)
        if is_part:
            yield Draft(
                "fragment",
                said("The text begins or ends with a blank, like a part that code joins with others."),
            )
        if message.flaws or fields:
            yield from _of_expressions(message, fields)
        longest: Plan | None = None
        for number, variant in enumerate(message.variants):
            sample = Sample(variant)
            if not sample.text.strip():
                continue
            plan = self._planner.plan(sample.text)
            for draft in self._of_problems(plan, sample):
                if not (is_part and draft.rule == "outer-blanks"):
                    yield draft
            if number == 0 and plan.original == count.longest:
                longest = plan
        yield from self._edges(longest or self._planner.plan(count.longest), count)

    def dearer(self, count: Count, source: Count) -> Iterator[Draft]:
        """A finding where a translation takes more than its source."""
        mine, other = count.segments, source.segments
        if mine.most > other.most or (mine.most == other.most and mine.fewest > other.fewest):
            words = said(
                "%(mine)s, while the source text takes %(other)s.",
                mine=segments_in_words(mine),
                other=segments_in_words(other),
            )
            yield Draft("dearer-than-source", words, segments=mine, without=other)

    def length(self, count: Count) -> Iterator[Draft]:
        """A finding where a message may take more than is wanted, or than the vendor takes."""
        limit = self._config.max_segments
        wanted = limit is not None
        if limit is None:
            limit = self._planner.settings.limit
        if count.segments.most <= limit:
            return
        words: Words = (
            said(
                "%(segments)s, but you allow at most %(limit)s",
                segments=segments_in_words(count.segments),
                limit=limit,
            )
            if wanted
            else said(
                "%(segments)s, but the vendor accepts at most %(limit)s",
                segments=segments_in_words(count.segments),
                limit=limit,
            )
        )
        yield Draft(
            "too-many-segments",
            self._with_reasons(words, count),
            segments=count.segments,
            without=Segments(min(limit, count.segments.fewest), limit),
        )

    def _with_reasons(self, words: Words, count: Count) -> Words:
        """The finding with its reasons: the value that takes the most, and the branches that lead there."""
        parts: list[str] = [words]
        fields = fields_of(count.pieces)
        values = {field: self._counter.values(field) for field in fields}
        tip = tip_of(count, self._counter.bounds(count.pieces), self._planner, values) if fields else None
        if tip is not None:
            parts.append(
                said(": %(most)s %(tip)s", most=segments_in_words(_only(count.segments.most)), tip=tip)
            )
        if count.label:
            parts.append(said(" (%(label)s)", label=printable(count.label, 60)))
        return joined("", [*parts, "."])

    def _edges(self, plan: Plan, count: Count) -> Iterator[Draft]:
        if plan.billed_segments and plan.remaining < self._edge:
            words = counted(
                "At most %(number)s character is left before another segment is needed.",
                "At most %(number)s characters are left before another segment is needed.",
                plan.remaining,
            )
            yield Draft("near-the-edge", words, segments=count.segments)

    def _of_problems(self, plan: Plan, sample: Sample) -> Iterator[Draft]:
        if not may_have_faults(plan):
            return
        for problem in plan.problems:
            rule = _OF_PROBLEMS.get(problem.code)
            if rule is None:
                continue
            message = problem.message
            assert isinstance(message, Words)
            severity = None if problem.warns else problem.severity
            if problem.start is None or problem.end is None:
                yield Draft(rule, message, severity=severity)
            elif sample.is_literal(problem.start):
                start, end = sample.place(problem.start), sample.end(problem.end)
                yield Draft(rule, message, start, end, severity=severity)


def flaws_of(message: Message) -> Iterator[Draft]:
    """The flaws that the language of the placeholders sees in a text."""
    for flaw in message.flaws:
        if flaw.rule == "lone-apostrophe":
            words = said(
                "The apostrophe is not sent, and what follows has no arguments: write two apostrophes."
            )
        elif flaw.rule == "single-expression":
            words = said("The whole message is one expression: the strings in it say what it sends.")
        else:
            words = said("A placeholder begins here and is not closed.")
        rule = "unclosed-placeholder" if flaw.rule == "unclosed" else flaw.rule
        yield Draft(rule, words, flaw.start, max(flaw.end, flaw.start + 1))


def _of_expressions(message: Message, fields: tuple[Field, ...]) -> Iterator[Draft]:
    yield from flaws_of(message)
    if any(flaw.rule == "single-expression" for flaw in message.flaws):
        return
    if fields and not any(
        isinstance(piece, Literal) and piece.text and not piece.text.isspace()
        for variant in message.variants
        for piece in variant.pieces
    ):
        name = printable(fields[0].written, _NAME)
        yield Draft(
            "single-expression",
            said("The whole message is %(name)s: what is sent comes from elsewhere.", name=name),
        )


def _unbounded(names: tuple[str, ...], count: Count) -> Draft:
    shown = ", ".join(printable(name, _NAME) for name in names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown += ", …"
    words = counted(
        "The length of %(names)s is not set: 1 to 20 characters are assumed.",
        "The lengths of %(names)s are not set (%(number)s placeholders): 1 to 20 characters are assumed for "
        "each.",
        len(names),
        names=shown,
    )
    return Draft("unbounded-placeholder", words, segments=count.segments)


def _is_part(text: str) -> bool:
    """Whether a text has one blank at an end, and either few words or a beginning inside a sentence."""
    if not (text[:1] in _BLANKS or text[-1:] in _BLANKS) or _A_PART.search(text) is None or not text.strip():
        return False
    begins = text.lstrip()[0]
    return len(text.split()) <= _FEW_WORDS or (text[0] in " \u00a0" and not begins.isupper())


def _only(segments: int) -> Segments:
    return Segments(segments, segments)
