"""The rows of a batch file: one message each, and the faults of rows."""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import shown
from septet.vendors.profiles import profile as profile_of
from septet.vendors.profiles import with_batch_files
from septet.wording.languages import ENGLISH
from septet.wording.quoting import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    #: A function that is called with each row that has a problem.
    OnFault: TypeAlias = Callable[["BatchFault"], object]
    #: A row in any form that a caller may give.
    Row: TypeAlias = "BatchRow | Mapping[str, str | None] | Sequence[str | None]"

#: The values of a row, in the order of rows without names.
CONTENTS = ("recipient", "text", "sender")


class BatchRow(NamedTuple):
    """One message of a batch file."""

    #: The line of the file where it begins, or the number of a row from another source, counted from 1.
    line: int
    recipient: str
    text: str
    #: Empty where the row has none.
    sender: str = ""


class BatchFault(NamedTuple):
    """A row that has problems, and its result."""

    line: int
    #: The values of the row, as given.
    fields: tuple[str, ...]
    problems: tuple[Problem, ...]
    #: Whether the row is left out; otherwise none of its problems is an error.
    refused: bool

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types; `lang` as `Plan.to_dict` takes it."""
        problems = [problem.to_dict(lang) for problem in self.problems]
        return self._asdict() | {"fields": list(self.fields), "problems": problems}


def batch_profile(profile: str | os.PathLike[str] | Profile | None) -> Profile:
    """The profile of a batch file; None finds the one with batch files. Raises ValueError."""
    known = with_batch_files()
    found = profile_of(known[0] if profile is None else profile)
    if found.rule("batch") is None:
        raise ValueError(f"profile {found.name} has no batch files; expected {' or '.join(known)}")
    return found


def numbered(profile: Profile, rows: Iterable[Any]) -> Iterator[BatchRow | BatchFault]:
    """The rows that a caller gave, each with its number.

    Raises TypeError and ValueError, which name the row, for an invalid one.
    """
    names = {content: content for content in CONTENTS}
    names |= {column["name"]: column["holds"] for column in profile.rule("batch")["columns"]}
    for number, row in enumerate(rows, start=1):
        if isinstance(row, (BatchRow, BatchFault)):
            yield row
        elif isinstance(row, (tuple, list)):
            if not 2 <= len(row) <= len(CONTENTS):
                raise ValueError(f"row {number}: expected {', '.join(CONTENTS)}, found {len(row)} values")
            yield BatchRow(number, *_texts(number, dict(zip(CONTENTS, row, strict=False))))
        elif hasattr(row, "items"):
            yield BatchRow(number, *_texts(number, _by_content(number, row, names)))
        else:
            raise TypeError(f"row {number}: expected a mapping or a tuple, found {type(row).__name__}")


def _by_content(number: int, row: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in row.items():
        if name not in names:
            raise ValueError(
                f"row {number}: {shown(name)} is not a column{nearest(str(name), list(names))}: "
                f"expected {', '.join(names)}"
            )
        if names[name] in found:
            raise ValueError(f"row {number}: the {names[name]} is given twice: expected it under one name")
        found[names[name]] = value
    return found


def _texts(number: int, values: Mapping[str, object]) -> tuple[str, str, str]:
    for content, value in values.items():
        # An int is refused because its first zero is already lost.
        if value is not None and not isinstance(value, str):
            raise TypeError(f"row {number}: {content}: expected a text, found {type(value).__name__}")
    recipient, text, sender = (values.get(content) or "" for content in CONTENTS)
    return str(recipient), str(text), str(sender)
