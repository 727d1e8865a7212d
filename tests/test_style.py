"""No sentence that a person reads has a word that docs/style.md leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources import ROOT

STYLE = ROOT / "docs" / "style.md"
# Quotations keep their words.
QUOTED = {STYLE, ROOT / "docs" / "profiles.md"}


def left_out() -> list[str]:
    table = STYLE.read_text("utf-8").partition("## Words")[2]
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", table, re.MULTILINE)
    return [word for row in rows[1:] for word in row.split(", ")]


def sentences() -> Iterator[tuple[str, str]]:
    """The place and the words of each sentence: pages (one has the help), messages, schemas, vendor files."""
    pages = [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "tables" / "README.md",
    ]
    for page in [*pages, *sorted(ROOT.glob("docs/**/*.md"))]:
        if page not in QUOTED:
            text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
            # Code keeps its own names. A paragraph goes on over line ends, a row of a table does not.
            text = re.sub(r"`[^`]*`|«[^»]*»|\]\([^)]*\)", "", text)
            for paragraph in re.split(r"\n\n|\n(?=[|#])", text):
                yield page.name, " ".join(paragraph.split())
    catalogue = ROOT / "src" / "septet" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    for entry in re.findall(r"^msgid (.*(?:\n\".*)*)", catalogue.read_text("utf-8"), re.MULTILINE):
        yield catalogue.name, re.sub(r"`[^`]*`|%\(\w+\)\w", "", entry.replace('"\n"', ""))
    for schema in sorted(ROOT.glob("src/septet/schemas/*.json")):
        for words in re.findall(r'"description": "(.*)"', schema.read_text("utf-8")):
            yield schema.name, words
    # Sources and messages of vendor files are quotations.
    own = r'^(?:why|taken|meaning|happens|expected|lifted) = "(.*)"$'
    for rules in sorted(ROOT.glob("tables/vendors/*.toml")):
        for words in re.findall(own, rules.read_text("utf-8"), re.MULTILINE):
            yield rules.name, re.sub(r"«[^»]*»", "", words)


def test_no_sentence_has_a_word_that_is_left_out() -> None:
    words = left_out()
    assert len(words) > 20
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])", re.IGNORECASE)
    told = [f"{place}: {line.strip()}" for place, line in sentences() if pattern.search(line)]
    assert told == []


def test_the_words_are_found_where_they_stand() -> None:
    pattern = "|".join(map(re.escape, left_out()))
    assert re.search(pattern, "You can simply count the chunks")
