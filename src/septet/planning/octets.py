"""Octets: the user data of each segment of a composed message."""

from __future__ import annotations

from septet.gsm.codec import encode_septets
from septet.gsm.segmentation import MOST_SEGMENTS, capacity, header_octets
from septet.pdus.information_elements import InformationElement, encode_header
from septet.pdus.user_data import DATA_CODINGS, SURROGATES, UserData, packed
from septet.wording.quoting import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .composed import Composed, Segment


def user_data_of(
    message: Composed, reference: int | None = None, wide_reference: bool = False
) -> tuple[UserData, ...]:
    """The user data of each segment: see `Plan.user_data`."""
    if type(wide_reference) is not bool:
        raise ValueError(f"wide_reference: expected True or False, found {wide_reference!r}")
    most = 0xFFFF if wide_reference else 0xFF
    if reference is not None and (type(reference) is not int or not 0 <= reference <= most):
        raise ValueError(f"reference: expected a whole number from 0 to {most}, found {reference!r}")
    if message.encoding == "gsm7" and message.terms.profile.rule("alphabet")["base"] != "default":
        raise ValueError(
            f"{message.profile} sends its 7-bit messages in another alphabet than GSM's, the one encoded here"
        )
    segments = message.segments
    if wide_reference and len(segments) > 1:
        # A wide header leaves less of each segment: the same text is cut anew, if as many hold it.
        part = capacity(message.encoding, header_octets("16-bit", message.tables.shifts))
        segments = message.segments_of(part)
        if len(segments) != len(message.segments):
            raise ValueError(
                f"{len(message.segments)} segments are planned, and beside a wide reference the text takes "
                f'{len(segments)}: plan with a profile whose [segments] reference is "16-bit"'
            )
    total = len(segments)
    if total > MOST_SEGMENTS:
        raise ValueError(f"{total} segments cannot be numbered: one message has at most {MOST_SEGMENTS}")
    if total > 1 and reference is None:
        raise ValueError(
            f"reference: {total} segments need a number from 0 to {most} that the sender's other messages "
            "of the day do not have"
        )
    locking, single = message.tables
    shifts = [InformationElement.for_single_shift(single)] if single else []
    shifts += [InformationElement.for_locking_shift(locking)] if locking else []
    found = []
    for number, segment in enumerate(segments, 1):
        elements = list(shifts)
        if total > 1 and reference is not None:
            elements.insert(0, InformationElement.for_concatenation(reference, total, number, wide_reference))
        header = encode_header(elements)
        where = f"segment {number} of {total}"
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
    kind = "septets" if encoding == "gsm7" else "UTF-16 code units"
    raise ValueError(
        f"{where}: {units} {kind}, and {most} fit beside a header of {len(header)} octets: "
        "the profile counts fewer for some character than it takes"
    )
