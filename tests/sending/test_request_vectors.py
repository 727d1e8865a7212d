"""Every example and every refusal that the vendors' documents show of a request.

The vectors are data, typed from the documents: tests/vectors/requests/*.json, one file per document.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from clocks import stop_at
from vector_files import VECTORS, text_of

import septet

DOCUMENTS = VECTORS / "requests"
KEYS = {"label", "comment", "source", "profile", "now", "text", "arguments", "expect"}
EXPECTED = {"problems", "vendor", "details", "fields", "body", "octets", "billed"}
OF_THE_REQUEST = {"method", "charset", "content_type", "headers", "url", "address"}

# The refusals of the documents' send functions, typed from them, except those that `prepare` cannot
# meet: what concerns the account (wrong credentials, no credit) and what a vendor has down.
DOCUMENTED = {
    "smspartner": {  # Envoi unitaire, Erreurs and Code de contrôle
        ("2", "Le numéro de téléphone est requis"),
        ("9", "Le message est requis"),
        ("9", "Ce numero de telephone n'est pas valide (922264)"),
        ("9", "L'emetteur ne peut pas etre plus long que 11 caracteres"),
        ("9", "La date (21/11/2014 à :) est anterieure a la date actuelle."),
        ("9", "La minute est requise"),
        ("9", "L'heure est requise"),
        ("9", "Au moins une contrainte n'a pas été respectée lors de l'envoi"),
    },
    "smsmode": {("35", "Paramètre obligatoire manquant")},  # 2 Envoi de SMS, Réponse
    # Messages d'erreur; see also OF_NO_TEXT.
    "envoyersmspro": {
        ("2", "Missing parameters - Recipients are missing"),
        ("2", "Missing parameters - Sendername is missing"),
        ("2", "Missing parameters - Senddate is missing"),
        ("2", "Missing parameters - Sendtime is missing"),
        ("3", "Bad value of parameters - Wrong numbers : 060000001, abc"),
        ("3", "Bad value of parameters - No number found"),
        ("3", "Bad value of parameters - No message found"),
        ("3", "Bad value of parameters - No sendername found"),
        ("3", "Bad value of parameters - Sendername must be longer than 2 characters"),
        ("3", "Bad value of parameters - Sendername must be shorter than 12 characters"),
        ("3", "Bad value of parameters - Sendername cannot contain special characters"),
        ("3", "Bad value of parameters - Sendername cannot be a number"),
        ("3", "Bad value of parameters - Senddate must contains 8 digits"),
        ("3", "Bad value of parameters - Unrecognized date"),
        ("3", "Bad value of parameters - Sendtime must contains 4 digits"),
        ("3", "Bad value of parameters - Bad hour value for sendtime"),
        ("3", "Bad value of parameters - Bad minute value for sendtime"),
        ("3", "Bad value of parameters - Too many recipients"),
        ("3", "Bad value of parameters - Tag cannot be empty"),
        ("3", "Bad value of parameters - Tag must must be shorter than 21 characters."),
        ("4", "Message too long"),
    },
    "encom": set(),  # the document names no error
}

# Every parameter of the documents' send functions, credentials included.
PARAMETERS = {
    "encom": "customerAccount recipient message type idSend listener",
    "smspartner": (
        "apiKey phoneNumbers message gamme sender tag scheduledDeliveryDate time minute urlResponse "
        "urlDlr isStopSms isUnicode sandbox _format webhookUrl virtualNumber"
    ),
    "smsmode": (
        "pseudo pass accessToken message numero groupe classe_msg date_envoi refClient emetteur nbr_msg "
        "stop notification_url notification_url_reponse"
    ),
    "envoyersmspro": (
        "login password accountid text recipients sendername senddate sendtime allnumberallowed "
        "messagetruncationallowed longmessageallowed stopsms tag dedupe responsestatusid"
    ),
}

Vector = dict[str, Any]


def load() -> list[Any]:
    return [
        pytest.param(vector, id=f"{path.stem}: {vector['label']}")
        for path in sorted(DOCUMENTS.glob("*.json"))
        for vector in json.loads(path.read_text(encoding="utf-8"))
    ]


def arguments_of(vector: Vector) -> dict[str, Any]:
    """The arguments of `prepare`; recipients may be the first of so many numbers in a row."""
    arguments = dict(vector["arguments"])
    if isinstance(recipients := arguments.get("recipients"), dict):
        first = recipients["from"]
        arguments["recipients"] = [str(number) for number in range(first, first + recipients["count"])]
    return arguments


ALL = load()


def test_the_vectors_are_well_formed() -> None:
    assert len({parameter.id for parameter in ALL}) == len(ALL) > 200
    for parameter in ALL:
        (vector,) = parameter.values
        assert set(vector) == KEYS, parameter.id
        assert vector["source"], parameter.id
        assert {"problems"} <= set(vector["expect"]) <= EXPECTED | OF_THE_REQUEST, parameter.id


@pytest.mark.parametrize("vector", ALL)
def test_prepare_gives_the_documented_answer(vector: Vector, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(vector["now"], monkeypatch)
    expect = vector["expect"]
    prepared = septet.prepare(vector["profile"], text_of(vector["text"]), **arguments_of(vector))

    found = sorted(prepared.problems, key=lambda problem: problem.code)
    assert sorted(([p.code, p.details.get("fault")] for p in found), key=str) == sorted(
        expect["problems"], key=str
    )
    for problem in found:
        assert problem.message.endswith(".")
        assert problem.message.isprintable()
    assert prepared.ok == all(problem.severity != "error" for problem in found)
    if "vendor" in expect:
        said = [[p.vendor_code, p.vendor_message, p.details.get("element")] for p in found if p.vendor_code]
        assert sorted(said) == sorted(expect["vendor"])
    if "details" in expect:
        (problem,) = found
        assert {name: problem.details[name] for name in expect["details"]} == expect["details"]
    if "billed" in expect:
        assert list(prepared.recipients) == expect["billed"]

    request = prepared.request
    if "fields" in expect:
        assert request.fields == {name: _value(value) for name, value in expect["fields"].items()}
    if "body" in expect:
        assert request.fields == json.loads(request.body()) == expect["body"]
    if "octets" in expect:
        assert request.body() == expect["octets"].encode("ascii")
    for name in OF_THE_REQUEST & set(expect) - {"address"}:
        assert getattr(request, name) == expect[name], name
    if "address" in expect:
        assert parts(request.address(), request.charset) == parts(expect["address"], request.charset)


def _value(value: Any) -> Any:
    return text_of(value) if isinstance(value, list) else value


def parts(address: str, charset: str) -> tuple[str, dict[str, str]]:
    """An address without its query, and the query's parameters, in any order and with any escapes."""
    url, _, query = address.partition("?")
    return url, dict(parse_qsl(query, strict_parsing=True, encoding=charset)) if query else {}


