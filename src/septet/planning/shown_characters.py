"""Shown characters: what the phone shows for each character of a text."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Shown(dict[int, str]):
    """What the phone shows for each character; all that it does not list are shown alike."""

    def __init__(self, characters: dict[str, str], unknown: str) -> None:
        super().__init__((ord(source), target) for source, target in characters.items())
        self.unknown = unknown

    def __missing__(self, ordinal: int) -> str:
        return self.unknown


def shown_as(text: str, shown: Mapping[int, str], places: Sequence[int] | None) -> str:
    """A text as it is shown; it may differ from what is written only at these places (None: at many)."""
    sent_for, unknown = shown.get, shown.unknown if isinstance(shown, Shown) else None
    if places is None:
        # Each character is looked up once, as `Shown` is slow for those that it does not list.
        found = {ord(character): sent_for(ord(character), unknown or character) for character in {*text}}
        return text.translate(found)
    parts: list[str] = []
    start = 0
    for place in places:
        character = text[place]
        sent = sent_for(ord(character), unknown)
        parts += text[start:place], character if sent is None else sent
        start = place + 1
    parts.append(text[start:])
    return "".join(parts)
