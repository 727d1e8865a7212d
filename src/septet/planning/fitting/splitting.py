"""Splitting: one long text as several separate messages, each within the limit of a message."""

from __future__ import annotations

from itertools import count as counting

from septet.errors import OptionError, no_text, shown
from septet.planning.option_names import check_names
from septet.planning.planner import Planner
from septet.wording.records import NamedTuple

from .numbering import Numbering
from .optouts import Optouts
from .partitions import fewest
from .parts import Parts
from .places import UNITS, Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from typing_extensions import Unpack

    from septet.planning.option_types import Options
    from septet.vendors.profiles import Profile

    Span = tuple[int, int]

# The length of more messages than that is no longer balanced.
_LONGEST_NUMBER = 9
_UNLIMITED = 2**31
# So many numbers of segments are distinguished, the largest ones that a message may have.
_PRICES = 8


def split(
    text: str,
    profile: str | os.PathLike[str] | Profile = "gsm",
    *,
    segments: int = 1,
    characters: int | None = None,
    octets: int | None = None,
    at: str = "words",
    numbering: str | None = None,
    head: str = "",
    optout_in: str | None = None,
    most: int | None = None,
    balance: bool = False,
    **options: Unpack[Options],
) -> Parts:
    """Splits a text into as few separate messages as possible, each within a limit as this vendor sends it.

    A message takes `segments` billed segments at most; or `characters`, or `octets` of UTF-8, of the
    text that the phone shows, where one of these is given instead. If several ways need as few messages,
    one with the fewest billed segments is taken; with `balance` the one whose longest message is the
    shortest. The text is cut `at` ``"paragraphs"`` (lines), ``"sentences"`` or ``"words"``, and where one
    is too long for a message of its own, at the next smaller ones. Links, codes, numbers, merge fields
    and grapheme clusters are only cut where a single one is too long. Blanks at the cuts are left out
    (`Parts.blanks`).

    `numbering`, such as ``"({n}/{total}) "``, is added before each part, or after it if it begins with a
    blank; a text that one message holds has none. `head` comes before all of that in each message.
    `optout_in` says which messages have the opt-out mention: each where the vendor adds it, and
    otherwise the last; ``"each"`` or ``"last"`` writes it there where the vendor does not add it, as is
    done in the last message of a commercial text that lacks it. Options are those of `plan`, except
    `truncate`, as nothing is cut away.

    Raises ValueError if more than `most` messages would be needed, if not even one character fits,
    and for an option that is unknown or not possible at this vendor; TypeError for a wrong type.
    """
    if not isinstance(text, str):
        raise no_text("text", text)
    check_names(options, split.__kwdefaults__)
    return _Splitting(
        text,
        Planner(profile, **{**options, "truncate": _uncut(options)}),  # type: ignore[arg-type]
        _limits(segments, characters, octets),
        at=_one_of("at", at, UNITS),
        numbering=numbering,
        head=head,
        optout_in=optout_in,
        most=_UNLIMITED if most is None else _whole("most", most),
        balance=balance,
    ).parts()


class _Limits(NamedTuple):
    """The limits of one message."""

    segments: int
    characters: int | None
    octets: int | None

    @property
    def prices(self) -> range | tuple[int, ...]:
        """The numbers of billed segments that are distinguished."""
        if self.segments == _UNLIMITED:
            return (1, 2, 3, 4, _UNLIMITED)
        return range(max(1, self.segments - _PRICES + 1), self.segments + 1)

    @property
    def said(self) -> str:
        if self.characters is not None:
            return f"{self.characters} characters"
        if self.octets is not None:
            return f"{self.octets} octets"
        return f"{self.segments} billed segments" if self.segments > 1 else "one billed segment"


