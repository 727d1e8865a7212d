"""Languages: a text in a national table, unchanged or with plain signs."""

from __future__ import annotations

from septet import _tables
from septet.wording.messages import joined

from .drafts import Draft
from .foldings import loss_of
from .held import held_with
from .joints import smoothed
from .notes import note_of_language, note_of_ways
from .rewriting import rewritten, weigh
from .spots import spots
from .whole import open_ends

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from septet.planning.planner import Planner
    from septet.planning.plans import Plan
    from septet.planning.things.thing import Thing

    from .rewriting import Weight
    from .ways import Way


def in_a_language(text: str, things: Sequence[Thing], planner: Planner, before: Weight) -> Iterator[Draft]:
    """The text in the national tables of a language, if the vendor offers some and none is asked for."""
    rule = planner.profile.rule("languages")
    if (
        not rule
        or not rule["offered"]
        or planner.settings.languages
        or "gsm7" not in planner.settings.encodings
    ):
        return
    offered = tuple(rule["offered"])
    mild: list[Way] = []
    holds, worst = held_with(planner.profile, offered), loss_of("language")
    for spot in spots(text, holds, things, line_breaks=False, worst=worst):
        if not spot.outside:
            continue
        if spot.settling is None or spot.settling.loss > worst:
            return  # in no table
        mild.append(spot.settling)
    mild = smoothed(text, mild, open_ends(text, things))
    rewrite = rewritten(text, mild)
    automatic = planner.asking(language="auto").plan(rewrite)
    if automatic.encoding != "gsm7" or not automatic.tables.shifts:
        return
    if not weigh(automatic).beats(before):
        return
    language, allowed = _fewest(planner, rewrite, automatic)
    kind = "+".join([*sorted({way.step for way in mild}, key=loss_of), "language"])
    # Only a vendor that documents them, or a phone sold where the language is spoken, knows them.
    is_risky = rule["assumed"] and not _is_spoken(language, planner.settings.country)
    notes = [note_of_language(allowed.tables, language, is_risky=is_risky)]
    if mild:
        notes.insert(1 if is_risky else 0, note_of_ways(mild))
    note = joined(" ", notes)
    yield Draft(kind, allowed, mild, note, language, is_risky)


def _is_spoken(language: tuple[str, ...], country: str | None) -> bool:
    """Whether all of these languages are those of a country."""
    return all(country in _tables.COUNTRIES_OF[code].split() for code in language)


def _fewest(planner: Planner, text: str, automatic: Plan) -> tuple[tuple[str, ...], Plan]:
    """The languages to allow, and the plan with them: a single one if that is as good as all of them."""
    both = tuple(dict.fromkeys(code for code in automatic.tables if code is not None))
    if len(both) == 1:
        # Of fewer tables, those that were the best of all are the best again.
        return both, automatic
    for code in both:
        alone = planner.asking(language=(code,)).plan(text)
        if alone.encoding == "gsm7" and weigh(alone).is_no_worse_than(weigh(automatic)):
            return (code,), alone
    return both, planner.asking(language=both).plan(text)
