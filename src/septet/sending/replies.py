"""Replies: whether somebody who answers a message wants no more of them."""

from __future__ import annotations

import re
import unicodedata

from septet._tables.optout_words import WORDS
from septet.destinations.countries import country_code
from septet.errors import no_text
from septet.vendors.profiles import profile as find_profile

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from septet.vendors.profiles import Profile

# What may follow the word: the short code that the mention named, as in "STOP au 36111".
_BEHIND = r"(?: (?:AU|SMS|SMS AU|TO))?(?: \d{4,8})?"
_APART = re.compile(r"[^A-Z0-9-]+")


def is_optout(
    reply: str, profile: str | os.PathLike[str] | Profile | None = None, country: str | None = None
) -> bool:
    """Whether a reply asks to stop the messages, by the words that vendors document.

    Case, accents, punctuation and blanks do not matter: ``"Stop."``, ``"arrêt"``, ``"STOP au 36111"``. The
    word has to be the whole reply, or come before a short code: ``"do not stop"`` is no such reply. `country`
    (ISO 3166-1) or, without it, that of `profile` decides which words count; without either all of them do.

    Raises ValueError for an unknown country, ProfileError for an unknown profile, TypeError for a value
    that is not a text.
    """
    if not isinstance(reply, str):
        raise no_text("reply", reply)
    where = country_code(country)
    if where is None and profile is not None:
        where = find_profile(profile).country
    plain = _plain(reply)
    return any(
        re.fullmatch(re.escape(word) + _BEHIND, plain) is not None
        for word, countries in WORDS
        if where is None or countries == "*" or where in countries.split()
    )


def _plain(reply: str) -> str:
    """A reply in capitals without accents, its words separated by single blanks."""
    letters = unicodedata.normalize("NFKD", reply[:200].upper())
    bare = "".join(character for character in letters if not unicodedata.combining(character))
    return _APART.sub(" ", bare).strip()
