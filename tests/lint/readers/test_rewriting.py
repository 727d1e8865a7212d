"""The replacement of a character is read again as intended, and every other octet stays."""

from __future__ import annotations

import random
from collections.abc import Iterator

import message_files
import pytest

from septet.lint.entries import Edit, Entry
from septet.lint.readers.reading import read

#: The results of foldings, and all characters that some format uses as its own signs.
NEW = (
    "'",
    '"',
    " ",
    "...",
    "é",
    "-",
    "",
    "<<",
    "&",
    "\\",
    "#",
    ": ",
    "{",
    "%",
    "$x",
    "|",
    "\n",
    ">",
    "'' ",
    "@a",
    "]]>",
)


def applied(octets: bytes, edits: list[Edit]) -> bytes:
    for edit in sorted(edits, reverse=True):
        octets = octets[: edit.start] + edit.octets + octets[edit.end :]
    return octets


def _rounds(entry: Entry, generator: random.Random) -> Iterator[tuple[int, int, str]]:
    """For each replacement a span: of the first character, of the last, of one that is escaped, of any."""
    size = len(entry.text)
    special = [i for i, c in enumerate(entry.text) if not c.isalnum()] or [0]
    for number, new in enumerate(NEW):
        start = (0, size - 1, generator.choice(special), generator.randrange(size))[(number + size) % 4]
        yield start, min(start + generator.choice((1, 1, 2)), size), new


@pytest.mark.parametrize("files", [message_files.FILES, message_files.WITH_CRLF], ids=["lf", "crlf"])
def test_what_is_rewritten_is_read_again(files: dict[str, bytes]) -> None:
    generator = random.Random(23)
    made: dict[str, int] = {}
    for path, octets in files.items():
        before = read(path, octets).entries
        rounds = [list(_rounds(entry, generator)) if entry.text else [] for entry in before]
        # Line ends of Windows change nothing in most of them: a few tell.
        for number in range(0, len(NEW), 1 if files is message_files.FILES else 4):
            expected, edits = [], []
            for entry, spans in zip(before, rounds, strict=True):
                start, end, new = spans[number] if spans else (0, 0, "")
                edit = entry.rewritten(start, end, new)
                # Variants of one pattern share the text around their choice: one of them is enough.
                if edit is None or any(edit.start < other.end and other.start < edit.end for other in edits):
                    expected.append(entry.text)
                    continue
                edits.append(edit)
                made[entry.format] = made.get(entry.format, 0) + 1
                assert octets[edit.start : edit.end] != b""
                if ("icu" in entry.dialects and "flutter" not in entry.dialects) or (
                    "java" in entry.dialects and "{" in entry.text
                ):
                    new = new.replace("'", "''")
                expected.append(entry.text[:start] + new + entry.text[end:])
            after = read(path, applied(octets, edits))
            assert after.broken is None, (path, number, after.broken)
            if path.endswith(".ftl"):
                continue  # see below
            assert [entry.text for entry in after.entries] == expected, (path, NEW[number])
            if not path.endswith((".po", ".j2")):
                assert [entry.key for entry in after.entries] == [entry.key for entry in before]
    assert made.keys() >= {read(path, octets).format for path, octets in files.items()}
    assert all(count > 3 for count in made.values()), made


def test_fluent_is_rewritten_one_message_at_a_time() -> None:
    octets = message_files.FILES["l10n/fr/sms.ftl"]
    before = read("sms.ftl", octets).entries
    done = 0
    for position, entry in enumerate(before):
        for index in range(position % 2, len(entry.text), 2):
            for new in ("'", " ", "-", "", "[a"):
                edit = entry.rewritten(index, index + 1, new)
                if edit is None:
                    continue
                done += 1
                after = read("sms.ftl", applied(octets, [edit])).entries
                assert after[position].text == entry.text[:index] + new + entry.text[index + 1 :], (
                    index,
                    new,
                )
    assert done > 100


