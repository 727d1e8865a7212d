"""Profiles: the text rules of one vendor, as data, and where to find them."""

from __future__ import annotations

import os

from septet import _tables
from septet.errors import ProfileError, shown_path
from septet.gsm.alphabets import Alphabet, alphabet
from septet.gsm.characters import UNDEFINED
from septet.wording.frozen import frozen

from .policies import acting, policy_of, substitutes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .answers.responses import Response
    from .words.rules import Rule


class Profile:
    """One vendor's text rules. Made by `profile`; immutable; equal if name and rules are.

    `rules` gives all of them in plain words, each rule with its source and what is assumed.
    """

    __slots__ = ("_alphabet", "_name", "_origin", "_rules", "_substituting", "_substitutions")

    def __init__(self, name: str, rules: dict[str, Any], origin: Profile | None = None) -> None:
        self._name = name
        self._origin = origin
        self._substituting: dict[object, Profile] = {}
        # The whole process shares the values that are handed out.
        self._rules: dict[str, Any] = frozen(rules)
        self._alphabet = alphabet(rules["alphabet"])
        groups = acting(rules["substitutions"], substitutes(rules))
        self._substitutions = dict(tuple(row) for group in groups for row in group["rows"])

    @classmethod
    def from_toml(cls, text: str, *, name: str = "own") -> Profile:
        """The profile of a vendor file's text, for example from a configuration or a database.

        Problems and plans call it `name`. Raises TypeError for anything but a `str`, and
        `ProfileError`, a ValueError, that names the key, what was expected there, and the line.
        """
        if not isinstance(text, str):
            raise TypeError(f"text: expected a str, found {type(text).__name__}")
        return _parsed(text.removeprefix("\ufeff"), name, name)

    def __repr__(self) -> str:
        return f"<septet.Profile {self._name}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Profile):
            return NotImplemented
        return self._name == other._name and self._rules == other._rules

    def __hash__(self) -> int:
        return hash(self._name)

    def __reduce__(self) -> tuple[Any, ...]:
        if _known.get(self._name) is self:
            return _shipped, (self._name, _tables.EDITION)
        return Profile, (self._name, self._rules, self._origin)

    @property
    def name(self) -> str:
        """Its name for `profile=`: a known name, or that of its file without ``.toml``."""
        return self._name

    @property
    def title(self) -> str:
        """The vendor, its product and version, in one line."""
        return str(self._rules["title"])

    @property
    def document(self) -> str:
        """The vendor's document that the rules were read from."""
        return str(self._rules["document"])

    @property
    def date(self) -> str | None:
        """The date of that document, as a month or a day; None if it has none."""
        return self._rules["date"]  # type: ignore[no-any-return]

    @property
    def country(self) -> str | None:
        """The ISO 3166 code meant when `country` is not given; None if it changes nothing."""
        return self._rules["country"]  # type: ignore[no-any-return]

    @property
    def alphabet(self) -> Alphabet:
        """The characters that a GSM-7 message of this vendor holds."""
        return self._alphabet

    @property
    def substitutions(self) -> dict[str, str]:
        """The vendor's replacements in a GSM-7 message: a character, and the text sent instead.

        If there is a switch for them, those of its default.
        """
        return dict(self._substitutions)

    @property
    def origin(self) -> Profile:
        """The profile from whose replacements these were chosen; itself if there was no choice."""
        return self._origin or self

    @property
    def substitutes(self) -> bool | str:
        """Whether its replacements apply by default, or the name of those that do; False if it has none."""
        return substitutes(self._rules)

    def substituting(self, choice: bool | str) -> Profile:
        """The same vendor with its replacements switched on or off, or with those of one name."""
        if choice == self.substitutes:
            return self
        if choice not in self._substituting:
            rules = dict(self._rules)
            rules["substitutions"] = acting(rules["substitutions"], choice)
            rules["substitution"] = {**rules["substitution"], "default": choice}
            self._substituting[choice] = Profile(self._name, rules, self.origin)
        return self._substituting[choice]

    @property
    def policy(self) -> str:
        """When the vendor replaces characters: one of `policies.POLICIES`."""
        return policy_of(self._rules)

    def rule(self, key: str) -> Any:
        """The checked table of one key of the vendor file (`tables/README.md`), or None."""
        return self._rules[key]

    @property
    def all_rules(self) -> dict[str, Any]:
        """The checked tables of all keys of the vendor file."""
        return dict(self._rules)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in plain words, with its source and, if it is assumed, why."""
        from .words.rules import describe

        return describe(self._rules)

    def read_response(self, body: bytes, *, http_status: int | None = None) -> Response:
        """Reads the vendor's answer to a request to send, as its document describes it.

        `http_status`, if given, shows whether the vendor documents it as temporary. Raises
        `ResponseError`, a ValueError, for an answer that is like no documented one, and
        ModuleNotFoundError, in one line, if it is XML and defusedxml is not installed.
        """
        from .answers.reading import read

        return read(self._name, self._rules, body, http_status)

    @property
    def line_break_units(self) -> int:
        """The units of a line break in any form, if the vendor states them; 0 otherwise."""
        table = self._rules["line_breaks"]
        return 0 if table is None else int(table["units"])


_known: dict[str, Profile] = {}


def profiles() -> tuple[str, ...]:
    """The names of the profiles that come with septet.

    A vendor may have several documents: ``name`` holds the rules of one, ``name@date`` those of
    another, by its date.
    """
    return tuple(_tables.VENDORS)


def profile(name_or_path: str | os.PathLike[str] | Profile) -> Profile:
    """The profile of a name, or of a vendor file (``my-vendor.toml``); a `Profile` is returned as it is.

    Raises `ProfileError`, a ValueError, that names the known profiles, or the file, the
    key and the expected value.
    """
    if type(name_or_path) is str and (known := _known.get(name_or_path)) is not None:
        return known
    if isinstance(name_or_path, Profile):
        return name_or_path
    if is_path(name_or_path) and name_or_path not in _tables.VENDORS:
        return _read(os.fspath(name_or_path))
    if isinstance(name_or_path, str):
        return _named(name_or_path, ", or the path of a .toml file")
    raise ProfileError(f"profile: expected a name, a path or a Profile, found {type(name_or_path).__name__}")


# The name of a profile: a word that begins with a letter, perhaps with a date after an @.
_NAME = r"[A-Za-z][A-Za-z_.-]*([0-9]{1,3}[A-Za-z_.-]*)?(@[0-9-]{1,10})?"


def _may_be_shown(name: str) -> bool:
    """Whether a value given as a profile may be intended as a name, and is not the text to send.

    That text may be a one-time code, which must not get into an error, and so into a log.
    """
    import re  # like the other import, only for an unknown name

    from septet.wording.quoting import nearest_name

    if len(name) <= 40 and (re.fullmatch(_NAME, name) or nearest_name(name, list(_tables.VENDORS))):
        return True
    from septet._tables.names import OTHER_NAMES

    return name.casefold().strip() in OTHER_NAMES


def _listed(otherwise: str) -> str:
    """What is a name of a profile: all of them would fill a screen."""
    count = len(_tables.VENDORS)
    return f"one of the {count} that septet.profiles() and the command septet profiles list{otherwise}"


def _looks_swapped(otherwise: str) -> ProfileError:
    return ProfileError(
        "profile: found what cannot be a name, which is not repeated here; the text and the profile look "
        f"swapped: expected {_listed(otherwise)}"
    )


def _named(name: str, otherwise: str = "") -> Profile:
    if name not in _known:
        if name not in _tables.VENDORS and not _may_be_shown(name):
            raise _looks_swapped(otherwise)
        vendor, at, date = name.partition("@")
        if name not in _tables.VENDORS and vendor in _tables.VENDORS and at:
            index = _tables.VENDORS.items()
            dates = {other: known for other, (_, _, known, _) in index if other.partition("@")[0] == vendor}
            if date == dates[vendor]:
                return _named(vendor)
            listed = ", ".join(known or "one without a date" for known in dates.values())
            raise ProfileError(f"profile {name!r} is not known: the documents of {vendor} here are {listed}")
        if name not in _tables.VENDORS:
            names = list(_tables.VENDORS)
            from septet._tables.names import OTHER_NAMES

            if other := OTHER_NAMES.get(name.casefold().strip()):
                hint = f' (did you mean "{other}"?)'
            else:
                from septet.wording.quoting import nearest_name

                hint = nearest_name(name, names)
            raise ProfileError(f"profile {name!r} is not known{hint}: expected {_listed(otherwise)}")
        _known[name] = Profile(name, _rules_of(name))
    return _known[name]


def _rules_of(name: str) -> Any:
    """The checked tables of a known vendor; loads its module."""
    module, _, _, _ = _tables.VENDORS[name]
    # Without importlib, which takes as long to load as the rules.
    return __import__(f"{_tables.__name__}.vendors.{module}", fromlist=("RULES",)).RULES


def _shipped(name: str, edition: str) -> Profile:
    """A profile that was pickled by its name: the one that comes with this septet.

    Warns if its tables are of another edition, as its rules may then differ.
    """
    if edition != _tables.EDITION:
        import warnings

        warnings.warn(
            f"profile {name!r} was pickled with the tables of edition {edition}; those here are of edition "
            f"{_tables.EDITION}, and its rules may differ. What was pickled is planned by the rules here: "
            "use one septet on both sides to get the same figures",
            UserWarning,
            stacklevel=2,
        )
    return _named(name)


def titles() -> dict[str, str]:
    """The vendor, its product and version, of each known profile by its name; loads no rules."""
    return {name: title for name, (_, title, _, _) in _tables.VENDORS.items()}


def youngest_sources() -> dict[str, str]:
    """The month of the youngest source of each known profile by its name, such as ``"2026-11"``.

    Empty if no source has a date; loads no rules.
    """
    from septet._tables.names import YOUNGEST

    return dict(YOUNGEST)


def countries_of_vendors() -> dict[str, str]:
    """The country (ISO 3166-1) of each known profile whose rules name one, by its name; loads no rules."""
    from septet._tables.names import COUNTRY

    return dict(COUNTRY)


def with_batch_files() -> tuple[str, ...]:
    """The names of the profiles whose vendors take files of rows; loads no rules."""
    return tuple(name for name, (_, _, _, has_batch_files) in _tables.VENDORS.items() if has_batch_files)


def is_path(name: object) -> bool:
    """Whether this names a vendor file rather than a known profile."""
    if isinstance(name, str):
        return name.endswith(".toml") or "/" in name or os.sep in name
    return isinstance(name, os.PathLike) and isinstance(os.fspath(name), str)


def _read(path: str) -> Profile:
    try:
        with open(path, "rb") as file:
            # Some editors begin a file with a byte order mark.
            text = file.read().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        if not os.path.exists(path) and shown_path(path) != path:
            raise _looks_swapped(", or the path of a .toml file") from None
        raise ProfileError(f"{path}: expected a vendor file in TOML: {reason}") from None
    return _parsed(text, path, os.path.basename(path).removesuffix(".toml"))


def _parsed(text: str, where: str, name: str) -> Profile:
    """The profile of a vendor file's text; errors name `where`."""
    import tomllib

    from .format.checker import BaseAlphabet, check
    from .format.lines import with_lines, with_short_numbers

    text = text.replace("\r\n", "\n")
    unread = ""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProfileError(f"{where}: expected a vendor file in TOML: {error}") from None
    except ValueError:
        # A number with more digits than Python reads. No key takes one, so the error names its key.
        unread = "numbers of fewer digits"
        document = tomllib.loads(with_short_numbers(text))
    bases = {
        name: BaseAlphabet(*(tables[kind].replace(UNDEFINED, "") for kind in ("basic", "extension")))
        for name, tables in _tables.ALPHABETS.items()
    }
    try:
        rules = check(
            document,
            where,
            bases,
            _tables.LANGUAGES,
            _tables.COUNTRIES.split(),
            lambda parent: _named(parent)._rules,
        )
    except ProfileError as error:
        raise ProfileError(with_lines(str(error), where, text)) from None
    if unread:
        raise ProfileError(f"{where}: expected {unread}")
    return Profile(name, rules)
