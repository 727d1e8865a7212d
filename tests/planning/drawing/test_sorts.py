"""The sorts of characters: what one forces by itself is what it forces in a text, and few are kept."""

from __future__ import annotations

from mechanisms import over_profiles
from random_texts import ASCII, FRENCH
from strategies import AWKWARD, OUTSIDE_GSM

import septet
from septet.planning.drawing.sorts import PLAIN, sorts_of
from septet.planning.terms import Terms

CHARACTERS = sorted({*ASCII, *FRENCH, *AWKWARD, *OUTSIDE_GSM, *"\r\n\x1b\ud800\u0130ŞğИ日😀\u0301²³"})


@over_profiles("profile")
def test_a_character_forces_what_a_text_of_it_does(profile: str) -> None:
    for options in ({}, {"commercial": True}):
        terms: Terms = septet.Planner(profile, **options).terms
        for coding in terms.codings:
            if coding.encoding == "gsm7":
                for character in CHARACTERS:
                    forces = bool([*coding.forcing(character, 0, 1)])
                    assert coding.forces(character) == forces, (coding, character)


def test_few_characters_are_kept_and_all_are_known() -> None:
    plan = septet.Planner().plan("".join(map(chr, range(0x4E00, 0x4E00 + 6000))))
    (entry,) = plan.drawing()["legend"]
    assert entry["times"] == 6000
    sorts = sorts_of(plan)
    assert len(sorts.codes) == 4096
    assert sorts.codes["\u4e00"] == sorts.codes[chr(0x4E00 + 5999)] != PLAIN
    assert len(sorts.of) == 1
