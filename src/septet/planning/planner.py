"""Planning: the way from a text to its plan, compiled once for a profile and its options."""

from __future__ import annotations

import os

from septet._tables import VENDORS
from septet.gsm.characters import unify_line_breaks
from septet.vendors.profiles import Profile, is_path
from septet.vendors.profiles import profile as find_profile
from septet.wording.recent import Recent
from septet.wording.records import NamedTuple

from .metering import meter_of, needles, plain_meter_of
from .terms import Terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    import pyarrow
    from typing_extensions import Unpack

    from septet import _kernel

    from .codings import Coding
    from .competing import Competing
    from .composed import Composed, Encoding, OptoutStatus
    from .cuts import Cuts
    from .glances import Glance
    from .mentions import Sign
    from .option_types import Options
    from .plans import Plan


class Measure(NamedTuple):
    """The encoding, units and billed segments of a text: the short form of a plan."""

    encoding: Encoding
    units: int
    billed_segments: int


class Planner:
    """A profile and options, compiled once as `re.compile` compiles a pattern; safe in threads.

    Two are equal if their profiles and options are; None counts as an option that is not given. Raises
    `ProfileError` for an unknown profile and `OptionError` for an option value that is unknown or not
    possible at this vendor.
    """

    __slots__ = (
        "_added",
        "_meter",
        "_one_line_break",
        "_quick",
        "_quick_codings",
        "_quick_status",
        "codings",
        "competing",
        "count",
        "count_many",
        "profile",
        "settings",
        "terms",
    )

    #: The billed segments of a text. Any `str` has an answer; TypeError for other types.
    count: Callable[[str], int]
    #: The billed segments of each text of an iterable.
    count_many: Callable[[Iterable[str]], list[int]]

    def __init__(self, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]) -> None:
        self._compile(Terms(find_profile(profile), options))

    @classmethod
    def on(cls, terms: Terms) -> Planner:
        """A planner from terms that are already compiled, such as those of a plan."""
        planner = cls.__new__(cls)
        planner._compile(terms)
        return planner

    def _compile(self, terms: Terms) -> None:
        self.terms = terms
        # What each text needs has a slot of its own: looking it up would slow down the count.
        self.profile, self.settings, self.codings = terms.profile, terms.settings, terms.codings
        #: The national tables that the kernel compares; None where there are none, or it cannot.
        self.competing: Competing | None = None
        if terms.languages:
            from .competing import competing  # few callers ask for tables

            self.competing = competing(terms)
            if self.competing is not None:
                self.codings = self.competing.codings
        self._added = terms.settings.added
        self._one_line_break = terms.profile.line_break_units > 0
        by_default = terms.settings.is_default_language and not terms.settings.prefix
        plain = None
        if terms.languages and by_default and self.competing is None:
            plain = terms.languages.plain()
        # The codings of the texts that the meter answers for.
        self._quick_codings = self.codings
        if plain is None:
            meter = self.meter(self.measure_the_long_way, needles=self.needles)
        else:
            # Where a vendor uses tables by default, most texts need none.
            meter = plain_meter_of(terms, plain, self.measure_the_long_way)
            if terms.languages is not None:
                self._quick_codings = (terms.languages.default,)
        self._meter = meter
        self.count = meter.count
        self.count_many = meter.count_many
        self._quick = meter.quick
        # The status of a text that the meter answers for: where the mention is only added if it is free, it
        # answers for none.
        self._quick_status: OptoutStatus | None = (
            None
            if terms.languages and plain is None and self.competing is None
            else "added"
            if terms.adds_mention
            else "missing"
            if terms.settings.searched
            else "not-required"
        )

    @property
    def options(self) -> Options:
        """The options as they were given."""
        return self.terms.options

    @property
    def weights_decide(self) -> bool:
        """Whether weights alone tell how a text travels: see `Terms.weights_decide`."""
        return self.terms.weights_decide

    @property
    def adds_mention(self) -> bool:
        """Whether the vendor adds its mention to each text that lacks it."""
        return self.terms.adds_mention

    @property
    def needles(self) -> tuple[tuple[Sign, ...], ...] | None:
        """What a text must hold so that only a plan gives its bill; None if each text needs one."""
        if self.terms.languages and self.competing is None:
            return None
        return needles(self.profile, self.settings)

    @property
    def candidates(self) -> tuple[_kernel.Candidate, ...]:
        """What the kernel gets for each coding."""
        if self.competing is not None:
            return self.competing.candidates
        return tuple(coding.candidate(self.terms.adds_mention) for coding in self.codings)

    def meter(
        self,
        long_way: Callable[[object], tuple[int, int, int]],
        *,
        needles: tuple[tuple[Sign, ...], ...] | None,
        candidates: tuple[_kernel.Candidate, ...] | None = None,
        written: Callable[[str], str] | None = None,
    ) -> _kernel.Meter:
        """A meter with the terms of this planner: see `metering.meter_of`."""
        rivals = (0, 0) if self.competing is None else self.competing.rivals
        if candidates is None:
            candidates = self.candidates
        if self.terms.languages and self.competing is None:
            needles = None
        return meter_of(
            self.terms, long_way, needles, candidates, written, codings=self.codings, rivals=rivals
        )

    def measure(self, text: str) -> Measure:
        """Encoding, units and billed segments of a text."""
        place, units, billed = self._meter.measure(text)
        # Skips the constructor that NamedTuple generates, which takes longer than the counting.
        return tuple.__new__(Measure, (self.codings[place].encoding, units, billed))

    def measure_arrow(self, array: pyarrow.Array | pyarrow.ChunkedArray) -> pyarrow.RecordBatch:
        """`encoding`, `units` and `billed_segments` of each row of an Arrow column of texts.

        Nulls stay null; a row that is not UTF-8 has the encoding ``"invalid"`` and no figures.
        Needs pyarrow (extra `campaign`). Raises TypeError for anything but a column of texts.
        """
        from .columns import measure_arrow

        encodings = tuple(coding.encoding for coding in self.codings)
        return measure_arrow(self._meter, encodings, array)

    def plan(self, text: str) -> Plan:
        """The plan of a text. Any `str` has one; TypeError for other types."""
        text = plain(text)
        status = self._quick_status
        answer = None if status is None else self._quick(text)
        if status is None or answer is None:
            return self.plan_the_long_way(text)
        place, units, billed = answer
        coding = self._quick_codings[place]
        # A text with a placeholder has gone the long way.
        shown = coding.show(unify_line_breaks(text) if self._one_line_break else text)
        if status == "missing":
            status = self._status_without_adding(text, shown, billed)
        added = self._added if status == "added" else ""
        return _plan(self.terms, coding, text, shown, _no_cuts, added, status, units, billed, billed)

    def plan_seen(self, glance: Glance) -> Plan:
        """The plan of a text that others plan as well; what the phone shows is made when it is asked for."""
        text, status, terms = glance.text, self._quick_status, self.terms
        answer = None if status is None else self._quick(text)
        if status is None or answer is None:
            plan = self.plan_the_long_way(text)
            if plan.placed == ():
                plan.rendering = glance.rendering(plan.coding, terms.manner(plan.coding))
        else:
            place, units, billed = answer
            coding = self._quick_codings[place]
            rendering = glance.rendering(coding, terms.manner(coding))
            if status == "missing":
                status = self._status_without_adding(text, rendering.sent, billed)
            added = self._added if status == "added" else ""
            plan = _plan(terms, coding, text, None, _no_cuts, added, status, units, billed, billed)
            plan.rendering = rendering
        plan.glance = glance
        return plan

    def _status_without_adding(self, text: str, shown: str, billed: int) -> OptoutStatus:
        """The status of a text that has to hold a mention that is never added."""
        mention = self.settings.mention
        if mention is None or not billed:
            return "not-required"
        return "already-there" if mention.is_in(text if mention.as_written else shown) else "missing"

    def measure_the_long_way(self, text: object) -> tuple[int, int, int]:
        """Composes a text: the place of its coding, its units and billed segments."""
        message = _composed(self.terms, plain(text), judged=False)
        return self.place_of(message), message.units, message.billed_segments

    def place_of(self, message: Composed) -> int:
        """The place of a message's coding among those of this planner."""
        codings = self.codings
        for place, coding in enumerate(codings):
            if coding is message.coding:
                return place
        # It has national tables of its own.
        return next(place for place, coding in enumerate(codings) if coding.encoding == message.encoding)

    def plan_the_long_way(self, text: object) -> Plan:
        """The plan of a text that weights do not decide by themselves; any text may go this way."""
        return _composed(self.terms, plain(text))  # type: ignore[return-value]

    def asking(self, **options: Unpack[Options]) -> Planner:
        """A planner of the same profile and options, except those given here."""
        return kept_planner(self.profile.origin, {**self.options, **options})

    def __repr__(self) -> str:
        options = "".join(f", {name}={value!r}" for name, value in self.options.items())
        return f"septet.Planner({self.profile.name!r}{options})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Planner):
            return NotImplemented
        return self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.terms)

    def __reduce__(self) -> tuple[Any, ...]:
        return Planner.on, (self.terms,)


