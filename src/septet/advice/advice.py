"""Advice: the cheaper ways to say the same, each with what its reader will see of it."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple

from septet.gsm.alphabets import Tables, alphabet, has_table
from septet.planning.codings import Change
from septet.planning.planner import Planner
from septet.planning.planner import plan as plan_of
from septet.planning.pricing import price_per_segment, times
from septet.wording.places import placing

from .encodings import mending
from .foldings import LAST_RESORTS, foldings, loss_of
from .notes import note_of_language, note_of_shortening, note_of_ways
from .rewriting import Weight, books, changes, needed, rewritten, taken_back
from .shortening import shortenings
from .spots import Way, spots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from typing import Any

    from typing_extensions import Unpack

    from septet.planning.composed import Encoding
    from septet.planning.options import Options
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile

    from .encodings import Mending


class Advice(NamedTuple):
    """One way to say the same for fewer billed segments, or with less of it lost; or a text mended.

    Of the kind `encoding` is a garbled text as it was before it was read in the wrong charset: that
    is advised whatever it saves, and alone, so that nothing is made of what nobody wrote.
    Planned with the options that the advice was asked with (and `language`, where it is not
    None), `text` has exactly this encoding, these units and these billed segments.
    """

    #: The steps taken, joined by ``+``: ``typography+cedilla``; docs/advice.md lists them.
    kind: str
    text: str
    encoding: Encoding
    units: int
    billed_segments: int
    #: Billed segments that it saves; below 0 where a garbled text costs more once it is mended.
    saves: int
    #: What is changed in the text as it was given; the reason of each is its step.
    changes: tuple[Change, ...]
    #: What the reader of the SMS will see of it, in plain words.
    note: str
    #: Units that it saves; where the encoding changes, they are of another size.
    saves_units: int
    #: How many more characters of the sender's reach the phone: neither lost nor cut.
    mends: int
    #: National tables to allow, as the option of this name takes them.
    language: tuple[str, ...] | None = None

    def saves_cost(self, price: Decimal | int | str | float) -> Decimal:
        """What it saves at a price for one segment, exactly; the price as `Plan.cost` takes it."""
        return times(price_per_segment(price), self.saves)

    def to_dict(self, places: str = "code-points") -> dict[str, Any]:
        """All of it in plain JSON types; `places` as `Plan.to_dict` takes them."""
        placed = placing(taken_back(self.text, self.changes), places)
        return self._asdict() | {
            "changes": [placed(change._asdict()) for change in self.changes],
            "language": None if self.language is None else list(self.language),
        }


def advise(
    text: str, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]
) -> tuple[Advice, ...]:
    """Every way to say a text for fewer billed segments, or with less of it lost; the best first.

    Nothing that lengthens the bill, or brings an error that was not there, is among them, but the
    mended text where the one given is garbled: then that is all there is (kind `encoding`). Letters
    of other scripts are written in Latin ones only where Unidecode is installed (extra
    `transliterate`). Options and errors as for `plan`.
    """
    return advise_on(plan_of(text, profile, **options))


def advise_on(plan: Plan) -> tuple[Advice, ...]:
    """The advice about a text that is planned already."""
    mended = mending(plan)
    if mended is not None:
        # What is garbled is mended first: to write it otherwise would make it official.
        return _as_it_was(plan, mended)
    if not may_gain(plan):
        return ()
    before = _weigh(plan)
    # What compiled the plan compiled all that these need: only a meter is made anew.
    planner = Planner.on(plan.terms)
    ranked = (
        *_rewritten(plan, planner, before),
        *_in_a_language(plan, planner, before),
        *_shorter(plan, planner),
    )
    found: dict[tuple[str, tuple[str, ...] | None], tuple[tuple[Any, ...], Advice]] = {}
    for rank, advice in ranked:
        same = found.get((advice.text, advice.language))
        if same is None or rank < same[0]:
            found[advice.text, advice.language] = rank, advice
    return tuple(advice for _, advice in sorted(found.values(), key=lambda ranked: ranked[0]))


def _as_it_was(plan: Plan, mended: Mending) -> tuple[Advice, ...]:
    """The advice about a garbled text, whatever it saves; none where it cannot be told what it was."""
    if mended.text is None:
        return ()
    after = Planner.on(plan.terms).plan(mended.text)
    advice = Advice(
        "encoding",
        mended.text,
        after.encoding,
        after.units,
        after.billed_segments,
        plan.billed_segments - after.billed_segments,
        mended.changes,
        mended.note,
        plan.units - after.units,
        max(0, lost_characters(plan) - lost_characters(after)),
    )
    return (advice,)


# Leaving words out is advised in passing where they are no more than this part of the text.
_FEW = 10


def in_passing(plan: Plan) -> Iterator[Advice]:
    """The best way to say a text otherwise, and the words to leave out if they are few.

    Without what needs a package that may not be there, so that it is the same everywhere.
    """
    found = [advice for advice in advise_on(plan) if "transliteration" not in advice.kind]
    yield from [advice for advice in found if advice.kind != "shortening"][:1]
    for advice in found:
        if advice.kind == "shortening" and advice.saves_units * _FEW <= plan.units:
            yield advice


def may_gain(plan: Plan) -> bool:
    """Whether anything can be saved, or kept from being lost."""
    return plan.billed_segments > 1 or (plan.billed_segments == 1 and lost_characters(plan) > 0)


def lost_characters(plan: Plan) -> int:
    """How many characters of the sender's do not reach the phone: lost, in no alphabet, or cut."""
    outside = (plan.coding.outsiders(plan.original, start, end) for start, end in plan.written(plan.cut))
    return sum(1 for places in outside for _ in places) + plan.truncated


