"""The call that sends a batch file: its fields, the file, and what is wrong with either."""

from __future__ import annotations

import copy
import hashlib
import io
import pickle
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from batch_examples import DOCUMENT, HEADER, vendor_file
from clocks import WEDNESDAY, stop_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vendor_servers import SmsmodeBatch, serving

import septet

NUMBER, BELGIUM = "0612345678", "32470123456"
CREDENTIALS = {"accessToken": "token"}


@pytest.fixture(autouse=True)
def _the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)


def batch(*rows: tuple[str, ...]) -> io.BytesIO:
    """A batch file as someone else wrote it: nothing in it is checked or changed."""
    lines = [",".join(f'"{cell}"' for cell in (*row, "")[:3]) + "\n" for row in rows]
    return io.BytesIO(HEADER + "".join(lines).encode("iso-8859-15"))


def codes(prepared: septet.PreparedBatch) -> list[str]:
    return [problem.code for problem in prepared.problems]


# --- the fields -------------------------------------------------------------------------------


def test_all_fields_of_the_document() -> None:
    prepared = septet.prepare_batch(
        "smsmode",
        batch((NUMBER, "a"), (BELGIUM, "b" * 161)),
        sender="PERSO",
        tag="réf 7",
        send_at="2030-03-05T10:00",
        vendor_fields={"notification_url": "https://example.com/report"},
    )
    assert prepared.ok
    request = prepared.request
    assert request.fields == {
        "date_envoi": "05032030-10:00",
        "refClient": "réf 7",
        "emetteur": "PERSO",
        "nbr_msg": "2",
        "notification_url": "https://example.com/report",
    }
    assert (request.method, request.url) == ("POST", "https://api.smsmode.com/http/1.6/sendSMSBatch.do")
    assert request.content_type.startswith("multipart/form-data; boundary=")
    query = urlsplit(request.address(CREDENTIALS)).query
    assert dict(parse_qsl(query, encoding="iso-8859-15")) == request.fields | CREDENTIALS
    assert str(prepared.send_at) == "2030-03-05 10:00:00+01:00"


def test_what_can_be_answered_has_no_sender() -> None:
    assert septet.prepare_batch(None, batch((NUMBER, "a")), replies=True).request.fields == {
        "classe_msg": "4",
        "nbr_msg": "1",
    }
    whole = septet.prepare_batch(None, batch((NUMBER, "a")), replies=True, sender="PERSO")
    assert codes(whole)[0] == "sender-with-replies"
    one = septet.prepare_batch(None, batch((NUMBER, "a"), (NUMBER, "b", "RDV")), replies=True)
    assert (one.ok, one.report.refused) == (False, 1)
    assert "row 3: A message that accepts replies" in one.problems[0].message


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"sender": "0612345678"}, "sender-number", ""),
        ({"sender": "É"}, "sender-characters", ""),
        ({"sender": "x" * 12}, "sender-length", ""),
        ({"tag": ""}, "tag-length", ""),
        ({"tag": "ж"}, "tag-characters", ""),
        ({"send_at": "2001-01-01T10:00"}, "schedule-past", ""),
        ({"send_at": "2030-01-01"}, "schedule-incomplete", ""),
        ({"vendor_fields": {"date_envoi": "1/1/2030"}}, "schedule-malformed", "DDMMYYYY-HH:mm"),
        ({"vendor_fields": {"notification_url": "nowhere"}}, "field-value", "an address"),
        ({"vendor_fields": {"nbr_msg": "3"}}, "field-conflict", "nbr_msg is 1"),
        ({"vendor_fields": {"classe_msg": "4"}}, "field-conflict", "classe_msg is not set"),
        ({"vendor_fields": {"classe_msg": "9"}}, "field-conflict", "classe_msg is not set"),
        ({"commercial": True, "send_at": "2030-03-10T10:00"}, "quiet-hours", "10:00 would be sent at"),
    ],
)
def test_what_is_wrong_with_the_call_is_said_as_for_a_message(
    options: dict[str, Any], code: str, words: str
) -> None:
    texts = ("a STOP 36034", "b STOP 36034") if options.get("commercial") else ("a", "b")
    prepared = septet.prepare_batch(None, batch(*((NUMBER, text) for text in texts)), **options)
    assert codes(prepared).count(code) == 1
    (problem,) = (problem for problem in prepared.problems if problem.code == code)
    assert words in problem.message
    assert prepared.ok == (problem.severity != "error")
    if problem.severity == "error":
        with pytest.raises(septet.RejectedMessage, match=code):
            prepared.raise_for_problems()


