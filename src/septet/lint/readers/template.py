"""Plain templates: a file that is one message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from septet.lint.entries import Entry
from septet.lint.places import Mapping

from .files import File, decoded

_LINE_END = re.compile("\r\n")
_LAST = re.compile(r"(?:\r\n|\n|\r)\Z")


def entries(file: File) -> Iterator[Entry]:
    """The whole file; the end of its last line is not part of the message, as in Jinja."""
    name = re.split(r"[\\/]", file.path)[-1]
    last = _LAST.search(file.text)
    end = last.start() if last else len(file.text)
    mapping = Mapping()
    decoded(mapping, file.text, 0, end, _LINE_END, lambda found: "\n")
    spots = mapping.spots(file.source) if end else 0
    yield file.entry(name.partition(".")[0], mapping.text, spots, "plain", aliases=(name,))