Ranked = tuple[tuple[object, ...], Advice]


def _rewritten(plan: Plan, planner: Planner, before: Weight) -> Iterator[Ranked]:
    """The text written otherwise."""
    text = plan.original
    # UCS-2 that is forced carries a text as it is written.
    lengthened = _lengthened(planner.profile) if "gsm7" in planner.settings.encodings else frozenset()
    line_breaks = not planner.profile.line_break_units
    found = spots(text, _held(planner), line_breaks=line_breaks, lengthened=lengthened)
    # Where GSM-7 takes whatever there is, each character that it holds is one more that arrives.
    partly = planner.settings.encodings[-1] == "gsm7"
    if planner.settings.encodings == ("ucs2",):
        found = [spot._replace(settling=None, sounding=None) for spot in found]

    def weigh(ways: Sequence[Way]) -> Weight:
        return _weigh(planner.plan(rewritten(text, ways)))

    for book in books(text, found, partly=partly):
        for ways in needed(book.ways, before, weigh, whole=book.whole and not partly):
            kind = "+".join(sorted({way.step for way in ways}, key=loss_of))
            advised = rewritten(text, ways)
            yield from _ranked(plan, planner, kind, advised, changes(ways), note_of_ways(ways), ways)


def _in_a_language(plan: Plan, planner: Planner, before: Weight) -> Iterator[Ranked]:
    """The text in a national language table, as it is or with plain signs."""
    text = plan.original
    rule = planner.profile.rule("languages")
    if (
        not rule
        or not rule["offered"]
        or planner.settings.languages
        or "gsm7" not in planner.settings.encodings
    ):
        return
    offered = tuple(rule["offered"])
    holds = _held(planner) | _held_in_tables(planner.profile, offered)
    found = spots(text, holds, line_breaks=False)
    mild: list[Way] = []
    for spot in found:
        if not spot.outside:
            continue
        way = spot.settling
        if way is None or way.loss > loss_of("language"):
            return  # in no table
        mild.append(way)
    rewrite = rewritten(text, mild)
    automatic = planner.asking(language="auto").plan(rewrite)
    if automatic.encoding != "gsm7" or not automatic.tables.shifts:
        return
    if not _weigh(automatic).beats(before):
        return
    language = _fewest(planner, rewrite, automatic)
    tables = planner.asking(language=language).plan(rewrite).tables
    kind = "+".join([*sorted({way.step for way in mild}, key=loss_of), "language"])
    notes = (note_of_ways(mild) + " " if mild else "") + note_of_language(tables, language)
    yield from _ranked(plan, planner, kind, rewrite, changes(mild), notes, mild, language)


