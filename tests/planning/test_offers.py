"""What `septet.options` lists is possible, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import septet
from septet.planning.options import NAMES

SCHEMA = Draft202012Validator(septet.schema("options"))

#: Options that change what others can be.
GIVEN: list[dict[str, Any]] = [{}, {"commercial": True}, {"country": "BE", "commercial": True}]

#: What no vendor takes, of each type that a form might send.
WRONG: list[Any] = ["", "nothing", "GSM7", "Always", 0, -1, 256, 1.0, 2.5, b"gsm7", [], {}, ("zz",)]
ONE_MORE: dict[str, list[Any]] = {
    "encoding": ["auto", "gsm7", "ucs2", "latin1", "utf8"],
    "commercial": ["true", "yes"],
    "optout": ["never", "if-free", "always"],
    "max_segments": [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 255, True],
    "truncate": ["true", "words"],
    "country": ["FRA", "XX", "001 "],
    "language": ["auto", "tr", "es", "fr", "TR"],
    "ignore": ["too-long", "empty-message", "outer", "LOSSY-SUBSTITUTION"],
}

#: What is taken where any value of its kind is.
ANY: dict[str, Any] = {"ports": (2948, 9200), "header": bytes.fromhex("01028005"), "recipient_count": 2}


def takes(profile: str, **asked: Any) -> bool:
    try:
        septet.Planner(profile, **asked)
    except septet.OptionError:
        return False
    return True


@pytest.mark.parametrize("given", GIVEN, ids=str)
@pytest.mark.parametrize("profile", septet.profiles())
def test_each_value_makes_a_planner_and_any_other_is_refused(profile: str, given: dict[str, Any]) -> None:
    found = septet.options(profile, **given)
    assert tuple(found) == NAMES
    SCHEMA.validate(json.loads(json.dumps(found)))
    for name, offer in found.items():
        values = offer["values"]
        if values is None:
            assert takes(profile, **given | {name: ANY.get(name, "STOP 36000")})
            continue
        tried = values if len(values) < 20 else [values[0], values[len(values) // 2], values[-1]]
        for value in tried:
            assert takes(profile, **given | {name: value}), (name, value)
        for value in [*WRONG, *ONE_MORE.get(name, [])]:
            if not any(type(value) is type(one) and value == one for one in values):
                assert not takes(profile, **given | {name: value}), (name, value)


@pytest.mark.parametrize("profile", septet.profiles())
def test_the_default_is_what_holds(profile: str) -> None:
    found = septet.options(profile)
    planner = septet.Planner(profile)
    text = "Ça y est : -20 % 日 " * 40
    for name in ("encoding", "commercial", "optout", "truncate", "country", "max_segments"):
        default = found[name]["default"]
        assert default is None or default in found[name]["values"]
        assert planner.plan(text) == septet.plan(text, profile, **{name: default})
    mention = planner.settings.mention
    assert found["optout_text"]["default"] == (mention and mention.text)


def test_the_kind_of_message_and_the_mention_decide_of_one_another() -> None:
    def optout(profile: str, **given: Any) -> tuple[list[str], str]:
        offer = septet.options(profile, **given)["optout"]
        return offer["values"], offer["default"]

    assert optout("encom") == (["never"], "never")
    assert optout("encom", commercial=True) == (["always"], "always")
    assert optout("smspartner") == (["never", "always"], "never")
    assert optout("smspartner", commercial=True)[1] == "always"
    assert optout("gsm") == (["never"], "never")
    assert optout("gsm", optout_text="STOP 36000")[0] == ["never", "if-free", "always"]
    # The values that may replace it, not those that come with it.
    assert optout("smspartner", commercial=True, optout="never")[1] == "always"
    assert septet.options("smsmode", commercial=True, country="BE")["optout_text"]["default"] == "no-sms.eu"
    assert septet.options("gsm", optout_text="STOP 1", optout="always")["optout_text"]["values"] is None


def test_fixed_words_leave_nothing_to_choose() -> None:
    assert septet.options("encom")["optout_text"]["values"] == []
    assert septet.options("encom")["optout_text"]["default"] == "STOP AU 36111"


def test_what_is_not_offered_is_refused() -> None:
    with pytest.raises(septet.OptionError) as refused:
        septet.options("encom", optout="always")
    assert (refused.value.option, refused.value.expected) == ("optout", ("never",))
    with pytest.raises(septet.ProfileError):
        septet.options("nobody")
    with pytest.raises(TypeError, match="is not an option"):
        septet.options("gsm", colour="red")  # type: ignore[call-arg]
