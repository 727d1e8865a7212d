"""Other editions: other documents and products of the vendor, and the standard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from septet import _tables
from septet.errors import OptionError
from septet.planning.options import Settings
from septet.vendors.profiles import profile as find_profile
from septet.wording.messages import said

from .hypotheses import EDITION, PRODUCT, Hypothesis

if TYPE_CHECKING:
    from .ways import Way

#: The profile of the standard.
_STANDARD = "gsm"
_BASE = re.compile(r"[a-z0-9]+")


def other_editions(way: Way) -> Iterator[Hypothesis]:
    """The profiles that bear the vendor's name, and the standard's."""
    own = way.profile.name
    base = _base(own)
    for name, (_, title, _, _) in _tables.VENDORS.items():
        if name == own or (_base(name) != base and name != _STANDARD):
            continue
        if name.partition("@")[0] == own.partition("@")[0]:
            words = said("the vendor counts as its document %(name)s says", name=name)
            kind = EDITION
        elif name == _STANDARD:
            words, kind = said("only the standard applies"), PRODUCT
        else:
            words, kind = said("the messages are billed as those of %(title)s", title=title), PRODUCT

        def change(way: Way, name: str = name) -> Way:
            return _with_known_options(way._replace(profile=find_profile(name)))

        yield Hypothesis(f"profile={name}", kind, words, change)


def _base(name: str) -> str:
    found = _BASE.match(name)
    return found.group() if found else name


def _with_known_options(way: Way) -> Way:
    """Without the options that this profile does not take: another document may have no such switch."""
    options = dict(way.options)
    while True:
        try:
            Settings(way.profile, dict(options))
        except OptionError as error:
            if options.pop(error.option, None) is None:
                raise
        else:
            return way._replace(options=options)
