"""The command `decode`: received octets, as the text and the fields in them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, NamedTuple, cast

import typer

from septet.cli import output
from septet.cli.arguments import quoted
from septet.cli.defaults import Command
from septet.cli.input import STANDARD_INPUT, UsageError, message_text
from septet.cli.options import Json
from septet.pdus.data_codings import DATA_CODINGS
from septet.pdus.information_elements import header_length
from septet.pdus.modem_lines import Line, hex_lines, pdu_of
from septet.pdus.pdu import Pdu
from septet.pdus.pdu_reading import octets_of, read_pdu
from septet.pdus.reassembly import Reassembler, join
from septet.pdus.recognition import (
    begins_with_a_header,
    is_ucs2,
    may_be_one_character,
    may_be_printable,
    pdu_in,
    septets_in,
)
from septet.pdus.shapes import part_shape
from septet.pdus.smpp_codings import CHARSETS
from septet.pdus.user_data import UserData
from septet.views.terminal.decoding import pdu_sheet, user_data_sheet

_PDU, _, _UCS2, _SHORT_MESSAGE = KINDS = ("pdu", "user-data", "ucs2", "short-message")

# The names in --coding for SMPP's own codings, and for TP-DCS.
_CHARSETS = {name: data_coding for data_coding, name in CHARSETS.items()}
_CODINGS = DATA_CODINGS | _CHARSETS


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=Command, short_help="Read octets: a PDU, user data, or a modem's output.")(decode)


class _Asked(NamedTuple):
    """How the octets are to be read, as far as given."""

    kind: str | None
    coding: str | None
    udhi: bool | None
    unpacked: bool

    @property
    def names_user_data(self) -> str | None:
        """The given option that only user data has."""
        given = (("--coding", self.coding), ("--udhi", self.udhi), ("--unpacked", self.unpacked or None))
        return next((name for name, value in given if value is not None), None)


def decode(
    octets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="HEX...",
            show_default=False,
            help="The octets of a short message, or of each of its parts in any order. - or none: standard "
            "input, where you can paste a modem's whole output (+CMGL: ...).",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="|".join(KINDS), help="What the octets are; recognised when not given."),
    ] = None,
    coding: Annotated[
        str | None,
        typer.Option(
            metavar="gsm7|ucs2|8bit",
            help="The coding of user data; GSM-7 unless it is certainly UCS-2. For a short-message also "
            "ascii, latin1, iso8859-5 or iso8859-8.",
        ),
    ] = None,
    udhi: Annotated[
        bool | None,
        typer.Option(
            "--udhi/--no-udhi",
            show_default=False,
            help="User data begins with a header, or does not; detected if not given.",
        ),
    ] = None,
    unpacked: Annotated[
        bool, typer.Option("--unpacked", help="Each septet is in its own octet, as in SMPP.")
    ] = False,
    length: Annotated[
        list[int] | None,
        typer.Option(
            metavar="N",
            help="The length in the PDU (TP-UDL); once for each HEX. Without it, seven zero bits at the "
            "end are spare.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Read PDUs, or the user data of a short message or of all its parts: header, coding and text.

    No text is shown if lengths do not agree; if the input is ambiguous, name its kind with --as.

    \b
    Example:
      septet decode 07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07
      septet decode E8329BFD4697D9EC37
    """
    lines = _lines(octets or [])
    asked = _checked(_Asked(kind, coding, udhi, unpacked), length, len(lines))
    pdus: list[Pdu] = []
    parts: list[UserData] = []
    for place, line in enumerate(lines):
        try:
            stated = length[place] if length else None
            found = _read(line, asked, stated)
        except ValueError as error:
            raise UsageError(f"{_where(line, len(lines))}{error}") from None
        if isinstance(found, Pdu):
            pdus.append(found)
        else:
            parts.append(found)
    if pdus and parts:
        raise UsageError("some of the octets are whole PDUs and some are not: expected one kind, or --as")
    try:
        _show_pdus(pdus, json) if pdus else _show_parts(parts, json)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _lines(arguments: Sequence[str]) -> tuple[Line, ...]:
    if not arguments or list(arguments) == [STANDARD_INPUT]:
        # Only a terminal needs a prompt.
        text = "" if not arguments and _is_terminal() else message_text(STANDARD_INPUT, None)
    elif any("+C" in argument.upper() for argument in arguments):
        text = "\n".join(arguments)
    else:
        return tuple(Line(-place, argument, None) for place, argument in enumerate(arguments, 1))
    try:
        found = hex_lines(text)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if not found:
        raise UsageError(
            "decode: Missing argument 'HEX...': expected octets in hexadecimal, or - and what a modem wrote"
        )
    return found


def _is_terminal() -> bool:
    return sys.stdin is None or sys.stdin.isatty()


def _where(line: Line, total: int) -> str:
    """Adds the place of the octets to an error, where there are several."""
    if line.number < 0:
        return f"HEX {-line.number}: " if total > 1 else ""
    return f"line {line.number}: " if total > 1 or line.length is not None else ""


