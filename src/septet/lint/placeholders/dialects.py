"""Dialects: which placeholders a text may have, and the messages that it makes with them.

An entry names the dialects of its format: "general" (all signs that do not belong to sentences), "percent",
"python", "ruby", "qt", "brace", "chrome", "laravel", "template", "java", "icu", "fluent"; "flutter" beside
"icu" means that apostrophes are sent unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from . import blocks, message_format
from .branches import Choice, Parts, variants
from .expressions import parts_within
from .messages import Field, Flaw, Literal, Message, Variant
from .patterns import beginnings, expression, pieces

_WITH_BLOCKS = frozenset({"general", "template"})
#: https://laravel.com/docs/localization#pluralization
_RANGE = re.compile(r"\s*(?:\{-?\d+\}|[\[\]](?:-?\d+|\*),(?:-?\d+|\*)[\[\]])\s*")
_BAR = re.compile(r"(?<! )\||\|(?! )")
_QUOTED = re.compile(r"""\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'""", re.DOTALL)
_NO_TERMS: Mapping[str, str] = {}


def message(
    text: str,
    dialects: tuple[str, ...],
    terms: Mapping[str, str] | None = None,
    expressions: tuple[tuple[int, int], ...] = (),
) -> Message:
    """The message of a text with the placeholders of some dialects (`Entry.dialects`, `Entry.terms`)."""
    parts, flaws = _parts(text, dialects, terms or _NO_TERMS, expressions)
    if len(parts) <= 3 and (whole := _whole_expression(parts)) is not None:
        flaws = (*flaws, Flaw("single-expression", whole.start, whole.end))
        if (within := parts_within(text, whole.start, whole.end)) is not None:
            place = parts.index(whole)
            parts = (*parts[:place], *within, *parts[place + 1 :])
    simple = [part for part in parts if not isinstance(part, Choice)]
    if len(simple) == len(parts) and not any(
        type(part) is Field and part.fallback is not None for part in simple
    ):
        return Message((Variant("", tuple(simple)),), flaws)
    found, is_complete = variants(_with_fallbacks(parts))
    return Message(found, flaws, is_complete)


def signs_of(dialects: tuple[str, ...]) -> frozenset[str]:
    """Characters of which a text has at least one, unless all of it is sent unchanged."""
    of_forms = "|" if "laravel" in dialects else ""
    # Placeholders of MessageFormat and blocks begin with one of the last two.
    return frozenset(beginnings(dialects) + of_forms + "{<")


def is_single_expression(text: str, dialects: tuple[str, ...]) -> bool:
    """Whether a text is one expression that holds strings, written as in a program."""
    return any(flaw.rule == "single-expression" for flaw in message(text, dialects).flaws)


def _whole_expression(parts: Parts) -> Field | None:
    """The expression that is the whole text, except for blanks around it, and has texts of its own."""
    whole = [part for part in parts if not isinstance(part, Literal) or part.text.strip()]
    if len(whole) == 1 and isinstance(part := whole[0], Field) and _holds_texts(part):
        return part
    return None


def _holds_texts(field: Field) -> bool:
    """Whether an expression has words in quotation marks: these are sent."""
    return field.is_expression and any(re.search(r"\w\w", said) for said in _QUOTED.findall(field.written))


def placeholders(text: str, dialects: tuple[str, ...]) -> tuple[Field, ...]:
    """Every placeholder of a text, by its place."""
    return message(text, dialects).fields


def _parts(
    text: str, dialects: tuple[str, ...], terms: Mapping[str, str], expressions: tuple[tuple[int, int], ...]
) -> tuple[Parts, tuple[Flaw, ...]]:
    if expressions and not ("general" in dialects and message_format.LOOKS.search(text)):
        return _around(text, dialects, terms, expressions), ()
    if "laravel" in dialects and "|" in text and (found := _of_laravel(text, dialects)) is not None:
        return found, ()
    flaws: tuple[Flaw, ...] = ()
    java = "java" in dialects and message_format.JAVA.search(text) is not None
    if "{" in text and (
        "icu" in dialects or java or ("general" in dialects and message_format.LOOKS.search(text))
    ):
        try:
            parts, flaws = message_format.parsed(text, java=java, quotes="flutter" not in dialects)
        except message_format.NotOne as error:
            place = min(error.place, len(text) - 1)
            flaws = (Flaw("unclosed", place, place + 1),)
            dialects = (*dialects, "general")
        else:
            return _simple(text, parts, tuple(name for name in dialects if name != "general")), flaws
    if _WITH_BLOCKS & set(dialects) and blocks.has_blocks(text):
        found = blocks.parsed(text, dialects)
        if found is not None:
            return found, flaws
    return tuple(pieces(text, dialects)), flaws


def _simple(text: str, parts: Parts, dialects: tuple[str, ...]) -> Parts:
    """Parts whose literals still hold placeholders of other dialects."""
    done: list[Literal | Field | Choice] = []
    for part in parts:
        if isinstance(part, Choice):
            done.append(
                Choice(tuple((label, _simple(text, branch, dialects)) for label, branch in part.branches))
            )
        elif isinstance(part, Literal) and len(part.text) == part.end - part.start > 1:
            done += pieces(text, dialects, part.start, part.end)
        else:
            done.append(part)
    return tuple(done)


def _around(
    text: str, dialects: tuple[str, ...], terms: Mapping[str, str], expressions: tuple[tuple[int, int], ...]
) -> Parts:
    """A text that its program fills, or that refers to terms, at places known to its reader."""
    found: list[Literal | Field] = []
    place = 0
    for start, end in expressions:
        found += pieces(text, dialects, place, start)
        field = expression(text, start, end)
        term = terms.get(field.name)
        found.append(field if term is None else Literal(term, start, end))
        place = end
    found += pieces(text, dialects, place)
    return tuple(found)


def _of_laravel(text: str, dialects: tuple[str, ...]) -> Parts | None:
    """A text whose form is chosen by a number: its forms are between bars. None for bars of a sentence."""
    branches: list[tuple[str, Parts]] = []
    place = 0
    if not _BAR.search(text) and not _RANGE.match(text):
        return None
    for form in text.split("|"):
        span = _RANGE.match(text, place, place + len(form))
        start = span.end() if span else place
        branches.append(
            (
                span[0].strip() if span else f"form {len(branches) + 1}",
                tuple(pieces(text, dialects, start, place + len(form))),
            )
        )
        place += len(form) + 1
    return (Choice(tuple(branches)),)


def _with_fallbacks(parts: Parts) -> Parts:
    """With ``((name??text))``, the text is sent or not: https://www.notifications.service.gov.uk."""
    if not any(isinstance(part, (Field, Choice)) for part in parts):
        return parts
    done: list[Literal | Field | Choice] = []
    for part in parts:
        if isinstance(part, Choice):
            done.append(Choice(tuple((label, _with_fallbacks(branch)) for label, branch in part.branches)))
        elif isinstance(part, Field) and part.fallback is not None:
            start = part.end - 2 - len(part.fallback)
            held = (Literal(part.fallback, start, part.end - 2),) if part.fallback else ()
            done.append(Choice(((part.name, held), (f"not {part.name}", ()))))
        else:
            done.append(part)
    return tuple(done)
