"""Added texts as they are shown: no character of a mention, a mark or a prefix may become another one."""

from __future__ import annotations

from septet.errors import OptionError
from septet.gsm.alphabets import LATIN_1
from septet.gsm.characters import is_invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.vendors.profiles import Profile


def check_as_shown(profile: Profile, option: str, noun: str, text: str, encodings: tuple[str, ...]) -> None:
    """Raises OptionError for a character that would not be shown as it is written.

    A character that the alphabet lacks is allowed where UCS-2 can be planned.
    """
    substitutions = profile.substitutions
    for character in text:
        if encodings == ("latin1",):
            if character not in LATIN_1:
                raise _outside(option, character, "Latin-1", "characters of ISO 8859-1")
            continue
        if encodings == ("utf8",):
            if is_invalid(character):
                raise _outside(option, character, "UTF-8", "characters that can be sent")
            continue
        if character in substitutions:
            raise _changed(profile, option, noun, character, substitutions[character])
        if character not in profile.alphabet and not _is_wide(profile, character, encodings):
            expected = "characters of GSM 03.38 as this vendor takes them"
            raise _outside(option, character, f"the alphabet of {profile.name}", expected)


def _is_wide(profile: Profile, character: str, encodings: tuple[str, ...]) -> bool:
    """Whether UCS-2 can be planned and carries the character."""
    if "ucs2" not in encodings or is_invalid(character):
        return False
    rule = profile.rule("ucs2")
    return not rule or not rule["characters"] or character in rule["characters"]


def _changed(profile: Profile, option: str, noun: str, character: str, shown: str) -> OptionError:
    becomes = f"becomes {shown!a} at" if shown else "is deleted by"
    expected = f"the {noun} as the phone shows it"
    message = f"{option}: {_code_point(character)} {becomes} {profile.name}; expected {expected}"
    return OptionError(message, option, expected)


def _outside(option: str, character: str, where: str, expected: str) -> OptionError:
    message = f"{option}: {_code_point(character)} is not in {where}; expected {expected}"
    return OptionError(message, option, expected)


def _code_point(character: str) -> str:
    return f"{character!a} (U+{ord(character):04X})"
