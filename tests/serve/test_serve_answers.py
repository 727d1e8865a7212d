"""The service answers as the library does: no endpoint has rules of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from serving import Service, options_in, problem_of, vectors

import septet
from septet.advice.comparison import compare
from septet.campaign import Template
from septet.vendors.format.skeleton import SKELETON

#: Some vectors are longer than the default limit of drawings.
SERVICE = Service(max_preview=40_000)
TEXT = "Ça y est 😀 : -20 % jusqu’à dimanche, 10 € offerts !"


def test_counts_plans_checks_and_drawings_are_those_of_the_library() -> None:
    bodies = vectors(step=17)
    assert len(bodies) > 100
    routes = ("count", "plan", "check", "preview")
    asked = [("POST", f"/v1/{route}", {"json": body}) for body in bodies for route in routes]
    answers = iter(SERVICE.ask_all(asked))
    for body in bodies:
        options, text = options_in(body), body["text"]
        planner = septet.Planner(body["profile"], **options)
        plan = planner.plan(text)
        count, planned, check, preview = (next(answers) for _ in routes)
        assert count.json() == {"profile": body["profile"], **planner.measure(text)._asdict()}, body
        assert planned.json() == {"plan": json_of(plan.to_dict()), "cost": None}, body
        assert check.json() == {"ok": plan.ok, "problems": json_of(plan.to_dict()["problems"])}, body
        assert preview.json()["drawing"] == json_of(plan.drawing()), body
        assert preview.json()["remaining"] == plan.remaining


def json_of(told: Any) -> Any:
    return json.loads(json.dumps(told))


def test_many_texts_are_counted_as_each_of_them() -> None:
    texts = [TEXT, "a", "", "é" * 200]
    planner = septet.Planner("smsmode", commercial=True)
    found = SERVICE.post("/v1/counts", texts=texts, profile="smsmode", commercial=True).json()
    assert found == {"profile": "smsmode", "billed_segments": planner.count_many(texts)}
    found = SERVICE.post("/v1/counts", texts=texts, profile="smsmode", commercial=True, detail=True).json()
    measured = [planner.measure(text) for text in texts]
    assert found["encodings"] == [measure.encoding for measure in measured]
    assert found["units"] == [measure.units for measure in measured]


def test_prices_are_exact_and_places_and_words_as_they_are_asked_for() -> None:
    plan = septet.plan(TEXT, "smspartner")
    found = SERVICE.post("/v1/plan", text=TEXT, profile="smspartner", price="0.1", places="utf-16", lang="fr")
    assert found.json() == {
        "plan": json_of(plan.to_dict("utf-16", "fr")),
        "cost": f"{plan.cost('0.1'):f}",
    }
    found = SERVICE.post("/v1/preview", text=TEXT, price="0.045", recipients_count=12000, currency="EUR")
    count = septet.count(TEXT)
    assert (found.json()["cost"], found.json()["total"], found.json()["currency"]) == (
        str(septet.plan(TEXT).cost("0.045")),
        f"{count * 540}.000",
        "EUR",
    )


def test_a_check_counts_warnings_where_it_is_strict() -> None:
    body = {"text": "jusqu’à", "profile": "smsmode"}
    assert septet.plan(**body).problems[0].warns
    assert SERVICE.post("/v1/check", **body).json()["ok"] is True
    assert SERVICE.post("/v1/check", **body, strict=True).json()["ok"] is False
    empty = SERVICE.post("/v1/check", text="", lang="fr")
    # A message that must not be sent is an answer.
    assert empty.status_code == 200
    assert empty.json()["problems"][0]["message"] == "Le message n’affiche aucun texte. Écrivez-en un."


def test_advice_is_that_of_the_library_with_what_it_saves() -> None:
    text = "Soldes d’été : -20 % sur tout ce week-end… 😀" * 3
    found = SERVICE.post("/v1/advise", text=text, profile="twilio", price="0.045", lang="fr").json()["advice"]
    expected = septet.advise(text, "twilio")
    assert len(found) == len(expected) > 1
    for one, advice in zip(found, expected, strict=True):
        told = {name: one[name] for name in advice.to_dict()}
        assert told == json_of(advice.to_dict(lang="fr"))
        assert one["saves_cost"] == f"{advice.saves_cost('0.045'):f}"
        assert one["gain"]


def test_vendors_are_compared_as_the_library_does_and_who_cannot_is_left_out() -> None:
    names = ["smsmode", "twilio", "smspartner", "gsm"]
    found = SERVICE.post("/v1/compare", text=TEXT, profiles=names, prices={"": "0.1", "twilio": "0.05"})
    prices = {"": "0.1", "twilio": "0.05"}
    expected = compare(TEXT, [septet.profile(name) for name in names], prices)
    assert found.json() == {"compared": [json_of(one.to_dict()) for one in expected], "left_out": []}
    found = SERVICE.post("/v1/compare", text=TEXT, optout="always").json()
    able, left_out = ({one["profile"] for one in found[part]} for part in ("compared", "left_out"))
    assert able | left_out == set(septet.profiles())
    assert "gsm" in left_out
    assert "smsmode" in able
    assert {one["option"] for one in found["left_out"]} == {"optout"}


def test_requests_are_those_of_the_library() -> None:
    body: dict[str, Any] = {"text": TEXT, "profile": "smsmode", "sender": "Boutique", "commercial": True}
    body |= {"recipients": ["+33612345678", "0612345679"], "send_at": "2027-01-05T10:00", "tag": "x"}
    found = SERVICE.post("/v1/prepare", **body)
    expected = septet.prepare(body.pop("profile"), body.pop("text"), **body)
    assert found.json() == json_of(expected.to_dict())


def test_long_texts_are_split_as_the_library_does() -> None:
    asked: dict[str, Any] = {"text": TEXT * 12, "numbering": "({n}/{total}) ", "segments": 2, "balance": True}
    found = SERVICE.post("/v1/split", **asked, profile="smspartner", price="0.1", places="utf-16", lang="fr")
    parts = septet.split(**asked, profile="smspartner")
    assert len(parts) > 1
    assert found.json() == {
        "split": json_of(parts.to_dict("utf-16", "fr")),
        "cost": f"{parts.cost('0.1'):f}",
    }
    impossible = SERVICE.post("/v1/split", text=TEXT, characters=1, head="much more than that")
    assert problem_of(impossible)["type"].endswith("invalid-option")


def test_templates_have_the_bounds_of_the_library() -> None:
    source, fields = "Bonjour {nom}, à {heure}.", {"nom": (2, 200), "heure": (1, 5)}
    asked = {name: {"least": least, "most": most} for name, (least, most) in fields.items()}
    found = SERVICE.post("/v1/bounds", template=source, fields=asked, profile="smspartner", price="0.1")
    bounds = Template(source).bounds(septet.Planner("smspartner"), **fields)
    assert found.json() == {
        "bounds": json_of(bounds.to_dict()),
        "fields": ["nom", "heure"],
        "cost": {"fewest": f"0.{bounds.fewest}", "most": f"0.{bounds.most}"},
    }


def test_what_a_profile_offers_is_what_the_library_says() -> None:
    found = SERVICE.post("/v1/options", profile="smsmode", commercial=True)
    assert found.json() == json_of(septet.options("smsmode", commercial=True))


def test_profiles_are_listed_and_told_with_their_rules() -> None:
    found = {one["name"]: one for one in SERVICE.ask("GET", "/v1/profiles").json()}
    assert set(found) == set(septet.profiles())
    for name, one in found.items():
        assert one["title"] == septet.profile(name).title
        assert one["encodings"] == septet.profile(name).rule("encodings")["offered"]
    told = SERVICE.ask("GET", "/v1/profiles/smsmode").json()
    assert [rule["key"] for rule in told["rules"]] == [rule.key for rule in septet.profile("smsmode").rules]
    french = SERVICE.ask("GET", "/v1/profiles/smsmode?lang=fr").json()
    assert french != told
    assert [rule["key"] for rule in french["rules"]] == [rule["key"] for rule in told["rules"]]


def test_schemas_are_those_of_the_library() -> None:
    names = SERVICE.ask("GET", "/v1/schemas").json()
    assert {"plan", "drawing", "advice"} <= set(names)
    for name in names:
        found = SERVICE.ask("GET", f"/v1/schemas/{name}")
        assert found.headers["content-type"] == "application/schema+json"
        assert found.json() == septet.schema(name)


def test_own_vendor_files_are_offered_by_their_names(tmp_path: Any) -> None:
    (tmp_path / "mine.toml").write_text(SKELETON.replace("NAME", "mine"), "utf-8")
    own = Service(profiles_dir=str(tmp_path))
    assert own.post("/v1/count", text=TEXT, profile="mine").json()["profile"] == "mine"
    assert "mine" in {one["name"] for one in own.ask("GET", "/v1/profiles").json()}
    compared = own.post("/v1/compare", text=TEXT, profiles=["mine", "gsm"], prices={"mine": "2"}).json()
    assert {one["profile"]: one["cost"] for one in compared["compared"]} == {"mine": "2", "gsm": None}
    # Never by a path, which would be a way to the files of the machine.
    answer = own.post("/v1/count", text=TEXT, profile=str(tmp_path / "mine.toml"))
    assert answer.status_code == 404
    assert str(tmp_path) not in answer.text


def test_what_stays_the_same_may_be_kept_and_asked_for_by_its_tag() -> None:
    for path in ("/v1/profiles", "/v1/profiles/gsm", "/v1/schemas/plan", "/openapi.json"):
        first = SERVICE.ask("GET", path)
        assert first.headers["cache-control"].startswith("public, max-age=")
        again = SERVICE.ask("GET", path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        other = SERVICE.ask("GET", path, headers={"if-none-match": '"another"'})
        assert other.content == first.content
    assert SERVICE.post("/v1/count", text=TEXT).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["smsmod", "../etc/passwd", "smsmode.toml", "x" * 100])
def test_an_unknown_profile_is_no_path_and_the_nearest_is_named(name: str) -> None:
    answer = SERVICE.post("/v1/count", text=TEXT, profile=name)
    problem = problem_of(answer)
    assert problem["type"].endswith("unknown-profile")
    assert problem["nearest"] == ("smsmode" if name.startswith("smsmod") else None)
    assert name not in answer.text.replace('"smsmode"', "")
