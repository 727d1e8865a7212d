"""Messages: sentences for people, as templates with named parameters, marked where the code uses them.

``said("%(profile)s has no Unicode mode.", profile=name)`` is a str, the sentence in English, and has
its translations. `tables/catalogue.py` finds the templates by the names of these functions, so each
template has to be written out in the call; `locale/` has the translations.
"""

from __future__ import annotations

from .languages import ENGLISH, language
from .numbers import amount_in, day_in, moment_in, number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Any, Self

    from .languages import Language, Translations


_english = language(ENGLISH)


class Words(str):
    """Plain words in English that can be translated.

    Joined with other texts by ``+`` they can still be translated; formatted into another text they cannot.
    """

    __slots__ = ("_made_of",)

    _made_of: tuple[Any, ...]

    def __new__(cls, *made_of: Any) -> Self:
        words = super().__new__(cls, cls._written(_english, *made_of))
        words._made_of = made_of
        return words

    def in_language(self, lang: str | Translations = ENGLISH) -> str:
        """The same words in a language. Raises ValueError for one that septet does not have."""
        spoken = language(lang)
        if spoken is _english:
            return str.__str__(self)
        return self._written(spoken, *self._made_of)

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        raise NotImplementedError

    def __add__(self, other: str) -> Words:
        return joined("", (self, other))

    def __radd__(self, other: str) -> Words:
        return joined("", (other, self))

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), self._made_of


class Message(Words):
    """A sentence: a template, and the parameters in it.

    A parameter is other translatable words, a number, which is written in the language's form, or a text
    that stays unchanged.
    """

    __slots__ = ()

    def __new__(cls, *made_of: Any) -> Self:
        template, parameters = made_of[0], made_of[1]
        for value in parameters.values():
            # English only writes larger numbers otherwise than Python does.
            if type(value) is int and not -1000 < value < 1000:
                return super().__new__(cls, *made_of)
        if len(made_of) > 2 and parameters["number"] != 1:
            template = made_of[2]
        words = str.__new__(cls, template % parameters)
        words._made_of = made_of
        return words

    @property
    def template(self) -> str:
        """The English template, the key of its translations."""
        template: str = self._made_of[0]
        return template

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parameters that the template names."""
        parameters: Mapping[str, object] = self._made_of[1]
        return parameters

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        template: str
        template, parameters = made_of
        return str(spoken.gettext(template) % _parameters(parameters, spoken))


class Counted(Message):
    """A sentence about a number of things."""

    __slots__ = ()

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        one, parameters, several = made_of
        template = spoken.ngettext(one, several, parameters["number"])
        return str(template % _parameters(parameters, spoken))


class _Joined(Words):
    __slots__ = ()

    def __new__(cls, *made_of: Any) -> Self:
        separator, parts = made_of
        words = str.__new__(cls, separator.join(parts))  # each part is English
        words._made_of = made_of
        return words

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        separator, parts = made_of
        return translated(separator, spoken).join(translated(part, spoken) for part in parts)


class _Listed(Words):
    __slots__ = ()

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        last, parts = made_of
        *others, end = [translated(part, spoken) for part in parts] or [""]
        if not others:
            return end
        return spoken.gettext(last) % {"first": ", ".join(others), "second": end}


class _Capitalised(Words):
    __slots__ = ()

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        written = translated(made_of[0], spoken)
        return written[:1].upper() + written[1:]


class _Figure(Words):
    __slots__ = ()

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        return number_in(spoken.name, *made_of)


class _Amount(Words):
    __slots__ = ()

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        return amount_in(spoken.name, *made_of)


class _Day(Words):
    __slots__ = ()

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        return day_in(spoken.name, *made_of)


class _Moment(Words):
    __slots__ = ()

    @classmethod
    def _written(cls, spoken: Language, *made_of: Any) -> str:
        return moment_in(spoken.name, *made_of)


def said(template: str, /, **parameters: object) -> Message:
    """The message of a template; a KeyError for a missing parameter.

    A literal per cent sign is written twice.
    """
    return Message(template, parameters)


def counted(one: str, several: str, /, number: int, **parameters: object) -> Message:
    """The message of two templates, for one thing and for several; `number` is among the parameters.

    ``counted("%(number)s segment", "%(number)s segments", plan.billed_segments)``
    """
    return Counted(one, {"number": number, **parameters}, several)


def phrase(words: str) -> Message:
    """Words of a vendor file, used as a template themselves."""
    return Message(words.replace("%", "%%"), {})


def joined(separator: str, parts: Iterable[str]) -> Words:
    """Texts and words with a separator between them, which no language changes."""
    return _Joined(separator, tuple(parts))


def listed(parts: Iterable[str]) -> Words:
    """All of several: ``a, b and c``."""
    return _Listed(said("%(first)s and %(second)s", first="", second="").template, tuple(parts))


def one_of(parts: Iterable[str]) -> Words:
    """Any of several: ``a, b or c``."""
    return _Listed(said("%(first)s or %(second)s", first="", second="").template, tuple(parts))


def all_of(parts: Iterable[str]) -> Words:
    """All of several: ``a and b and c``."""
    return joined(said(" and "), parts)


def any_of(parts: Iterable[str]) -> Words:
    """Any of several: ``a or b or c``."""
    return joined(said(" or "), parts)


def capitalised(words: str) -> Words:
    """The same with a capital at its beginning."""
    return _Capitalised(words)


def figure(number: int | Decimal) -> Words:
    """A number."""
    return _Figure(number)


def amount(value: Decimal, currency: str = "") -> Words:
    """An amount of money, with its currency if that is known."""
    return _Amount(value, currency)


def day(when: date) -> Words:
    """A day."""
    return _Day(when)


def moment(when: datetime) -> Words:
    """A day and a time of the day, to the minute."""
    return _Moment(when)


def translated(text: str, lang: str | Translations = ENGLISH) -> str:
    """Words in a language; any other text unchanged.

    `lang` is ``"en"`` or ``"fr"``, or the result of `gettext.translation` for a catalogue of one's own.
    Raises ValueError for a language that septet does not have.
    """
    if isinstance(text, Words):
        return text.in_language(lang)
    return text


def _parameters(parameters: Mapping[str, object], spoken: Language) -> dict[str, object]:
    return {name: _parameter(value, spoken) for name, value in parameters.items()}


def _parameter(value: object, spoken: Language) -> object:
    if isinstance(value, Words):
        return value.in_language(spoken)
    if isinstance(value, int) and not isinstance(value, bool):
        return number_in(spoken.name, value)
    return value
