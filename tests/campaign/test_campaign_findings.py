"""An estimate shows, for each warning about texts, the first row with its line."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

import septet
from septet.campaign import Estimator, estimate
from septet.campaign.rows import lines

ROWS = [
    "Bonjour",
    "Prix : 5~10 € x",
    "Suivi : https://ex.fr/~a[1] x",
    "Suivi : https://ex.fr/~b x",
    "Bonjour  , x",
    "Tom &amp; Co",
    "https://ex.fr/a🎉b",
    "Ã© a",
]
FIRST = {
    "link-changed": (3, "https://ex.fr/~a[1]", "https://ex.fr/a(1)"),
    "value-changed": (2, "5~10 €", "510 €"),
    "outer-blanks": (5, "  ", None),
    "suspect-markup": (6, "&amp;", "&"),
    "glued-link": (7, "https://ex.fr/a", "https://ex.fr/a🎉b"),
    "suspect-encoding": (8, "Ã©", None),
}


def shown(found: septet.campaign.Estimate) -> dict[str, tuple[int, str, str | None]]:
    return {code: (one.line, one.thing, one.became) for code, one in found.examples.items()}


def moved(by: int) -> dict[str, tuple[int, str, str | None]]:
    return {code: (line + by, thing, became) for code, (line, thing, became) in FIRST.items()}


def test_of_rows_that_are_no_file() -> None:
    found = estimate(ROWS, profile="smspartner")
    assert shown(found) == FIRST
    assert shown(pickle.loads(pickle.dumps(found))) == FIRST
    told = json.loads(json.dumps(found.to_dict()))["examples"]["link-changed"]
    assert told == {
        "line": 3,
        "thing": "https://ex.fr/~a[1]",
        "became": "https://ex.fr/a(1)",
        "field": None,
    }
    assert next(iter(found.examples)) == "link-changed"


@pytest.mark.parametrize("block", [1 << 23, 1 << 6], ids=["one block", "many blocks"])
@pytest.mark.parametrize(
    ("name", "head", "row", "lines_more"),
    [
        ("plain.csv", "message,b\n", "{},x\n", 1),
        ("lines.csv", 'message,b\n"a\nb",x\n', "{},x\n", 3),
        ("broken.csv", "message,b\n1,2,3\na,b\n4,5,6\n", "{},x\n", 4),
        ("plain.ndjson", "", '{{"message": "{}"}}\n', 0),
        ("broken.ndjson", '{"message": "a"}\n\n{\n', '{{"message": "{}"}}\n', 3),
    ],
)
def test_of_a_file_with_the_line(
    name: str,
    head: str,
    row: str,
    lines_more: int,
    block: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "BLOCK", block)
    monkeypatch.setattr(lines, "_BLOCK_OF_PLANS", block)
    monkeypatch.setattr(lines, "_SAMPLE", 64)
    texts = [*ROWS, *ROWS] if "csv" not in name else [f'"{text}"' for text in (*ROWS, *ROWS)]
    path = tmp_path / name
    path.write_text(head + "".join(row.format(text) for text in texts), "utf-8")
    assert shown(estimate(path, profile="smspartner")) == moved(lines_more)


def test_of_the_value_of_a_template() -> None:
    rows = [{"name": name, "to": "0612345678"} for name in ("Ann", "", "Bob ", " Al")]
    for options in ({}, {"recipient": "to", "country": "FR"}):
        found = estimate(rows, template="Hi {name}, go", **options)
        assert found.examples["outer-blanks"] == ("outer-blanks", 3, "Bob ", None, "name", None)


def test_a_tally_alone_has_seen_no_row() -> None:
    import pyarrow as pa

    estimator = Estimator(profile="smspartner")
    tally = estimator.tally(pa.record_batch({"message": ROWS}))
    found = estimator.estimate(tally)
    assert found.problems["link-changed"] == 3
    assert not found.examples
