"""Single characters: those that no alphabet holds, and line breaks."""

from __future__ import annotations

#: U+001B opens an extension code on the wire (TS 23.038, 6.2.1): as text it is in no alphabet.
ESCAPE = "\x1b"

#: A noncharacter that marks a code without a character in a table.
UNDEFINED = "\ufffe"


def is_invalid(character: str) -> bool:
    """Whether no SMS can carry it as text: U+001B, or a surrogate without its pair."""
    return character == ESCAPE or "\ud800" <= character <= "\udfff"


def holds_invalid(text: str) -> bool:
    """Whether any character of a text is invalid."""
    if text.isascii():
        return ESCAPE in text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True  # a surrogate without its pair
    return ESCAPE in text


def is_encodable(text: str, charset: str) -> bool:
    """Whether a charset has every character of a text."""
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def unify_line_breaks(text: str) -> str:
    """Replaces CRLF and a lone CR by LF, for vendors that count line breaks instead of characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def place_in_original(original: str, place: int) -> int:
    """The place in the original of a place in ``unify_line_breaks(original)``."""
    at = original.find("\r\n")
    while at != -1 and at < place:
        place += 1
        at = original.find("\r\n", at + 2)
    return place
