"""Information elements: the content of the header before a text, and its octets.

TS 23.040, 9.2.3.24: a user data header is its own length in octets (UDHL), then elements, each
an identifier, the length of its data, and the data.
"""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import DecodeError, shown
from septet.gsm.alphabets import DEFAULT_TABLES, Tables, has_table, identifier, language_of, languages
from septet.gsm.segmentation import USER_DATA_OCTETS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# TS 23.040, 9.2.3.24: the identifiers of the elements that are read here, in the standard's order.
CONCATENATION_8_BIT = 0x00
PORTS_8_BIT = 0x04
PORTS_16_BIT = 0x05
CONCATENATION_16_BIT = 0x08
NATIONAL_SINGLE_SHIFT = 0x24
NATIONAL_LOCKING_SHIFT = 0x25

#: The purpose of each of them, and its octets of data: 9.2.3.24.1, 9.2.3.24.3,
#: 9.2.3.24.4, 9.2.3.24.8, 9.2.3.24.15, 9.2.3.24.16.
_KNOWN = {
    CONCATENATION_8_BIT: ("concatenation", 3),
    PORTS_8_BIT: ("ports", 2),
    PORTS_16_BIT: ("ports", 4),
    CONCATENATION_16_BIT: ("concatenation", 4),
    NATIONAL_SINGLE_SHIFT: ("single shift", 1),
    NATIONAL_LOCKING_SHIFT: ("locking shift", 1),
}


class Concatenation(NamedTuple):
    """Which part of which message a short message is; `wide` if the reference has 16 bits."""

    reference: int
    total: int
    number: int
    wide: bool = False


class Ports(NamedTuple):
    """The application ports that a short message goes to and comes from."""

    destination: int
    source: int


class InformationElement(NamedTuple):
    """One element of a user data header: its identifier (IEI) and its data."""

    identifier: int
    data: bytes

    @classmethod
    def for_concatenation(
        cls, reference: int, total: int, number: int, wide: bool = False
    ) -> InformationElement:
        """Part `number` of `total` (from 1) of the message `reference`: TS 23.040, 9.2.3.24.1.

        With `wide` the reference has 16 bits (9.2.3.24.8). Raises ValueError for a value that does
        not fit its field.
        """
        _check_range("reference", reference, 0, 0xFFFF if wide else 0xFF)
        _check_range("total", total, 1, 0xFF)
        _check_range("number", number, 1, total)
        width = 2 if wide else 1
        kind = CONCATENATION_16_BIT if wide else CONCATENATION_8_BIT
        return cls(kind, reference.to_bytes(width, "big") + bytes((total, number)))

    @classmethod
    def for_single_shift(cls, language: str) -> InformationElement:
        """The single shift table of a language (ISO 639-1): TS 23.040, 9.2.3.24.15."""
        return cls(NATIONAL_SINGLE_SHIFT, bytes((_identifier(language, "single"),)))

    @classmethod
    def for_locking_shift(cls, language: str) -> InformationElement:
        """The locking shift table of a language (ISO 639-1): TS 23.040, 9.2.3.24.16."""
        return cls(NATIONAL_LOCKING_SHIFT, bytes((_identifier(language, "locking"),)))

    @classmethod
    def for_ports(cls, destination: int, source: int, wide: bool = True) -> InformationElement:
        """The ports of an application, of 16 bits (TS 23.040, 9.2.3.24.4) or of 8 (9.2.3.24.3)."""
        most, width = (0xFFFF, 2) if wide else (0xFF, 1)
        _check_range("destination", destination, 0, most)
        _check_range("source", source, 0, most)
        kind = PORTS_16_BIT if wide else PORTS_8_BIT
        return cls(kind, destination.to_bytes(width, "big") + source.to_bytes(width, "big"))

    @property
    def kind(self) -> str | None:
        """``"concatenation"``, ``"ports"``, ``"single shift"``, ``"locking shift"``; None if unknown."""
        return _KNOWN[self.identifier][0] if self.identifier in _KNOWN else None

    @property
    def name(self) -> str:
        """The name of the element in a message: its identifier, and its purpose if that is known."""
        known = f" ({self.kind})" if self.kind else ""
        return f"information element 0x{self.identifier:02X}{known}"


def data_length(identifier: int) -> int | None:
    """The octets of data that an element has, or None if the identifier is unknown here."""
    return _KNOWN[identifier][1] if identifier in _KNOWN else None


