"""Kept answers: what is known about single characters, for the next text that has them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# So many answers are kept. The ones that are kept longest are the most frequent.
_MOST = 4096


class Kept(dict[str, str]):
    """The answers of a function to single characters, by character."""

    def __init__(self, ask: Callable[[str], str]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, character: str) -> str:
        answer = self._ask(character)
        if len(self) < _MOST:
            self[character] = answer
        return answer
