"""The vendor's log of its messages, in plain words."""

from __future__ import annotations

from septet.wording.messages import joined, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.wording.messages import Words


def export_words(table: dict[str, Any]) -> Words:
    """The name of a log, and what its columns hold."""
    names = ", ".join(table["text"])
    parts: list[Words] = [
        said(
            "%(title)s: the text in %(text)s, the billed segments in %(segments)s",
            title=table["title"],
            text=names,
            segments=", ".join(table["segments"]),
        )
    ]
    if table["unbilled"]:
        parts.append(said("not billed: %(statuses)s", statuses=", ".join(table["unbilled"])))
    if table["inbound"]:
        parts.append(said("received: %(directions)s", directions=", ".join(table["inbound"])))
    if table["other_channels"]:
        channels = ", ".join(table["other_channels"])
        parts.append(said("no SMS where the recipient begins with %(channels)s", channels=channels))
    return joined(said("; "), parts)
