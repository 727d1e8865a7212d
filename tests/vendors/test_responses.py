"""What vendors answer: every documented answer is understood, every other one is a ResponseError.

The documented answers are data, copied from the documents: tests/vectors/responses/*.json.
"""

from __future__ import annotations

import copy
import json
import pickle
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st
from vector_files import VECTORS

import septet
from septet.vendors.answers.responses import VendorError

DOCUMENTS = VECTORS / "responses"
FIELDS = {"label", "comment", "source", "body", "charset", "expect"}
# The profiles that a document's answers are read with.
PROFILES = {path.stem: [path.stem] for path in sorted(DOCUMENTS.glob("*.json"))}
PROFILES["smspartner"].append("smspartner-eco")

Vector = dict[str, Any]

EVERY: list[tuple[str, Vector]] = [
    (profile, vector)
    for path in sorted(DOCUMENTS.glob("*.json"))
    for vector in json.loads(path.read_text("utf-8"))
    for profile in PROFILES[path.stem]
]


def body_of(vector: Vector) -> bytes:
    body: str = vector["body"]
    return body.encode(vector["charset"])


def read(profile: str, body: bytes | str) -> septet.Response:
    return septet.profile(profile).read_response(body.encode() if isinstance(body, str) else body)


def refusal(profile: str, body: bytes | str) -> str:
    with pytest.raises(septet.ResponseError) as error:
        read(profile, body)
    assert error.value.profile == profile
    assert "\n" not in str(error.value)
    return str(error.value)


def test_the_vectors_are_well_formed() -> None:
    read = {name for name in septet.profiles() if septet.profile(name).rule("answers")}
    # These answer as the profile that they extend.
    extended = {
        *("smspartner-eco", "smsmode@2020-11", "smsmode-voice", "twilio-tollfree", "telnyx-shortcode"),
        "verimor-b038",
    }
    assert set(PROFILES) | extended == read
    for _, vector in EVERY:
        assert set(vector) - {"status"} == FIELDS
        assert vector["source"]


@pytest.mark.parametrize(
    ("profile", "vector"), EVERY, ids=[f"{profile}: {vector['label']}" for profile, vector in EVERY]
)
def test_a_documented_answer_is_understood(profile: str, vector: Vector) -> None:
    response = septet.profile(profile).read_response(body_of(vector), http_status=vector.get("status"))
    told = response.to_dict()
    assert {key: told[key] for key in vector["expect"]} == vector["expect"]
    json.dumps(told)
    # So does it with a byte order mark, and with line breaks around it.
    if vector["charset"] == "utf-8":
        marked = b"\xef\xbb\xbf\r\n" + body_of(vector) + b"\r\n \n"
        assert septet.profile(profile).read_response(marked, http_status=vector.get("status")) == response


def test_a_response_is_a_value() -> None:
    body = '{"success":true,"code":200,"message_id":307,"nb_sms":3,"cost":0.114,"currency":"EUR"}'
    response = read("smspartner", body)
    assert response.cost == Decimal("0.114")  # as written, not the nearest binary fraction
    assert pickle.loads(pickle.dumps(response)) == response == copy.deepcopy(response)
    assert hash(response) == hash(read("smspartner", body.encode()))
    with pytest.raises(AttributeError):
        response.accepted = False  # type: ignore[misc]
    with pytest.raises(TypeError, match="does not change"):
        response.raw["code"] = 1
    response.to_dict()["raw"]["code"] = 1
    assert response.raw["code"] == 200


def test_errors_may_be_told_with_codes_and_without_elements() -> None:
    body = {"success": False, "code": 9, "errors": [{"code": "9", "message": "a"}, {"message": "b"}]}
    response = read("smspartner", json.dumps(body))
    assert response.errors == (VendorError("9", "a"), VendorError("9", "b"))


def test_an_empty_list_of_errors_leaves_the_code() -> None:
    response = read("smspartner", '{"success": false, "code": 10, "errors": []}')
    assert response.errors == (VendorError("10", "Clé API incorrecte"),)


@pytest.mark.parametrize("words", ["<error_message></error_message>", "<error_message> </error_message>", ""])
def test_a_refusal_without_words_gets_those_of_the_document(words: str) -> None:
    answer = f"<status>fail</status><error><error_id>5</error_id>{words}</error>"
    response = read("envoyersmspro", f"<envoyersmspro>{answer}</envoyersmspro>")
    assert not response.accepted
    assert (response.code, response.message) == ("5", "Not enough SMS")
    assert response.errors == (("5", "Not enough SMS", None),)


