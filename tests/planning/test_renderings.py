"""Renderings: plans of one text share what its coding shows, and say what each would say alone."""

from __future__ import annotations

import pytest

import septet
from septet.planning.blemishes import may_be_blemished
from septet.planning.glances import Glance
from septet.planning.planner import Planner
from septet.planning.plans import Plan

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

    def rendering(name: str) -> object:
        return Planner(name).plan_seen(glance).rendering

    assert rendering("gsm") is rendering("aws") is not None
    assert rendering("smspartner") is not rendering("gsm")
    # They replace the apostrophe alike, though not all of the other characters.
    assert rendering("smspartner") is rendering("govuk-notify")
    glance = seen("Soldes d’été – 20 %")
    assert rendering("smspartner") is not rendering("govuk-notify")
    assert rendering("smsmode") is not rendering("brevo")


def test_a_text_that_is_cut_or_filled_in_shares_none() -> None:
    cut: Plan = Planner("clicksend", truncate=True, max_segments=1).plan_seen(seen("x" * 200))
    assert cut.truncated
    assert cut.rendering is None
    text = "Bonjour\t\tà tous"
    collapsed = Planner("govuk-notify").plan_seen(seen(text))
    assert collapsed.text != text
    assert collapsed.rendering is None
