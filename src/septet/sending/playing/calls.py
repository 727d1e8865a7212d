"""Calls: one request as it came over HTTP, what goes back, and what it turned out to ask for."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Call(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    query: str
    #: By their names in small letters.
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header; "" where it did not come."""
        return self.headers.get(name.lower(), "")


class Answer(NamedTuple):
    """What goes back over HTTP."""

    status: int
    content_type: str
    body: bytes


class Received(NamedTuple):
    """What a call asked the vendor for."""

    #: What the phone shows: after the vendor's own replacements and cut, with a mention that it adds.
    text: str
    #: As they stood in the call; each once where the vendor was asked to remove duplicates.
    recipients: tuple[str, ...]
    #: The segments that the vendor bills for each recipient.
    segments: int
    #: What was wrong with it, one sentence each, which `septet.translated` says in another language.
    faults: tuple[str, ...]
    #: ``"accepted"``, ``"refused"`` or ``"partly"``: what it was answered, whatever came back of that.
    outcome: str
    #: ``"gsm7"``, ``"ucs2"`` and the like.
    encoding: str
    #: The text as it stood in the call.
    written: str
    sender: str | None
    #: All that stood in the call by the vendor's own names, but for credentials.
    fields: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types."""
        return self._asdict() | {"recipients": list(self.recipients), "faults": list(map(str, self.faults))}
