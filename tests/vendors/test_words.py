"""The rules in plain words are those that people find in docs/profiles.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import septet

PAGE = Path(__file__).parents[2] / "docs" / "profiles.md"


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    """What the page says about each profile, without the signs that escape others."""
    text = PAGE.read_text("utf-8")
    parts = re.split(r"^## `(.+)`$", text, flags=re.MULTILINE)[1:]
    return {name: re.sub(r"\\(.)", r"\1", said) for name, said in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("name", septet.profiles())
def test_each_rule_is_on_the_page_in_the_same_words(name: str, sections: dict[str, str]) -> None:
    rules = septet.profile(name).rules
    written = [
        f"- **{rule.key}**: {rule.text}\n" + (f"  *Assumed: {rule.why}*\n" if rule.assumed else "")
        for rule in rules
    ]
    assert [rule for rule in written if rule not in sections[name]] == []
    assert sections[name].count("\n- **") == len(rules)
