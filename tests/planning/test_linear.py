"""Twice the text is twice the work at most: measured in lines run and characters read, not by a clock."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import regex

import septet
from septet import _kernel
from septet._kernel import python as twin
from septet.gsm import segmentation

pytestmark = pytest.mark.long

CHARACTERS = 2_000

TEXTS = {
    "plain": "a",
    "double": "€",
    "line breaks": "\r\n",
    "astral": "😀",
    "one cluster": "\u0301",
    "flags": "🇫🇷",
    "families": "👨‍👩‍👧",
    "conjuncts": "क्षि",
    "deleted": "^",
    "expanded": "œ",
    "unknown": "ж",
    "surrogates": "\ud800",
    "half a mention": "STOP   ",
    "tags": ":br:",
    "changed values": "5~10 € ",
    "glued links": "https://ex.fr/a🎉b ",
    "markup": "&amp; ",
    "padded values": "Ann  , ",
    "placeholders": "[STOP_CODE]",
    "quotes": "’“",
    "mixed": "aé€ç^’😀\n",
}

SEEDS = ("gsm", "encom", "smspartner", "smsmode", "envoyersmspro")
# Other profiles that weigh a text in another way, not only by other tables and figures.
UNLIKE = (*SEEDS, "twilio", "sinch", "brevo")

PLANNERS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in UNLIKE),
    *((name, {"commercial": True}) for name in SEEDS),
    ("octopush", {"truncate": True}),
    ("gsm", {"truncate": "words", "truncate_mark": "...", "max_segments": 3}),
    ("gsm", {"truncate": True, "max_segments": 5, "commercial": True, "optout_text": "STOP 36000"}),
    ("smspartner", {"truncate": True, "max_segments": 5, "encoding": "auto"}),
    ("smsmode", {"optout": "if-free", "encoding": "ucs2"}),
    ("whole clusters", {"truncate": True, "max_segments": 5}),
    ("whole clusters", {}),
]

WHOLE_CLUSTERS = """
extends = "gsm"
[segments]
reference = "8-bit"
grapheme_clusters = "whole"
source = "only this test"
"""


class Work:
    """Counts lines run in septet, characters given to the kernel, and characters given to regex."""

    def __init__(self) -> None:
        self.done = 0

    def trace(self, frame: FrameType, event: str, argument: object) -> Any:
        if "septet" not in frame.f_code.co_filename:
            return None
        self.done += event == "line"
        return self.trace


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work = Work()

    class Weights(twin.Weights):
        def codes(self, text: str) -> bytes:
            work.done += len(text)
            return super().codes(text)

    class Pattern:
        def __init__(self, pattern: regex.Pattern[str]) -> None:
            self.pattern = pattern

        def finditer(self, window: str) -> Iterator[regex.Match[str]]:
            work.done += len(window)
            # A flag is found by counting back, so a long window would be quadratic in itself.
            assert len(window) <= segmentation._WINDOW or len(list(self.pattern.finditer(window))) <= 2
            return self.pattern.finditer(window)

        def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
            end = len(text) if end is None else end
            work.done += end - start
            return self.pattern.search(text, start, end)

    compiled = regex.compile
    monkeypatch.setattr(regex, "compile", lambda *arguments: Pattern(compiled(*arguments)))
    monkeypatch.setattr(_kernel, "Weights", Weights)
    monkeypatch.setattr(_kernel, "Candidate", twin.Candidate)
    monkeypatch.setattr(_kernel, "Meter", twin.Meter)
    previous = sys.gettrace()
    yield work
    sys.settrace(previous)


@pytest.mark.parametrize("text", TEXTS)
def test_work_grows_with_the_text_and_not_faster(text: str, work: Work, tmp_path: Path) -> None:
    path = tmp_path / "whole.toml"
    path.write_text(WHOLE_CLUSTERS, encoding="utf-8")
    for name, options in PLANNERS:
        planner = septet.Planner(path if name == "whole clusters" else name, **options)

        def units_of_work(characters: int, planner: septet.Planner = planner) -> int:
            written = "a" + TEXTS[text] * (characters // len(TEXTS[text]))
            work.done = 0
            sys.settrace(work.trace)
            planner.count(written)
            planner.plan(written).to_dict()
            sys.settrace(None)
            return work.done

        once = units_of_work(CHARACTERS)
        assert units_of_work(2 * CHARACTERS) <= 2.2 * once + 1000, (name, options)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((name, "mixed") for name in UNLIKE),
        ("brevo", "placeholders"),
        *(("smspartner", text) for text in TEXTS),
    ],
)
def test_a_million_characters_have_an_answer(name: str, text: str) -> None:
    written = TEXTS[text] * (1_000_000 // len(TEXTS[text]))
    planner = septet.Planner(name, commercial=True)
    plan = planner.plan(written)
    assert plan.billed_segments == planner.count(written)
    assert "".join(segment.text for segment in plan.segments) == plan.text
