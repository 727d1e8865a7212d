"""A broken file, or one made to stop its reader, gives one clear line; nothing is guessed."""

from __future__ import annotations

import pytest

from septet.lint.readers.reading import read

BROKEN = [
    ("a.po", 'msgid "a\nmsgstr "b"\n', 1, "not closed"),
    ("a.po", 'msgid "a"\nmsgstr "b"\nnonsense\n', 3, "expected a comment, a keyword"),
    ("a.po", '\n"a"\n', 2, "belongs to no keyword"),
    ("a.po", 'msgstr "b"\n', 1, "without a msgid"),
    ("a.po", 'msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "twice"),
    ("a.po", 'msgid ""\nmsgstr "charset=klingon\\n"\n', 1, "unknown encoding: klingon"),
    ("a.yml", "a: [b\n", 2, "not valid YAML"),
    ("a.yml", "a: b\n  c: d\n", 2, "mapping values are not allowed here"),
    ("a.yml", "a: *nobody\n", 1, "undefined alias"),
    ("a.yml", "a: \x00\n", None, "not valid YAML"),
    ("a.json", '{"a":\n "b",}', 2, "not valid JSON"),
    ("a.json", '"text"', 1, "found a single value"),
    ("a.arb", "[", 1, "not valid JSON"),
    ("a.xcstrings", "{}", 1, 'expected an object with "strings"'),
    ("strings.xml", "<resources>\n<string name='a'>&</string></resources>", 2, "not valid XML"),
    ("strings.xml", "<resources><string name='a'>&nobody;</string></resources>", 1, "not valid XML"),
    ("a.xlf", "<resources/>", 1, "expected <xliff>"),
    ("a.php", "<?php\nreturn [\n'a' => 'b',\n'c' => 'd;\n", 4, "not valid PHP"),
    ("a.strings", '"a" = "b"\n"c" = "d";', 2, "expected ; behind a text"),
    ("a.strings", '"a" = ;', 1, "a text in quotation marks"),
    ("a.strings", '"a" = "b', 1, "every string is closed"),
    ("a.properties", "a=b\nc=\\u00g1", 2, "four hexadecimal digits"),
    ("a.ftl", "a = b\nc\n", 2, "no Fluent"),
    ("a.toml", "a = 1\na = 2\n", 2, "not valid TOML"),
    ("a.csv", 'key,text\na,b\nc,"d\n', 3, "never closed"),
    ("a.csv", "one,two\na,b\n", 1, "no column of keys and texts"),
    ("a.py", "x = (  # septet: sms\n", 1, "not valid Python"),
    ("a.json", b'{"a": "\xe9"}', 1, "byte 0xE9 is not utf-8"),
    ("a.yml", b"a: b\nc: \xff\n", 2, "byte 0xFF is not utf-8"),
]


def test_a_broken_file_is_one_line_with_its_place() -> None:
    for path, text, line, reason in BROKEN:
        octets = text if isinstance(text, bytes) else text.encode()
        reading = read(path, octets)
        assert reading.entries == (), (path, text)
        assert reading.broken is not None, (path, text)
        said = str(reading.broken)
        assert reason in said, said
        assert reading.broken.line == line, said
        assert said.startswith(path if line is None else f"{path}, line {line}: ")
        assert said.isprintable()  # one line, for any content of the file


N = 10_000
LAUGHS = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40))
HOSTILE = [
    ("strings.xml", f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><resources><a>&l39;</a></resources>'),
    ("strings.xml", '<!DOCTYPE r [<!ENTITY f SYSTEM "/etc/passwd">]><resources><a>&f;</a></resources>'),
    (
        "strings.xml",
        f'<!DOCTYPE r [<!ENTITY l "{"ha" * 9999}">]>'
        f'<resources><string name="a">{"&l;" * 9999}</string></resources>',
    ),
    ("a.yml", "k0: &k0 [x, x]\n" + "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]\n" for n in range(1, 60))),
    ("a.yml", "[" * N),
    ("a.yml", "- " * N),
    ("a.yml", "a: " + "x" * (5 << 20)),
    ("a.json", "[" * N),
    ("a.json", '{"a":' * N),
    ("a.json", '{"a": "' + "x" * (5 << 20) + '"}'),
    ("a.po", 'msgid "' + "x" * (5 << 20)),
    ("a.toml", "a = " + "[" * N),
    ("a.ftl", "a = " + "{" * N),
    ("a.php", "<?php return " + "[" * N),
    ("a.xlf", "<xliff>" + "<group>" * N),
    ("a.py", "# septet: sms\nx = " + "(" * 1000),
    ("a.txt", "x\n" * (33 << 20)),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_what_was_made_to_stop_a_reader_is_refused(number: int) -> None:
    path, text = HOSTILE[number]
    reading = read(path, text.encode())
    assert reading.entries == ()
    assert reading.broken is not None
    assert str(reading.broken).isprintable()
    assert len(str(reading.broken)) < 200


def test_a_yaml_file_that_holds_itself_is_read_once() -> None:
    reading = read("a.yml", b"a: &a\n  b: text\n  c: *a\n")
    assert [(entry.key, entry.other_keys) for entry in reading.entries] == [("a.b", ())]


def test_long_texts_take_their_time_and_no_more() -> None:
    # As effort, not as time: what takes the square of these lengths takes minutes.
    for path, text in (
        ("a.json", '{"a": "' + "\\u00e9" * N + '"}'),
        ("a.po", 'msgid "a"\nmsgstr ""\n' + '"é\\n"\n' * N),
        ("a.properties", "a=" + "\\\n" * N),
        ("a.toml", 'a = """' + "é\\\n" * N + '"""'),
        ("a.strings", '"a" = "' + '\\"' * N + '";'),
        ("strings.xml", "<resources><string name='a'>" + "&lt;é " * N + "</string></resources>"),
        ("a.php", "<?php return ['a' => '" + "é\\'" * N + "'];"),
        ("a.csv", 'key,text\na,"' + '""' * N + '"\n'),
    ):
        (entry,) = read(path, text.encode()).entries
        assert entry.spots.place(len(entry.text) - 1).line >= 1
        assert path == "a.properties" or len(entry.text) >= N
