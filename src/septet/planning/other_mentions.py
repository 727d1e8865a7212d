"""Other mentions: opt-out mentions in a text, as written, with another short code than the vendor's."""

from __future__ import annotations

from septet.gsm.unicode_text import BLANK, WORD, literal, search_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class OtherMentions:
    """The forms of mentions with a number of somebody else; read-only.

    A pattern is a text in which `#` means a digit. Its first word is found in capitals, in small
    letters or with a capital in front, which is cheap to look for; the others in any case. It counts
    as whole words and whole numbers, with any white space, or none, where the pattern has some.
    """

    __slots__ = ("_expression", "_patterns", "needles")

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(patterns)
        self._expression = ""
        #: Needles of one string each: a text with such a mention holds one of them.
        self.needles: tuple[tuple[str], ...] = tuple(
            (form,)
            for form in dict.fromkeys(
                form.rstrip(":") for pattern in self._patterns for form in _forms(pattern)
            )
        )

    def number(self, written: str, is_own: Callable[[str, str], bool]) -> str:
        """The first number of somebody else in a text; empty if there is none.

        `is_own` takes a mention that was found and its number, and says whether it is the vendor's.
        """
        for (form,) in self.needles:  # no generator, for speed: this runs for every text
            if form in written:
                break
        else:
            return ""
        if not self._expression:
            self._expression = "|".join(map(_expression, self._patterns))
        for start, end in search_all(self._expression, written):
            found = written[start:end]
            number = "".join(c for c in found if c.isdigit())
            if not is_own(found, number):
                return number
        return ""


def _forms(pattern: str) -> tuple[str, str, str]:
    word = pattern.split()[0]
    return word.upper(), word.lower(), word.capitalize()


def _expression(pattern: str) -> str:
    first, *words = pattern.split()
    others = "".join(
        f"{BLANK}*" + "".join("[0-9]" if character == "#" else literal(character) for character in word)
        for word in words
    )
    return f"(?<!{WORD})(?:{'|'.join(map(literal, _forms(first)))})(?i:{others})(?!{WORD})"
