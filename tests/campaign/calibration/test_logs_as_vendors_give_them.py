"""Logs are read as vendors give them: known columns, what was not billed, all formats; no number is shown."""

from __future__ import annotations

import csv
import gzip
import io
import json
import pickle
import random
from pathlib import Path
from typing import Any

import pytest
from billed_logs import texts
from jsonschema import Draft202012Validator

pytest.importorskip("phonenumbers")

import pyarrow as pa
import pyarrow.parquet
import xlsxwriter

import septet
from septet import calibrate
from septet.errors import CampaignError, OptionError

#: The header of the message log that a vendor's console gives, as files of it have it.
HEADER = (
    *(
        "From",
        "To",
        "Body",
        "Status",
        "SentDate",
        "ApiVersion",
        "NumSegments",
        "ErrorCode",
        "AccountSid",
        "Sid",
    ),
    *("Direction", "Price", "PriceUnit"),
)


def console(rows: list[dict[str, Any]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def sent(body: str, segments: object, **more: object) -> dict[str, Any]:
    own = {"To": "+33612345678", "Body": body, "Status": "delivered", "Direction": "outbound-api"}
    return {**own, "NumSegments": segments, "SentDate": "2026-10-01 10:00:00", **more}


def test_the_columns_of_a_known_export_are_found_and_what_was_not_billed_is_left_out(tmp_path: Path) -> None:
    rows = [
        sent("Bonjour", 1, Price="-0.07980", PriceUnit="USD"),
        sent("é" * 161, 2, Price="-0.15960", PriceUnit="USD"),
        sent("STOP", 1, Direction="inbound", Status="received"),
        sent("Bonjour", 3, Status="failed"),
        sent("Bonjour", 1, Status="undelivered", Price="-0.07980", PriceUnit="USD"),
        sent("Bonjour", 4, To="whatsapp:+33612345678"),
        sent("Bonjour", 0),
        sent("Bonjour", ""),
        sent("Bonjour", "two"),
    ]
    found = calibrate(console(rows, tmp_path / "log.csv"), "twilio")
    assert found.columns.export
    assert found.columns.source
    assert (found.columns.text, found.columns.segments, found.columns.date) == (
        "Body",
        "NumSegments",
        "SentDate",
    )
    assert (found.rows, found.agree, found.unexplained) == (3, 3, 0)
    assert found.left_out == {"inbound": 1, "unbilled-status": 1, "other-channel": 1, "no-segments": 2}
    assert found.rejects == {"no-count": 1}
    assert [(cost.currency, str(cost.amount)) for cost in found.paid] == [("USD", "0.3192")]
    # A profile that extends it has the same export; given names take precedence.
    assert calibrate(tmp_path / "log.csv", "twilio-tollfree").rows == 3
    with pytest.raises(CampaignError, match="no column is named 'Text'"):
        calibrate(tmp_path / "log.csv", "twilio", text="Text")


def test_the_messages_of_the_api_are_known_too(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    message = {"body": "Bonjour", "num_segments": "1", "direction": "outbound-api", "status": "sent"}
    path.write_text(json.dumps({"messages": [message, {**message, "direction": "inbound"}]}), "utf-8")
    found = calibrate(path, "twilio")
    assert (found.rows, found.agree, found.left_out) == (1, 1, {"inbound": 1})


#: As the documents' examples have them, each with what its vendor file leaves out, and what columns are read.
KNOWN: dict[str, tuple[str, dict[str, int], set[str]]] = {
    "clicksend": (
        """{"data": [
        {"_api_username": "johndoe", "body": "Chocolate bar", "carrier": "", "country": "US",
        "date": "1436932432", "direction": "out", "error_code": null, "from": "sendlist",
        "message_parts": "1.00", "message_price": "0.070000", "status": "Completed", "to": "+16783270696"},
        {"body": "Later", "date": "1436932432", "direction": "out", "message_parts": "1.00",
        "message_price": "0.000000", "status": "Cancelled", "to": "+16783270696"}]}""",
        {"unbilled-status": 1},
        {"price", "status", "direction", "recipient", "date"},
    ),
    "infobip": (
        """{"results": [{"bulkId": "bafdeb3d", "messageId": "07e03aae", "to": "41793026727",
        "from": "InfoSMS", "text": "Test SMS.", "sentAt": "2015-02-23T17:41:11.833+0100", "smsCount": 1,
        "price": {"pricePerMessage": 0.01, "currency": "EUR"}, "status": {"groupId": 3}}]}""",
        {},
        {"recipient", "date"},
    ),
    "signalwire": (
        """{"messages": [{"body": "Hello World!", "num_segments": 1, "date_sent": null,
        "direction": "outbound-api", "date_created": "Mon, 13 Aug 2018 21:38:46 +0000", "price": 0.005,
        "price_unit": "USD", "status": "sent", "to": "+15557654321", "subresource_uris": {"media": "/api"}},
        {"body": "STOP", "num_segments": 1, "date_sent": null, "direction": "inbound", "price": 0.005,
        "price_unit": "USD", "status": "received", "to": "+15557654321"}]}""",
        {"inbound": 1},
        {"price", "currency", "status", "direction", "recipient", "date"},
    ),
    "telnyx": (
        """{"data": [{"record_type": "message", "id": "834f3d53", "direction": "outbound", "type": "SMS",
        "encoding": "GSM-7", "from": {"phone_number": "+18445550001"}, "text": "Hello, World!", "parts": 1,
        "to": [{"phone_number": "+18665550002", "status": "delivered"}],
        "cost": {"amount": "1.23", "currency": "USD"}, "created_at": "2019-01-23T18:10:02.574Z"}]}""",
        {},
        {"direction", "date", "billed_encoding"},
    ),
    "textmagic": (
        """[{"id": 49, "sender": "xy", "receiver": "999123456", "text": "I love TextMagic!", "status": "d",
        "messageTime": "2012-05-07T04:24:16+0000", "price": 0.03, "partsCount": 1, "deleted": false}]""",
        {},
        {"price", "recipient", "date"},
    ),
}


@pytest.mark.parametrize("profile", KNOWN)
def test_a_log_as_its_document_shows_it_is_known(profile: str, tmp_path: Path) -> None:
    written, left_out, columns = KNOWN[profile]
    path = tmp_path / "log.json"
    path.write_text(written, "utf-8")
    found = calibrate(path, profile)
    assert (found.rows, found.agree, found.left_out, found.rejects) == (1, 1, left_out, {})
    read = {what for what, name in found.columns.named.items() if name is not None}
    assert read == {"text", "segments", *columns}


def test_each_known_log_is_read_somewhere() -> None:
    known = {name for name in septet.profiles() if septet.profile(name).rule("export")}
    assert known == {*KNOWN, "twilio", "twilio-tollfree", "telnyx-shortcode"}


def test_a_log_in_french_says_what_was_not_billed(tmp_path: Path) -> None:
    statuses = {
        "Délivré": 3,
        "Envoyé": 1,
        "ÉCHEC": 1,
        "Refusée": 2,
        "annule": 1,
        " En attente ": 1,
        "": 1,
    }
    lines = [f"Bonjour;1;{status};Sortant" for status, times in statuses.items() for _ in range(times)]
    lines += ["STOP;1;Délivré;Entrant", "Oui;1;;reçu"]
    path = tmp_path / "factures.csv"
    path.write_text("\n".join(["Texte;Nb SMS;Statut;Sens", *lines]), "cp1252")
    columns = {"text": "Texte", "segments": "Nb SMS", "status": "Statut", "direction": "Sens"}
    found = calibrate(path, "smsmode", **columns)
    assert (found.rows, found.agree) == (5, 5)
    assert found.left_out == {"inbound": 2, "unbilled-status": 5}


def test_what_no_vendor_file_knows_has_to_be_named(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("texte;nombre\nBonjour;1\n", "utf-8")
    with pytest.raises(
        CampaignError, match="with these columns: give the column of the texts as text; the columns are texte"
    ):
        calibrate(path, "smsmode")
    with pytest.raises(CampaignError, match="the column of the billed segments as segments"):
        calibrate(path, "smsmode", text="texte")
    assert calibrate(path, "smsmode", text="texte", segments="nombre").agree == 1
    with pytest.raises(OptionError, match="segments: expected the name of a column, found ''"):
        calibrate(path, "smsmode", text="texte", segments="")
    with pytest.raises(TypeError, match="'txet' is not an option"):
        calibrate(path, "smsmode", text="texte", segments="nombre", txet=1)  # type: ignore[call-arg]
    with pytest.raises(OptionError, match="substitute"):
        calibrate(path, "smsmode", text="texte", segments="nombre", substitute=True)


def test_every_format_says_the_same(tmp_path: Path) -> None:
    bill = septet.Planner("twilio", substitute=False).count
    rows = [{"Body": text, "NumSegments": bill(text)} for text in texts(150, 3, ("quotes", "cedilla"))]
    table = pa.Table.from_pylist(rows)
    by_hand = calibrate(rows, "twilio")
    assert [cause.rule for cause in by_hand.causes] == ["substitute=False"]
    written = io.StringIO()
    writer = csv.DictWriter(written, ["Body", "NumSegments"])
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "log.csv").write_text(written.getvalue(), "utf-8", newline="")
    (tmp_path / "log.csv.gz").write_bytes(gzip.compress(written.getvalue().encode()))
    (tmp_path / "log.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    pyarrow.parquet.write_table(table, tmp_path / "log.parquet")
    with xlsxwriter.Workbook(tmp_path / "log.xlsx") as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([("Body", "NumSegments"), *(row.values() for row in rows)]):
            sheet.write_row(line, 0, cells)
    given: list[Any] = [*sorted(tmp_path.glob("log.*")), table, table.to_batches(), iter(rows)]
    given.append([tmp_path / "log.csv", tmp_path / "log.parquet"])
    for export in given:
        found = calibrate(export, "twilio")
        times = 2 if isinstance(export, list) and len(export) == 2 else 1
        assert (found.rows, found.differ) == (times * by_hand.rows, times * by_hand.differ), export
        assert [cause.rule for cause in found.causes] == ["substitute=False"], export
        assert found.unexplained == 0


def test_a_cell_without_a_number_of_segments_is_left_out() -> None:
    numbers = pa.array(["1", None, "", "x", "1", None])
    for column in (numbers, numbers.dictionary_encode()):
        table = pa.table({"Body": ["Bonjour"] * 6, "NumSegments": column})
        found = calibrate(table, "twilio")
        assert (found.rows, found.agree, found.differ) == (2, 2, 0)


def test_what_it_says_is_as_its_schema_has_it_and_shows_no_number(tmp_path: Path) -> None:
    draw = random.Random(4)
    rows = [
        sent(
            f"Rappelez le +33 6 12 34 56 {place:02d} {text}",
            draw.choice((1, 2, 3, 9)),
            To=f"+336123456{place:02d}",
        )
        for place, text in enumerate(texts(40, 5))
    ]
    found = calibrate(console(rows, tmp_path / "log.csv"), "twilio")
    shape = found.to_dict()
    assert json.loads(json.dumps(shape)) == shape
    Draft202012Validator(septet.schema("calibration")).validate(shape)
    assert len(shape["unexplained_rows"]) == 10
    assert "+33 6 12 •• ••" in shape["unexplained_rows"][0]["text"]
    assert "12 34 56" not in json.dumps(shape, ensure_ascii=False)
    assert [row["line"] for row in shape["unexplained_rows"]] == sorted(
        row["line"] for row in shape["unexplained_rows"]
    )
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(AttributeError, match="does not change"):
        found.rows = 1  # type: ignore[misc]
    assert (
        repr(found) == f"<septet.Calibration: 40 rows, {found.agree} agree, {found.unexplained} unexplained>"
    )
    causes = calibrate(rows[:1] and [sent("l’été " * 20, 2)] * 3, "twilio").to_dict("fr")["causes"]
    Draft202012Validator(septet.schema("cause")).validate(causes[0])
    assert "désactivés" in causes[0]["words"]


def test_an_encoding_that_was_billed_is_held_against_the_plan() -> None:
    bill = septet.Planner("twilio", substitute=False).measure
    rows = [
        {"Body": text, "NumSegments": found.billed_segments, "Sort": name}
        for text in texts(200, 6, ("quotes", "cedilla"))
        if (found := bill(text)) and (name := {"gsm7": "GSM 7-bit", "ucs2": "Unicode"}[found.encoding])
    ]
    alone = calibrate(rows, "twilio")
    found = calibrate(rows, "twilio", billed_encoding="Sort")
    assert found.differ_by["encoding"] > found.differ_by["segments"] == alone.differ
    assert [cause.rule for cause in found.causes] == ["substitute=False"]
    assert found.causes[0].rows == found.differ == found.differ_by["encoding"]
    # Unknown values are ignored.
    assert calibrate([{**row, "Sort": "?"} for row in rows], "twilio", billed_encoding="Sort") == calibrate(
        [{**row, "Sort": ""} for row in rows], "twilio", billed_encoding="Sort"
    )


def test_the_country_of_a_number_decides_its_mention() -> None:
    planned = {c: septet.Planner("smsmode", commercial=True, country=c).count for c in ("FR", "BE")}
    rows = [
        {"text": "x" * length, "n": planned[country]("x" * length), "to": to}
        for length in range(120, 161)
        for country, to in (("FR", "+33612345678"), ("BE", "+32470123456"), ("FR", "no number"))
    ]
    columns = {"text": "text", "segments": "n"}
    assert calibrate(rows, "smsmode", **columns, recipient="to", commercial=True).differ == 0
    assert calibrate(rows, "smsmode", **columns, commercial=True).differ > 0