class _Splitting:
    """One text that is being split, with all options."""

    def __init__(
        self,
        text: str,
        planner: Planner,
        limits: _Limits,
        *,
        at: str,
        numbering: str | None,
        head: str,
        optout_in: str | None,
        most: int,
        balance: bool,
    ) -> None:
        if not isinstance(head, str):
            raise OptionError(f"head: expected a str, found {shown(head)}", "head", "a str")
        if not isinstance(balance, bool):
            raise OptionError(
                f"balance: expected True or False, found {shown(balance)}", "balance", (False, True)
            )
        self._text = text
        self._planner = planner
        self._limits = limits
        self._at = at
        self._numbering = Numbering(numbering)
        self._head = head
        self._optouts = Optouts(planner, optout_in, text)
        self._most = most
        self._balance = balance
        self._is_limited = planner.settings.character_limit is not None
        self._known: dict[str, int] = {}

    def parts(self) -> Parts:
        """The messages."""
        most = self._most
        whole = self._message((0, len(self._text)), 1, 1, is_last=True, numbered=False)
        if not self._text.strip() or self._billed(whole):
            return self._as_parts([(0, len(self._text))], numbered=False)
        for digits in range(1, _LONGEST_NUMBER + 1) if self._numbering else (1,):
            found = self._spans(digits)
            if found is not None:
                return self._as_parts(found, numbered=True)
            if self._most < 10**digits:
                break
        if most < _UNLIMITED and self._fits_somehow():
            raise OptionError(
                f"most: the text takes more than {most} messages of {self._limits.said}: allow more of "
                "them, or longer ones",
                "most",
                "a larger number",
            )
        raise ValueError(f"no message of {self._limits.said} holds a character with all that is added to it")

    def _fits_somehow(self) -> bool:
        """Whether more messages would be enough."""
        self._most = _UNLIMITED
        return any(self._spans(digits) for digits in range(1, _LONGEST_NUMBER + 1))

    def _spans(self, digits: int) -> list[Span] | None:
        """The parts of the text, if the number of messages has so many digits; None if there are none."""
        total = 10**digits - 1
        self._known = {}
        text = self._text

        def fits_alone(start: int, end: int) -> bool:
            return (
                end - start == 1 or self._billed(self._message((start, end), total, total, is_last=True)) > 0
            )

        prepared = self._planner.terms.placeholders.prepare(text)
        # Blanks that a vendor collapses do not have to stay whole.
        fields = (span[:2] for span in prepared.spans if not text[span.start : span.end].isspace())
        atoms = Places(text, self._at, fields, fits_alone).atoms
        longest = len(text)

        def bill(number: int, first: int, behind: int) -> int:
            start, end = atoms[first][0], atoms[behind - 1][1]
            if end - start > longest:
                return 0
            span = (start if number > 1 else 0), end
            return self._billed(self._message(span, number, total, is_last=behind == len(atoms)))

        def best() -> tuple[tuple[int, ...], int] | None:
            most = min(self._most, total) if self._numbering else self._most
            return fewest(len(atoms), bill, self._limits.prices, most, self._may_fall)

        found = best()
        if found is None:
            return None
        if self._balance:
            # The shortest length of the longest message that makes neither number larger.
            enough = len(found[0]), found[1]
            low, high = 0, len(text)
            while high - low > 1:
                longest = (low + high) // 2
                other = best()
                if other is not None and (len(other[0]), other[1]) == enough:
                    found, high = other, longest
                else:
                    low = longest
        firsts = (0, *found[0][:-1])
        spans = [
            (atoms[first][0], atoms[behind - 1][1]) for first, behind in zip(firsts, found[0], strict=True)
        ]
        # Blanks at the very beginning are the sender's own.
        return [(0, spans[0][1]), *spans[1:]]

    @property
    def _may_fall(self) -> bool:
        """Whether a longer part of the text may bill less, because it holds what is otherwise added."""
        return self._planner.settings.searched or self._optouts.is_written_in_each

    def _message(self, span: Span, number: int, total: int, *, is_last: bool, numbered: bool = True) -> str:
        """A part of the text as the vendor gets it."""
        before, behind = self._head, ""
        if numbered and self._numbering:
            number_said = self._numbering.of(number, total)
            if self._numbering.is_behind:
                behind = number_said
            else:
                before += number_said
        message = before + self._text[span[0] : span[1]] + behind
        return message + self._optouts.written(message, is_last=is_last)

    def _billed(self, message: str) -> int:
        """The billed segments of a message; 0 if these are too many, or none."""
        billed = self._known.get(message)
        if billed is None:
            billed = self._known[message] = self._asked(message)
        return billed

    def _asked(self, message: str) -> int:
        planner, limits = self._planner, self._limits
        billed = planner.measure(message).billed_segments
        if not 0 < billed <= min(limits.segments, planner.settings.limit):
            return 0
        if limits.characters is None and limits.octets is None and not self._is_limited:
            return billed
        plan = planner.plan(message)
        if limits.characters is not None and len(plan.text) > limits.characters:
            return 0
        if limits.octets is not None and len(plan.text.encode("utf-8", "surrogatepass")) > limits.octets:
            return 0
        refused = self._is_limited and any(p.code == "too-many-characters" for p in plan.problems)
        return 0 if refused else billed

    def _as_parts(self, spans: list[Span], *, numbered: bool) -> Parts:
        total = len(spans)
        messages = [
            self._message(span, number, total, is_last=number == total, numbered=numbered)
            for number, span in zip(counting(1), spans)
        ]
        before = 0 if not numbered or not self._numbering or self._numbering.is_behind else None
        begins = [
            len(self._head) + (len(self._numbering.of(number, total)) if before is None else 0)
            for number in range(1, total + 1)
        ]
        return Parts(self._optouts.plans(messages), self._text, spans, begins)


def _limits(segments: object, characters: object, octets: object) -> _Limits:
    given = {"characters": characters, "octets": octets}
    asked = {name: _whole(name, value) for name, value in given.items() if value is not None}
    of_segments = _whole("segments", segments)
    if asked and (len(asked) > 1 or of_segments != 1):
        message = "expected one limit of segments, characters and octets, found several"
        raise OptionError(f"{next(iter(asked))}: {message}", next(iter(asked)), "one limit")
    return _Limits(_UNLIMITED if asked else of_segments, asked.get("characters"), asked.get("octets"))


def _whole(name: str, value: object) -> int:
    if type(value) is not int or value < 1:
        expected = "a whole number from 1 on"
        raise OptionError(f"{name}: expected {expected}, found {shown(value)}", name, expected)
    return value


def _one_of(name: str, value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        listed = ", ".join(f'"{one}"' for one in known)
        raise OptionError(f"{name}: expected one of {listed}, found {shown(value)}", name, known)
    return value


def _uncut(options: Options) -> bool:
    if options.get("truncate"):
        message = "truncate: expected None or False, as a text that is split is not cut away"
        raise OptionError(message, "truncate", (False,))
    return False
