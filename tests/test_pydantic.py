"""`SmsText` in real Pydantic models, settings and FastAPI applications."""

from __future__ import annotations

import copy
import doctest
import importlib
import json
import pickle
import subprocess
import sys
import types
import warnings
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Optional

import pydantic
import pytest
from fastapi import FastAPI, Query
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings
from sources import ROOT
from strategies import options, texts

import septet
import septet.pydantic
from septet.planning.acceptance import MOST_OF_A_CODE
from septet.pydantic import PlannedText, SmsText

with warnings.catch_warnings():
    # Later versions say that they would rather have a successor of httpx.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

EXAMPLES = ROOT / "docs" / "examples"


class Message(BaseModel):
    text: Annotated[str, SmsText(profile="smsmode", max_segments=2, truncate=False)]
    planned: Annotated[PlannedText, SmsText("smspartner", commercial=True)] = Field(
        "Promo", validate_default=True
    )
    maybe: Annotated[Optional[str], SmsText()] = None  # noqa: UP045 (how many still write it)


def example(name: str, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    monkeypatch.syspath_prepend(EXAMPLES)
    monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module(name)


def refusal(annotation: Any, text: object) -> Any:
    """The one error that a value is refused with."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(annotation).validate_python(text)
    (error,) = refused.value.errors()
    return error


# --- accepted texts -----------------------------------------------------------------------


def test_the_plan_is_at_hand() -> None:
    message = Message(text="À demain !")
    assert message.text == "À demain !"
    assert isinstance(message.text, PlannedText)
    assert message.text.plan == septet.plan("À demain !", "smsmode", max_segments=2, truncate=False)
    assert isinstance(message.planned, PlannedText)
    assert message.planned.plan.text == "Promo STOP 36xxx"
    assert message.maybe is None
    assert Message(text="a", maybe="ç").maybe == "ç"


def test_the_planner_is_compiled_once() -> None:
    rules = SmsText("smsmode", max_segments=2)
    adapter = TypeAdapter(list[Annotated[PlannedText, rules]])
    assert {id(text.plan.terms) for text in adapter.validate_python(["a", "b"])} == {id(rules.planner.terms)}
    assert rules.planner.count("a" * 161) == 2


def test_a_text_is_the_text_as_it_was_given() -> None:
    class Safe(str):
        def __str__(self) -> str:
            return "not the text"

    rules = SmsText("smspartner")
    for text in ("a\r\nb^", Safe("a\r\nb^"), rules.validate("a\r\nb^")):
        accepted = TypeAdapter(Annotated[str, rules]).validate_python(text, strict=True)
        assert accepted == "a\r\nb^"
        assert accepted.plan.text == "a\nb"


def test_dumps_hold_plain_texts() -> None:
    message = Message(text="À demain !", maybe="ç")
    expected = {"text": "À demain !", "planned": "Promo", "maybe": "ç"}
    for dumped in (message.model_dump(), message.model_dump(mode="json"), dict(message.model_dump())):
        assert dumped == expected
        assert {type(value) for value in dumped.values()} == {str}
    assert json.loads(message.model_dump_json()) == expected
    assert json.loads(json.dumps(message.text)) == "À demain !"
    assert Message.model_validate_json(message.model_dump_json(), strict=True) == message
    assert Message.model_validate(message.model_dump()) == message
    assert Message.model_validate_strings({"text": "b"}).text == "b"


def test_copies_and_pickles_keep_the_plan() -> None:
    message = Message(text="À demain !")
    for again in (
        pickle.loads(pickle.dumps(message)),
        copy.copy(message),
        copy.deepcopy(message),
        message.model_copy(deep=True),
    ):
        assert again == message
        assert again.text.plan == message.text.plan
        assert hash(again.text) == hash("À demain !")
    rules = SmsText("smsmode", max_segments=2, refuse_warnings=True)
    for same in (pickle.loads(pickle.dumps(rules)), copy.deepcopy(rules)):
        assert repr(same) == repr(rules)
    assert repr(rules) == "SmsText(septet.Planner('smsmode', max_segments=2), refuse_warnings=True)"


ShortText = Annotated[str, StringConstraints(strip_whitespace=True), SmsText(max_segments=1)]


def test_it_works_wherever_pydantic_does() -> None:
    @pydantic.dataclasses.dataclass
    class Record:
        text: ShortText

    class Assigned(BaseModel):
        model_config = ConfigDict(validate_assignment=True)
        texts: dict[str, ShortText] = {}
        limited: Annotated[str, SmsText(), Field(max_length=3)] = ""

    @pydantic.validate_call
    def send(text: ShortText) -> int:
        return text.plan.units  # type: ignore[attr-defined, no-any-return]

    @dataclass
    class Standard:
        text: ShortText

    assert Record(text="  a ").text == "a"
    assert Assigned(texts={"a": " b "}).texts["a"] == "b"
    assert send(" abc ") == 3
    assert TypeAdapter(Standard).validate_python({"text": " a "}).text == "a"
    assigned = Assigned()
    for wrong in ("", "abcd"):
        with pytest.raises(ValidationError):
            assigned.limited = wrong
    assigned.limited = "abc"
    assert assigned.limited.plan.units == 3  # type: ignore[attr-defined]
    for call in (lambda: Record(text=" "), lambda: send("a" * 161), lambda: Assigned(texts={"a": ""})):
        with pytest.raises(ValidationError):
            call()


def test_a_default_is_validated_where_it_is_asked_for() -> None:
    class Model(BaseModel):
        text: Annotated[str, SmsText(max_segments=1)] = Field("a" * 161, validate_default=True)

    with pytest.raises(ValidationError) as refused:
        Model()
    assert [error["type"] for error in refused.value.errors()] == ["too-long"]


def test_the_example_in_the_module() -> None:
    assert doctest.testmod(septet.pydantic).failed == 0
    assert doctest.testmod(septet.pydantic).attempted > 0


# --- refused texts ------------------------------------------------------------------------


def test_an_error_has_our_code_message_and_figures() -> None:
    text = "a" * 307
    error = refusal(Annotated[str, SmsText("envoyersmspro", max_segments=2)], text)
    (problem,) = septet.plan(text, "envoyersmspro", max_segments=2).problems
    assert error["type"] == "too-long"
    assert error["msg"] == problem.message
    assert error["input"] == text
    assert error["ctx"] == {"limit": 2, "actual": 3, "problems": [problem.to_dict()]}
    Draft202012Validator(septet.schema("problem")).validate(error["ctx"]["problems"][0])


def test_several_errors_are_one_with_all_in_its_context() -> None:
    text = "\x1b a \ud800 " + "ç" * 70
    error = refusal(Annotated[str, SmsText(max_segments=1)], text)
    problems = septet.plan(text, max_segments=1).problems
    assert [problem.code for problem in problems] == ["invalid-character", "invalid-character", "too-long"]
    assert error["type"] == "invalid-character"
    # A sentence for each code; the context has every place.
    assert error["msg"] == f"{problems[0].message} {problems[2].message}"
    assert [found["start"] for found in error["ctx"]["problems"]] == [0, 4, None]
    assert error["ctx"]["characters"] == "\x1b"


def test_errors_come_before_the_warnings_that_are_refused_with_them() -> None:
    text = ":br:" + "a" * 157
    rules = {"profile": "smspartner", "max_segments": 1}
    for strict, codes in ((False, ["too-long"]), (True, ["too-long", "vendor-tag"])):
        error = refusal(Annotated[str, SmsText(**rules, refuse_warnings=strict)], text)
        assert error["type"] == "too-long"
        assert [problem["code"] for problem in error["ctx"]["problems"]] == codes
    assert TypeAdapter(Annotated[str, SmsText("smspartner")]).validate_python(":br:") == ":br:"


def test_an_error_of_a_hostile_text_stays_small() -> None:
    text = "a\x1b" * 100_000
    error = refusal(Annotated[str, SmsText()], text)
    codes = [problem["code"] for problem in error["ctx"]["problems"]]
    assert codes == ["invalid-character"] * MOST_OF_A_CODE + ["too-many-segments"]
    assert len(json.dumps(error["ctx"])) < 5_000


def test_braces_in_a_message_are_only_braces() -> None:
    # Pydantic would replace these by the context's own values.
    rules = SmsText("gsm", commercial=True, optout="never", optout_text="{problems} {limit} {}")
    error = refusal(Annotated[str, rules], "a")
    assert '"{problems} {limit} {}"' in error["msg"]


def test_a_surrogate_can_be_told_in_json() -> None:
    with pytest.raises(ValidationError) as refused:
        Message(text="a\ud800")
    (error,) = json.loads(refused.value.json(include_input=False))
    assert error["type"] == "invalid-character"
    assert error["ctx"]["characters"] == "\\ud800"
    assert "U+D800" in error["msg"]


@pytest.mark.parametrize("value", [3, None, b"\xff", ["a"]])
def test_what_is_no_text_is_refused_by_pydantic_itself(value: object) -> None:
    assert refusal(Annotated[str, SmsText()], value)["type"].startswith(("string_", "string"))


# --- wrong annotations --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"profile": "smsmod"}, septet.ProfileError, "smsmod.*did you mean"),
        ({"max_segments": True}, ValueError, "^max_segments: "),
        ({"profile": "envoyersmspro", "max_segments": 4}, ValueError, "^max_segments: envoyersmspro"),
        ({"commercial": "yes"}, ValueError, "^commercial: "),
        ({"refuse_warnings": 1}, ValueError, "^refuse_warnings: expected True or False, found 1"),
        ({"max_segment": 2}, TypeError, "'max_segment' is not an option.*max_segments"),
    ],
)
def test_a_wrong_option_fails_where_the_annotation_is_made(
    arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        SmsText(**arguments)


@pytest.mark.parametrize("source", [int, list[str], str | int, bytes, dict[str, str]])
def test_a_type_that_holds_no_text_fails_where_the_model_is_made(source: Any) -> None:
    with pytest.raises(TypeError, match="SmsText: expected to stand beside str or PlannedText, found"):
        TypeAdapter(Annotated[source, SmsText()])


def test_a_planned_text_needs_its_rules() -> None:
    with pytest.raises(TypeError, match=r"PlannedText: .* such as Annotated\[PlannedText, SmsText"):
        TypeAdapter(PlannedText)


def test_without_pydantic_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['pydantic'] = None; import septet; septet.pydantic"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == (
        'ModuleNotFoundError: septet.pydantic needs Pydantic: pip install "septet[pydantic]"'
    )


# --- JSON schema --------------------------------------------------------------------------


def test_the_json_schema_says_what_is_known() -> None:
    schema = Message.model_json_schema()
    text = schema["properties"]["text"]
    assert text.items() >= {"type": "string", "minLength": 1, "maxLength": 306}.items()
    assert text["x-septet"] == {
        "profile": "smsmode",
        "encodings": ["gsm7"],
        "commercial": False,
        "optout": "never",
        "max_segments": 2,
        "truncate": False,
        "refuse_warnings": False,
    }
    abridged = TypeAdapter(Annotated[str, SmsText(truncate="words", truncate_mark="...", max_segments=1)])
    facts = abridged.json_schema()["x-septet"]
    assert (facts["truncate"], facts["truncate_mark"]) == ("words", "...")
    assert abridged.validate_python("mot " * 60).plan.text.endswith("mot...")
    assert "2 billed segments at most" in text["description"]
    # A vendor that deletes characters takes texts of any length.
    assert "maxLength" not in schema["properties"]["planned"]
    texts = schema["properties"]["maybe"]["anyOf"]
    assert [(part["type"], "x-septet" in part) for part in texts] == [("string", True), ("null", False)]
    assert Message.model_json_schema(mode="serialization")["properties"]["text"] == text


def test_a_schema_knows_what_is_ignored() -> None:
    asked: dict[str, Any] = {"max_segments": 1, "refuse_warnings": True}
    strict = TypeAdapter(Annotated[str, SmsText("smsmode", **asked)]).json_schema()
    assert strict["maxLength"] == 160
    assert "ignore" not in strict["x-septet"]
    adapter = TypeAdapter(Annotated[str, SmsText("smsmode", ignore=("vendor-tag", "truncated"), **asked)])
    # A text that is cut is taken then, of any length.
    assert adapter.validate_python("a" * 161).plan.truncated == 1  # type: ignore[attr-defined]
    schema = adapter.json_schema()
    assert "maxLength" not in schema
    assert "a longer text is cut" in schema["description"]
    assert schema["x-septet"]["ignore"] == ["truncated", "vendor-tag"]


def test_a_description_of_ones_own_stays() -> None:
    model = pydantic.create_model("M", text=(Annotated[str, SmsText()], Field(description="mine")))
    assert model.model_json_schema()["properties"]["text"]["description"] == "mine"


@given(st.data())
def test_no_accepted_text_breaks_the_json_schema(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(septet.profiles()))
    strict = data.draw(st.booleans())
    rules = SmsText(profile, refuse_warnings=strict, **data.draw(options(profile)))
    adapter = TypeAdapter(Annotated[str, rules])
    schema = adapter.json_schema()
    Draft202012Validator.check_schema(schema)
    text = data.draw(texts() | st.integers(0, 320).map("\r\n".__mul__) | st.integers(0, 900).map("^".__mul__))
    try:
        accepted = adapter.validate_python(text)
    except ValidationError:
        return
    assert schema["minLength"] <= len(accepted) <= schema.get("maxLength", len(accepted))


@pytest.mark.parametrize(
    ("profile", "segments"), [("gsm", 1), ("gsm", 3), ("encom", 2), ("envoyersmspro", 3)]
)
def test_the_longest_text_of_the_json_schema_is_accepted(profile: str, segments: int) -> None:
    adapter = TypeAdapter(Annotated[str, SmsText(profile, max_segments=segments)])
    longest = adapter.json_schema()["maxLength"]
    character = "\r\n" if septet.profile(profile).line_break_units == 1 else "a"
    text = "a" + (character * longest)[: longest - 1] if character == "a" else character * (longest // 2)
    assert adapter.validate_python(text) == text
    assert refusal(Annotated[str, SmsText(profile, max_segments=segments)], text + "a")["type"] == "too-long"


# --- settings, FastAPI, and the examples of the documentation --------------------------------


def test_settings_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    class Settings(BaseSettings):
        welcome: Annotated[PlannedText, SmsText("smspartner", max_segments=1)]

    monkeypatch.setenv("WELCOME", "Bienvenue, l’ami !")
    assert Settings().welcome.plan.text == "Bienvenue, l'ami !"  # type: ignore[call-arg]
    monkeypatch.setenv("WELCOME", "íí" + "a" * 160)
    with pytest.raises(ValidationError) as refused:
        Settings()  # type: ignore[call-arg]
    (error,) = refused.value.errors()
    assert [problem["code"] for problem in error["ctx"]["problems"]] == ["unmapped-character", "too-long"]


def test_the_settings_of_the_documentation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SMS_WELCOME", raising=False)
    texts = example("pydantic_settings_model", monkeypatch).Texts
    assert texts().goodbye.plan.billed_segments == 1
    monkeypatch.setenv("SMS_GOODBYE", "À bientôt :br: !")
    with pytest.raises(ValidationError, match="vendor-tag"):
        texts()


def test_the_model_of_the_documentation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = example("pydantic_models", monkeypatch)
    assert capsys.readouterr().out == "À demain, 9 h !\n1 0.045\n"
    assert module.reminder.text.plan.cost("0.045") == Decimal("0.045")
    with pytest.raises(ValidationError, match="too-long"):
        module.Reminder(recipient="33612345678", text="a" * 307)


def test_the_application_of_the_documentation(monkeypatch: pytest.MonkeyPatch) -> None:
    module = example("fastapi_app", monkeypatch)
    client = TestClient(module.app)
    reminder = {"recipient": "33612345678", "text": "À demain, l’ami !"}
    answer = client.post("/reminders", json=reminder)
    assert (answer.status_code, answer.json()) == (200, {"shown": "A demain, l'ami !", "billed_segments": 1})
    answer = client.post("/reminders", json=reminder | {"text": "í" + "a" * 306})
    assert answer.status_code == 422
    (error,) = answer.json()["detail"]
    assert (error["loc"], error["type"]) == (["body", "text"], "unmapped-character")
    assert [problem["code"] for problem in error["ctx"]["problems"]] == ["unmapped-character", "too-long"]
    schema = client.get("/openapi.json").json()["components"]["schemas"]["Reminder"]["properties"]["text"]
    assert schema["x-septet"]["max_segments"] == 2
    # Any text has an answer.
    assert client.post("/reminders", json=reminder | {"text": "\0 \U0001f600 {limit} %s"}).status_code == 422


OneSegment = Annotated[PlannedText, SmsText("gsm", max_segments=1)]


def test_fastapi_beyond_bodies() -> None:
    app = FastAPI()

    @app.get("/count")
    def count(text: Annotated[OneSegment, Query()]) -> int:
        return text.plan.units

    @app.post("/echo")
    def echo(message: Message) -> Message:
        return message

    client = TestClient(app)
    assert client.get("/count", params={"text": "10 €"}).json() == 5
    answer = client.get("/count", params={"text": "a" * 161})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == "too-long"
    assert answer.json()["detail"][0]["ctx"]["limit"] == 1
    sent = {"text": "À demain !", "planned": "Promo", "maybe": None}
    assert client.post("/echo", json=sent).json() == sent


# --- languages ----------------------------------------------------------------------------

FRENCH = "Le message prend 2 segments facturés, pour 1 au plus."


def test_a_refusal_in_the_language_of_the_rules_or_of_the_validation() -> None:
    rules = SmsText(max_segments=1, lang="fr")
    adapter = TypeAdapter(Annotated[str, rules])
    english = TypeAdapter(Annotated[str, SmsText(max_segments=1)])
    for asked, context, french in (
        (adapter, None, True),
        (adapter, {"lang": "en"}, False),
        (adapter, {"lang": "de"}, True),
        (english, {"lang": "fr"}, True),
        (english, {"other": 1}, False),
        (english, ["fr"], False),
    ):
        with pytest.raises(ValidationError) as refused:
            asked.validate_python("a" * 161, context=context)
        (error,) = refused.value.errors()
        assert error["msg"].startswith(FRENCH) == french
        assert error["ctx"]["problems"][0]["message"].startswith(FRENCH) == french
    with pytest.raises(ValueError, match="lang: expected en or fr"):
        SmsText(lang="de")
