"""Further elements: what a sender puts into the header of each segment besides what septet writes."""

from __future__ import annotations

from septet.errors import DecodeError, shown
from septet.gsm.segmentation import USER_DATA_OCTETS, capacity, header_octets

from .information_elements import (
    CONCATENATION_8_BIT,
    CONCATENATION_16_BIT,
    NATIONAL_LOCKING_SHIFT,
    NATIONAL_SINGLE_SHIFT,
    PORTS_8_BIT,
    PORTS_16_BIT,
    InformationElement,
    decode_header,
)

#: TS 23.040, 9.2.3.24.3: of ports of 8 bits, 0 to 239 are reserved.
_FIRST_SHORT_PORT, _LAST_SHORT_PORT, _LAST_PORT = 240, 0xFF, 0xFFFF

#: A pair of UTF-16 code units, the longest character that may not be cut.
_LONGEST_CHARACTER = 2

_WRITTEN = (CONCATENATION_8_BIT, CONCATENATION_16_BIT, NATIONAL_SINGLE_SHIFT, NATIONAL_LOCKING_SHIFT)


def further_elements(
    ports: object, header: object, reference: str, shifts: int
) -> tuple[InformationElement, ...]:
    """The elements that the options `ports` and `header` ask for, in this order.

    `reference` and `shifts` are the other parts of the header: see `header_octets`. Raises ValueError
    for an invalid port or element, for an element that septet itself writes, and if a segment would
    have no room left for a character.
    """
    elements = ([] if ports is None else [_ports(ports)]) + ([] if header is None else _elements(header))
    has_ports = [element for element in elements if element.identifier in (PORTS_8_BIT, PORTS_16_BIT)]
    if len(has_ports) > 1:
        raise ValueError("header: ports are given twice: expected them in ports or in header")
    octets = header_octets(reference, shifts, sum(2 + len(element.data) for element in elements))
    if octets >= USER_DATA_OCTETS or capacity("ucs2", octets) < _LONGEST_CHARACTER:
        name = "ports" if header is None else "header"
        raise ValueError(
            f"{name}: a header of {octets} octets leaves a segment of {USER_DATA_OCTETS} no room for text"
        )
    return tuple(elements)


def _ports(ports: object) -> InformationElement:
    """Ports of 8 bits if both are application ports of 8 bits, otherwise of 16."""
    if not (
        isinstance(ports, tuple)
        and len(ports) == 2
        and all(type(port) is int and 0 <= port <= _LAST_PORT for port in ports)
    ):
        raise ValueError(
            f"ports: expected the destination's and the source's port, each from 0 to {_LAST_PORT}, "
            f"found {shown(ports)}"
        )
    wide = not all(_FIRST_SHORT_PORT <= port <= _LAST_SHORT_PORT for port in ports)
    return InformationElement.for_ports(*ports, wide=wide)


def _elements(header: object) -> list[InformationElement]:
    if type(header) is not bytes or not header:
        raise ValueError(
            "header: expected the octets of information elements, such as bytes.fromhex('01028005'), "
            f"found {shown(header)}"
        )
    if len(header) >= USER_DATA_OCTETS:
        raise ValueError(f"header: {len(header)} octets, and user data has {USER_DATA_OCTETS}")
    try:
        elements = decode_header(bytes((len(header),)) + header)
    except DecodeError as error:
        raise ValueError(f"header: {error} (its own length in front, UDHL, is not given)") from None
    for element in elements:
        if element.identifier in _WRITTEN:
            raise ValueError(f"header: {element.name} is written by septet itself; expected others")
    return list(elements)
