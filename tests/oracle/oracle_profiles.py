"""The rules of the profiles for the oracle, typed from the vendors' documents.

Nothing here comes from the library or its tables: two readers of the same documents must
agree. Sources: 3GPP TS 23.038 6.2.1 (the alphabets); Encom, Messages unitaires;
SMS Partner, Envoi unitaire; sMsmode API HTTP 2.7, sections 2 and 15; Envoyer SMS Pro,
API SMS HTTP REST 2.10.0, Fonction nouveau message; for the others the address next to each.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from oracle_tables import BIRD, BREVO, OCTOPUSH, TELNYX, TWILIO, WEBEX, by_source

# 3GPP TS 23.038 6.2.1, row by row; 0x1B is the escape and no character.
DEFAULT_ALPHABET = (
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
# 3GPP TS 23.038 6.2.1.1.
EXTENSION_TABLE = "\f^{}\\[~]|€"

GSM = dict.fromkeys(DEFAULT_ALPHABET, 1) | dict.fromkeys(EXTENSION_TABLE, 2)

# 3GPP TS 23.038, annex A.3.1 (Turkish, locking) and A.2.1, A.2.2 (Turkish and Spanish, single shift).
LOCKING = {
    "tr": (
        "@£$¥€éùıòÇ\nĞğ\rÅå"
        "Δ_ΦΓΛΩΠΨΣΘΞŞşßÉ"
        " !\"#¤%&'()*+,-./"
        "0123456789:;<=>?"
        "İABCDEFGHIJKLMNO"
        "PQRSTUVWXYZÄÖÑÜ§"
        "çabcdefghijklmno"
        "pqrstuvwxyzäöñüà"
    )
}
SINGLE_SHIFT = {"tr": "\f^{}\\[~]|ĞİŞç€ğış", "es": "ç\f^{}\\[~]|ÁÍÓÚá€íóú"}

# sMsmode API HTTP 2.7, section 2, Caractères et encodage. The starred ones count double;
# € is listed twice, and can only be the extension character of two units.
SMSMODE_SINGLE = (
    "\n\r !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
    "¡£¥§¿ÄÅÆÇÈÉÑÖØÜßàäåæèéìñòöøùü"
)
SMSMODE_DOUBLE = "{|}~[\\]^€"
SMSMODE = dict.fromkeys(SMSMODE_SINGLE, 1) | dict.fromkeys(SMSMODE_DOUBLE, 2)

# SMS Partner, Envoi unitaire, Liste des caractères remplacés: 53 rows, in the page's order.
# fmt: off
SMSPARTNER_TABLE = {
    "ą": "à", "’": "'", "ÿ": "y", "ç": "Ç", "û": "u", "ü": "u", "ï": "i", "ô": "o", "ö": "o",
    "ó": "o", "î": "i", "ë": "e", "ê": "e", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'",
    "µ": "u", "Ä": "A", "À": "A", "Á": "A", "Â": "A", "Ã": "A", "È": "E", "Ê": "E", "Ë": "E",
    "Î": "I", "Ü": "U", "Ù": "U", "Ú": "U", "Û": "U", "Ý": "Y", "ä": "a", "á": "a", "â": "a",
    "ã": "a", "Ö": "O", "Ô": "O", "œ": "oe", "^": "", "~": "", "|": "", "\\": "", "¨": "",
    "°": ".", "‘": "'", "“": "'", "ñ": "n", "Ñ": "N", "§": "", "«": '"', "»": '"',
}
# fmt: on

# A pattern is a list of what may be at each place: a character in any case, SPACE for any
# run of white space (also none), DIGIT for one digit.
SPACE = "space"
DIGIT = "digit"
Pattern = list[str]


def pattern_of(words: str) -> Pattern:
    """The pattern of a mention: its characters, each run of white space being SPACE."""
    pattern: Pattern = []
    for character in words:
        if not character.isspace():
            pattern.append(character)
        elif not pattern or pattern[-1] != SPACE:
            pattern.append(SPACE)
    return pattern


class Mention(NamedTuple):
    """An opt-out mention: as it is added, and as it is looked for."""

    added: str
    patterns: list[Pattern]
    any_case: bool = True
    as_written: bool = False  # searched in the text as the sender writes it
    short_code: bool = False  # so that the mention of another short code is reported
    not_theirs: tuple[str, ...] = ()  # numbers of this form that belong to others
    may_change: bool = False  # the words are only a placeholder for the vendor's
    fixed: bool = False  # the sender's own words do not replace it


class Beside(NamedTuple):
    """A prefix or a suffix: the vendor's own, or the default if the sender gives none."""

    text: str
    separator: str = ""
    given: bool = False  # by the sender


