"""Terms: a profile and options, compiled once; what planner, composition and diagnosis share."""

from __future__ import annotations

from septet.gsm.segmentation import MOST_SEGMENTS
from septet.vendors.policies import ways

from .codings import Coding
from .languages import Languages
from .options import Settings
from .placeholders import Placeholders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.vendors.profiles import Profile

    from .option_types import Options


class Terms:
    """What texts are planned by: made once, then only read; safe in threads.

    Raises OptionError for an option whose value no one knows or this vendor cannot do.
    """

    __slots__ = (
        "_options",
        "adds_mention",
        "codings",
        "groups",
        "languages",
        "placeholders",
        "profile",
        "settings",
        "surely_allowed",
        "surely_taken",
    )

    def __init__(self, profile: Profile, options: Options) -> None:
        self.profile = profile
        self._options = options
        self.settings = settings = Settings(profile, dict(options))
        #: The ways to try, as the profile's substitution policy has them.
        self.groups = tuple(
            tuple(
                Coding(
                    profile,
                    way.encoding,
                    mention=settings.added,
                    strict=way.strict,
                    substitutes=way.substitutes,
                    further_octets=settings.further_octets,
                )
                for way in group
            )
            for group in ways(profile.policy, settings.encodings)
        )
        #: The same, one after the other.
        self.codings = tuple(coding for group in self.groups for coding in group)
        self.placeholders = Placeholders(profile.rule("placeholders"), profile.line_break_units > 0)
        uses_tables = bool(settings.languages) and "gsm7" in settings.encodings
        #: The national tables that may be used; None where none may.
        self.languages = Languages(profile, settings) if uses_tables else None
        #: Whether the vendor adds its mention to each text that lacks it.
        self.adds_mention = settings.mention is not None and settings.optout == "always"
        #: Up to so many billed segments no message is refused for its length or for its encoding; 0 where
        #: each has to be looked at.
        self.surely_allowed = 0 if settings.unicode_unavailable else min(settings.limit, MOST_SEGMENTS // 2)
        #: As many characters are allowed whatever the vendor counts, of the text as written and as units;
        #: None where nothing limits them.
        self.surely_taken: int | None = None
        if settings.character_limit is not None:
            beside = 2 * len(settings.added)
            self.surely_taken = 0 if self.placeholders else settings.character_limit.least - beside

    @property
    def options(self) -> Options:
        """The options as they were given."""
        return {**self._options}

    @property
    def weights_decide(self) -> bool:
        """Whether there is one GSM-7 and one UCS-2 at most, and weights tell of a text which it takes."""
        return (
            self.languages is None
            and len(self.groups) == 1
            and not any(coding.encoding == "ucs2" and coding.substitutes for coding in self.codings)
            and len({coding.encoding for coding in self.codings}) == len(self.codings)
            and not any(coding.whole_clusters for coding in self.codings)
            and self.settings.character_limit is None
            and not self.profile.rule("placeholders")
            and not self.profile.rule("documented_totals")
        )

    @property
    def _asked(self) -> frozenset[tuple[str, object]]:
        """The options that were given, as far as they say anything."""
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
        return Terms, (self.profile, self._options)
