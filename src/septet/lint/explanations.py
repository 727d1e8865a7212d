"""Explanations: what a rule finds, why that matters, and what to do."""

from __future__ import annotations

from septet.wording.messages import Words, joined, said
from septet.wording.problems import SEVERITY_NAMES

from .rules import RULES, Rule, check_rule

#: The word for all rules, instead of a rule's name.
ALL = "all"


def explained(name: str) -> Words:
    """The page of a rule, or of all rules. Raises ValueError for an unknown one."""
    if name == ALL:
        return joined("\n", map(_page, RULES.values()))
    return _page(RULES[check_rule(name, "--explain")])


def _page(rule: Rule) -> Words:
    parts: list[str] = [
        said("%(rule)s (%(severity)s)", rule=rule.name, severity=SEVERITY_NAMES[rule.severity]),
        rule.title,
        rule.page,
    ]
    if rule.is_fixable:
        parts.append(said("Fixed by --fix."))
    return joined("\n", (joined("\n\n", parts), ""))
