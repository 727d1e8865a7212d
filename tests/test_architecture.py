"""docs/architecture.md draws the house as it is, and says what of it is public."""

from __future__ import annotations

import re

import sources
from test_layers import FLOORS

import septet

PAGE = (sources.ROOT / "docs" / "architecture.md").read_text("utf-8")
PUBLIC = {"septet", *re.findall(r"`(septet\.\w+)`", PAGE.partition("\n## What is public\n")[2])}

#: What Python code in the documentation may stand in: pages, and the modules that they show.
PAGES = [sources.ROOT / "README.md", *sorted((sources.ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted(set((sources.ROOT / "docs").rglob("*.py")) - {sources.ROOT / "docs" / "conf.py"})


def test_the_page_draws_the_floors_as_they_are() -> None:
    drawn = {
        int(number): {name.removesuffix("/").removesuffix(".py") for name in rooms.partition("(")[0].split()}
        for number, rooms in re.findall(r"^floor (\d+) +(.*)$", PAGE, re.MULTILINE)
    }
    assert drawn == dict(enumerate(FLOORS, start=1))


def test_the_page_has_a_paragraph_for_each_room() -> None:
    rooms = {path.parent.name for path in sources.PACKAGE.glob("*/__init__.py")}
    assert set(re.findall(r"^\*\*`(\w+)/`\*\*", PAGE, re.MULTILINE)) == rooms


def test_the_files_that_the_page_names_are_there() -> None:
    walks = PAGE.partition("\n## A text")[2].partition("\n## What is public\n")[0]
    named = [name for name in re.findall(r"`((?:[a-z]+/)+[a-z_]*)(?:\.\w+)?`", walks) if "locale" not in name]
    named = [name for name in named if not name.startswith(("tables/", "tests/", "docs/"))]
    assert len(named) > 20
    campaign = ("rows", "prices", "outputs")
    for name in named:
        place = sources.PACKAGE / ("campaign" if name.startswith(campaign) else "") / name
        assert place.is_dir() or place.with_suffix(".py").is_file(), name


def test_the_documentation_uses_public_names_only() -> None:
    code = "\n".join(
        text if path.suffix == ".py" else "\n".join(re.findall(r"^```python\n(.*?)^```", text, re.M | re.S))
        for path in [*PAGES, *EXAMPLES]
        for text in [path.read_text("utf-8")]
    )
    modules = set(re.findall(r"(?:from|import) (septet[\w.]*)", code))
    assert {"septet", "septet.campaign", "septet.django"} <= modules <= PUBLIC
    attributes = set(re.findall(r"\bseptet\.([a-zA-Z]\w+)", code))
    assert len(attributes) > 20
    assert attributes <= {*septet.__all__, *(name.removeprefix("septet.") for name in PUBLIC)}
    imported = {
        name.partition(" as ")[0].strip()
        for names in re.findall(r"from septet import \(?([^\n)]+)", code)
        for name in names.split(",")
    }
    assert imported
    assert imported <= {*septet.__all__, *(name.removeprefix("septet.") for name in PUBLIC)}
