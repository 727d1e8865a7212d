"""The preview: a plan as a person at a terminal reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.views.drawing.facts import alike, facts, sentence, verdict
from septet.views.drawing.glyphs import Glyph, glyphs, rows
from septet.views.drawing.marks import Marks
from septet.views.drawing.screen import Piece, Screen
from septet.wording.messages import said
from septet.wording.speaking import spoken

if TYPE_CHECKING:
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

#: A line of text is read with ease up to about this width, however wide the terminal.
WIDEST = 100

#: The legend and the problems stop after so many lines; `Plan.to_dict` holds them all.
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

    `width` is in terminal cells; less than 20 is taken for 20, and no more than 100 are used.
    `encoding` is the codec of the output: what it does not hold is drawn or spelled in ASCII.
    Without `colour` no escape sequence is written. `price` is that of one billed segment, in
    whatever currency; a ValueError says when it is none.
    """
    screen = Screen(min(width, WIDEST), colour, encoding)
    marks = Marks(plan, profile, screen)
    blocks = (
        _heading(profile, screen),
        _bubbles(plan, marks, screen),
        _legend(marks, screen),
        _summary(plan, price, screen),
        _problems(plan, screen),
    )
    written = ["\n".join(screen.line(line) for line in block) for block in blocks]
    return "\n\n".join(block for block in written if block) + "\n"


Line = list[Piece]


def _heading(profile: Profile, screen: Screen) -> Iterator[Line]:
    return paragraph([(profile.title, "bold")], screen)


def _bubbles(plan: Plan, marks: Marks, screen: Screen) -> Iterator[Line]:
    whole = plan.text
    if not plan.segments:
        yield from paragraph([("(the phone would show nothing)", "dim")], screen)
    for number, segment in enumerate(plan.segments, 1):
        symbols = screen.symbols
        title = f"Segment {number} of {len(plan.segments)}"
        if len(title) + 6 > screen.width:
            title = f"{number}/{len(plan.segments)}"
        yield [
            (symbols.top_left + symbols.horizontal + " ", "dim"),
            (title, "bold"),
            (" " + symbols.horizontal * (screen.width - len(title) - 5) + symbols.top_right, "dim"),
        ]
        inside = screen.width - 4
        for row in rows(glyphs(whole, screen, segment.start, segment.end), inside):
            yield from _row(row, marks, screen, row[-1].end == len(whole))
        yield _usage(segment.units, segment.capacity, screen)


def _row(row: list[Glyph], marks: Marks, screen: Screen, last: bool) -> Iterator[Line]:
    """A row of a bubble, and below it the signs of its marks if it has any."""
    edge = (screen.symbols.vertical, "dim")
    width = screen.width - 3  # one cell more than the text's own: a blank may hang over
    text: Line = []
    signs: Line = []
    used = 0
    for glyph in row:
        mark = marks.of(glyph)
        style = mark.style if mark else "dim" if glyph.shown == screen.symbols.line_break else ""
        _add(text, glyph.shown, style)
        _add(signs, marks.signs(glyph), style)
        used += glyph.cells
    yield [edge, (" ", ""), *text, (" " * (width - used), ""), edge]
    behind = marks.behind(row[-1].end) if last else None
    if behind and used < width:
        _add(signs, behind.sign, behind.style)
        used += 1
    if any(not piece.isspace() for piece, _ in signs):
        yield [edge, (" ", ""), *signs, (" " * (width - used), ""), edge]


def _add(line: Line, text: str, style: str) -> None:
    """Adds to a line, as one piece with the last if the style is the same."""
    if line and line[-1][1] == style:
        line[-1] = (line[-1][0] + text, style)
    else:
        line.append((text, style))


