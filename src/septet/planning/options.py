"""Options: what a caller may ask for, checked once and resolved for a profile."""

from __future__ import annotations

from septet.errors import OptionError, shown
from septet.gsm.alphabets import LATIN_1
from septet.gsm.characters import unify_line_breaks
from septet.gsm.segmentation import MOST_SEGMENTS
from septet.vendors.policies import choices

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from septet.pdus.information_elements import InformationElement
    from septet.vendors.profiles import Profile

    from .character_limits import CharacterLimit
    from .mentions import Mention

#: The names of `option_types.Options`, which is not loaded for them.
NAMES = (
    *("encoding", "commercial", "optout", "optout_text", "max_segments", "truncate", "truncate_mark"),
    *("country", "language", "ignore", "ports", "header"),
    *("prefix", "suffix", "substitute", "link_length", "recipient_count"),
)

#: The values of the options that have the same ones at every vendor. `Settings` decides which of them
#: a vendor takes with other options, and for which kind of message.
ENCODINGS = ("auto", "gsm7", "ucs2")
#: Encodings that few profiles offer, and that are only used where they are asked for.
FURTHER_ENCODINGS = ("latin1", "utf8")
OPTOUTS = ("never", "if-free", "always")
FLAGS = (False, True)
TRUNCATIONS = (*FLAGS, "words")
#: No shortener makes a longer link.
LONGEST_LINK = 100
#: There are fewer telephone numbers.
MOST_RECIPIENTS = 10**10


