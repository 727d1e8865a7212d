"""Renderings: plans of one text share what its coding shows, and say what each would say alone."""

from __future__ import annotations

from functools import lru_cache

import pytest

import septet
from septet.planning.blemishes import may_be_blemished
from septet.planning.glances import Glance
from septet.planning.planner import Planner
from septet.planning.plans import Plan
from septet.planning.renderings import Rendering, Showing

TEXTS = (
    "",
    "Soldes d’été : -20 % ce week-end, réservé à nos clients fidèles, à 9 h",
    "l’œuvre\r\nà 12,50 €\rçà et là 👨‍👩‍👧 \u200b\u00ad ½ ² 3 d’août",
    "voir https://exemplé.fr/l’été ou 06 12\u202f34 56 78\r\n",
    "half \ud800 a pair, \x1b, \x92 and â€™",
    "ğüşıöçŞİ [STOP_CODE] {name}",
    "’😀" * 40,
)
OPTIONS = ({}, {"commercial": True}, {"encoding": "gsm7"}, {"truncate": True, "max_segments": 1})


def planners(options: dict[str, object]) -> list[Planner]:
    found = []
    for name in septet.profiles():
        try:
            found.append(Planner(name, **options))  # type: ignore[arg-type]
        except septet.OptionError:
            continue  # it has no such encoding, or may not take so many segments
    return found


def seen(text: str) -> Glance:
    return Glance(text, is_blemished=may_be_blemished(text))


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_plans_that_share_are_as_each_is_alone(options: dict[str, object]) -> None:
    chosen = planners(options)
    for text in TEXTS:
        glance = seen(text)
        # The last one of a kind is asked first, so that no order is the lucky one.
        for planner in chosen[::-1]:
            plan, alone = planner.plan_seen(glance), planner.plan(text)
            assert plan.to_dict() == alone.to_dict()
            assert (plan.sent, plan.ok, plan.intact) == (alone.sent, alone.ok, alone.intact)


def test_vendors_that_write_alike_share_one_rendering() -> None:
    glance = seen("Soldes d’été")

    def rendering(name: str) -> Rendering:
        found = Planner(name).plan_seen(glance).rendering
        assert found is not None
        return found

    assert rendering("gsm") is rendering("aws")
    assert rendering("smspartner") is not rendering("gsm")
    assert rendering("smspartner") is not rendering("govuk-notify")


def test_vendors_that_write_a_text_alike_share_what_is_shown() -> None:
    def showing(name: str, text: str) -> Showing:
        rendering = Planner(name).plan_seen(seen_once(text)).rendering
        assert rendering is not None
        return rendering.showing

    seen_once = lru_cache(seen)
    text = "Soldes d’été"
    # Both replace the apostrophe, and differ in other characters only.
    assert showing("smspartner", text) is showing("govuk-notify", text)
    assert showing("smspartner", text) is not showing("gsm", text)
    # One of them has no replacement for the dash.
    text += " – 20 %"
    assert showing("smspartner", text) is not showing("govuk-notify", text)
    # Both show a question mark, which is an error at one of them.
    assert showing("smsmode", text) is not showing("brevo", text)
    # A line break may have two characters.
    text = "Soldes d’été\r\nà 9 h"
    assert showing("smspartner", text) is not showing("bird", text)


def test_a_text_that_is_cut_or_filled_in_shares_none() -> None:
    cut: Plan = Planner("clicksend", truncate=True, max_segments=1).plan_seen(seen("x" * 200))
    assert cut.truncated
    assert cut.rendering is None
    text = "Bonjour\t\tà tous"
    collapsed = Planner("govuk-notify").plan_seen(seen(text))
    assert collapsed.text != text
    assert collapsed.rendering is None
