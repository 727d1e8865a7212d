"""A language that marks everything from the catalogue, so that all other words show.

"The message takes %(actual)s segments" is ⟦The message takes ⟧2⟦ segments⟧ in it: everything
outside the marks must be data, such as a text, a name or a number.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager

from septet.wording import languages

_PARAMETER = re.compile(r"(%\(\w+\)s|%%)")
_MARKED = re.compile(r"⟦[^⟧]*⟧")
# Codes of problems, of rejected rows and of advice.
_CODE = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
_CODE_POINT = re.compile(r"U\+[0-9A-F]{4,6}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def _marked(template: str) -> str:
    parts = _PARAMETER.split(template)
    # What is literal; of single signs and blanks nothing could be translated.
    return "".join(f"⟦{part}⟧" if part and not part.startswith("%") else part for part in parts)


MARKED = languages.Language(
    "fr",
    _marked,
    lambda one, several, number: _marked(one if number == 1 else several),
)


@contextmanager
def everything_marked() -> Iterator[None]:
    """Replaces French by this language."""
    french = languages.language("fr")
    languages._loaded["fr"] = MARKED
    try:
        yield
    finally:
        languages._loaded["fr"] = french


def left_over(text: str, *data: str) -> set[str]:
    """The words of a text that neither come from the catalogue nor are among the data."""
    told = " ".join(text.split())
    for data_or_said in (_MARKED, _CODE, _CODE_POINT):
        told = data_or_said.sub(" ", told)
    return set(_WORD.findall(told)) - _words(data)


@functools.cache
def _words(data: tuple[str, ...]) -> set[str]:
    """The words of data, which is the same for many texts."""
    return set(_WORD.findall(" ".join(data)))
