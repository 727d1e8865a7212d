"""The codes of answers: whose words they are; what passes, and what a repeated call sends twice."""

from __future__ import annotations

import re
from typing import Any

import septet

PROFILES = {name: septet.profile(name) for name in septet.profiles()}
CODES: list[tuple[str, Any]] = [
    (name, code) for name, profile in PROFILES.items() for code in profile.rule("codes")
]
#: Where the code is all that a document gives, and is itself in the vendor's words.
IN_CAPITALS = re.compile("[A-Z0-9_]+")


def test_no_code_stands_without_its_source_or_why_it_is_assumed() -> None:
    assert len(CODES) > 200
    for name, code in CODES:
        if re.match("encom|envoyersmspro|smsmode|smspartner", name):  # held word by word in citations/
            continue
        about = f"{name} {code['code']}"
        assert code["source"].strip(), about
        assert code["message"].strip(), about
        assert code["concerns"], about
        assert bool(code["why"]) == code["assumed"], about
        # Words that were made of the code, and what a third party says, are no words of the vendor's.
        made = re.sub(r"[_\W]+", " ", code["code"]).strip().casefold()
        if code["message"].casefold() == made and not IN_CAPITALS.fullmatch(code["message"]):
            assert code["assumed"], about
        if re.search("third party|public integration|public test", code["source"]):
            assert code["assumed"], about


def test_a_code_that_passes_says_where_it_is_said() -> None:
    """As temporary counts what the vendor says of it, or what is marked as taken from its words."""
    passes = re.compile(
        "retry|try sending|temporair|temporar|again|too many|wait|rate|throttl|queue|back off",
        re.IGNORECASE,
    )
    for name, code in CODES:
        if code["temporary"] and not code["assumed"]:
            assert passes.search(code["source"] + code["message"]), f"{name} {code['code']}"


def test_every_vendor_with_a_request_says_what_a_repeated_call_does() -> None:
    for name, profile in PROFILES.items():
        if profile.rule("request") is None:
            continue
        repeats = profile.rule("repeats")
        assert repeats is not None, name
        assert repeats["source"], name
        fields = {field["name"] for field in profile.rule("fields")}
        assert repeats["place"] != "field" or repeats["guard"] in fields, name
        # What HTTP itself says of a failure, or the codes of an answer: one of the two is known.
        assert profile.rule("http_statuses") or profile.rule("codes"), name
        assert profile.rule("answers"), name