def test_a_code_that_no_one_documents_is_told_where_the_refusal_is_plain() -> None:
    response = read("smspartner", '{"success": false, "code": 55, "message": "Aucun prix"}')
    assert (response.accepted, response.code, response.message) == (False, "55", "Aucun prix")
    assert read("smspartner", '{"success": false, "code": 56}').errors == (VendorError("56", None),)


ACCEPTED = {"success": True, "code": 200, "message_id": 307, "nb_sms": 1, "cost": 0.038, "currency": "EUR"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"nb_sms": "x"}, 'nb_sms: expected a whole number of zero or more, found "x"'),
        ({"nb_sms": 1.5}, "nb_sms: expected a whole number of zero or more, found 1.5"),
        ({"nb_sms": -1}, "nb_sms: expected a whole number of zero or more, found -1"),
        ({"nb_sms": True}, "nb_sms: expected a whole number of zero or more, found True"),
        ({"nb_sms": 10**18}, "nb_sms: expected a whole number of zero or more, found 1000000000000000000"),
        ({"nb_sms": [1]}, "nb_sms: expected a whole number of zero or more, found several values"),
        ({"nb_sms": None}, "nb_sms: expected a whole number of zero or more, found nothing"),
        ({"cost": "0,038"}, 'cost: expected an amount such as 0.038, found "0,038"'),
        ({"cost": -0.038}, "cost: expected an amount such as 0.038, found -0.038"),
        ({"cost": "NaN"}, 'cost: expected an amount such as 0.038, found "NaN"'),
        ({"cost": {"EUR": 1}}, "cost: expected an amount such as 0.038, found several values"),
        ({"cost": 1e-30}, "cost: expected an amount such as 0.038, found 1E-30"),
        ({"currency": 7.5}, "currency: expected a currency, found 7.5"),
        ({"currency": ""}, "currency: expected a currency, found nothing"),
        ({"message_id": True}, "message_id: expected an identifier, found True"),
        ({"message_id": " "}, 'message_id: expected an identifier, found " "'),
        ({"message_id": -3}, "message_id: expected an identifier, found -3"),
        ({"message_id": 10**200}, "expected JSON with numbers of at most 100 digits"),
        ({"success": "true"}, "expected a documented answer, JSON where success is true"),
        ({"success": 1}, "expected a documented answer, JSON where success is true"),
        ({"success": None}, "expected a documented answer, JSON where success is true"),
        ({"success": False, "errors": "x"}, 'errors: expected errors with message, found "x"'),
        ({"success": False, "errors": [{}]}, "errors: expected errors with message, found several values"),
        ({"success": False, "errors": [{"message": 2.5}]}, "errors: expected errors with message"),
        ({"success": False, "code": [1]}, "code: expected a code, found several values"),
        ({"success": False, "message": 5}, "message: expected a text, found 5"),
    ],
)
def test_a_wrong_value_is_named(changes: dict[str, Any], expected: str) -> None:
    assert expected in refusal("smspartner", json.dumps(ACCEPTED | changes))


@pytest.mark.parametrize("key", ["code", "message_id", "nb_sms", "cost", "currency"])
def test_a_missing_value_is_named(key: str) -> None:
    body = json.dumps({name: value for name, value in ACCEPTED.items() if name != key})
    assert f"{key}: expected " in refusal("smspartner", body)
    assert ", found nothing; the answer begins {" in refusal("smspartner", body)


def test_amounts_are_exact_however_json_writes_them() -> None:
    for written, amount in (("38e-3", "0.038"), ("1", "1"), ("0.10", "0.10"), ('"2.50"', "2.50"), ("0", "0")):
        body = json.dumps(ACCEPTED).replace("0.038", written)
        assert str(read("smspartner", body).cost) == amount


