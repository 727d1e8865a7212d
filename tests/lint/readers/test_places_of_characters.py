"""Every character of every message has its place: the line, the column and the octets that write it."""

from __future__ import annotations

import re

import message_files
import pytest

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Source
from septet.lint.readers.reading import read

#: How a character may be replaced: escapes, references, line ends, and signs that are doubled.
_WRITTEN = re.compile(r"\\|&[^;]+;|\s|''|\"\"|\{\{|\}\}|\{ \"|<x ")


def entries(path: str, octets: bytes) -> tuple[Entry, ...]:
    reading = read(path, octets)
    assert reading.broken is None
    return reading.entries


def text_of(octets: bytes) -> str:
    """A file's text as any editor has it, found without a look at what the readers do."""
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("iso-8859-1")


@pytest.mark.parametrize("files", [message_files.FILES, message_files.WITH_CRLF], ids=["lf", "crlf"])
def test_each_place_points_at_its_character(files: dict[str, bytes]) -> None:
    as_they_stand = otherwise = 0
    for path, octets in files.items():
        text = text_of(octets)
        lines = re.split(r"\r\n|\n|\r", text)
        for entry in entries(path, octets):
            last = -1
            for index, character in enumerate(entry.text):
                place = entry.spots.place(index)
                first, end = entry.spots.offsets(index)
                # Read back by line and column only, and by octets only.
                rest = "\n".join(lines[place.line - 1 :])[place.column - 1 :]
                start, stop = entry.spots.octets(index, index + 1)
                found = octets[start:stop].decode(entry.spots.source.encoding)
                assert found == text[first:end], (path, entry.key, index)
                assert first >= last, (path, entry.key, index)
                last = first
                if character in "\r\n" and found in "\r\n":
                    continue  # CR LF is two characters of the text, if nothing joins them
                if found == character:
                    as_they_stand += 1
                    assert rest.startswith(character), (path, entry.key, index)
                else:
                    otherwise += 1
                    assert _WRITTEN.match(found), (path, entry.key, index, found)
                    assert rest.startswith(found.replace("\r\n", "\n")), (path, entry.key, index)
    assert as_they_stand > 10 * otherwise > 500


def test_all_formats_are_among_the_files() -> None:
    formats = {read(path, octets).format for path, octets in message_files.FILES.items()}
    assert formats == {
        *("po", "yaml", "json", "arb", "android", "laravel", "strings", "xcstrings", "properties", "xliff"),
        *("fluent", "toml", "csv", "template", "python"),
    }


def test_line_ends_of_windows_change_no_text_and_no_place() -> None:
    for path, octets in message_files.WITH_CRLF.items():
        before, after = entries(path, message_files.FILES[path]), entries(path, octets)
        # PHP leaves line ends in its strings as they are.
        assert [(one.key, one.text.replace("\r", "")) for one in after] == [
            (one.key, one.text) for one in before
        ]
        for one, other in zip(before, after, strict=True):
            if one.text != other.text:
                assert path.endswith(".php")
                continue
            places = [one.spots.place(index) for index in range(len(one.text) + 1)]
            assert places == [other.spots.place(index) for index in range(len(one.text) + 1)], (path, one.key)


def test_a_place_is_found_inside_escapes_and_on_later_lines() -> None:
    (entry,) = entries("a.json", b'{"sms":\n  "A\\u2019\\ud83d\\ude00b"}')
    assert entry.text == "A’😀b"
    assert [tuple(entry.spots.place(index)) for index in range(4)] == [(2, 4), (2, 5), (2, 11), (2, 23)]
    assert entry.spots.octets(2, 3) == (18, 30)
    folded = entries("a.yml", "a: |-\n  Ünï\n  ’x\n".encode())[0]
    assert folded.text == "Ünï\n’x"
    assert tuple(folded.spots.place(4)) == (3, 3)
    assert folded.spots.octets(4, 5) == (16, 19)


def test_columns_count_characters_and_octets_are_those_of_the_file() -> None:
    # Beyond the steps in which octets are counted, with characters of all sizes and a byte order mark.
    pattern = "aé—😀" * 5000
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        octets = f'"k" = "{pattern}’";\n'.encode(encoding)
        (entry,) = entries("a.strings", octets)
        assert entry.text == pattern + "’"
        for index in (0, 3, 4095, 4096, 8191, 8192, len(pattern)):
            start, end = entry.spots.octets(index, index + 1)
            name = "utf-16-le" if encoding == "utf-16" else "utf-8"
            assert octets[start:end].decode(name) == entry.text[index]
            assert tuple(entry.spots.place(index)) == (1, 8 + index)


def test_an_empty_text_stands_where_it_would_begin() -> None:
    for path, octets, place in (
        ("a.json", b'{"a":\n ""}', (2, 3)),
        ("a.yml", b'a:\n  b: ""\n', (2, 7)),
        ("a.properties", b"\na=\n", (2, 3)),
        ("strings.xml", b"<resources>\n<string name='a'></string></resources>", (2, 18)),
        ("a.ftl", b'\na = { "" }\n', (2, 5)),
    ):
        (entry,) = entries(path, octets)
        assert (entry.text, entry.state, tuple(entry.place)) == ("", "untranslated", place), path


def test_a_message_of_several_pieces_knows_each() -> None:
    source = Source(b"xabyc&amp;z")
    mapping = Mapping()
    mapping.plain("ab", 1)
    mapping.plain("c", 4)
    mapping.written("&", 5, 10)
    spots = mapping.spots(source)
    assert mapping.text == "abc&"
    assert [spots.offsets(index) for index in range(4)] == [(1, 2), (2, 3), (4, 5), (5, 10)]
    assert spots.is_unbroken(0, 2)
    assert not spots.is_unbroken(1, 3)
    assert spots.is_unbroken(2, 4)
    assert not spots.shares(2, 4)


def test_anchors_and_tags_are_no_part_of_a_scalar() -> None:
    lines = [
        *('a: &x "un’"', "b: *x", "c: !!str 12’", "d: &y1 !!str |", "  bloc’", "  fin", "e: &z", '  "deux’"'),
        *("f: !!str &w mot ’", "g: &q 'l''’'", 'h: [ &r un’, !!str "é’" ]', 'i: "& x’"'),
        *("j: &s # une note’", "  >-", "  plié’", ""),
    ]
    for ending in ("\n", "\r\n"):
        found = entries("a.yml", ending.join(lines).encode())
        assert len(found) == 10
        for entry in found:
            line, column = entry.spots.place(entry.text.index("’"))
            assert lines[line - 1][column - 1] == "’", entry.key
            assert entry.quoting, entry.key
