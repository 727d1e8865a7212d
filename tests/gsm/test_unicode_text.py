"""The only place that needs `regex`, which another engine can replace."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import sources

import septet
from septet.gsm import unicode_text
from septet.gsm.segmentation import clusters, grapheme_boundary
from septet.gsm.unicode_text import BLANK, PICTOGRAPHS, WORD, literal, search, search_all


def test_one_module_imports_the_package() -> None:
    importers = [
        path.name
        for path in sources.modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
        if (name or "").split(".")[0] == "regex"
    ]
    assert importers
    assert set(importers) == {"unicode_text.py"}


def test_words_and_blanks_are_those_of_the_package() -> None:
    regex = pytest.importorskip("regex")
    everything = "".join(map(chr, range(0x110000)))
    for ours, its in ((WORD, r"\w"), (BLANK, r"\s")):
        assert regex.findall(ours, everything) == regex.findall(its, everything)


def test_places_are_those_of_the_text() -> None:
    assert search("b+", "abbab") == (1, 3)
    assert search("b+", "abbab", 3) == (4, 5)
    assert search("b", "abbab", 3, 4) is None
    assert search("(?<=a)b", "abbab", 1) == (1, 2)  # the text before it counts
    assert list(search_all("b+", "abbab")) == [(1, 3), (4, 5)]
    assert search("B", "ab") is None
    assert search("B", "ab", any_case=True) == (1, 2)


@pytest.mark.parametrize("text", [r"a.b*c?(d)[e]{f}|g^h$i\j/k", "«é»: #&~-@ \n!", "STOP 36\u00a0034"])
def test_a_literal_finds_itself_alone(text: str) -> None:
    assert search(literal(text), f"x{text}y") == (1, 1 + len(text))
    assert search(literal(text), text[:-1]) is None


LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
PROPERTIES = {
    r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}": rf"\w{chr(0x300)}-{chr(0x36F)}\u200c\u200d",
    r"\p{White_Space}": r"\s",
    r"\p{Extended_Pictographic}\p{Regional_Indicator}": "\U0001f1e6-\U0001f1ff\u00a9\u00ae",
    r"[\p{Script=Latin}\p{M}\p{N}]": f"[{LATIN}0-9]",
    r"\p{Script=Latin}": f"[{LATIN}]",
    r"\p{L}": r"[^\W\d_]",
}


class StandIn:
    """An engine of the standard library, for Latin and Hebrew texts, marks, and some emoji.

    It has what a browser has: properties, under other names.
    """

    def cluster_ends(self, text: str) -> list[int]:
        return list(self._ends(text))

    def _ends(self, text: str) -> Iterator[int]:
        flags = 0
        for place, character in enumerate(text):
            behind = text[place + 1 : place + 2]
            flags = flags + 1 if "\U0001f1e6" <= character <= "\U0001f1ff" else 0
            joins = (
                (character, behind) == ("\r", "\n")
                or (character not in "\r\n" and self._extends(behind))
                or (character == "\u200d" and behind >= "\U0001f300")
                or (flags % 2 == 1 and "\U0001f1e6" <= behind <= "\U0001f1ff")
            )
            if not behind or not joins:
                yield place + 1

    def _extends(self, character: str) -> bool:
        return bool(character) and (
            unicodedata.category(character) in ("Mn", "Me")
            or character == "\u200d"
            or "\U0001f3fb" <= character <= "\U0001f3ff"
        )

    def compile(self, pattern: str, any_case: bool) -> unicode_text.Search:
        for ours, its in PROPERTIES.items():
            pattern = pattern.replace(ours, its)
        assert r"\p" not in pattern, pattern
        expression = re.compile(pattern, re.IGNORECASE if any_case else 0)

        def find(text: str, start: int, end: int) -> tuple[int, int] | None:
            match = expression.search(text, start, end)
            return None if match is None else match.span()

        return find


@pytest.fixture
def stand_in() -> Iterator[None]:
    before = unicode_text._engine
    unicode_text.use(StandIn())
    yield
    unicode_text.use(before)


TEXTS = [
    "Soldes jusqu’à dimanche ! STOP 36034",
    "Soldes stop\u00a036034",
    "Soldes NONSTOP 36034",
    "STOP 360345 et Stop SMS: 36063",
    "e\u0301te\u0301 " * 60,
    "👨\u200d👩\u200d👧 et 👍🏽 et 🇫🇷🇧🇪 " * 12,
    "a\r\nb" * 80,
    "https://ex.fr/a🎉Venez, https://ex.fr/bשלום et www.ex.fr/c",
    "שלום " * 20,
]


def found() -> list[object]:
    said: list[object] = []
    for text in TEXTS:
        said.append(list(clusters(text, 0, len(text))))
        said += [grapheme_boundary(text, place) for place in range(0, len(text), 7)]
        for profile, options in (
            ("smsmode", {"commercial": True}),
            ("encom", {"commercial": True}),
            ("twilio", {}),
            ("gsm", {"truncate": True, "max_segments": 1}),
        ):
            said.append(septet.plan(text, profile, **options).to_dict())  # type: ignore[arg-type]
        said.append([advice.to_dict() for advice in septet.advise(text, "gsm")])
    return said


def test_another_engine_gives_the_same(stand_in: None) -> None:
    with_another = found()
    unicode_text.use(unicode_text._Regex())
    assert with_another == found()
    assert PICTOGRAPHS


def test_with_another_engine_the_package_is_not_needed() -> None:
    script = f"""
import sys
sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(sources.ROOT / "tests" / "oracle")!r}]
from test_unicode_text import StandIn, found
from septet.gsm import unicode_text
for name in [name for name in sys.modules if name.split(".")[0] == "regex"]:
    del sys.modules[name]
sys.modules["regex"] = None
unicode_text.use(StandIn())
assert len(found()) > 100
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
