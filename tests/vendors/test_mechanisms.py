"""The profiles that stand for all where a test is slow do all that any profile does."""

from __future__ import annotations

from mechanisms import BY_MECHANISM, mechanisms
from oracle_profiles import PROFILES

import septet


def test_the_oracle_knows_every_profile() -> None:
    assert sorted(PROFILES) == sorted(septet.profiles())


def test_each_mechanism_is_tried() -> None:
    assert set(BY_MECHANISM) <= set(septet.profiles())
    tried = set().union(*map(mechanisms, BY_MECHANISM))
    left_out = {name: mechanisms(name) - tried for name in septet.profiles()}
    assert {name: found for name, found in left_out.items() if found} == {}
