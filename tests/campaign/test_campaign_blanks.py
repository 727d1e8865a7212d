"""Blanks around texts and values: counted with what they cost, by planning each row with and without them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

import septet  # noqa: E402
from septet.campaign import estimate  # noqa: E402
from septet.campaign.blanks import stripped  # noqa: E402

PRICE = Decimal("0.05")
blanks = st.text(st.sampled_from(" \u00a0\u2009\n\t"), max_size=3)
bodies = st.sampled_from(["Ann", "\u200b", "é€", "x" * 158, "ŵ" * 69, "a  b", "x" * 200])
padded = st.builds("{}{}{}".format, blanks, bodies, blanks) | st.sampled_from(["", " ", "\n\u00a0"])


@given(st.lists(padded, max_size=12), st.sampled_from(["gsm", "smsmode", "encom", "twilio"]))
@examples(25)
def test_blanks_around_texts(texts: list[str], profile: str) -> None:
    planner = septet.Planner(profile)
    touched = [text for text in texts if text.strip() != text]
    told = [t for t in touched if "outer-blanks" in {p.code for p in planner.plan(t).problems}]
    found = estimate(texts, profile=profile, price=PRICE)
    more = sum(planner.count(text) - planner.count(text.strip()) for text in told)
    assert (found.blanks.rows, found.blanks.segments) == (len(told), more)
    assert sum(cost.amount for cost in found.blanks.costs) == more * PRICE
    rows: list[dict[str, Any]] = []
    stripped = estimate(texts, profile=profile, strip=True, sink=lambda batch: rows.extend(batch.to_pylist()))
    bare = estimate([text.strip() for text in texts], profile=profile)
    assert [row["message"] for row in rows] == [text.strip() for text in texts]
    assert (stripped.segments, stripped.problems) == (bare.segments, bare.problems)
    assert stripped.mended == ({"stripped": len(touched)} if touched else {})
    assert stripped.blanks.rows == 0


@given(st.lists(st.tuples(padded, padded), min_size=1, max_size=10), st.booleans())
@examples(20)
def test_blanks_around_values(values: list[tuple[str, str]], with_numbers: bool) -> None:
    rows = [
        {"a": a, "b": b, "n": ("+33612345678", "+3225123456")[place % 2]}
        for place, (a, b) in enumerate(values)
    ]
    options = {"recipient": "n"} if with_numbers else {}
    template, planner = "x {a}|{b}", septet.Planner("gsm")
    measured = [(a, b) for a, b in values if a and b]
    touched = [(a, b) for a, b in measured if (a.strip(), b.strip()) != (a, b)]
    found = estimate(rows, template=template, price=PRICE, **options)
    more = sum(
        planner.count(f"x {a}|{b}") - planner.count(f"x {a.strip()}|{b.strip()}")
        for a, b in touched
        if a.strip() and b.strip()
    )
    assert (found.measured, found.blanks.rows, found.blanks.segments) == (len(measured), len(touched), more)
    out: list[dict[str, Any]] = []
    stripped = estimate(
        rows, template=template, strip=True, sink=lambda batch: out.extend(batch.to_pylist()), **options
    )
    left = [f"x {a.strip()}|{b.strip()}" for a, b in values if a.strip() and b.strip()]
    assert [row["message"] for row in out] == left
    assert stripped.rejected == len(values) - len(left)


def test_blanks_that_are_ignored_are_not_counted() -> None:
    assert estimate([" a"], ignore=("outer-blanks",)).blanks.rows == 0
    assert estimate([" a"]).to_dict()["blanks"] == {"rows": 1, "segments": 0, "costs": []}
    assert estimate([" a"], strip=True).options["strip"] is True
    with pytest.raises(ValueError, match="strip: expected True or False, found 1"):
        estimate([" a"], strip=1)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_a_column_is_stripped_as_its_texts_are(kind: Any) -> None:
    white = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    texts = [f"{one}a{one}\u00e9{one}{one}" for one in white]
    texts += ["", " ", "\u200ba\ufeff", "x", "\u2003"]
    array = pa.array(["#", *texts, None], pa.large_string()).cast(kind)[1:]
    found = stripped(array)
    assert found.type == kind
    assert found.cast(pa.large_string()).to_pylist() == [*(text.strip() for text in texts), None]
    assert len(stripped(array[:0])) == 0


def test_octets_that_are_no_text_are_stripped_around_what_is_one() -> None:
    octets = [b" \xff a ", b" a\xc3", b"\xa0 ", b" b\xc2\xa0", b"\xe2\x80 c ", b"d"]
    bare = [b"\xff a", b"a\xc3", b"\xa0", b"b", b"\xe2\x80 c", b"d"]
    assert stripped(pa.array(octets, pa.binary())).to_pylist() == bare
