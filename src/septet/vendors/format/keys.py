"""The values of a key of a vendor file: a test, the test in words, and a default."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Key(NamedTuple):
    """The values that a key may have: a test, its expectation in words, and the default.

    A key without a default (``...``) is required.
    """

    holds: Callable[[Any], bool]
    expected: str
    default: Any = ...


def is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def whole(low: int, high: int, default: Any = ...) -> Key:
    def holds(value: Any) -> bool:
        return type(value) is int and low <= value <= high

    return Key(holds, f"a whole number from {low} to {high}", default)


def one_of(words: tuple[str, ...], default: Any = ...) -> Key:
    return Key(lambda value: value in words, "one of " + ", ".join(f'"{w}"' for w in words), default)


def some_of(words: tuple[str, ...]) -> Key:
    def holds(value: Any) -> bool:
        return isinstance(value, list) and value != [] and all(word in words for word in value)

    return Key(holds, "a list with some of " + ", ".join(f'"{w}"' for w in words))


def list_of(holds: Callable[[Any], bool], expected: str, default: Any = ...) -> Key:
    return Key(lambda value: isinstance(value, list) and all(map(holds, value)), expected, default)


TEXT = Key(is_text, "a text")
FLAG = Key(lambda value: isinstance(value, bool), "true or false", False)
CHARACTERS = Key(lambda value: isinstance(value, str), "a string of characters", "")
PROVENANCE = {"source": TEXT, "assumed": FLAG, "why": TEXT._replace(default="")}
