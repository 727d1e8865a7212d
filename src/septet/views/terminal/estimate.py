"""The report of an estimate: what a campaign costs and why, for a person at a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from septet.campaign.estimates import GARBLED
from septet.destinations.masks import masked
from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.estimate_facts import (
    KINDS,
    country_in_words,
    facts,
    money,
    percentage,
    price_line,
)
from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Line, Piece, Screen
from septet.wording.messages import counted, figure, joined, listed, said
from septet.wording.problems import SEVERITIES
from septet.wording.quantities import rows as number_of_rows
from septet.wording.quantities import segments
from septet.wording.quoting import printable
from septet.wording.speaking import spoken

from .preview import WIDEST, labelled, paragraph, unlisted

if TYPE_CHECKING:
    from septet.campaign.estimates import Estimate
    from septet.campaign.findings import Finding
    from septet.campaign.quotes import CountryShare
    from septet.campaign.quotes import Line as PriceLine
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

# The problems of links.
_OF_LINKS = ("link-changed", "link-cut", "glued-link")

# Longer lists are cut here; --json has the whole lists.
_MOST = 10

# So many characters of a text are quoted.
_QUOTED = 60

# A shorter bar is not worth drawing.
_SHORTEST_BAR = 8

# Space between the columns of a table.
_GAP = 2


def report(
    estimate: Estimate,
    profile: Profile,
    name: str,
    *,
    width: int,
    colour: bool,
    encoding: str = "utf-8",
    rejects: str | None = None,
    left_out: Sequence[str] = (),
    numbers: bool = False,
) -> str:
    """An estimate as lines of text. `name` is that of the file, `rejects` where rejected rows went.

    `left_out` are the options that the file of rejects does not share; `numbers` shows phone numbers
    unmasked.
    """
    screen = Screen(min(width, WIDEST), colour, encoding)
    blocks = (
        paragraph([(profile.title, "bold"), (f", {name}", "")], screen),
        _told_first(estimate, screen, numbers),
        labelled(facts(estimate), screen),
        _by_country(estimate, screen),
        _by_encoding(estimate, screen),
        _by_length(estimate, screen),
        _characters(estimate, screen),
        _outcome(estimate, rejects, left_out, screen, numbers),
    )
    written = ["\n".join(screen.line(line) for line in block) for block in blocks]
    return "\n\n".join(block for block in written if block) + "\n"


def _told_first(estimate: Estimate, screen: Screen, numbers: bool) -> Iterator[Line]:
    """Comes before any figure: a link that leads elsewhere and a garbled text are not worth any segment."""
    garbled = {GARBLED: estimate.garbled} if estimate.garbled else {}
    for text, found in (
        (said("Rows with a link that is changed or cut"), estimate.lost_links),
        (said("Rows that were probably read in the wrong charset"), garbled),
    ):
        if found:
            yield from _verdict("!", "bold yellow", text, found, screen)
        for example in estimate.examples.values():
            if example.code in found:
                yield from _note(_first(example, numbers), screen)


def _by_country(estimate: Estimate, screen: Screen) -> Iterator[Line]:
    """What goes to each country, and at which price."""
    if not estimate.countries:
        return
    yield from paragraph([(said("By country and price"), "bold")], screen)
    rows: list[list[Piece]] = []
    for country in estimate.countries[:_MOST]:
        if len(country.lines) > 1:
            rows.append(_going(country_in_words(country.country), "bold", "", country, estimate))
        for line in country.lines[:_MOST]:
            named = country_in_words(country.country) if len(country.lines) == 1 else ""
            rows.append(_going(named, "bold", price_line(line), line, estimate))
    yield from _table(rows, screen, "llrrrr")
    if len(estimate.countries) > _MOST:
        yield from _note(unlisted(len(estimate.countries) - _MOST), screen)


def _going(
    name: str, style: str, price: str, share: CountryShare | PriceLine, estimate: Estimate
) -> list[Piece]:
    return [
        (name, style),
        (price, ""),
        (number_of_rows(share.rows), ""),
        (percentage(share.rows, estimate.measured), "dim"),
        (segments(share.segments), ""),
        (money(share.costs), ""),
    ]


def _by_encoding(estimate: Estimate, screen: Screen) -> Iterator[Line]:
    if not estimate.measured:
        return
    yield from paragraph([(said("Encoding"), "bold")], screen)
    rows = [
        [
            (ENCODING_NAMES[str(share.value)], ""),
            (number_of_rows(share.rows), ""),
            (percentage(share.rows, estimate.measured), "dim"),
            (segments(share.segments), ""),
            (money(share.costs), ""),
        ]
        for share in estimate.encodings
    ]
    yield from _table(rows, screen, "lrrrr")


def _by_length(estimate: Estimate, screen: Screen) -> Iterator[Line]:
    """A bar for each number of billed segments."""
    if not estimate.measured:
        return
    bars = [(str(share.value), share.rows) for share in estimate.lengths]
    if len(bars) > _MOST:
        rest = sum(rows for _, rows in bars[_MOST - 1 :])
        last = said("%(number)s and more", number=bars[_MOST - 1][0])
        bars = [*bars[: _MOST - 1], (spoken(last), rest)]
    yield from paragraph([(said("Rows by billed segments"), "bold")], screen)
    label = max(len(text) for text, _ in bars)
    figures = [(spoken(figure(rows)), spoken(percentage(rows, estimate.measured))) for _, rows in bars]
    wide = [max(len(figure[place]) for figure in figures) for place in (0, 1)]
    room = screen.width - label - sum(wide) - 4 * _GAP
    most = max(rows for _, rows in bars)
    for (text, rows), (number, share) in zip(bars, figures, strict=True):
        if room < _SHORTEST_BAR:
            yield from paragraph(
                [(said("%(label)s: ", label=text) + f"{number}, {share}", "")], screen, [("  ", "")], 4
            )
            continue
        filled = -(-room * rows // most)
        yield [
            ("  " + text.rjust(label) + "  ", ""),
            (screen.symbols.used * filled, "green"),
            (" " * (room - filled + _GAP) + number.rjust(wide[0]), ""),
            (" " * _GAP + share.rjust(wide[1]), "dim"),
        ]


def _characters(estimate: Estimate, screen: Screen) -> Iterator[Line]:
    costly = [character for character in estimate.characters if character.segments > 0]
    if not costly:
        return
    yield from paragraph([(said("Characters that cost the most"), "bold")], screen)
    rows = [
        [
            (visible(found.character, screen), "bold"),
            (_point(found.character), "dim"),
            (KINDS[found.kind], ""),
            (counted("in %(number)s row", "in %(number)s rows", found.rows), ""),
            ("+" + segments(found.segments), ""),
            (money(found.costs), ""),
        ]
        for found in costly[:_MOST]
    ]
    yield from _table(rows, screen, "lllrrr", shrinks=1)
    if len(costly) > _MOST:
        yield from _note(unlisted(len(costly) - _MOST), screen)
    yield from _note(said("a row with several of them counts for each"), screen)


def _point(character: str) -> str:
    """The code point, and the name of a character that a reader may not recognise."""
    name = "" if character.isalpha() else unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X} {name}".rstrip()


def _outcome(
    estimate: Estimate, rejects: str | None, left_out: Sequence[str], screen: Screen, numbers: bool
) -> Iterator[Line]:
    """What should not be sent, what to look at, what could not be measured."""
    symbols = screen.symbols
    if estimate.rejected:
        where = _mending(rejects, left_out) if rejects else said("--rejects FILE writes them to a file")
        text = counted("%(number)s row rejected", "%(number)s rows rejected", estimate.rejected)
        yield from _verdict(symbols.bad, "bold red", text, estimate.rejects, screen)
        yield from _note(where, screen)
    refused = estimate.refused.rows
    if refused:
        text = counted(
            "%(number)s row must not be sent as it is",
            "%(number)s rows must not be sent as they are",
            refused,
        )
        yield from _verdict(symbols.bad, "bold red", text, estimate.refusals, screen)
    for severity, sign, style, text in (
        ("warning", "!", "bold yellow", said("Warnings")),
        ("notice", "i", "dim", said("Notices")),
    ):
        if found := {c: rows for c, rows in estimate.problems.items() if SEVERITIES[c] == severity}:
            yield from _verdict(sign, style, text, found, screen)
        for example in estimate.examples.values():
            if example.code in found and example.code not in (*estimate.lost_links, GARBLED):
                yield from _note(_first(example, numbers), screen)
    if not estimate.rows:
        yield from paragraph([("! " + said("There are no rows."), "bold yellow")], screen)
    elif not (estimate.rejected or refused or estimate.garbled or "unread-tag" in estimate.problems):
        yield from paragraph([(f"{symbols.good} " + said("All rows may be sent."), "bold green")], screen)


def _mending(rejects: str, left_out: Sequence[str]) -> Words:
    """What to do with the rejected rows, which are in a file with the columns of the input."""
    if left_out:
        return said(
            "see %(file)s: it has the columns of the input; correct its rows and use it as FILE, without "
            "%(options)s",
            file=rejects,
            options=listed(left_out),
        )
    return said(
        "see %(file)s: it has the columns of the input; correct its rows and use it as FILE",
        file=rejects,
    )


def _first(example: Finding, numbers: bool) -> Words:
    """The first row with a problem, in a line."""
    # A link is shown whole: its digits are not a phone number.
    thing = example.thing if numbers or example.code in _OF_LINKS else masked(example.thing)
    quoted = {"line": example.line, "code": example.code, "thing": printable(thing, _QUOTED)}
    if example.field is not None:
        return said(
            'line %(line)s: %(code)s: "%(thing)s" for %(field)s', field=printable(example.field), **quoted
        )
    if example.became is None:
        return said('line %(line)s: %(code)s: "%(thing)s"', **quoted)
    became = printable(example.became, _QUOTED)
    return said('line %(line)s: %(code)s: "%(thing)s", read as "%(became)s"', became=became, **quoted)


def _verdict(sign: str, style: str, text: str, counts: Mapping[str, int], screen: Screen) -> Iterator[Line]:
    by_code = joined(", ", (f"{code} " + figure(rows) for code, rows in counts.items()))
    width = len(screen.symbols.bad)
    yield from paragraph(
        [(text, ""), (said(": %(codes)s", codes=by_code), "dim")],
        screen,
        [(sign.rjust(width) + " ", style)],
        width + 1,
    )


def _note(text: str, screen: Screen) -> Iterator[Line]:
    return paragraph([(text, "dim")], screen, [("  ", "")], 2)


def _table(
    rows: Sequence[Sequence[Piece]], screen: Screen, alignment: str, shrinks: int | None = None
) -> Iterator[Line]:
    """Columns side by side, or below each other if the screen is too narrow for them.

    The column `shrinks` is cut to the room that is left.
    """
    rows = [[(spoken(text), style) for text, style in row] for row in rows]
    columns = list(zip(*rows, strict=True))
    kept = [place for place, column in enumerate(columns) if any(text for text, _ in column)]
    wide = {place: max(cell_len(text) for text, _ in columns[place]) for place in kept}
    excess = _GAP * len(kept) + sum(wide.values()) - screen.width
    if shrinks is not None and excess > 0 and wide[shrinks] - excess >= len("U+1F600"):
        wide[shrinks] -= excess
        excess = 0
    for row in rows:
        if excess > 0:
            texts = [text for text, _ in row if text]
            yield from paragraph([(", ".join(texts), "")], screen, [("  ", "")], 4)
            continue
        line: Line = []
        for place in kept:
            text, style = row[place]
            text = _shortened(text, wide[place], screen)
            blanks = " " * (wide[place] - cell_len(text))
            line += [(" " * _GAP, "")]
            line += (
                [(text, style), (blanks, "")] if alignment[place] == "l" else [(blanks, ""), (text, style)]
            )
        yield line


def _shortened(text: str, cells: int, screen: Screen) -> str:
    if cell_len(text) <= cells:
        return text
    return text[: cells - len(screen.symbols.ellipsis)].rstrip() + screen.symbols.ellipsis
