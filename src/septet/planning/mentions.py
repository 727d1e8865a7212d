"""The opt-out mention: the text that a vendor adds, and how to find it in a text that already has it."""

from __future__ import annotations

from septet.gsm.unicode_text import BLANK, WORD, literal, search

from .other_mentions import OtherMentions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .placeholders import Prepared

    #: A string to look for; or, for each of its places, the characters that may stand there.
    Sign = str | tuple[str, ...]


class Mention:
    """One opt-out mention: what is added (separator included), and the patterns it is found by.

    A pattern is a text: found in any case, with any white space, or none, where it has some;
    `digit`, where given, is the character of a pattern that stands for any digit. It counts as
    whole words and whole numbers only, so not in ``NONSTOP 36034`` or ``STOP 360345``.
    """

    __slots__ = (
        "_any_case",
        "_digit",
        "_ends",
        "_expression",
        "_other_numbers",
        "_patterns",
        "added",
        "as_written",
        "longest",
        "needles",
        "others",
        "text",
        "unspecified",
        "vendor_code",
        "vendor_message",
    )

    def __init__(
        self,
        text: str,
        separator: str,
        patterns: Iterable[str],
        *,
        digit: str = "",
        unspecified: bool = False,
        any_case: bool = True,
        as_written: bool = False,
        others: Iterable[str] = (),
        other_numbers: Iterable[str] = (),
        vendor_code: str | None = None,
        vendor_message: str | None = None,
    ) -> None:
        self.text = text
        self.added = separator + text
        #: Whether the vendor's own text is unknown, and this one is only assumed.
        self.unspecified = unspecified
        #: Whether it has a placeholder, so that it is looked for in the text as written, not as shown.
        self.as_written = as_written
        #: How the vendor refuses a message without it, if it does.
        self.vendor_code = vendor_code
        self.vendor_message = vendor_message
        #: The form of a mention with another number, which is reported.
        self.others = OtherMentions(others)
        # Numbers of somebody else that have the form of a pattern.
        self._other_numbers = tuple(other_numbers)
        self._any_case = any_case
        self._patterns = tuple(patterns)
        self._digit = digit
        self._expression = ""
        # The characters that it may end with, in either case.
        lasts = [pattern.strip()[-1] for pattern in self._patterns]
        self._ends = frozenset(
            form
            for last in lasts
            for form in (_DIGITS if last == digit else (last, last.casefold(), last.upper()))
        )
        #: How many characters the longest form has in which it is found, written without blanks.
        self.longest = max((len("".join(pattern.split())) for pattern in self._patterns), default=0)
        #: For each pattern, strings that have no case and that a text with the mention must hold.
        self.needles = tuple(_needle(pattern, digit) for pattern in self._patterns)

    def is_in(self, shown: str) -> bool:
        """Whether the text, as the phone will show it, holds the mention."""
        if not self._may_be_in(shown):
            return False
        if not self._expression:
            self._expression = "|".join(self._expressions())
        return search(self._expression, shown, any_case=self._any_case) is not None

    def place_in(self, written: str) -> tuple[int, int] | None:
        """The last place of the mention in a text, as it is written, in its longest form there."""
        found: list[tuple[int, int]] = []
        for expression in self._expressions() if self._may_be_in(written) else ():
            place = search(expression, written, any_case=self._any_case)
            while place is not None:
                last = place
                place = search(expression, written, last[0] + 1, any_case=self._any_case)
                if place is None:
                    found.append(last)
        return max(found, default=None)

    def _may_be_in(self, text: str) -> bool:
        return any(all(part in text for part in needle) for needle in self.needles)

    def _expressions(self) -> Iterator[str]:
        return (_expression(pattern, self._digit, self._other_numbers) for pattern in self._patterns)

    def may_end_with(self, character: str) -> bool:
        """Whether the mention may end with a character: what to look at first."""
        return not self._ends.isdisjoint((character, character.casefold(), character.upper()))

    def signs(
        self, brought: Collection[str] = (), *, deletes: bool = False
    ) -> tuple[tuple[Sign, ...], ...] | None:
        """What a text must hold as it is written to be shown with the mention: all signs of one of these.

        `brought` are the characters that a substitution may make, and `deletes` says whether one may
        delete characters between others. None where nothing is certain.
        """
        if self.as_written:
            brought, deletes = (), False
        found: dict[tuple[Sign, ...], None] = {}
        for pattern in self._patterns:
            runs = _sure_runs(pattern, self._digit, self._any_case, brought)
            if not runs:
                return None
            if deletes:  # each one separately
                found[tuple(dict.fromkeys(_sign([place]) for run in runs for place in run))] = None
            else:
                found[(_sign(max(runs, key=_rarity)),)] = None
        return tuple(found)

    def other_number(self, written: str) -> str:
        """The number in a mention of somebody else in a text; empty where there is none."""
        return self.others.number(written, self._is_own)

    def _is_own(self, found: str, number: str) -> bool:
        """Whether a mention is the vendor's own, or at least has its number."""
        return self.is_in(found) or number in "".join(c if c.isdigit() else " " for c in self.text).split()


