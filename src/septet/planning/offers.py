"""Offers: the options that a sender can choose at a vendor, for forms, pages and command line completion."""

from __future__ import annotations

from septet import _tables
from septet.errors import OptionError
from septet.vendors.policies import choices, substitutes
from septet.vendors.profiles import profile as find_profile
from septet.wording.messages import counted, said

from .frames import may_be_given
from .further_elements import may_have_elements
from .ignored import MAY_BE_IGNORED
from .options import ENCODINGS, FLAGS, FURTHER_ENCODINGS, LONGEST_LINK, NAMES, OPTOUTS, TRUNCATIONS, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import Any

    from typing_extensions import Unpack

    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

    from .option_types import Options


def options(profile: str | os.PathLike[str] | Profile, **given: Unpack[Options]) -> dict[str, dict[str, Any]]:
    """The options of a profile: for each option of `plan` its ``values``, its ``default``, and ``why``.

    ``values`` are the possible ones, in plain JSON types; None where any value is possible, or any text.
    `language` and `ignore` take several of theirs, in a tuple. ``default`` is the value used where the
    option is not given (None: nothing), and ``why`` is a sentence about what decides (`translated` has
    it in other languages).

    The possible values may depend on other options: the opt-out mention, above all, on `commercial` and
    on `country`. So `given` are the options that are already given: the values are those that a
    `Planner` takes with them, and the defaults are those that hold with them. For an option that is
    itself given, the values are those that could replace it.

    Raises ProfileError for an unknown profile, OptionError for a value that it does not offer.
    """
    found = find_profile(profile)
    return {
        name: {"values": _possible(found, given, name, values), "default": default, "why": why}
        for name, (values, default, why) in _offered(found, given).items()
    }


def possible(
    profile: str | os.PathLike[str] | Profile, names: Iterable[str], **given: Unpack[Options]
) -> dict[str, list[Any] | None]:
    """The ``values`` of only some options, as in `options`, without trying the others."""
    found = find_profile(profile)
    offered = _offered(found, given)
    return {name: _possible(found, given, name, offered[name][0]) for name in names}


def _offered(found: Profile, given: Options) -> dict[str, tuple[Iterable[object] | None, Any, Words | str]]:
    """For each option the values to try, its default, and what decides."""
    settings = Settings(found, dict(given))
    offered: dict[str, tuple[Iterable[object] | None, Any, Words | str]] = {
        "encoding": ((*ENCODINGS, *FURTHER_ENCODINGS), found.rule("encodings")["default"], _encodings(found)),
        "commercial": (
            FLAGS,
            False,
            said("Marketing texts have their own rules, above all the opt-out mention."),
        ),
        "optout": (OPTOUTS, _default(found, given, "optout"), _optouts(settings)),
        "optout_text": _optout_text(found, settings, given),
        "max_segments": (
            range(1, found.rule("limit")["ceiling"] + 1),
            found.rule("limit")["default"],
            counted(
                "One message may have at most %(number)s billed segment.",
                "One message may have at most %(number)s billed segments.",
                found.rule("limit")["ceiling"],
            ),
        ),
        "truncate": (TRUNCATIONS, found.rule("limit")["truncate"], _truncation(found)),
        "truncate_mark": (
            None if settings.cuts_words else (),
            None,
            said("The mark where words are cut; only a cut at words has one."),
        ),
        "country": (
            _tables.COUNTRIES.split(),
            found.country,
            said(
                "Any country, by its ISO 3166-1 code. It decides which mention is used if there are several."
            ),
        ),
        "language": (
            ("auto", *(found.rule("languages") or {"offered": ()})["offered"]),
            list((found.rule("languages") or {"default": ()})["default"]) or None,
            said(
                "The national tables that may be used in addition to the default ones (TS 23.038, annex A)."
            ),
        ),
        "ignore": (
            MAY_BE_IGNORED,
            None,
            said("Warnings and notices to leave out; errors are always reported."),
        ),
        "ports": (_any_elements(found), None, _elements(found)),
        "header": (_any_elements(found), None, _elements(found)),
        "prefix": (*_frame(found, "prefix"), _PREFIX),
        "suffix": (*_frame(found, "suffix"), _SUFFIX),
        "substitute": (choices(found.all_rules), substitutes(found.all_rules), _SUBSTITUTE),
        "link_length": (
            () if found.rule("links") is None else range(1, LONGEST_LINK + 1),
            found.rule("links") and found.rule("links")["length"],
            said("The length of each link after the vendor has rewritten it, if it does."),
        ),
        "recipient_count": (
            None,
            None,
            said("How many recipients get the message at once, if the vendor's limit depends on it."),
        ),
    }
    assert tuple(offered) == NAMES
    return offered


