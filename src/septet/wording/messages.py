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
    "suspect-encoding/ascii": "The octets are said to be UCS-2, and all of them are printable ASCII: "
    '"%(shown)s". Read them as ASCII or GSM-7, if the sender meant that.',
    "address-unusual": "The type of address of %(field)s, 0x%(octet)s, is not one that the standard has. "
    "Its digits are read all the same.",
    "cut-by-octets": "The data coding 0x%(octet)s is not read here: the octets are cut without regard to "
    "characters. Have the receiver join them before they are read.",
    "cut-by-octets/odd": "The octets are said to be UCS-2, and there is an odd number of them: the last "
    "one is no character. See whether the text was cut before.",
    "cut-by-octets/septets": "The octets are said to be GSM-7, and one of them is no septet: they are cut "
    "without regard to characters. See which alphabet the centre has.",
    "header-empty": "A header is announced, and it holds nothing. The text behind it is read.",
    "octets-behind": "%(number)d octets stand behind the end of the message, beginning with %(shown)s. They "
    "are left out; the memory of a SIM card fills its records with such.",
    "text-compressed": "The text is compressed (data coding 0x%(octet)s), which is not read.",
    "time-unreadable": "The octets of %(field)s, %(octets)s, are no time. It is left out.",
    "zone-unreadable": "The time zone of %(field)s, 0x%(octet)s, is no number. The time is read as UTC.",
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
