"""The wire: for any arguments, the ecosystem's own parsers read back what was planned."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import strategies
from clocks import WEDNESDAY, stop_at
from hypothesis import given
from hypothesis import strategies as st
from oracle_profiles import PROFILES

import septet
from septet.wording.problems import SEVERITIES

# The names that the documents give to text, recipients, sender and tag.
NAMES = {
    "encom": ("message", "recipient", None, None),
    "smspartner": ("message", "phoneNumbers", "sender", "tag"),
    "smspartner-eco": ("message", "phoneNumbers", "sender", "tag"),
    "smsmode": ("message", "numero", "emetteur", "refClient"),
    "smsmode@2020-11": ("message", "numero", "emetteur", "refClient"),
    "smsmode-voice": ("message", "numero", None, None),
    "envoyersmspro": ("text", "recipients", "sendername", "tag"),
}
VENDORS = list(NAMES)
# Fields that only the caller fills, by their documents' names.
OWN_FIELDS = {
    "encom": ("customerAccount", "idSend", "listener"),
    "smspartner": ("urlResponse", "urlDlr", "webhookUrl", "virtualNumber", "sandbox", "_format"),
    "smspartner-eco": ("urlResponse", "urlDlr", "webhookUrl", "virtualNumber", "sandbox", "_format"),
    "smsmode": ("groupe", "notification_url", "notification_url_reponse"),
    "smsmode@2020-11": ("groupe", "notification_url", "notification_url_reponse"),
    "smsmode-voice": ("title",),
    "envoyersmspro": ("accountid", "allnumberallowed", "dedupe", "responsestatusid"),
}

# What parts one parameter, header or key from the next, and what the charsets do not have.
PARTING = "&=;,?#/\r\n\t %+\"'\\{}[]:<>\0\x1b\u2028\u0085\ud800\udfff€é😀日\u00a0"
awkward = st.text(
    st.one_of(st.sampled_from(PARTING), st.characters(), st.characters(categories=["Cs"])), max_size=24
)
injections = st.sampled_from(
    (
        *("&stop=0", "x&numero=33600000000", "a=b&c", "a;b=c", '","gamme":2,"x":"', "\r\nX-Injected: 1"),
        *("%26stop%3D0", "%0d%0aX: 1", "+33612345678,+33612345679", "#fragment", "?text=other", "\\", '\\"'),
    )
)
anything = st.one_of(awkward, injections, st.builds(str.__add__, awkward, injections))
numbers = st.sampled_from(("+33612345678", "33612345679", "0612345670", "+32470123456", "262692123456"))
recipients = st.one_of(
    st.none(), anything, st.lists(st.one_of(numbers, anything), max_size=4), st.lists(numbers, max_size=3)
)


@pytest.fixture(autouse=True, scope="module")
def _the_clock_stands_still() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        stop_at(WEDNESDAY, patch)
        yield


@st.composite
def messages(draw: st.DrawFn, profiles: list[str]) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
    """A profile, a text, what goes around it, and the options of its plan."""
    profile = draw(st.sampled_from(profiles))
    text = draw(st.one_of(anything, strategies.texts(longest_filler=320)))
    around: dict[str, Any] = {
        "sender": draw(st.one_of(st.none(), st.just("Societe"), anything)),
        "tag": draw(st.one_of(st.none(), st.just("promo"), anything)),
        "recipients": draw(recipients),
        "replies": draw(st.booleans()),
    }
    if profile in VENDORS:
        around["method"] = draw(st.sampled_from(septet.profile(profile).rule("request")["methods"]))
        value = st.one_of(
            st.integers(-1, 10**25), anything, anything.map(lambda text: f"https://example.com/?{text}")
        )
        around["vendor_fields"] = draw(
            st.dictionaries(st.sampled_from(OWN_FIELDS[profile]), value, max_size=3)
        )
    return profile, text, around, draw(strategies.options(profile))


@given(messages(sorted(PROFILES)))
def test_no_text_whatever_makes_prepare_raise(
    message: tuple[str, str, dict[str, Any], dict[str, Any]],
) -> None:
    profile, text, around, options = message
    prepared = septet.prepare(profile, text, **around, **options)
    assert prepared.problems[: len(prepared.plan.problems)] == prepared.plan.problems
    assert prepared.ok == all(problem.severity != "error" for problem in prepared.problems)
    for problem in prepared.problems:
        # Blanks that cost no segment only inform.
        informs = (problem.code, problem.severity) == ("outer-blanks", "notice")
        assert informs or problem.severity == SEVERITIES[problem.code]
        assert problem.message.isprintable()
        assert problem.message.endswith(".")
        assert problem.vendor_message is None or problem.vendor_message.isprintable()


@given(messages(sorted(PROFILES)))
def test_the_plan_is_that_of_the_same_options(
    message: tuple[str, str, dict[str, Any], dict[str, Any]],
) -> None:
    profile, text, around, options = message
    around["recipients"] = "33612345678,0612345679"  # France, the default of all profiles
    prepared = septet.prepare(profile, text, **around, **options)
    assert prepared.plan.to_dict() == septet.plan(text, profile, **options).to_dict()
    # And with a country that is given, the recipients change nothing.
    options["country"] = "BE"
    prepared = septet.prepare(profile, text, **around, **options)
    assert prepared.plan.to_dict() == septet.plan(text, profile, **options).to_dict()


def carried(value: str | int, charset: str) -> str:
    """A field as its charset can carry it."""
    return str(value).encode(charset, "replace").decode(charset)


@given(messages(VENDORS))
def test_parsers_read_back_the_fields_and_nothing_else(
    message: tuple[str, str, dict[str, Any], dict[str, Any]],
) -> None:
    profile, text, around, options = message
    prepared = septet.prepare(profile, text, **around, **options)
    request = prepared.request
    expected = [(name, carried(value, request.charset)) for name, value in request.fields.items()]
    if prepared.ok:
        # Nothing is lost on the way of a message that may be sent.
        assert expected == [(name, str(value)) for name, value in request.fields.items()]

    query = request.query()
    assert query.isascii()
    assert parse_qsl(query, True, True, encoding=request.charset, errors="strict") == expected
    address, body = urlsplit(request.address()), request.body()
    assert f"{address.scheme}://{address.netloc}{address.path}" == request.url
    assert address.fragment == ""
    if request.content_type is None:
        assert body == b""
        assert address.query == query
    else:
        assert address.query == ""
        if request.content_type == "application/json":
            read = json.loads(body, object_pairs_hook=list)
            assert [(name, str(value)) for name, value in read] == expected
            types = {type(value) for value in request.fields.values()}
            assert {type(value) for _, value in read} == types <= {str, int}
        else:
            assert body == query.encode("ascii")

    # A client takes it as it is, without an escape or a header of its own.
    headers = {"Content-Type": request.content_type} if request.content_type else {}
    sent = httpx.Request(request.method, request.address(), headers=headers, content=body or None)
    assert str(sent.url) == request.address()
    if request.charset == "UTF-8" and request.content_type is None:
        assert sent.url.params.multi_items() == expected
    assert b"X-Injected" not in b"".join(name for name, _ in sent.headers.raw)


@given(messages(VENDORS))
def test_the_wire_carries_what_was_planned(
    message: tuple[str, str, dict[str, Any], dict[str, Any]],
) -> None:
    profile, text, around, options = message
    around.pop("vendor_fields")
    prepared = septet.prepare(profile, text, **around, **options)
    plan, fields = prepared.plan, prepared.request.fields
    text_field, recipients_field, sender_field, tag_field = NAMES[profile]

    sent = fields[text_field]
    assert isinstance(sent, str)
    if profile.startswith("smspartner"):
        assert "\n" not in sent
        assert "\r" not in sent
        assert sent == (plan.text.removesuffix(plan.optout)).replace("\n", ":br:")
    elif profile in ("smsmode", "smsmode@2020-11") and plan.encoding == "ucs2":
        # The section on Unicode lists no stop: the text holds the mention.
        assert sent == plan.text
        assert "stop" not in fields
    else:
        assert sent + plan.optout == plan.text
    if around["recipients"] is None:
        assert recipients_field not in fields
    else:
        assert fields[recipients_field] == ",".join(prepared.recipients)
    if sender_field is not None:
        assert fields.get(sender_field) == (around["sender"] or None)
    if tag_field is not None:
        assert fields.get(tag_field) == around["tag"]


@given(messages(sorted(PROFILES)))
def test_everything_is_kept_copied_and_said_in_json(
    message: tuple[str, str, dict[str, Any], dict[str, Any]],
) -> None:
    profile, text, around, options = message
    prepared = septet.prepare(profile, text, **around, **options)
    kept: list[Any] = [prepared, *prepared.problems]
    if profile in VENDORS:
        kept.append(prepared.request)
    for thing in kept:
        for again in (pickle.loads(pickle.dumps(thing)), copy.copy(thing), copy.deepcopy(thing)):
            assert again == thing
            assert hash(again) == hash(thing)
            assert repr(again) == repr(thing)
        assert json.loads(json.dumps(thing.to_dict())) == thing.to_dict()
    if prepared.ok:
        prepared.raise_for_problems()
        return
    with pytest.raises(septet.RejectedMessage) as raised:
        prepared.raise_for_problems()
    error = raised.value
    assert error.problems == prepared.problems
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (again.profile, again.problems, str(again)) == (profile, error.problems, str(error))
    lines = str(error).splitlines()
    assert len(lines) == 1 + len(prepared.problems)
    for line, problem in zip(lines[1:], prepared.problems, strict=True):
        assert f"- {problem.severity} {problem.code}" in line
        # What it quotes of the text is left out: a log would keep it.
        quoted = re.sub('"[^"]{2,}"', '"…"', problem.message)
        assert (problem.message if problem.start is None else quoted) in line


@pytest.mark.parametrize(
    ("text", "sent", "made"),
    [
        (":b~r: :eu|ro:", ":br: :euro:", '":br:" and ":euro:"'),  # characters that are deleted
        (":bê:", ":be:", None),
        (":eûro:", ":euro:", '":euro:"'),  # and such as are replaced
        (":br\nfoo", ":br:br:foo", '":br:"'),  # read from the left, the line break itself is not a tag
        ("br:\n:br", "br::br::br", None),
        (":br\rbr:\nbr:", ":br:br:br::br:br:", '":br:"'),
        ("a\nb\r\nc", "a:br:b:br:c", None),
        # The plan tells of those that are written, at their places.
        (":br: :euro:", ":br: :euro:", None),
        (":br::b~r:", ":br::br:", '":br:"'),
        (":br:euro:", ":br:euro:", None),
    ],
)
def test_a_tag_that_only_the_wire_holds(text: str, sent: str, made: str | None) -> None:
    prepared = septet.prepare("smspartner", text, recipients="+33612345678")
    assert prepared.request.fields["message"] == sent
    found = [p for p in prepared.problems[len(prepared.plan.problems) :] if p.code == "vendor-tag"]
    assert [p.message.split(", which ")[0] for p in found] == (
        [f"When it is sent, the text holds {made}"] if made else []
    )
    assert all((p.severity, p.start, p.end) == ("warning", None, None) for p in found)


def test_the_mention_that_the_vendor_adds_itself_is_not_read_for_tags() -> None:
    prepared = septet.prepare(
        "smspartner", "Soldes", recipients="+33612345678", commercial=True, optout_text=":br: STOP"
    )
    assert "vendor-tag" not in [problem.code for problem in prepared.problems]


def test_a_quotation_mark_is_escaped_in_json() -> None:
    # SMS Partner, Envoi unitaire, message: « doit obligatoirement être échappé (\") », or error 400.
    prepared = septet.prepare("smspartner", 'Il dit "oui"', recipients="+33612345678")
    assert rb'"message": "Il dit \"oui\""' in prepared.request.body()


def test_octets_of_the_vendors_charset() -> None:
    # sMsmode, 2 Envoi de SMS, Caractères et encodage: € %A4, È %C8, £ %A3, ; in a form + is a space.
    prepared = septet.prepare("smsmode", "È 5 € £;", recipients="0612345678", method="GET")
    assert "message=%C8+5+%A4+%A3%3B" in prepared.request.address()
    # 15 Envoi de SMS Unicode: UTF-8.
    prepared = septet.prepare("smsmode", "☺ é", recipients="0612345678", encoding="ucs2")
    assert b"message=%E2%98%BA+%C3%A9" in prepared.request.body()


def test_a_surrogate_without_its_pair_is_a_question_mark_on_every_wire() -> None:
    prepared = septet.prepare(
        "smspartner", "a\ud800b", tag="\udc00", recipients="0612345678", encoding="ucs2"
    )
    sent = json.loads(prepared.request.body())
    assert (sent["message"], sent["tag"]) == ("a?b", "?")
    prepared = septet.prepare(
        "smsmode", "\ud83d\ude00", tag="\udc00", recipients="0612345678", encoding="ucs2"
    )
    assert prepared.request.body() == b"message=%3F%3F&numero=0612345678&classe_msg=9&refClient=%3F&nbr_msg=1"
    assert not prepared.ok


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("http://www.monurldereponse", True),  # SMS Partner, Paramètres, urlResponse
        ("https://example.com:8443/a?b=c&d=é#e", True),
        ("http://[2001:db8::1]/r", True),
        ("example.com/report", False),
        ("ftp://example.com/report", False),
        ("https://", False),
        ("https:///report", False),
        ("http://[2001:db8::1/r", False),
        ("https://example.com/a b", False),
        ("https://example.com/\r\nX: 1", False),
        ("https://example.com/\u2028", False),
        ("https://example.com/\ud800", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_an_address_is_one_that_can_be_called(address: str, taken: bool) -> None:
    fields = {"urlDlr": address}
    prepared = septet.prepare("smspartner", "Bonjour", recipients="0612345678", vendor_fields=fields)
    assert [problem.code for problem in prepared.problems] == ([] if taken else ["field-value"])
    assert all(problem.details["field"] == "urlDlr" for problem in prepared.problems)


def test_credentials_are_added_by_the_one_who_sends() -> None:
    prepared = septet.prepare("smsmode", "Bonjour", recipients="0612345678")
    request = prepared.request
    assert parse_qsl(request.body({"accessToken": "a&b=c"}).decode())[-1] == ("accessToken", "a&b=c")
    assert request.body() == b"message=Bonjour&numero=0612345678&nbr_msg=1"
    assert "accessToken" not in repr(request) + str(request.to_dict()) + repr(prepared)
    expected = "is not a credential of this vendor: expected accessToken, pseudo, pass"
    for name in ("numero", "stop", "zzz"):  # what the plan decides cannot be changed by other fields
        with pytest.raises(ValueError, match=f"credentials: '{name}' {expected}"):
            request.query({name: "33600000000"})
    with pytest.raises(ValueError, match="credentials: accessToken is not in ISO-8859-15"):
        request.body({"accessToken": "日本"})
    wrong: Any = {"accessToken": None}
    with pytest.raises(TypeError, match="credentials: accessToken: expected a text, found NoneType"):
        request.body(wrong)
    by_json = septet.prepare("smspartner", "Bonjour", recipients="0612345678").request
    assert json.loads(by_json.body({"apiKey": '"}'}))["apiKey"] == '"}'


def test_requests_are_equal_by_value_and_do_not_change() -> None:
    one = septet.prepare("smsmode", "Bonjour", recipients="0612345678")
    same = septet.prepare("smsmode", "Bonjour", recipients="0612345678")
    other = septet.prepare("smsmode", "Bonjour", recipients="0612345679")
    assert one == same != other
    assert one.request == same.request != other.request
    assert hash(one.request) == hash(same.request)
    assert one != "smsmode"
    assert one.request != "smsmode"
    one.request.fields["message"] = "Autre"
    assert one.request.fields["message"] == "Bonjour"
    for name in ("fields", "charset", "method", "url"):
        with pytest.raises(AttributeError):
            setattr(one.request, name, "x")
    for name in ("plan", "problems", "ok", "recipients", "request"):
        with pytest.raises(AttributeError):
            setattr(one, name, "x")
    assert repr(one) == "<septet.Prepared smsmode: no problem>"
    assert repr(one.request) == (
        "<septet.Request POST https://api.smsmode.com/http/1.6/sendSMS.do: message, numero, nbr_msg>"
    )


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"text": 5}, TypeError, "text: expected a str, found int"),
    ({"text": None}, TypeError, "text: expected a str, found NoneType"),
    ({"text": b"a"}, TypeError, "text: expected a str, found bytes"),
    ({"sender": 5}, TypeError, "sender: expected a text, found int"),
    ({"tag": b"a"}, TypeError, "tag: expected a text, found bytes"),
    ({"recipients": 33612345678}, TypeError, "recipients: expected numbers as texts, found int"),
    ({"recipients": [33612345678]}, TypeError, "recipients: expected numbers as texts, found int"),
    ({"recipients": b"0612345678"}, TypeError, "recipients: expected numbers as texts, found bytes"),
    ({"recipients": [None]}, TypeError, "recipients: expected numbers as texts, found NoneType"),
    ({"send_at": 5}, TypeError, "send_at: expected a datetime or a text in ISO 8601, found int"),
    ({"send_at": "tomorrow"}, ValueError, "send_at: expected a date and a time such as 2026-12-24T09:30"),
    ({"method": "PUT"}, ValueError, "method: smsmode takes GET or POST, found 'PUT'"),
    ({"method": None}, ValueError, "method: smsmode takes GET or POST, found None"),
    ({"profile": "smspartner", "method": "GET"}, ValueError, "method: smspartner takes POST, found 'GET'"),
    ({"profile": "gsm", "method": "PUT"}, ValueError, "method: gsm takes GET or POST, found 'PUT'"),
    ({"replies": 1}, TypeError, "replies: expected True or False, found int"),
    ({"vendor_fields": "stop=1"}, TypeError, "vendor_fields: expected a mapping, found str"),
    ({"vendor_fields": {5: "1"}}, TypeError, "vendor_fields: expected names as texts, found int"),
    (
        {"vendor_fields": {"refClient": None}},
        TypeError,
        "vendor_fields: refClient: expected a text or a number",
    ),
    ({"vendor_fields": {"refClient": 1.5}}, TypeError, "vendor_fields: refClient: .* found float"),
    (
        {"vendor_fields": {"nbr_msg": 10**5000}},
        ValueError,
        "nbr_msg: expected a number of at most 100 digits",
    ),
    ({"vendor_fields": {"refClient": -(10**100)}}, ValueError, "vendor_fields: refClient: expected a number"),
    (
        {"vendor_fields": {"refclient": "1"}},
        ValueError,
        r"'refclient' is not a field of smsmode \(did you mean",
    ),
    (
        {"vendor_fields": {"idSend": "1"}},
        ValueError,
        "'idSend' is not a field of smsmode.*: expected message, ",
    ),
    ({"vendor_fields": {"accessToken": "1"}}, ValueError, "vendor_fields: accessToken is a credential"),
    ({"vendor_fields": {"message": "a"}}, ValueError, "vendor_fields: message is filled from the text"),
    ({"vendor_fields": {"numero": "1"}, "recipients": "2"}, ValueError, "numero is filled from recipients"),
    ({"vendor_fields": {"emetteur": "a"}, "sender": "b"}, ValueError, "emetteur is filled from sender"),
    ({"vendor_fields": {"refClient": "a"}, "tag": "b"}, ValueError, "refClient is filled from tag"),
    (
        {"vendor_fields": {"date_envoi": "18062026-10:00"}, "send_at": "2026-06-18T10:00"},
        ValueError,
        "vendor_fields: date_envoi is filled from send_at",
    ),
    ({"profile": "gsm", "vendor_fields": {"tag": "a"}}, ValueError, "gsm describes no request"),
    ({"profile": "nobody"}, ValueError, "profile 'nobody' is not known"),
    ({"country": "XX"}, ValueError, "country: expected a country's ISO 3166-1 code"),
    ({"country": []}, ValueError, "country: expected a country's ISO 3166-1 code"),
    ({"encoding": "utf-8"}, ValueError, "encoding: expected one of"),
    ({"commercial": 1}, ValueError, "commercial: expected True or False, found 1"),
    ({"colour": "red"}, TypeError, "'colour' is not an option"),
]


@pytest.mark.parametrize(("arguments", "kind", "words"), WRONG)
def test_an_argument_of_a_wrong_kind_is_named(
    arguments: dict[str, Any], kind: type[Exception], words: str
) -> None:
    given: dict[str, Any] = {"profile": "smsmode", "text": "Bonjour"} | arguments
    with pytest.raises(kind, match=words) as raised:
        septet.prepare(**given)
    assert isinstance(raised.value, kind if kind is TypeError else (septet.OptionError, septet.ProfileError))
    assert "\n" not in str(raised.value)


def test_fields_by_the_vendors_names_are_the_arguments() -> None:
    named = septet.prepare(
        "smsmode",
        "Bonjour",
        vendor_fields={
            "numero": 33612345678,
            "emetteur": "PERSO",
            "refClient": 12,
            "date_envoi": "18062026-10:00",
        },
    )
    given = septet.prepare(
        "smsmode",
        "Bonjour",
        recipients="33612345678",
        sender="PERSO",
        tag="12",
        send_at="2026-06-18T10:00",
    )
    assert named == given


@pytest.mark.parametrize(
    ("tag", "wrong"),
    [
        ("été_2026-ñß", None),
        ("ÀÉ", "ÀÉ"),
        ("ŒŽΩДǅ", "ŒŽΩДǅ"),  # "en minuscule(s)", in any script
        ("a b\u00a0c", " \u00a0"),
        ("a\0b\x07c\x7f\x85", "\0\x07\x7f\x85"),
    ],
)
def test_a_tag_without_spaces_capitals_and_controls(tag: str, wrong: str | None) -> None:
    for profile in ("smspartner", "smspartner-eco"):
        prepared = septet.prepare(profile, "Bonjour", tag=tag, recipients="33612345678")
        found = [p.details["characters"] for p in prepared.problems if p.code == "tag-characters"]
        assert found == ([wrong] if wrong else [])


def test_a_switch_that_an_option_sets_is_not_set_by_its_field() -> None:
    field, option = "longmessageallowed", "max_segments"
    asked: dict[str, Any] = {"max_segments": 2}
    around = {"recipients": "33612345678", "sender": "Societe"}
    prepared = septet.prepare("envoyersmspro", "a" * 161, vendor_fields={field: 1}, **around)
    (problem,) = (problem for problem in prepared.problems if problem.code == "field-conflict")
    assert problem.details["field"] == field
    assert problem.message.endswith(f"leave it out, and use {option}.")
    # If it is requested in this way, the field is set; otherwise it is not.
    assert field not in septet.prepare("envoyersmspro", "a" * 161, **around).request.fields
    granted = septet.prepare("envoyersmspro", "a" * 161, vendor_fields={field: 1}, **around, **asked)
    assert granted.ok
    assert granted.request.fields[field] == "1"


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_text_that_is_cut_here_is_not_to_be_cut_again(most: int) -> None:
    # messagetruncationallowed: « Il sera alors tronqué automatiquement à 160 caractères ».
    about: dict[str, Any] = {"recipients": "33612345678", "sender": "Societe", "max_segments": most}
    prepared = septet.prepare("envoyersmspro", "a" * 460, truncate=True, **about)
    assert prepared.ok
    assert len(prepared.request.fields["text"]) == (160, 306, 459)[most - 1]
    assert "messagetruncationallowed" not in prepared.request.fields
    for text, more in (("a" * 460, {"truncate": True}), ("a" * 460, {}), ("a", {})):
        given = {"messagetruncationallowed": 1}
        found = septet.prepare("envoyersmspro", text, vendor_fields=given, **about, **more)
        (problem,) = (problem for problem in found.problems if problem.code == "field-conflict")
        assert problem.message.endswith('leave it out, and use truncate="words".')


SWITCHES = {
    "smspartner": ("isStopSms", "isUnicode", "sandbox"),
    "smsmode": ("stop",),
    "envoyersmspro": (
        *("allnumberallowed", "messagetruncationallowed", "longmessageallowed"),
        *("stopsms", "dedupe", "responsestatusid"),
    ),
}


@pytest.mark.parametrize(
    ("profile", "field"), [(profile, field) for profile, fields in SWITCHES.items() for field in fields]
)
@pytest.mark.parametrize("zero", [0, "0", False])
def test_a_switch_that_is_given_as_0_is_one_that_is_not_given(profile: str, field: str, zero: Any) -> None:
    about: dict[str, Any] = {"recipients": "33612345678", "send_at": "2030-01-02T10:00"}
    about |= {"sender": "Societe"} if profile == "envoyersmspro" else {}
    given = septet.prepare(profile, "Bonjour", vendor_fields={field: zero}, **about)
    assert given == septet.prepare(profile, "Bonjour", **about)


def test_a_switch_that_is_needed_cannot_be_given_as_0() -> None:
    for profile, field in (("smspartner", "isStopSms"), ("envoyersmspro", "stopsms"), ("smsmode", "stop")):
        about: dict[str, Any] = {"recipients": "33612345678", "sender": "Societe", "commercial": True}
        found = septet.prepare(profile, "Bonjour", vendor_fields={field: 0}, **about)
        assert "field-conflict" in [problem.code for problem in found.problems]


def test_the_number_of_messages_covers_what_is_transmitted() -> None:
    # sMsmode, nbr_msg: « Le message sera coupé s'il dépasse cette limite ».
    for text, options, number in (
        ("a" * 152 + "€" + "b" * 152, {}, "3"),  # 306 units, which three segments carry
        ("a" * 152 + "€" + "b" * 152, {"max_segments": 2}, "3"),
        ("a" * 306, {}, "2"),
        ("€" * 382, {}, "5"),  # 764 units; six segments, and at most five may be requested
    ):
        found = septet.prepare("smsmode", text, recipients="0612345678", **options)
        assert found.request.fields["nbr_msg"] == number
        assert found.plan.billed_segments <= len(found.plan.segments)


@pytest.mark.parametrize("sender", ["   ", " " * 11, "  a", " ab ", "a  "])
def test_blanks_make_no_name(sender: str) -> None:
    found = septet.prepare("smspartner", "Bonjour", recipients="33612345678", sender=sender)
    (problem,) = (problem for problem in found.problems if problem.code.startswith("sender"))
    assert (problem.code, problem.severity, problem.vendor_code) == ("sender-length", "error", "9")


def test_a_space_in_an_address_is_what_it_is_anywhere() -> None:
    # Encom, « Exemples de requête »: Hello%20World!
    about: dict[str, Any] = {"vendor_fields": {"customerAccount": "CL1"}, "recipients": "33612345678"}
    address = septet.prepare("encom", "Hello World+1/2", **about).request.address()
    assert "message=Hello%20World%2B1%2F2" in address
    # The others print a plus themselves.
    query = septet.prepare("smsmode", "Bonjour Maman", recipients="0612345678", method="GET").request.query()
    assert "message=Bonjour+Maman" in query


def test_a_profile_without_a_request_plans_and_no_more() -> None:
    prepared = septet.prepare("gsm", "Bonjour", sender="x" * 99, recipients="abc", send_at="2020-01-01T10:00")
    assert not prepared.ok
    assert prepared.plan.ok
    (problem,) = prepared.problems
    assert (problem.code, problem.message) == (
        "request-unknown",
        "gsm describes no request: only the text was checked, and there are no fields. Write "
        "[request] and [[fields]] into a file that extends it, or only plan the text.",
    )
    assert [problem.code for problem in septet.prepare("gsm", "Bonjour").problems] == ["request-unknown"]
    assert prepared.send_at is None
    assert prepared.to_dict()["request"] is None
    with pytest.raises(
        ValueError, match="profile gsm describes no request, and can only plan a text: expected the"
    ):
        prepared.request  # noqa: B018 (asking for it is the test)


def test_in_unicode_the_text_of_smsmode_holds_the_mention() -> None:
    # 15 Envoi de SMS Unicode lists no stop among its parameters.
    about: dict[str, Any] = {"recipients": "0612345678", "encoding": "ucs2"}
    for text, options, sent, number in (
        ("☺", {"commercial": True}, "☺ STOP 36034", "1"),
        ("☺" * 60, {"commercial": True}, "☺" * 60 + " STOP 36034", "2"),
        ("☺", {"optout": "if-free"}, "☺ STOP 36034", "1"),
        ("☺" * 60, {"optout": "if-free"}, "☺" * 60, "1"),
        ("☺", {"commercial": True, "country": "BE"}, "☺ no-sms.eu", "1"),
    ):
        found = septet.prepare("smsmode", text, **{**about, **options, "recipients": None})
        fields = found.request.fields
        assert (fields["message"], fields["nbr_msg"], fields["classe_msg"]) == (sent, number, "9")
        assert "stop" not in fields
        assert fields["message"] == found.plan.text
    gsm = septet.prepare("smsmode", "Promo", recipients="0612345678", commercial=True).request.fields
    assert (gsm["message"], gsm["stop"]) == ("Promo", "2")


def test_the_two_characters_that_the_document_teaches_for_a_line_break() -> None:
    # Envoyer SMS Pro: « Vous devrez saisir votre texte ainsi : « Bonjours,\\n ceci est un test. » »
    (problem,) = septet.plan("Bonjours,\\n ceci est un test.", "envoyersmspro").problems
    assert (problem.code, problem.start, problem.end) == ("vendor-tag", 9, 11)
    assert septet.plan("Bonjours,\n ceci est un test.", "envoyersmspro").problems == ()


def test_nobody_is_told_to_send_as_ucs2_where_there_is_none() -> None:
    for profile in septet.profiles():
        if "gsm7" not in septet.profile(profile).rule("encodings")["offered"]:
            continue
        for problem in septet.plan("日", profile, encoding="gsm7").problems:
            if "ucs2" not in septet.profile(profile).rule("encodings")["offered"]:
                assert "or send as UCS-2." not in problem.message
    assert septet.plan("ça", "smsmode").problems[0].message.endswith("or send as UCS-2.")
    assert (
        septet.plan("ça", "smsmode-voice")
        .problems[0]
        .message.endswith('it becomes "?". Write it differently.')
    )


def test_a_required_field_without_a_meaning_is_named() -> None:
    own = septet.Profile.from_toml(
        """
extends = "gsm"
[request]
url = "https://sms.example.com/send"
methods = ["POST"]
parameters = "json"
charset = { gsm7 = "UTF-8", ucs2 = "UTF-8" }
mention = "sender"
authentication = "a header"
source = "made for a test"
[[fields]]
name = "text"
holds = "text"
source = "made for a test"
[[fields]]
name = "number"
holds = "recipients"
source = "made for a test"
[[fields]]
name = "note"
holds = "free"
source = "made for a test"
required = true
[recipients]
most = { POST = 1 }
patterns = ["[1-9][0-9]{7,14}"]
expected = "numbers such as 33612345678"
plus = "dropped"
source = "made for a test"
"""
    )
    (problem,) = septet.prepare(own, "Bonjour", recipients="33612345678").problems
    assert (problem.code, problem.message) == (
        "field-missing",
        "note is required. Give it in vendor_fields.",
    )
