"""Several files as one campaign, files that change while they are read, and JSON documents."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import campaign_oracle
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sheet_files
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from septet.campaign import Reject, estimate
from septet.campaign.rows import json_documents, lines
from septet.errors import CampaignError

PRICE = Decimal("0.045")


def same(source: Any, texts: list[str], rejected: dict[str, int] | None = None, **options: Any) -> Any:
    """Asserts that a source comes to these texts, by the oracle; the rejects and the rows."""
    rejects: list[Reject] = []
    batches: list[Any] = []
    found = estimate(source, price=PRICE, rejects=rejects.append, sink=batches.append, **options)
    wanted = campaign_oracle.expected(texts, "gsm", PRICE, Counter(rejected or {}))
    campaign_oracle.same(found, wanted)
    return found, rejects, [row for batch in batches for row in batch.to_pylist()]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The same columns in files of every kind, in other orders and cases."""
    paths = [tmp_path / name for name in ("a.csv", "b.ndjson", "c.parquet", "d.xlsx")]
    paths[0].write_text("id;message\n1;un\n2;x;y\n", "utf-8")
    paths[1].write_text('{"message": "deux", "id": 2}\n', "utf-8")
    pq.write_table(pa.table({"id": [3], "message": ["trois €"]}), paths[2])
    paths[3].write_bytes(sheet_files.xlsx([["Message", "ID"], ["quatre", 4]]))
    return paths


def test_a_list_of_files_is_read_one_after_the_other(files: list[Path]) -> None:
    texts = ["un", "deux", "trois €", "quatre"]
    for paths in (files, list(map(str, files)), tuple(files), [files[0], *map(str, files[1:])]):
        _, rejects, rows = same(paths, texts, {"wrong-number-of-fields": 1})
        assert [(row["id"], row["message"]) for row in rows] == list(zip("1234", texts, strict=True))
        assert [(reject.line, reject.file) for reject in rejects] == [(3, str(files[0]))]
    found, _, _ = same([files[1], files[1]], ["deux", "deux"])
    assert found.examples == {}
    same([str(files[1])], ["deux"])


def test_a_finding_says_of_which_file_it_is(files: list[Path]) -> None:
    files[1].write_text('{"message": " deux", "id": 2}\n', "utf-8")
    found = estimate(files, column="message")
    assert (found.examples["outer-blanks"].line, found.examples["outer-blanks"].file) == (1, str(files[1]))
    assert found.to_dict()["examples"]["outer-blanks"]["file"] == str(files[1])


def test_a_list_that_only_looks_like_files_is_refused(files: list[Path], tmp_path: Path) -> None:
    for names in (["x.csv"], [str(files[0]), str(tmp_path / "no.csv")], ["a.csv", "b.xlsx.gz"]):
        with pytest.raises(CampaignError, match=r"looks like the name of a file.*expected files, or texts"):
            estimate(names)
    # A long name is cut after eighty characters.
    with pytest.raises(CampaignError, match=f"source: '{'x' * 79}…' looks like"):
        estimate(["x" * 90 + ".csv"])
    with pytest.raises(CampaignError, match=r"no.csv: it cannot be read: no such file"):
        estimate([files[0], tmp_path / "no.csv"])
    for texts in (["voir a.csv !"], ["a.csv", "Bonjour"], [".csv"], ["Bonjour\nx.csv"], []):
        same(texts, texts)


