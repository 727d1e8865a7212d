"""Planners: those that a service keeps, so that no request compiles what an earlier one did."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from septet.planning.options import NAMES
from septet.planning.planner import Planner
from septet.vendors.profiles import Profile

#: Planners whose options are chosen from lists, and those with words of the client's own: these are
#: kept apart, so that whoever changes them with each request throws out nobody else's.
KEPT, KEPT_WITH_WORDS = 256, 32

_WORDS = frozenset({"optout_text", "truncate_mark", "ports", "header", "prefix", "suffix", "ignore"})
_WORD_PLACES = tuple(place for place, name in enumerate(NAMES) if name in _WORDS)


def options_of(asked: Mapping[str, Any]) -> tuple[Any, ...]:
    """The options of a request in the order of their names, as `septet.plan` takes them."""
    values = [asked.get(name) for name in NAMES]
    return tuple(
        tuple(value)
        if type(value) is list
        else bytes.fromhex(value)
        if name == "header" and value is not None
        else value
        for name, value in zip(NAMES, values, strict=True)
    )


class Planners:
    """Planners by profile and options; safe in threads. Raises OptionError as `Planner` does."""

    def __init__(self) -> None:
        self._of_choices = lru_cache(KEPT, typed=True)(_made)
        self._with_words = lru_cache(KEPT_WITH_WORDS, typed=True)(_made)

    def of(self, profile: Profile, asked: Mapping[str, Any]) -> Planner:
        """The planner that a request needs."""
        options = options_of(asked)
        if any(options[place] is not None for place in _WORD_PLACES):
            return self._with_words(profile, options)
        return self._of_choices(profile, options)

    def hits_and_misses(self) -> tuple[int, int]:
        """How many requests found their planner, and how many had to compile it."""
        counts = [kept.cache_info() for kept in (self._of_choices, self._with_words)]
        return sum(count.hits for count in counts), sum(count.misses for count in counts)


def _made(profile: Profile, options: tuple[Any, ...]) -> Planner:
    return Planner(profile, **given(options))


def given(options: tuple[Any, ...]) -> Any:
    """Of options in the order of their names, those that are given, by name."""
    return {name: value for name, value in zip(NAMES, options, strict=True) if value is not None}
