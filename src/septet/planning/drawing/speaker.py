"""Speakers: sentences made at once in one language, for a drawing that needs no other."""

from __future__ import annotations

from functools import lru_cache

from septet.wording.languages import ENGLISH, check_language, language
from septet.wording.messages import Words
from septet.wording.numbers import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.wording.languages import Language

# Smaller numbers are written alike in all languages.
_GROUPS = 1000


class Speaker:
    """Fills templates in one language, as the functions of the same names make messages of them.

    Those functions know all languages, and take longer than a drawing may.
    """

    __slots__ = ("_fixed", "_gettext", "_ngettext", "lang", "language")

    def __init__(self, spoken: Language) -> None:
        self.lang = spoken.name
        self.language = spoken
        self._gettext = spoken.gettext
        self._ngettext = spoken.ngettext
        # Sentences without parameters that were made before.
        self._fixed: dict[str, str] = {}

    def said(self, template: str, /, **parameters: Any) -> str:
        """A template with its parameters: numbers, words that are translated too, or other texts."""
        if parameters:
            return self._gettext(template) % self._written(parameters)
        said = self._fixed.get(template)
        if said is None:
            said = self._fixed[template] = self._gettext(template) % {}
        return said

    def counted(self, one: str, several: str, /, number: int, **parameters: Any) -> str:
        """One of two templates, about so many things; `number` is among the parameters."""
        if not parameters:
            return _number_of(self, one, several, number)
        parameters["number"] = number
        return self._ngettext(one, several, number) % self._written(parameters)

    def figure(self, number: int) -> str:
        """A number."""
        return str(number) if -_GROUPS < number < _GROUPS else number_in(self.lang, number)

    def words(self, text: str) -> str:
        """Words in this language, any other text as it is."""
        if isinstance(text, Words) and self.lang != ENGLISH:
            return str(text.in_language(self.language))
        return str(text)

    def _written(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The parameters as they are written in this language; small numbers are alike in all languages."""
        for name, value in parameters.items():
            if type(value) is int:
                if not -_GROUPS < value < _GROUPS:
                    parameters[name] = number_in(self.lang, value)
            elif type(value) is not str:
                parameters[name] = self.words(value)
        return parameters


@lru_cache(maxsize=2048)
def _number_of(speak: Speaker, one: str, several: str, number: int) -> str:
    """A sentence without other parameters, kept, as the same numbers come again and again."""
    return speak.language.ngettext(one, several, number) % {"number": speak.figure(number)}


_speakers: dict[str, Speaker] = {}


def speaker(lang: str) -> Speaker:
    """The speaker of a language. Raises TypeError or ValueError for an unknown language."""
    spoken = language(check_language(lang))
    known = _speakers.get(lang)
    if known is None or known.language is not spoken:
        known = _speakers[lang] = Speaker(spoken)
    return known
