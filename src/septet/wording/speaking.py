"""Speaking: the language of a command or a page, so that it does not have to be passed to every line."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar

from .languages import ENGLISH, check_language
from .messages import translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_language: ContextVar[str] = ContextVar("the language that is spoken", default=ENGLISH)


def language_spoken() -> str:
    """The code of the language in use here."""
    return _language.get()


def speak(lang: str) -> None:
    """Uses a language from here on, until the end of `speaking`. Raises as `check_language` does."""
    _language.set(check_language(lang))


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Uses a language while this lasts. Raises as `check_language` does."""
    before = _language.set(check_language(lang))
    try:
        yield
    finally:
        _language.reset(before)


def spoken(text: str) -> str:
    """Words in the language in use here; any other text unchanged."""
    return translated(text, _language.get())
