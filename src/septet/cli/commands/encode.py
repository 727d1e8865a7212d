"""The command `encode`: a message as the octets that are sent, or as lines for a modem."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand, quoted
from septet.cli.input import UsageError
from septet.cli.options import Json, about_a_message, asked, refusals
from septet.pdus.shapes import hex_of, part_shape
from septet.wording.messages import joined, said

_ARGUMENTS = re.compile(r"^(recipient|reference|smsc|validity|message_class)(?=:)")
_SPAN = re.compile(r"(\d{1,5})(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=TextCommand, epilog=ABOUT_DASHES, short_help="Print the octets that are sent.")(encode)


@about_a_message
def encode(
    context: typer.Context,
    reference: Annotated[
        int, typer.Option(metavar="N", help="The message's reference number, if it has several segments.")
    ] = 0,
    wide_reference: Annotated[
        bool, typer.Option("--wide-reference", help="Write the reference number in 16 bits.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER", help="Print the modem commands (AT+CMGS) that send it to this number."
        ),
    ] = None,
    smsc: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="The service centre, with --to; the SIM card's own otherwise."),
    ] = None,
    validity: Annotated[
        str | None,
        typer.Option(metavar="SPAN", help="How long the centre keeps it, with --to: 30m, 12h, 2d, 1w."),
    ] = None,
    status_report: Annotated[
        bool, typer.Option("--status-report", help="Ask for a status report, with --to.")
    ] = False,
    message_class: Annotated[
        int | None,
        typer.Option("--class", metavar="0-3", help="The message class, with --to; 0 is shown at once."),
    ] = None,
    json: Json = False,
    **shared: Any,
) -> None:
    """Print the user data of a message (TP-UD), one line per segment; with --to, the lines for a modem.

    A line has the header (- for none), all octets in hexadecimal, including the header, and their
    length (TP-UDL). --json adds the other fields, and the short_message of SMPP. --to prints
    AT+CMGS=LENGTH and the PDU of each segment, to type after AT+CMGF=0; Ctrl-Z ends each PDU.

    \b
    Example:
      septet encode "-20 % sur tout, 10 € offerts !" --reference 167
      septet encode "-20 % sur tout" --to +33612345678
    """
    planner, message = asked(context)
    plan = None
    with refusals():
        plan = planner.plan(message)
        if to is None:
            for name, given in (("smsc", smsc), ("validity", validity), ("class", message_class)):
                if given is not None:
                    raise UsageError(f"--{name}: only a PDU has it: expected --to NUMBER")
            if status_report:
                raise UsageError("--status-report: only a PDU has it: expected --to NUMBER")
            try:
                parts = plan.user_data(reference, wide_reference)
            except ValueError as error:
                raise ValueError(_as_typed(str(error))) from None
        elif wide_reference:
            raise UsageError("--wide-reference: with --to, a --reference above 255 takes 16 bits")
    if to is None:
        if json:
            output.write_json([part_shape(part) for part in parts])
            return
        lines = []
        for part in parts:
            figures = {
                "header": hex_of(part.header_octets) or "-",
                "octets": hex_of(part.octets),
                "length": part.length,
            }
            lines.append(
                said("header %(header)s  octets %(octets)s  length %(length)s septets", **figures)
                if part.coding == "gsm7"
                else said("header %(header)s  octets %(octets)s  length %(length)s octets", **figures)
            )
        output.write(joined("\n", [*lines, ""]))
        return
    try:
        pdus = plan.submit_pdus(
            to,
            reference=reference,
            smsc=smsc,
            validity=None if validity is None else _span(validity),
            status_report=status_report,
            message_class=message_class,
        )
    except ValueError as error:
        raise UsageError(_ARGUMENTS.sub(lambda name: f"--{_typed(name[0])}", str(error))) from None
    if json:
        output.write_json([pdu.to_dict() for pdu in pdus])
        return
    output.write("".join(f"AT+CMGS={pdu.length}\n{pdu.hex}\n" for pdu in pdus))


def _span(written: str) -> timedelta:
    found = _SPAN.fullmatch(written)
    if found is None:
        raise ValueError(f"validity: expected a number and m, h, d or w, as in 12h, found {quoted(written)}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _typed(name: str) -> str:
    return {"recipient": "to", "message_class": "class"}.get(name, name)


def _as_typed(message: str) -> str:
    """The errors of `Plan.user_data`, with its two options as they are typed."""
    typed = message.replace("wide_reference", "--wide-reference")
    return f"--{typed}" if typed.startswith("reference:") else typed
