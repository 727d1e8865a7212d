"""The errors that septet raises itself."""

from __future__ import annotations

__all__ = [
    "BatchFileError",
    "CampaignError",
    "DecodeError",
    "FileError",
    "OptionError",
    "ProfileError",
    "ResponseError",
]


def __dir__() -> list[str]:
    return sorted(__all__)


class ProfileError(ValueError):
    """An unknown profile, or an invalid vendor file.

    The message names the file, the key and the expected value.
    """


class OptionError(ValueError):
    """An unknown option value, or one that this vendor does not support.

    `option` is its name. `expected` has the possible values if they can be listed; if not, it describes
    them in words. The message names the option, what was expected and what was found.
    """

    def __init__(self, message: str, option: str, expected: tuple[object, ...] | str) -> None:
        # All three are arguments of the exception, so that it can be copied and pickled.
        super().__init__(message, option, expected)
        self.option = option
        self.expected = expected

    def __str__(self) -> str:
        return str(self.args[0])


class DecodeError(ValueError):
    """Octets that cannot be decoded as declared.

    `field` is the wrong part, by its name in the standard if it has one; `offset` is the octet where
    the fault was found, or None if no single octet is at fault. The message names both.
    """

    def __init__(self, reason: str, field: str, offset: int | None = None) -> None:
        # All three are arguments of the exception, so that it can be copied and pickled.
        super().__init__(reason, field, offset)
        self.reason = reason
        self.field = field
        self.offset = offset

    def __str__(self) -> str:
        place = "" if self.offset is None else f" at offset {self.offset}"
        return f"{self.field}{place}: {self.reason}"


class FileError(ValueError):
    """A file that cannot be read, or a place where none can be written.

    `reason` says why. `file` is its name, None if the reason names it, and `line` is the first faulty
    line, None if no line is at fault. The message is one line, and names all of them.
    """

    def __init__(self, reason: str, file: str | None = None, line: int | None = None) -> None:
        # Those that are not None are arguments of the exception, so that it can be copied and pickled.
        super().__init__(*(part for part in (reason, file, line) if part is not None))
        self.reason = reason
        self.file = file
        self.line = line

    def __str__(self) -> str:
        if self.file is None:
            return self.reason
        return f"{self.file}{'' if self.line is None else f', line {self.line}'}: {self.reason}"


class CampaignError(FileError):
    """A wrong file, template, price list or output of a campaign.

    The message is one line: which file or option, where in it, and what was expected.
    """


class BatchFileError(FileError):
    """A file of rows that cannot be read further: no row after this place can be trusted.

    `file` is its name, `line` the first faulty line. The message names both.
    """

    file: str
    line: int

    def __init__(self, reason: str, file: str, line: int) -> None:
        super().__init__(reason, file, line)


class ResponseError(ValueError):
    """A vendor's answer that matches none of the documented ones.

    `reason` says what was expected and found, `beginning` shows the first characters of the
    answer, `profile` names the vendor's profile. `temporary` is true if the vendor documents the
    HTTP status that came with it as temporary. It is unknown whether the message was sent.
    """

    def __init__(self, profile: str, reason: str, beginning: str, temporary: bool = False) -> None:
        super().__init__(profile, reason, beginning, temporary)
        self.profile = profile
        self.reason = reason
        self.beginning = beginning
        self.temporary = temporary

    def __str__(self) -> str:
        found = f"the answer begins {self.beginning}" if self.beginning else "the answer is empty"
        return f"{self.profile}: {self.reason}; {found}"


def no_text(name: str, found: object) -> TypeError:
    """The error for anything but a `str`; a lazy string of translations has to be converted first."""
    message = f"{name}: expected a str, found {type(found).__name__}"
    # Everything that acts as a text has this method; octets do not have it.
    if hasattr(found, "format_map"):
        message += f", which is a lazy string: give str({name})"
    return TypeError(message)


# The longest word that may be the value of an option, or a name.
_LONGEST_WORD = 40
# So many digits in a row may be a one-time code.
_CODE = 4
_SIGNS = "-_.,:;+/@#*%=|()[]{}<>'\"&?!~^$"
# The most letters of the ending of a file's name.
_LONGEST_ENDING = 8


def shown(value: object) -> str:
    """A given value for an error: unchanged if it may be an option's value, otherwise only its type or kind.

    It may be the text to send, given in the wrong place: a one-time code must not get into an error, and
    so into a log.
    """
    if _is_plain(value) or type(value).__module__ in ("datetime", "decimal", "fractions"):
        return repr(value)
    if isinstance(value, str):
        return f"a text of {len(value)} characters"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"{len(value)} octets"
    if isinstance(value, (tuple, list, set, frozenset)) and all(map(_is_plain, value)):
        return repr(value)
    return f"a value of type {type(value).__name__}"


def shown_path(path: str) -> str:
    """The name of a missing file for an error; only its kind if it may be a text."""
    ending = path.rpartition(".")[2]
    has_ending = "." in path and ending.isalnum() and len(ending) <= _LONGEST_ENDING
    if "\n" not in path and (has_ending or is_a_word(path) or ("/" in path and " " not in path)):
        return path
    return f"a name of {len(path)} characters, which is not repeated here"


def is_a_word(text: str) -> bool:
    """Whether a text may be a name or the value of an option: it has no blank and no one-time code."""
    if len(text) > _LONGEST_WORD or not all(sign.isalnum() or sign in _SIGNS for sign in text):
        return False
    digits = "".join(sign if sign.isdigit() else " " for sign in text).split()
    if all(len(run) < _CODE for run in digits):
        return True
    # A day: 2026-12-24, 24/12/2026.
    return len(digits) >= 3 and all(len(run) <= _CODE for run in digits) and text[0].isdigit()


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return is_a_word(value)
    return value is None or isinstance(value, (bool, int, float))
