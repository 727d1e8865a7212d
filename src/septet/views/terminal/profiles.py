"""The sheet of a profile: its rules for a person at a terminal, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Line, Screen
from septet.wording.messages import said

from .preview import paragraph

if TYPE_CHECKING:
    from septet.vendors.profiles import Profile
    from septet.vendors.words.rules import Rule

# Sources and reasons are long lines of prose.
_WIDEST = 100


def catalogue(
    groups: Mapping[str, Mapping[str, str]],
    youngest: Mapping[str, str],
    *,
    width: int,
    colour: bool,
    encoding: str = "utf-8",
) -> str:
    """The profiles under the headings of their groups, one a line: name, title, age of its sources."""
    screen = Screen(min(width, _WIDEST), colour, encoding)
    column = max((len(name) for titles in groups.values() for name in titles), default=0) + 2
    lines: list[Line] = []
    for heading, titles in groups.items():
        lines.extend([*([[]] if lines else []), [(visible(heading, screen), "bold cyan")]])
        for name, title in titles.items():
            lead = [(name, "bold"), (" " * (column - len(name)), "")]
            month = youngest.get(name)
            age = [(f" ({month})", "dim")] if month else []
            lines.extend(paragraph([(title, ""), *age], screen, lead, column))
    return "".join(screen.line(line) + "\n" for line in lines)


def sheet(profile: Profile, *, width: int, colour: bool, encoding: str = "utf-8") -> str:
    """The rules of one profile, each with its source and, if it is assumed, why."""
    screen = Screen(min(width, _WIDEST), colour, encoding)
    lines = [
        *paragraph([(profile.name, "bold"), (f": {profile.title}", "")], screen),
        *paragraph([(profile.document, "dim")], screen),
    ]
    for rule in profile.rules:
        lines.append([])
        lines.extend(_rule(rule, screen))
    return "".join(screen.line(line) + "\n" for line in lines)


def _rule(rule: Rule, screen: Screen) -> Iterator[Line]:
    yield [(visible(rule.key, screen), "bold cyan")]
    yield from paragraph([(rule.text, "")], screen, [("  ", "")], 2)
    if rule.assumed:
        yield from paragraph([(said("assumed: %(why)s", why=rule.why), "yellow")], screen, [("  ", "")], 2)
    yield from paragraph([(said("source: %(source)s", source=rule.source), "dim")], screen, [("  ", "")], 2)
