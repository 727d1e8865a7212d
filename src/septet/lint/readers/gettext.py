"""Catalogues of gettext: `.po` and `.pot`.

The format: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Spots

from .files import File, Unreadable, decoded

#: A line with a string: the mark of obsolete ones, the keyword, its index, and the text between the quotes.
_LINE = re.compile(
    r"[ \t]*(?P<old>#~[ \t]*)?"
    r"(?:(?P<word>msgctxt|msgid_plural|msgid|msgstr)[ \t]*(?:\[[ \t]*(?P<index>\d+)[ \t]*\])?[ \t]*)?"
    r'"(?P<string>[^"\\]*(?:\\.[^"\\]*)*)"[ \t\r]*'
)
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_FLAG = re.compile(r"(no-|possible-)?([a-z-]+)-format")
#: The dialects of placeholders for the flags of gettext.
_OF_FLAGS = {
    "python": ("percent",),
    "python-brace": ("python",),
    "ruby": ("ruby", "percent"),
    "java": ("java",),
    "javascript": ("percent",),
    "qt": ("qt",),
    "kde": ("qt",),
    "smarty": ("general",),
}


class _Draft:
    """An entry while its lines are read."""

    def __init__(self) -> None:
        self.comments: list[str] = []
        self.references: list[str] = []
        self.flags: list[str] = []
        #: The string, and the spans of the file's text that it is made of.
        self.strings: dict[str, list[tuple[int, int]]] = {}
        self.is_obsolete = False


def entries(file: File) -> Iterator[Entry]:
    """The entries of a catalogue, each plural form by itself; its header is not an entry."""
    for draft in _drafts(file.text):
        if "msgid" in draft.strings:
            yield from _entries(file, draft)


def charset(octets: bytes) -> str | None:
    """The charset that the header of a catalogue names."""
    found = re.search(rb"charset=([\w.:-]+)", octets[:8192])
    name = found[1].decode() if found else None
    return None if name == "CHARSET" else name


def _drafts(text: str) -> Iterator[_Draft]:
    draft, string, start = _Draft(), None, 0
    matched = _LINE.fullmatch
    size = len(text)
    while start < size:
        end = text.find("\n", start)
        if end < 0:
            end = size
        found = matched(text, start, end)
        if found is None:
            line = text[start:end].strip()
            if line.startswith("#"):
                if draft.strings and not line.startswith(("#~", "#|")):
                    yield draft
                    draft, string = _Draft(), None
                _comment(draft, line)
            elif line:
                raise Unreadable(
                    _reason(line, string), start + len(text[start:end]) - len(text[start:end].lstrip())
                )
        else:
            word = found["word"]
            if word is None:
                if string is None:
                    raise Unreadable("a string that belongs to no keyword: expected msgid before it", start)
            else:
                if word == "msgctxt" or (word == "msgid" and {"msgid", "msgstr[0]"} & draft.strings.keys()):
                    if draft.strings:
                        yield draft
                        draft = _Draft()
                elif word == "msgid" and "msgstr[0]" in draft.strings:
                    yield draft
                    draft = _Draft()
                name = f"msgstr[{found['index'] or 0}]" if word == "msgstr" else word
                if name in draft.strings:
                    raise Unreadable(f"{word} occurs twice in one entry", found.start("word"))
                if word != "msgid" and word != "msgctxt" and "msgid" not in draft.strings:
                    raise Unreadable(f"{word} without a msgid before it", found.start("word"))
                string = draft.strings.setdefault(name, [])
                draft.is_obsolete = draft.is_obsolete or found["old"] is not None
                draft.flags += ["plural"] if word == "msgid_plural" else []
            string.append(found.span("string"))
        start = end + 1
    if draft.strings:
        yield draft


def _comment(draft: _Draft, line: str) -> None:
    mark = line[1:2]
    if mark == ",":
        draft.flags += [flag.strip() for flag in line[2:].split(",")]
    elif mark == ":":
        draft.references += line[2:].split()
    elif mark in ("|", "~"):
        pass
    else:
        draft.comments.append(line[2:].strip() if mark == "." else line[1:].strip())


def _reason(line: str, string: object) -> str:
    if line.startswith(("msg", '"')) and line.count('"') - line.count('\\"') != 2:
        return 'a string that is not closed on its line, or a " within it: write \\" for that'
    return "expected a comment, a keyword (msgid, msgstr, …) with its string, or a string that goes on"


def _entries(file: File, draft: _Draft) -> Iterator[Entry]:
    strings = draft.strings
    source, source_spots = _text(file, strings["msgid"])
    context = _text(file, strings["msgctxt"])[0] if "msgctxt" in strings else None
    if not source and context is None:
        header = _text(file, strings["msgstr[0]"])[0] if "msgstr[0]" in strings else ""
        if found := re.search(r"^Language:[ \t]*(\S+)", header, re.MULTILINE):
            file.language = found[1]
        return
    key = source if context is None else f"{context}|{source}"
    shared: dict[str, Any] = {
        "references": tuple(draft.references),
        "contexts": () if context is None else (context,),
        "comments": tuple(draft.comments),
        "dialects": _dialects(file, draft.flags),
        "aliases": () if context is None else (source,),
    }
    state = "obsolete" if draft.is_obsolete else "fuzzy" if "fuzzy" in draft.flags else "translated"
    plural = strings.get("msgid_plural")
    plural_source = _text(file, plural) if plural else None
    translated = False
    for name, spans in strings.items():
        if not name.startswith("msgstr["):
            continue
        text, spots = _text(file, spans)
        if text:
            translated = True
            form = name[7:-1]
            # The first form is not always for exactly one thing, so it is compared with both.
            of_form = source if plural_source is None or form == "0" else plural_source[0]
            yield file.entry(
                key,
                text,
                spots,
                "gettext",
                source=of_form,
                state=state,
                plural=form if plural else None,
                **shared,
            )
    if not translated:
        state = "obsolete" if draft.is_obsolete else "untranslated"
        sources: list[tuple[str, Spots | int, str | None]] = [(source, source_spots, "0" if plural else None)]
        if plural_source is not None:
            sources.append((*plural_source, "1"))
        for said, spots, number in sources:
            if said:
                yield file.entry(key, said, spots, "", source=said, state=state, plural=number, **shared)


def _dialects(file: File, flags: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for flag in flags:
        match = _FLAG.fullmatch(flag)
        if match and not match[1]:
            found += _OF_FLAGS.get(match[2], ("percent",))
    # A flag means that a message is formatted so; other tools may fill it as well.
    return (*dict.fromkeys(found), *file.dialects) if found else file.dialects


def _text(file: File, spans: list[tuple[int, int]]) -> tuple[str, Spots | int]:
    text = file.text
    if len(spans) == 1 and "\\" not in (whole := text[spans[0][0] : spans[0][1]]):
        return whole, spans[0][0]
    mapping = Mapping()
    for start, end in spans:
        if text.find("\\", start, end) < 0:
            mapping.plain(text[start:end], start)
        else:
            decoded(mapping, text, start, end, _ESCAPE, _decode)
    return mapping.text, mapping.spots(file.source)


def _decode(found: re.Match[str]) -> str:
    octal, hexadecimal, letter = found.groups()
    if octal or hexadecimal:
        return chr(int(octal, 8) if octal else int(hexadecimal, 16))
    return _LETTERS.get(letter, letter)
