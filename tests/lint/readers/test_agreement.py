"""A library of another make reads the same texts under the same keys, for each format that has one."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import javaproperties
import message_files
import polib
import pytest
from babel.messages.pofile import read_po
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, Placeable, SelectExpression, TextElement
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from septet.lint.entries import Entry
from septet.lint.readers.reading import read

FILES = message_files.FILES
#: Letters of several scripts, and all signs that some format escapes, folds or takes for its own.
TEXTS = st.text(
    alphabet=st.sampled_from("abé’ß中ع😀\u00a0\u200d \n\t\\\"':#{}[]&<>%$|-?!*@=;,`~ abc def"),
    min_size=1,
    max_size=50,
)
TREES = st.dictionaries(
    st.sampled_from(("sms", "title", "body", "late")),
    TEXTS
    | st.lists(TEXTS, min_size=1, max_size=2)
    | st.dictionaries(st.sampled_from("xyz"), TEXTS, min_size=1),
    min_size=1,
)
#: Each example is a whole file with several texts.
EXAMPLES = settings(max_examples=30, deadline=None, derandomize=True)


def entries(path: str, octets: bytes) -> tuple[Entry, ...]:
    reading = read(path, octets)
    assert reading.broken is None, reading.broken
    return reading.entries


def texts(path: str, octets: bytes) -> dict[str, str]:
    return {entry.key: entry.text for entry in entries(path, octets)}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The strings of a tree by their dotted paths, from what the library has made of a file."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, (dict, list)):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(below, f"{path}.{key}" if path else str(key))


@pytest.mark.parametrize("path", ["locale/fr/LC_MESSAGES/django.po", "locale/ar.po"])
def test_gettext_as_polib_and_babel(path: str) -> None:
    _agree_on_a_catalogue(FILES[path].decode("utf-8-sig"))


def _agree_on_a_catalogue(text: str) -> None:
    found = {
        (
            entry.contexts[:1],
            entry.key.partition("|")[2] if entry.contexts else entry.key,
            entry.plural,
        ): entry.text
        for entry in entries("a.po", text.encode())
        if entry.state in ("translated", "fuzzy")
    }
    by_polib: dict[Any, str] = {}
    for entry in polib.pofile(text):
        context = () if entry.msgctxt is None else (entry.msgctxt,)
        for form, said in entry.msgstr_plural.items() if entry.msgid_plural else [(None, entry.msgstr)]:
            if not entry.obsolete and said:
                by_polib[context, entry.msgid, None if form is None else str(form)] = said
    assert found == by_polib
    by_babel: dict[Any, str] = {}
    for message in read_po(io.BytesIO(text.encode()), ignore_obsolete=True):
        several = isinstance(message.id, tuple)
        said = message.string if several else (message.string,)
        context = () if message.context is None else (message.context,)
        for form, one in enumerate(said if isinstance(said, tuple) else (said,)):
            if one and message.id:
                name = message.id[0] if isinstance(message.id, tuple) else message.id
                by_babel[context, name, str(form) if several else None] = str(one)
    assert found == by_babel


@EXAMPLES
@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4), st.sampled_from([20, 78]))
def test_gettext_that_polib_wrote(messages: dict[str, str], width: int) -> None:
    catalogue = polib.POFile(wrapwidth=width)
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for source, text in messages.items():
        catalogue.append(polib.POEntry(msgid=source, msgstr=text))
    assert texts("a.po", str(catalogue).encode()) == messages


@pytest.mark.parametrize("path", ["config/locales/es.yml", "translations/messages+intl-icu.fr.yaml"])
def test_yaml_as_ruamel(path: str) -> None:
    found = {}
    for entry in entries(path, FILES[path]):
        found |= dict.fromkeys((entry.key, *entry.other_keys), entry.text)
    by_library = dict(leaves(YAML(typ="safe", pure=True).load(FILES[path].decode())))
    assert by_library.items() <= found.items()
    shorter = {key.removeprefix("es.") for key in by_library}
    assert found.keys() == {*by_library, *shorter}


@EXAMPLES
@given(
    TREES,
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.sampled_from([12, 80]),
)
def test_yaml_that_pyyaml_style_writers_write(tree: dict[str, Any], style: str | None, width: int) -> None:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_style = style
    yaml.width = width
    yaml.allow_unicode = True
    yaml.default_flow_style = False
    written = io.StringIO()
    yaml.dump(tree, written)
    octets = written.getvalue().encode()
    library = dict(leaves(YAML(typ="safe", pure=True).load(octets.decode())))
    assert texts("a.yml", octets) == library
    # Most are placed by character; what is not, is never rewritten.
    for entry in entries("a.yml", octets):
        assert entry.quoting or entry.rewritten(0, 1, "e") is None


@pytest.mark.parametrize("path", ["locales/zh/translation.json", "lang/tr.json", "lib/l10n/app_ar.arb"])
def test_json_as_the_standard_library(path: str) -> None:
    def ours(key: str) -> str:
        return key.removesuffix(".defaultMessage")

    library = {ours(key): text for key, text in leaves(json.loads(FILES[path]))}
    found = texts(path, FILES[path])
    about = {key for key in library if key.startswith("@") or key.endswith(".description")}
    assert found == {key: text for key, text in library.items() if key not in about}


@EXAMPLES
@given(
    TREES,
    st.booleans(),
    st.sampled_from([None, 2]),
)
def test_json_that_the_standard_library_wrote(
    tree: dict[str, Any], ascii_only: bool, indent: int | None
) -> None:
    written = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    assert texts("a.json", written.encode()) == dict(leaves(tree))


def test_string_catalogues_as_the_standard_library() -> None:
    path = "Localizable.xcstrings"
    found = {
        (entry.key.split(".")[0], entry.language, entry.plural): entry.text
        for entry in entries(path, FILES[path])
    }
    expected = {}
    for key, about in json.loads(FILES[path])["strings"].items():
        for language, said in about["localizations"].items():
            for form, unit in said.get("variations", {}).get("plural", {None: said}).items():
                expected[key, language, form] = unit["stringUnit"]["value"]
    assert found == expected


def test_android_as_element_tree() -> None:
    path = "res/values-tr/strings.xml"
    root = ElementTree.fromstring(FILES[path])
    library = {}
    for element in root:
        items = list(element) if element.tag in ("plurals", "string-array") else [element]
        for number, item in enumerate(items):
            suffix = f".{item.get('quantity', number)}" if len(items) > 1 else ""
            library[element.get("name", "") + suffix] = "".join(item.itertext())
    library.pop("alias")
    assert texts(path, FILES[path]) == {key: _as_android(text) for key, text in library.items()}


def _as_android(text: str) -> str:
    """What aapt makes of a text, by the words of its documentation and one character at a time."""
    found, quoted, place = "", False, 0
    while place < len(text):
        character = text[place]
        if character == "\\":
            letter = text[place + 1]
            if letter == "u":
                found, place = found + chr(int(text[place + 2 : place + 6], 16)), place + 6
                continue
            found, place = found + {"n": "\v"}.get(letter, letter), place + 2
            continue
        if character == '"':
            quoted = not quoted
        elif character in " \n\t":
            found += "\0" if quoted else " "
        else:
            found += character
        place += 1
    return re.sub(" +", " ", found).strip(" ").replace("\0", " ").replace("\v", "\n")


def test_xliff_as_element_tree() -> None:
    path = "messages.fr.xlf"
    space = "{urn:oasis:names:tc:xliff:document:1.2}"
    library = {}
    for unit in ElementTree.fromstring(FILES[path]).iter(f"{space}trans-unit"):
        target = unit.find(f"{space}target")
        held = unit.find(f"{space}source") if target is None or target.get("state") else target
        assert held is not None
        library[unit.get("resname") or unit.get("id")] = "".join(held.itertext())
    found = {entry.key: re.sub(r"\{INTERPOLATION\}", "", entry.text) for entry in entries(path, FILES[path])}
    assert found == library


def test_properties_as_javaproperties() -> None:
    path = "messages_de.properties"
    assert texts(path, FILES[path]) == javaproperties.loads(FILES[path].decode("iso-8859-1"))


@EXAMPLES
@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4), st.booleans())
def test_properties_that_javaproperties_wrote(pairs: dict[str, str], ascii_only: bool) -> None:
    written = javaproperties.dumps(pairs, timestamp=False, ensure_ascii=ascii_only)
    assert texts("a.properties", written.encode()) == pairs


def test_fluent_as_its_own_library() -> None:
    path = "l10n/fr/sms.ftl"
    resource = FluentParser().parse(FILES[path].decode())
    assert not any(isinstance(node, Junk) for node in resource.body)
    library = [
        [element.value for element in pattern.elements if isinstance(element, TextElement)]
        for node in resource.body
        if isinstance(node, Message)
        for pattern in (node.value, *(attribute.value for attribute in node.attributes))
        if not any(
            isinstance(e, Placeable) and isinstance(e.expression, SelectExpression) for e in pattern.elements
        )
    ]
    found = [_without_placeables(entry) for entry in entries(path, FILES[path]) if entry.plural is None]
    assert [re.sub(r"\{$", "", text) for text in found] == ["".join(said) for said in library]


def _without_placeables(entry: Entry) -> str:
    text = entry.text
    for start, end in reversed(entry.expressions):
        text = text[:start] + text[end:]
    return text


def test_toml_as_the_standard_library() -> None:
    path = "i18n/es.toml"
    assert texts(path, FILES[path]) == dict(leaves(tomllib.loads(FILES[path].decode())))


@EXAMPLES
@given(st.lists(st.tuples(TEXTS.map(str.strip), TEXTS), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_csv_that_the_standard_library_wrote(rows: list[tuple[str, str]], delimiter: str) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerows([("key", "text"), *rows])
    found = [(entry.key, entry.text) for entry in entries("a.csv", written.getvalue().encode())]
    assert found == rows


def test_csv_as_the_standard_library() -> None:
    rows = list(csv.DictReader(io.StringIO(FILES["sms.csv"].decode(), newline=""), delimiter=";"))
    expected = [(row["key"], language, row[language]) for row in rows for language in ("fr", "en")]
    found = [(entry.key, entry.language, entry.text) for entry in entries("sms.csv", FILES["sms.csv"])]
    assert found == expected


def test_python_as_its_own_parser() -> None:
    tree = ast.parse(FILES["texts.py"])
    library = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    found = entries("texts.py", FILES["texts.py"])
    assert {entry.text for entry in found if not entry.expressions} <= set(library)
    (formatted,) = [entry for entry in found if entry.expressions]
    assert formatted.text == "Bonjour {user.name!r:>3}, à {bientôt} "
    assert "pas un SMS" not in {entry.text for entry in found}
