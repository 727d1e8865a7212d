"""Metering: the kernel's short ways to a count, and when a text has to go the long way instead."""

from __future__ import annotations

from septet import _kernel
from septet.gsm.segmentation import MOST_SEGMENTS, holds_joining
from septet.vendors.policies import saves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from septet.vendors.profiles import Profile

    from .codings import Coding
    from .mentions import Sign
    from .options import Settings
    from .terms import Terms

    Answer = tuple[int, int, int]


class Metering:
    """What measures the texts of a planner.

    `meter` answers at once for as long as weights alone decide. Most profiles have one such short
    way, and behind it the long one. Two kinds have another between them: where clusters are kept
    whole, a text whose characters join none is counted as any other; and where a text is replaced
    only if that saves a segment, both ways are measured.
    """

    __slots__ = ("_apart", "_long_way", "_others", "meter")

    def __init__(self, terms: Terms, long_way: Callable[[object], Answer]) -> None:
        """`long_way` answers with the place of a coding among all of the terms, units and segments."""
        self._long_way = long_way
        profile, settings, groups = terms.profile, terms.settings, terms.groups
        # Of national tables several may hold a text, and have to be compared.
        held = None if terms.languages else needles(profile, settings)
        limit = quick_limit(settings)
        physical = profile.rule("counting")["by"] == "segments"

        def meter(
            codings: tuple[Coding, ...],
            beyond: Callable[[object], Answer],
            limit: int,
            whole_clusters: bool = True,
        ) -> _kernel.Meter:
            return _kernel.Meter(
                tuple(coding.candidate(with_mention=terms.adds_mention) for coding in codings),
                beyond,
                physical=physical,
                one_line_break=profile.line_break_units > 0,
                limit=limit,
                needles=held,
                whole_clusters=whole_clusters and any(coding.whole_clusters for coding in codings),
            )

        first = groups[0]
        plain = tuple(coding for coding in first if not coding.whole_clusters)
        #: Counts texts without a character that may join a cluster, where clusters are kept whole.
        self._apart: _kernel.Meter | None = None
        #: For each group, where it begins among all ways, and its meter.
        self._others: list[tuple[int, _kernel.Meter]] = []
        if len(groups) > 1:
            # Where one segment does, nothing is saved.
            self.meter = meter(first, self._second_way, 1)
            place = 0
            for group in groups:
                self._others.append((place, meter(group, long_way, limit)))
                place += len(group)
        elif plain != first and plain == first[: len(plain)] != () and not holds_joining(settings.added):
            self.meter = meter(plain, self._second_way, limit)
            self._apart = meter(first, long_way, limit, whole_clusters=False)
            self._others.append((0, meter(first, long_way, limit)))
        else:
            self.meter = meter(first, long_way, limit)

    def _second_way(self, text: object) -> Answer:
        if self._apart is not None and isinstance(text, str) and not holds_joining(text):
            return self._apart.measure(text)
        answers: list[Answer] = []
        for place, meter in self._others:
            answer = meter.quick(text)
            if answer is None:
                return self._long_way(text)
            answers.append((place + answer[0], answer[1], answer[2]))
        written, *substituted = answers
        return substituted[0] if substituted and saves(written[2], substituted[0][2]) else written


def quick_limit(settings: Settings) -> int:
    """The billed segments up to which nothing can be cut; 0 where nothing ever is."""
    if not settings.truncate:
        return 0
    # Transmitted segments can be more than the billed ones, but never twice as many.
    return min(settings.limit, MOST_SEGMENTS // 2)


def needles(profile: Profile, settings: Settings) -> tuple[tuple[Sign, ...], ...] | None:
    """What a text must hold to need a closer look, for its mention or a placeholder; None: each does."""
    if settings.truncate and settings.character_limit is not None:
        return None  # weights do not tell how many characters there are
    placeholders = tuple((row["text"],) for row in profile.rule("placeholders"))
    if not settings.searched or settings.mention is None or settings.optout == "never":
        return placeholders  # no mention is ever added, so that none has a weight
    if settings.optout == "if-free":
        return None
    # A text with a character that is deleted gets a closer look anyway, where a mention is added.
    signs = settings.mention.signs("".join(profile.substitutions.values()))
    return None if signs is None else signs + placeholders