def test_files_of_other_columns_are_refused(files: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "o.csv"
    other.write_text("message;note\na;b\n")
    same_texts = estimate([files[1], other])  # nothing but the message is read
    assert same_texts.measured == 2
    with pytest.raises(
        CampaignError, match=r"o.csv: expected the columns of .*b.ndjson, which are message, id"
    ):
        same([files[1], other], [])
    other.write_text("texte\na\n")
    with pytest.raises(CampaignError, match=r"o.csv: no column is named 'message'"):
        estimate([files[1], other])


# --- files that change --------------------------------------------------------------------


def _replace(path: Path) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(path.read_bytes())
    os.replace(beside, path)


def _append(path: Path) -> None:
    with open(path, "ab") as file:
        file.write(b"x\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: os.truncate(path, path.stat().st_size - 50_000),
    "appended": _append,
    "replaced": _replace,
    "touched": lambda path: os.utime(path, (1, 1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_while_it_is_read_is_not_whole(change: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"message\n" + b"Bonjour\n" * 200_000)

    def progress(now: Any) -> None:
        if not done:
            CHANGES[change](path)
        done.append(now)

    done: list[Any] = []
    what = "was replaced" if change == "replaced" else "has changed"
    with pytest.raises(CampaignError, match=f"a.csv: it {what} while it was read"):
        estimate(path, progress=progress)
    done.clear()
    with open(path, "rb") as stream, pytest.raises(CampaignError, match="has changed"):
        estimate(stream, progress=lambda now: done or done.append(_append(path)))


def test_a_file_that_is_gone_at_the_end_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"message\n" + b"Bonjour\n" * 100_000)
    assert estimate(path, progress=lambda now: path.unlink(missing_ok=True)).measured == 100_000


def test_progress_goes_through_each_file(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text("message\n" + "Bonjour\n" * 400_000, "utf-8")
    size = paths[0].stat().st_size
    seen: list[int] = []
    estimate(paths, price=PRICE, progress=lambda now: seen.append(now.done))
    assert seen == sorted(seen)
    assert seen[-1] == 2 * size
    # Each is read in several parts, and none is told as read as soon as it is opened.
    assert len({done for done in seen if 0 < done < size}) > 1
    assert len({done for done in seen if size < done < 2 * size}) > 1


# --- JSON ---------------------------------------------------------------------------------

OBJECTS = [
    {"message": "Bonjour é", "n": 12345678901234567890},
    {"n": None, "message": "x" * 200},
    {"message": "5"},
]
DOCUMENTS: dict[str, str] = {
    "lines": "\n".join(map(json.dumps, OBJECTS)),
    "lines with commas": ",\r\n".join(map(json.dumps, OBJECTS)) + ",\n",
    "list": json.dumps(OBJECTS),
    "list on lines": "[\n" + ",\n".join(map(json.dumps, OBJECTS)) + "\n]\n",
    "indented list": json.dumps(OBJECTS, indent=2),
    "contacts": json.dumps({"contacts": OBJECTS}),
    "contacts behind others": json.dumps(
        {"n": 3, "tags": [1, "[{"], "a": {"b": []}, "contacts": OBJECTS, "z": 0}
    ),
    "indented contacts": "\n" + json.dumps({"count": 3, "contacts": OBJECTS, "next": None}, indent=1),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_objects_in_json_however_they_are_listed(name: str, encoding: str) -> None:
    _, _, rows = same(
        io.BytesIO(DOCUMENTS[name].encode(encoding)), [str(o["message"]) for o in OBJECTS], format="ndjson"
    )
    assert [row["n"] for row in rows] == ["12345678901234567890", None, None]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_objects_in_json_are_known_by_their_beginning(name: str) -> None:
    same(io.BytesIO(DOCUMENTS[name].encode()), [str(o["message"]) for o in OBJECTS])


def test_documents_that_are_none() -> None:
    for text, said in {
        '[{"message": "a"},\n {"message"}]': "line 2: expected JSON: Expecting ':' delimiter",
        '[{"message": "a"},\n {"mess': "line 2: expected JSON: Unterminated string",
        '[{"message": "a"}': 'line 1: expected "\\]"|expected "," or "\\]"',
        '{\n"message": "a"\n}': "line 3: expected a list of objects",
        "[]": "its list of objects is empty",
        '{"contacts": [{"message": "a"}, }': "expected JSON",
    }.items():
        with pytest.raises(CampaignError, match=said):
            estimate(io.BytesIO(text.encode()), format="ndjson")


@pytest.mark.parametrize("size", [300, 70_000, 300_000])
def test_the_line_of_a_fault_is_that_of_the_file(size: int) -> None:
    """However much was read when it was found: a document is read in blocks, and read on to be sure."""
    rows = [f'{{"message": "{"x" * 90}"}}' for _ in range(size // 100)]
    good = "[" + ",\n".join(rows)
    for broken, at in ((',\n{"message": "a",\n\n"b"}', 3), (",\n" + '{"message": nul}', 1)):
        for more in ("", ",\n" + ",\n".join(rows)):
            with pytest.raises(CampaignError, match=rf"line {len(rows) + at}: expected JSON: "):
                estimate(io.BytesIO(f"{good}{broken}{more}]".encode()), format="ndjson")


BROKEN_NAME = '{"\\ud800": 1, "message": "b"}'


def test_what_is_no_object_in_a_list_is_rejected() -> None:
    objects = ['{"message": "a"}', "5", '"x"', '{"message": [1]}', '{"message": "\\ud800"}']
    text = f"[{', '.join([*objects, BROKEN_NAME, 'null'])}]"
    broken = {"not-json": 3, "not-text": 1, "bad-bytes": 2}
    _, rejects, _ = same(io.BytesIO(text.encode()), ["a"], broken, format="ndjson")
    assert [reject.line for reject in rejects] == [2, 3, 4, 5, 6, 7]
    octets = b'[{"message": "a"}, {"message": "\xff"}, {"message": "\xc3\xa9"}]'
    _, rejects, _ = same(io.BytesIO(octets), ["a", "é"], {"bad-bytes": 1}, format="ndjson")
    assert [reject.line for reject in rejects] == [2]
    lines_too = f'{BROKEN_NAME}\n{{"message": "a"}}\n'
    same(io.BytesIO(lines_too.encode()), ["a"], {"bad-bytes": 1}, format="ndjson")


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=12),
    st.integers(1, 60),
    st.integers(0, 2),
)
@examples(12)
def test_documents_are_read_in_pieces(texts: list[str], block: int, indent: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_documents, "_BLOCK", block)
        patch.setattr(json_documents, "_FIRST", 2)
        document = json.dumps({"a": [], "rows": [{"message": text} for text in texts]}, indent=indent or None)
        same(io.BytesIO(document.encode()), texts, format="ndjson")


def test_a_first_block_is_small_so_that_rows_are_seen_soon(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"message\n" + b"Bonjour\n" * 400_000)
    seen: list[int] = []
    estimate(path, progress=lambda now: seen.append(now.rows))
    assert seen[0] < lines.BLOCK // 100 < seen[-1] == 400_000
    assert seen == sorted(seen)
