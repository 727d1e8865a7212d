"""How near is the linter to the library that reads the same file alone?

Ten thousand entries of each format, a third of them with a different placeholder and one in twenty with a ’
that costs. First reading is timed, with the place of each character, and with the messages of each entry;
then the whole linter, findings included. The libraries return the content of a file, but no places. They
read JSON, XML and CSV in C, 10,000 entries in hundredths of a second: so the targets are for all formats
together, and for each format whose library is written in Python or returns a tree to it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import tomllib
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from corpora import draw
from report import Bar, Report, Table, ratio
from session import Session
from timing import interleaved, once

import septet
from septet.lint import check

ENTRIES, QUICK_ENTRIES = 10_000, 1_000
_WHAT = "reading messages with their places, of the speed of the library alone"
_WHOLE = "linting a file as a whole, of the speed of the library alone"
_SIGN = "’"
#: One in so many entries has a placeholder, and one in so many a sign that costs.
_FILLED, _COSTLY = 3, 20
_IN_C = ("android", "csv", "json")


def measure(session: Session) -> Report:
    try:
        libraries = _libraries()
    except ImportError as error:
        return Report([], [Bar(_WHAT, None, 0.3), Bar(_WHOLE, None, 0.3)], [f"{error.name} is not installed"])
    from septet.lint.readers.reading import read

    count = QUICK_ENTRIES if session.quick else ENTRIES
    rows, bars = [], []
    total = [0.0] * 4
    with tempfile.TemporaryDirectory() as directory:
        for name, text in _files(count).items():
            path, octets, library = os.path.join(directory, name), text.encode(), libraries[name]
            with open(path, "wb") as file:
                file.write(octets)
            found = read(path, octets)
            assert len(found.entries) == count, found.broken
            assert [entry.text for entry in found.entries] == _texts(count, _mark(name)), name
            findings = _checked(path, count)
            subjects = {
                "library": once(lambda library=library, text=text: library(text)),
                "read": once(lambda path=path, octets=octets: read(path, octets)),
                "with messages": once(
                    lambda path=path, octets=octets: [entry.message for entry in read(path, octets).entries]
                ),
                "linted": once(lambda path=path: check(path, _CONFIG)),
            }
            taken = interleaved(subjects, min(session.rounds, 5), session.seconds, loops=1)
            total = [sum(pair) for pair in zip(total, taken.values(), strict=True)]
            read_share, share = (taken["library"] / taken[what] for what in ("read", "linted"))
            figures = (f"{figure / count:,.0f}" for figure in taken.values())
            rows.append([found.format, *figures, f"{findings:,}", ratio(read_share), ratio(share)])
            if found.format not in _IN_C:
                bars.append(Bar(f"{_WHAT}, {found.format}", read_share, 0.3))
                bars.append(Bar(f"{_WHOLE}, {found.format}", share, 0.3))
    shares = total[0] / total[1], total[0] / total[3]
    rows.append(["all", *(f"{figure / count:,.0f}" for figure in total), "", *map(ratio, shares)])
    bars += [
        Bar(f"{what}, all formats", share, 0.3) for what, share in zip((_WHAT, _WHOLE), shares, strict=True)
    ]
    header = [
        *("format", "library", "read", "with messages", "linted", "findings"),
        *("reading, of the library's speed", "linting, of the library's speed"),
    ]
    return Report([Table(f"{count:,} entries, ns per entry", header, rows)], bars)


_CONFIG = {"bounds": {"name": "1..20", "0": "1..20", "1": "1..20"}}
#: How each format writes a placeholder; the others write it as Python does.
_MARKS = {
    "strings.xml": "%1$s",
    "a.php": ":name",
    "a.ftl": "{ $name }",
    "a.properties": "{0}",
    "a.yml": "%{name}",
}


def _mark(name: str) -> str:
    return _MARKS.get(name, "{name}")


def _checked(path: str, count: int) -> int:
    """The number of findings, after checking that they are the signs that cost."""
    report = check(path, _CONFIG)
    assert report.entries == count, report.broken
    costly = len(range(0, count, _COSTLY))
    for rule in ("unicode", "expensive-character"):
        assert sum(one.rule == rule for one in report.findings) == costly, rule
    assert {one.rule for one in report.findings} <= {
        *("unicode", "expensive-character", "dearer-than-source", "near-the-edge"),
    }
    return len(report.findings)


@lru_cache(maxsize=8)
def _texts(count: int, mark: str) -> list[str]:
    pool = [text.strip() for text in draw("notices", 2000) if not set(text) & set("\"'\\\n{}%&<>:#$’")]
    held = septet.Planner("gsm", encoding="gsm7")
    pool = [text for text in pool if held.plan(text).intact]
    texts = [f"{pool[row % len(pool)]} ref {row}" for row in range(count)]
    texts = [f"Bonjour {mark}, {text}" if row % _FILLED == 0 else text for row, text in enumerate(texts)]
    return [f"{text} l{_SIGN}accueil" if row % _COSTLY == 0 else text for row, text in enumerate(texts)]


def _files(count: int) -> dict[str, str]:
    """A file of each format with the same texts."""
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'

    def lines(name: str, pattern: str) -> str:
        texts = enumerate(_texts(count, _mark(name)))
        return "".join(pattern.replace("ROW", str(row)).replace("TEXT", text) for row, text in texts)

    tree = {f"k{row}": {"sms": text} for row, text in enumerate(_texts(count, _mark("a.json")))}
    strings = lines("strings.xml", '  <string name="kROW">TEXT</string>\n')
    return {
        "a.po": header + lines("a.po", '\n#. sms\nmsgid "Hello ROW"\nmsgstr "TEXT"\n'),
        "a.yml": "fr:\n" + lines("a.yml", '  kROW:\n    sms: "TEXT"\n'),
        "a.json": json.dumps(tree, ensure_ascii=False, indent=2),
        "strings.xml": f"<resources>\n{strings}</resources>\n",
        "a.php": "<?php\nreturn [\n" + lines("a.php", "    'kROW' => 'TEXT',\n") + "];\n",
        "a.ftl": lines("a.ftl", "kROW = TEXT\n"),
        "a.toml": lines("a.toml", 'kROW = "TEXT"\n'),
        "a.properties": lines("a.properties", "kROW = TEXT\n"),
        "a.csv": "key,text\n" + lines("a.csv", 'kROW,"TEXT"\n'),
    }


def _libraries() -> dict[str, Callable[[str], Any]]:
    """The library call that only reads the texts of each file."""
    import javaproperties
    import polib
    import tree_sitter
    import tree_sitter_php
    from fluent.syntax import FluentParser
    from ruamel.yaml import YAML

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_php.language_php()))

    def php(text: str) -> list[bytes | None]:
        (array,) = parser.parse(text.encode()).root_node.named_children[-1].named_children
        return [item.named_children[-1].text for item in array.named_children]

    return {
        "a.po": polib.pofile,
        "a.yml": lambda text: YAML(typ="safe", pure=True).load(text),
        "a.json": json.loads,
        "strings.xml": lambda text: [element.text for element in ElementTree.fromstring(text)],
        "a.php": php,
        "a.ftl": lambda text: FluentParser().parse(text),
        "a.toml": tomllib.loads,
        "a.properties": javaproperties.loads,
        "a.csv": lambda text: list(csv.reader(io.StringIO(text))),
    }