# Each of these loads the real function when a first text needs it, and replaces itself with it: a count
# needs neither plans nor composition, and an import within a function takes longer than a plan.


def _load_and_plan(terms: Terms, coding: Coding, text: str, shown: str | None, _: object, *rest: Any) -> Plan:
    global _plan, _no_cuts
    from .cuts import NO_CUTS
    from .plans import Plan

    _plan, _no_cuts = Plan, NO_CUTS
    return Plan(terms, coding, text, shown, NO_CUTS, *rest)


def _load_and_compose(terms: Terms, text: str, *, judged: bool = True) -> Composed:
    global _composed
    from .composed import Composed
    from .composition import composed
    from .plans import Plan

    def compose(terms: Terms, text: str, *, judged: bool = True) -> Composed:
        return composed(Plan if judged else Composed, terms, text)

    _composed = compose
    return compose(terms, text, judged=judged)


_plan: Callable[..., Plan] = _load_and_plan
_no_cuts: Cuts | None = None
_composed: Callable[..., Composed] = _load_and_compose


def plain(text: object) -> str:
    """A text as a plain `str`, whatever its class was. Raises TypeError for anything but a `str`."""
    if type(text) is str:
        return text
    if not isinstance(text, str):
        from septet.errors import no_text

        raise no_text("text", text)
    return str.__str__(text)


