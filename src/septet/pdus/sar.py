"""The sar_ parameters of SMPP: which part a message is, if no header says so."""

from __future__ import annotations

from septet.errors import DecodeError

from .information_elements import InformationElement, decode_header, encode_header, read_header

#: SMPP 3.4, 5.3.2.22 to 5.3.2.24: the parameters that say which part a message is.
SAR = ("sar_msg_ref_num", "sar_total_segments", "sar_segment_seqnum")


def sar_of(*parameters: int | None) -> tuple[int, int, int] | None:
    """The three parameters, or None if there are none."""
    missing = [name for name, value in zip(SAR, parameters, strict=True) if value is None]
    if len(missing) == len(SAR):
        return None
    if missing:
        raise DecodeError(f"the parameter is missing, and others of {', '.join(SAR)} are there", missing[0])
    return parameters  # type: ignore[return-value]  # None of them is None


def header_with(header: bytes, sar: tuple[int, int, int]) -> bytes:
    """A header with the concatenation of the sar_ parameters (SMPP 3.4, 5.3.2.22 to 5.3.2.24)."""
    reference, total, number = sar
    said = read_header(header).concatenation if header else None
    if said is not None:
        # Some centres write both. They have to agree; the reference may have lost its upper octet.
        if (said.total, said.number) == (total, number):
            return header
        reason = f"the header says part {said.number} of {said.total}, the parameters {number} of {total}"
        raise DecodeError(reason, "sar_segment_seqnum")
    try:
        element = InformationElement.for_concatenation(reference, total, number, wide=True)
        return encode_header([element, *(decode_header(header) if header else ())])
    except ValueError as error:
        raise DecodeError(str(error), "sar_segment_seqnum") from None
