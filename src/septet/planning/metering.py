"""Metering: what the kernel gets from a planner, so that it answers for almost every text at once.

The weights of each way that the profile's policy may take decide; clusters or words are checked where a
text has some that are kept whole and takes several segments. A text that needs a closer look goes the
long way.
"""

from __future__ import annotations

from septet import _kernel
from septet.gsm.characters import unify_line_breaks
from septet.gsm.segmentation import MOST_SEGMENTS

from .terms import white_space_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from septet.vendors.profiles import Profile

    from .codings import Coding
    from .mentions import Sign
    from .options import Settings
    from .terms import Terms

    Answer = tuple[int, int, int]


def meter_of(
    terms: Terms,
    long_way: Callable[[object], Answer],
    needles: tuple[tuple[Sign, ...], ...] | None,
    candidates: tuple[_kernel.Candidate, ...],
    written: Callable[[str], str] | None = None,
    *,
    codings: tuple[Coding, ...],
    rivals: tuple[int, int] = (0, 0),
) -> _kernel.Meter:
    """A meter of texts; it hands to `long_way` those that weights and clusters do not decide.

    It also hands over those that hold one of the `needles` (None: all). `candidates` are those of a
    planner's `codings`, or of the first of these; those from the first place of `rivals` to before the
    second compete (see `competing`). `written` makes from a text the one whose clusters are looked at. The
    answers of `long_way` and of the meter begin with the place of a coding.
    """
    settings = terms.settings
    added = settings.suffix + (settings.added if terms.adds_mention else "")
    if terms.adds_mention and any(coding.tail_units < 0 for coding in terms.codings):
        needles = None  # the mention may decide the encoding

    unifies = terms.profile.line_break_units > 0
    kept: list[Callable[[str], list[int]] | None] = [None] * len(candidates)

    def clusters(place: int, text: str) -> int:
        text = text if written is None else written(text)
        text = unify_line_breaks(text) if unifies else text
        starts = kept[place]
        if starts is None:
            from .whole_starts import starts_of

            kept[place] = starts = starts_of(codings[place], settings.prefix, added)
        return len(starts(text))

    most = _certainly_allowed(settings, added)
    return _kernel.Meter(
        candidates,
        long_way,
        physical=terms.profile.rule("counting")["by"] == "segments",
        one_line_break=unifies,
        limit=quick_limit(settings),
        # Without room for any text, each one is looked at.
        needles=None if most < 0 else needles,
        second=len(terms.groups[0]) if len(terms.groups) > 1 else 0,
        most=most,
        clusters=clusters,
        rivals=rivals,
    )


def plain_meter_of(terms: Terms, plain: Coding, long_way: Callable[[object], Answer]) -> _kernel.Meter:
    """A meter for texts that the default tables hold; it hands on those that need other tables."""
    signs = needles(terms.profile, terms.settings)
    return meter_of(terms, long_way, signs, (plain.candidate(terms.adds_mention),), codings=(plain,))


def _certainly_allowed(settings: Settings, mention: str) -> int:
    """How many units a text may have before it is cut, whatever the vendor's limit counts.

    0 where this limit cuts nothing; below 0 where it may cut any text.
    """
    if settings.character_limit is None or not settings.truncate:
        return 0
    return settings.character_limit.certain(mention) or -1


def quick_limit(settings: Settings) -> int:
    """The billed segments up to which nothing can be cut; 0 where nothing is ever cut."""
    if not settings.truncate:
        return 0
    # Transmitted segments can be more than the billed ones, but never twice as many.
    return min(settings.limit, MOST_SEGMENTS // 2)


def needles(profile: Profile, settings: Settings) -> tuple[tuple[Sign, ...], ...] | None:
    """What a text must hold to need a closer look, for its mention or a placeholder; None: each text does."""
    placeholders: tuple[tuple[Sign, ...], ...] = tuple((row["text"],) for row in profile.rule("placeholders"))
    if settings.link_length:
        placeholders += (("://",), (".",))  # every link has one of these
    if (white_space := white_space_of(profile, settings)) is not None:
        if white_space.signs is None:
            return None
        placeholders += tuple((sign,) for sign in white_space.signs)
    if not settings.searched or settings.mention is None or settings.optout == "never":
        return placeholders  # no mention is ever added, so a mention in the text changes nothing
    if settings.optout == "if-free":
        return None
    # Where a mention is added, a text with a deleted character gets a closer look anyway.
    signs = settings.mention.signs("".join(profile.substitutions.values()))
    return None if signs is None else signs + placeholders