def test_fields_that_say_what_is_so_are_taken() -> None:
    given = {
        "date_envoi": "05032030-10:00",
        "classe_msg": "2",
        "nbr_msg": 1,
        "emetteur": "RDV",
        "refClient": 7,
    }
    prepared = septet.prepare_batch(None, batch((NUMBER, "a")), vendor_fields=given)
    assert prepared.ok
    assert prepared.request.fields == {name: str(value) for name, value in given.items()}


@pytest.mark.parametrize(
    ("arguments", "kind", "says"),
    [
        ({"vendor_fields": {"stop": "1"}}, ValueError, "'stop' is not a field of smsmode"),
        ({"vendor_fields": {"accessToken": "x"}}, ValueError, "accessToken is a credential"),
        ({"sender": "A", "vendor_fields": {"emetteur": "B"}}, ValueError, "emetteur is filled from sender"),
        ({"sender": 7}, TypeError, "sender: expected a text"),
        ({"replies": "yes"}, TypeError, "replies: expected True or False"),
        ({"send_at": "tomorrow"}, ValueError, "send_at: expected a date and a time"),
        ({"max_segments": 9}, ValueError, "max_segments"),
        ({"profile": "gsm"}, ValueError, "gsm has no batch files; expected smsmode"),
    ],
)
def test_wrong_arguments(arguments: dict[str, Any], kind: type[Exception], says: str) -> None:
    profile = arguments.pop("profile", None)
    with pytest.raises(kind, match=says):
        septet.prepare_batch(profile, batch((NUMBER, "a")), **arguments)


# --- the rows ---------------------------------------------------------------------------------


def test_a_file_that_was_written_by_septet_is_good(tmp_path: Path) -> None:
    rows = [(NUMBER, "Été " * 60, "RDV"), ("+32470123456", "10 €"), (NUMBER, "ça \x80")]
    for options in ({}, {"commercial": True}, {"commercial": True, "country": "FR"}):
        report = septet.batch_file(rows, tmp_path / "batch.csv", **options)  # type: ignore[arg-type]
        prepared = septet.prepare_batch(None, tmp_path / "batch.csv", **options)  # type: ignore[arg-type]
        assert prepared.ok, prepared.problems
        assert prepared.report.billed_segments == report.billed_segments
        assert prepared.request.fields == {"nbr_msg": str(report.most_segments)}
        octets = (tmp_path / "batch.csv").read_bytes()
        opened = septet.prepare_batch(None, io.BytesIO(octets), **options)  # type: ignore[arg-type]
        for part in (prepared.request.file, opened.request.file):
            assert (part.octets(), part.size) == (octets, len(octets))
            assert part.sha256 == hashlib.sha256(octets).hexdigest()


@pytest.mark.parametrize(
    ("row", "options", "code", "says"),
    [
        (("12", "a"), {}, "malformed-recipient", "this vendor accepts numbers"),
        (("+33612345678", "a"), {}, "malformed-recipient", "accepts 33612345678. Write it that way."),
        ((f" {NUMBER}", "a"), {}, "malformed-recipient", f"accepts {NUMBER}. Write it that way."),
        (("", "a"), {}, "recipients-missing", "no recipient"),
        ((NUMBER, ""), {}, "empty-message", ""),
        ((NUMBER, "a"), {"commercial": True}, "optout-missing", 'has no "STOP 36034"'),
        ((BELGIUM, "a"), {"commercial": True}, "optout-missing", 'has no "no-sms.eu"'),
        ((NUMBER, "a", "É"), {}, "sender-characters", ""),
    ],
)
def test_a_row_that_would_be_refused_is_said_by_its_line(
    row: tuple[str, ...], options: dict[str, Any], code: str, says: str
) -> None:
    prepared = septet.prepare_batch(None, batch((NUMBER, "STOP 36034"), row), **options)
    assert (prepared.ok, prepared.report.rows, prepared.report.refused) == (False, 2, 1)
    (problem,) = (problem for problem in prepared.problems if problem.code == code)
    assert problem.message.startswith("row 3: ")
    assert says in problem.message
    assert [fault.line for fault in prepared.report.faults if fault.refused] == [3]


def test_rows_handed_over_one_by_one_are_counted() -> None:
    faults: list[septet.BatchFault] = []
    rows = [("12", "a"), (NUMBER, "ça"), ("12", "b")]
    prepared = septet.prepare_batch(None, batch(*rows), on_fault=faults.append)
    assert [(fault.line, fault.refused) for fault in faults] == [(2, True), (3, False), (4, True)]
    assert not prepared.ok
    assert ("malformed-recipient", "2 rows.") in [(p.code, p.message) for p in prepared.problems]