def holds(mention: Mention, prepared: Prepared, end: int, shown: str) -> bool:
    """Whether a prepared text holds a mention before `end`, as it is shown or as it is written."""
    if mention.as_written:
        return mention.is_in(prepared.original[: prepared.place_in_original(end)])
    return mention.is_in(shown)


def _needle(pattern: str, digit: str) -> tuple[str, ...]:
    """The longest run of a pattern that has no upper and lower case, to look for first."""
    runs = "".join(c if c.lower() == c.upper() and c != digit else " " for c in pattern)
    return tuple(sorted(runs.split(), key=len)[-1:])


_DIGITS = "0123456789"
# Letters whose other case is exactly one character, of ASCII: "i", "k" and "s" have more.
_TWO_CASES = frozenset("abcdefghjlmnopqrtuvwxyzABCDEFGHJLMNOPQRTUVWXYZ")
# How rare a place of a pattern is in texts, by how many characters it allows: one, both cases, any digit.
_RARITY = {1: 5, 2: 4, len(_DIGITS): 2}


def _sure_runs(pattern: str, digit: str, any_case: bool, brought: Collection[str]) -> list[list[str]]:
    """For each run within a word that is sure to be written so, the characters allowed at each place."""
    runs: list[list[str]] = [[]]
    for character in pattern:
        either = character
        if character == digit:
            either = _DIGITS
        elif any_case and character in _TWO_CASES:
            either = character.lower() + character.upper()
        elif character.isspace() or (any_case and not character.lower() == character.upper() == character):
            either = ""
        sure = either != "" and not any(one in brought for one in either)
        # The characters next to either case are of ASCII.
        if not sure or (any_case and not either.isascii()):
            runs.append([])
        if sure:
            runs[-1].append(either)
            if any_case and not either.isascii():
                runs.append([])
    return [run for run in runs if run]


def _rarity(run: list[str]) -> int:
    return sum(_RARITY[len(either)] for either in run)


def _sign(run: list[str]) -> Sign:
    return "".join(run) if all(len(either) == 1 for either in run) else tuple(run)


def _expression(pattern: str, digit: str, other_numbers: tuple[str, ...] = ()) -> str:
    not_others = rf"(?!(?:{'|'.join(other_numbers)})(?!{WORD}))" if other_numbers else ""
    words = (
        (not_others if digit in word else "")
        + "".join("[0-9]" if character == digit else literal(character) for character in word)
        for word in pattern.split()
    )
    bare = pattern.strip()
    before = f"(?<!{WORD})" if _is_word(bare[0], digit) else ""
    behind = f"(?!{WORD})" if _is_word(bare[-1], digit) else ""
    return before + f"{BLANK}*".join(words) + behind


def _is_word(character: str, digit: str) -> bool:
    return character.isalnum() or character in ("_", digit)
