"""The preview: a plan for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.views.drawing.facts import beside
from septet.views.drawing.glyphs import glyphs, rows, written_out
from septet.views.drawing.screen import Line, Piece, Screen
from septet.views.drawing.sentences import between_numbers
from septet.wording.languages import ENGLISH
from septet.wording.messages import said
from septet.wording.speaking import language_spoken, spoken

from .bubbles import STYLES, add, bubble

if TYPE_CHECKING:
    from typing import Any

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

    Drawn = dict[str, Any]

#: A line of text is easy to read up to about this width, however wide the terminal is.
WIDEST = 100

#: The legend and the problems stop after so many lines; `Plan.to_dict` has them all.
MOST_LINES = 24

# A column of prose narrower than this is hard to read: the prose then begins below its label.
_NARROWEST_COLUMN = 24


def render(
    plan: Plan,
    profile: Profile,
    *,
    width: int,
    colour: bool,
    price: Decimal | int | str | float | None = None,
    encoding: str = "utf-8",
) -> str:
    """A plan as lines of text: what the phone shows, segment by segment, what was marked, and what it costs.

    `width` is in terminal cells; less than 20 counts as 20, and at most 100 are used.
    `encoding` is the codec of the output: what it does not hold is drawn or spelled in ASCII.
    Without `colour` no escape sequence is written. `price` is that of one billed segment, in
    any currency; raises ValueError if it is not a price.
    """
    screen = Screen(min(width, WIDEST), colour, encoding)
    drawing = plan.drawing(language_spoken())
    blocks = (
        _heading(profile, screen),
        _bubbles(drawing, screen),
        _legend(drawing, screen),
        labelled([*_facts(drawing), *beside(plan, price)], screen),
        _problems(drawing, screen),
    )
    written = ["\n".join(screen.line(line) for line in block) for block in blocks]
    return "\n\n".join(block for block in written if block) + "\n"


def _heading(profile: Profile, screen: Screen) -> Iterator[Line]:
    return paragraph([(profile.title, "bold")], screen)


def _bubbles(drawing: Drawn, screen: Screen) -> Iterator[Line]:
    segments = drawing["segments"]
    if not segments:
        yield from paragraph([(said("(the phone would show nothing)"), "dim")], screen)
    for segment in segments:
        yield from bubble(segment, len(segments), screen)


def _legend(drawing: Drawn, screen: Screen) -> Iterator[Line]:
    entries = drawing["legend"][:MOST_LINES]
    examples = [_examples(entry, screen) for entry in entries]
    column = min(max((_cells(shown, screen) for shown in examples), default=0), screen.width // 3)
    for entry, shown in zip(entries, examples, strict=True):
        sign = [(f"  {entry['sign'] or ' '}  ", STYLES[entry["mark"]])]
        label: Line = [*sign, (shown, "bold")]
        padding = column + 2 - _cells(shown, screen)
        indent = column + 7
        if screen.width - indent < _NARROWEST_COLUMN:
            indent, padding = 5, 0
        if padding < 2:
            yield from paragraph([(shown, "bold")], screen, sign, 5)
            label, padding = [], indent
        words = entry["text"] + _name_of(entry)
        yield from paragraph([(words, "")], screen, [*label, (" " * padding, "")], indent)
    yield from _unlisted(len(drawing["legend"]) - len(entries), screen)


def _examples(entry: Drawn, screen: Screen) -> str:
    """The characters of a line of the legend, and what they become."""
    arrow = f" {screen.symbols.arrow} "
    shown = [
        written_out(example["text"], screen)
        + (arrow + written_out(example["becomes"], screen) if example["becomes"] else "")
        for example in entry["examples"]
    ]
    apart = ", " if any(example["becomes"] for example in entry["examples"]) else " "
    return apart.join(shown) + (f" {screen.symbols.ellipsis}" if entry["others"] else "")


def _name_of(entry: Drawn) -> str:
    """The name of a character that is the only one of its line, in English; elsewhere its code point."""
    (_, *others), name = entry["examples"], entry["examples"][0]["name"]
    if others or name is None:
        return ""
    return f" ({name if language_spoken() == ENGLISH else name.partition(' ')[0]})"


def _facts(drawing: Drawn) -> Iterator[tuple[str, str]]:
    for fact in drawing["facts"]:
        yield fact["label"], fact["text"]


def labelled(pairs: Iterable[tuple[str, str]], screen: Screen) -> Iterator[Line]:
    """Labels and their contents, in two columns; on a narrow screen one after the other."""
    found = [(spoken(label), spoken(value)) for label, value in pairs]
    column = max(len(label) for label, _ in found) + 4
    is_narrow = screen.width - column < _NARROWEST_COLUMN // 2
    for label, value in found:
        if is_narrow:
            yield from paragraph([(f"{label}: ", "dim"), (value, "")], screen, [("  ", "")], 4)
            continue
        yield from paragraph([(value, "")], screen, [("  ", ""), (label.ljust(column - 2), "dim")], column)


def _problems(drawing: Drawn, screen: Screen) -> Iterator[Line]:
    symbols = screen.symbols
    found = drawing["sentences"]
    shown = found[:MOST_LINES]
    for sentence in shown:
        sign, style = {
            "error": (symbols.bad, "bold red"),
            "warning": ("!", "bold yellow"),
            "notice": ("i", "dim"),
        }[sentence["severity"]]
        lead = [(f"{sign.rjust(len(symbols.bad))} ", style)]
        text = [(sentence["text"], ""), (f" [{sentence['code']}]", "dim")]
        yield from paragraph(text, screen, lead, len(symbols.bad) + 1)
    yield from _unlisted(len(found) - len(shown), screen)
    if found:
        yield []
    is_bad = drawing["severity"] == "error"
    sign, style = (symbols.bad, "bold red") if is_bad else (symbols.good, "bold green")
    yield from paragraph([(f"{sign} {drawing['verdict']}", style)], screen)


def paragraph(
    pieces: list[Piece], screen: Screen, lead: list[Piece] | None = None, indent: int = 0
) -> Iterator[Line]:
    """Text broken at the screen's width; the first line begins with `lead`, the others with blanks."""
    words = [(between_numbers(spoken(piece), screen), style) for piece, style in pieces]
    text = "".join(piece for piece, _ in words).replace("\n", " ")
    styles = [style for piece, style in words for _ in piece]
    start = list(lead or [])
    for row in rows(glyphs(text, screen), max(screen.width - indent - 1, 8)):
        line = start
        for glyph in row:
            add(line, glyph.shown, styles[glyph.start])
        yield line
        start = [(" " * indent, "")]


def _cells(shown: str, screen: Screen) -> int:
    return sum(glyph.cells for glyph in glyphs(shown, screen))


def _unlisted(number: int, screen: Screen) -> Iterator[Line]:
    if number > 0:
        yield from paragraph([(unlisted(number), "dim")], screen, [("  ", "")], 2)


def unlisted(number: int) -> Words:
    """A line that says how many more there are."""
    return said("and %(number)s more; --json lists them all", number=number)
