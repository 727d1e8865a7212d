"""Dialects: which placeholders may stand in a text, and what it becomes with them."""

from __future__ import annotations

from collections.abc import Mapping

from .messages import Field, Literal, Message, Variant


def message(text: str, dialects: tuple[str, ...], terms: Mapping[str, str] | None = None) -> Message:
    """What a text makes with the placeholders of some dialects (`Entry.dialects`, `Entry.terms`)."""
    return Message((Variant("", (Literal(text, 0, len(text)),) if text else ()),))


def placeholders(text: str, dialects: tuple[str, ...]) -> tuple[Field, ...]:
    """Every placeholder of a text, by its place."""
    return message(text, dialects).fields
