"""Merge fields: parts that a vendor or a program replaces before the text is sent."""

from __future__ import annotations

import re

from .markup import TAGS
from .signs import LATIN, WORD
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = rf"[$]?[{WORD}][{WORD}.-]{{0,60}}"
# In single braces: `{!Contact.Name}`, `{first name}`, `{name|you}`, `{name:10}`, `{#name#}`.
_MORE = rf"(?:[ ][{WORD}.-]{{1,30}}){{0,2}}"
_BRACED = rf"[!@\#/^$=]?[{WORD}][{WORD}.-]{{0,60}}{_MORE}(?:[\#?!]|[|:,;=\[][^{{}}\n]{{1,60}})?"
_LETTER = f"[{LATIN}_]"
# Without signs of the pair inside, so that each character is read once.
_FIELD = re.compile(
    rf"""
    (?=[{{<%$\#\[(@*]) (?:
    \{{\{{\{{[^{{}}]{{1,80}}\}}\}}\}} | \{{\{{[^{{}}]{{1,80}}\}}\}}      # {{{{name | default: "you"}}}}
    | \{{%[^{{}}%]{{1,80}}%\}} | <%[^<>%]{{1,80}}%>                      # conditions
    | [$%\#]{{0,2}}\{{[ ]?(?:{_BRACED}|-[ ]?{_NAME}|\#{{1,20}})[ ]?\}}     # {{name}}, ${{name}}, {{####}}
    | \[\[[ ]?{_NAME}{_MORE}[ ]?\]\]
    | \[(?:[a-zß-öø-ÿ][a-zß-öø-ÿ\d]+|[A-Z][A-Z\d]*(?:_[A-Z\d]+)+|[a-zß-öø-ÿ\d]+(?:_[a-zß-öø-ÿ\d]+)+)\]
    | \[(?:[A-Z][a-zß-öø-ÿ]{{1,30}}){{2,4}}\] | \[(?P<sign>[-%*:$@\#]){_LETTER}[{WORD}.-]{{0,60}}?(?P=sign)\]
    | \(\({_NAME}(?:\?\?[^()]{{1,60}})?\)\)
    | %%{_NAME}%% | @@{_NAME}@@ | \*\|[{WORD}:]{{1,60}}\|\*
    | (?<![\w%])%{_LETTER}[{LATIN}\d_]{{0,60}}%
    | (?<![\w\#])\#{_LETTER}[{LATIN}\d_]{{0,60}}\#
    | %\([A-Za-z_]\w{{0,60}}\)[sd]
    | (?<!\d)(?<!\d[ ])%(?:\d\$)?[sd]\b
    | (?<!\w)@(?:contact|step|flow|results|child|parent)(?:\.[a-z_]+){{1,3}}\b
    | <<{_NAME}>> | <(?!/)(?!(?i:{TAGS})\b){_LETTER}[{LATIN}\d_]{{1,60}}>
    )
    """,
    re.VERBOSE,
)


def fields(text: str) -> Iterator[Thing]:
    """The merge fields of a text, in the notations that are in use."""
    for match in _FIELD.finditer(text):
        yield Thing("field", *match.span())
