"""What the formats share: paths as all tools write them, and findings in one line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from septet.errors import FileError
from septet.lint.findings import Finding
from septet.wording.messages import amount, said, translated
from septet.wording.quoting import printable

#: The longest part of a key that is shown.
_KEY = 60


class Trouble(NamedTuple):
    """A file that could not be read, for a tool."""

    path: str
    line: int
    message: str


def shown_path(path: str) -> str:
    """A path, relative to the current directory where it is inside, with slashes between the names."""
    if os.path.isabs(path):
        below = os.path.relpath(path)
        path = path if below.startswith(os.pardir) else below
    return path.replace(os.sep, "/")


def shown_key(finding: Finding) -> str:
    """The key of an entry with its plural form, not too long, on one line."""
    key = printable(finding.key, _KEY)
    return key if finding.plural is None else f"{key} [{finding.plural}]"


def message_of(finding: Finding, lang: str, currency: str = "") -> str:
    """The message of a finding, with its cost."""
    message = str(translated(finding.message, lang))
    if finding.cost is None:
        return message
    cost = said("That costs %(cost)s a year.", cost=amount(finding.cost.normalize(), currency))
    return f"{message} {translated(cost, lang)}"


def troubles(broken: tuple[FileError, ...]) -> Iterator[Trouble]:
    """The files that could not be read."""
    for error in broken:
        yield Trouble(shown_path(error.file or ""), error.line or 1, error.reason)
