"""Texts that are passed over have nothing that a rule is made of."""

from __future__ import annotations

from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from raised_problems import RAISED
from strategies import texts

import septet
from septet.lint.about_texts import _OF_PROBLEMS
from septet.planning.diagnosis import may_have_faults

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
