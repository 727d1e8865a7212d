"""Merge fields: what a vendor or a program replaces before the text is sent."""

from __future__ import annotations

import re

from .markup import TAGS
from .signs import WORD
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = rf"[$]?[{WORD}][{WORD}.-]{{0,60}}"
# No sign of the pair within, so that each is read once.
_FIELD = re.compile(
    rf"""
    (?=[{{<%$\#\[(@*]) (?:
    \{{\{{\{{[^{{}}]{{1,80}}\}}\}}\}} | \{{\{{[^{{}}]{{1,80}}\}}\}}      # {{{{name | default: "you"}}}}
    | \{{%[^{{}}%]{{1,80}}%\}} | <%[^<>%]{{1,80}}%>                      # conditions
    | [$%\#]{{0,2}}\{{[ ]?(?:{_NAME}|-[ ]?{_NAME}|\#{{1,20}})[ ]?\}}     # {{name}}, ${{name}}, {{####}}
    | \[\[[ ]?{_NAME}[ ]?\]\] | \[(?:[a-z][a-z\d]*|[A-Z][A-Z\d]*(?:_[A-Z\d]+)+|[a-z\d]+(?:_[a-z\d]+)+)\]
    | \(\({_NAME}(?:\?\?[^()]{{1,60}})?\)\)
    | %%{_NAME}%% | @@{_NAME}@@ | \*\|[{WORD}:]{{1,60}}\|\*
    | (?<![\w%])%[A-Za-z_][A-Za-z\d_]{{0,60}}%
    | (?<![\w\#])\#[A-Za-z_][A-Za-z\d_]{{0,60}}\#
    | %\([A-Za-z_]\w{{0,60}}\)[sd]
    | (?<!\d)(?<!\d[ ])%(?:\d\$)?[sd]\b
    | (?<!\w)@(?:contact|step|flow|results|child|parent)(?:\.[a-z_]+){{1,3}}\b
    | <(?!/)(?!(?i:{TAGS})\b)[A-Za-z_][A-Za-z\d_]{{1,60}}>
    )
    """,
    re.VERBOSE,
)


def fields(text: str) -> Iterator[Thing]:
    """The merge fields of a text, in the notations that are in use."""
    for match in _FIELD.finditer(text):
        yield Thing("field", *match.span())
