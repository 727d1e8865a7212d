"""What asks for many plans compiles each planner once: requests, comparisons."""

from __future__ import annotations

from typing import Any

import pytest

import septet
from septet.advice.comparison import compare
from septet.planning.planner import forget_planners
from septet.planning.terms import Terms

TEXT = "Soldes : -20 % jusqu'a dimanche, 10 € offerts !"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Terms]:
    """The terms that are compiled from here on; none are kept from before."""
    found: list[Terms] = []
    compile_terms = Terms.__init__

    def noting(terms: Terms, *arguments: Any, **options: Any) -> None:
        compile_terms(terms, *arguments, **options)
        found.append(terms)

    monkeypatch.setattr(Terms, "__init__", noting)
    forget_planners()
    return found


@pytest.mark.parametrize("profile", ["smsmode", "smspartner", "envoyersmspro", "encom"])
@pytest.mark.parametrize("recipients", ["+33612345678", "+33612345678,+32470123456"])
def test_a_second_request_compiles_nothing(compiled: list[Terms], profile: str, recipients: str) -> None:
    def ask(number: str) -> septet.Plan:
        return septet.prepare(
            profile, TEXT, recipients=number, commercial=True, send_at="2030-05-06T10:00"
        ).plan

    first = ask(recipients)
    assert compiled
    compiled.clear()
    assert ask(recipients.replace("5678", "5679")) == first
    assert not compiled


def test_a_second_comparison_compiles_nothing(compiled: list[Terms]) -> None:
    profiles = [septet.profile(name) for name in septet.profiles()]

    compare(TEXT, profiles, {})
    assert len(compiled) == len(profiles)
    compiled.clear()
    compare(f"{TEXT} Merci", profiles, {})
    assert not compiled
