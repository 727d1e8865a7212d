"""Planning: the way from a text to its plan, compiled once for a profile and its options."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple

from . import _kernel
from .characters import unify_line_breaks
from .codings import Coding
from .composition import compose
from .languages import Languages
from .options import Settings
from .plans import Plan
from .segmentation import MOST_SEGMENTS
from .vendors import Profile, is_path
from .vendors import profile as find_profile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    import pyarrow
    from typing_extensions import Unpack

    from .options import Options
    from .plans import Encoding, OptoutStatus


class Measure(NamedTuple):
    """What a text weighs: the short form of a plan."""

    encoding: Encoding
    units: int
    billed_segments: int


class Planner:
    """A profile and options, compiled once as `re.compile` compiles a pattern; safe in threads.

    Raises `ProfileError` for a profile that is not known and ValueError for an option whose
    value no one knows or this vendor cannot do.
    """

    __slots__ = (
        "_languages",
        "_meter",
        "_one_line_break",
        "_options",
        "_quick",
        "_quick_status",
        "adds_mention",
        "codings",
        "count",
        "count_many",
        "profile",
        "settings",
    )

    #: The billed segments of a text. Any `str` has an answer; TypeError for what is none.
    count: Callable[[str], int]
    #: The billed segments of each text of an iterable.
    count_many: Callable[[Iterable[str]], list[int]]

    def __init__(self, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]) -> None:
        self.profile = find_profile(profile)
        self._options = options
        self.settings = settings = Settings(self.profile, dict(options))
        encodings = settings.codings
        self.codings = tuple(
            Coding(self.profile, settings, encoding, strict=encoding != encodings[-1])
            for encoding in encodings
        )
        uses_tables = bool(settings.languages) and "gsm7" in encodings
        self._languages = Languages(self.profile, settings) if uses_tables else None
        #: Whether the vendor adds its mention to each text that lacks it.
        self.adds_mention = settings.mention is not None and settings.optout == "always"
        self._one_line_break = self.profile.line_break_units > 0
        self._meter = meter = self.meter(self.measure_the_long_way, needles=self.needles)
        self.count = meter.count
        self.count_many = meter.count_many
        self._quick = meter.quick
        # Where the mention is never added, whether the text holds it needs a closer look.
        self._quick_status: OptoutStatus | None = (
            None
            if self._languages
            else "added"
            if self.adds_mention
            else None
            if settings.searched
            else "not-required"
        )

    def meter(
        self,
        long_way: Callable[[object], tuple[int, int, int]],
        *,
        needles: tuple[tuple[str, ...], ...] | None,
        candidates: tuple[_kernel.Candidate, ...] | None = None,
        physical: bool | None = None,
    ) -> _kernel.Meter:
        """A meter of texts that hands those to `long_way` that weights alone do not decide.

        So are those that hold one of the `needles` (None: all). `candidates` and `physical` are
        the profile's unless given.
        """
        if candidates is None:
            candidates = tuple(coding.candidate(with_mention=self.adds_mention) for coding in self.codings)
        return _kernel.Meter(
            candidates,
            long_way,
            physical=self.profile.rule("counting")["by"] == "segments" if physical is None else physical,
            one_line_break=self._one_line_break,
            limit=self._quick_limit(),
            needles=needles,
            whole_clusters=self.profile.rule("segments")["grapheme_clusters"] == "whole",
        )

    def _quick_limit(self) -> int:
        """The billed segments up to which nothing can be cut; 0 where nothing ever is."""
        if not self.settings.truncate:
            return 0
        # Transmitted segments can be more than the billed ones, but never twice as many.
        return min(self.settings.limit, MOST_SEGMENTS // 2)

    @property
    def options(self) -> Options:
        """The options as they were given."""
        return {**self._options}

    @property
    def needles(self) -> tuple[tuple[str, ...], ...] | None:
        """What a text must hold to need a closer look for its mention; None when each text does."""
        settings = self.settings
        if self._languages is not None:
            return None  # several tables may hold a text, and have to be compared
        if not settings.searched or settings.mention is None or settings.optout == "never":
            return ()  # no mention is ever added, so that none has a weight
        if settings.optout == "if-free":
            return None
        needles = settings.mention.needles
        sent = "".join(self.profile.substitutions.values())
        if any(character in sent for needle in needles for part in needle for character in part):
            return None  # a substitution may bring the mention about
        return needles

    def measure(self, text: str) -> Measure:
        """Encoding, units and billed segments of a text."""
        answer = self._quick(text)
        place, units, billed = self.measure_the_long_way(text) if answer is None else answer
        # Past the constructor that NamedTuple generates, which takes longer than the counting.
        return tuple.__new__(Measure, (self.settings.codings[place], units, billed))

    def measure_arrow(self, array: pyarrow.Array | pyarrow.ChunkedArray) -> pyarrow.RecordBatch:
        """`encoding`, `units` and `billed_segments` of each row of an Arrow column of texts.

        Nulls stay null; a row that is no UTF-8 has the encoding ``"invalid"`` and no figures.
        Needs pyarrow (extra `campaign`). Raises TypeError for what is no column of texts.
        """
        from .columns import measure_arrow

        return measure_arrow(self._meter, tuple(coding.encoding for coding in self.codings), array)

    def plan(self, text: str) -> Plan:
        """The plan of a text. Any `str` has one; TypeError for what is none."""
        text = _plain(text)
        status = self._quick_status
        answer = None if status is None else self._quick(text)
        if status is None or answer is None:
            return self.plan_the_long_way(text)
        place, units, billed = answer
        coding, mention = self.codings[place], self.settings.mention
        shown = coding.show(unify_line_breaks(text) if self._one_line_break else text)
        added = mention.added if mention is not None and status == "added" else ""
        return Plan(self, coding, text, shown, len(text), added, status, units, billed, billed)

    def measure_the_long_way(self, text: object) -> tuple[int, int, int]:
        plan = self.plan_the_long_way(text)
        return self.settings.codings.index(plan.encoding), plan.units, plan.billed_segments

    def plan_the_long_way(self, text: object) -> Plan:
        original = _plain(text)
        text = unify_line_breaks(original) if self._one_line_break else original
        if self._languages is not None:
            mention = self.settings.mention.added if self.settings.mention else ""
            plans = [compose(self, c, original, text) for c in self._languages.codings(text, mention)]
            if plans:
                return min(plans, key=lambda plan: (plan.truncated, plan.billed_segments, -plan.remaining))
        coding = next((c for c in self.codings if c.weights.units(text) >= 0), self.codings[-1])
        return compose(self, coding, original, text)

    def asking(self, **options: Unpack[Options]) -> Planner:
        """A planner of the same profile and options, but for those given here."""
        return _planner(self.profile, {**self._options, **options})

    def forcing(self, original: str) -> Iterator[int]:
        """The places of what keeps a text from GSM-7, with any of the tables that may be used."""
        outsiders = list(self.codings[0].outsiders(original, len(original)))
        if self._languages is not None:
            in_no_table = [place for place in outsiders if not self._languages.holds(original[place])]
            # Where each is in some table, it is that no pair of tables has them all.
            outsiders = in_no_table or outsiders
        return iter(outsiders)

    def __repr__(self) -> str:
        options = "".join(f", {name}={value!r}" for name, value in self._options.items())
        return f"septet.Planner({self.profile.name!r}{options})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.profile, self._options)


def _plain(text: object) -> str:
    """A text as nothing but a `str`, whatever class of its own it had."""
    if type(text) is str:
        return text
    if not isinstance(text, str):
        raise TypeError(f"text: expected a str, found {type(text).__name__}")
    return str.__str__(text)


def _restore(profile: Profile, options: Options) -> Planner:
    return Planner(profile, **options)


def plan(text: str, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]) -> Plan:
    """What will reach the phone when the vendor of `profile` sends `text`, and what it costs.

    Options, each None for its default: `encoding`, `commercial`, `optout`, `optout_text`,
    `max_segments`, `truncate`, `country`, `language`. Raises TypeError for a text that is no
    `str`, ValueError for a profile or an option value that is not known or not possible.
    """
    return _planner(profile, options).plan(text)


def count(text: str, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]) -> int:
    """The billed segments of a text; options and errors as for `plan`."""
    return _planner(profile, options).count(text)


def _planner(profile: str | os.PathLike[str] | Profile, options: Options) -> Planner:
    """A planner, kept from an earlier call if there was one; it remembers no text."""
    version: object = None
    if not isinstance(profile, Profile) and is_path(profile):
        try:
            status = os.stat(profile)
            version = (status.st_mtime_ns, status.st_size)
        except OSError:
            pass  # the profile's own reader says what is wrong
    try:
        return _kept(profile, version, **options)  # type: ignore[arg-type]  # PathLike may be unhashable
    except TypeError:
        # An unhashable value, which Settings will name; or an error of its own, raised again.
        return Planner(profile, **options)


@lru_cache(maxsize=128, typed=True)
def _kept(profile: str | os.PathLike[str] | Profile, version: object, **options: Unpack[Options]) -> Planner:
    return Planner(profile, **options)


def forget_planners() -> None:
    """Forget the planners that `plan` and `count` keep."""
    _kept.cache_clear()