class Rules(NamedTuple):
    """One vendor's rules. The first of the offers is the default."""

    alphabet: dict[str, int]
    table: dict[str, str]
    outside: str  # "unmapped" (an error) or "lossy" (a warning)
    one_line_break: bool  # CRLF, LF, CR are one line break of two units
    counting: str  # "segments" or "units"
    unicode: bool
    encoding: str
    account_option: bool  # Unicode must first be enabled for the account
    default_segments: int | None
    ceiling: int
    truncate: bool
    tags: tuple[str, ...]
    mention: Mention | None
    mention_abroad: Mention | None
    separator: str
    transactional_offers: tuple[str, ...]
    commercial_offers: tuple[str, ...]
    threshold: int | None  # the most units before the mention at "if-free", in GSM-7
    policy: str = "in-gsm7"
    wide_reference: bool = False  # 152 and 66 in each of several
    whole_clusters: bool = False
    split_at: str = ""  # the characters at which a transmitted message ends; none: anywhere
    separate: bool = False  # each of several is a separate message, without a header
    most_characters: dict[str, int] | None = None  # by encoding
    counted: str = "characters"
    most_for_several: dict[str, int] | None = None  # the same, with several recipients
    placeholders: tuple[tuple[str, str], ...] = ()  # as written, and as the vendor replaces it
    most_segments: int = 255
    mention_in: tuple[str, ...] = ()  # the countries that have it; none: all
    documented: tuple[tuple[str, bool, tuple[int, ...]], ...] = ()  # encoding, with mention, totals
    vendor_cuts: bool = False  # what is kept has the encoding of the whole text
    prefix: Beside | None = None
    suffix: Beside | None = None
    names: tuple[tuple[str, dict[str, str]], ...] = ()  # for a switch, with what else is replaced
    on: bool = False  # the switch, though nothing is replaced by that alone
    off: bool = False  # the switch, if it is not given
    wide: str = ""  # the characters beyond the alphabet that UCS-2 can send, if not all
    no_marketing: bool = False
    switch: bool = False  # whether the sender may have nothing replaced
    one_piece: int = 0  # octets of a billed segment, if the message is sent in one piece
    billed_once: bool = False  # always one, at another price above so many octets
    limited: bool = True  # whether what is added to a text counts for the limit in characters
    languages: tuple[str, ...] = ()  # whose national tables may be requested
    own_languages: tuple[str, ...] = ()  # those that are used by default
    costs: tuple[tuple[str, int], ...] = ()  # with any table
    rewrites_links: bool = False
    blanks: str = ""  # characters of which a run becomes one space
    breaks: int | None = None  # line breaks are part of runs; so many may stay, without blanks around them
    blanks_switched: bool = False  # only if the sender switches replacements on

    def offers(self, *, commercial: bool, optout_text: str | None) -> tuple[str, ...]:
        """The possible values of `optout`, the default first."""
        offers = self.commercial_offers if commercial else self.transactional_offers
        if self.mention is None and optout_text is None:
            return ("never",)
        return offers


PLAIN = Rules(
    alphabet=GSM,
    table={},
    outside="unmapped",
    one_line_break=False,
    counting="segments",
    unicode=True,
    encoding="auto",
    account_option=False,
    default_segments=None,
    ceiling=255,
    truncate=False,
    tags=(),
    mention=None,
    mention_abroad=None,
    separator=" ",
    transactional_offers=("never", "if-free", "always"),
    commercial_offers=("always", "never", "if-free"),
    threshold=None,
)

