"""Packing: septets into octets and back, with no bits between them."""

from __future__ import annotations

from septet.errors import DecodeError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: The largest value of seven bits.
LAST_SEPTET = 0x7F

#: TS 23.038, 6.1.2.3.1: the filler of seven spare bits in USSD, where a zero septet would be read as "@".
CARRIAGE_RETURN = 0x0D

#: TS 23.040, 9.2.3.24: a header of whole octets ends at most this many bits before a septet boundary.
MOST_FILL_BITS = 6


def pack(septets: Iterable[int] | bytes, fill_bits: int = 0, padding: str | None = None) -> bytes:
    """Septets, one per byte or number, as packed octets: the first in the lowest bits of the first octet.

    `fill_bits` (0 to 6) zero bits come first: they align the text after a user data header to a septet
    boundary (TS 23.040, 9.2.3.24). The result has
    ``ceil((fill_bits + 7 * count) / 8)`` octets. Free bits in the last one are zero, even seven
    of them: in SMS the number of septets is sent too, so they are not read as ``@``. USSD sends no
    number; with ``padding="ussd"`` a CR takes those seven bits, and a text that ends in CR
    on an octet boundary gets a second one, since the receiver removes the last.

    Raises ValueError for a septet above 0x7F, other fill bits or another padding.
    Source: TS 23.038, 6.1.2.1.1 (SMS) and 6.1.2.3.1 (USSD).

    >>> pack(b"hellohello").hex()
    'e8329bfd4697d9ec37'
    >>> pack(b"0123456").hex(), pack(b"0123456", padding="ussd").hex()
    ('b0986c46abd900', 'b0986c46abd91a')
    """
    _check(fill_bits, padding)
    if isinstance(septets, str):
        raise TypeError('septets: expected bytes or numbers, found str; text.encode("gsm03.38") gives bytes')
    waiting, bits, last = 0, fill_bits, None
    octets = bytearray()
    for place, last in enumerate(septets):
        if not 0 <= last <= LAST_SEPTET:
            raise ValueError(f"septets: expected 0x00 to 0x7F, found {last:#04x} at place {place}")
        waiting |= last << bits
        bits += 7
        if bits >= 8:
            octets.append(waiting & 0xFF)
            waiting >>= 8
            bits -= 8
    # TS 23.038, 6.1.2.3.1: "If the total number of characters to be sent equals (8n-1) […] there are
    # 7 spare bits at the end of the message. […] the carriage return […] shall be used for padding".
    if padding is not None and bits == 1:
        waiting |= CARRIAGE_RETURN << 1
    # The same clause: "If <CR> is intended to be the last character and the message […] ends on an
    # octet boundary, then another <CR> must be added together with a padding bit 0."
    elif padding is not None and bits == 0 and last == CARRIAGE_RETURN:
        waiting, bits = CARRIAGE_RETURN, 7
    if bits:
        octets.append(waiting)
    return bytes(octets)


def unpack(octets: bytes, count: int, fill_bits: int = 0, padding: str | None = None) -> bytes:
    """The first `count` septets of packed octets, one per byte of the result.

    `fill_bits` as for `pack`; octets beyond the last septet are ignored. With
    ``padding="ussd"`` a CR that ends on the last octet's boundary is removed; `count` is then as
    many septets as the octets hold, ``len(octets) * 8 // 7``.

    Raises DecodeError if the octets hold fewer septets; ValueError for a count below 0, other
    fill bits or another padding. Source: TS 23.038, 6.1.2.1.1 (SMS) and 6.1.2.3.1 (USSD).

    >>> unpack(bytes.fromhex("e8329bfd4697d9ec37"), 10)
    b'hellohello'
    """
    _check(fill_bits, padding)
    if not isinstance(octets, (bytes, bytearray, memoryview)):
        raise TypeError(f"octets: expected bytes, found {type(octets).__name__}")
    if type(count) is not int or count < 0:
        raise ValueError(f"count: expected a number of septets, 0 or more, found {shown(count)}")
    end = fill_bits + 7 * count if count else 0
    if end > 8 * len(octets):
        held = max(0, 8 * len(octets) - fill_bits) // 7
        raise DecodeError(f"{count} septets expected, {held} found", "octets", len(octets))
    waiting, bits, place = 0, -fill_bits, 0
    septets = bytearray()
    while len(septets) < count:
        if bits < 7:
            # The fill bits are shifted out with the first octet, whatever their value.
            waiting |= octets[place] << bits if bits >= 0 else octets[place] >> -bits
            bits += 8
            place += 1
        else:
            septets.append(waiting & LAST_SEPTET)
            waiting >>= 7
            bits -= 7
    # TS 23.038, 6.1.2.3.1: "The receiving entity shall remove the final <CR> character where the
    # message ends on an octet boundary with <CR> as the last character."
    if padding is not None and end == 8 * len(octets) and septets.endswith(b"\r"):
        septets.pop()
    return bytes(septets)


def _check(fill_bits: int, padding: str | None) -> None:
    if type(fill_bits) is not int or not 0 <= fill_bits <= MOST_FILL_BITS:
        raise ValueError(f"fill_bits: expected 0 to {MOST_FILL_BITS}, found {shown(fill_bits)}")
    if padding not in (None, "ussd"):
        raise ValueError(f'padding: expected None or "ussd", found {shown(padding)}')