def test_the_apostrophe_of_each_format() -> None:
    for path, before, after in (
        ("a.json", '{"a": "l’eau"}', '{"a": "l\'eau"}'),
        ("a.json", r'{"a": "l\u2019eau"}', '{"a": "l\'eau"}'),
        ("a.arb", '{"a": "l’eau {n}"}', '{"a": "l\'eau {n}"}'),
        ("a+intl-icu.yml", "a: l’eau {n}", "a: l''eau {n}"),
        ("a.po", 'msgid "a"\nmsgstr "l’eau"\n', 'msgid "a"\nmsgstr "l\'eau"\n'),
        ("a.yml", "a: l’eau # l’eau\n", "a: l'eau # l’eau\n"),
        ("a.yml", "a: 'l’eau'\n", "a: 'l''eau'\n"),
        ("a.yml", "a: >\n  l’eau\n", "a: >\n  l'eau\n"),
        ("a.php", "<?php return ['a' => 'l’eau'];", r"<?php return ['a' => 'l\'eau'];"),
        ("a.php", '<?php return ["a" => "l’eau"];', '<?php return ["a" => "l\'eau"];'),
        ("a.php", "<?php return ['a' => 'l’' . $x . 'eau'];", r"<?php return ['a' => 'l\'' . $x . 'eau'];"),
        ("a.properties", "a=l’eau {0}", "a=l''eau {0}"),
        ("a.properties", "a=l’eau", "a=l'eau"),
        ("a.toml", 'a = "l’eau"', 'a = "l\'eau"'),
        ("a.strings", '"a" = "l’eau";', '"a" = "l\'eau";'),
        ("a.csv", "key,text\na,l’eau\n", "key,text\na,l'eau\n"),
        ("strings.xml", "<resources><string name='a'>l’eau</string></resources>",
         r"<resources><string name='a'>l\'eau</string></resources>"),
        ("a.txt", "l’eau", "l'eau"),
        ("a.py", "A = 'l’eau'  # septet: sms\n", "A = 'l\\'eau'  # septet: sms\n"),
    ):  # fmt: skip
        (entry,) = read(path, before.encode()).entries
        edit = entry.rewritten(1, 2, "'")
        assert edit is not None, before
        assert applied(before.encode(), [edit]).decode() == after


def test_what_is_not_safe_is_not_rewritten() -> None:
    for path, text, start, end, new in (
        ("a.toml", "a = 'l’eau'", 1, 2, "'"),  # a literal has no escape
        ("a.yml", "a: l’eau\n", 1, 2, ": "),
        ("a.yml", "a: ’eau\n", 0, 1, "'"),
        ("a.yml", "a: x 12\n", 0, 2, ""),  # a number
        ("a.csv", "key,text\na,l’eau\n", 1, 2, ","),
        ("a.json", '{"a": "1 of %s"}', 5, 6, ""),  # half a placeholder
        ("a.json", '{"a": "rate: x"}', 6, 6, "x"),  # nothing is replaced
        ("a.po", 'msgid "l’eau"\nmsgstr ""\n', 1, 2, "'"),  # a source text
        ("a.po", 'msgid "a"\nmsgstr ""\n"a"\n"b"\n', 0, 2, "x"),  # two lines
        ("a.php", "<?php return ['a' => 'x' . \"y’\"];", 1, 2, "'"),
        ("a.php", '<?php return ["a" => "x $name"];', 2, 4, "y"),  # the program's own
        ("a.properties", "latin=Grüße", 0, 1, "\ud800"),
    ):
        (entry,) = read(path, text.encode()).entries
        assert entry.rewritten(start, end, new) is None, text


def test_an_encoding_keeps_what_it_has_and_refuses_what_it_has_not() -> None:
    octets = "a=Grüße\n".encode("iso-8859-1")
    (entry,) = read("a.properties", octets).entries
    edit = entry.rewritten(2, 3, "ä")
    assert edit is not None
    assert applied(octets, [edit]) == "a=Gräße\n".encode("iso-8859-1")
    assert entry.rewritten(2, 3, "’") is None
    wide = '"a" = "l’eau";\n'.encode("utf-16")
    (entry,) = read("a.strings", wide).entries
    edit = entry.rewritten(1, 2, "'")
    assert edit is not None
    assert applied(wide, [edit]) == '"a" = "l\'eau";\n'.encode("utf-16")
