"""Recipients: the numbers a message goes to, as their vendor wants them written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from septet.destinations.beginnings import beginnings
from septet.destinations.countries import WORLD
from septet.destinations.dialling import as_dialled, with_its_code, written_at_home
from septet.destinations.numbering_plans import are_known
from septet.destinations.phone_numbers import phone_number
from septet.vendors.refusals import refusal
from septet.vendors.territories import counted_as
from septet.wording.extras import installing
from septet.wording.messages import joined, phrase, said
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from septet.destinations.readings import PhoneNumber
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Message, Words
    from septet.wording.problems import Problem

# How many numbers a message names before it only counts the others.
_NAMED = 3


class Recipients(NamedTuple):
    """The recipients of one request."""

    #: As they are sent, in the order given.
    written: tuple[str, ...]
    #: Each distinct recipient, and its places in `written`.
    distinct: dict[str, list[int]]
    malformed: tuple[str, ...]
    #: The recipients that no numbering plan knows.
    unknown: tuple[str, ...]
    #: The country of each well-formed one, overseas territories counted as the profile says; "001" is no
    #: particular country.
    countries: dict[str, list[str]]
    #: The same, with territories left as they are.
    places: frozenset[str]
    #: Whether numbering plans could be checked at all.
    checked: bool
    #: The country whose national numbers are written with its code; None where unknown.
    home: str | None

    @property
    def is_plain(self) -> bool:
        """Whether it is one recipient that a numbering plan knows, so that it has no problem."""
        return len(self.written) == 1 and self.checked and not (self.malformed or self.unknown)


def listed(recipients: object) -> tuple[str, ...] | None:
    """The recipients as the caller gave them: one text with commas, or several texts."""
    if recipients is None:
        return None
    if isinstance(recipients, str):
        return _parted([recipients])
    if isinstance(recipients, (bytes, Mapping)) or not isinstance(recipients, Iterable):
        raise TypeError(f"recipients: expected numbers as texts, found {type(recipients).__name__}")
    found = list(recipients)
    for number in found:
        if not isinstance(number, str):
            raise TypeError(f"recipients: expected numbers as texts, found {type(number).__name__}")
    return _parted(found)


def _parted(texts: Iterable[str]) -> tuple[str, ...]:
    # A comma separates numbers in the request, so it must do so here: no number can smuggle in another.
    return tuple(filter(None, map(str.strip, ",".join(texts).split(","))))


def read(
    profile: Profile, numbers: Sequence[str], country: str | None, *, as_written: bool = False
) -> Recipients:
    """Reads the recipients by the profile's rules; `country` is the one that the caller named.

    They go out in the form that the vendor takes, however people write them, unless they have to go out
    `as_written`. The vendor reads a national number as one of its own country, wherever the message is said
    to go; one that it does not take is one of the caller's country, or of the profile's.
    """
    return Reader(profile, country).read(numbers, as_written=as_written)


class Reader:
    """Reads recipients as `read` does, for one profile and country."""

    __slots__ = ("_beginnings", "_counted_as", "_drops_plus", "_home", "_named", "_well_formed", "profile")

    def __init__(self, profile: Profile, country: str | None) -> None:
        rule = profile.rule("recipients")
        self.profile = profile
        self._home, self._named = profile.country or country, country or profile.country
        self._well_formed = _well_formed(profile)
        self._drops_plus = rule is not None and rule["plus"] == "dropped"
        self._beginnings = beginnings(self._home, as_sent=True)
        self._counted_as: dict[str, str] = {}

    def read(self, numbers: Sequence[str], *, as_written: bool = False) -> Recipients:
        """Reads recipients."""
        written: list[str] = []
        malformed: list[str] = []
        unknown: list[str] = []
        distinct: dict[str, list[int]] = {}
        countries: dict[str, list[str]] = {}
        places: set[str] = set()
        checked = True
        well_formed = self._well_formed
        for place, given in enumerate(numbers):
            is_taken = well_formed(given)
            number = given if as_written else dialled(given, self._named, well_formed, is_taken=is_taken)
            wire = number
            # A plus belongs to an international number, so +06… is not a number and stays unchanged.
            if self._drops_plus and number[:1] == "+" and number[:2] != "+0":
                wire = number[1:]
            written.append(wire)
            if not (is_taken if wire is given else well_formed(wire)):
                malformed.append(given)
                distinct.setdefault(wire, []).append(place)
                # It might have been written differently, if numbering plans could be checked.
                checked = checked and (self._named is None or not wire.isdigit() or are_known())
                continue
            found = None
            try:
                found = self._phone_number(number)
            except ModuleNotFoundError:
                checked = False
            distinct.setdefault(found.digits if found else wire, []).append(place)
            if checked and (found is None or not found.known):
                unknown.append(given)
            if found is not None and found.country is not None:
                places.add(found.country)
                countries.setdefault(self._where(found.country), []).append(number)
        return Recipients(
            *(tuple(written), distinct, tuple(malformed), tuple(unknown)),
            *(countries, frozenset(places), checked or not numbers, self._named),
        )

    def _phone_number(self, number: str) -> PhoneNumber | None:
        if number.isascii() and number.removeprefix("+").isdigit():  # as almost all are
            return self._beginnings.reading(number).number
        return phone_number(number, self._home, as_sent=True)

    def _where(self, country: str) -> str:
        found = self._counted_as.get(country)
        if found is None:
            found = self._counted_as[country] = counted_as(self.profile, country)
        return found


def dialled(given: str, country: str | None, well_formed: Callable[[str], bool], *, is_taken: bool) -> str:
    """A number, as people write it, in the form that is sent: ``tel:+33-6…`` and ``+33 (0)6…`` are ``+336…``.

    A number that the vendor takes as written (`is_taken`) stays so, and so does anything that is not a
    number. One without a plus that the vendor does not take belongs to `country`: ``06…`` of France is
    ``+336…``, too. So does one that people in `country` write without a zero, since the vendor would take it
    for one elsewhere.
    """
    found = given if is_taken else as_dialled(given, country)
    if found.startswith("+"):
        return found
    try:
        if is_taken or well_formed(found):
            return written_at_home(found, country) or found
        return with_its_code(found, country) or found
    except ModuleNotFoundError:
        return found


def destinations(profile: Profile, found: Iterable[str], country: str | None) -> tuple[str, ...]:
    """Where messages go, as far as known: a number of no single country may be anywhere.

    `found` are the countries of the recipients, `country` is the one that the caller gave.
    """
    known = tuple(found)
    if known and set(known) != {WORLD}:
        return known
    return () if country is None else (counted_as(profile, country),)


def problems(
    profile: Profile, found: Recipients | None, method: str, *, deduped: bool, malformed_allowed: bool
) -> Iterator[Problem]:
    """What the vendor would refuse about the recipients; `found` is None where none were given."""
    if found is None:
        yield refusal(
            profile, "recipients-missing", said("No recipient was given. Give one."), fault="absent"
        )
        return
    rule = profile.rule("recipients")
    if not found.written:
        message = said("The list of recipients is empty.")
        yield refusal(profile, "recipients-missing", message, fault="empty")
    most, actual = rule["most"].get(method), len(found.written)
    if most is not None and actual > most:
        message = said(
            "%(actual)s recipients; this vendor accepts at most %(most)s in one %(method)s request. Split "
            "them.",
            actual=actual,
            most=most,
            method=method,
        )
        yield refusal(profile, "too-many-recipients", message, limit=most, actual=actual)
    if found.malformed:
        yield _malformed(profile, found.malformed, found.home, malformed_allowed)
    if found.unknown:
        message = said(
            "No numbering plan has %(numbers)s. Check that each is written correctly.",
            numbers=some(found.unknown),
        )
        yield refusal(profile, "unknown-recipient", message, numbers=found.unknown)
    again = tuple(found.written[place] for places in found.distinct.values() for place in places[1:])
    if again and not deduped:
        twice: Words = said(
            "%(numbers)s: in the list more than once, and billed each time.", numbers=some(again)
        )
        if field := rule["dedupe"]:
            twice += " " + said("Set %(field)s to have the vendor send only once to each.", field=field)
        yield refusal(profile, "duplicate-recipient", twice, numbers=again)
    if not found.checked:
        yield refusal(profile, "not-checked", without_numbering_plans(), fault="recipients")


def _malformed(profile: Profile, numbers: tuple[str, ...], home: str | None, allowed: bool) -> Problem:
    rule = profile.rule("recipients")
    message: Words = said(
        "%(numbers)s: this vendor accepts %(expected)s.",
        numbers=some(numbers),
        expected=phrase(rule["expected"]),
    )
    if allowed:
        message += " " + said("It is sent anyway, and billed.")
        return refusal(profile, "billed-malformed-recipient", message, numbers=numbers)
    well_formed = _well_formed(profile)
    compact = re.sub(r"\(0\)|[\s.()/-]", "", numbers[0])
    bare = compact.removeprefix("00").removeprefix("+")
    for form in (compact, bare, f"+{bare}"):
        if form != numbers[0] and well_formed(form):
            message += " " + said("Write %(form)s.", form=form)
            break
    else:
        if home is None and compact.isascii() and compact.isdigit():
            message += " " + said("Name the country of national numbers, or write them with its code.")
    return refusal(profile, "malformed-recipient", message, {"value": ", ".join(numbers)}, numbers=numbers)


def without_numbering_plans() -> Message:
    """That the recipients were not checked by numbering plans."""
    return said(
        "The recipients were not checked against numbering plans: %(install)s to check them.",
        install=installing("requests"),
    )


def some(numbers: Sequence[str]) -> Words:
    """Numbers for a message: the first few, and how many more there are."""
    named = joined(", ", (said('"%(text)s"', text=printable(number)) for number in numbers[:_NAMED]))
    if len(numbers) <= _NAMED:
        return named
    return said("%(some)s and %(number)s more", some=named, number=len(numbers) - _NAMED)


@lru_cache(maxsize=64)
def _well_formed(profile: Profile) -> Callable[[str], bool]:
    rule = profile.rule("recipients")
    if rule is None:
        return lambda number: number != ""
    patterns = [re.compile(pattern).fullmatch for pattern in rule["patterns"]]
    if len(patterns) == 1:
        (is_one,) = patterns
        return lambda number: is_one(number) is not None

    def is_any(number: str) -> bool:
        # Not by any(), which would take twice as long.
        for matches in patterns:  # noqa: SIM110
            if matches(number):
                return True
        return False

    return is_any