SMSPARTNER = PLAIN._replace(
    table=SMSPARTNER_TABLE,
    one_line_break=True,
    counting="units",
    encoding="gsm7",
    account_option=True,
    tags=(":br:", ":euro:"),
    mention=Mention(
        " STOP 36xxx",
        [pattern_of("STOP 36xxx"), [*pattern_of("STOP 36"), DIGIT, DIGIT, DIGIT]],
        short_code=True,
        not_theirs=("36034", "36111"),
        may_change=True,
    ),
    transactional_offers=("never", "always"),
    commercial_offers=("always", "never"),
)

SEEDS = {
    "gsm": PLAIN._replace(languages=("tr", "es")),
    "encom": PLAIN._replace(
        mention=Mention(" STOP AU 36111", [pattern_of("STOP AU 36111")], short_code=True, fixed=True),
        transactional_offers=("never",),
        commercial_offers=("always",),
    ),
    "smspartner": SMSPARTNER,
    "smspartner-eco": SMSPARTNER._replace(
        mention=Mention("", [pattern_of("NoPub = STOP")], short_code=True, fixed=True),
        transactional_offers=("never",),
        commercial_offers=("never",),
    ),
    "smsmode": PLAIN._replace(
        alphabet=SMSMODE,
        outside="lossy",
        counting="units",
        encoding="gsm7",
        default_segments=5,
        ceiling=5,
        truncate=True,
        vendor_cuts=True,
        mention=Mention(" STOP 36034", [pattern_of("STOP 36034")], short_code=True, may_change=True),
        mention_abroad=Mention(" no-sms.eu", [pattern_of("no-sms.eu")]),
        threshold=149,
    ),
    "envoyersmspro": PLAIN._replace(
        one_line_break=True,
        counting="units",
        unicode=False,
        encoding="gsm7",
        default_segments=1,
        ceiling=3,
        tags=("\\n",),
        mention=Mention(
            "\nSTOP SMS au 36111", [pattern_of("STOP SMS au 36111")], short_code=True, fixed=True
        ),
        separator="\n",
        transactional_offers=("never", "always"),
        commercial_offers=("always", "never"),
    ),
}

BREVO_API = PLAIN._replace(
    table=BREVO,
    encoding="gsm7",
    placeholders=(("[STOP_CODE]", "36xxx"),),
    mention=Mention("", [pattern_of("[STOP_CODE]")], any_case=False, as_written=True),
    transactional_offers=("never",),
    commercial_offers=("never",),
)

OCTOPUSH_2016 = PLAIN._replace(
    table=OCTOPUSH,
    policy="always",
    counting="units",
    most_characters={"gsm7": 459, "ucs2": 459},
    mention=Mention("", [pattern_of("STOP au XXXXX")], any_case=False, fixed=True),
    transactional_offers=("never",),
    commercial_offers=("never",),
    separator="\n",
)

# --- the others, each from the pages that its tables/vendors file names

_OPTIONAL = ("never", "always")
_WRITTEN = ("never",)


