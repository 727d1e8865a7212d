"""The JSON schemas describe exactly the results of `to_dict`; and these can be sent anywhere."""

from __future__ import annotations

import copy
import io
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from oracle_profiles import PROFILES
from raised_problems import RAISED
from sources import ROOT
from strategies import options, texts
from typer.testing import CliRunner

import septet
from septet.advice.foldings import STEPS
from septet.campaign import estimate
from septet.cli.app import app

FILES = sorted((Path(septet.__file__).parent / "schemas").glob("*.json"))
NAMES = [file.stem for file in FILES]


def validator(name: str) -> Draft202012Validator:
    # No registry is given: a schema is complete in itself, or the validator cannot follow it.
    return Draft202012Validator(septet.schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_says_who_it_is(name: str) -> None:
    schema = septet.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:septet:schema:{name}"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"]


@pytest.mark.parametrize("name", NAMES)
def test_every_object_is_closed_and_only_details_leave_something_out(name: str) -> None:
    for place, part in objects(septet.schema(name)):
        if place[-1:] in (("fields",), ("raw",)):  # those names are the vendor's
            continue
        if place[-1:] == ("counts",):  # by problem code, and later versions may add some
            continue
        if place[:1] == ("properties",) and place[-1] in BY_CODE:
            assert isinstance(part["additionalProperties"], dict), place
            continue
        assert part["additionalProperties"] is False, place
        if place[-1:] != ("details",):
            assert sorted(part["required"]) == sorted(part["properties"]), place


#: In an estimate or a calibration, the objects whose keys are codes, kinds or names of options.
BY_CODE = (
    *("rejects", "left_out", "mended", "kinds", "problems", "examples", "refusals", "options"),
    *("columns", "differ_by"),
)


def objects(schema: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield place, schema
        for key, part in schema.items():
            yield from objects(part, (*place, key))


@given(st.data())
def test_every_plan_is_as_its_schema_says(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(PROFILES)))
    planner = septet.Planner(profile, **data.draw(options(profile)))
    text = data.draw(texts())
    plan = planner.plan(text)
    shape = plan.to_dict()
    assert json.loads(json.dumps(shape)) == shape
    PLAN.validate(shape)
    MEASURE.validate(planner.measure(text)._asdict())
    assert plain(shape)


PLAN, MEASURE = validator("plan"), validator("measure")


def plain(value: Any) -> bool:
    """Whether a value is of plain JSON types, no class of septet's own among them."""
    if type(value) is dict:
        return all(type(key) is str and plain(part) for key, part in value.items())
    if type(value) is list:
        return all(map(plain, value))
    return value is None or type(value) in (str, int, bool)


@pytest.mark.parametrize("row", RAISED, ids=lambda row: row[0])
def test_every_problem_is_as_its_schema_says(row: Any) -> None:
    _, profile, options, text, *_ = row
    plan = septet.plan(text, profile, **options)
    PLAN.validate(plan.to_dict())
    for problem, shape in zip(plan.problems, plan.to_dict()["problems"], strict=True):
        assert problem.to_dict() == shape
        validator("problem").validate(shape)


@pytest.mark.parametrize("language", ["tr", "auto"])
@given(text=texts())
@examples(30)
def test_plans_with_national_tables_too(language: str, text: str) -> None:
    PLAN.validate(septet.plan(text, language=language).to_dict())


CAMPAIGNS: list[dict[str, Any]] = [
    {},
    {"price": "0.045", "optout_rate": "0.02"},
    {
        "recipient": "tel",
        "prices": "docs/prices.csv",
        "vat": 20,
        "exclude": ["0612345679"],
        "rate": 30,
        "window": "8-21",
        "dedupe": True,
        "commercial": True,
    },
    {"recipient": "tel", "rate": "0.5", "mobiles_only": True, "truncate": True},
    {"template": "Hi {tel} *|NAME|*"},
]


@pytest.mark.parametrize("asked", CAMPAIGNS)
def test_every_estimate_is_as_its_schema_says(asked: dict[str, Any]) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("phonenumbers")
    tels = ["0612345678", "+33612345678", "", "0140200000", "+32470123456", "0612345679"]
    rows = [{"message": "Été ç ~ ж " * (1 + 20 * n), "tel": tel} for n, tel in enumerate(tels)]
    shape = estimate(rows, profile="smsmode", **asked).to_dict()
    assert json.loads(json.dumps(shape)) == shape
    validator("estimate").validate(shape)
    assert plain(shape)


