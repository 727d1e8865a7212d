"""The examples of the documentation are files that the tests run; the pages show them word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources import ROOT

DOCUMENTATION = ROOT / "docs"
EXAMPLES = [path for path in sorted(DOCUMENTATION.glob("examples/**/*.py")) if path.stat().st_size]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_stands_in_a_page_as_it_is(example: Path) -> None:
    shown = (
        f"`{example.relative_to(DOCUMENTATION).as_posix()}`:\n\n```python\n{example.read_text('utf-8')}```\n"
    )
    assert any(shown in page.read_text("utf-8") for page in DOCUMENTATION.glob("*.md")), example


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6
