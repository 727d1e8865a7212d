"""Places in UTF-16 code units, as other languages count them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle_profiles import PROFILES
from strategies import options, texts

import septet


def cut(text: str, start: int, end: int) -> str:
    """What JavaScript's `slice` gives."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


@given(st.data())
def test_places_in_utf_16_cut_out_the_same(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(PROFILES)))
    text = data.draw(texts()) + data.draw(st.sampled_from(["", "😀 ça 🎉ç", "arrivÃ© 😀 â€™"]))
    if any("\ud800" <= character <= "\udfff" for character in text):
        return  # two lone ones may become a pair
    plan = septet.plan(text, profile, **data.draw(options(profile)))
    here, there = plan.to_dict(), plan.to_dict(places="utf-16")
    for kind, of in (("segments", plan.text), ("changes", plan.original), ("problems", plan.original)):
        assert len(here[kind]) == len(there[kind])
        for one, other in zip(here[kind], there[kind], strict=True):
            if one["start"] is None:
                assert other["start"] is None
                continue
            assert cut(of, other["start"], other["end"]) == of[one["start"] : one["end"]]
            assert one | {"start": 0, "end": 0} == other | {"start": 0, "end": 0}
    assert {key: here[key] for key in here if key not in ("segments", "changes", "problems")} == {
        key: there[key] for key in there if key not in ("segments", "changes", "problems")
    }


@pytest.mark.parametrize(
    "text", ["😀 arrivÃ© 🎉 â€™", "😀 L’été… " * 12, "😀 œuf, 🎉 reçu… et ŵ “oui” " * 6, "Win 😀⭐10 " * 12]
)
@pytest.mark.parametrize("profile", ["gsm", "smsmode"])
def test_places_of_advice(text: str, profile: str) -> None:
    advised = septet.advise(text, profile)
    assert advised
    for advice in advised:
        for one, other in zip(
            advice.to_dict()["changes"], advice.to_dict(places="utf-16")["changes"], strict=True
        ):
            assert text[one["start"] : one["end"]] == one["source"]
            assert cut(text, other["start"], other["end"]) == one["source"]


def test_places_of_a_prepared_message() -> None:
    prepared = septet.prepare("smsmode", "😀 ça", encoding="gsm7")
    (lost,) = (
        p for p in prepared.to_dict(places="utf-16")["problems"] if p["details"].get("characters") == "ç"
    )
    assert (lost["start"], lost["end"]) == (3, 4)
    assert prepared.to_dict(places="utf-16")["plan"] == prepared.plan.to_dict(places="utf-16")


@pytest.mark.parametrize("places", ["utf-8", "", None, "UTF-16"])
def test_places_that_nobody_counts_in(places: Any) -> None:
    plan = septet.plan("a" * 200 + "ç")
    for found in (plan, septet.prepare("gsm", "a"), septet.advise("l’été " * 30)[0]):
        with pytest.raises(ValueError, match="places: expected code-points or utf-16, found"):
            found.to_dict(places=places)


def test_a_million_places_take_a_moment() -> None:
    plan = septet.plan("ç😀" * 100_000, "gsm", encoding="gsm7")
    assert plan.to_dict(places="utf-16")["changes"][-1]["start"] == 299_998