class Settings:
    """The options of one planner, resolved for its profile; made once, then only read."""

    __slots__ = (
        "ceiling_only",
        "character_limit",
        "commercial",
        "country",
        "cuts_words",
        "encoding",
        "encodings",
        "further_elements",
        "further_octets",
        "ignored",
        "is_default_language",
        "languages",
        "limit",
        "link_length",
        "mention",
        "optout",
        "prefix",
        "substitute",
        "suffix",
        "truncate",
        "truncate_mark",
        "unicode_unavailable",
        "vendor_cuts",
        "vendor_limit",
    )

    def __init__(self, profile: Profile, options: dict[str, Any]) -> None:
        for name in options:
            if name not in NAMES:
                from septet.wording.quoting import nearest  # loaded here, as few texts need it

                raise TypeError(
                    f"{shown(name)} is not an option{nearest(name, list(NAMES))}: expected {', '.join(NAMES)}"
                )
        given = {name: options.get(name) for name in NAMES}
        #: Whether the vendor's replacements are applied, or the name of those that are.
        self.substitute = _substitute(profile, given["substitute"])
        profile = profile.substituting(self.substitute)
        self.commercial = _flag("commercial", given["commercial"], False)
        self._encodings(profile, given["encoding"])
        self._limits(profile, given["max_segments"], given["truncate"], given["recipient_count"])
        #: The mark where words are left out; empty for none.
        self.truncate_mark = self._mark(profile, given["truncate_mark"])
        #: The destination as this vendor counts it: an overseas territory may count as its mainland.
        self.country = _country(profile, given["country"])
        #: The mention that this message may need, or None if none is known.
        self.mention = _mention(profile, given["optout_text"], self.country, self.encodings)
        self._optouts(profile, given["optout"])
        #: The prefix and the suffix of the text, separators included; mostly empty.
        self.prefix = self.suffix = ""
        if not (
            given["prefix"] is given["suffix"] is profile.rule("prefix") is profile.rule("suffix") is None
        ):
            self._frame(profile, given["prefix"], given["suffix"])
        self.languages = _languages(profile, given["language"])
        #: Whether they are the vendor's own default.
        self.is_default_language = given["language"] is None
        #: The length of each link after the vendor has rewritten it; None where links stay as written.
        self.link_length = _link_length(profile, given["link_length"])
        #: The codes of problems that are not reported.
        self.ignored = _ignored(given["ignore"])
        #: The further elements in the header of each segment, and their octets.
        self.further_elements: tuple[InformationElement, ...] = ()
        self.further_octets = 0
        if given["ports"] is not None or given["header"] is not None:
            self._elements(profile, given["ports"], given["header"])

    def _elements(self, profile: Profile, ports: object, header: object) -> None:
        # Rarely asked for, so the code that reads headers is only loaded here.
        from .further_elements import elements_asked_for

        self.further_elements = elements_asked_for(profile, ports, header, bool(self.languages))
        self.further_octets = sum(2 + len(element.data) for element in self.further_elements)

    def _frame(self, profile: Profile, prefix: object, suffix: object) -> None:
        # Few vendors have one.
        from .frames import frame

        self.prefix, self.suffix = frame(profile, prefix, suffix, self.encodings)
        if self.character_limit is not None:
            added = {"prefix": self.prefix, "suffix": self.suffix}
            self.character_limit.beside = "".join(
                text for name, text in added.items() if text and profile.rule(name)["limited"]
            )

    def _encodings(self, profile: Profile, encoding: object) -> None:
        rule = profile.rule("encodings")
        # Where UCS-2 is not offered, it is planned otherwise; others need a vendor that offers them.
        ordinary = ENCODINGS if "gsm7" in rule["offered"] else ("auto",)
        known = (*ordinary, *(name for name in FURTHER_ENCODINGS if name in rule["offered"]))
        wanted = rule["default"] if encoding is None else _word("encoding", encoding, known)
        if wanted == "auto" and "gsm7" not in rule["offered"]:
            wanted = rule["default"]  # there is nothing to choose
        self.unicode_unavailable = wanted == "ucs2" and "ucs2" not in rule["offered"]
        self.encoding = "gsm7" if self.unicode_unavailable else wanted
        #: The encodings to try, in this order.
        self.encodings: tuple[str, ...] = (self.encoding,)
        if self.encoding == "auto":
            self.encodings = ("gsm7", "ucs2") if "ucs2" in rule["offered"] else ("gsm7",)

    def _limits(self, profile: Profile, max_segments: object, truncate: object, count: object) -> None:
        rule = profile.rule("limit")
        if max_segments is not None:
            if type(max_segments) is not int or not 1 <= max_segments <= rule["ceiling"]:
                raise OptionError(
                    f"max_segments: {profile.name} takes a whole number from 1 to {rule['ceiling']}, "
                    f"found {shown(max_segments)}",
                    "max_segments",
                    tuple(range(1, rule["ceiling"] + 1)),
                )
            asked: int | None = max_segments
        else:
            asked = rule["default"]
        #: Billed segments beyond which a message is too long; at most the standard's own limit.
        self.limit: int = asked if asked is not None else min(rule["ceiling"], MOST_SEGMENTS)
        #: Whether only the standard limits it.
        self.ceiling_only = asked is None and rule["ceiling"] >= MOST_SEGMENTS
        #: Billed segments beyond which the vendor refuses, in the mode that `limit` needs.
        self.vendor_limit: int | None = asked
        if rule["refused_above"] != "asked":
            self.vendor_limit = min((n for n in rule["refused_above"] if n >= self.limit), default=None)
        #: Whether the cut leaves out words before what must stay whole, instead of the end of the text.
        self.cuts_words = isinstance(truncate, str) and truncate == "words"
        if truncate is not None and not isinstance(truncate, bool) and not self.cuts_words:
            message = f'truncate: expected True, False or "words", found {shown(truncate)}'
            raise OptionError(message, "truncate", TRUNCATIONS)
        #: Whether a text that is too long is cut to fit.
        self.truncate: bool = rule["truncate"] if truncate is None else bool(truncate)
        #: Whether the vendor cuts, in the coding that it has chosen for the whole text.
        self.vendor_cuts = self.truncate and not self.cuts_words and rule["cut_by"] == "vendor"
        several = count is not None and _number("recipient_count", count, MOST_RECIPIENTS) > 1
        table = profile.rule("character_limit")
        #: The vendor's limits in characters, besides a number of segments.
        self.character_limit: CharacterLimit | None = None
        if table:
            from .character_limits import CharacterLimit

            self.character_limit = CharacterLimit(table, several=several)

    def _mark(self, profile: Profile, mark: object) -> str:
        if mark is None:
            return ""
        if not self.cuts_words:
            message = 'truncate_mark: expected None, as only truncate="words" puts a mark'
            raise OptionError(message, "truncate_mark", ())
        if not isinstance(mark, str):
            raise OptionError(f"truncate_mark: expected a str, found {shown(mark)}", "truncate_mark", "a str")
        text = unify_line_breaks(mark) if profile.line_break_units else mark
        for row in profile.rule("placeholders"):
            if row["text"] in text:
                raise OptionError(
                    f"truncate_mark: {profile.name} puts something else in the place of {row['text']!r}",
                    "truncate_mark",
                    "a mark without placeholders",
                )
        if text and (rule := profile.rule("white_space")) is not None:
            from .white_space import WhiteSpace  # few vendors collapse white space

            # Beside it there may be a blank of the text.
            if any(WhiteSpace(rule).runs(f" {text} ")):
                expected = "a mark without runs of blanks, and without blanks at its ends"
                why = f"{profile.name} makes something else of its blanks; expected {expected}"
                raise OptionError(f"truncate_mark: {why}", "truncate_mark", expected)
        _check_as_shown(profile, "truncate_mark", "mark", text, self.encodings)
        return text

    def _optouts(self, profile: Profile, optout: object) -> None:
        kind = "commercial" if self.commercial else "transactional"
        rule = profile.rule("optout")[kind]
        offered = rule["offered"] if self.mention else ("never",)
        if self.mention and "ucs2" not in self.encodings and not self._is_held(profile, self.mention.added):
            offered = ("never",)  # it cannot be sent
        default = rule["default"] if rule["default"] in offered else "never"
        if self.mention is None and optout in ("if-free", "always"):
            message = f"optout: {profile.name} has no mention of its own; give it as optout_text"
            raise OptionError(message, "optout", offered)
        self.optout: str = (
            default if optout is None else _word("optout", optout, offered, f"{profile.name}, {kind}")
        )

    def _is_held(self, profile: Profile, text: str) -> bool:
        """Whether the one encoding that is not UCS-2 holds a text."""
        if self.encodings == ("utf8",):
            return True
        held = LATIN_1 if self.encodings == ("latin1",) else profile.alphabet
        return all(character in held for character in text)

    @property
    def added(self) -> str:
        """The mention as it is added, separator included; empty where none is known."""
        return self.mention.added if self.mention else ""

    def around(self, mention: str) -> str:
        """All that is added to a text with this mention, as one string."""
        return self.prefix + self.suffix + mention

    @property
    def searched(self) -> bool:
        """Whether the mention matters, and the text is searched for it."""
        return self.mention is not None and (self.commercial or self.optout != "never")


