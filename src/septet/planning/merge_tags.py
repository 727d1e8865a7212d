"""Merge tags: how tools write the place of a value in a text, one dialect a tool or several.

The list is data for all that meet such texts: templates that read them as fields, advice, and the search
of program sources. Each dialect has its owner beside it, or a note that it was found in lists. The
lengths are assumed: India's operators tell senders of 30 characters for a DLT variable, and a tool
there takes 40; no document of the regulator that states either is at hand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# A name, perhaps after the name of its owner: `contact.PRENOM`, `var:prenom`.
_NAME = r"(?P<name>[^\W\d][\w.: -]{0,60})"
_WORD = r"(?P<name>[^\W\d][\w.-]{0,60})"
# What may follow a name: a default, a filter, a condition.
_MORE = r"(?:\s*[|:?,][^{}%\[\]<>()*]{0,80})?"


class Dialect(NamedTuple):
    """A way to write merge tags."""

    #: Its name in options.
    name: str
    #: The form of a tag for a field `name`.
    example: str
    #: The regular expression of a tag; its group `name` is the name of the field.
    pattern: str
    #: Who has it, or where it is found.
    source: str
    #: Whether texts without fields have it too: then only the name of a column makes it a tag.
    ambiguous: bool = False
    #: The most characters that a value may have, where the tool says so.
    longest: int | None = None


DIALECTS = (
    Dialect(
        "dlt-variable", "{#var#}", r"\{#(?P<name>\w{1,60})#\}", "TRAI, TCCCPR: content templates", longest=30
    ),
    Dialect(
        "triple-braces", "{{{name}}}", rf"\{{\{{\{{\s*{_NAME}{_MORE}\s*\}}\}}\}}", "Handlebars, Mandrill"
    ),
    Dialect("double-braces", "{{name}}", rf"\{{\{{\s*{_NAME}{_MORE}\s*\}}\}}", "Mustache, HubSpot"),
    Dialect("statement-braces", "{%name%}", rf"\{{%\s*{_NAME}\s*%\}}", "Liquid's and Jinja's blocks"),
    Dialect("angle-percent", "<%= name %>", rf"<%=?\s*{_NAME}\s*%>", "ERB, EJS, Adobe Campaign"),
    Dialect("asterisk-bars", "*|NAME|*", rf"\*\|{_NAME}\|\*", "Mailchimp"),
    Dialect("percent-bars", "%%|name|%%", r"%%\|(?P<name>[^\W\d]\w{0,60})[^%]{0,80}%%", "Text Local"),
    Dialect("double-percent", "%%name%%", rf"%%\s*{_NAME}\s*%%", "Salesforce Marketing Cloud"),
    Dialect("percent-braces", "%{name}", rf"%\{{{_WORD}\}}", "Ruby's format, Logstash", ambiguous=True),
    Dialect("percent-parentheses", "%(name)s", rf"%\({_WORD}\)[sd]", "Python's %, Django"),
    Dialect("percent", "%name%", rf"(?<![\w%])%{_WORD}%(?!\w)", "ActiveCampaign", ambiguous=True),
    Dialect("dollar-braces", "${name}", rf"\$\{{\s*{_WORD}\s*\}}", "JavaScript, FreeMarker", ambiguous=True),
    Dialect(
        "dollar", "$name", r"(?<![\w$])\$(?P<name>[^\W\d]\w{0,60})", "string.Template, PHP", ambiguous=True
    ),
    Dialect("hash-braces", "#{name}", rf"#\{{\s*{_WORD}\s*\}}", "Ruby, Pug", ambiguous=True),
    Dialect("double-hash", "##name##", rf"##\s*{_NAME}\s*##", "MSG91", longest=40),
    Dialect("hash", "#name#", rf"(?<![\w#])#{_WORD}#(?!\w)", "ColdFusion, lists", ambiguous=True),
    Dialect("double-brackets", "[[name]]", rf"\[\[\s*{_NAME}{_MORE}\s*\]\]", "mail merges"),
    Dialect(
        "brackets",
        "[name]",
        rf"(?<!\[)\[\s*{_NAME}\s*\](?!\])",
        "WordPress, mail merges",
        ambiguous=True,
    ),
    Dialect(
        "double-parentheses", "((name))", rf"\(\(\s*{_NAME}(?:\?\?[^()]{{0,80}})?\s*\)\)", "GOV.UK Notify"
    ),
    Dialect("double-angles", "<<name>>", rf"<<\s*{_NAME}\s*>>", "mail merges"),
    Dialect("guillemets", "«name»", rf"«\s*{_NAME}\s*»", "Microsoft Word", ambiguous=True),
    Dialect("angles", "<name>", rf"(?<!<)<{_NAME}>(?!>)", "mail merges", ambiguous=True),
    Dialect("double-at", "@@name@@", rf"@@\s*{_NAME}\s*@@", "lists"),
    Dialect(
        "at", "@contact.name", r"(?<![\w@])@(?P<name>[^\W\d][\w.]{0,60})", "RapidPro, TextIt", ambiguous=True
    ),
    Dialect("colons", ":name:", rf"(?<![\w:]):{_WORD}:(?!\w)", "lists", ambiguous=True),
    Dialect(
        "colon", ":name", r"(?<![\w:]):(?P<name>[^\W\d]\w{0,60})(?![\w:])", "SQL, Laravel", ambiguous=True
    ),
    Dialect("double-bars", "||name||", rf"\|\|\s*{_NAME}\s*\|\|", "lists"),
    Dialect(
        "double-underscores",
        "__name__",
        r"(?<!\w)__(?P<name>[^\W\d]\w{0,60}?)__(?!\w)",
        "lists",
        ambiguous=True,
    ),
)

NAMES = tuple(dialect.name for dialect in DIALECTS)


class MergeTag(NamedTuple):
    """A merge tag in a text."""

    text: str
    #: The field's name as it is written there.
    name: str
    dialect: Dialect
    start: int

    @property
    def names(self) -> tuple[str, ...]:
        """The possible names of its column: the name with and without its owner."""
        return tuple(dict.fromkeys((self.name, re.split(r"[.:]", self.name)[-1])))


@lru_cache(maxsize=1)
def _any_tag() -> re.Pattern[str]:
    """Any tag; if several begin at one place, the one of the earlier dialect."""
    parts = (
        f"(?P<d{place}>{dialect.pattern.replace('(?P<name>', f'(?P<n{place}>')})"
        for place, dialect in enumerate(DIALECTS)
    )
    return re.compile("|".join(parts))


def tags_in(text: str, dialects: Iterable[str] | None = None) -> list[MergeTag]:
    """The tags of a text in its order, of all dialects or of some, ambiguous ones included."""
    wanted = None if dialects is None else set(dialects)
    found = []
    for match in _any_tag().finditer(text):
        place = next(place for place in range(len(DIALECTS)) if match[f"d{place}"] is not None)
        dialect = DIALECTS[place]
        if wanted is None or dialect.name in wanted:
            found.append(MergeTag(match.group(), match[f"n{place}"].strip(), dialect, match.start()))
    return found
