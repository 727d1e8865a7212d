"""Languages: those that septet has, the one in use here, and the translations of templates.

The translations are in `locale/`, for any reader of gettext catalogues. English needs none: the code
has it.
"""

from __future__ import annotations

from .records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Final, Protocol

    class Translations(Protocol):
        """Finds translations, as the classes of `gettext` do."""

        def gettext(self, message: str, /) -> str: ...

        def ngettext(self, one: str, several: str, number: int, /) -> str: ...


ENGLISH: Final = "en"

#: Those that a person may choose, by their codes of ISO 639-1.
LANGUAGES: tuple[str, ...] = (ENGLISH, "fr")

# The catalogue's name, for which Django looks.
_DOMAIN = "django"


class Language(NamedTuple):
    """A language: its form of numbers, and its translations of templates."""

    #: One of `LANGUAGES`.
    name: str
    gettext: Callable[[str], str]
    #: The template for a number of things: of one, of several, the number.
    ngettext: Callable[[str, str, int], str]


def check_language(lang: object) -> str:
    """A language's code. Raises TypeError for anything but a str, ValueError for an unknown one."""
    if not isinstance(lang, str):
        raise TypeError(f"lang: expected a str, found {type(lang).__name__}")
    if lang not in LANGUAGES:
        # A value that is not a word may be a text in the wrong place, and a log keeps errors.
        found = repr(lang) if lang.replace("-", "").isalpha() else "what is none"
        raise ValueError(f"lang: expected {' or '.join(LANGUAGES)}, found {found}")
    return lang


def language(lang: str | Translations) -> Language:
    """A language by its code, or by translations of one's own, as `gettext.translation` gives them.

    Translations of one's own write numbers as English does. Raises as `check_language` does.
    """
    if isinstance(lang, Language):
        return lang
    if not isinstance(lang, str) and hasattr(lang, "ngettext"):
        return Language(ENGLISH, lang.gettext, lang.ngettext)
    known = _loaded.get(lang) if isinstance(lang, str) else None
    if known is None:
        code = check_language(lang)
        known = _loaded[code] = _load(code)
    return known


def language_of(environment: Mapping[str, str]) -> str:
    """The language that an environment asks for, by the rules of POSIX and of gettext; English if in doubt.

    This is the first of LC_ALL, LC_MESSAGES and LANG that is set (POSIX, Base Definitions,
    8.2); unless it is the C locale, LANGUAGE may list several before it (GNU gettext manual, 2.3.3).
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if _code(locale) in ("", "c", "posix"):
        return ENGLISH
    wanted = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next((code for code in map(_code, wanted) if code in LANGUAGES), ENGLISH)


def nearest_language(tag: str) -> str:
    """The language of a tag such as ``fr-CA`` or ``fr_FR.UTF-8``; English if septet does not have it."""
    code = _code(tag)
    return code if code in LANGUAGES else ENGLISH


def _code(locale: str) -> str:
    """``fr_CA.UTF-8@euro`` is ``fr``."""
    for end in ".@_-":
        locale = locale.partition(end)[0]
    return locale.lower()


def _load(code: str) -> Language:
    """A language with its compiled catalogue from the package, which may be a folder or a zip."""
    import gettext
    import io
    import pkgutil

    path = f"locale/{code}/LC_MESSAGES/{_DOMAIN}.mo"
    compiled = pkgutil.get_data(__name__.partition(".")[0], path)
    translations = gettext.GNUTranslations(io.BytesIO(compiled or b""))
    return Language(code, translations.gettext, translations.ngettext)


def _one_or_several(one: str, several: str, number: int) -> str:
    return one if number == 1 else several


_loaded: dict[str, Language] = {ENGLISH: Language(ENGLISH, lambda template: template, _one_or_several)}
