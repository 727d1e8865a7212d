"""Rules: what is looked for in the messages of a file, each with its severity and its page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from septet.wording.messages import Words, said
from septet.wording.quoting import nearest

if TYPE_CHECKING:
    from septet.wording.problems import Severity


class Rule(NamedTuple):
    """One rule, by a name that does not change."""

    name: str
    #: How severe a finding of it is, unless the configuration says otherwise.
    severity: Severity
    #: What it finds, in a few words.
    title: Words
    #: Why that matters, and what to do.
    page: Words
    #: Whether `--fix` may mend what it finds.
    is_fixable: bool = False
    #: Its own options, with their defaults.
    options: Mapping[str, int] = MappingProxyType({})


_ALL = (
    Rule(
        "too-many-segments",
        "error",
        said("The message may take more segments than are wanted."),
        said(
            "The most segments that the message takes, whatever stands in its placeholders, are more "
            "than max-segments allows, or than the vendor takes. Shorten the text, or say with bounds"
            " how long the values really are."
        ),
    ),
    Rule(
        "unicode",
        "warning",
        said("A character forces UCS-2, in which a segment holds 70 characters instead of 160."),
        said(
            "A single character that GSM-7 lacks makes the whole message travel in UCS-2. The finding"
            " says which ones do so, and how many segments the message takes with and without them. "
            "Where most letters of a text are of another script, it only informs."
        ),
    ),
    Rule(
        "expensive-character",
        "warning",
        said("A typographic sign costs more than the plain one that looks like it."),
        said(
            "Curly quotation marks, dashes and the ellipsis are put in by word processors and "
            "translators' tools. The plain sign reads the same and is in GSM-7. --fix writes it where"
            " the message then needs fewer segments, --fix-all wherever it stands."
        ),
        is_fixable=True,
    ),
    Rule(
        "hidden-character",
        "warning",
        said("A character that nobody sees is in the text."),
        said(
            "No-break spaces, zero-width signs and marks of direction are pasted with a text. They "
            "force UCS-2, or cost room for nothing. Joiners that a script or an emoji needs, marks of"
            " direction in a text that runs from right to left, and the two U+200B before an app's "
            "code are not meant. --fix takes them out where the message then needs fewer segments."
        ),
        is_fixable=True,
    ),
    Rule(
        "lossy",
        "warning",
        said("The vendor would send something else than this character."),
        said(
            "The vendor replaces the character by another sign, mostly a question mark, so that the "
            "reader does not see what was written. Write it otherwise, or send as UCS-2 where the "
            "vendor offers that."
        ),
    ),
    Rule(
        "unmapped",
        "error",
        said("No one knows what becomes of this character."),
        said(
            "The character is not in the alphabet that the message is sent in, and the vendor does "
            "not say what it becomes. Write it otherwise."
        ),
    ),
    Rule(
        "optout-missing",
        "error",
        said("A commercial message does not say how to opt out."),
        said(
            "With commercial, the vendor's rules ask for an opt-out mention, which neither the text "
            "has nor the vendor adds. Write it, or have it added (optout)."
        ),
    ),
    Rule(
        "dearer-than-source",
        "warning",
        said("The translation needs more segments than the source text."),
        said(
            "The source text is the msgid or the source of the entry, or the text of the same key in "
            "the files of source-language. Both are counted at their most. Shorten the translation, "
            "or write it without the characters that force UCS-2."
        ),
    ),
    Rule(
        "near-the-edge",
        "notice",
        said("Only a few characters are left in the last segment."),
        said(
            "The longest that the message can be leaves fewer than so many characters (rules.near-"
            "the-edge.characters, 5 if not given) before it needs a segment more: the next change of "
            "a word may cost one."
        ),
        options={"characters": 5},
    ),
    Rule(
        "unbounded-placeholder",
        "warning",
        said("Nothing says how long a placeholder's value may be."),
        said(
            "The count reckons with 1 to 20 characters of GSM-7, which is a guess. Say it in bounds, "
            'as name = "1..20" or code = 6, or for all others as "*" = "1..30"; with characters that '
            'GSM-7 lacks as city = { length = "1..30", characters = "accents" }.'
        ),
    ),
    Rule(
        "suspect-encoding",
        "warning",
        said("The text seems to have been read in the wrong encoding."),
        said(
            "Letters such as Ã© stand where é was meant: a file was read as Latin-1 or Windows-1252 "
            "though it was UTF-8, and saved again. Restore the text from where it came."
        ),
    ),
    Rule(
        "suspect-markup",
        "warning",
        said("HTML was left in the text."),
        said("Phones show tags and entities as they stand. Write what they mean, or leave them out."),
    ),
    Rule(
        "glued-link",
        "warning",
        said("The text goes on behind a link without a blank."),
        said("Phones may take what follows for a part of the link. Put a blank behind it."),
    ),
    Rule(
        "not-nfc",
        "warning",
        said("Letters are written with their marks apart (not NFC)."),
        said(
            "A letter and its accent as two characters look like one and are counted as two, of which"
            " GSM-7 has none: é as e and U+0301 forces UCS-2. --fix puts them together where the "
            "message then needs fewer segments."
        ),
        is_fixable=True,
    ),
    Rule(
        "outer-blanks",
        "warning",
        said("Blanks stand at an end of the text, or beside what is filled in."),
        said("Nobody sees them, and they are paid for. Leave them out."),
    ),
    Rule(
        "lone-apostrophe",
        "warning",
        said("A single apostrophe is not sent in a text with arguments."),
        said(
            "In MessageFormat an apostrophe begins quoted text: it is not sent itself, and braces "
            "behind it are no arguments any more. Write two of them for one."
        ),
    ),
    Rule(
        "unclosed-placeholder",
        "warning",
        said("A placeholder is not closed."),
        said(
            "A brace has no pair, so that the application shows the text as it stands, or fails. "
            "Close it, or write the brace as its dialect asks for."
        ),
    ),
    Rule(
        "single-expression",
        "notice",
        said("The whole message is one expression of a template."),
        said(
            "What is sent stands in string literals of the expression, or comes from elsewhere "
            "altogether: it cannot be counted for sure from here. Write the messages as entries of "
            "their own, with the conditions around them."
        ),
    ),
    Rule(
        "untranslated",
        "notice",
        said("The entry has no translation in force: the source text is sent."),
        said(
            "Its translation is empty, or marked as fuzzy, which compilers leave out. What is sent is"
            " the source text, and that is what is counted."
        ),
    ),
    Rule(
        "obsolete",
        "notice",
        said("The entry is obsolete: it is not sent."),
        said(
            "The code does not use the text any more, and no compiler takes it. It is not counted; "
            "delete it when it is of no use."
        ),
    ),
    Rule(
        "fragment",
        "notice",
        said("The text seems to be a part that code joins with others."),
        said(
            "It begins or ends with a blank as a part of a sentence does. What is sent is longer than"
            " this entry, so that its count says little. Write whole messages with placeholders: "
            "translators need them too."
        ),
    ),
)

#: Every rule by its name, in the order in which they are explained.
RULES: dict[str, Rule] = {rule.name: rule for rule in _ALL}


def check_rule(name: object, where: str) -> str:
    """The name of a rule. Raises ValueError, which says where it was found, for one that is not known."""
    if not isinstance(name, str) or name not in RULES:
        known = list(RULES)
        raise ValueError(
            f"{where}: no rule is named {name!r}{nearest(str(name), known)}: expected {', '.join(known)}"
        )
    return name
