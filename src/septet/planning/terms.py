"""Terms: a profile and options, compiled once and shared by planner, composition and diagnosis."""

from __future__ import annotations

from septet.gsm.segmentation import MOST_SEGMENTS
from septet.vendors.policies import ways

from .codings import Coding
from .options import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.vendors.profiles import Profile

    from .languages import Languages
    from .manners import Manner
    from .option_types import Options
    from .placeholders import Placeholders
    from .white_space import WhiteSpace


def white_space_of(profile: Profile, settings: Settings) -> WhiteSpace | None:
    """The runs of blanks that the vendor collapses; None where it leaves them unchanged."""
    rule = profile.rule("white_space")
    if rule is None or (rule["switched"] and settings.substitute is False):
        return None
    from .white_space import WhiteSpace  # few vendors collapse blanks

    return WhiteSpace(rule)


class Terms:
    """The rules for planning texts: made once, then only read; safe in threads.

    Raises OptionError for an option value that is unknown or not possible at this vendor.
    """

    __slots__ = (
        "_manners",
        "_options",
        "_placeholders",
        "adds_mention",
        "codings",
        "documented_totals",
        "groups",
        "is_refused",
        "languages",
        "left_out",
        "may_be_objected_to",
        "profile",
        "settings",
        "surely_allowed",
        "surely_taken",
        "tags",
    )

    def __init__(self, profile: Profile, options: Options) -> None:
        self._options = options
        self.settings = settings = Settings(profile, dict(options))
        self.profile = profile = profile.substituting(settings.substitute)
        #: The ways that do not hold what is added to every text.
        self.left_out: tuple[Coding, ...] = ()
        #: The ways to try, in the order of the profile's substitution policy.
        self.groups = tuple(
            tuple(
                Coding(
                    profile,
                    way.encoding,
                    mention=settings.added,
                    prefix=settings.prefix,
                    suffix=settings.suffix,
                    strict=way.strict,
                    substitutes=way.substitutes,
                    further_octets=settings.further_octets,
                )
                for way in group
            )
            for group in ways(profile.policy, settings.encodings)
        )
        if settings.prefix or settings.suffix:
            # What is added to every text decides the encoding as the text does.
            self.left_out = tuple(c for group in self.groups for c in group if c.frame_units < 0)
            self.groups = tuple(
                tuple(coding for coding in group if coding.frame_units >= 0) for group in self.groups
            )
        #: The same in one list. National tables have one there if the default ones are left out.
        self.codings = tuple(coding for group in self.groups for coding in group)
        self._placeholders: Placeholders | None = None
        self._manners: dict[Coding, Manner] = {}
        uses_tables = bool(settings.languages) and "gsm7" in settings.encodings
        #: The national tables that may be used; None where none may.
        self.languages: Languages | None = None
        if uses_tables:
            from .languages import Languages  # few callers ask for them

            self.languages = Languages(profile, settings)
            if not any(coding.encoding == "gsm7" for coding in self.codings):
                # The default tables do not hold what is added to every text, but others may.
                self.codings = (*self.languages.all_codings()[:1], *self.codings)
        #: Whether the vendor adds its mention to each text that lacks it.
        self.adds_mention = settings.mention is not None and settings.optout == "always"
        commercial = profile.rule("commercial")
        #: Whether the vendor sends no message like this, whatever its text is.
        self.is_refused = settings.unicode_unavailable or bool(
            settings.commercial and commercial and commercial["refused"]
        )
        #: Up to so many billed segments no message is refused for its length or its encoding; 0 where each
        #: one has to be looked at.
        self.surely_allowed = 0 if self.is_refused else min(settings.limit, MOST_SEGMENTS // 2)
        ucs2 = profile.rule("ucs2")
        #: Whether `objections` may find anything about any text.
        self.may_be_objected_to = bool(
            self.is_refused
            or not profile.alphabet.holds(settings.around(settings.added))
            or (ucs2 and ucs2["account_option"])
            or any(coding.dearer_above is not None for coding in self.codings)
        )
        #: The vendor's own tags in a text, and its tables of how many segments there are; mostly empty.
        self.tags, self.documented_totals = profile.rule("tags"), profile.rule("documented_totals")
        #: So many characters are certainly allowed, whether the vendor counts characters or units;
        #: None where nothing limits them.
        self.surely_taken: int | None = None
        if settings.character_limit is not None:
            # Added texts may have more units than characters: twice as many at the most.
            beside = len(settings.around(settings.added))
            certain = settings.character_limit.certain(settings.added) - beside
            self.surely_taken = 0 if self.placeholders else certain

    @property
    def placeholders(self) -> Placeholders:
        """What the vendor replaces in a text, as it is written; made on first use."""
        if self._placeholders is None:
            from .placeholders import Placeholders

            profile, settings = self.profile, self.settings
            self._placeholders = Placeholders(
                profile.rule("placeholders"),
                profile.line_break_units > 0,
                settings.link_length,
                white_space_of(profile, settings),
            )
        return self._placeholders

    def manner(self, coding: Coding) -> Manner:
        """How one of their codings writes characters; found on first use."""
        found = self._manners.get(coding)
        if found is None:
            from .manners import manner_of

            found = self._manners[coding] = manner_of(coding)
        return found

    @property
    def options(self) -> Options:
        """The options as they were given."""
        return {**self._options}

    @property
    def weights_decide(self) -> bool:
        """Whether there is at most one GSM-7 and one UCS-2, and weights decide which one a text takes."""
        return (
            self.languages is None
            and len(self.groups) == 1
            and not any(coding.encoding == "ucs2" and coding.substitutes for coding in self.codings)
            and len({coding.encoding for coding in self.codings}) == len(self.codings)
            and not any(coding.wholes or coding.tail_units < 0 for coding in self.codings)
            and self.settings.character_limit is None
            and not self.placeholders
            and not self.documented_totals
        )

    @property
    def _asked(self) -> frozenset[tuple[str, object]]:
        """The options that were given and are not None."""
        given = {name: value for name, value in self._options.items() if value is not None}
        if isinstance(country := given.get("country"), str):
            given["country"] = country.upper()
        if "ignore" in given:
            given["ignore"] = self.settings.ignored
        return frozenset(given.items())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Terms):
            return NotImplemented
        return self.profile == other.profile and self._asked == other._asked

    def __hash__(self) -> int:
        return hash((self.profile, self._asked))

    def __reduce__(self) -> tuple[Any, ...]:
        return Terms, (self.profile.origin, self._options)
