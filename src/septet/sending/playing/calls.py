"""Calls: one request as received over HTTP, its answer, and its content."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Call(NamedTuple):
    """One request as received."""

    method: str
    path: str
    query: str
    #: By their names in lower case.
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header; "" where it is missing."""
        return self.headers.get(name.lower(), "")


class Answer(NamedTuple):
    """The answer over HTTP."""

    status: int
    content_type: str
    body: bytes


class Received(NamedTuple):
    """What a call asked the vendor for."""

    #: What the phone shows: after the vendor's own replacements and cut, with a mention that it adds.
    text: str
    #: As in the call; each once where the vendor was asked to remove duplicates.
    recipients: tuple[str, ...]
    #: The segments that the vendor bills for each recipient.
    segments: int
    #: What was wrong with it, one sentence each, which `septet.translated` says in another language.
    faults: tuple[str, ...]
    #: ``"accepted"``, ``"refused"`` or ``"partly"``: the intended answer, even where less of it was sent.
    outcome: str
    #: ``"gsm7"``, ``"ucs2"`` and the like.
    encoding: str
    #: The text as in the call.
    written: str
    sender: str | None
    #: All fields of the call by the vendor's own names, except credentials.
    fields: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types."""
        return self._asdict() | {"recipients": list(self.recipients), "faults": list(map(str, self.faults))}