def _checked(asked: _Asked, length: list[int] | None, total: int) -> _Asked:
    if asked.coding in _CHARSETS and asked.kind != _SHORT_MESSAGE and not asked.unpacked:
        raise UsageError(f"--coding: only SMPP has {asked.coding}: expected --as short-message with it")
    if asked.coding is not None and asked.coding not in _CODINGS:
        raise UsageError(f"--coding: expected gsm7, ucs2 or 8bit, found {quoted(asked.coding)}")
    if asked.kind is not None and asked.kind not in KINDS:
        raise UsageError(f"--as: expected {', '.join(KINDS[:-1])} or {KINDS[-1]}, found {quoted(asked.kind)}")
    if length and len(length) != total:
        raise UsageError(f"--length: expected once for each HEX, {total} in all, found {len(length)}")
    if length and asked.unpacked:
        raise UsageError("--length and --unpacked are both given: expected one of them")
    other = asked.names_user_data or ("--length" if length else None)
    if asked.kind == _PDU and other:
        raise UsageError(f"{other}: a whole PDU says that itself: expected it without --as pdu")
    if asked.kind == _UCS2:
        if asked.coding not in (None, "ucs2"):
            raise UsageError(f"--coding: {asked.coding} and --as ucs2 are both given: expected one of them")
        return asked._replace(coding="ucs2")
    if asked.kind == _SHORT_MESSAGE:
        if length:
            raise UsageError("--length: SMPP has no such length: expected --as user-data")
        return asked._replace(unpacked=True)
    return asked


def _read(line: Line, asked: _Asked, length: int | None) -> Pdu | UserData:
    """The content of a line of octets. Raises ValueError, of which `DecodeError` is one."""
    if line.length is not None and asked.kind in (None, _PDU):
        return pdu_of(line)
    try:
        content = octets_of(line.digits)
    except ValueError as error:
        raise ValueError(error.args[0] if error.args else str(error)) from None
    if not content:
        raise ValueError("expected hexadecimal digits, found none")
    if asked.kind == _PDU:
        return read_pdu(content)
    coding = asked.coding
    if asked.kind is None and length is None and not asked.unpacked:
        if (pdu := _whole_pdu(content, asked)) is not None:
            return pdu
        coding = _recognised_coding(content, coding)
    return _part(content, asked._replace(coding=coding or "gsm7"), length)


def _whole_pdu(content: bytes, asked: _Asked) -> Pdu | None:
    if asked.coding == "8bit":
        return None  # any octets are data
    try:
        pdu = pdu_in(content)
    except ValueError as error:
        raise ValueError(
            f"this begins like a whole PDU, and is none: {error}; give --as user-data, to read it as such"
        ) from None
    if pdu is None:
        return None
    if (option := asked.names_user_data) is not None:
        raise ValueError(
            f"this is a whole PDU (SMS-{pdu.kind.upper()}, TS 23.040), and {option} is for user data alone: "
            "leave it out; or give --as user-data, to read these octets as such"
        )
    if is_ucs2(content):
        raise ValueError("this may be a whole PDU or text in UCS-2: give --as pdu or --as ucs2")
    return pdu


def _recognised_coding(content: bytes, coding: str | None) -> str | None:
    """The certain coding of user data, if its header shows it; ambiguous data needs an option."""
    body = content[header_length(content) :] if begins_with_a_header(content) else content
    if coding in (None, "gsm7") and is_ucs2(body):
        if coding is None:
            return "ucs2"
        raise ValueError(
            "these octets look like text in UCS-2: give --coding ucs2; or --length, to read them as GSM-7"
        )
    if coding is None and may_be_one_character(body):
        raise ValueError(
            "these octets may be one character of UCS-2 or two of GSM-7: give --as ucs2 or --as user-data"
        )
    if coding is None and may_be_printable(body):
        raise ValueError(
            "these octets are all printable ASCII: give --as short-message, to read each as a character, or "
            "--as user-data, to read them as packed septets"
        )
    return coding


def _part(content: bytes, asked: _Asked, length: int | None) -> UserData:
    has_header = begins_with_a_header(content) if asked.udhi is None else asked.udhi
    coding = asked.coding or "gsm7"
    data_coding = _CODINGS[coding]
    if asked.unpacked:
        part = UserData.from_short_message(content, udhi=has_header, data_coding=data_coding)
    else:
        if length is None:
            length = septets_in(content) if coding == "gsm7" else len(content)
        part = UserData(has_header, data_coding, length, content)
    _ = part.concatenation  # raises where an element is invalid
    return part


def _show_parts(parts: list[UserData], json: bool) -> None:
    text: str | None = None
    if parts[0].coding != "8bit":
        # One part is shown by itself: with a bad header, or while the others are missing.
        text = parts[0].text if len(parts) == 1 else join(parts)
    if json:
        shapes = [part_shape(part) for part in parts]
        output.write_json({"text": text, "parts": shapes, "pdus": [], "messages": []})
    else:
        output.write(user_data_sheet(parts, text, output.encoding()))


class Message(NamedTuple):
    """A message of one PDU or several: its text, or the parts that are missing."""

    kind: str
    address: str
    text: str | None
    missing: tuple[int, ...]


def _messages(pdus: list[Pdu]) -> list[Message]:
    """The messages in PDUs, in the order in which they became complete; then the incomplete ones."""
    reassembler = Reassembler(limit=max(255, len(pdus)), octets=max(100_000, 200 * len(pdus)))
    found = []
    for pdu in pdus:
        part, scheme = pdu.user_data, pdu.coding_scheme
        if part is None or (scheme is not None and scheme.compressed) or part.coding == "8bit":
            continue
        text = reassembler.add(part, sender=(pdu.kind, pdu.address), now=0.0)
        if text is not None:
            found.append(Message(pdu.kind, pdu.address, text, ()))
    for waiting in reassembler.open:
        kind, address = cast("tuple[str, str]", waiting.sender)
        found.append(Message(kind, address, None, waiting.missing))
    return found


def _show_pdus(pdus: list[Pdu], json: bool) -> None:
    messages = _messages(pdus)
    if json:
        text = messages[0].text if len(messages) == 1 else None
        shapes = [
            {"address": message.address, "text": message.text, "missing": list(message.missing)}
            for message in messages
        ]
        output.write_json(
            {"text": text, "parts": [], "pdus": [pdu.to_dict() for pdu in pdus], "messages": shapes}
        )
        return
    output.write(pdu_sheet(pdus, messages, output.encoding()))