def _known(alphabet: str, double: str) -> dict[str, int]:
    return dict.fromkeys(alphabet, 1) | dict.fromkeys(double, 2)


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
# developers.telnyx.com, message-encoding, GSM 7-bit character set.
TELNYX_ALPHABET = _known(_LETTERS + "\n\r !\"#$%&'()*+,-./:;<=>?@_£¥èéùìòØøÅåÆæßÉ¡ÄÖÑÜ§¿äöñüà", "[\\]^{}|~")
# ASCII 7-bit: every printable character is one.
ASCII = _known(_LETTERS + "\n\r !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "")

_TWILIO = PLAIN._replace(
    table=TWILIO,
    policy="always",
    whole_clusters=True,
    most_characters={"gsm7": 1600, "ucs2": 1600},  # error 21617
    counted="utf-16",
    rewrites_links=True,
)
_TELNYX = PLAIN._replace(
    alphabet=TELNYX_ALPHABET, table=TELNYX, policy="always", default_segments=10, ceiling=10
)
_STOP_36 = [[*pattern_of("STOP 36"), DIGIT, DIGIT, DIGIT], [*pattern_of("STOP au 36"), DIGIT, DIGIT, DIGIT]]

# RCS for Business: one message of any length, whose octets of UTF-8 are billed.
RCS = PLAIN._replace(
    encoding="utf8",
    unicode=False,
    counting="units",
    one_piece=160,
    transactional_offers=("never",),
    commercial_offers=("never",),
)

OTHERS = {
    # SMPP 3.4, 5.2.19; the rest is the standard's.
    "smpp": PLAIN._replace(languages=("tr", "es")),
    "twilio": _TWILIO._replace(switch=True),
    "twilio-tollfree": _TWILIO._replace(wide_reference=True, switch=True),
    "vonage": PLAIN._replace(most_characters={"gsm7": 1000, "ucs2": 1000}),
    "vonage@2026-11": PLAIN._replace(most_characters={"gsm7": 3200, "ucs2": 3200}),
    "vonage-sms": PLAIN._replace(encoding="gsm7", most_characters={"gsm7": 3200, "ucs2": 3200}),
    "telnyx": _TELNYX._replace(switch=True),
    "telnyx-shortcode": _TELNYX._replace(alphabet=ASCII, switch=True),
    "sinch": PLAIN._replace(table=TWILIO, policy="if-it-saves-a-segment", switch=True),
    "bird": PLAIN._replace(table=BIRD, policy="all-or-nothing", switch=True),
    # messagebird-sdk 0.106.0: « Disabled by default »; « a body exceeding 12 segments is rejected ».
    "bird-sms": PLAIN._replace(
        table=BIRD, policy="all-or-nothing", switch=True, off=True, ceiling=12, most_segments=12
    ),
    "webex": PLAIN._replace(table=WEBEX, policy="all-or-nothing"),
    "ovhcloud": PLAIN._replace(
        default_segments=6,
        ceiling=8,
        mention=Mention(
            " STOP 36xxx",
            [pattern_of("STOP 36xxx"), *_STOP_36],
            short_code=True,
            not_theirs=("36034", "36111"),
            may_change=True,
        ),
        transactional_offers=("never", "always"),
        commercial_offers=("always", "never"),
        documented=(
            ("gsm7", True, (149, 302, 455, 608, 761, 914, 1067, 1220)),  # 149, then 153 each
            ("ucs2", True, (59, 129, 199, 269, 339, 409, 479, 549)),  # 59, then 70 each
        ),
    ),
    "octopush@2016": OCTOPUSH_2016,
    # octopush.com, programmer-un-envoi: 1224 characters that are not Unicode; auto_optimize_text.
    "octopush": OCTOPUSH_2016._replace(
        most_characters={"gsm7": 1224, "ucs2": 10**9},
        switch=True,
        blanks=" ",
        blanks_switched=True,
        mention=Mention(
            "",
            [pattern_of("STOP au XXXXX"), pattern_of("STOP au 30101")],
            any_case=False,
            fixed=True,
        ),
    ),
    "smsfactor": PLAIN._replace(
        counting="units",
        encoding="gsm7",
        mention=Mention(
            " STOP SMS: 36xxx",
            [
                pattern_of("STOP SMS: 36xxx"),
                *_STOP_36,
                [*pattern_of("STOP SMS 36"), DIGIT, DIGIT, DIGIT],
                [*pattern_of("STOP SMS: 36"), DIGIT, DIGIT, DIGIT],
            ],
            short_code=True,
            not_theirs=("36034", "36111"),
            may_change=True,
        ),
        transactional_offers=("never", "always"),
        commercial_offers=("always", "never"),
    ),
    # help.brevo.com, 208718649: 5 messages; organisationPrefix of the changelog, 2022-12-20.
    "brevo": BREVO_API._replace(ceiling=5, most_segments=5, prefix=Beside("", " ", given=True)),
    "brevo@2022-12": BREVO_API,
    "rcs-us": RCS,
    "rcs": RCS._replace(billed_once=True),
    "mailjet": PLAIN._replace(counting="units", ceiling=5, most_segments=5, no_marketing=True),
    "mailjet@2023-09": PLAIN._replace(counting="units", ceiling=5, most_segments=5),
    # docs.aws.amazon.com, PublishRequest.message: « cut off at whole-word boundaries ».
    "aws-sns": PLAIN._replace(split_at=" \n\r", most_characters={"gsm7": 1600, "ucs2": 1600}),
    # help.salesforce.com, Character Counts: sends of 160 and 70, « split on space character ».
    "mobileconnect": PLAIN._replace(split_at=" ", separate=True),
    "aws": PLAIN._replace(most_characters={"gsm7": 1530, "ucs2": 630}, counted="units"),
    "clicksend": PLAIN._replace(
        one_line_break=True,
        counting="units",
        default_segments=6,
        ceiling=8,
        truncate=True,
        rewrites_links=True,
    ),
    "infobip": PLAIN._replace(languages=("tr", "es"), rewrites_links=True),
    "allmysms": PLAIN._replace(
        counting="units",
        unicode=False,
        encoding="gsm7",
        ceiling=8,
        most_segments=8,
        mention=Mention("", [pattern_of("STOP au 36180")], short_code=True),
        transactional_offers=_WRITTEN,
        commercial_offers=_WRITTEN,
        mention_in=("FR",),
        separator="\n",
    ),
    "smsmode@2020-11": SEEDS["smsmode"]._replace(
        mention=Mention(
            " STOP 36034",
            [pattern_of("STOP 36034"), [*pattern_of("STOP "), *[DIGIT] * 5]],
            short_code=True,
            not_theirs=("36111",),
            may_change=True,
        ),
    ),
    "smsmode-voice": SEEDS["smsmode"]._replace(
        alphabet=_known(SMSMODE_SINGLE + SMSMODE_DOUBLE, ""),
        unicode=False,
        default_segments=1,
        ceiling=1,
        truncate=False,
        vendor_cuts=False,
        mention=None,
        mention_abroad=None,
        transactional_offers=_WRITTEN,
        commercial_offers=_WRITTEN,
        threshold=None,
    ),
}

# --- vendors read later: VENDORS' own pages, as the files in tables/vendors name them

_GREEK = "ΔΦΓΛΩΠΨΣΘΞ"
_UNITS = PLAIN._replace(counting="units")
# alphagov/notifications-utils: the Welsh letters with marks that GSM lacks.
_WELSH = "".join(
    c
    for c in "àèìòùẁỳÀÈÌÒÙẀỲáéíóúẃýÁÉÍÓÚẂÝäëïöüẅÿÄËÏÖÜẄŸâêîôûŵŷÂÊÎÔÛŴŶ"
    if c not in DEFAULT_ALPHABET + EXTENSION_TABLE
)


def _without(removed: str) -> dict[str, int]:
    return {character: units for character, units in GSM.items() if character not in removed}


def _most(gsm7: int, ucs2: int, counted: str = "characters") -> Rules:
    return PLAIN._replace(most_characters={"gsm7": gsm7, "ucs2": ucs2}, counted=counted)


def _plain_letter(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0]


def _downgraded() -> dict[str, str]:
    """The first character of each canonical decomposition that is GSM's or Welsh."""
    found = {}
    for ordinal in range(0x80, 0x10000):
        character = chr(ordinal)
        decomposed = unicodedata.decomposition(character)
        if not decomposed or "<" in decomposed or character in GSM or character in _WELSH:
            continue
        first = chr(int(decomposed.split()[0], 16))
        if (first in GSM and first != "\f") or first in _WELSH:
            found[character] = first
    return found


_NOTIFY = by_source(
    {
        "-": "–—",
        "...": "…",
        "'": "‘’",
        '"': "“”",
        "": "\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029",
        " ": "\u00a0\u202f\t",
        "L": "Ł",
        "l": "ł",
    }
)
_PORTUGUESE = "áàâãäéèêëíìîïóòôõöúùûüçñÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑ"

_GOVUK = _UNITS._replace(
    alphabet=_without("\f"),
    policy="always",
    most_characters={"gsm7": 918, "ucs2": 918},
    counted="shown",
    prefix=Beside("", ": ", given=True),
    limited=False,
    blanks=" \t\x0b\x0c\u00a0\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000",
    breaks=2,
    transactional_offers=_WRITTEN,
    commercial_offers=_WRITTEN,
)
OTHERS |= {
    # alphagov/notifications-utils, pull request 1443: any character, and these replacements.
    "govuk-notify": _GOVUK._replace(
        table=by_source(
            {
                "-": "\u2011–—\u2212",
                "...": "…",
                "'": "‘’‚",
                '"': "“”„",
                "": "\u180e\u200b\u200c\u2060\ufeff\u2028\u2029",
                " ": "\u00a0\u202f\t",
            }
        ),
    ),
    "govuk-notify@2026-08": _GOVUK._replace(
        table=_downgraded() | _NOTIFY,
        outside="lossy",
        wide=_WELSH,
    ),
    "zenvia": PLAIN._replace(
        alphabet=_without("ÇéèàìòùñäöüÉÑÄÖÜ"),
        wide_reference=True,
        default_segments=1,
        blanks=" ",
        breaks=0,
    ),
    "gateway360": _UNITS._replace(
        encoding="gsm7", default_segments=1, ceiling=3, truncate=True, vendor_cuts=True
    ),
    "textlocal": _UNITS._replace(ceiling=5, most_segments=5, truncate=True, vendor_cuts=True),
    "textmagic": PLAIN._replace(ceiling=6, most_segments=6),
    "cmcom": PLAIN._replace(encoding="gsm7", ceiling=8, most_segments=8),
    "plivo": _most(1600, 10**9),
    "lox24": _most(1530, 670, "units"),
    "kudosity": _UNITS._replace(ceiling=4, most_segments=4),
    "smsapi": PLAIN._replace(alphabet=_without(_GREEK), one_line_break=True),
    "disparopro": _most(1377, 1340, "units")._replace(
        counting="units",
        alphabet=ASCII,
        encoding="gsm7",
        table={character: _plain_letter(character) for character in _PORTUGUESE},
    ),
    "freshmail": _UNITS._replace(
        alphabet=_without(_GREEK + "€"),
        ceiling=3,
        most_segments=3,
        documented=(("ucs2", False, (70, 134, 200)),),
        most_characters={"gsm7": 10**9, "ucs2": 200},
        counted="units",
    ),
    "bandwidth": _most(2048, 2048),
    "azure": _most(2048, 2048, "octets"),
    "messente": PLAIN._replace(
        policy="always", switch=True, names=(("full", {"„": '"', "“": '"', "ë": "e"}),), on=True
    ),
    "gupshup": _UNITS,
    "kaleyra": PLAIN._replace(
        alphabet=GSM | dict.fromkeys("£¥èéùìòÇØøÅå" + _GREEK + "ÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", 2) | {"€": 3}
    ),
    "telstra": _most(1900, 1900)._replace(most_for_several={"gsm7": 500, "ucs2": 500}),
    "esendex": _UNITS,
    "zensend": PLAIN._replace(ceiling=8, most_segments=8),
    "skebby": _most(1530, 1530),
    "signalwire": _most(1600, 1600),
    "messagebird-rest": PLAIN._replace(encoding="gsm7", ceiling=9, most_segments=9),
}

# verimor/SMS-API, user_guide.md: datacoding 0 or 1 by itself, 7 messages; € is counted as 2 in both.
_VERIMOR = _UNITS._replace(
    encoding="gsm7",
    ceiling=7,
    most_segments=7,
    languages=("tr",),
    own_languages=("tr",),
    costs=(("€", 2),),
    transactional_offers=_WRITTEN,
    commercial_offers=_WRITTEN,
)
OTHERS |= {"verimor": _VERIMOR, "verimor-b038": _VERIMOR._replace(suffix=Beside("B038", " "))}

PROFILES = SEEDS | OTHERS
