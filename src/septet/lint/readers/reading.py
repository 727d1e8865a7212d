"""Reading: the entries of a file, by the reader of its format."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from septet.errors import FileError
from septet.files.encodings import found_in
from septet.lint.entries import Entry, Reading
from septet.lint.places import Source
from septet.wording.messages import said

from .files import File, Unreadable


class _Format(NamedTuple):
    """The module that reads a format, and the placeholders that the format may have."""

    module: str
    dialects: tuple[str, ...] = ("general",)


_FORMATS = {
    "po": _Format("gettext"),
    "yaml": _Format("yaml"),
    "json": _Format("json"),
    "arb": _Format("json", ("icu",)),
    "xcstrings": _Format("xcstrings", ("percent",)),
    "android": _Format("android", ("percent", "brace")),
    "xliff": _Format("xliff"),
    "strings": _Format("apple", ("percent", "general")),
    "properties": _Format("properties", ("java", "general")),
    "fluent": _Format("fluent", ("fluent",)),
    "laravel": _Format("laravel", ("laravel",)),
    "toml": _Format("toml"),
    "csv": _Format("table"),
    "template": _Format("template", ("template",)),
    "python": _Format("python_source", ("percent", "python")),
}
_ENDINGS = {
    "po": "po",
    "pot": "po",
    "yml": "yaml",
    "yaml": "yaml",
    "json": "json",
    "arb": "arb",
    "xcstrings": "xcstrings",
    "xlf": "xliff",
    "xliff": "xliff",
    "strings": "strings",
    "properties": "properties",
    "ftl": "fluent",
    "php": "laravel",
    "toml": "toml",
    "csv": "csv",
    "tsv": "csv",
    "txt": "template",
    "j2": "template",
    "jinja": "template",
    "jinja2": "template",
    "erb": "template",
    "mustache": "template",
    "hbs": "template",
    "handlebars": "template",
    "liquid": "template",
    "twig": "template",
    "py": "python",
}
#: Programs whose messages are not read, as they may be composed in any way.
_PROGRAMS = {"js": "JavaScript", "mjs": "JavaScript", "cjs": "JavaScript", "jsx": "JavaScript",
             "ts": "TypeScript", "mts": "TypeScript", "cts": "TypeScript", "tsx": "TypeScript"}  # fmt: skip
#: Files of messages and their lines are not longer than this: a longer one was made to stop its reader.
_MOST_OCTETS = 1 << 26
_LONGEST_LINE = 1 << 22
_ROOT = re.compile(r"<(?![?!])([\w:.-]+)")
_XML_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)")


def read(path: str, octets: bytes) -> Reading:
    """The content of a file. Raises nothing for its content: the reason why a file is broken is in `broken`.

    Raises ModuleNotFoundError, which tells what to install, where a format's library is missing.
    """
    ending = path.rpartition(".")[2].lower() if "." in re.split(r"[\\/]", path)[-1] else ""
    if ending in _PROGRAMS:
        note = said(
            "Not read: texts in %(language)s belong to the program itself.", language=_PROGRAMS[ending]
        )
        return Reading(path, "", notes=(note,))
    format = _ENDINGS.get(ending, "")
    if ending == "xml":
        format = _of_xml(octets)
    if not format:
        return _unknown(path)
    try:
        _refuse_what_is_too_long(octets)
        source = _source(format, octets)
        kind = _FORMATS[format]
        file = File(path, source, format, kind.dialects)
        entries = tuple(_reader(kind.module)(file))
    except Unreadable as error:
        line = error.line
        if error.offset is not None:
            line = source.place(min(error.offset, len(source.text))).line
        return Reading(path, format, broken=FileError(error.reason, path, line))
    if format == "laravel" and not entries and not _returns_an_array(source.text):
        return _unknown(path)
    return Reading(path, format, entries)


def _reader(module: str) -> Callable[[File], Iterator[Entry]]:
    # Each reader has its library, which is loaded when a file needs it.
    found: Callable[[File], Iterator[Entry]] = import_module(f".{module}", __package__).entries
    return found


def _unknown(path: str) -> Reading:
    return Reading(path, "")


def _returns_an_array(text: str) -> bool:
    return re.search(r"\breturn\s*(?:\[|array\s*\()", text) is not None


def _of_xml(octets: bytes) -> str:
    """Which kind of XML a file is, by its outermost element."""
    head = octets[:65536]
    text = head.decode(
        "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8", "replace"
    )
    # Declarations of entities come before it, and hold no such tags.
    found = _ROOT.search(re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL))
    return {"resources": "android", "xliff": "xliff"}.get(found[1] if found else "", "")


def _refuse_what_is_too_long(octets: bytes) -> None:
    if len(octets) > _MOST_OCTETS:
        raise Unreadable(f"more than {_MOST_OCTETS >> 20} MiB: no file of messages is so long")
    start, line = 0, 1
    # From line end to line end in large steps: each step must hold one.
    while len(octets) - start > _LONGEST_LINE:
        end = max(
            octets.rfind(b"\n", start, start + _LONGEST_LINE),
            octets.rfind(b"\r", start, start + _LONGEST_LINE),
        )
        if end < 0:
            line = octets.count(b"\n", 0, start) + 1
            raise Unreadable(
                f"a line of more than {_LONGEST_LINE >> 20} MiB: no message is so long", line=line
            )
        start = end + 1


def _source(format: str, octets: bytes) -> Source:
    encoding = _encoding(format, octets)
    try:
        return Source(octets, encoding)
    except (UnicodeDecodeError, LookupError) as error:
        if format == "properties":
            # Java's encoding until version 9 has a character for every octet.
            return Source(octets, "iso-8859-1")
        if isinstance(error, LookupError):
            raise Unreadable(f"unknown encoding: {encoding[:40]}", line=1) from None
        line = octets.count(b"\n", 0, error.start) + 1
        byte = octets[error.start] if error.start < len(octets) else 0
        raise Unreadable(f"byte 0x{byte:02X} is not {encoding}: save the file in UTF-8", line=line) from None


def _encoding(format: str, octets: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if octets.startswith(mark):
            return name
    if octets.startswith(codecs.BOM_UTF8):
        return "utf-8"
    named: str | None = None
    if format == "po":
        from .gettext import charset

        named = charset(octets)
    elif format in ("android", "xliff") and (found := _XML_ENCODING.match(octets)):
        named = found[1].decode()
    elif format == "csv":
        named = found_in(octets[: 1 << 18])
    if named is None or named.casefold().replace("_", "-") in (
        "utf8",
        "utf-8",
        "ascii",
        "us-ascii",
        "utf-16",
    ):
        return "utf-8"
    try:
        "".encode(named)  # an encoding of anything but text raises no LookupError
        b"".decode(named)
        return codecs.lookup(named).name
    except (LookupError, ValueError, TypeError):
        raise Unreadable(f"unknown encoding: {named[:40]}", line=1) from None
