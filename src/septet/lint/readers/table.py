"""CSV with a column of keys, and one of texts or one for each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Spots

from .files import File, Unreadable, decoded
from .languages import is_language

_KEYS = (
    "key",
    "id",
    "identifier",
    "name",
    "msgid",
    "string_id",
    "stringid",
    "clé",
    "cle",
    "clave",
    "schlüssel",
)
_TEXTS = (
    *("text", "message", "sms", "body", "value", "translation", "target", "content", "msgstr"),
    *("texte", "texto", "nachricht"),
)
_SOURCES = ("source",)
_COMMENTS = ("comment", "comments", "description", "note", "notes")
_CONTEXTS = ("context", "contexts", "category")
_DOUBLED = re.compile('""|\r\n')


def entries(file: File) -> Iterator[Entry]:
    """A text for each row, or one for each row and language."""
    delimiter = _delimiter(file.text)
    rows = _rows(file.text, delimiter)
    header = [_text(file, *cell)[0].strip() for cell in next(rows, [])]
    names = [name.casefold() for name in header]
    key = next((names.index(name) for name in _KEYS if name in names), None)
    texts = [index for index, name in enumerate(names) if name in _TEXTS]
    languages = [index for index, name in enumerate(header) if is_language(name) and index != key]
    if key is None or not (texts or languages):
        raise Unreadable(
            f"no column of keys and texts: expected a header with one of {', '.join(_KEYS[:4])}, and one of "
            f"{', '.join(_TEXTS[:4])} or the tags of languages",
            0,
        )
    source = next((index for index, name in enumerate(names) if name in _SOURCES), None)
    comments = [index for index, name in enumerate(names) if name in _COMMENTS]
    contexts = [index for index, name in enumerate(names) if name in _CONTEXTS]
    for row in rows:
        if len(row) == 1 and row[0][0] == row[0][1]:
            continue  # an empty line
        shared: dict[str, Any] = {
            "source": None if source is None else _said(file, row, source),
            "comments": tuple(filter(None, (_said(file, row, index) for index in comments))),
            "contexts": tuple(filter(None, (_said(file, row, index) for index in contexts))),
        }
        name = _said(file, row, key)
        for index in (*texts, *languages):
            if index < len(row):
                start, end, is_quoted = row[index]
                text, spots = _text(file, start, end, is_quoted)
                quoting = "csv-quoted" if is_quoted else f"csv-{delimiter}"
                if not file.source.encoding.startswith("utf-"):
                    quoting = ""  # guessed by its octets, of which another might tell otherwise
                language = header[index] if index in languages else file.language
                yield file.entry(name, text, spots, quoting, language=language, **shared)


def _said(file: File, row: list[_Cell], index: int) -> str:
    return _text(file, *row[index])[0] if index < len(row) else ""


_Cell = tuple[int, int, bool]


def _delimiter(text: str) -> str:
    header = re.match(r"[^\r\n]*", text)
    first = header[0] if header else ""
    return max(",;\t|", key=first.count)


def _rows(text: str, delimiter: str) -> Iterator[list[_Cell]]:
    mark = re.escape(delimiter)
    cell = re.compile(rf'"((?:[^"]|"")*)"(?={mark}|[\r\n]|\Z)|([^{mark}\r\n]*)')
    end = re.compile(r"\r\n|\n|\r")
    place, row = 0, list[_Cell]()
    while place < len(text):
        found = cell.match(text, place)
        assert found is not None  # it may be empty
        is_quoted = found[1] is not None
        if not is_quoted and text.startswith('"', place):
            raise Unreadable(
                'a quotation mark that is never closed, or text behind one: a " in a text is written ""',
                place,
            )
        row.append((*found.span(1 if is_quoted else 2), is_quoted))
        place = found.end()
        if text.startswith(delimiter, place):
            place += len(delimiter)
            if place == len(text):
                row.append((place, place, False))
            continue
        yield row
        row = []
        line = end.match(text, place)
        place = line.end() if line else place
    if row:
        yield row


def _text(file: File, start: int, end: int, is_quoted: bool) -> tuple[str, Spots | int]:
    if start == end or not is_quoted or not _DOUBLED.search(file.text, start, end):
        return file.text[start:end], start
    mapping = Mapping()
    decoded(mapping, file.text, start, end, re.compile('""'), lambda found: '"')
    return mapping.text, mapping.spots(file.source)