def test_rows_of_a_wrong_length_are_refused_in_their_order() -> None:
    file = io.BytesIO(HEADER + b'"12","a",""\n"1"\n"0612345678","b",""\n"x","y","z",""\n')
    prepared = septet.prepare_batch(None, file)
    assert [(fault.line, fault.problems[0].code) for fault in prepared.report.faults] == [
        (2, "malformed-recipient"),
        (3, "row-fields"),
        (5, "row-fields"),
    ]


def test_a_file_without_rows_is_no_batch() -> None:
    prepared = septet.prepare_batch(None, batch())
    assert (prepared.ok, codes(prepared)) == (False, ["recipients-missing"])


def test_the_vendors_own_example() -> None:
    prepared = septet.prepare_batch(None, io.BytesIO(DOCUMENT), numbering_plans=False)
    assert prepared.ok
    assert prepared.request.fields == {"nbr_msg": "1"}


def test_a_file_of_another_vendor_is_an_error_with_the_line() -> None:
    with pytest.raises(septet.BatchFileError, match="line 1: expected the header"):
        septet.prepare_batch(None, io.BytesIO(b"numero;message\n"))
    with pytest.raises(OSError, match="absent"):
        septet.prepare_batch(None, "absent.csv")
    for wrong in (io.StringIO("a"), 7, None, [("a", "b")]):
        with pytest.raises(TypeError, match="path_or_file: expected a path or a file open for bytes"):
            septet.prepare_batch(None, wrong)  # type: ignore[arg-type]


def test_the_request_allows_what_is_transmitted_even_where_that_is_more_than_billed() -> None:
    text = "a" * 152 + "€" + "b" * 152  # 306 units, and the € does not fit the first segment's end
    report = septet.batch_file([(NUMBER, text)], io.BytesIO())
    assert (report.billed_segments, report.most_segments) == (2, 3)
    assert septet.prepare_batch(None, batch((NUMBER, text))).request.fields["nbr_msg"] == "3"
    most = text[:152] + "€" + "b" * 150 + "€" + "c" * 150 + "€" + "d" * 150 + "€" + "e" * 150
    prepared = septet.prepare_batch(None, batch((NUMBER, most)))
    assert int(prepared.request.fields["nbr_msg"]) <= 5


def test_marketing_that_goes_elsewhere_is_not_held_back() -> None:
    sunday = {"commercial": True, "send_at": "2030-03-10T10:00"}
    abroad = septet.prepare_batch(None, batch((BELGIUM, "a no-sms.eu")), **sunday)  # type: ignore[arg-type]
    assert codes(abroad) == []
    both = batch((BELGIUM, "a no-sms.eu"), ("262692123456", "b STOP 36034"))
    assert codes(septet.prepare_batch(None, both, **sunday)) == ["quiet-hours"]  # type: ignore[arg-type]
    unknown = septet.prepare_batch(
        None,
        batch((BELGIUM, "a STOP 36034")),
        numbering_plans=False,
        **sunday,  # type: ignore[arg-type]
    )
    assert codes(unknown) == ["quiet-hours"]
    # A country that is given is that of numbers which are not looked at.
    elsewhere = batch((BELGIUM, "a no-sms.eu"))
    options: Any = {"numbering_plans": False, "country": "be", **sunday}
    assert codes(septet.prepare_batch(None, elsewhere, **options)) == []


def test_marketing_reaches_people_overseas_by_their_own_clocks() -> None:
    def said(send_at: str, *rows: tuple[str, str]) -> list[str]:
        asked: dict[str, Any] = {"commercial": True, "send_at": send_at}
        prepared = septet.prepare_batch(None, batch(*rows), **asked)
        return [f"{one.code} {one.details.get('zone')}" for one in prepared.problems]

    overseas = (NUMBER, "a STOP 36034"), ("262692123456", "b STOP 36034"), ("262692123457", "c STOP 36034")
    assert said("2030-03-12T19:30", *overseas) == ["recipient-hours Indian/Reunion"]
    assert said("2030-03-12T18:30", *overseas) == []
    assert said("2030-03-12T19:30", overseas[0]) == []


def test_a_sender_is_that_of_the_rows_that_have_none() -> None:
    prepared = septet.prepare_batch(None, batch((NUMBER, "a"), (NUMBER, "b", "RDV")), sender="PERSO")
    assert prepared.report.counts["sender-without-optout"] == 2
    texts = [(NUMBER, "a STOP 36034"), (NUMBER, "b STOP 36034", "RDV")]
    prepared = septet.prepare_batch(None, batch(*texts), sender="PERSO", commercial=True)
    assert prepared.ok
    assert "sender-without-optout" not in prepared.report.counts


