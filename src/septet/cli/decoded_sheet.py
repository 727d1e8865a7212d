"""What was decoded, for people at a terminal: user data and PDUs, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from septet.gsm.alphabets import language_of
from septet.gsm.segmentation import ENCODING_NAMES
from septet.pdus.data_codings import CLASSES, CodingScheme
from septet.pdus.information_elements import InformationElement
from septet.pdus.pdu import Pdu
from septet.pdus.shapes import hex_of, text_of
from septet.pdus.user_data import UserData
from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Screen

_CODING_NAMES = {**ENCODING_NAMES, "8bit": "8-bit data"}

_WIDTH = 80


def user_data_sheet(parts: Sequence[UserData], text: str | None, encoding: str) -> str:
    """The parts of a message, and the whole of it where there are several."""
    screen = Screen(_WIDTH, False, encoding)
    lines = []
    for part in parts:
        lines.append(_title(part) or "One short message")
        lines += _of_part(part, screen, shows_no_header=True)
        lines += [_noted(problem.message, screen) for problem in part.problems]
    if len(parts) > 1 and text is not None:
        lines.append("The message")
        lines.append(f"  Text    {visible(text, screen)}")
    return "\n".join(lines) + "\n"


def pdu_sheet(
    pdus: Sequence[Pdu], messages: Iterable[tuple[str, str | None, tuple[int, ...]]], encoding: str
) -> str:
    """PDUs, and the messages that parts of them make."""
    screen = Screen(_WIDTH, False, encoding)
    lines = []
    for pdu in pdus:
        lines.append(f"SMS-{pdu.kind.upper()}")
        lines += [f"  {name:<8}{visible(value, screen)}" for name, value in _facts(pdu)]
        scheme = pdu.coding_scheme
        if pdu.user_data is not None and scheme is not None and not scheme.compressed:
            title = _title(pdu.user_data)
            lines += [f"  Part    {title.removeprefix('Part ')}"] if title else []
            lines += _of_part(pdu.user_data, screen, scheme)
        elif pdu.user_data is not None:
            lines.append(f"  Data    {hex_of(pdu.user_data.octets)}")
        lines += [_noted(problem.message, screen) for problem in pdu.problems]
    if len(pdus) > 1 or any(missing for _, _, missing in messages):
        for address, text, missing in messages:
            lines.append(
                f"The message {'to' if pdus[0].kind == 'submit' else 'from'} {visible(address, screen)}"
            )
            if text is not None:
                lines.append(f"  Text    {visible(text, screen)}")
            else:
                lines.append(f"  Missing {', '.join(map(str, missing))}")
    return "\n".join(lines) + "\n"


def _facts(pdu: Pdu) -> Iterable[tuple[str, str]]:
    if pdu.smsc is not None:
        yield "Centre", pdu.smsc
    yield ("From" if pdu.kind == "deliver" else "To"), pdu.address or "(no number)"
    if pdu.timestamp is not None:
        yield "Sent", _time(pdu.timestamp)
    if pdu.discharged is not None:
        yield "Done", _time(pdu.discharged)
    if pdu.status_words is not None:
        yield "Status", pdu.status_words
    if pdu.validity is not None:
        yield "Valid", _time(pdu.validity) if isinstance(pdu.validity, datetime) else _span(pdu.validity)
    if pdu.protocol:
        yield "TP-PID", f"0x{pdu.protocol:02X}"
    if pdu.kind == "submit" and pdu.status_report:
        yield "Asks", "for a status report"


def _time(time: datetime) -> str:
    return time.isoformat(" ")


def _span(span: timedelta) -> str:
    return f"for {span}"


def _noted(message: str, screen: Screen) -> str:
    return f"  Note    {visible(message, screen)}"


def _title(part: UserData) -> str | None:
    concatenation = part.concatenation
    if concatenation is None:
        return None
    width = 16 if concatenation.wide else 8
    return (
        f"Part {concatenation.number} of {concatenation.total}, "
        f"reference {concatenation.reference} ({width} bits)"
    )


def _of_part(
    part: UserData, screen: Screen, scheme: CodingScheme | None = None, shows_no_header: bool = False
) -> list[str]:
    lines = []
    if part.udhi or shows_no_header:
        lines.append(f"  Header  {hex_of(part.header_octets) or '-'}")
        lines += [f"          {_element(element)}" for element in part.header]
    octets = f"{len(part.octets)} octets"
    if part.coding == "gsm7":
        lines.append(f"  Coding  GSM-7, {part.length} septets in {octets}")
    else:
        lines.append(f"  Coding  {_CODING_NAMES[part.coding]}, {octets}")
    if scheme is not None:
        lines += [f"          {words}" for words in _scheme(scheme)]
    if part.coding == "8bit":
        lines.append(f"  Data    {hex_of(part.body)}")
    elif (text := text_of(part)) is not None:
        lines.append(f"  Text    {visible(text, screen)}")
    else:
        lines.append(f"  Data    {hex_of(part.body)} (ends inside a character)")
    return lines


def _scheme(scheme: CodingScheme) -> Iterable[str]:
    if scheme.message_class is not None:
        yield CLASSES[scheme.message_class]
    if scheme.indication is not None:
        kind, active, stored = scheme.indication
        yield (
            f"{kind} message{'s wait' if active else 's wait no longer'}; the text is "
            f"{'kept' if stored else 'not kept'}"
        )
    if scheme.deleted_when_read:
        yield "to be deleted once it was read"


def _element(element: InformationElement) -> str:
    """One element in words: what it is for, its data, and the language that those name."""
    data = hex_of(element.data) or "no data"
    kind = element.kind or "not known here"
    if kind.endswith("shift"):
        language = language_of(element.data[0])
        return f"0x{element.identifier:02X} {kind}: {data} ({language})"
    return f"0x{element.identifier:02X} {kind}: {data}"
