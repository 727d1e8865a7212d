"""The preview: a plan as a person at a terminal reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from .advice import in_passing
from .alphabets import language_name
from .preview_glyphs import Glyph, glyphs, rows, visible
from .preview_marks import Marks
from .preview_screen import Piece, Screen
from .segmentation import ENCODING_NAMES

if TYPE_CHECKING:
    from .advice import Advice
    from .plans import Plan
    from .problems import Problem
    from .vendors import Profile

#: A line of text is read with ease up to about this width, however wide the terminal.
WIDEST = 100

#: The legend and the problems stop after so many lines; `Plan.to_dict` holds them all.
MOST_LINES = 24

# Of what was cut off, as much is quoted as helps to find the place.
_QUOTED = 60

# Of problems that say the same, so many places are named.
_PLACES = 6

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
    found = list(pairs)
    column = max(len(label) for label, _ in found) + 4
    is_narrow = screen.width - column < _NARROWEST_COLUMN // 2
    for label, value in found:
        if is_narrow:
            yield from paragraph([(f"{label}: ", "dim"), (value, "")], screen, [("  ", "")], 4)
            continue
        yield from paragraph([(value, "")], screen, [("  ", ""), (label.ljust(column - 2), "dim")], column)


def facts(plan: Plan, price: Decimal | int | str | float | None, screen: Screen) -> Iterator[tuple[str, str]]:
    """What a plan comes to: what each figure is, and the figure in words."""
    forced = (
        f", because of {count_of(len(plan.forcing), 'character')} that GSM-7 lacks" if plan.forcing else ""
    )
    yield "Encoding", ENCODING_NAMES[plan.encoding] + forced + _tables(plan)
    yield "Units", str(plan.units)
    sent = len(plan.segments)
    differs = f" (transmitted as {sent})" if sent != plan.billed_segments else ""
    yield "Billed", count_of(plan.billed_segments, "segment") + differs
    yield "Left", f"{count_of(plan.remaining, 'character')} before one more segment is billed"
    if plan.optout_status != "not-required":
        yield "Opt-out", _OPTOUT_WORDS[plan.optout_status]
    if plan.truncated:
        cut = plan.original[len(plan.original) - plan.truncated :]
        more = screen.symbols.ellipsis if plan.truncated > _QUOTED else ""
        yield "Cut off", f"{count_of(plan.truncated, 'character')}: {cut[:_QUOTED]}{more}"
    if price is not None:
        yield "Cost", plain_number(plan.cost(price))
    for advice in in_passing(plan):
        gain = "" if advice.kind == "shortening" else f"{gain_of(advice, price)}: "
        yield "Advice", gain + advice.note


def gain_of(advice: Advice, price: Decimal | int | str | float | None = None) -> str:
    """What is gained by an advice: ``saves 1 segment (0.045)``."""
    gains = []
    if advice.saves:
        money = f" ({plain_number(advice.saves_cost(price))})" if price is not None else ""
        gains.append(f"saves {count_of(advice.saves, 'segment')}{money}")
    if advice.mends > 0:
        gains.append(f"loses {count_of(advice.mends, 'character')} fewer")
    return " and ".join(gains)


def _tables(plan: Plan) -> str:
    """Which national tables are in use, in words."""
    kinds = (("locking", plan.tables.locking), ("single", plan.tables.single))
    words = [f"the {language_name(code)} {kind} shift table" for kind, code in kinds if code]
    return f", with {' and '.join(words)}" if words else ""


_OPTOUT_WORDS = {
    "added": "added at the end",
    "already-there": "already in the text",
    "not-added": "not added",
    "missing": "missing",
}


def _problems(plan: Plan, screen: Screen) -> Iterator[Line]:
    symbols = screen.symbols
    found = alike(plan.problems)
    shown = found[:MOST_LINES]
    for problems in shown:
        is_error = problems[0].severity == "error"
        sign, style = (symbols.bad, "bold red") if is_error else ("!", "bold yellow")
        lead = [(f"{sign.rjust(len(symbols.bad))} ", style)]
        text = [(sentence(problems, screen), ""), (f" [{problems[0].code}]", "dim")]
        yield from paragraph(text, screen, lead, len(symbols.bad) + 1)
    yield from _unlisted(len(found) - len(shown), screen)
    if plan.problems:
        yield []
    sign, style = (symbols.good, "bold green") if plan.ok else (symbols.bad, "bold red")
    yield from paragraph([(f"{sign} {verdict(plan, 'above')}", style)], screen)


def verdict(plan: Plan, where: str) -> str:
    """Whether a message may be sent; `where` is that of its warnings."""
    warned = f"; mind the warnings {where}" if plan.problems else ""
    return f"May be sent{warned}." if plan.ok else "Must not be sent as it is."


def alike(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems by what they say: the same words about several places are said once."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.message, problem.vendor_code), []).append(problem)
    return list(found.values())


def sentence(problems: Sequence[Problem], screen: Screen) -> str:
    """Problems that differ in their place alone, in plain words on one line, with the vendor's own code.

    Places are counted from 1.
    """
    problem = problems[0]
    places = [_place(problem, screen) for problem in problems[:_PLACES] if problem.start is not None]
    where = ""
    if places:
        others = f" and {len(problems) - _PLACES} more" if len(problems) > _PLACES else ""
        noun = "character" if len(problems) == 1 and places[0].isdigit() else "characters"
        where = f"{noun} {', '.join(places)}{others}: "
    vendor = ""
    if problem.vendor_code is not None:
        says = f": {problem.vendor_message}" if problem.vendor_message else ""
        vendor = f" (vendor code {problem.vendor_code}{says})"
    return visible(where + problem.message + vendor, screen)


def _place(problem: Problem, screen: Screen) -> str:
    first, last = (problem.start or 0) + 1, problem.end or 0
    return f"{first}{screen.symbols.dash}{last}" if last > first else str(first)


def paragraph(
    pieces: list[Piece], screen: Screen, lead: list[Piece] | None = None, indent: int = 0
) -> Iterator[Line]:
    """Text broken at the screen's width; the first line begins with `lead`, the others with blanks."""
    text = "".join(piece for piece, _ in pieces).replace("\n", " ")
    styles = [style for piece, style in pieces for _ in piece]
    start = list(lead or [])
    for row in rows(glyphs(text, screen), max(screen.width - indent - 1, 8)):
        line = start
        for glyph in row:
            _add(line, glyph.shown, styles[glyph.start])
        yield line
        start = [(" " * indent, "")]


def count_of(number: int, noun: str) -> str:
    """A number and its noun: ``1 segment``, ``2 segments``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def grouped(number: int | Decimal) -> str:
    """A number in groups of three digits: ``1 234 567.89``."""
    whole, point, rest = (plain_number(number) if isinstance(number, Decimal) else str(number)).partition(".")
    return (f"{int(whole):,}".replace(",", " ") if whole.isdigit() else whole) + point + rest


def plain_number(amount: Decimal) -> str:
    """A decimal without an exponent, unless it would be absurdly long."""
    return f"{amount:f}" if abs(amount.adjusted()) < 30 else str(amount)


def _cells(shown: str, screen: Screen) -> int:
    return sum(glyph.cells for glyph in glyphs(shown, screen))


def _unlisted(number: int, screen: Screen) -> Iterator[Line]:
    if number > 0:
        yield from paragraph([(f"and {number} more; --json lists them all", "dim")], screen, [("  ", "")], 2)