PREPARED = [
    (
        "smsmode",
        "Été ç",
        {"recipients": "0623123457,0623123457,12", "sender": "Été x", "send_at": "2001-01-01"},
    ),
    ("smsmode", "Promo", {"recipients": "0623123457,32470123456", "commercial": True}),
    ("smsmode", "☺", {"encoding": "ucs2", "replies": True, "sender": "PERSO", "tag": ""}),
    ("smspartner", "", {"recipients": "922264", "sender": "x" * 12, "send_at": "2001-01-01T10:07"}),
    ("smspartner", "Promo", {"send_at": "2100-12-25T10:00", "commercial": True, "tag": "A b"}),
    ("envoyersmspro", "x" * 161, {"sender": "12", "vendor_fields": {"senddate": "1", "allnumberallowed": 1}}),
    ("envoyersmspro", "x", {"recipients": "12", "vendor_fields": {"allnumberallowed": 1, "stopsms": 1}}),
    ("encom", "x", {"recipients": ["0623123457"] * 2, "sender": "x", "vendor_fields": {"listener": "x"}}),
    ("gsm", "x", {"recipients": "0623123457"}),
]


@pytest.mark.parametrize(("profile", "text", "arguments"), PREPARED)
def test_every_prepared_message_is_as_its_schema_says(profile: str, text: str, arguments: Any) -> None:
    shape = septet.prepare(profile, text, **arguments).to_dict()
    assert json.loads(json.dumps(shape)) == shape
    validator("prepared").validate(shape)
    assert plain(shape)


BATCHES = [
    ([("0623123457", "Été"), ("33612345678", "b", "RDV")], {"tag": "é", "send_at": "2100-12-25T10:00"}),
    ([("12", "l’eau", "é x"), ("+33612345678", "ça", "")], {"sender": "12", "replies": True}),
    ([], {"tag": "x" * 300, "send_at": "2001-01-01", "commercial": True}),
]


@pytest.mark.parametrize(("rows", "arguments"), BATCHES)
@pytest.mark.parametrize("is_open", [True, False])
def test_every_prepared_batch_is_as_its_schema_says(
    rows: Any, arguments: Any, is_open: bool, tmp_path: Path
) -> None:
    path = tmp_path / "batch.csv"
    lines = [("numero", "message", "emetteur"), *((*row, "")[:3] for row in rows)]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
    path.write_bytes(text.encode("iso-8859-15", "replace"))
    file = io.BytesIO(path.read_bytes()) if is_open else path
    shape = septet.prepare_batch(None, file, **arguments).to_dict()
    assert json.loads(json.dumps(shape)) == shape
    validator("prepared-batch").validate(shape)
    assert plain(shape)


@pytest.mark.parametrize(
    ("profile", "body"),
    [
        (
            "smspartner",
            b'{"success":true,"code":200,"message_id":307,"nb_sms":1,"cost":0.038,"currency":"EUR"}',
        ),
        (
            "smspartner",
            b'{"success":false,"code":9,"errors":[{"elementId":"children[time].data","message":"x"}]}',
        ),
        ("smsmode", b"50 | Temporairement inaccessible"),
        ("encom", b'{"store": 20}'),
    ],
)
def test_every_answer_is_as_its_schema_says(profile: str, body: bytes) -> None:
    response = septet.profile(profile).read_response(body)
    validator("response").validate(json.loads(json.dumps(response.to_dict())))
    prepared = septet.prepare(profile, "Bonjour", recipients="0623123457")
    validator("reconciliation").validate(septet.reconcile(prepared, response).to_dict())


@given(st.data())
def test_every_advice_is_as_its_schema_says(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(PROFILES)))
    for advice in septet.advise(data.draw(texts()), profile, **data.draw(options(profile))):
        shape = advice.to_dict()
        assert json.loads(json.dumps(shape)) == shape
        ADVICE.validate(shape)


ADVICE = validator("advice")


def test_the_schema_of_an_advice_knows_every_step() -> None:
    reasons = septet.schema("advice")["properties"]["changes"]["items"]["properties"]["reason"]["enum"]
    # A national table changes nothing in a text.
    assert reasons == [step for step in STEPS if step != "language"]


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["advise", "Siparişiniz hazır’ " * 5 + "ж", "--profile", "gsm"], "advice"),
        (["advise", "l’été 🎉 " + "x" * 70, "--profile", "gsm"], "advice"),
        (["compare", "ça\x1b’ 🎉" * 99, "--commercial"], "comparison"),
        (["compare", "ça", "--price", "0.045", "--price", "twilio=1e-7"], "comparison"),
    ],
)
def test_the_lists_that_commands_answer_hold_such_shapes(command: list[str], name: str) -> None:
    answer = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    assert answer
    for shape in answer:
        validator(name).validate(shape)


