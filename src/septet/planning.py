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
from .metering import Metering, needles, quick_limit
from .options import Settings
from .placeholders import Placeholders
from .plans import Plan
from .policies import saves, ways
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
        "_groups",
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
        "placeholders",
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
        #: The ways to try, as the profile's substitution policy has them.
        self._groups = tuple(
            tuple(
                Coding(
                    self.profile,
                    way.encoding,
                    mention=settings.added,
                    strict=way.strict,
                    substitutes=way.substitutes,
                )
                for way in group
            )
            for group in ways(self.profile.policy, settings.encodings)
        )
        self.codings = tuple(coding for group in self._groups for coding in group)
        self._one_line_break = self.profile.line_break_units > 0
        self.placeholders = Placeholders(self.profile.rule("placeholders"), self._one_line_break)
        uses_tables = bool(settings.languages) and "gsm7" in settings.encodings
        self._languages = Languages(self.profile, settings) if uses_tables else None
        #: Whether the vendor adds its mention to each text that lacks it.
        self.adds_mention = settings.mention is not None and settings.optout == "always"
        metering = Metering(
            self.profile,
            settings,
            self._groups,
            self.measure_the_long_way,
            compares_tables=uses_tables,  # several may hold a text, and have to be compared
        )
        self._meter = meter = metering.meter
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

    @property
    def options(self) -> Options:
        """The options as they were given."""
        return {**self._options}

    @property
    def weights_decide(self) -> bool:
        """Whether there is one GSM-7 and one UCS-2 at most, and weights tell of a text which it takes."""
        profile = self.profile
        return (
            self._languages is None
            and len(self._groups) == 1
            and not any(coding.encoding == "ucs2" and coding.substitutes for coding in self.codings)
            and len({coding.encoding for coding in self.codings}) == len(self.codings)
            and not any(coding.whole_clusters for coding in self.codings)
            and self.settings.character_limit is None
            and not profile.rule("placeholders")
            and not profile.rule("documented_totals")
        )

    @property
    def needles(self) -> tuple[tuple[str, ...], ...] | None:
        """What a text must hold to need a plan for its bill to be known; None when each text does."""
        return needles(self.profile, self.settings) if self.weights_decide else None

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
            limit=quick_limit(self.settings),
            needles=needles,
            whole_clusters=any(coding.whole_clusters for coding in self.codings),
        )

    def measure(self, text: str) -> Measure:
        """Encoding, units and billed segments of a text."""
        place, units, billed = self._meter.measure(text)
        # Past the constructor that NamedTuple generates, which takes longer than the counting.
        return tuple.__new__(Measure, (self.codings[place].encoding, units, billed))

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
        # What holds a placeholder has gone the long way.
        shown = coding.show(unify_line_breaks(text) if self._one_line_break else text)
        added = mention.added if mention is not None and status == "added" else ""
        return Plan(self, coding, text, shown, len(text), added, status, units, billed, billed)

    def measure_the_long_way(self, text: object) -> tuple[int, int, int]:
        plan = self.plan_the_long_way(text)
        place = next(
            place
            for place, coding in enumerate(self.codings)
            if coding is plan.coding or (self._languages and coding.encoding == plan.encoding)
        )
        return place, plan.units, plan.billed_segments

    def plan_the_long_way(self, text: object) -> Plan:
        prepared = self.placeholders.prepare(_plain(text))
        if self._languages is not None:
            mention = self.settings.mention.added if self.settings.mention else ""
            plans = [compose(self, c, prepared) for c in self._languages.codings(prepared.text, mention)]
            if plans:
                return min(plans, key=lambda plan: (plan.truncated, plan.billed_segments, -plan.remaining))
        plans = []
        for group in self._groups:
            coding = next((coding for coding in group if coding.weights.units(prepared.text) >= 0), None)
            if coding is not None:
                plans.append(compose(self, coding, prepared))
        written, *substituted = plans
        if substituted and saves(written.uncut_segments, substituted[0].uncut_segments):
            return substituted[0]
        return written

    def asking(self, **options: Unpack[Options]) -> Planner:
        """A planner of the same profile and options, but for those given here."""
        return _planner(self.profile, {**self._options, **options})

    def forcing(self, plan: Plan) -> Iterator[int]:
        """The places of what keeps a plan from GSM-7, with any of the tables that may be used."""
        group = next((group for group in self._groups if plan.coding in group), self._groups[0])
        original = plan.original
        outsiders = [
            place
            for start, end in plan.written(len(original))
            for place in group[0].outsiders(original, start, end)
        ]
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
