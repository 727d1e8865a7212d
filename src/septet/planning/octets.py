"""Octets: the user data of each segment of a composed message, and the PDUs and SMPP fields made of it."""

from __future__ import annotations

from septet.errors import shown
from septet.gsm.codec import encode_septets
from septet.gsm.segmentation import MOST_SEGMENTS, UNIT_BITS, capacity, header_octets
from septet.pdus.data_codings import DATA_CODINGS
from septet.pdus.information_elements import InformationElement, encode_header, read_header
from septet.pdus.pdu_writing import submit_pdus_of
from septet.pdus.references import NUMBERS, SHORT_NUMBERS, References, drawn
from septet.pdus.short_messages import UDHI, ShortMessage, check_way, in_way
from septet.pdus.smpp_codings import CENTRE_DEFAULT, DEFAULT_ALPHABETS
from septet.pdus.user_data import SURROGATES, UserData, packed
from septet.wording.quoting import named

from .composed import Segment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.pdus.pdu import Pdu

    from .composed import Composed


#: TS 23.038, clause 4, and SMPP 3.4, 5.2.19.
NO_UTF_8 = (
    "UTF-8 has no data coding, neither in a PDU nor in SMPP: its vendor alone makes octets of the message"
)


def user_data_of(
    message: Composed, reference: int | References | None = None, wide_reference: bool = False
) -> tuple[UserData, ...]:
    """The user data of each segment: see `Plan.user_data`."""
    if type(wide_reference) is not bool:
        raise ValueError(f"wide_reference: expected True or False, found {shown(wide_reference)}")
    most = (NUMBERS if wide_reference else SHORT_NUMBERS) - 1
    if not isinstance(reference, References | None) and (
        type(reference) is not int or not 0 <= reference <= most
    ):
        raise ValueError(f"reference: expected a whole number from 0 to {most}, found {shown(reference)}")
    if message.encoding == "utf8":
        raise ValueError(NO_UTF_8)
    if message.encoding == "latin1":
        raise ValueError(
            "Latin-1 has no data coding of its own in a PDU (TS 23.038, clause 4), only in SMPP: "
            "short_messages gives its fields"
        )
    _check_alphabet(message)
    segments = segments_of(message, wide_reference)
    total = len(segments)
    number = None
    if total > 1 and not _are_apart(message):
        if reference is None:
            raise ValueError(
                f"reference: {total} segments need a number from 0 to {most} that the sender's other "
                "messages of the day do not have; septet.References gives them"
            )
        number, _ = drawn(reference, wide_reference)
    further = message.terms.settings.further_elements
    shifts = _shifts(message)
    found = []
    for place, segment in enumerate(segments, 1):
        elements = [*shifts, *further]
        if number is not None:
            elements.insert(0, InformationElement.for_concatenation(number, total, place, wide_reference))
        header = encode_header(elements)
        where = f"segment {place} of {total}"
        if message.encoding == "ucs2":
            octets = segment.text.encode("utf-16-be", SURROGATES)
            _check_room(where, len(octets) // 2, "ucs2", header)
            found.append(
                UserData(bool(header), DATA_CODINGS["ucs2"], len(header) + len(octets), header + octets)
            )
        else:
            septets = _septets_of(segment, message)
            _check_room(where, len(septets), "gsm7", header)
            found.append(packed(header, septets, DATA_CODINGS["gsm7"]))
    return tuple(found)


def _check_alphabet(message: Composed) -> None:
    if message.encoding == "gsm7" and message.terms.profile.rule("alphabet")["base"] != "default":
        raise ValueError(
            f"{message.profile} sends its 7-bit messages in another alphabet than GSM's, the one encoded here"
        )


def segments_of(message: Composed, wide_reference: bool) -> tuple[Segment, ...]:
    """The segments with a header of this width; one without text where nothing is shown.

    Raises ValueError if a wide reference takes more segments than are planned, or there are more
    than can be numbered.
    """
    segments = message.segments or (Segment("", 0, message.coding.single, 0, 0),)
    total = len(segments)
    if wide_reference and total > 1 and not _are_apart(message):
        # A wide header leaves less room in each segment: the text is cut anew, if as many segments hold it.
        coding = message.coding
        part = capacity(
            message.encoding, header_octets("16-bit", message.tables.shifts, coding.further_octets)
        )
        segments = message.segments_of(part)
        if len(segments) != total:
            raise ValueError(
                f"{total} segments are planned, and beside a wide reference the text takes "
                f'{len(segments)}: plan with a profile whose [segments] reference is "16-bit"'
            )
    if total > MOST_SEGMENTS:
        raise ValueError(f"{total} segments cannot be numbered: one message has at most {MOST_SEGMENTS}")
    return segments


def submit_pdus(
    message: Composed, recipient: str, reference: int | References | None, **fields: Any
) -> tuple[Pdu, ...]:
    """One SMS-SUBMIT for each segment: see `Plan.submit_pdus`."""
    number, wide = _drawn(message, reference, recipient)
    return submit_pdus_of(user_data_of(message, number, wide), recipient, **fields)


def short_messages(
    message: Composed, reference: int | References | None, way: str
) -> tuple[ShortMessage, ...]:
    """The fields of submit_sm for each segment: see `Plan.short_messages`."""
    check_way(way)
    if message.encoding == "utf8":
        raise ValueError(NO_UTF_8)
    _check_alphabet(message)
    number, wide = _drawn(message, None if way == "payload" else reference, None)
    if message.encoding == "ucs2":
        data_coding = DATA_CODINGS["ucs2"]
    elif message.encoding == "latin1":
        data_coding = DEFAULT_ALPHABETS["latin1"]
    else:
        data_coding = CENTRE_DEFAULT
    segments = segments_of(message, wide and way == "udh")
    total = len(segments)
    apart = total > 1 and _are_apart(message)
    if apart and way != "udh":
        raise ValueError(
            f'way: {message.profile} sends {total} messages, which nothing joins; expected "udh", in which '
            "each has no header for that"
        )
    if total > 1 and number is None and way != "payload" and not apart:
        raise ValueError(
            f"reference: {total} segments need a number that the sender's other messages of the day do not "
            "have; septet.References gives them"
        )
    shifts, further = _shifts(message), message.terms.settings.further_elements
    bodies = [_octets_in_smpp(segment, message) for segment in segments]
    if way != "udh":
        ports = None
        for element in (*shifts, *further):
            if element.kind != "ports":
                raise ValueError(f'way: {element.name} stands in a header, which only the way "udh" has')
            ports = read_header(encode_header([element])).ports
        return in_way(bodies, data_coding, way, number or 0, ports)
    found = []
    for place, body in enumerate(bodies, 1):
        elements = [*shifts, *further]
        if total > 1 and number is not None and not apart:
            elements.insert(0, InformationElement.for_concatenation(number, total, place, wide))
        header = encode_header(elements)
        units = len(body) * 8 // UNIT_BITS["ucs2"] if message.encoding == "ucs2" else len(body)
        _check_room(f"segment {place} of {total}", units, message.encoding, header)
        found.append(ShortMessage(header + body, data_coding, UDHI if header else 0x00))
    return tuple(found)


def _octets_in_smpp(segment: Segment, message: Composed) -> bytes:
    """The text of a segment as SMPP carries it: unpacked septets, UTF-16BE, or one octet a character."""
    if message.encoding == "ucs2":
        return segment.text.encode("utf-16-be", SURROGATES)
    charset: str = message.encoding
    if charset == "gsm7":
        table = message.terms.profile.rule("octets")
        default = (table and table["default_alphabet"]) or "gsm7"
        if default == "gsm7":
            return _septets_of(segment, message)
        # The centre's own alphabet; the centre turns it into septets.
        charset = default
    try:
        return segment.text.encode(charset)
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{named(segment.text[error.start])} at place {segment.start + error.start} of the text is "
            f"not in {charset}, the default alphabet of the message centre of {message.profile}"
        ) from None