def _fewest(planner: Planner, text: str, automatic: Plan) -> tuple[str, ...]:
    """The languages to allow: one alone, where that is as good as all of them."""
    both = tuple(dict.fromkeys(code for code in automatic.tables if code is not None))
    for code in both:
        alone = planner.asking(language=(code,)).plan(text)
        if alone.encoding == "gsm7" and _weigh(alone).is_no_worse_than(_weigh(automatic)):
            return (code,)
    return both


def _shorter(plan: Plan, planner: Planner) -> Iterator[Ranked]:
    """The text without its last words."""
    text = plan.original
    for found in shortenings(plan, planner):
        shorter = text[: found.start] + text[found.end :]
        after = planner.plan(shorter)
        if after.billed_segments > found.billed_segments or after.truncated:
            continue
        cut = Change(found.start, found.end, text[found.start : found.end], "", "shortening")
        way = Way(found.start, found.end, cut.source, "", "shortening", loss_of("shortening"))
        notes = note_of_shortening(cut.source, found.units, plan.billed_segments - after.billed_segments)
        yield from _ranked(plan, planner, "shortening", shorter, (cut,), notes, (way,))
        return


def _ranked(
    plan: Plan,
    planner: Planner,
    kind: str,
    text: str,
    changed: tuple[Change, ...],
    note: str,
    ways: Sequence[Way],
    language: tuple[str, ...] | None = None,
) -> Iterator[Ranked]:
    """An advice with its rank, the best having the least; nothing if it does not keep its promise."""
    allowing = planner if language is None else planner.asking(language=language)
    after, before = allowing.plan(text), _weigh(plan)
    weight = _weigh(after)
    if not weight.beats(before) or _errors(after) - _errors(plan):
        return
    advice = Advice(
        kind,
        text,
        after.encoding,
        after.units,
        after.billed_segments,
        plan.billed_segments - after.billed_segments,
        changed,
        note,
        plan.units - after.units,
        before.lost - weight.lost,
        language,
    )
    losses = {way.loss for way in ways} | ({loss_of("language")} if language is not None else set())
    is_last_resort = not LAST_RESORTS.isdisjoint(kind.split("+"))
    rank = (
        kind == "shortening",
        weight.lost,
        is_last_resort,
        weight.billed_segments,
        sum(way.step in LAST_RESORTS for way in ways),
        sorted(losses, reverse=True),
        len(changed),
        after.units,
        kind,
        text,
    )
    yield rank, advice


def _weigh(plan: Plan) -> Weight:
    return Weight(plan.billed_segments, lost_characters(plan))


def _errors(plan: Plan) -> set[str]:
    return {problem.code for problem in plan.problems if problem.severity == "error"}


def _held(planner: Planner) -> frozenset[str]:
    """The characters that GSM-7 carries for a planner, with any of its tables, or by substitution."""
    return _held_by(planner.profile) | _held_in_tables(planner.profile, planner.settings.languages)


@lru_cache(maxsize=64)
def _held_by(profile: Profile) -> frozenset[str]:
    return profile.alphabet.single.union(profile.alphabet.double, profile.substitutions)


@lru_cache(maxsize=64)
def _lengthened(profile: Profile) -> frozenset[str]:
    """The typographic signs that the vendor replaces by more septets than a plain sign takes."""
    septets = profile.alphabet.septets

    def is_lengthened(source: str, target: str) -> bool:
        shorter = next(iter(foldings(source)), None)
        return (
            shorter is not None
            and shorter.step == "typography"
            and all(character in profile.alphabet for character in shorter.replacement)
            and sum(map(septets, shorter.replacement)) < sum(map(septets, target))
        )

    return frozenset(
        source for source, target in profile.substitutions.items() if is_lengthened(source, target)
    )


@lru_cache(maxsize=64)
def _held_in_tables(profile: Profile, languages: tuple[str, ...]) -> frozenset[str]:
    rule = profile.rule("alphabet")
    held: set[str] = set()
    for code in languages:
        for tables in (Tables(single=code), *([Tables(locking=code)] if has_table(code, "locking") else [])):
            found = alphabet(rule, tables)
            held |= found.single | found.double
    return frozenset(held)
