"""Territories: the country that a vendor counts a territory as.

Only used where options are read and where recipients are separated by country.
"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .profiles import Profile


@lru_cache(maxsize=1024)
def counted_as(profile: Profile, country: str) -> str:
    """The country itself, or the country that the profile counts it as."""
    territories = profile.rule("territories")
    if territories is not None:
        for home, counted in territories["counted_as"].items():
            if country in counted:
                return str(home)
    return country
