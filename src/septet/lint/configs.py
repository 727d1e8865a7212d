"""Configurations: the settings of the linter, checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from septet.campaign.prices.money import amount, currency_beside, currency_code
from septet.errors import OptionError, shown
from septet.planning.options import NAMES
from septet.vendors.profiles import Profile
from septet.wording.problems import SEVERITY_ORDER
from septet.wording.quoting import nearest, printable

from .globs import matches
from .rules import RULES, check_rule
from .values import ALL_OTHERS, GUESSED, Values, values_of

if TYPE_CHECKING:
    from septet.wording.problems import Severity

#: The options of a planner that a configuration may have; none that cut, as cut texts would have too low
#: counts.
PLANNING = tuple(
    name for name in NAMES if name not in ("max_segments", "truncate", "truncate_mark", "ignore")
)
#: The settings that are lists of globs.
_GLOBS = ("keys", "references", "contexts", "exclude")
_LISTS = ("paths", *_GLOBS)
_TEXTS = ("source_language", "currency", "baseline")
_NAMES = (
    *_LISTS,
    *("bounds", "ignore", "per_file_ignores", "rules", "max_segments", "price", "volume"),
    *_TEXTS,
    "profile",
    *PLANNING,
)


class Config(NamedTuple):
    """The settings of the linter. Made by `config_of`, which checks them."""

    profile: str | Profile = "gsm"
    #: The options of a planner, as `septet.Planner` takes them.
    options: Mapping[str, Any] = {}
    #: Files and directories where none are named.
    paths: tuple[str, ...] = ()
    #: Globs of the entries that are SMS; where all three are empty, every entry is one.
    keys: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    #: Globs of keys and files that are not SMS.
    exclude: tuple[str, ...] = ()
    #: The values of placeholders, by their name or a glob of it.
    bounds: Mapping[str, Values] = {}
    #: Rules that are not checked, everywhere and by globs of files.
    ignore: frozenset[str] = frozenset()
    per_file_ignores: Mapping[str, frozenset[str]] = {}
    #: Other severities of rules, and their own options.
    severities: Mapping[str, Severity] = {}
    rule_options: Mapping[str, Mapping[str, int]] = {}
    #: The most billed segments that are wanted; None: as many as the vendor takes.
    max_segments: int | None = None
    price: Decimal | None = None
    currency: str = ""
    #: Messages a year, by globs of keys.
    volume: Mapping[str, int] = {}
    #: The language of the texts that are translated, where each file has one language.
    source_language: str | None = None
    baseline: str | None = None
    #: The directory of the file that it was read from; None where there is none.
    directory: str | None = None

    def values(self, name: str) -> tuple[Values, bool]:
        """The values of a placeholder, and whether a line of the configuration covers it."""
        if name in self.bounds:
            return self.bounds[name], True
        for pattern, values in self.bounds.items():
            if pattern != ALL_OTHERS and "*" in pattern and matches(pattern, name):
                return values, True
        return (self.bounds[ALL_OTHERS], True) if ALL_OTHERS in self.bounds else (GUESSED, False)

    def option(self, rule: str, name: str) -> int:
        """The value of an option of a rule."""
        return self.rule_options.get(rule, {}).get(name, RULES[rule].options[name])

    def severity(self, rule: str) -> Severity:
        """How severe a finding of a rule is."""
        return self.severities.get(rule, RULES[rule].severity)


def config_of(given: Mapping[str, Any] | Config) -> Config:
    """A configuration from the settings of a file, a command or a caller; keys with ``-`` or ``_``.

    Raises OptionError for unknown or invalid settings.
    """
    if isinstance(given, Config):
        return given
    named: dict[str, Any] = {}
    for key, value in given.items():
        name = str(key).replace("-", "_")
        if name in named:
            raise _wrong(key, "it once", "two spellings of it")
        if name not in _NAMES:
            known = [known.replace("_", "-") for known in _NAMES]
            hint = nearest(str(key), known)
            raise OptionError(
                f"no setting is named {shown(key)}{hint}: expected {', '.join(known)}", str(key), tuple(known)
            )
        if value is not None:
            named[name] = value
    price, currency = _price(named)
    rules = _table(named, "rules")
    lists = {name: _texts(name, named.get(name, ())) for name in _LISTS}
    return Config(
        profile=named.get("profile", "gsm"),
        options=_options(named),
        paths=lists["paths"],
        keys=lists["keys"],
        references=lists["references"],
        contexts=lists["contexts"],
        exclude=lists["exclude"],
        bounds={str(name): values_of(str(name), value) for name, value in _table(named, "bounds").items()},
        ignore=_rules("ignore", named.get("ignore", ())),
        per_file_ignores={
            str(glob): _rules(f"per-file-ignores: {glob}", names)
            for glob, names in _table(named, "per_file_ignores").items()
        },
        severities=_severities(rules),
        rule_options=_rule_options(rules),
        max_segments=_number("max-segments", named.get("max_segments"), least=1),
        price=price,
        currency=currency,
        volume={
            str(glob): cast("int", _number(f"volume: {glob}", number))
            for glob, number in _table(named, "volume").items()
        },
        source_language=_text("source-language", named.get("source_language")),
        baseline=_text("baseline", named.get("baseline")),
    )


def _options(named: Mapping[str, Any]) -> dict[str, Any]:
    options = {name: named[name] for name in PLANNING if name in named}
    if isinstance(options.get("header"), str):
        try:
            options["header"] = bytes.fromhex(options["header"])
        except ValueError:
            raise _wrong(
                "header", "elements in hexadecimal, such as 01028005", repr(options["header"])
            ) from None
    return {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}


def _price(named: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    written, currency = named.get("price"), _text("currency", named.get("currency")) or ""
    if currency:
        currency = currency_code(currency)
    if written is None:
        return None, currency
    if isinstance(written, bool) or not isinstance(written, (str, int, float, Decimal)):
        raise _wrong("price", 'a price such as "0.045"', repr(written))
    return amount(str(written), "price", currency or None), currency or currency_beside(str(written)) or ""


def _severities(rules: Mapping[str, Any]) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for name, table in rules.items():
        check_rule(name, "rules")
        if not isinstance(table, Mapping):
            raise _wrong(f"rules.{name}", "a table", repr(table))
        severity = table.get("severity")
        if severity is not None:
            if severity not in SEVERITY_ORDER:
                raise _wrong(f"rules.{name}.severity", " or ".join(SEVERITY_ORDER), repr(severity))
            found[name] = severity
    return found


def _rule_options(rules: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name, table in rules.items():
        for key, value in table.items():
            if key == "severity":
                continue
            known = ["severity", *RULES[name].options]
            if key not in known:
                raise _wrong(f"rules.{name}", ", ".join(known), f"{key!r}{nearest(str(key), known)}")
            found.setdefault(name, {})[key] = cast("int", _number(f"rules.{name}.{key}", value))
    return found


def _rules(where: str, given: Any) -> frozenset[str]:
    names = _texts(where, given)
    try:
        return frozenset(check_rule(name, where) for name in names)
    except ValueError as error:
        raise OptionError(str(error), where, tuple(RULES)) from None


def _table(named: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = named.get(name, {})
    if not isinstance(found, Mapping):
        raise _wrong(name.replace("_", "-"), "a table", repr(found))
    return found


def _texts(name: str, given: Any) -> tuple[str, ...]:
    found = (given,) if isinstance(given, (str, os.PathLike)) else given
    if not isinstance(found, (list, tuple, set, frozenset)):
        raise _wrong(name, "a text or a list of texts", repr(given))
    texts = tuple(os.fspath(one) if isinstance(one, os.PathLike) else one for one in found)
    for one in texts:
        if not isinstance(one, str) or not one:
            raise _wrong(name, "texts that are not empty", repr(one))
    return texts


def _text(name: str, given: Any) -> str | None:
    if given is None or (isinstance(given, str) and given):
        return given
    raise _wrong(name, "a text", repr(given))


def _number(name: str, given: Any, least: int = 0) -> int | None:
    if given is None or (type(given) is int and given >= least):
        return given
    raise _wrong(name, f"a whole number from {least} on", repr(given))


def _wrong(name: str, expected: str, found: str) -> OptionError:
    message = f"{printable(str(name), 60)}: expected {expected}, found {printable(found, 80)}"
    return OptionError(message, str(name), expected)
