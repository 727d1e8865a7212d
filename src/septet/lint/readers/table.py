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
_DOUBLED = re.compile('""')


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
    abouts = dict.fromkeys(texts, file.about)
    abouts |= {index: file.about._replace(language=header[index]) for index in languages}
    # An encoding that was guessed from the octets may be wrong: no text is rewritten.
    is_sure = file.source.encoding.startswith("utf-")
    says_more = source is not None or comments or contexts
    for row in rows:
        if len(row) == 1 and row[0][0] == row[0][1]:
            continue  # an empty line
        shared: dict[str, Any] = {}
        if says_more:
            shared = {
                "source": None if source is None else _said(file, row, source),
                "comments": tuple(filter(None, (_said(file, row, index) for index in comments))),
                "contexts": tuple(filter(None, (_said(file, row, index) for index in contexts))),
            }
        name = _said(file, row, key)
        for index, about in abouts.items():
            if index < len(row):
                start, end, is_quoted = row[index]
                text, spots = _text(file, start, end, is_quoted)
                quoting = "" if not is_sure else "csv-quoted" if is_quoted else f"csv-{delimiter}"
                if text and not says_more:
                    yield Entry(name, text, spots, quoting, about)
                else:
                    yield file.entry(name, text, spots, quoting, language=about.language, **shared)


def _said(file: File, row: list[_Cell], index: int) -> str:
    return _text(file, *row[index])[0] if index < len(row) else ""


_Cell = tuple[int, int, bool]


def _delimiter(text: str) -> str:
    header = re.match(r"[^\r\n]*", text)
    first = header[0] if header else ""
    return max(",;\t|", key=first.count)


def _rows(text: str, delimiter: str) -> Iterator[list[_Cell]]:
    mark = re.escape(delimiter)
    # A cell with the sign that ends it.
    cell = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|(?!")([^{mark}\r\n]*))({mark}|\r\n|[\r\n]|\Z)')
    place, size, row = 0, len(text), list[_Cell]()
    while place < size:
        found = cell.match(text, place)
        if found is None:
            raise Unreadable(
                'a quotation mark never closed, or text after a closed one: a " in a text is written ""',
                place,
            )
        start, end = found.span(1)
        row.append((*found.span(2), False) if start < 0 else (start, end, True))
        place = found.end()
        if found[3] == delimiter:
            if place == size:
                row.append((place, place, False))
            continue
        yield row
        row = []
    if row:
        yield row


def _text(file: File, start: int, end: int, is_quoted: bool) -> tuple[str, Spots | int]:
    if not is_quoted or file.text.find('""', start, end) < 0:
        return file.text[start:end], start
    mapping = Mapping()
    decoded(mapping, file.text, start, end, _DOUBLED, lambda found: '"')
    return mapping.text, mapping.spots(file.source)