def _possible(
    profile: Profile, given: Options, name: str, values: Iterable[object] | None
) -> list[Any] | None:
    """Those of these values of an option that the profile takes with the given options."""
    if values is None:
        return None
    return [value for value in values if _takes(profile, {**given, name: value})]


def _takes(profile: Profile, asked: dict[str, Any]) -> bool:
    try:
        Settings(profile, asked)
    except OptionError:
        return False
    return True


def _default(profile: Profile, given: Options, name: str) -> Any:
    """The default of an option, with the other options that are given."""
    without: dict[str, Any] = {**given, name: None}
    return getattr(Settings(profile, without), name)


_SUBSTITUTE = said("Whether the vendor replaces characters, if it has a switch for it.")
_PREFIX = said("Text that is put before yours, if the vendor has a field for it.")
_SUFFIX = said("Text that is put after yours, if the vendor has a field for it.")


def _frame(profile: Profile, name: str) -> tuple[tuple[object, ...] | None, str | None]:
    """The values of a prefix or a suffix, and its default."""
    rule = profile.rule(name)
    return None if may_be_given(profile, name) else (), None if rule is None else rule["text"]


def _any_elements(profile: Profile) -> tuple[object, ...] | None:
    return None if may_have_elements(profile) else ()


def _elements(profile: Profile) -> str:
    if may_have_elements(profile):
        return said("The sender writes the header of each segment, and may add to it.")
    return said("The vendor writes the header of each segment.")


def _encodings(profile: Profile) -> str:
    if "gsm7" not in profile.rule("encodings")["offered"]:
        return said("Only UTF-8, which can send any character.")
    if "utf8" in profile.rule("encodings")["offered"]:
        return said("GSM-7 and UCS-2, from which auto chooses; UTF-8 on request.")
    if "latin1" in profile.rule("encodings")["offered"]:
        return said("GSM-7 and UCS-2, from which auto chooses; Latin-1 on request.")
    if "ucs2" in profile.rule("encodings")["offered"]:
        return said("The vendor sends GSM-7 and UCS-2; auto uses UCS-2 if the text needs it.")
    return said("The vendor has no Unicode mode: UCS-2 is planned as GSM-7, and refused.")


def _optouts(settings: Settings) -> str:
    if settings.mention is None:
        return said("The vendor has no mention of its own: pass one as optout_text.")
    mention = settings.mention.text
    if settings.commercial:
        return said('When "%(mention)s" is added to a commercial message.', mention=mention)
    return said('When "%(mention)s" is added to a message that is not marketing.', mention=mention)


def _optout_text(profile: Profile, settings: Settings, given: Options) -> tuple[Any, Any, str]:
    without: dict[str, Any] = {**given, "optout_text": None}
    # A value that asks for a mention may need the mention that is given.
    own = Settings(profile, without | {"optout": None}).mention
    if own is not None and _is_fixed(profile, settings):
        return (), own.text, said("The vendor fixes the words of the mention.")
    why: Words = said("Any text that the vendor's alphabet shows unchanged.")
    if own is not None and own.unspecified:
        why = why + " " + said("The vendor does not publish its mention, or may change it.")
    return None, own and own.text, why


def _is_fixed(profile: Profile, settings: Settings) -> bool:
    mentions = profile.rule("optout")["mentions"]
    here = [mention for mention in mentions if settings.country in mention["countries"]]
    return any(mention["fixed"] for mention in here or [m for m in mentions if not m["countries"]])


def _truncation(profile: Profile) -> str:
    rule = profile.rule("limit")
    if rule["truncate"]:
        return said("A text that is too long is cut unless you switch that off.")
    return said("A text that is too long is cut only on request.")