@pytest.mark.parametrize(
    ("profile", "body", "expected"),
    [
        ("smspartner", b"", "the answer is empty"),
        ("smspartner", b" \r\n", "the answer is empty"),
        ("smspartner", json.dumps(ACCEPTED)[:-20], "expected JSON: "),
        ("smspartner", json.dumps([ACCEPTED]), "expected a documented answer"),
        ("smspartner", "null", "expected a documented answer"),
        ("smspartner", '{"success": true, "success": false}', "expected JSON in which no name stands twice"),
        ("smspartner", '{"success": true, "cost": Infinity}', "expected JSON, which knows no Infinity"),
        (
            "smspartner",
            '{"success": true, "cost": 1e999}',
            "expected JSON with numbers of at most 100 digits",
        ),
        ("smspartner", '{"cost": 1e' + "9" * 30 + "}", "expected JSON with numbers of at most 100 digits"),
        ("smspartner", '{"a":' * 100_000, "expected JSON of few levels"),
        ("smspartner", b'{"success": "\xe9"}', "expected text in UTF-8"),
        ("smspartner", "<html><body>502 Bad Gateway</body></html>", "or XML <result> where entry[1] is true"),
        (
            "smspartner",
            "<result><entry>true</entry></result>",
            "entry[2]: expected a code, found nothing",
        ),
        # The answer to a sending in bulk, another function: its fourth value is the currency.
        (
            "smspartner",
            "<result><entry>true</entry><entry>200</entry><entry>1</entry><entry>EUR</entry></result>",
            'entry[4]: expected a whole number of zero or more, found "EUR"',
        ),
        ("envoyersmspro", "<result><status>success</status></result>", "XML <envoyersmspro> where status"),
        ("envoyersmspro", "<envoyersmspro>", "expected XML <envoyersmspro>: no element found"),
        ("envoyersmspro", "<envoyersmspro/>", "expected a documented answer"),
        ("envoyersmspro", "<a>" * 100_000 + "</a>" * 100_000, "expected a documented answer"),
        ("envoyersmspro", "<envoyersmspro>" * 9999 + "</envoyersmspro>" * 9999, "of few levels"),
        ("envoyersmspro", '{"status": "success"}', "expected a documented answer, XML <envoyersmspro>"),
        # Answers of other functions, which say nothing of a message sent.
        (
            "envoyersmspro",
            "<envoyersmspro><status>success</status><account><account_id>879</account_id></account>"
            "</envoyersmspro>",
            "message/message_id: expected an identifier, found nothing",
        ),
        (
            "envoyersmspro",
            "<envoyersmspro><status>success</status><message><message_id>879</message_id>"
            "<recredited_sms>2</recredited_sms><sms_remaing>564</sms_remaing></message></envoyersmspro>",
            "message/sms_sent: expected a whole number of zero or more, found nothing",
        ),
        # Two at once are none.
        (
            "envoyersmspro",
            "<envoyersmspro><status>success</status><status>fail</status></envoyersmspro>",
            "expected a documented answer",
        ),
        ("smsmode", "0 | Envoyé", "smsID: expected an identifier, found nothing"),
        ("smsmode", "61 | SMS n'existant pas ou plus", "where code_retour is 0"),
        ("smsmode", "33600000000 11 | 33611111111 13", "expected a documented answer"),
        ("smsmode", "212.5", "expected a documented answer"),
        ("smsmode", "0 | a | b | c", "expected a documented answer"),
        ("smsmode", "0 | a | b\n0 | a | b", "expected a documented answer"),
        ("smsmode", "|||", "expected a documented answer"),
        ("encom", '{"store": ""}', "store: expected an identifier, found nothing"),
        ("encom", '{"store": "22,,23"}', 'store: expected an identifier, found "22,,23"'),
        ("encom", '{"store": [22]}', "store: expected an identifier, found several values"),
        ("encom", '{"message": "Unauthenticated."}', "expected a documented answer, JSON with store"),
        ("gsm", '{"store": 20}', "this profile documents no answers"),
    ],
)
def test_what_no_document_shows_is_refused(profile: str, body: bytes | str, expected: str) -> None:
    assert expected in refusal(profile, body)


@pytest.mark.parametrize("answer", ["0 | Accepté | 123", "31 | Erreur interne", "33|Crédits insuffisants"])
def test_empty_columns_at_the_end_say_nothing(answer: str) -> None:
    assert read("smsmode", f"{answer} | | ")._replace(raw=b"") == read("smsmode", answer)._replace(raw=b"")


def test_a_refusal_shows_how_the_answer_begins_and_not_what_a_terminal_would_act_on() -> None:
    message = refusal("smspartner", b"<p>\x1b[31m\xff\n  Gateway\t\xe9" + b"x" * 10_000)
    assert "the answer begins <p>\\x1b[31m\\xff Gateway \\xe9xxx" in message
    assert len(message) < 300
    assert message.isprintable()


ENTITIES = '<!DOCTYPE result [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><result><entry>&b;</entry></result>'
EXTERNAL = '<!DOCTYPE result SYSTEM "file:///etc/passwd"><result><entry>true</entry></result>'
FETCHED = (
    '<!DOCTYPE result [<!ENTITY a SYSTEM "file:///etc/passwd">]><result><entry>&a;</entry></result>',
    '<!DOCTYPE result [<!ENTITY % a SYSTEM "http://localhost/a.dtd">%a;]><result/>',
)