def encode_header(elements: Iterable[InformationElement]) -> bytes:
    """The octets of a header with these elements, its length first; empty for no elements.

    Raises ValueError for an element that does not fit its fields, or a header that does not fit
    into the user data of a short message.
    """
    octets = bytearray()
    for element in elements:
        _check_range("identifier", element.identifier, 0, 0xFF)
        _check_range(f"length of {element.name}", len(element.data), 0, 0xFF)
        octets += bytes((element.identifier, len(element.data))) + element.data
    if not octets:
        return b""
    if len(octets) >= USER_DATA_OCTETS:
        raise ValueError(f"header: {len(octets) + 1} octets, and user data has {USER_DATA_OCTETS}")
    return bytes((len(octets),)) + octets


def decode_header(octets: bytes) -> tuple[InformationElement, ...]:
    """The elements of the header that octets begin with; what follows it is ignored.

    Unknown elements are kept. Raises `DecodeError` for lengths that do not match the octets.
    """
    return tuple(element for _, element in _walk(octets))


def header_length(octets: bytes) -> int:
    """The octets of the header that octets begin with, its length included (TS 23.040, 9.2.3.24)."""
    if not octets:
        raise DecodeError("no octet is there to hold it", "header length (UDHL)", 0)
    length = octets[0] + 1
    if length > len(octets):
        raise DecodeError(
            f"{octets[0]} octets are said to follow, and {len(octets) - 1} do", "header length (UDHL)", 0
        )
    return length


def _walk(octets: bytes) -> Iterator[tuple[int, InformationElement]]:
    """Each element with the offset of its identifier."""
    end = header_length(octets)
    place = 1
    while place < end:
        kind = octets[place]
        if place + 1 == end:
            raise DecodeError(
                "the header ends after the identifier", f"information element 0x{kind:02X}", place
            )
        behind = place + 2 + octets[place + 1]
        if behind > end:
            left = end - place - 2
            raise DecodeError(
                f"{octets[place + 1]} octets of data are said to follow, and the header has {left}",
                f"length of information element 0x{kind:02X}",
                place + 1,
            )
        yield place, InformationElement(kind, octets[place + 2 : behind])
        place = behind


class Reading(NamedTuple):
    """The decoded content of a header."""

    concatenation: Concatenation | None = None
    ports: Ports | None = None
    tables: Tables = DEFAULT_TABLES


def read_header(octets: bytes) -> Reading:
    """What the header that octets begin with says about the text.

    If there are several elements of one kind, the last one holds (TS 23.040, 9.2.3.24). Where the
    standard lets a phone ignore an element that cannot be true (9.2.3.24.1: part 3 of 2), or one with
    a reserved language, this raises `DecodeError`: a phone without it would not show the text.
    """
    concatenation: Concatenation | None = None
    ports: Ports | None = None
    locking = single = None
    for place, element in _walk(octets):
        kind, data = element.identifier, element.data
        if kind not in _KNOWN:
            continue
        expected = _KNOWN[kind][1]
        if len(data) != expected:
            raise DecodeError(
                f"expected {expected} octets of data, found {len(data)}",
                f"length of {element.name}",
                place + 1,
            )
        if kind in (CONCATENATION_8_BIT, CONCATENATION_16_BIT):
            concatenation = _concatenation(element, place)
        elif kind in (PORTS_8_BIT, PORTS_16_BIT):
            half = expected // 2
            ports = Ports(int.from_bytes(data[:half], "big"), int.from_bytes(data[half:], "big"))
        elif kind == NATIONAL_SINGLE_SHIFT:
            single = _language(element, place)
        else:
            locking = _language(element, place)
    if locking is not None and not has_table(locking, "locking"):
        locking = None  # TS 23.038, annex A.3 has no such table for Spanish: the default alphabet holds
    return Reading(concatenation, ports, Tables(locking, single))


def _concatenation(element: InformationElement, place: int) -> Concatenation:
    reference, (total, number) = int.from_bytes(element.data[:-2], "big"), element.data[-2:]
    if not 1 <= number <= total:
        raise DecodeError(
            f"part {number} of {total} cannot be", element.name, place + len(element.data) + (total > 0)
        )
    return Concatenation(reference, total, number, element.identifier == CONCATENATION_16_BIT)


def _language(element: InformationElement, place: int) -> str:
    number = element.data[0]
    language = language_of(number)
    if language is None:
        raise DecodeError(
            f"national language identifier {number} is reserved (TS 23.038, 6.2.1.2.4)",
            element.name,
            place + 2,
        )
    return language


def _identifier(language: str, kind: str) -> int:
    if language not in languages() or not has_table(language, kind):
        possible = ", ".join(code for code in languages() if has_table(code, kind))
        raise ValueError(f"language: {shown(language)} has no {kind} shift table: expected one of {possible}")
    return identifier(language)


def _check_range(name: str, value: int, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{name}: expected a whole number from {least} to {most}, found {shown(value)}")