# --- the wire ---------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from('ab É€ç"\r\n,;-=\u0080--septet'), min_size=1, max_size=400)
ROWS = st.lists(
    st.tuples(st.sampled_from([NUMBER, BELGIUM, "33612345679"]), TEXTS, st.sampled_from(["", "RDV"])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.booleans(), st.sampled_from([None, "réf & 7=8", "x\u00a0€"]))
def test_the_vendor_gets_what_was_written(rows: Any, commercial: bool, tag: str | None) -> None:
    out = io.BytesIO()
    report = septet.batch_file(rows, out, commercial=commercial, skip_refused=True)
    if not report.written:
        return
    prepared = septet.prepare_batch(
        None, io.BytesIO(out.getvalue()), commercial=commercial, tag=tag, send_at="2030-03-05T10:00"
    )
    assert prepared.ok, prepared.problems
    assert prepared.report.billed_segments == report.billed_segments
    request, vendor = prepared.request, SmsmodeBatch()
    with serving(vendor) as client:
        answer = client.request(
            request.method,
            request.address(CREDENTIALS),
            content=request.body(CREDENTIALS),
            headers={"Content-Type": request.content_type},
        )
    response = septet.profile("smsmode").read_response(answer.content)
    assert response.accepted
    assert vendor.accepted == [request.fields | CREDENTIALS]
    assert vendor.files == [out.getvalue()]


def test_a_client_that_makes_its_own_form() -> None:
    request = septet.prepare_batch(None, batch((NUMBER, "été"))).request
    vendor, file = SmsmodeBatch(), request.file
    with serving(vendor) as client:
        client.post(
            request.address(CREDENTIALS),
            data=request.form_fields(CREDENTIALS),
            files={file.name: (file.file_name, file.octets(), file.content_type)},
        )
    assert vendor.accepted == [{"nbr_msg": "1", **CREDENTIALS}]
    assert vendor.files == [file.octets()]


@pytest.mark.parametrize("parameters", ["query", "multipart"])
def test_a_parser_of_forms_reads_all_of_it(parameters: str, tmp_path: Path) -> None:
    pytest.importorskip("django")
    import django_site  # noqa: F401  (sets it up)
    from django.core.files.uploadhandler import MemoryFileUploadHandler
    from django.http.multipartparser import MultiPartParser

    own = vendor_file(tmp_path / "own.toml", ('parameters = "query"', f'parameters = "{parameters}"'))
    prepared = septet.prepare_batch(
        own, batch((NUMBER, 'a""\r\n--b')), tag="réf €\u00a07", send_at="2030-03-05T10:00"
    )
    assert prepared.ok
    request = prepared.request
    body = request.body(CREDENTIALS)
    meta = {"CONTENT_TYPE": request.content_type, "CONTENT_LENGTH": str(len(body))}
    handler = MemoryFileUploadHandler()
    handler.activated = True
    fields, files = MultiPartParser(meta, io.BytesIO(body), [handler], encoding="iso-8859-15").parse()
    beside = {} if parameters == "query" else request.fields | CREDENTIALS
    assert fields.dict() == beside == request.form_fields(CREDENTIALS)
    assert ("?" in request.address(CREDENTIALS)) == (parameters == "query")
    upload = files["fichier"]
    assert (upload.name, upload.content_type) == ("fichier.csv", "text/csv")
    assert upload.read() == request.file.octets()


def test_credentials_are_held_nowhere_and_are_the_vendors() -> None:
    prepared = septet.prepare_batch(None, batch((NUMBER, "a")))
    request = prepared.request
    assert prepared.to_dict()["request"] == request.to_dict()
    assert "token" not in repr(request) + str(request.to_dict())
    assert request.to_dict()["url"] == request.url
    with pytest.raises(ValueError, match="is not a credential of this vendor"):
        request.address({"apiKey": "x"})


def test_a_file_that_changed_meanwhile_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_bytes(batch((NUMBER, "a")).getvalue())
    request = septet.prepare_batch(None, path).request
    assert request.file.path == str(path)
    path.write_bytes(batch((NUMBER, "b")).getvalue())
    with pytest.raises(ValueError, match="is not what it was when it was checked"):
        request.body()
    path.unlink()
    with pytest.raises(OSError, match="No such file"):
        request.body()


def test_it_is_a_value() -> None:
    one = septet.prepare_batch(None, batch((NUMBER, "a")), send_at="2030-03-05T10:00")
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert again == one
        assert hash(again.request) == hash(one.request)
        assert again.request.body() == one.request.body()
    other = septet.prepare_batch(None, batch((NUMBER, "b")), send_at="2030-03-05T10:00")
    assert other.request != one.request
    assert repr(one) == "<septet.PreparedBatch smsmode: 1 rows, no problem>"
    assert repr(one.request).startswith("<septet.BatchRequest POST https://api.smsmode.com/")
    assert isinstance(one.request, septet.Request)
    assert httpx.Request("POST", one.request.address()).url.host == "api.smsmode.com"
