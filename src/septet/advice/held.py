"""Held characters: those that a vendor carries in GSM-7, by its alphabet, tables and replacements."""

from __future__ import annotations

from functools import lru_cache

from septet.gsm.alphabets import Tables, alphabet, has_table

from .foldings import foldings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.planner import Planner
    from septet.vendors.profiles import Profile


def held_by(planner: Planner) -> frozenset[str]:
    """The characters that GSM-7 carries for a planner, with any of its tables, or by substitution."""
    return held_with(planner.profile, planner.settings.languages)


@lru_cache(maxsize=64)
def held_with(profile: Profile, languages: tuple[str, ...]) -> frozenset[str]:
    """The characters that GSM-7 carries with any of the tables of these languages, or by substitution."""
    held = profile.alphabet.single.union(profile.alphabet.double, profile.substitutions)
    return held | _held_in_tables(profile, languages)


@lru_cache(maxsize=64)
def lengthened_by(profile: Profile) -> frozenset[str]:
    """The typographic signs whose replacements by the vendor take more septets than a plain sign."""
    septets = profile.alphabet.septets

    def is_lengthened(source: str, target: str) -> bool:
        shorter = next(iter(foldings(source)), None)
        return (
            shorter is not None
            and shorter.step == "typography"
            and all(character in profile.alphabet for character in shorter.replacement)
            and sum(map(septets, shorter.replacement)) < sum(map(septets, target))
        )

    return frozenset(
        source for source, target in profile.substitutions.items() if is_lengthened(source, target)
    )


def _held_in_tables(profile: Profile, languages: tuple[str, ...]) -> frozenset[str]:
    """The characters of the national tables of these languages."""
    rule = profile.rule("alphabet")
    held: set[str] = set()
    for code in languages:
        for tables in (Tables(single=code), *([Tables(locking=code)] if has_table(code, "locking") else [])):
            found = alphabet(rule, tables)
            held |= found.single | found.double
    return frozenset(held)
