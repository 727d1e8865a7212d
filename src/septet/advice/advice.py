"""Advice: cheaper ways to say the same, each with what its reader will see of it."""

from __future__ import annotations

import os
from typing import NamedTuple

from septet.planning.changes import Change
from septet.planning.planner import Planner, kept_planner
from septet.planning.pricing import price_per_segment, times
from septet.planning.things.recognition import things
from septet.wording.languages import ENGLISH
from septet.wording.messages import joined, translated
from septet.wording.places import placing

from .drafts import draft_of, upon
from .encodings import mending
from .foldings import LAST_RESORTS, loss_of
from .languages import in_a_language
from .losses import lost_characters, may_gain
from .notes import note_of_cost, note_of_shortening, note_of_ways
from .opt_outs import with_opt_out
from .repairs import repairs
from .rewordings import reworded
from .rewriting import rewritten, taken_back, weigh
from .shortening import shortenings
from .ways import Way

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from typing import Any

    from typing_extensions import Unpack

    from septet.planning.composed import Encoding
    from septet.planning.option_types import Options
    from septet.planning.plans import Plan
    from septet.planning.things.thing import Thing
    from septet.vendors.profiles import Profile

    from .drafts import Draft
    from .encodings import Mending
    from .rewriting import Weight

    Ranked = tuple[tuple[Any, ...], "Advice"]


class Advice(NamedTuple):
    """A wording with fewer billed segments, with fewer lost characters, or a repaired text.

    The kind `encoding` is a garbled text as it was before it was read in the wrong charset: this is
    advised whatever it saves, and without other advice, so that nothing is based on what nobody wrote.
    HTML, blanks at the ends and text glued to a link (`markup`, `strip`, `blank`) are repaired in every
    other advice, and in one that does nothing else, whatever it saves.
    Planned with the options of the advice (and `language`, if it is not None), `text` has exactly this
    encoding, these units and these billed segments.
    """

    #: The steps taken, joined by ``+``: ``typography+cedilla``; docs/advice.md lists them.
    kind: str
    text: str
    encoding: Encoding
    units: int
    billed_segments: int
    #: Billed segments that it saves; below 0 if a repaired text costs more.
    saves: int
    #: The changes of the text as it was given; the reason of each is its step.
    changes: tuple[Change, ...]
    #: What the reader of the SMS will see of it, in plain words.
    note: str
    #: Units that it saves; if the encoding changes, they are of another size.
    saves_units: int
    #: How many more of the sender's characters reach the phone, neither lost nor cut.
    mends: int
    #: National tables to allow, as a value of the option of this name.
    language: tuple[str, ...] | None = None

    def saves_cost(self, price: Decimal | int | str | float) -> Decimal:
        """The exact money that it saves at a price for one segment; the price is as for `Plan.cost`."""
        return times(price_per_segment(price), self.saves)

    def to_dict(self, places: str = "code-points", lang: str = ENGLISH) -> dict[str, Any]:
        """The advice in plain JSON types; `places` and `lang` are as in `Plan.to_dict`."""
        placed = placing(taken_back(self.text, self.changes), places)
        return self._asdict() | {
            "changes": [placed(change._asdict()) for change in self.changes],
            "note": str(translated(self.note, lang)),
            "language": None if self.language is None else list(self.language),
        }


def advise(
    text: str, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]
) -> tuple[Advice, ...]:
    """All wordings of a text with fewer billed segments or fewer lost characters, the best first.

    None of them brings a new error or loses more, and none costs more unless a text has to be
    repaired. If the text is garbled, the only advice is the repaired text (kind `encoding`). Letters
    of other scripts are written in Latin ones only if Unidecode is installed (extra `transliterate`).
    Options and errors are as for `plan`.
    """
    planner = kept_planner(profile, options)
    return tuple(advice for _, advice in _in_order(planner.plan(text), planner))


def advise_on(plan: Plan) -> tuple[Advice, ...]:
    """The advice about a text that is already planned."""
    return tuple(advice for _, advice in _in_order(plan))