def test_a_schema_finds_what_is_wrong() -> None:
    right = septet.plan("ça\x1b", "smsmode", commercial=True).to_dict()
    PLAN.validate(right)
    for place, value in (
        (("units",), -1),
        (("units",), "3"),
        (("encoding",), "GSM-7"),
        (("optout_status",), "refused"),
        (("tables", "locking"), "Turkish"),
        (("segments", 0, "capacity"), 0),
        (("changes", 0, "reason"), "other"),
        (("problems", 0, "severity"), "fatal"),
        (("problems", 0, "details", "colour"), "red"),
        (("surplus",), 1),
    ):
        wrong: Any = copy.deepcopy(right)
        part = wrong
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = value
        (error,) = PLAN.iter_errors(wrong)
        assert place[: len(error.absolute_path)] == tuple(error.absolute_path)
    for name in right:
        assert not PLAN.is_valid({key: value for key, value in right.items() if key != name})


@pytest.mark.parametrize(("command", "name"), [("check", "check"), ("count", "measure"), ("preview", "plan")])
def test_the_commands_answer_in_the_same_shapes(command: str, name: str) -> None:
    answer = CliRunner().invoke(app, [command, "aíb:br:", "--profile", "smspartner", "--json"])
    validator(name).validate(json.loads(answer.stdout))


CENTRE = "07913396050046F3"
RECEIVED = [
    CENTRE + "040B913316325476F80000624081220080000AE8329BFD4697D9EC37",
    CENTRE + "06A70B913316325476F8624081220080806240812210808000",
    "11000B913316325476F80018AA0400C70061FFFF",
    "19000B913316325476F8002062408122008080" + "03010203",
    "440B911346610089F600042080629173140809060504158A00000102",
]


@pytest.mark.parametrize("octets", RECEIVED)
def test_every_pdu_is_as_its_schema_says(octets: str) -> None:
    shape = septet.read_pdu(octets).to_dict()
    assert json.loads(json.dumps(shape)) == shape
    validator("pdu").validate(shape)
    assert plain(shape)
    answer = CliRunner().invoke(app, ["decode", "--as", "pdu", "--json", octets])
    validator("decoding").validate(json.loads(answer.stdout))


@pytest.mark.parametrize("text", ["", "é" * 200, "я" * 100])
def test_octets_are_printed_as_their_schemas_say(text: str) -> None:
    def printed(*arguments: str) -> Any:
        return json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)

    parts = printed("encode", text, "--reference", "7")
    for part in parts:
        validator("part").validate(part)
    for pdu in printed("encode", text, "--reference", "7", "--to", "+33612345678"):
        validator("pdu").validate(pdu)
    if text:
        validator("decoding").validate(printed("decode", *(part["octets"] for part in parts)))


def test_every_schema_is_documented() -> None:
    page = (ROOT / "docs" / "schemas.md").read_text("utf-8")
    for name in NAMES:
        assert f"`{name}`" in page


def test_a_schema_is_the_callers_own_copy() -> None:
    septet.schema("plan")["properties"].clear()
    assert septet.schema("plan")["properties"]


@pytest.mark.parametrize("name", ["plam", "", "../plan", "PLAN"])
def test_a_schema_that_no_one_knows(name: str) -> None:
    with pytest.raises(ValueError, match=r"schema .* is not known.*: expected one of .*plan.*"):
        septet.schema(name)


def values() -> list[Any]:
    planner = septet.Planner("smsmode", commercial=True, max_segments=1)
    plan = planner.plan("Ça y est : -20 % jusqu’à dimanche, 10 € offerts\r\n" * 5)
    measure = planner.measure("a")
    return [
        *(septet.profile("smsmode"), planner, plan, plan.segments[0], plan.changes[0], plan.tables, measure),
        *plan.problems,
        *(problem.details for problem in plan.problems),
        *(problem.message for problem in plan.problems),
        *septet.plan("a" * 161).user_data(reference=7),
    ]


@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_what_septet_gives_is_copied_and_pickled(value: Any, protocol: int) -> None:
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value, protocol))):
        assert type(again) is type(value)
        if isinstance(value, septet.Planner):
            assert again.plan("Promo €") == value.plan("Promo €")
        else:
            assert again == value
            assert hash(again) == hash(value)
