"""Campaigns whose fields may be cut, and channels that may be cheaper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from septet.campaign import Template, estimate
from septet.campaign.alternatives import plain_of
from septet.errors import CampaignError, OptionError

TEMPLATE = "Votre commande est prete au magasin {centre} de {ville}. " + "x" * 80 + " https://ex.fr/a"
ROWS = ["Lidl,Nice", "C" * 60 + ",Nice", "C" * 60 + "," + "V" * 90, "C" * 20 + "," + "V" * 30]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text("centre,ville\n" + "\n".join(ROWS * 10) + "\n")
    return path


def test_rows_are_cut_as_the_template_cuts_them(file: Path) -> None:
    import septet

    found = estimate(file, template=TEMPLATE, fit={"centre": 5, "ville": 3}, fit_mark=".")
    planner, template = septet.Planner("gsm"), Template(TEMPLATE)
    segments, cut, characters = 0, 0, {"centre": 0, "ville": 0}
    for row in ROWS * 10:
        values = dict(zip(("centre", "ville"), row.split(","), strict=True))
        plan = template.fit(
            planner,
            values,
            max_segments=255,
            shrink=("centre", "ville"),
            least={"centre": 5, "ville": 3},
            mark=".",
        )
        segments += plan.billed_segments
        cut += plan.original != template.fill(values)
        text = plan.original
        for field, begin, end in (("centre", "magasin ", " de "), ("ville", " de ", ". x")):
            shown = text[text.index(begin) + len(begin) : text.index(end)]
            if shown != values[field]:
                characters[field] += len(values[field]) - len(shown.removesuffix("."))
    assert found.segments == segments == 40
    assert found.fitted is not None
    assert found.fitted.rows == cut == 30
    assert {each.field: each.characters for each in found.fitted.fields} == characters
    assert found.to_dict()["fitted"]["rows"] == 30
    assert estimate(file, template=TEMPLATE).fitted is None


def test_without_a_mark_nothing_comes_after_what_is_left(tmp_path: Path) -> None:
    path, sent = tmp_path / "rows.csv", list[str]()
    path.write_text("a\n" + "x" * 100 + "\n")
    estimate(
        path,
        template="{a}" + "y" * 100,
        fit="a",
        sink=lambda batch: sent.extend(batch.column("message").to_pylist()),
    )
    assert sent == ["x" * 60 + "y" * 100]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"template": TEMPLATE, "fit": "center"}, "fit: the template has no field 'center'"),
        ({"template": TEMPLATE, "fit": {"centre": 0}}, "fit: expected a whole number"),
        ({"template": TEMPLATE, "fit_mark": "."}, "fit_mark: expected fit beside it"),
        ({"fit": "centre"}, "give template as well"),
    ],
)
def test_what_cannot_be(file: Path, options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate(file, **options)  # type: ignore[arg-type]


def test_a_price_for_each_message_instead(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("message\n" + "\n".join("x" * length for length in (10, 200, 400, 400, 700)) + "\n")
    found = estimate(path, price="0.04 EUR").instead("0.10")
    # Three segments cost 0.12, and the five of 700 characters 0.20.
    assert dict(found.from_segments) == {Decimal("0.04"): 3}
    assert found.rows == 3
    assert [(cost.currency, cost.amount) for cost in found.costs] == [("EUR", Decimal("0.44"))]
    assert [cost.amount for cost in found.instead] == [Decimal("0.30")]
    assert [cost.amount for cost in found.saved] == [Decimal("0.14")]
    plain = plain_of(found)
    assert (plain["price"], plain["rows"]) == ("0.10", 3)
    assert plain["from_segments"] == [{"price": "0.04", "segments": 3}]
    # At just the price of two, two cost no more.
    assert estimate(path, price="0.05").instead("0.10").from_segments == {Decimal("0.05"): 3}
    assert estimate(path, price="0.05").instead("9").rows == 0
    # A price of nothing is never beaten.
    free = estimate(path, price="0").instead("0.10")
    assert (dict(free.from_segments), free.rows, free.instead) == ({}, 0, ())
    with pytest.raises(CampaignError, match="give the price"):
        estimate(path).instead("0.10")
    with pytest.raises(ValueError, match="price"):
        estimate(path, price="0.05").instead("-1")


def test_rows_take_the_first_wording_that_fits(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = [
        ("x" * 200, "short", "s"),
        ("long", "short", "s"),
        ("x" * 200, "y" * 161, "é"),
        ("x" * 161, "", "z"),
    ]
    path.write_text("message,short,shortest\n" + "".join(",".join(row) + "\n" for row in rows))
    sent: list[str] = []
    found = estimate(
        path,
        wordings=("short", "shortest"),
        if_free="!",
        sink=lambda batch: sent.extend(batch.column("message").to_pylist()),
    )
    assert sent == ["short!", "long!", "é!", "z!"]
    assert found.fitted is not None
    assert (found.fitted.reworded, found.fitted.with_tail, found.segments) == (3, 4, 4)
    assert found.options["wordings"] == ["short", "shortest"]
    assert "wordings" not in estimate(path).options
    two = estimate(path, wordings="short", max_segments=2)
    assert two.fitted is not None
    assert (two.fitted.reworded, two.segments) == (0, 7)
    for wrong in ({"wordings": ()}, {"wordings": "short", "template": "x"}, {"if_free": 3}):
        with pytest.raises(ValueError, match=r"wordings|if_free"):
            estimate(path, **wrong)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="expected the names of columns, the best wording first") as caught:
        estimate(path, wordings=[1])  # type: ignore[list-item]
    assert caught.value.expected == "the names of columns, the best wording first"
    with pytest.raises(CampaignError, match="no column is named 'brief'"):
        estimate(path, wordings="brief")