def _drawn(
    message: Composed, reference: int | References | None, recipient: str | None
) -> tuple[int | None, bool]:
    """The reference of a message, if it needs one, and whether it takes 16 bits."""
    wide = message.terms.profile.rule("segments")["reference"] == "16-bit"
    if reference is None or (isinstance(reference, References) and len(message.segments) <= 1):
        return None, wide
    return drawn(reference, wide, recipient)


def _are_apart(message: Composed) -> bool:
    """Whether several segments are separate messages that do not refer to each other."""
    return bool(message.terms.profile.rule("segments")["reference"] == "none")


def _shifts(message: Composed) -> list[InformationElement]:
    locking, single = message.tables
    shifts = [InformationElement.for_single_shift(single)] if single else []
    return shifts + ([InformationElement.for_locking_shift(locking)] if locking else [])


def _septets_of(segment: Segment, message: Composed) -> bytes:
    try:
        return encode_septets(segment.text, message.tables)
    except UnicodeEncodeError as error:
        character = segment.text[error.start]
        raise ValueError(
            f"{named(character)} at place {segment.start + error.start} of the text has no septet in GSM-7: "
            f"{message.profile} takes it, but only the vendor knows what is sent for it"
        ) from None


def _check_room(where: str, units: int, encoding: str, header: bytes) -> None:
    most = capacity(encoding, len(header))
    if units <= most:
        return
    kind = {"gsm7": "septets", "ucs2": "UTF-16 code units"}.get(encoding, "octets")
    raise ValueError(
        f"{where}: {units} {kind}, and {most} fit beside a header of {len(header)} octets: "
        "the profile counts fewer for some character than it takes"
    )