def _flag(name: str, value: object, default: bool) -> bool:
    if value is None:
        return default
    if not isinstance(value, bool):
        raise OptionError(f"{name}: expected True or False, found {shown(value)}", name, FLAGS)
    return value


def _word(name: str, value: object, known: Sequence[str], where: str = "") -> str:
    if not isinstance(value, str) or value not in known:
        possible = ", ".join(f'"{word}"' for word in known)
        place = f" for {where}" if where else ""
        message = f"{name}{place}: expected one of {possible}, found {shown(value)}"
        raise OptionError(message, name, tuple(known))
    return value


def _languages(profile: Profile, language: object) -> tuple[str, ...]:
    """The languages whose tables may be used: those asked for, or the vendor's own, which are mostly none."""
    rule = profile.rule("languages")
    own = tuple(rule["default"]) if rule else ()
    if language is None or (own and language == ()):
        return own if language is None else ()
    offered = tuple(rule["offered"]) if rule else ()
    if not offered:
        message = f"language: {profile.name} offers no national language tables; expected None"
        raise OptionError(message, "language", ())
    if language == "auto":
        return offered
    asked = language if isinstance(language, tuple) else (language,)
    for code in asked:
        if not isinstance(code, str) or code not in offered:
            raise OptionError(
                f'language for {profile.name}: expected "auto", or one or a tuple of '
                f"{', '.join(offered)}, found {shown(language)}",
                "language",
                ("auto", *offered),
            )
    if not asked:
        message = "language: expected at least one language in the tuple; None asks for none"
        raise OptionError(message, "language", ("auto", *offered))
    return tuple(dict.fromkeys(asked))


