"""A million random texts: the Python twin and the compiled kernel measure them alike.

SEPTET_TEXTS is their number, SEPTET_SEED decides which ones; the seed is printed. One short text in a
hundred goes to the oracle too. Nothing is shrunk here: the hypothesis tests do that.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import Any

import made_profiles
import oracle
import pytest
from kernels import KERNELS, put_in_place
from oracle_profiles import OTHERS, SEEDS
from random_texts import random_text

import septet

TEXTS = int(os.environ.get("SEPTET_TEXTS", "1000000"))

VARIANTS: list[dict[str, Any]] = [
    {},
    {"commercial": True},
    {"encoding": "auto"},
    {"truncate": True, "max_segments": 1},
]


def planners(name: str, profiles: Iterable[str]) -> list[tuple[str, dict[str, Any], septet.Planner]]:
    """A planner of this kernel for each profile, shipped or made, and variant."""
    with pytest.MonkeyPatch.context() as patch:
        put_in_place(name, patch)
        return [
            (profile, options, septet.Planner(of_name(profile), **options))
            for profile in profiles
            for options in VARIANTS
        ]


def of_name(profile: str) -> str | septet.Profile:
    return made_profiles.made(profile) if profile in made_profiles.NAMES else profile


@pytest.mark.compiled_kernel
def test_both_kernels_measure_a_million_texts_alike() -> None:
    seed = int(os.environ.get("SEPTET_SEED", random.randrange(2**32)))
    print(f"\n{TEXTS} texts, SEPTET_SEED={seed}")
    dice = random.Random(seed)
    twins = list(zip(*(planners(name, SEEDS) for name in KERNELS), strict=True))
    others = list(zip(*(planners(name, OTHERS) for name in KERNELS), strict=True))
    made = list(zip(*(planners(name, made_profiles.NAMES) for name in KERNELS), strict=True))
    for number in range(TEXTS):
        text = random_text(dice)
        # Each of the first profiles, in one variant after the other, and one of the others of each kind.
        chosen = [*twins[number % len(VARIANTS) :: len(VARIANTS)], dice.choice(others), dice.choice(made)]
        for (profile, options, first), (_, _, second) in chosen:
            measure = first.measure(text)
            assert second.measure(text) == measure, (seed, number, profile, options, text)
        if number % 100 == 0 and len(text) <= 320:
            profile, options, _ = dice.choice(twins + others + made)[0]
            is_made = profile in made_profiles.NAMES
            rules = made_profiles.rules(profile) if is_made else profile
            answer = oracle.answer(text, rules, **options)
            measure = septet.Planner(of_name(profile), **options).measure(text)
            expected = (answer.encoding, answer.units, answer.billed_segments)
            assert tuple(measure) == expected, (seed, number, profile, options, text)
