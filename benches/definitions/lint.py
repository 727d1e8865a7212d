"""How near is the linter to the library that reads the same file alone?

Ten thousand entries of each format, a quarter of them with a ’ that costs. First what reading takes, with
the place of each character and, for comparison, with the messages that each entry makes; then all that the
linter does, findings included. The libraries say what a file holds, and none of them where. JSON, XML and
CSV are read in C there, and 10,000 entries in hundredths of a second: what is held against the bar is all
formats together, and each whose library is written in Python or hands its tree to it.
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
            assert {entry.text for entry in found.entries} == set(_texts(count)), name
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


_CONFIG = {"bounds": {"name": "1..20"}}


def _checked(path: str, count: int) -> int:
    """How many findings there are, once they are known to be those of the signs that cost."""
    report = check(path, _CONFIG)
    assert report.entries == count, report.broken
    costly = sum(_SIGN in text for text in _texts(count))
    for rule in ("unicode", "expensive-character"):
        assert sum(one.rule == rule for one in report.findings) == costly, rule
    assert {one.rule for one in report.findings} <= {
        *("unicode", "expensive-character", "dearer-than-source", "near-the-edge"),
    }
    return len(report.findings)


@lru_cache(maxsize=1)
def _texts(count: int) -> list[str]:
    pool = [text.strip() for text in draw("notices", 2000) if not set(text) & set("\"'\\\n{}%&<>:#$’")]
    held = septet.Planner("gsm", encoding="gsm7")
    pool = [text for text in pool if held.plan(text).intact]
    texts = [f"Bonjour %(name)s, {pool[row % len(pool)]} ref {row}" for row in range(count)]
    return [f"{text} l{_SIGN}accueil" if row % 4 == 0 else text for row, text in enumerate(texts)]


def _files(count: int) -> dict[str, str]:
    """A file of each format with the same texts."""
    texts = list(enumerate(_texts(count)))
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    strings = "\n".join(f'  <string name="k{row}">{text}</string>' for row, text in texts)
    tree = {f"k{row}": {"sms": text} for row, text in texts}
    return {
        "a.po": header + "".join(f'\n#. sms\nmsgid "Hello {row}"\nmsgstr "{text}"\n' for row, text in texts),
        "a.yml": "fr:\n" + "".join(f'  k{row}:\n    sms: "{text}"\n' for row, text in texts),
        "a.json": json.dumps(tree, ensure_ascii=False, indent=2),
        "strings.xml": f"<resources>\n{strings}\n</resources>\n",
        "a.php": "<?php\nreturn [\n"
        + "".join(f"    'k{row}' => '{text}',\n" for row, text in texts)
        + "];\n",
        "a.ftl": "".join(f"k{row} = {text}\n" for row, text in texts),
        "a.toml": "".join(f'k{row} = "{text}"\n' for row, text in texts),
        "a.properties": "".join(f"k{row} = {text}\n" for row, text in texts),
        "a.csv": "key,text\n" + "".join(f'k{row},"{text}"\n' for row, text in texts),
    }


def _libraries() -> dict[str, Callable[[str], Any]]:
    """What reads each file alone, as far as its texts."""
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