def _substitute(profile: Profile, choice: object) -> bool | str:
    if choice is None:
        return profile.substitutes
    possible = choices(profile.all_rules)
    if not any(type(choice) is type(one) and choice == one for one in possible):
        listed = ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in possible)
        why = "" if len(possible) > 1 else f", as {profile.name} has no switch for what it replaces"
        message = f"substitute: expected {listed}{why}, found {shown(choice)}"
        raise OptionError(message, "substitute", possible)
    return choice  # type: ignore[return-value]


def _link_length(profile: Profile, length: object) -> int | None:
    rule = profile.rule("links")
    if length is None:
        return None if rule is None else rule["length"]
    if rule is None:
        message = f"link_length: {profile.name} rewrites no links; expected None"
        raise OptionError(message, "link_length", ())
    return _number("link_length", length, LONGEST_LINK)


def _number(name: str, value: object, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        expected = f"a whole number from 1 to {most}"
        raise OptionError(f"{name}: expected {expected}, found {shown(value)}", name, expected)
    return value


def _ignored(codes: object) -> frozenset[str]:
    if codes is None:
        return frozenset()
    from .ignored import ignored  # it knows all problems, and few texts have any

    return ignored(codes)


def _country(profile: Profile, given: object) -> str | None:
    if given is None and profile.country is None:
        return None
    from septet.destinations.countries import country_code
    from septet.vendors.territories import counted_as

    return counted_as(profile, country_code(given) or profile.country)


def _mention(
    profile: Profile, optout_text: object, country: str | None, encodings: tuple[str, ...]
) -> Mention | None:
    rule = profile.rule("optout")
    # The mention of the country, or else the one for all other countries.
    found = next(
        (
            mention
            for mention in sorted(rule["mentions"], key=lambda mention: not mention["countries"])
            if country in mention["countries"] or not mention["countries"]
        ),
        None,
    )
    if optout_text is None:
        return None if found is None else _documented(found, rule["separator"])
    if not isinstance(optout_text, str) or not optout_text.strip():
        raise _wrong_text(f"expected the mention's text, found {shown(optout_text)}", "the mention's text")
    text = optout_text
    if profile.line_break_units:
        text = unify_line_breaks(text)
    if found is not None and found["fixed"]:
        raise _wrong_text(
            f"{profile.name} has fixed words for its mention, "
            f"{found['text']!r}, and no others stand for them; expected None",
            (),
        )
    _check_as_shown(profile, "optout_text", "mention", text, encodings)
    from .mentions import Mention

    return Mention(text, rule["separator"], (text,), others=found["others"] if found else ())


def _documented(found: dict[str, Any], separator: str) -> Mention:
    """The mention that a profile documents."""
    from .mentions import Mention  # few texts need one

    return Mention(
        found["text"],
        separator,
        found["patterns"],
        digit="#",
        unspecified=found["unspecified"],
        any_case=found["case"] == "any",
        as_written=found["searched"] == "written",
        others=found["others"],
        other_numbers=found["other_numbers"],
        vendor_code=found["vendor_code"],
        vendor_message=found["vendor_message"],
    )


def _wrong_text(reason: str, expected: tuple[object, ...] | str) -> OptionError:
    return OptionError(f"optout_text: {reason}", "optout_text", expected)


def _check_as_shown(profile: Profile, option: str, noun: str, text: str, encodings: tuple[str, ...]) -> None:
    # Few callers give texts of their own.
    from .as_shown import check_as_shown

    check_as_shown(profile, option, noun, text, encodings)