def plan(text: str, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]) -> Plan:
    """Plans what reaches the phone when the vendor of `profile` sends `text`, and what it costs.

    Options, each None for its default; `septet.options(profile)` says which values a vendor offers:

    - `encoding`: ``"auto"``, ``"gsm7"``, ``"ucs2"``, or another that the vendor offers;
    - `commercial`: whether it is marketing, so that the vendor's commercial rules apply;
    - `optout`: when the opt-out mention is added: ``"never"``, ``"if-free"`` (where it adds no billed
      segment), ``"always"``; `optout_text`: the mention, if not the vendor's own;
    - `max_segments`: the most billed segments that you accept;
    - `truncate`: whether a longer text is cut; ``"words"`` cuts words before links, numbers and codes,
      with `truncate_mark` at the last cut;
    - `country`: the destination (ISO 3166-1, two letters);
    - `language`: national tables that may be used: ``"auto"``, a code (ISO 639-1) or a tuple of them;
    - `ignore`: codes of warnings and notices to leave out;
    - `ports` (destination, source) and `header` (octets of information elements): what else the header
      of each segment carries;
    - `prefix`, `suffix`: what the vendor puts around the text, where the sender gives that;
    - `substitute`: whether the vendor replaces characters, where it has a switch;
    - `link_length`: the length of a link after the vendor has rewritten it;
    - `recipient_count`: how many recipients get it at once, where a limit depends on that.

    Raises TypeError for a text that is not a `str`, `ProfileError` for an unknown profile, and
    `OptionError` for an option value that is unknown or not possible; both are ValueErrors.
    """
    return kept_planner(profile, options).plan(text)


def count(text: str, profile: str | os.PathLike[str] | Profile = "gsm", **options: Unpack[Options]) -> int:
    """The billed segments of a text; options and errors as for `plan`."""
    return kept_planner(profile, options).count(text)


def kept_planner(profile: str | os.PathLike[str] | Profile, options: Options) -> Planner:
    """A planner, kept from an earlier call if there was one; it remembers no text.

    Errors are those of `Planner`.
    """
    version: object = None
    # Almost always this is the name of a profile that comes with septet.
    if (type(profile) is not str or profile not in VENDORS) and (
        not isinstance(profile, Profile) and is_path(profile)
    ):
        try:
            # A path may come to mean another file (after `chdir`, by a link), and a file may have other
            # content with the same time and size (`cp -p`).
            found = os.stat(profile)
            version = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
        except OSError:
            pass  # the profile's reader will say what is wrong
    key: tuple[object, ...] = (profile, version)
    if options:
        key += _asked(options)
    try:
        kept: Planner | None = _kept.get(key)
    except TypeError:
        return Planner(profile, **options)  # an unhashable value, which Settings will name
    return kept or _kept.keep(key, Planner(profile, **options))


def kept_planners(profiles: Sequence[Profile], options: Options) -> list[Planner]:
    """The same for several profiles, all with these options."""
    asked = _asked(options)
    try:
        return [_kept.get((one, None, *asked)) or kept_planner(one, options) for one in profiles]
    except TypeError:
        return [kept_planner(one, options) for one in profiles]


def _asked(options: Options) -> tuple[object, ...]:
    """The options as a part of a key; their types too, for True is not 1."""
    return (*options.items(), *map(type, options.values()))


_kept = Recent(256)
#: Everything that keeps planners.
KEEPERS = [_kept]


def forget_planners() -> None:
    """Forget the planners that `plan`, `count` and `prepare` keep."""
    for keeper in KEEPERS:
        keeper.clear()
