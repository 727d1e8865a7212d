"""Fixing: signs are replaced where that saves a segment, and not an octet else is touched."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import polib
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from linted_files import HEADER, catalogue, report

from septet.lint.configs import config_of
from septet.lint.fixing import fixes

LONG = "x" * 80
NBSP = "\u00a0"


def fixed(path: Path, *, everywhere: bool = False, **config: object) -> bytes:
    """The content of a file once it is fixed."""
    for fix in fixes([path], config_of(config), everywhere=everywhere):
        fix.write()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        (f"l’eau {LONG}", f"l'eau {LONG}"),
        (f"un “mot” — deux… {LONG}", None),  # in a catalogue, " is escaped: see below
        (f"Prix{NBSP}: 5 € {LONG}", f"Prix : 5 € {LONG}"),
        (f"mot\u200b{LONG}\u00ad", f"mot{LONG}"),
        (f"e\u0301te {LONG}", f"éte {LONG}"),
        (f"\u200b\u200b{LONG}’", f"\u200b\u200b{LONG}’"),  # still UCS-2: the signs have an effect
        (f"https://ex.fr/a–b {LONG}", f"https://ex.fr/a–b {LONG}"),  # a link stays as it is
        ("l’eau", "l’eau"),  # saves nothing
        (f"l’été ê {LONG}", f"l’été ê {LONG}"),  # nor does this
        (f"می\u200cخواهم {LONG}", f"می\u200cخواهم {LONG}"),
        (f"{{{{ l|default('’') }}}} {LONG} …", f"{{{{ l|default('’') }}}} {LONG} ..."),
    ],
)
def test_signs_are_written_otherwise_where_that_saves_a_segment(
    text: str, becomes: str | None, tmp_path: Path
) -> None:
    path = catalogue(tmp_path / "fr.po", ("key", text))
    expected = path.read_bytes()
    if becomes is None:
        becomes = text.replace("“", '\\"').replace("”", '\\"').replace("—", "-").replace("…", "...")
    assert fixed(path) == expected.replace(text.encode(), becomes.encode())
    again = path.read_bytes()
    assert fixed(path) == again


def test_everywhere_whatever_it_saves(tmp_path: Path) -> None:
    path = catalogue(tmp_path / "fr.po", ("key", "l’été ê…"), ("left", "l’eau", "# septet: ignore"))
    before = path.read_text("utf-8")
    assert fixed(path, everywhere=True).decode() == before.replace("l’été ê…", "l'été ê...")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_other_octet_stays(ends: str, tmp_path: Path) -> None:
    path = tmp_path / "fr.yml"
    lines = [
        "# l’en-tête   ",
        "fr:",
        f"    b:  'l’eau d''été {LONG}'   # l’eau",
        '    a: "l\\u2019air {0}\\x41et…"'.replace("{0}", LONG),
        "    kept: l’eau",
        "    list: [ ‘un’ ]",
        "",
    ]
    before = ends.join(lines)
    path.write_bytes(b"\xef\xbb\xbf" + before.encode())
    after = before.replace(f"'l’eau d''été {LONG}'", f"'l''eau d''été {LONG}'")
    after = after.replace('"l\\u2019air', "\"l'air").replace("et…", "et...")
    assert fixed(path).decode("utf-8-sig") == after


def test_an_apostrophe_of_message_format_is_doubled(tmp_path: Path) -> None:
    path = tmp_path / "messages+intl-icu.fr.yaml"
    path.write_text(f"otp: Voici l’accès {{code}} {LONG}\n", "utf-8")
    assert "l''accès {code}" in fixed(path, bounds={"code": 6}).decode()


@pytest.mark.parametrize(
    ("settings", "written"),
    [("", "l'accès"), ("use-escaping: false\n", "l'accès"), ("a: b\nuse-escaping: true # yes\n", "l''accès")],
)
def test_an_apostrophe_of_flutter_is_doubled_where_it_is_told_so(
    settings: str, written: str, tmp_path: Path
) -> None:
    path = tmp_path / "lib" / "l10n" / "app_fr.arb"
    path.parent.mkdir(parents=True)
    if settings:
        (tmp_path / "l10n.yaml").write_text(settings, "utf-8")
    path.write_text(f'{{"@@locale": "fr", "otp": "Voici l’accès {{code}} {LONG}"}}', "utf-8")
    assert f"{written} {{code}}" in fixed(path, bounds={"code": 6}).decode()
    # An apostrophe that quotes takes its placeholder; any other is sent unchanged.
    path.write_text('{"otp": "L\'{name} est là"}', "utf-8")
    rules = {one.rule for one in report(path, bounds={"name": 6}).findings}
    assert rules == ({"lone-apostrophe"} if written == "l''accès" else set())


def test_a_file_that_is_broken_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "fr.po"
    path.write_text(f'msgid "a"\nmsgstr "l’eau {LONG}"\nmsgid "b\n', "utf-8")
    before = path.read_bytes()
    assert fixed(path) == before


def test_the_diff_is_what_is_written(tmp_path: Path) -> None:
    path = catalogue(tmp_path / "fr.po", ("key", f"l’eau {LONG}"))
    (fix,) = fixes([path], config_of({}))
    lines = fix.diff().splitlines()
    assert f'-msgstr "l’eau {LONG}"' in lines
    assert f'+msgstr "l\'eau {LONG}"' in lines
    assert sum(line.startswith(("+", "-")) for line in lines) == 4
    assert "’" in path.read_text("utf-8")


WORDS = st.sampled_from(
    [
        "l’eau ",
        "“mot” ",
        "été ",
        "ê ",
        NBSP,
        "\u200b",
        "e\u0301",
        "… ",
        "— ",
        "x" * 60,
        "%(n)s ",
        "\\n",
        '\\"',
        "🎉",
    ]
)


@given(
    texts=st.lists(st.lists(WORDS, max_size=6).map("".join), min_size=1, max_size=4), everywhere=st.booleans()
)
@examples(40)
def test_it_is_idempotent_and_leaves_all_other_octets(
    texts: list[str], everywhere: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("fixing") / "fr.po"
    body = "".join(f'# l’en-tête {n}\nmsgid "{n}"\nmsgstr "{text}"\n\n' for n, text in enumerate(texts))
    path.write_text(HEADER + body, "utf-8")
    before = path.read_bytes().splitlines()
    after = fixed(path, everywhere=everywhere).splitlines()
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert old == new or old.startswith(b"msgstr")
    assert fixed(path, everywhere=everywhere).splitlines() == after


def test_strings_of_an_expression_are_looked_at_and_stay_strings(tmp_path: Path) -> None:
    said = r"{{ object.name and 'C\\'est l’été, ' + object.name + '…' or \"L’hiver à 5 €\" }}"
    path = catalogue(tmp_path / "fr.po", ("key", said))
    found = {finding.rule: finding for finding in report(path, bounds={"*": "1..20"}).findings}
    line = path.read_text("utf-8").splitlines()[found["expensive-character"].line - 1]
    for rule in ("unicode", "expensive-character"):
        assert line[found[rule].column - 1 :].startswith("’été")
    mended = fixed(path, everywhere=True)
    expression = polib.pofile(str(path))[-1].msgstr[2:-2].strip()
    for name, expected in (("Al", "C'est l'été, Al..."), ("", "L'hiver à 5 €")):
        assert eval(expression, {"object": SimpleNamespace(name=name)}) == expected
    assert fixed(path, everywhere=True) == mended
