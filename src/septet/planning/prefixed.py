"""Prefixed texts: measured by the kernel as one text with their prefix, which weighs as it is shown."""

from __future__ import annotations

from .metering import meter_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .mentions import Sign
    from .terms import Terms

    Answer = tuple[int, int, int]


class PrefixedMeter:
    """As a meter of the kernel, for texts that have the prefix of these terms put before them.

    `long_way` answers for the texts alone, as everywhere.
    """

    def __init__(
        self,
        terms: Terms,
        long_way: Callable[[object], Answer],
        needles: tuple[tuple[Sign, ...], ...] | None,
    ) -> None:
        self._prefix = prefix = terms.settings.prefix
        self._long_way = long_way

        def without_prefix(text: object) -> Answer:
            return long_way(str(text)[len(prefix) :])

        #: What measures prefix and text as one.
        self.whole = meter_of(terms, without_prefix, needles, prefixed=True)
        #: The units of a text that shows nothing, in each coding, had it been sent all the same.
        self.nothing = tuple(coding.around(terms.adds_mention) for coding in terms.codings)

    def measure(self, text: object) -> Answer:
        """(candidate, units, billed segments) of a text."""
        answer = self.quick(text)
        return self._long_way(text) if answer is None else answer

    def quick(self, text: object) -> Answer | None:
        """The same where weights and clusters decide; None for the long way."""
        if not isinstance(text, str):
            return None
        answer = self.whole.quick(self._prefix + str.__str__(text))
        return None if answer is None or answer[1] == self.nothing[answer[0]] else answer

    def count(self, text: object) -> int:
        """The billed segments of a text."""
        return self.measure(text)[2]

    def count_many(self, texts: Iterable[object]) -> list[int]:
        """The billed segments of each text."""
        return [self.measure(text)[2] for text in texts]
