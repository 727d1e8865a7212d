"""Decoded user data and PDUs for people at a terminal, line by line."""

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
from septet.wording.messages import Words, said
from septet.wording.speaking import spoken

_CODING_NAMES = {
    **ENCODING_NAMES,
    "8bit": said("8-bit data"),
    "ascii": "ASCII",
    "iso8859-5": "ISO-8859-5",
    "iso8859-8": "ISO-8859-8",
}

_WIDTH = 80
_LABEL = 8


def user_data_sheet(parts: Sequence[UserData], text: str | None, encoding: str) -> str:
    """The parts of a message, and the whole message if there are several."""
    screen = Screen(_WIDTH, False, encoding)
    lines = []
    for part in parts:
        lines.append(spoken(_title(part) or said("One short message")))
        lines += _of_part(part, screen, shows_no_header=True)
        lines += [_line(said("Note"), spoken(problem.message), screen) for problem in part.problems]
    if len(parts) > 1 and text is not None:
        lines.append(spoken(said("The message")))
        lines.append(_line(said("Text"), text, screen))
    return "\n".join(lines) + "\n"


def pdu_sheet(
    pdus: Sequence[Pdu], messages: Sequence[tuple[str, str, str | None, tuple[int, ...]]], encoding: str
) -> str:
    """PDUs, and the messages that parts of them make: kind, address, text, and parts that are missing."""
    screen = Screen(_WIDTH, False, encoding)
    lines = []
    for pdu in pdus:
        lines.append(f"SMS-{pdu.kind.upper()}")
        lines += [_line(name, value, screen) for name, value in _facts(pdu)]
        scheme = pdu.coding_scheme
        if pdu.user_data is not None and scheme is not None and scheme.compressed:
            lines.append(_line(said("Data"), hex_of(pdu.user_data.octets), screen))
        elif pdu.user_data is not None:
            if title := _title(pdu.user_data):
                lines.append(f"  {spoken(title)}")
            lines += _of_part(pdu.user_data, screen, scheme)
        lines += [_line(said("Note"), problem.message, screen) for problem in pdu.problems]
    if len(pdus) > 1 or any(missing for *_, missing in messages):
        for kind, address, text, missing in messages:
            who = visible(address, screen)
            title = (
                said("The message to %(who)s", who=who)
                if kind == "submit"
                else said("The message from %(who)s", who=who)
            )
            lines.append(spoken(title))
            if text is not None:
                lines.append(_line(said("Text"), text, screen))
            else:
                lines.append(_line(said("Missing"), ", ".join(map(str, missing)), screen))
    return "\n".join(lines) + "\n"


def _line(label: str, value: str, screen: Screen) -> str:
    return f"  {spoken(label):<{_LABEL - 1}} {visible(spoken(value), screen)}"


def _facts(pdu: Pdu) -> Iterable[tuple[Words, str]]:
    if pdu.smsc is not None:
        yield said("Centre"), pdu.smsc
    yield (said("From") if pdu.kind == "deliver" else said("To")), pdu.address or "-"
    if pdu.timestamp is not None:
        yield said("Sent"), _time(pdu.timestamp)
    if pdu.discharged is not None:
        yield said("Done"), _time(pdu.discharged)
    if pdu.status_words is not None:
        yield said("Status"), pdu.status_words
    if isinstance(pdu.validity, datetime):
        yield said("Valid"), said("until %(time)s", time=_time(pdu.validity))
    elif pdu.validity is not None:
        yield said("Valid"), _span(pdu.validity)
    if pdu.protocol:
        yield said("TP-PID"), f"0x{pdu.protocol:02X}"
    if pdu.kind == "submit" and pdu.status_report:
        yield said("Report"), said("requested")


def _time(time: datetime) -> str:
    return time.isoformat(" ")


def _span(span: timedelta) -> Words:
    return said(
        "for %(days)s d %(hours)s h %(minutes)s min %(seconds)s s",
        days=span.days,
        hours=span.seconds // 3600,
        minutes=span.seconds // 60 % 60,
        seconds=span.seconds % 60,
    )


def _title(part: UserData) -> Words | None:
    concatenation = part.concatenation
    if concatenation is None:
        return None
    return said(
        "Part %(number)s of %(total)s, reference %(reference)s (%(width)s bits)",
        number=concatenation.number,
        total=concatenation.total,
        reference=str(concatenation.reference),
        width=16 if concatenation.wide else 8,
    )


def _of_part(
    part: UserData, screen: Screen, scheme: CodingScheme | None = None, shows_no_header: bool = False
) -> list[str]:
    lines = []
    if part.udhi or shows_no_header:
        lines.append(_line(said("Header"), hex_of(part.header_octets) or "-", screen))
        lines += [_line("", _element(element), screen) for element in part.header]
    octets = len(part.octets)
    if part.coding == "gsm7":
        coding = said("GSM-7, %(septets)s septets in %(octets)s octets", septets=part.length, octets=octets)
    else:
        coding = said("%(coding)s, %(octets)s octets", coding=_CODING_NAMES[part.coding], octets=octets)
    lines.append(_line(said("Coding"), coding, screen))
    if scheme is not None:
        lines += [_line("", words, screen) for words in _scheme(scheme)]
    if part.coding == "8bit":
        lines.append(_line(said("Data"), hex_of(part.body), screen))
    elif (text := text_of(part)) is not None:
        lines.append(_line(said("Text"), text, screen))
    else:
        cut = said("%(octets)s (ends inside a character)", octets=hex_of(part.body))
        lines.append(_line(said("Data"), cut, screen))
    return lines


def _scheme(scheme: CodingScheme) -> Iterable[Words]:
    if scheme.message_class is not None:
        yield CLASSES[scheme.message_class]
    if scheme.indication is not None:
        kind, active, stored = scheme.indication
        if active:
            yield said("messages are waiting: %(kind)s", kind=kind)
        else:
            yield said("no messages are waiting: %(kind)s", kind=kind)
        yield said("the text is kept") if stored else said("the text is not kept")
    if scheme.deleted_when_read:
        yield said("to be deleted after reading")


def _element(element: InformationElement) -> Words:
    """One element in words: its purpose, its data, and the language that the data name."""
    found = {
        "identifier": f"0x{element.identifier:02X}",
        "kind": _KINDS[element.kind] if element.kind else said("not known here"),
        "data": hex_of(element.data) or said("no data"),
    }
    if element.kind in ("single shift", "locking shift"):
        language = str(language_of(element.data[0]))
        return said("%(identifier)s %(kind)s: %(data)s (%(language)s)", **found, language=language)
    return said("%(identifier)s %(kind)s: %(data)s", **found)


#: The purposes of the elements of a header.
_KINDS = {
    "concatenation": said("concatenation"),
    "ports": said("ports"),
    "single shift": said("single shift"),
    "locking shift": said("locking shift"),
}
