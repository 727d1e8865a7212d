"""The commands `encode` and `decode`: a message as the octets that are sent, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, NamedTuple

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand, quoted
from septet.cli.defaults import Command
from septet.cli.input import UsageError
from septet.cli.options import Json, about_a_message, asked, refusals
from septet.gsm.alphabets import language_of
from septet.gsm.segmentation import ENCODING_NAMES
from septet.pdus.information_elements import InformationElement, data_length, header_length
from septet.pdus.mistaken_octets import is_ucs2, whole_pdu
from septet.pdus.reassembly import join
from septet.pdus.user_data import DATA_CODINGS, UserData, coding_of

# TP-DCS by what --coding calls it; TS 23.038, clause 4, gives 8-bit data 0x04.
_CODINGS = DATA_CODINGS | {"8bit": 0x04}

_CODING_NAMES = {**ENCODING_NAMES, "8bit": "8-bit data"}


def register(app: typer.Typer) -> None:
    """Adds both commands to the command line."""
    app.command(cls=TextCommand, epilog=ABOUT_DASHES, short_help="Print the octets that are sent.")(encode)
    app.command(cls=Command, short_help="Read octets: their header, coding and text.")(decode)


@about_a_message
def encode(
    context: typer.Context,
    reference: Annotated[
        int, typer.Option(metavar="N", help="The message's reference number, where it has several segments.")
    ] = 0,
    wide_reference: Annotated[
        bool, typer.Option("--wide-reference", help="Write the reference number in 16 bits.")
    ] = False,
    json: Json = False,
    **shared: Any,
) -> None:
    """Print the user data of a message (TP-UD), one line per segment.

    The header (- for none), all octets in hexadecimal, header included, and their length as the
    PDU has it (TP-UDL). With --json also the other fields, and the short_message of SMPP.

    \b
    Example:
      septet encode "-20 % sur tout, 10 € offerts !" --reference 167
    """
    planner, message = asked(context)
    with refusals():
        try:
            parts = planner.plan(message).user_data(reference, wide_reference)
        except ValueError as error:
            raise ValueError(_as_typed(str(error))) from None
    if json:
        output.write_json([_fields(part) for part in parts])
        return
    lines = []
    for part in parts:
        unit = "septets" if part.coding == "gsm7" else "octets"
        header = _hex(part.header_octets) or "-"
        lines.append(f"header {header}  octets {_hex(part.octets)}  length {part.length} {unit}\n")
    output.write("".join(lines))


def decode(
    octets: Annotated[
        list[str],
        typer.Argument(metavar="HEX...", help="The octets of a short message; of each part, in any order."),
    ],
    coding: Annotated[
        str, typer.Option(metavar="gsm7|ucs2|8bit", help="How the text is coded; the octets do not say.")
    ] = "gsm7",
    udhi: Annotated[
        bool | None,
        typer.Option(
            "--udhi/--no-udhi",
            show_default=False,
            help="The octets begin with a header, or do not; looked for when not given.",
        ),
    ] = None,
    unpacked: Annotated[
        bool, typer.Option("--unpacked", help="Each septet has an octet of its own, as in SMPP.")
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
    """Read the user data of a short message, or of all parts of one: header, coding and text.

    \b
    Example:
      septet decode E8329BFD4697D9EC37
    """
    if coding not in _CODINGS:
        raise UsageError(f"--coding: expected gsm7, ucs2 or 8bit, found {quoted(coding)}")
    if length and len(length) != len(octets):
        raise UsageError(f"--length: expected once for each HEX, {len(octets)} in all, found {len(length)}")
    if length and unpacked:
        raise UsageError("--length and --unpacked are both given: expected one of them")
    parts = []
    for place, digits in enumerate(octets):
        with _wrong(place, len(octets)):
            content = _octets(digits)
            if not length and not unpacked:
                _refuse_mistaken(content, coding)
            part = _part(content, coding, udhi, unpacked, length[place] if length else None)
            parts.append(_explained(part))
    text: str | None = None
    if coding != "8bit":
        # One part is shown by itself: with a bad header for one, or while the others are missing.
        with _wrong(None, 1):
            text = parts[0].part.text if len(parts) == 1 else join(part.part for part in parts)
    if json:
        output.write_json({"text": text, "parts": [_fields(part.part) for part in parts]})
    else:
        output.write(_sheet(parts, text))


class _Explained(NamedTuple):
    """A part, and what is to be said of its header."""

    part: UserData
    title: str
    header: list[str]


@contextmanager
def _wrong(place: int | None, total: int) -> Iterator[None]:
    """What is wrong with an argument is said with its number, where there are several."""
    try:
        yield
    except ValueError as error:
        where = f"HEX {place + 1}: " if place is not None and total > 1 else ""
        raise UsageError(f"{where}{error}") from None


def _octets(digits: str) -> bytes:
    kept = "".join(digits.split())
    wrong = next((place for place, digit in enumerate(kept) if digit not in _DIGITS), None)
    if wrong is not None:
        raise ValueError(f"expected hexadecimal digits, found {quoted(kept[wrong])} at digit {wrong + 1}")
    if len(kept) % 2:
        raise ValueError(f"expected two hexadecimal digits for each octet, found {len(kept)} digits")
    if not kept:
        raise ValueError("expected hexadecimal digits, found none")
    return bytes.fromhex(kept)


def _refuse_mistaken(content: bytes, coding: str) -> None:
    """Raises ValueError for octets that are surely no user data of that coding."""
    pdu = whole_pdu(content)
    if pdu is not None and coding != "8bit":
        octets = _hex(pdu.user_data) or "none"
        raise ValueError(
            f"this looks like a whole PDU ({pdu.kind}, TS 23.040), and only user data (TP-UD) is read: give "
            f"that alone, {octets}, with --coding {coding_of(pdu.data_coding)}; or --length, to read "
            "these octets as they are"
        )
    if coding == "gsm7" and is_ucs2(content[_header_end(content) :]):
        raise ValueError(
            "these octets look like text in UCS-2: give --coding ucs2; or --length, to read them as GSM-7"
        )


def _header_end(content: bytes) -> int:
    return header_length(content) if _begins_with_a_header(content) else 0


_DIGITS = frozenset("0123456789abcdefABCDEF")


def _part(content: bytes, coding: str, udhi: bool | None, unpacked: bool, length: int | None) -> UserData:
    has_header = _begins_with_a_header(content) if udhi is None else udhi
    data_coding = _CODINGS[coding]
    if unpacked:
        return UserData.from_short_message(content, udhi=has_header, data_coding=data_coding)
    if length is None:
        length = _length(content) if coding == "gsm7" else len(content)
    return UserData(has_header, data_coding, length, content)


def _length(content: bytes) -> int:
    """The septets in packed octets. Seven bits to spare are taken for spare when they are zero."""
    septets, spare = divmod(len(content) * 8, 7)
    return septets - 1 if spare == 0 and content and not content[-1] >> 1 else septets


def _begins_with_a_header(content: bytes) -> bool:
    """Whether the octets look like a header: room for one element, which is known and as long as it must be.

    No more is asked, so that a header that is cut off or wrong further on is said to be. Text
    looks like that hardly ever: random octets do about once in ten thousand times.
    """
    if len(content) < 3:
        return False
    needed = data_length(content[1])
    return needed is not None and content[2] == needed and content[0] >= 2 + needed


def _explained(part: UserData) -> _Explained:
    concatenation = part.concatenation  # raises where an element cannot be what it says
    title = "One short message"
    if concatenation is not None:
        width = 16 if concatenation.wide else 8
        title = f"Part {concatenation.number} of {concatenation.total}"
        title += f", reference {concatenation.reference} ({width} bits)"
    return _Explained(part, title, [_element(element) for element in part.header])


def _element(element: InformationElement) -> str:
    """One element in words: what it is for, its data, and the language that those name."""
    data = _hex(element.data) or "no data"
    kind = element.kind or "not known here"
    if kind.endswith("shift"):
        language = language_of(element.data[0])
        return f"0x{element.identifier:02X} {kind}: {data} ({language})"
    return f"0x{element.identifier:02X} {kind}: {data}"


def _fields(part: UserData) -> dict[str, Any]:
    """A part in plain JSON types; `text` is None where it has none by itself."""
    concatenation = part.concatenation
    return {
        "udhi": part.udhi,
        "data_coding": part.data_coding,
        "coding": part.coding,
        "length": part.length,
        "octets": _hex(part.octets),
        "short_message": _hex(part.short_message),
        "header": [
            {"identifier": element.identifier, "kind": element.kind, "data": _hex(element.data)}
            for element in part.header
        ],
        "concatenation": concatenation._asdict() if concatenation else None,
        "tables": part.tables._asdict(),
        "text": None if part.coding == "8bit" else part.text,
    }


def _sheet(parts: Sequence[_Explained], text: str | None) -> str:
    from septet.views.drawing.glyphs import visible
    from septet.views.drawing.screen import Screen

    screen = Screen(80, False, output.encoding())
    lines = []
    for part, title, header in parts:
        lines.append(title)
        lines.append(f"  Header  {_hex(part.header_octets) or '-'}")
        lines += [f"          {line}" for line in header]
        octets = f"{len(part.octets)} octets"
        lines.append(
            f"  Coding  GSM-7, {part.length} septets in {octets}"
            if part.coding == "gsm7"
            else f"  Coding  {_CODING_NAMES[part.coding]}, {octets}"
        )
        if part.coding == "8bit":
            lines.append(f"  Data    {_hex(part.body)}")
        else:
            lines.append(f"  Text    {visible(part.text, screen)}")
    if len(parts) > 1 and text is not None:
        lines.append("The message")
        lines.append(f"  Text    {visible(text, screen)}")
    return "\n".join(lines) + "\n"


def _hex(octets: bytes) -> str:
    return octets.hex().upper()


def _as_typed(message: str) -> str:
    """What `Plan.user_data` refuses, with its two options as they are typed."""
    typed = message.replace("wide_reference", "--wide-reference")
    return f"--{typed}" if typed.startswith("reference:") else typed
