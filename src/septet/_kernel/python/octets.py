"""The kernel in Python: what is asked of octets as such."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Buffer


def is_utf8(octets: Buffer, /) -> bool:
    """Whether the octets of a buffer are UTF-8, from its beginning to its end."""
    try:
        str(octets, "utf-8")
    except UnicodeDecodeError:
        return False
    return True


def count_octet(octets: Buffer, octet: int, /) -> int:
    """How often one octet is in a buffer."""
    return bytes(octets).count(octet)


def quotes_torn(octets: Buffer, delimiter: int, /) -> bool:
    """Whether text follows at once on a quoted cell of several lines, in rows of delimited text."""
    import re

    ends = re.escape(bytes([delimiter])) + rb"\r\n"
    quoted = re.compile(rb'(?:\A|(?<=[%b]))"[^"]*+(?:""[^"]*+)*+(?:"|\Z)([^%b])?' % (ends, ends))
    return any(
        found[1] is not None and (b"\n" in found[0] or b"\r" in found[0])
        for found in quoted.finditer(bytes(octets))
    )