def _usage(units: int, capacity: int, screen: Screen) -> Line:
    """The lower edge of a bubble: a bar of the units used."""
    symbols = screen.symbols
    label = f" {units} of {capacity} units "
    if len(label) + 4 > screen.width - 2:
        label = f" {units}/{capacity} "
    bar = screen.width - 3 - len(label)
    filled = min(bar, -(-bar * units // capacity))
    return [
        (symbols.bottom_left, "dim"),
        (symbols.used * filled, "green"),
        (symbols.unused * (bar - filled), "dim"),
        (label, ""),
        (symbols.horizontal + symbols.bottom_right, "dim"),
    ]


def _legend(marks: Marks, screen: Screen) -> Iterator[Line]:
    shown = marks.legend[:MOST_LINES]
    column = min(max((_cells(entry.shown, screen) for entry in shown), default=0), screen.width // 3)
    for entry in shown:
        often = f" ({entry.times} times)" if entry.times > 1 else ""
        sign = [(f"  {entry.sign}  ", entry.style)]
        label: Line = [*sign, (entry.shown, "bold")]
        padding = column + 2 - _cells(entry.shown, screen)
        indent = column + 7
        if screen.width - indent < _NARROWEST_COLUMN:
            indent, padding = 5, 0
        if padding < 2:
            yield from paragraph([(entry.shown, "bold")], screen, sign, 5)
            label, padding = [], indent
        yield from paragraph([(entry.words + often, "")], screen, [*label, (" " * padding, "")], indent)
    yield from _unlisted(len(marks.legend) - len(shown), screen)


def _summary(plan: Plan, price: Decimal | int | str | float | None, screen: Screen) -> Iterator[Line]:
    return labelled(facts(plan, price, screen), screen)


def labelled(pairs: Iterable[tuple[str, str]], screen: Screen) -> Iterator[Line]:
    """Labels and what they are of, in two columns; on a narrow screen one behind the other."""
    found = [(spoken(label), spoken(value)) for label, value in pairs]
    column = max(len(label) for label, _ in found) + 4
    is_narrow = screen.width - column < _NARROWEST_COLUMN // 2
    for label, value in found:
        if is_narrow:
            yield from paragraph([(f"{label}: ", "dim"), (value, "")], screen, [("  ", "")], 4)
            continue
        yield from paragraph([(value, "")], screen, [("  ", ""), (label.ljust(column - 2), "dim")], column)


def _problems(plan: Plan, screen: Screen) -> Iterator[Line]:
    symbols = screen.symbols
    found = alike(plan.problems)
    shown = found[:MOST_LINES]
    for problems in shown:
        sign, style = {
            "error": (symbols.bad, "bold red"),
            "warning": ("!", "bold yellow"),
            "notice": ("i", "dim"),
        }[problems[0].severity]
        lead = [(f"{sign.rjust(len(symbols.bad))} ", style)]
        text = [(sentence(problems, screen), ""), (f" [{problems[0].code}]", "dim")]
        yield from paragraph(text, screen, lead, len(symbols.bad) + 1)
    yield from _unlisted(len(found) - len(shown), screen)
    if plan.problems:
        yield []
    sign, style = (symbols.good, "bold green") if plan.ok else (symbols.bad, "bold red")
    yield from paragraph([(f"{sign} {verdict(plan, 'above')}", style)], screen)


def paragraph(
    pieces: list[Piece], screen: Screen, lead: list[Piece] | None = None, indent: int = 0
) -> Iterator[Line]:
    """Text broken at the screen's width; the first line begins with `lead`, the others with blanks."""
    words = [(spoken(piece), style) for piece, style in pieces]
    text = "".join(piece for piece, _ in words).replace("\n", " ")
    styles = [style for piece, style in words for _ in piece]
    start = list(lead or [])
    for row in rows(glyphs(text, screen), max(screen.width - indent - 1, 8)):
        line = start
        for glyph in row:
            _add(line, glyph.shown, styles[glyph.start])
        yield line
        start = [(" " * indent, "")]


def _cells(shown: str, screen: Screen) -> int:
    return sum(glyph.cells for glyph in glyphs(shown, screen))


def _unlisted(number: int, screen: Screen) -> Iterator[Line]:
    if number > 0:
        yield from paragraph([(unlisted(number), "dim")], screen, [("  ", "")], 2)


def unlisted(number: int) -> Words:
    """That there are so many more."""
    return said("and %(number)s more; --json lists them all", number=number)
