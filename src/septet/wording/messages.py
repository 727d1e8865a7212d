"""Messages: what a problem says to people, as templates with named parameters.

Whoever translates them translates a template and puts the parameters in; `locale/` holds the
translations that come with septet.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The English templates: by problem code, and by a word of its own where a code says it in several
#: ways. The last ones are parts of others.
TEMPLATES: dict[str, str] = {
    "empty-message": "The message shows no text. Write one.",
    "invalid-character": "%(what)s cannot be sent as text in any encoding. Remove it.",
    "invalid-character/shown": "%(what)s cannot be sent as text in any encoding; "
    'the phone shows "%(shown)s". Remove it.',
    "lossy-substitution/no-ucs2": "%(what)s is not among the characters that the vendor accepts; "
    'it becomes "%(shown)s". Write it otherwise.',
    "unmapped-character": "%(what)s is not in the GSM alphabet, and the vendor does not say what it becomes; "
    'the phone shows "%(shown)s". Write it otherwise, or send as UCS-2 where the vendor offers that.',
    "lossy-substitution": "%(what)s is not among the characters that the vendor accepts; "
    'the phone shows "%(shown)s". Write it otherwise, or send as UCS-2.',
    "vendor-tag": "%(what)s is a tag of this vendor, which may put %(meanings)s in its place. "
    "Write it otherwise.",
    "suspect-encoding": "The text looks as if it had been read in the wrong charset, beginning with "
    '"%(shown)s". Say how it is encoded, or save it anew.',
    "suspect-encoding/utf-8": 'The text looks like UTF-8 that was read in another charset: "%(shown)s" may '
    'stand for "%(meant)s". Say how it is encoded, or save it anew.',
    "suspect-encoding/utf-16": "The text looks like UTF-16 that was read in the wrong order or in another "
    'charset: "%(shown)s" may stand for "%(meant)s". Say how it is encoded, or save it anew.',
    "suspect-encoding/windows-1252": "The text looks like Windows-1252 that was read as ISO-8859: %(shown)s "
    'may stand for "%(meant)s". Say how it is encoded, or save it anew.',
    "suspect-encoding/lost": "A part of the text was lost when it was read in the wrong charset: %(what)s "
    "stands in its place. Say how it is encoded, or write it anew.",
    "link-changed": 'The link "%(thing)s" becomes "%(became)s", which leads elsewhere. Write it with '
    "characters that this vendor sends as they are, or use another link.",
    "link-changed/email": 'The address "%(thing)s" becomes "%(became)s", which is another one. Write it with '
    "characters that this vendor sends as they are, or give another address.",
    "value-changed": '"%(thing)s" becomes "%(became)s". Write it with characters that this vendor sends as '
    "they are.",
    "link-cut": 'The link "%(thing)s" is cut: the phone shows "%(became)s" of it. Shorten the text, so '
    "that the link stays whole.",
    "link-cut/dropped": 'The link "%(thing)s" is cut off. Shorten the text, or put the link '
    "where it is kept.",
    "value-cut": '"%(thing)s" is cut: the phone shows "%(became)s" of it. Shorten the text, so that it '
    "stays whole.",
    "value-cut/dropped": '"%(thing)s" is cut off. Shorten the text, or put it where it is kept.',
    "glued-link": 'The text goes on behind the link "%(thing)s" without a blank: phones may open '
    '"%(became)s". Put a blank behind the link.',
    "suspect-markup": 'HTML was left in the text: phones show "%(thing)s" as it stands. Write "%(meant)s".',
    "suspect-markup/break": 'HTML was left in the text: phones show "%(thing)s" as it stands. Write a line '
    "break or a blank.",
    "suspect-markup/nothing": 'HTML was left in the text: phones show "%(thing)s" as it stands. '
    "Leave it out.",
    "outer-blanks": "The text begins with blanks or line breaks (units: %(units)d, billed segments: "
    "%(segments)d). Leave them out.",
    "outer-blanks/behind": "The text ends with blanks or line breaks (units: %(units)d, billed segments: "
    "%(segments)d). Leave them out.",
    "outer-blanks/value": "The value of the field %(field)s begins or ends with blanks or line breaks "
    "(units: %(units)d, billed segments: %(segments)d). Leave them out.",
    "unicode-unavailable": "%(profile)s has no Unicode mode: the message is planned as GSM-7. "
    "Write it with GSM characters, or send it through another vendor.",
    "account-option-needed": "This message is planned as UCS-2. %(option)s",
    "truncated": "The last %(characters)d characters are cut: the whole text takes %(actual)d "
    "billed segments, %(limit)d at most are allowed. Shorten it, or allow more where the vendor does.",
    "truncated/one": "The last character is cut: the whole text takes %(actual)d "
    "billed segments, %(limit)d at most are allowed. Shorten it, or allow more where the vendor does.",
    "too-long": "The message takes %(actual)d billed segments, %(limit)d at most are allowed. "
    "Shorten it, or allow more where the vendor does.",
    "too-long/no-room": "The message takes %(actual)d billed segments, %(limit)d at most are allowed. "
    "Shorten it; it cannot be cut, because the opt-out mention leaves no room for text.",
    "too-many-segments": "The message takes %(actual)d segments; one message has %(limit)d at most. "
    "Shorten it, or split it.",
    "too-many-characters": "The message has %(actual)d %(counted)s; the vendor takes %(limit)d at most. "
    "Shorten it, or split it.",
    "documented-otherwise": "The vendor's own table has %(documented)d for a text of %(units)d units, but "
    "%(billed)d segments are what it takes. Count on these.",
    "boundary-overflow": "%(billed)d segments are billed by the vendor's rule, but %(physical)d "
    "are transmitted: characters of several units do not fit across a boundary. "
    "Shorten the text to be safe.",
    "optout-unspecified": "The vendor does not publish the text of its opt-out mention, or may change it; "
    '"%(mention)s" is assumed. Give the real one as optout_text, or its length is a guess.',
    "optout-other-number/added": "The text asks for an answer to %(number)s, which is not taken for this "
    'vendor\'s opt-out mention: "%(mention)s" is added behind it. Leave it out of the text, or give the '
    "mention as optout_text where %(number)s is yours.",
    "optout-other-number": "The text asks for an answer to %(number)s, which is not taken for this "
    'vendor\'s opt-out mention "%(mention)s". Write that one alone.',
    "optout-not-added": 'The opt-out mention "%(mention)s" would not be added, because the text leaves '
    "no free room for it. Shorten the text, or ask for the mention always.",
    "optout-missing": "A commercial message has to say how to opt out: the text shown lacks "
    '"%(mention)s". Write it, or have the vendor add it.',
    "characters": "characters",
    "UTF-16 code units": "UTF-16 code units",
    "units": "units",
    "several characters": '"%(characters)s" (%(number)d characters)',
    "both": "%(first)s and %(second)s",
}


class Message(str):
    """Plain words in English that know their template, and the parameters in it.

    A parameter is a number, a text that stays as it is, or a Message of its own.
    """

    __slots__ = ("parameters", "template")

    template: str
    parameters: Mapping[str, object]

    def __new__(cls, template: str, parameters: Mapping[str, object]) -> Message:
        message = super().__new__(cls, template % parameters)
        message.template = template
        message.parameters = parameters
        return message

    def __reduce__(self) -> tuple[type[Message], tuple[str, dict[str, object]]]:
        return Message, (self.template, dict(self.parameters))


def said(key: str, **parameters: object) -> Message:
    """The message of a template; a KeyError for a key or a parameter that is not there."""
    return Message(TEMPLATES[key], parameters)


def phrase(words: str) -> Message:
    """Words of a vendor file, which are their own template."""
    return Message(words.replace("%", "%%"), {})


def both(first: str, second: str) -> Message:
    """Two phrases as one."""
    return said("both", first=first, second=second)


def translated(message: str, gettext: Callable[[str], str]) -> str:
    """A message by another language's templates, which `gettext` finds; any other text as it is."""
    if not isinstance(message, Message):
        return message
    parameters = {
        name: translated(value, gettext) if isinstance(value, str) else value
        for name, value in message.parameters.items()
    }
    return gettext(message.template) % parameters
