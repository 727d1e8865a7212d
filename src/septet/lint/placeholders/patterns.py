"""Patterns: placeholders that are one sign or one pair of braces, of each dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .messages import Field, Literal

_CONVERSION = r"[-+#0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|q|z|t|j|L)?"
#: A name by itself is group `name`; behind it stand filters, formats and the like.
_PATTERNS = {
    # https://www.i18next.com/translation-function/interpolation, Jinja, Liquid, Handlebars, Go
    "mustache": r"""\{\{\{?(?:[^{}"']|"[^"]*"|'[^']*'|\{[^{}]*\}|\}(?!\}))*\}\}\}?|\{\{\{?[^{}]*\}\}\}?""",
    "erb": r"<%=(?:[^%<]|%(?!>)|<(?!%))*%>",
    "ruby": rf"%\{{[^{{}}%]+\}}|%<\w+>{_CONVERSION}[a-zA-Z]",
    "dollar": r"""\$?\$\{(?:[^{}"']|"[^"]*"|'[^']*'|\{[^{}]*\})*\}|\$?\$\{[^{}]*\}""",
    "nesting": r"\$t\([^()]*\)",
    # https://www.notifications.service.gov.uk/using-notify/personalisation
    "notify": r"\(\([^()?]{1,200}(?:\?\?[^()]*)?\)\)",
    "named": rf"%\(\w+\)(?: ?{_CONVERSION})[diouxXeEfFgGcrsa]",
    "symfony": r"(?<![\d%])%[A-Za-z_][\w.-]*%",
    "percent": rf"%%|%(?:\d+\$)?#@\w+@|%(?:\d+\$)?{_CONVERSION}[diouxXeEfFgGcCrsSaA@p]|%,(?:\.\d+)?[df]",
    # Without a flag that says so, a per cent sign in a sentence is no placeholder: "20%de remise".
    "loose": (
        rf"%(?:\d+\$)?#@\w+@|(?<!\d)%(?:\d+\$)?{_CONVERSION}[diuxXfgcs@](?![A-Za-z]{{2}})|(?<=\d)%\d+\$[sd@]"
    ),
    "qt": r"%L?\d{1,2}|%n",
    "at": (
        r"@@\w+@@|(?<![\w.])@(?:contact|results?|fields|globals|parent|child|urns|input|trigger|run|node)"
        r"\.[\w.]*\w"
    ),
    # Templates that are registered in India: {#var#}, and as many signs as the value may have.
    "hashes": r"\{#+\}|\{#\w*#\}",
    "brace": r"\{\s*(?:[A-Za-z_][\w.-]*|\d+)\s*\}",
    "python": r"\{\{|\}\}|\{[^{}]*\}",
    "chrome": r"\$\$|\$[A-Za-z0-9_@]+\$|\$[1-9]",
    "laravel": r"(?<!:):[A-Za-z_]\w*+(?!://)",
}
_GENERAL = (
    *("mustache", "erb", "hashes", "ruby", "dollar", "nesting", "notify"),
    *("named", "symfony", "loose", "at", "brace"),
)
#: What each dialect of an entry knows, in the order in which a place is tried.
_DIALECTS = {
    "general": _GENERAL,
    "template": _GENERAL,
    "percent": ("named", "percent"),
    "python": ("python",),
    "ruby": ("ruby",),
    "qt": ("qt",),
    "brace": ("brace",),
    "chrome": ("chrome",),
    "laravel": ("laravel",),
    "java": (),
    "icu": (),
    "fluent": (),
}
#: What each begins with; those of braces with braces.
_SIGN_OF = {
    **dict.fromkeys(("ruby", "named", "symfony", "percent", "loose", "qt"), "%"),
    "erb": "<",
    "dollar": "$",
    "nesting": "$",
    "chrome": "$",
    "notify": "(",
    "at": "@",
    "laravel": ":",
}
_NAME = re.compile(r"[{(<%$@&\s:=#-]*([\w.\[\]@-]*\w\]?)")
#: A name, and behind it the filter or format that it goes through: `code | upper`, `count, number`.
_FILTERED = re.compile(r"([\w.\[\]-]+)\s*([|,].*)?", re.DOTALL)
_SIGNS = re.compile(r"^(?:\{\{\{?|\$?\$\{|%\{|<%=|\{|\(\()[-~&]?|[-~]?(?:\}\}\}?|\}|%>|\)\))$")
#: What `%%`, `{{` and `$$` write, where the text is formatted at all.
_DOUBLED = {"%%": "%", "{{": "{", "}}": "}", "$$": "$"}


@lru_cache(maxsize=64)
def _compiled(dialects: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """The signs that placeholders of some dialects begin with, and those placeholders."""
    names = dict.fromkeys(name for dialect in dialects for name in _DIALECTS.get(dialect, (dialect,)))
    if not names:
        return None
    signs = "".join(sorted({sign for name in names for sign in _SIGN_OF.get(name, "{}")}))
    pattern = re.compile("|".join(f"(?P<{name}>{_PATTERNS[name]})" for name in names))
    return re.compile(f"[{signs}]"), pattern


def pieces(
    text: str, dialects: tuple[str, ...], start: int = 0, end: int | None = None
) -> Iterator[Literal | Field]:
    """A span of a text in literals and fields."""
    end = len(text) if end is None else end
    founds = _founds(text, dialects, start, end)
    # A doubled sign is one where the text is formatted, and two where nothing is filled in.
    is_formatted = any(found[0] not in _DOUBLED for found in founds)
    place, number = start, 0
    for found in founds:
        if found[0] in _DOUBLED and not is_formatted:
            continue
        if found.start() > place:
            yield Literal(text[place : found.start()], place, found.start())
        place = found.end()
        if found[0] in _DOUBLED:
            yield Literal(_DOUBLED[found[0]], *found.span())
            continue
        if found.lastgroup in ("percent", "loose"):
            number += 1
        yield _field(found, number)
    if place < end:
        yield Literal(text[place:end], place, end)


def _founds(text: str, dialects: tuple[str, ...], start: int, end: int) -> list[re.Match[str]]:
    compiled = _compiled(dialects)
    if compiled is None:
        return []
    signs, pattern = compiled
    founds, place = [], start
    # Most characters begin no placeholder: from sign to sign is far quicker than all patterns at each.
    while (sign := signs.search(text, place, end)) is not None:
        found = pattern.match(text, sign.start(), end)
        if found is not None:
            founds.append(found)
        place = sign.end() if found is None else found.end()
    return founds


def _field(found: re.Match[str], number: int) -> Field:
    written, kind = found[0], found.lastgroup
    if kind in ("percent", "loose", "qt"):
        position = re.search(r"(\d+)\$", written) or (re.search(r"(\d+)", written) if kind == "qt" else None)
        named = re.search(r"#@(\w+)@", written)
        name = named[1] if named else position[1] if position else str(number) if kind != "qt" else "n"
        return Field(name, *found.span(), written)
    if kind == "notify":
        name, sign, fallback = written[2:-2].partition("??")
        return Field(name.strip(), *found.span(), written, fallback=fallback if sign else None)
    if kind == "nesting":
        return Field(written[3:-1].strip(), *found.span(), written, is_expression=True)
    if kind == "hashes":
        return Field(written.strip("{}"), *found.span(), written)
    if kind in ("mustache", "dollar", "erb"):
        inner = _SIGNS.sub("", written).strip()
        name = _FILTERED.fullmatch(inner)
        return Field(
            name[1] if name else inner, *found.span(), written, is_expression=not (name and not name[2])
        )
    name = _NAME.match(written)
    return Field(name[1] if name else "", *found.span(), written)


def expression(text: str, start: int, end: int) -> Field:
    """What the program around a text fills in: a variable by its name, anything else as it is written."""
    written = text[start:end]
    inner = written.strip("{} \t\r\n")
    found = re.fullmatch(r"\$?([A-Za-z_][\w.-]*)(?:[!:].*)?", inner, re.DOTALL)
    return Field(found[1] if found else inner, start, end, written, is_expression=found is None)
