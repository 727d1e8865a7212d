"""Patterns: the placeholders of each dialect that are one sign or one pair of braces."""

from __future__ import annotations

import re
from functools import lru_cache

from .messages import Field, Literal

_CONVERSION = r"[-+#0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|q|z|t|j|L)?"
_STRING = r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"""
#: A name by itself is group `name`; filters, formats and the like follow it.
_PATTERNS = {
    # https://www.i18next.com/translation-function/interpolation, Jinja, Liquid, Handlebars, Go
    "mustache": (
        rf"""\{{\{{\{{?(?:[^{{}}"']|{_STRING}|\{{[^{{}}]*\}}|\}}(?!\}}))*\}}\}}\}}?"""
        r"|\{\{\{?[^{}]*\}\}\}?"
    ),
    "erb": r"<%=(?:[^%<]|%(?!>)|<(?!%))*%>",
    "ruby": rf"%\{{[^{{}}%]+\}}|%<\w+>{_CONVERSION}[a-zA-Z]",
    "dollar": rf"""\$?\$\{{(?:[^{{}}"']|{_STRING}|\{{[^{{}}]*\}})*\}}|\$?\$\{{[^{{}}]*\}}""",
    "nesting": r"\$t\([^()]*\)",
    # https://www.notifications.service.gov.uk/using-notify/personalisation
    "notify": r"\(\([^()?]{1,200}(?:\?\?[^()]*)?\)\)",
    "named": rf"%\(\w+\)(?: ?{_CONVERSION})[diouxXeEfFgGcrsa]",
    "symfony": r"(?<![\d%])%[A-Za-z_][\w.-]*%",
    "percent": rf"%%|%(?:\d+\$)?#@\w+@|%(?:\d+\$)?{_CONVERSION}[diouxXeEfFgGcCrsSaA@p]|%,(?:\.\d+)?[df]",
    # Without a flag for it, a per cent sign in a sentence is not a placeholder: "20%de remise".
    "loose": (
        rf"%(?:\d+\$)?#@\w+@|(?<!\d)%(?:\d+\$)?{_CONVERSION}[diuxXfgcs@](?![A-Za-z]{{2}})|(?<=\d)%\d+\$[sd@]"
    ),
    "qt": r"%L?\d{1,2}|%n",
    "at": (
        r"@@\w+@@|(?<![\w.])@(?:contact|results?|fields|globals|parent|child|urns|input|trigger|run|node)"
        r"\.[\w.]*\w"
    ),
    # Templates registered in India: {#var#}, and as many signs as the value may have.
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
#: The patterns of each dialect of an entry, in the order in which they are tried at a place.
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
    "flutter": (),
    "fluent": (),
}
#: The first characters of some; all others begin with a brace.
_SIGN_OF = {
    **dict.fromkeys(("ruby", "named", "symfony", "percent", "loose", "qt"), "%"),
    "erb": "<",
    "dollar": "$",
    "nesting": "$",
    "chrome": "$",
    "notify": "(",
    "at": "@",
    "laravel": ":",
    "python": "{}",
}
_NAME = re.compile(r"[{(<%$@&\s:=#-]*([\w.\[\]@-]*\w\]?)")
#: A name, followed by the filter or format that it goes through: `code | upper`, `count, number`.
_FILTERED = re.compile(r"([\w.\[\]-]+)\s*([|,].*)?", re.DOTALL)
_SIGNS = re.compile(r"^(?:\{\{\{?|\$?\$\{|%\{|<%=|\{|\(\()[-~&]?|[-~]?(?:\}\}\}?|\}|%>|\)\))$")
#: The characters for `%%`, `{{` and `$$`, where the text is formatted at all.
_DOUBLED = {"%%": "%", "{{": "{", "}}": "}", "$$": "$"}


@lru_cache(maxsize=64)
def _compiled(dialects: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]] | None:
    """The first signs of placeholders of some dialects, with the patterns that may begin with each."""
    names = dict.fromkeys(name for dialect in dialects for name in _DIALECTS.get(dialect, (dialect,)))
    if not names:
        return None
    by_sign: dict[str, list[str]] = {}
    for name in names:
        for sign in _SIGN_OF.get(name, "{"):
            by_sign.setdefault(sign, []).append(f"(?P<{name}>{_PATTERNS[name]})")
    patterns = {sign: re.compile("|".join(alternatives), re.DOTALL) for sign, alternatives in by_sign.items()}
    return re.compile(f"[{''.join(sorted(patterns))}]"), patterns


def beginnings(dialects: tuple[str, ...]) -> str:
    """The characters that the placeholders of some dialects begin with."""
    compiled = _compiled(dialects)
    return "" if compiled is None else "".join(compiled[1])


def pieces(
    text: str, dialects: tuple[str, ...], start: int = 0, end: int | None = None
) -> list[Literal | Field]:
    """A span of a text in literals and fields."""
    end = len(text) if end is None else end
    founds = _founds(text, dialects, start, end)
    if not founds:
        return [Literal(text[start:end], start, end)] if start < end else []
    # A doubled sign is one sign where the text is formatted, and two where nothing is filled in.
    is_formatted = any(found[0] not in _DOUBLED for found in founds)
    made: list[Literal | Field] = []
    place, number = start, 0
    for found in founds:
        written = found[0]
        is_doubled = written in _DOUBLED
        if is_doubled and not is_formatted:
            continue
        first, last = found.span()
        if first > place:
            made.append(Literal(text[place:first], place, first))
        place = last
        if is_doubled:
            made.append(Literal(_DOUBLED[written], first, last))
            continue
        kind = found.lastgroup or ""
        name, is_expression, fallback = _described(kind, written)
        if kind in ("percent", "loose"):
            number += 1
            name = name or str(number)
        made.append(Field(name, first, last, written, is_expression, fallback))
    if place < end:
        made.append(Literal(text[place:end], place, end))
    return made


def _founds(text: str, dialects: tuple[str, ...], start: int, end: int) -> list[re.Match[str]]:
    compiled = _compiled(dialects)
    if compiled is None:
        return []
    signs, patterns = compiled
    founds, place = [], start
    # Most characters do not begin a placeholder: going from sign to sign is far quicker than trying all
    # patterns at each character.
    while (sign := signs.search(text, place, end)) is not None:
        found = patterns[sign[0]].match(text, sign.start(), end)
        if found is None:
            place = sign.end()
        else:
            founds.append(found)
            place = found.end()
    return founds


@lru_cache(maxsize=2048)
def _described(kind: str, written: str) -> tuple[str, bool, str | None]:
    """The name of a placeholder, whether it is an expression, and the text for a missing value.

    A placeholder with only a place among the others has no name.
    """
    if kind in ("percent", "loose", "qt"):
        position = re.search(r"(\d+)\$", written) or (re.search(r"(\d+)", written) if kind == "qt" else None)
        named = re.search(r"#@(\w+)@", written)
        name = named[1] if named else position[1] if position else "" if kind != "qt" else "n"
        return name, False, None
    if kind == "notify":
        name, sign, fallback = written[2:-2].partition("??")
        return name.strip(), False, fallback if sign else None
    if kind == "nesting":
        return written[3:-1].strip(), True, None
    if kind == "hashes":
        return written.strip("{}"), False, None
    if kind in ("mustache", "dollar", "erb"):
        inner = _SIGNS.sub("", written).strip()
        filtered = _FILTERED.fullmatch(inner)
        return filtered[1] if filtered else inner, not (filtered and not filtered[2]), None
    found = _NAME.match(written)
    return found[1] if found else "", False, None


def expression(text: str, start: int, end: int) -> Field:
    """A part that the program around a text fills in: a variable by its name, anything else by its
    spelling."""
    written = text[start:end]
    inner = written.strip("{} \t\r\n")
    found = re.fullmatch(r"\$?([A-Za-z_][\w.-]*)(?:[!:].*)?", inner, re.DOTALL)
    return Field(found[1] if found else inner, start, end, written, is_expression=found is None)
