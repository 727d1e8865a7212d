"""Planners: those that a service keeps, so that no request compiles what an earlier one did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from septet.errors import OptionError
from septet.planning.options import NAMES
from septet.planning.planner import Planner, kept_planner
from septet.vendors.profiles import Profile

#: The planners to keep whose options are chosen from lists, and those with words of the client's own: these
#: are kept apart, so that a client that changes them with each request evicts no others.
KEPT, KEPT_WITH_WORDS = 256, 32

_NAMES = frozenset(NAMES)
_WORDS = frozenset({"optout_text", "truncate_mark", "ports", "header", "prefix", "suffix", "ignore"})

#: The given options, each with its value, in a form for a cache.
Chosen = tuple[tuple[str, Any], ...]


def options_of(asked: Mapping[str, Any]) -> Any:
    """The options of a request that are given, by name, as `septet.plan` takes them."""
    return dict(_chosen(asked))


def _chosen(asked: Mapping[str, Any]) -> Chosen:
    return tuple(
        [
            (name, _hashable(name, value) if type(value) in (list, str) else value)
            for name, value in asked.items()
            if name in _NAMES and value is not None
        ]
    )


def _hashable(name: str, value: Any) -> Any:
    if name == "header":
        return bytes.fromhex(value)
    return tuple(value) if type(value) is list else value


class Planners:
    """Planners by profile and options; safe in threads. Raises OptionError as `Planner` does."""

    def __init__(self, find: Callable[[str], Profile]) -> None:
        def made(profile: str, chosen: Chosen) -> Planner:
            return Planner(find(profile), **dict(chosen))

        def parted(profiles: tuple[str, ...], chosen: Chosen) -> tuple[list[Profile], list[dict[str, str]]]:
            able, left_out = [], []
            for profile in map(find, profiles):
                try:
                    # The planners that the library keeps: too many would evict those that other requests
                    # need.
                    kept_planner(profile, dict(chosen))  # type: ignore[arg-type]
                    able.append(profile)
                except OptionError as error:
                    left_out.append({"profile": profile.name, "title": profile.title, "option": error.option})
            return able, left_out

        self._parted = lru_cache(KEPT_WITH_WORDS)(parted)
        self._of_choices = lru_cache(KEPT)(made)
        self._with_words = lru_cache(KEPT_WITH_WORDS)(made)

    def of(self, profile: str, asked: Mapping[str, Any]) -> Planner:
        """The planner that a request needs, for the profile of this name; raises the errors of finding it."""
        kept = self._of_choices if _WORDS.isdisjoint(asked) else self._with_words
        return kept(profile, _chosen(asked))

    def able(
        self, profiles: tuple[str, ...], asked: Mapping[str, Any]
    ) -> tuple[list[Profile], list[dict[str, str]]]:
        """The named profiles that support the request, and the reasons of the others.

        To find that a profile does not support it takes as long as compiling a planner, and so the result
        is kept. Both lists are shared: the caller must not change them.
        """
        return self._parted(profiles, _chosen(asked))

    def hits_and_misses(self) -> tuple[int, int]:
        """How many requests found their planner, and how many had to compile it."""
        counts = [kept.cache_info() for kept in (self._of_choices, self._with_words)]
        return sum(count.hits for count in counts), sum(count.misses for count in counts)
