"""The command `fake-vendor`: a vendor on loopback, for the tests of a client in any language."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from septet.cli import output
from septet.cli.defaults import Command
from septet.cli.input import UsageError
from septet.cli.options import refusals
from septet.sending.playing.calls import Received
from septet.sending.playing.vendors import PlayedVendor, vendor
from septet.wording.messages import said, translated
from septet.wording.speaking import language_spoken, spoken


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(
        "fake-vendor", cls=Command, short_help="Simulate a vendor on loopback, to test a client against."
    )(fake_vendor)


def fake_vendor(
    profile: Annotated[
        str, typer.Argument(metavar="PROFILE", help="A vendor with a request, or the path of a vendor file.")
    ],
    port: Annotated[
        int, typer.Option(metavar="PORT", help="The port to listen on; 0 for any free one.")
    ] = 8080,
    fail: Annotated[
        str | None, typer.Option(metavar="CODE", help="Refuse calls with this code of the vendor.")
    ] = None,
    status: Annotated[
        int | None, typer.Option(metavar="STATUS", help="Fail with this HTTP status, such as 500.")
    ] = None,
    slow: Annotated[
        float, typer.Option(metavar="SECONDS", help="Accept the call, and answer this many seconds later.")
    ] = 0.0,
    half: Annotated[bool, typer.Option("--half", help="Accept the call, and break off the answer.")] = False,
    times: Annotated[
        int | None, typer.Option(metavar="N", help="How many calls fail; without it, all of them.")
    ] = None,
    price: Annotated[
        str | None, typer.Option(metavar="PRICE", help="The price of a segment, if the answer contains it.")
    ] = None,
) -> None:
    """Simulate a vendor on this machine, as its documents describe it, until you interrupt it.

    Any credentials are accepted. Each call is printed as one line of JSON: the text that the phone shows,
    the recipients, the segments, and what was wrong with it. More: docs/testing.md.

    \b
    Example:
      septet fake-vendor smsmode --port 8080
    """
    with refusals():
        played = vendor(profile, port=port, price=price)
        if fail is not None or status is not None or slow or half:
            played.fail(fail, status=status, slow=slow, half=half, times=times)
        elif times is not None:
            raise UsageError("--times: expected with --fail, --status, --slow or --half")
    # The language is that of this thread; calls come in other threads.
    lang = language_spoken()
    played.on_received = lambda received: _write(received, lang)
    _play(played, port)


def _play(played: PlayedVendor, port: int) -> None:
    try:
        played.__enter__()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"--port: {port} cannot be used: {reason}: expected a free one, or 0") from None
    ended = threading.Event()
    # This is its normal end, at a terminal and in the background.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: ended.set())
    try:
        name, url = played.profile.name, played.url
        output.write_error(spoken(said("%(profile)s is simulated at %(url)s", profile=name, url=url)) + "\n")
        if played.profile.rule("batch") is not None:
            words = said("its batch files are accepted at %(url)s", url=played.batch_url)
            output.write_error(spoken(words) + "\n")
        while not ended.wait(0.5):
            pass
    finally:
        played.__exit__(None, None, None)


def _write(received: Received, lang: str) -> None:
    faults = [translated(fault, lang) for fault in received.faults]
    output.write_json(received.to_dict() | {"faults": faults})
