"""Page answers: requests of the page only, for a message as a page to keep, and for the command line of its
request."""

from __future__ import annotations

from typing import Any

from septet.sending.curl import command
from septet.wording.languages import ENGLISH
from septet.wording.messages import phrase, translated
from septet.wording.speaking import speaking

from .answers import Answers, Asked


def curl(answers: Answers, asked: Asked) -> dict[str, Any]:
    """The request that sends a message, as a command of curl, and what there is to know before.

    `command` is null where the message may not be sent, or its vendor's documents describe no request.
    """
    lang = asked.get("lang") or ENGLISH
    prepared = answers.prepared(asked)
    rule = prepared.plan.terms.profile.rule("request")
    request = prepared.request if prepared.ok and rule else None
    return {
        "ok": prepared.ok,
        "problems": [problem.to_dict(lang) for problem in prepared.problems],
        "command": None if request is None else command(request),
        "credentials": str(translated(phrase(rule["authentication"]), lang)) if rule else None,
    }


def report(answers: Answers, asked: Asked) -> dict[str, Any]:
    """The message as a page of HTML that needs nothing else: what ``septet preview --html`` writes."""
    from septet.views.pages.preview import preview_page

    plan = answers.planned(asked, answers.settings.max_advise)
    with speaking(asked.get("lang") or ENGLISH):
        return {"html": preview_page(plan, plan.terms.profile, price=asked.get("price"))}
