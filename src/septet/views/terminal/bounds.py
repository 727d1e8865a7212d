"""The report of a template's bounds: its least and highest cost, and what would make it more expensive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.planning.pricing import times
from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Line, Screen
from septet.wording.messages import amount, figure, said
from septet.wording.quantities import characters, segments
from septet.wording.speaking import spoken

from .preview import WIDEST, paragraph

if TYPE_CHECKING:
    from septet.templates.bounds import Bill, Bounds
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

# So many characters of a class are shown.
_SAMPLE = 12


def bounds_report(
    bounds: Bounds,
    lengths: Mapping[str, tuple[int, int]],
    profile: Profile,
    *,
    width: int,
    colour: bool,
    encoding: str = "utf-8",
    price: Decimal | None = None,
    currency: str | None = None,
) -> str:
    """Bounds as lines of text; `lengths` are those that were given, `price` that of one segment."""
    screen = Screen(min(width, WIDEST), colour, encoding)

    def bill(found: Bill) -> Words:
        words: Words = segments(found.most)
        if found.fewest != found.most:
            words = said("%(least)s to %(most)s segments", least=found.fewest, most=found.most)
        if price is None:
            return words
        most = amount(times(price, found.most), currency or "")
        cost: Words = most
        if found.fewest != found.most:
            cost = said("%(least)s to %(most)s", least=figure(times(price, found.fewest)), most=most)
        return said("%(segments)s (%(cost)s)", segments=words, cost=cost)

    blocks = (
        _heading(lengths, profile, screen),
        _bills(bounds, bill, screen),
        _tips(bounds, bill, screen),
        _losses(bounds, screen),
    )
    written = ["\n".join(screen.line(line) for line in block) for block in blocks]
    return "\n\n".join(block for block in written if block) + "\n"


def _heading(lengths: Mapping[str, tuple[int, int]], profile: Profile, screen: Screen) -> Iterator[Line]:
    yield from paragraph([(profile.title, "bold")], screen)
    for field, (least, most) in lengths.items():
        number: Words = characters(most)
        if least != most:
            number = said("%(least)s to %(most)s characters", least=least, most=most)
        yield from paragraph([(said("%(label)s: ", label=field) + number, "")], screen, [("  ", "")], 4)


def _bills(bounds: Bounds, say: Callable[[Bill], Words], screen: Screen) -> Iterator[Line]:
    for encoding in ("gsm7", "ucs2", "latin1", "utf8"):
        found: Bill | None = getattr(bounds, encoding)
        if found is None:
            continue
        when: str = ""
        if encoding == "ucs2" and bounds.gsm7:
            when = said(", where a field holds a character that GSM-7 lacks")
        yield from paragraph(
            [(say(found), "bold"), (when, "")],
            screen,
            [("  ", ""), (f"{ENCODING_NAMES[encoding]}  ", "dim")],
            9,
        )
    if not bounds.exact:
        yield from paragraph(
            [
                (
                    said("A range: no value costs less or more, but perhaps none reaches these bounds."),
                    "",
                )
            ],
            screen,
        )


def _tips(bounds: Bounds, say: Callable[[Bill], Words], screen: Screen) -> Iterator[Line]:
    bills = list(dict.fromkeys(tip.bill for tip in bounds.tips))
    for bill in bills:
        yield from paragraph(
            [(said("One of these in a field forces UCS-2, %(bill)s", bill=say(bill)), "bold")], screen
        )
        yield from _classes([(t.name, t.characters) for t in bounds.tips if t.bill == bill], screen)


def _losses(bounds: Bounds, screen: Screen) -> Iterator[Line]:
    if not bounds.lost:
        return
    encoding = ENCODING_NAMES["gsm7" if bounds.latin1 is None else "latin1"]
    said_of_all: Words = said(
        "The message is always %(encoding)s; these would be lost in it", encoding=encoding
    )
    if bounds.ucs2 is not None:
        said_of_all = said("These would be lost in any message")
    yield from paragraph([(said_of_all, "bold")], screen)
    yield from _classes([(loss.name, loss.characters) for loss in bounds.lost], screen)


def _classes(classes: Sequence[tuple[str, str]], screen: Screen) -> Iterator[Line]:
    named = [(spoken(name), sample) for name, sample in classes]
    column = max(len(name) for name, _ in named) + 4
    for name, sample in named:
        lead = [("  ", ""), (name.ljust(column - 2), "")]
        yield from paragraph([(_sample(sample, screen), "dim")], screen, lead, column)


def _sample(characters: str, screen: Screen) -> str:
    more = f" {screen.symbols.ellipsis}" if len(characters) > _SAMPLE else ""
    shown = [
        f"U+{ord(character):04X}" if character.isspace() else visible(character, screen)
        for character in characters[:_SAMPLE]
    ]
    return " ".join(shown) + more
