"""The names of national language tables, as people read them."""

from __future__ import annotations

from functools import lru_cache

from septet.wording.messages import listed, phrase, said

from .alphabets import language_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.wording.messages import Words

    from .alphabets import Tables


@lru_cache(maxsize=256)
def table_names(tables: Tables) -> Words:
    """The names of these tables: ``the Turkish locking shift table and the Turkish single shift table``."""
    names = []
    if tables.locking:
        language = phrase(language_name(tables.locking))
        names.append(said("the %(language)s locking shift table", language=language))
    if tables.single:
        language = phrase(language_name(tables.single))
        names.append(said("the %(language)s single shift table", language=language))
    return listed(names)
