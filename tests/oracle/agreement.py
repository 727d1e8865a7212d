"""A plan of the library compared with the oracle's plan of the same text, part by part."""

from __future__ import annotations

from typing import Any

import oracle
from judged_problems import JUDGED
from oracle_profiles import Rules

import septet
from septet.planning.things.links import links
from septet.planning.things.recognition import things


def library_answer(text: str, planner: septet.Planner) -> oracle.Answer:
    """A plan of the library in the oracle's words."""
    plan = planner.plan(text)
    return oracle.Answer(
        encoding=plan.encoding,
        text=plan.text,
        units=plan.units,
        billed_segments=plan.billed_segments,
        remaining=plan.remaining,
        segments=[oracle.ShownSegment(s.text, s.units, s.capacity) for s in plan.segments],
        changes=[(c.start, c.end, c.source, c.replacement, c.reason) for c in plan.changes],
        prefix=plan.prefix,
        suffix=plan.suffix,
        optout=plan.optout,
        optout_status=plan.optout_status,
        truncated=plan.truncated,
        problems=sorted(
            [(p.code, p.severity, p.start, p.end) for p in plan.problems if p.code not in JUDGED],
            key=lambda problem: (problem[0], -1 if problem[2] is None else problem[2]),
        ),
    )


def right_answer(text: str, profile: str | Rules, options: dict[str, Any], **others: Any) -> oracle.Answer:
    """The oracle's plan; where a link ends is not its business."""
    return oracle.answer(
        text, profile, links_of=lambda one: [link[1:] for link in links(one)], **others, **options
    )


def check(text: str, profile: str, options: dict[str, Any]) -> None:
    found = things(text) if options.get("truncate") == "words" else ()
    right = right_answer(text, profile, options, things=[tuple(thing) for thing in found])
    planner = septet.Planner(profile, **options)
    assert library_answer(text, planner)._asdict() == right._asdict()
    measure = planner.measure(text)
    assert tuple(measure) == (right.encoding, right.units, right.billed_segments)
