"""Shapes: user data in plain JSON types (the schema `part`)."""

from __future__ import annotations

from septet.errors import DecodeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .user_data import UserData


def hex_of(octets: bytes) -> str:
    """Octets in hexadecimal, as modems write them."""
    return octets.hex().upper()


def part_shape(part: UserData) -> dict[str, Any]:
    """A part; `text` is None if it has none by itself."""
    concatenation = part.concatenation
    return {
        "udhi": part.udhi,
        "data_coding": part.data_coding,
        "coding": part.coding,
        "length": part.length,
        "octets": hex_of(part.octets),
        "short_message": hex_of(part.short_message),
        "header": [
            {"identifier": element.identifier, "kind": element.kind, "data": hex_of(element.data)}
            for element in part.header
        ],
        "concatenation": concatenation._asdict() if concatenation else None,
        "tables": part.tables._asdict(),
        "text": text_of(part),
    }


def text_of(part: UserData) -> str | None:
    """The text of a part; None for 8-bit data, and for a part of several that ends inside a character."""
    if part.coding == "8bit":
        return None
    try:
        return part.text
    except DecodeError:
        if part.concatenation is None:
            raise
        return None