@pytest.mark.parametrize("body", [ENTITIES, EXTERNAL, *FETCHED, "<!DOCTYPE html><html></html>"])
def test_xml_with_a_document_type_is_refused(body: str) -> None:
    assert "expected XML <result> without a document type" in refusal("smspartner", body)
    # Nor does the second reading, which is there for bare ampersands, let one through.
    assert refusal("smspartner", body.replace("<result>", "<result>&x "))


def test_what_an_encoding_declaration_says_does_not_matter() -> None:
    # The document says UTF-8. Python's parser would fail on some of these with errors of its own.
    for encoding in ("utf-8", "iso-8859-1", "UTF-16", "shift_jis", "no-such"):
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        body = declared + "<result><entry>false</entry><entry>1</entry></result>"
        assert read("smspartner", body).code == "1"


def test_only_xml_needs_defusedxml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    assert read("smspartner", json.dumps(ACCEPTED)).accepted
    assert not read("smsmode", "31 | Erreur interne").accepted
    with pytest.raises(ModuleNotFoundError, match=r'pip install "septet\[requests\]"'):
        read("envoyersmspro", "<envoyersmspro/>")


def test_arguments_of_the_wrong_type() -> None:
    profile = septet.profile("smspartner")
    with pytest.raises(TypeError, match="body: expected bytes, found str"):
        profile.read_response(json.dumps(ACCEPTED))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="http_status: expected an int, found str"):
        profile.read_response(b"", http_status="200")  # type: ignore[arg-type]
    assert profile.read_response(bytearray(json.dumps(ACCEPTED), "utf-8")).accepted  # type: ignore[arg-type]


def test_an_http_status_that_the_vendor_documents_is_told() -> None:
    profile = septet.profile("envoyersmspro")
    for status, meaning, temporary in (
        (503, "Service indisponible", True),
        (502, "Mauvaise passerelle", False),
    ):
        with pytest.raises(septet.ResponseError, match=rf"HTTP {status} \({meaning}") as error:
            profile.read_response(b"<html>overloaded</html>", http_status=status)
        assert error.value.temporary is temporary
        assert pickle.loads(pickle.dumps(error.value)).args == error.value.args
    with pytest.raises(septet.ResponseError) as error:
        profile.read_response(b"teapot", http_status=418)
    assert not error.value.temporary
    assert "418" not in str(error.value)
    refused = (
        b"<envoyersmspro><status>fail</status><error><error_id>1</error_id><error_message>Authentication"
    )
    refused += b" failed</error_message></error></envoyersmspro>"
    assert not profile.read_response(refused, http_status=401).temporary
    assert profile.read_response(refused, http_status=503).temporary


# Answers of any bytes: what is documented, changed here and there, and what is not.

BODIES = [(profile, body_of(vector)) for profile, vector in EVERY]
NAMES = st.sampled_from([name for name in septet.profiles() if name != "smspartner-eco"])
TELLING = [b"<", b">", b"/", b"&", b"&amp;", b"{", b"}", b"[", b"]", b'"', b",", b":", b"|", b"\0", b"\xff"]
TELLING += [
    b"true",
    b"null",
    b"NaN",
    b"1e400",
    b"-",
    b".",
    b"9" * 40,
    b"<entry>",
    b"</entry>",
    b"\\ud800",
    b"\n",
]
TELLING += [b"<!DOCTYPE a>", b"<![CDATA[", b"]]>", b"<!--", b"<?a?>", b"\xef\xbb\xbf", b"\xc3", b" "]


def never_another_error(profile: str, body: bytes) -> None:
    for status in (None, 503):
        error = ""
        try:
            response = septet.profile(profile).read_response(body, http_status=status)
        except septet.ResponseError as refused:
            error = str(refused)
        else:
            assert isinstance(response, septet.Response)
            assert response.accepted == (response.errors == ())
            assert not response.accepted or response.message_ids
            json.dumps(response.to_dict())
        assert error.isprintable()


@given(NAMES, st.binary(max_size=80) | st.lists(st.sampled_from(TELLING), max_size=12).map(b"".join))
@example("smsmode", b"0|\x85|\x1c")
def test_random_bytes_are_a_response_or_a_response_error(profile: str, body: bytes) -> None:
    never_another_error(profile, body)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    profile, body = draw(st.sampled_from(BODIES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, min(len(body), start + 12)))
        piece = draw(st.sampled_from(TELLING) | st.binary(max_size=3) | st.just(body[start:end] * 2))
        body = body[:start] + piece + body[end:]
    return profile, body


