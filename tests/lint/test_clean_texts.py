"""Texts that are passed over have nothing that a rule is made of."""

from __future__ import annotations

from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from raised_problems import RAISED
from strategies import texts

import septet
from septet.lint.about_texts import _OF_PROBLEMS
from septet.lint.checking import planner_of
from septet.lint.configs import config_of
from septet.lint.judging import Judge
from septet.lint.places import Source
from septet.lint.readers.files import File
from septet.planning.blemishes import may_have_faults

PLANNERS = [
    septet.Planner(name, **options)
    for name in ("gsm", "twilio", "smsmode", "smspartner", "ovhcloud", "octopush")
    for options in ({}, {"commercial": True}, {"commercial": True, "optout": "never"})
]


def check(plan: septet.Plan) -> bool:
    has_faults = any(problem.code in _OF_PROBLEMS for problem in plan.problems)
    assert may_have_faults(plan) or not has_faults, plan.problems
    return has_faults


def test_each_problem_that_a_rule_is_made_of_is_looked_for() -> None:
    raised = set()
    for _, profile, options, text, *_ in RAISED:
        plan = septet.plan(text, profile, **options)
        check(plan)
        raised |= {problem.code for problem in plan.problems}
    assert raised >= set(_OF_PROBLEMS)


@given(text=texts(), planner=st.sampled_from(PLANNERS))
@examples(200)
def test_no_text_is_passed_over_that_has_one(text: str, planner: septet.Planner) -> None:
    check(planner.plan(text))


PARTS = [
    "Bonjour ",
    "%(name)s",
    "{code}",
    "l'été",
    "’",
    "(ici)",
    " ex.fr",
    "€",
    "x" * 70,
    "ê",
    "Ã©",
    "\n",
    " ",
    "`",
    "<b>",
]


@given(
    parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=7),
    profile=st.sampled_from(["gsm", "twilio", "smsmode", "ovhcloud", "smspartner", "telnyx"]),
    bounds=st.sampled_from([{"*": "1..20"}, {"name": "0..9"}, {"*": "3:accents"}]),
    options=st.sampled_from([{}, {"commercial": True}, {"encoding": "gsm7"}, {"suffix": "STOP"}]),
)
@examples(200)
def test_what_is_clean_at_once_has_no_finding(
    parts: list[str], profile: str, bounds: dict[str, str], options: dict[str, object]
) -> None:
    try:
        config = config_of({"profile": profile, "bounds": bounds, **options})
        judge = Judge(config, planner_of(config))
    except septet.OptionError:
        return
    source = Source("".join(parts).encode())
    file = File("fr.txt", source, "template", ("percent", "general"))
    entry = file.entry("key", source.text, 0, "plain")
    count = judge.counter.count(entry.message)
    if judge._clean.holds(entry.text, entry.message, count):
        judge._clean._most = -1  # nothing is clean at once
        assert judge.findings(entry) == []
