"""The values that a shell offers after an option, as far as septet knows them. The shell itself knows
files."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def one_of(*values: str) -> Callable[[str], list[str]]:
    """Offers these values."""

    def offered(incomplete: str) -> list[str]:
        return _beginning(incomplete, values)

    return offered


def profiles(incomplete: str) -> list[str]:
    """Offers the names of the profiles; with nothing typed, those without a date."""
    from septet.vendors.profiles import profiles as known

    return _beginning(incomplete, (name for name in known() if "@" in incomplete or "@" not in name))


def profile_lists(incomplete: str) -> list[str]:
    """Offers the names of the profiles for the last place of a list with commas."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in profiles(last)]


def ignored_codes(incomplete: str) -> list[str]:
    """Offers the codes of the warnings and notices that may be left out."""
    from septet.wording.problems import SEVERITIES

    return _beginning(incomplete, sorted(code for code, worth in SEVERITIES.items() if worth != "error"))


def countries(incomplete: str) -> list[str]:
    """Offers the codes of the countries."""
    from septet._tables import COUNTRIES

    return _beginning(incomplete.upper(), sorted(COUNTRIES.split()))


def languages(incomplete: str) -> list[str]:
    """Offers the languages with national tables."""
    from septet._tables import LANGUAGES

    return _beginning(incomplete, ["auto", *LANGUAGES])


def _beginning(incomplete: str, values: Iterable[str]) -> list[str]:
    return [value for value in values if value.startswith(incomplete)]