def _in_order(plan: Plan, planner: Planner | None = None) -> list[Ranked]:
    """All advice about a text, with its rank, the best first; the planner of the plan, if there is one."""
    mended = mending(plan)
    if mended is not None:
        # A garbled text is repaired first: writing it otherwise would confirm it.
        return [((_FIRST,), advice) for advice in _as_it_was(plan, mended)]
    text = plan.original
    repaired = repairs(text, plan.terms.placeholders)
    if not repaired and not may_gain(plan):
        return []
    # The plan's terms are compiled already: these only need a new meter.
    planner = planner or Planner.on(plan.terms)
    base, given = plan, weigh(plan)
    before = given
    found: list[Ranked | None] = []
    if repaired:
        base = planner.plan(rewritten(text, repaired))
        before = weigh(base)
        found.append(_ranked(plan, given, draft_of(base, repaired, note_of_ways(repaired)), None))
    if may_gain(base):
        whole = things(base.original)
        drafts = (
            *reworded(base, whole, planner, before),
            *in_a_language(base.original, whole, planner, before),
            *_shorter(base, whole, planner),
        )
        found += [_ranked(plan, given, upon(text, repaired, draft), before) for draft in drafts]
    best: dict[tuple[str, tuple[str, ...] | None], Ranked] = {}
    for ranked in filter(None, found):
        rank, advice = ranked
        same = best.get((advice.text, advice.language))
        if same is None or rank < same[0]:
            best[advice.text, advice.language] = ranked
    return sorted(best.values(), key=lambda ranked: ranked[0])


def _as_it_was(plan: Plan, mended: Mending) -> tuple[Advice, ...]:
    """The advice about a garbled text, whatever it saves; none if the original text is unknown."""
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


# Leaving out words is advised in passing only if they are at most this part of the text.
_FEW = 10


def in_passing(plan: Plan) -> Iterator[Advice]:
    """The best way to write a text otherwise, and the words to leave out if they are few.

    Without advice that needs an optional package, so that it is the same everywhere; and without
    advice that a phone may show otherwise.
    """
    found = [ranked for ranked in _in_order(plan) if "transliteration" not in ranked[1].kind]
    yield from [advice for (place, *_), advice in found if place == _FIRST][:1]
    for _, advice in found:
        if "shortening" in advice.kind.split("+") and advice.saves_units * _FEW <= plan.units:
            yield advice


def _shorter(plan: Plan, whole: Sequence[Thing], planner: Planner) -> Iterator[Draft]:
    """The text without its last words."""
    text = plan.original
    if plan.terms.settings.mention is None:
        whole = with_opt_out(text, whole)  # otherwise the mention of the vendor is what has to stay
    for found in shortenings(plan, planner, whole):
        loss = loss_of("shortening")
        ways = [Way(*place, text[slice(*place)], "", "shortening", loss) for place in found.places]
        after = planner.plan(rewritten(text, ways))
        if after.billed_segments > found.billed_segments or after.truncated:
            continue
        sources, saves = [way.source for way in ways], plan.billed_segments - after.billed_segments
        yield draft_of(after, ways, note_of_shortening(sources, found.units, saves))
        return


# The order of advice: what is written otherwise, what is left out, what a phone may show otherwise.
_FIRST, _BEHIND, _LAST = range(3)


def _ranked(plan: Plan, given: Weight, draft: Draft, before: Weight | None) -> Ranked | None:
    """The advice of a draft with its rank, which is lowest for the best; None if it gains nothing.

    It gains something if it beats the weight `before`; without that it repairs the text. `given` is the
    weight of the plan of the text as it was given.
    """
    after, text, ways, language = draft.plan, draft.text, draft.ways, draft.language
    weight = weigh(after)
    saves, mends = given.billed_segments - weight.billed_segments, given.lost - weight.lost
    if (before is not None and not weight.beats(before)) or mends < 0:
        return None
    if not after.ok and _errors(after) - _errors(plan):
        return None
    note = draft.note if saves >= 0 else joined(" ", (draft.note, note_of_cost(-saves)))
    advice = Advice(
        draft.kind,
        text,
        after.encoding,
        after.units,
        weight.billed_segments,
        saves,
        draft.changes,
        note,
        plan.units - after.units,
        mends,
        language,
    )
    losses = {way.loss for way in ways}
    if language is not None:
        losses.add(loss_of("language"))
    steps = draft.kind.split("+")
    is_last_resort = not LAST_RESORTS.isdisjoint(steps)
    rank = (
        _LAST if draft.is_risky else _BEHIND if "shortening" in steps else _FIRST,
        weight.lost,
        is_last_resort,
        weight.billed_segments,
        sum(way.step in LAST_RESORTS for way in ways) if is_last_resort else 0,
        sorted(losses, reverse=True),
        len(advice.changes),
        after.units,
        draft.kind,
        text,
    )
    return rank, advice


def _errors(plan: Plan) -> set[str]:
    return {problem.code for problem in plan.problems if problem.severity == "error"}
