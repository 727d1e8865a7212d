"""What the profiles of the four first vendors cite is held to the words of their documents.

`citations/` has an entry for every `source` of these vendor files: the words that it rests on, with
their line in the document as it was received; words that the document does not have, and the lines
in which they were looked for; what was read elsewhere; the clause of the standard. The documents are no
part of the project: `citations/record.toml` says when the words were compared with them, and what of
them arrived damaged.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sources import ROOT

VENDORS = ROOT / "tables" / "vendors"
CITATIONS = ROOT / "tests" / "citations"
RECORD = tomllib.loads((CITATIONS / "record.toml").read_text("utf-8"))

#: By what a row of a list is known among the others.
KNOWN_BY = {
    "fields": ("name",),
    "batch_fields": ("name",),
    "codes": ("code",),
    "http_statuses": ("status",),
    "refusals": ("problem", "fault"),
    "readings": ("rule",),
    "tags": ("text",),
    "merge_fields": ("text",),
    "answers": ("format", "outcome"),
    "mentions": ("text",),
}

#: What of a row stands in the document as it is written in the table, beside its message.
AS_WRITTEN = {"codes": ("code",), "refusals": ("code", "element"), "http_statuses": ("status",)}

Table = dict[str, Any]


@functools.cache
def read(path: Path) -> Table:
    return tomllib.loads(path.read_text("utf-8"))


ENTRIES = {
    path.stem: read(path)["citations"] for path in sorted(CITATIONS.glob("*.toml")) if path.stem != "record"
}
PROFILES = sorted(ENTRIES)
EVERY_ENTRY = [
    pytest.param(name, entry, id=f"{name} {entry['rule']}") for name in PROFILES for entry in ENTRIES[name]
]


def rules(tables: Table, above: str = "") -> Iterator[tuple[str, Table]]:
    """Every rule that has a source, with the path of keys to it."""
    for key, value in tables.items():
        path = f"{above}.{key}" if above else key
        if isinstance(value, dict):
            if "source" in value:
                yield path, value
            yield from rules(value, path)
        elif isinstance(value, list):
            rows = [row for row in value if isinstance(row, dict) and "source" in row]
            yield from ((f"{path}[{known_by(key, row)}]", row) for row in rows)


def known_by(key: str, row: Table) -> str:
    if key == "substitutions":
        return str(row["rows"][0][0])
    return " ".join(str(row[name]) for name in KNOWN_BY[key] if name in row)


def rule_of(name: str, entry: Table) -> Table:
    """The rule of a vendor file that an entry is for."""
    found = [
        rule
        for path, rule in rules(read(VENDORS / f"{name}.toml"))
        if (path, rule["source"]) == (entry["rule"], entry["source"])
    ]
    assert len(found) == 1, f"{name}: {entry['rule']}: expected one such rule with this source"
    return found[0]


def test_the_files_of_these_vendors_have_citations() -> None:
    assert (
        sorted(
            path.stem
            for path in VENDORS.glob("*.toml")
            if re.match(r"encom|smspartner|smsmode|envoyersmspro", path.stem)
        )
        == PROFILES
    )


@pytest.mark.parametrize("name", PROFILES)
def test_every_source_has_an_entry_and_every_entry_is_used(name: str) -> None:
    cited = [(path, rule["source"]) for path, rule in rules(read(VENDORS / f"{name}.toml"))]
    entered = [(entry["rule"], entry["source"]) for entry in ENTRIES[name]]
    assert sorted(set(cited) - set(entered)) == [], "add to tests/citations, and compare with the document"
    assert sorted(set(entered) - set(cited)) == [], "no rule has this source any more"
    assert len(entered) == len(set(entered)) == len(cited)


@pytest.mark.parametrize(("name", "entry"), EVERY_ENTRY)
def test_an_entry_says_what_a_source_rests_on(name: str, entry: Table) -> None:
    grounds = {"quotations", "absent", "elsewhere", "standard"}
    assert grounds & set(entry)
    assert set(entry) <= grounds | {"rule", "source", "assumed", "headings", "derived"}
    for row in [*entry.get("headings", []), *entry.get("quotations", [])]:
        assert set(row) == {"line", "words"}
        assert row["words"]
        assert 1 <= row["line"] <= RECORD["documents"][document(name)]["lines"]


@pytest.mark.parametrize(("name", "entry"), EVERY_ENTRY)
def test_no_entry_claims_for_a_document_what_is_assumed(name: str, entry: Table) -> None:
    rule = rule_of(name, entry)
    is_reading = entry["rule"].startswith("readings[")
    assert entry.get("assumed", False) == (is_reading or rule.get("assumed", False))
    assert bool(rule.get("why")) == entry.get("assumed", False)
    if not entry.get("assumed"):  # then somebody says it, or the document has no such thing at all
        assert {"quotations", "elsewhere", "absent"} & set(entry)
    # What is cited only from the standard is not a vendor's word.
    assert "standard" not in entry or entry["assumed"]


@pytest.mark.parametrize(("name", "entry"), EVERY_ENTRY)
def test_the_words_that_a_source_quotes_are_there(name: str, entry: Table) -> None:
    headings = [folded(row["words"]) for row in entry.get("headings", [])]
    for quoted in re.findall("«(.*?)»", entry["source"] + rule_of(name, entry).get("why", "")):
        for part in quoted.split("[...]"):
            known = any(plain(part) in words for words in words_of(entry))
            known |= any(folded(part) in heading for heading in headings)
            assert known, f"{name}: {entry['rule']}: nobody is known to say {part.strip()!r}"


@pytest.mark.parametrize(("name", "entry"), EVERY_ENTRY)
def test_the_figures_of_a_source_are_there(name: str, entry: Table) -> None:
    """Sections, limits and codes: in the words, or named as derived from them."""
    known = [
        *words_of(entry),
        *(row["words"] for row in entry.get("headings", [])),
        entry.get("standard", ""),
    ]
    known += [page["where"] for page in entry.get("elsewhere", [])] + entry.get("derived", [])
    unquoted = re.sub(r"«.*?»|\bread \d{4}(-\d\d){0,2}", "", entry["source"])
    for figure in re.findall(r"(?<![\w.-])\d(?:[\d.,]*\d)?(?!\w)", unquoted):
        whole = re.compile(rf"(?<!\w){re.escape(figure)}(?!\w)")
        assert any(whole.search(words) for words in known), f"{name}: {entry['rule']}: {figure}"
    for figure in entry.get("derived", []):
        assert figure in entry["source"]


@pytest.mark.parametrize(("name", "entry"), EVERY_ENTRY)
def test_names_codes_and_messages_are_those_of_the_document(name: str, entry: Table) -> None:
    rule, table = rule_of(name, entry), entry["rule"].split("[")[0]
    words = [text.replace("–", "-") for text in words_of(entry)]
    if table == "fields":  # some long names were received with a space in them
        assert any(rule["name"] in text.replace(" ", "") for text in words)
    if table in ("codes", "refusals"):
        for part in re.split(r"\{\w+\}", rule["message"]):
            assert any(plain(part) in text for text in words), part
    for key in AS_WRITTEN.get(table, ()):
        if key in rule:
            pattern = rf"(?<![\w.]){re.escape(str(rule[key]))}(?![\w.])"
            assert any(re.search(pattern, text) for text in words), f"{key} {rule[key]}"


@pytest.mark.parametrize("name", PROFILES)
def test_another_page_is_cited_as_another_page(name: str) -> None:
    """What the document does not say is not cited as if it did: the source names the page."""
    for entry in ENTRIES[name]:
        for page in entry.get("elsewhere", []):
            address = re.split(r"[ ,(]", page["where"])[0]
            stands = entry["source"] + rule_of(name, entry).get("why", "")
            assert address in stands or address in ("ISO", "sMsmode"), f"{entry['rule']}: {page['where']}"


def test_each_replacement_stands_in_two_cells_of_the_document() -> None:
    """Row by row, as received; what is repaired is what the record calls damaged."""
    as_received = {"'": "‘", '"': "“", "": "Supprimé"}
    damaged = {"Â": "\u00a0|", "Ã": "à |"}
    rows = 0
    for entry in ENTRIES["smspartner"]:
        if not entry["rule"].startswith("substitutions["):
            continue
        cells = [(row["line"], row["words"]) for row in entry["quotations"]]
        for source, replacement in rule_of("smspartner", entry)["rows"]:
            left = damaged.get(source, f"{source} |")
            right = f"{as_received.get(replacement, replacement)} |"
            lines = [line for line, words in cells if words == left]
            assert any((line + 1, right) in cells for line in lines), (source, replacement)
            rows += 1
    assert rows == 53


@pytest.mark.parametrize("name", sorted(RECORD["documents"]))
def test_what_is_quoted_was_compared_with_the_document(name: str) -> None:
    """A quotation that is changed or added has to be compared, and the record written anew."""
    record = RECORD["documents"][name]
    entries = [entry for profile in PROFILES if document(profile) == name for entry in ENTRIES[profile]]
    quotations = [
        (row["line"], row["words"])
        for entry in entries
        for row in (*entry.get("headings", []), *entry.get("quotations", []))
    ]
    absent = [
        (word, entry["absent"]["from"], entry["absent"]["to"])
        for entry in entries
        if "absent" in entry
        for word in entry["absent"]["words"]
    ]
    assert (record["quotations"], record["absent"]) == (len(quotations), len(absent))
    assert (record["equal"], record["not_found"]) == (len(quotations), len(absent))
    compared = json.dumps([sorted(set(quotations)), sorted(set(absent))], ensure_ascii=False)
    assert record["digest"] == hashlib.sha256(compared.encode()).hexdigest()
    assert record["title"] == read(VENDORS / f"{name}.toml")["document"]
    assert re.fullmatch("[0-9a-f]{64}", record["sha256"])
    assert all(1 <= cell["line"] <= record["lines"] for cell in record["damaged"])


def words_of(entry: Table) -> list[str]:
    """What is quoted from the document and from elsewhere, without mark-up."""
    pages = [text for page in entry.get("elsewhere", []) for text in page["words"]]
    return [plain(text) for text in [*(row["words"] for row in entry.get("quotations", [])), *pages]]


def document(name: str) -> str:
    """The document that an entry's lines are lines of."""
    return str(read(CITATIONS / f"{name}.toml")["document"])


def plain(text: str) -> str:
    """A text without its mark-up, and with one kind of quotation mark, apostrophe and space."""
    text = re.sub(r"</?[a-z][^>]*>|\\(?=[_$*()])|\*\*|`", "", text)
    text = re.sub("[“”]", '"', text).replace("’", "'").replace('\\"', '"')
    text = re.sub(r"«\s*|\s*»", '"', text)
    return " ".join(text.split())


def folded(text: str) -> str:
    """A heading, whether it is printed in capitals or not."""
    decomposed = unicodedata.normalize("NFD", plain(text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
