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
    #: The severity of its findings, unless the configuration sets another.
    severity: Severity
    #: What it finds, in a few words.
    title: Words
    #: Why that matters, and what to do.
    page: Words
    #: Whether `--fix` may fix what it finds.
    is_fixable: bool = False
    #: Its own options, with their defaults.
    options: Mapping[str, int] = MappingProxyType({})


_ALL = (
    Rule(
        "too-many-segments",
        "error",
        said("The message may take more segments than you allow."),
        said(
            "With the longest values, the message takes more segments than max-segments allows, or than the "
            "vendor accepts. Shorten the text, or set the real lengths of the values in bounds."
        ),
    ),
    Rule(
        "unicode",
        "warning",
        said("A character forces UCS-2, in which a segment holds 70 characters instead of 160."),
        said(
            "A single character that GSM-7 lacks forces UCS-2 for the whole message. The finding lists "
            "these characters, and the segments of the message with and without them. If most letters of a "
            "text are of another script, it only informs."
        ),
    ),
    Rule(
        "expensive-character",
        "warning",
        said("A typographic sign costs more than the plain one that looks like it."),
        said(
            "Word processors and translation tools insert curly quotation marks, dashes and the ellipsis. "
            "The plain sign reads the same and is in GSM-7. --fix writes it if the message then needs fewer "
            "segments, --fix-all everywhere."
        ),
        is_fixable=True,
    ),
    Rule(
        "hidden-character",
        "warning",
        said("A character that nobody sees is in the text."),
        said(
            "No-break spaces, zero-width signs and direction marks are pasted along with a text. They force "
            "UCS-2, or take room for nothing. This does not concern joiners that a script or an emoji "
            "needs, direction marks in a right-to-left text, and the two U+200B before an app's code. --fix "
            "removes them if the message then needs fewer segments."
        ),
        is_fixable=True,
    ),
    Rule(
        "lossy",
        "warning",
        said("The vendor would send another character instead of this one."),
        said(
            "The vendor replaces the character by another sign, usually a question mark, so the reader does "
            "not see the original. Write it differently, or send as UCS-2 if the vendor offers that."
        ),
    ),
    Rule(
        "unmapped",
        "error",
        said("The document does not say what happens to this character."),
        said(
            "The character is not in the alphabet that the message is sent in, and the vendor does not say "
            "what it becomes. Write it differently."
        ),
    ),
    Rule(
        "optout-missing",
        "error",
        said("A commercial message does not say how to opt out."),
        said(
            "With commercial, the vendor's rules require an opt-out mention, but the text has none and the "
            "vendor adds none. Write it, or have it added (optout)."
        ),
    ),
    Rule(
        "dearer-than-source",
        "warning",
        said("The translation needs more segments than the source text."),
        said(
            "The source text is the msgid or the source of the entry, or the text of the same key in the "
            "files of source-language. Both are counted with their longest values. Shorten the translation, "
            "or write it without the characters that force UCS-2."
        ),
    ),
    Rule(
        "near-the-edge",
        "notice",
        said("Only a few characters are left in the last segment."),
        said(
            "At its longest, the message leaves fewer than this number of characters "
            "(rules.near-the-edge.characters, 5 by default) before it needs another segment: the next "
            "change of a word may cost one."
        ),
        options={"characters": 5},
    ),
    Rule(
        "unbounded-placeholder",
        "warning",
        said("The length of a placeholder's value is not set."),
        said(
            "The count assumes 1 to 20 characters of GSM-7, which is a guess. Set the length in bounds, as "
            'name = "1..20" or code = 6, or for all others as "*" = "1..30"; with characters that GSM-7 '
            'lacks as city = { length = "1..30", characters = "accents" }.'
        ),
    ),
    Rule(
        "suspect-encoding",
        "warning",
        said("The text seems to have been read in the wrong encoding."),
        said(
            "Letters such as Ã© are there instead of é: a UTF-8 file was read as Latin-1 or Windows-1252, "
            "and saved again. Restore the original text."
        ),
    ),
    Rule(
        "suspect-markup",
        "warning",
        said("HTML was left in the text."),
        said("Phones show tags and entities as they are. Write what they mean, or remove them."),
    ),
    Rule(
        "glued-link",
        "warning",
        said("The text continues directly after a link."),
        said("Phones may read what follows as part of the link. Put a blank after it."),
    ),
    Rule(
        "not-nfc",
        "warning",
        said("Letters and their marks are separate characters (not NFC)."),
        said(
            "A letter and its accent written as two characters look like one, but the accent is not in "
            "GSM-7: é written as e and U+0301 forces UCS-2. --fix joins them if the message then needs "
            "fewer segments."
        ),
        is_fixable=True,
    ),
    Rule(
        "outer-blanks",
        "warning",
        said("There are blanks at an end of the text, or next to a value."),
        said("Nobody sees them, but they are billed. Remove them."),
    ),
    Rule(
        "lone-apostrophe",
        "warning",
        said("A single apostrophe is not sent in a text with arguments."),
        said(
            "In MessageFormat an apostrophe begins quoted text: it is not sent itself, and braces after it "
            "are no longer arguments. Write two apostrophes for one."
        ),
    ),
    Rule(
        "unclosed-placeholder",
        "warning",
        said("A placeholder is not closed."),
        said(
            "A brace has no pair, so the application shows the text as it is, or fails. Close it, or escape "
            "the brace as its syntax requires."
        ),
    ),
    Rule(
        "single-expression",
        "notice",
        said("The whole message is one expression of a template."),
        said(
            "The text that is sent is in string literals of the expression, or comes from elsewhere: it "
            "cannot be counted reliably here. Write each message as its own entry, with the conditions "
            "outside."
        ),
    ),
    Rule(
        "untranslated",
        "notice",
        said("The entry has no valid translation: the source text is sent."),
        said(
            "Its translation is empty, or marked as fuzzy, which compilers leave out. The source text is "
            "sent, and counted."
        ),
    ),
    Rule(
        "obsolete",
        "notice",
        said("The entry is obsolete: it is not sent."),
        said(
            "The code no longer uses the text, and compilers leave it out. It is not counted; delete it if "
            "you do not need it."
        ),
    ),
    Rule(
        "fragment",
        "notice",
        said("The text seems to be a part that code joins with others."),
        said(
            "It begins or ends with a blank, like a part of a sentence. The message that is sent is longer "
            "than this entry, so its count means little. Write whole messages with placeholders: "
            "translators need them too."
        ),
    ),
)

#: Every rule by its name, in the order in which they are explained.
RULES: dict[str, Rule] = {rule.name: rule for rule in _ALL}


def check_rule(name: object, where: str) -> str:
    """The name of a rule. Raises ValueError, which tells where it was found, for an unknown one."""
    if not isinstance(name, str) or name not in RULES:
        known = list(RULES)
        raise ValueError(
            f"{where}: no rule is named {name!r}{nearest(str(name), known)}: expected {', '.join(known)}"
        )
    return name