@examples(400)
@given(mutated())
def test_mutated_answers_are_a_response_or_a_response_error(answer: tuple[str, bytes]) -> None:
    never_another_error(*answer)


_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
_names = ("success", "code", "message", "message_id", "nb_sms", "cost", "currency", "errors", "store")


@given(st.sampled_from(["smspartner", "encom"]), st.dictionaries(st.sampled_from(_names), _plain))
def test_json_of_any_shape_is_a_response_or_a_response_error(profile: str, answer: dict[str, Any]) -> None:
    never_another_error(profile, json.dumps(answer).encode("utf-8", "surrogatepass"))


@given(st.integers(0, 10**12), st.integers(0, 10**6), st.decimals(0, 10**6, places=3), st.text(min_size=1))
def test_what_is_written_is_what_is_read(
    message_id: int, billed_segments: int, cost: Decimal, currency: str
) -> None:
    written = json.dumps(currency)
    body = f'{{"success": true, "code": 200, "message_id": {message_id}, "nb_sms": {billed_segments},'
    body += f' "cost": {cost}, "currency": {written}}}'
    if not currency.strip():
        assert "currency: expected a currency" in refusal("smspartner", body)
        return
    response = read("smspartner", body)
    assert response.message_ids == (str(message_id),)
    assert response.billed_segments == billed_segments
    assert str(response.cost) == str(cost)
    assert response.currency == currency.strip()


def test_a_vendor_file_of_ones_own_is_read_by(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
        extends = "gsm"
        [[answers]]
        format = "json"
        outcome = "accepted"
        when = { "messages[1]/status" = [0, "0"] }
        message_ids = "messages[1]/message-id"
        remaining = "balance"
        optional = ["remaining"]
        source = "my own page"
        [[answers]]
        format = "json"
        outcome = "refused"
        when = { "messages[1]/status" = [1, 2] }
        code = "messages[1]/status"
        errors = { list = "faults", message = "text", element = "field" }
        charsets = ["utf-8", "windows-1252"]
        source = "my own page"
        [[codes]]
        code = "1"
        message = "Throttled"
        temporary = true
        source = "my own page"
        """,
        "utf-8",
    )
    profile = septet.profile(path)
    ok = profile.read_response(b'{"messages": [{"status": "0", "message-id": "a-1"}, {"status": 2}]}')
    assert (ok.accepted, ok.message_ids, ok.remaining) == (True, ("a-1",), None)
    assert profile.read_response(b'{"messages":[{"status":0,"message-id":"b"}],"balance":-3}').remaining == -3
    refused = profile.read_response('{"messages":[{"status":1}],"faults":[{"text":"é"}]}'.encode("cp1252"))
    assert (refused.code, refused.message, refused.temporary) == ("1", "Throttled", True)
    assert refused.errors == (VendorError("1", "é"),)
    with pytest.raises(septet.ResponseError, match="faults: expected a list of errors, found nothing"):
        profile.read_response(b'{"messages":[{"status":2}],"faults":[]}')
    with pytest.raises(septet.ResponseError, match=r"messages\[1\]/status is 0 or 0"):
        profile.read_response(b'{"messages":[]}')


@pytest.mark.parametrize(
    ("profile", "body"),
    [
        ("encom", b'{"store": 20}'),
        (
            "smspartner",
            b'{"success":true,"code":200,"message_id":307,"nb_sms":1,"cost":0.038,"currency":"EUR"}',
        ),
        ("smsmode", b"0 | Accepted | 1"),
        (
            "envoyersmspro",
            b"<envoyersmspro><status>success</status><message><message_id>879</message_id>"
            b"<sms_sent>2</sms_sent><sms_remaing>564</sms_remaing></message></envoyersmspro>",
        ),
    ],
)
def test_a_success_with_a_status_that_is_none_is_no_answer(profile: str, body: bytes) -> None:
    read = septet.profile(profile).read_response
    assert read(body).accepted
    for status in (200, 201, 299):
        assert read(body, http_status=status).accepted
    for status in (199, 302, 400, 401, 500, 502, 503):
        with pytest.raises(septet.ResponseError, match=f"HTTP {status}") as error:
            read(body, http_status=status)
        assert error.value.temporary is (profile == "envoyersmspro" and status == 503)


def test_a_bad_request_is_not_always_an_unescaped_quotation_mark() -> None:
    with pytest.raises(septet.ResponseError, match="cannot be read, for example because a quotation mark"):
        septet.profile("smspartner").read_response(b'{"message":"Invalid JSON"}', http_status=400)