#: Refusals of calls that septet never makes, since it always has a text, even if empty; a simulated vendor
#: gives them to other clients.
OF_NO_TEXT = {"Missing parameters - Text is missing"}


@pytest.mark.parametrize("profile", DOCUMENTED)
def test_every_documented_refusal_has_a_vector(profile: str) -> None:
    vectors = [parameter.values[0] for parameter in ALL]
    said = {
        (code, message)
        for vector in vectors
        if vector["profile"] == profile
        for code, message, _ in vector["expect"].get("vendor", ())
    }
    assert DOCUMENTED[profile] <= said


@pytest.mark.parametrize("profile", DOCUMENTED)
def test_a_profile_refuses_in_no_other_words_than_the_documents(profile: str) -> None:
    own = septet.profile(profile)
    codes = {code for code, _ in DOCUMENTED[profile]}
    messages = {message for _, message in DOCUMENTED[profile]}
    for refusal in own.rule("refusals"):
        assert refusal["code"] in codes
        if "{" not in refusal["message"]:
            assert refusal["message"] in messages | OF_NO_TEXT


@pytest.mark.parametrize("profile", PARAMETERS)
def test_every_documented_parameter_is_a_field_or_a_credential(profile: str) -> None:
    own = septet.profile(profile)
    known = [field["name"] for field in own.rule("fields")] + own.rule("request")["credentials"]
    assert sorted(known) == sorted(PARAMETERS[profile].split())
