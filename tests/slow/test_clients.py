"""Others' code at both ends: a client and a server of SMPP on loopback, and two coders of PDUs.

The client is smpplib, the server smpp of npm; the coders are smspdudecoder and node-pdu of npm. The texts
that arrive are those that were planned, in all ways and codings; those that the others write can be read.
"""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import smpplib.client
import smpplib.gsm
from smspdudecoder.easy import read_incoming_sms

import septet

HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not there")

#: Texts with difficult places: escapes at a cut, surrogate pairs at a cut, every character of an alphabet.
GSM = "".join(
    c for c in (bytes([code]).decode("gsm03.38") for code in range(128)) if c not in "\x1b\r"
).replace("  ", " ")
TEXTS = [
    ("hello", {}),
    (GSM, {}),
    ("10 € [a] {b} ~^| " * 20, {}),
    ("a" * 160, {}),
    ("a" * 152 + "€" + "b" * 200, {}),
    ("]" * 153, {}),
    ("Привет, мир! " * 12, {}),
    ("я" * 100, {}),
    ("a" * 250, {}),
    ("😀" * 67, {}),
    ("日本語 " * 30, {}),
    ("déjà vu, ça va ? " * 12, {"encoding": "latin1"}),
    ("".join(map(chr, range(0xA0, 0x100))), {"encoding": "latin1"}),
    ("code 1234", {"ports": (2948, 9200)}),
    ("long " * 40, {"ports": (240, 255)}),
]


@contextmanager
def node(script: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        ["node", str(HERE / script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(10)


class Centre:
    """A session with the server: what it reports to have received, and what it sends back."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.lines = process.stdout
        logging.getLogger("smpplib").setLevel(logging.CRITICAL)
        self.received: list[Any] = []
        self.client = smpplib.client.Client(
            "127.0.0.1", int(self.lines.readline()), timeout=20, allow_unknown_opt_params=True
        )
        self.client.set_message_received_handler(lambda pdu, **_: self.received.append(pdu))
        self.client.connect()
        self.client.bind_transceiver(system_id="septet", password="septet")

    def send(self, message: septet.ShortMessage) -> tuple[dict[str, Any], septet.ShortMessage]:
        """What the server's decoder saw, and the message that its encoder sent back."""
        self.client.send_message(
            source_addr="Septet", destination_addr="33612345678", source_addr_ton=5, **message.fields
        )
        seen = json.loads(self.lines.readline())
        while not self.received:
            self.client.read_once()
        pdu = self.received.pop()
        names = ("sar_msg_ref_num", "sar_total_segments", "sar_segment_seqnum")
        optional = {
            name: getattr(pdu, name)
            for name in (*names, "message_payload", "destination_port", "source_port")
            if getattr(pdu, name, None) is not None
        }
        back = septet.ShortMessage(pdu.short_message or b"", pdu.data_coding, pdu.esm_class, optional)
        return seen, back


@pytest.fixture(scope="module")
def centre() -> Iterator[Centre]:
    with node("smpp_server.js") as process:
        centre = Centre(process)
        yield centre
        centre.client.unbind()
        centre.client.disconnect()


@pytest.mark.parametrize("way", ["udh", "sar", "payload"])
@pytest.mark.parametrize(("text", "options"), TEXTS, ids=lambda value: str(value)[:12])
def test_what_is_planned_arrives_through_others(
    centre: Centre, text: str, options: dict[str, Any], way: str
) -> None:
    plan = septet.plan(text, "smpp", **options)
    assert plan.ok
    messages = plan.short_messages(reference=septet.References(), way=way)
    if way == "payload" and len(messages[0].optional["message_payload"]) > 254:
        pytest.skip("smpplib takes 254 octets of message_payload")
    shown, reassembler, whole = "", septet.Reassembler(), None
    for number, message in enumerate(messages, 1):
        seen, back = centre.send(message)
        shown += seen["text"]
        assert (seen["data_coding"], seen["esm_class"]) == (message.data_coding, message.esm_class)
        if way == "sar" and len(messages) > 1:
            assert seen["sar"][1:] == [len(messages), number]
        if "ports" in options:
            has_ports = any(element.startswith(("05", "04")) for element in seen["udh"])
            assert has_ports or seen["ports"] == list(options["ports"])
        whole = reassembler.add(back, sender="33612345678")
    # Read by the server's decoder, and by ours from the server's encoder.
    assert shown == plan.text == whole


def test_what_is_recut_arrives_through_others(centre: Centre) -> None:
    for data_coding, octets in (
        (0x00, ("10 € " * 60).encode("gsm03.38")),
        (0x03, ("ça va " * 40).encode("latin-1")),
        (0x08, ("😀я" * 60).encode("utf-16-be")),
    ):
        for way in ("udh", "sar"):
            reassembler, whole, shown = septet.Reassembler(), None, ""
            for message in septet.recut(octets, data_coding, way=way):
                seen, back = centre.send(message)
                shown += seen["text"]
                whole = reassembler.add(back)
            assert whole == shown != ""


@pytest.fixture(scope="module")
def node_pdu() -> Iterator[Any]:
    with node("node_pdu.js") as process:

        def ask(**asked: str) -> Any:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask


# Neither of the two has national tables.
PDU_TEXTS = [text for text, options in TEXTS if not options]


@pytest.mark.parametrize("text", PDU_TEXTS, ids=lambda text: text[:12])
def test_others_read_the_pdus_that_are_written(node_pdu: Any, text: str) -> None:
    shown = ""
    for pdu in septet.plan(text).submit_pdus("+33612345678", reference=7, smsc="+33695000643"):
        found = node_pdu(parse=pdu.hex)
        assert (found["kind"], found["address"]) == ("submit", "33612345678"), found
        shown += found["text"].replace("`", "§")  # its table has the grave accent there, GSM's has none
        # The other decoder reads what was delivered: the same octets after another head.
        part = pdu.user_data
        assert part is not None
        head = f"{0x44 if part.udhi else 0x04:02X}0B913316325476F800{part.data_coding:02X}62408122008000"
        delivered = f"07913396050046F3{head}{part.length:02X}{part.octets.hex().upper()}"
        other = read_incoming_sms(delivered)
        assert (other["sender"], septet.read_pdu(delivered).text) == ("+33612345678", part.text)
        assert node_pdu(parse=delivered)["text"].replace("`", "§") == part.text
        if not (part.udhi and set(part.text) & set("€[]{}~^|\\\f")):
            # After a header, it counts characters, not septets.
            assert other["content"] == part.text
    assert shown == text


@pytest.mark.parametrize("text", PDU_TEXTS, ids=lambda text: text[:12])
def test_the_pdus_that_others_write_are_read(node_pdu: Any, text: str) -> None:
    written = node_pdu(submit=text, to="+33612345678")["pdus"]
    if any(len(octets) % 2 for octets in written):
        pytest.skip("node-pdu writes half an octet for this text")
    pdus = [septet.read_pdu(octets) for octets in written]
    assert {pdu.address for pdu in pdus} == {"+33612345678"}
    assert {pdu.kind for pdu in pdus} == {"submit"}
    assert septet.join(pdu.user_data for pdu in pdus if pdu.user_data is not None) == text


@pytest.mark.parametrize("text", PDU_TEXTS, ids=lambda text: text[:12])
def test_the_parts_that_another_client_makes_are_read(text: str) -> None:
    parts, data_coding, esm_class = smpplib.gsm.make_parts(text)
    messages = [septet.ShortMessage(part, data_coding, esm_class) for part in parts]
    assert septet.join(messages) == text
