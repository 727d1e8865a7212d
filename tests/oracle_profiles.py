"""What the oracle knows of the six profiles, typed from the vendors' documents.

Nothing here is read from the library or from its tables: two readers of the same documents
have to agree. Sources: 3GPP TS 23.038 6.2.1 (the alphabets); Encom, Messages unitaires;
SMS Partner, Envoi unitaire; sMsmode API HTTP 2.7, sections 2 and 15; Envoyer SMS Pro,
API SMS HTTP REST 2.10.0, Fonction nouveau message.
"""

from __future__ import annotations

from typing import NamedTuple

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

# sMsmode API HTTP 2.7, section 2, Caractères et encodage. The starred ones count double;
# € stands there twice, and can only be the extension character of two units.
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

# A pattern is a list of what may stand at each place: a character in any case, SPACE for any
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
    mention_assumed: bool
    separator: str
    transactional_offers: tuple[str, ...]
    commercial_offers: tuple[str, ...]
    threshold: int | None  # the most units before the mention at "if-free", in GSM-7

    def offers(self, *, commercial: bool, optout_text: str | None) -> tuple[str, ...]:
        """The values of `optout` that may be asked for, the default first."""
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
    mention_assumed=False,
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
    mention=Mention(" STOP 36xxx", [pattern_of("STOP 36xxx"), [*pattern_of("STOP 36"), DIGIT, DIGIT, DIGIT]]),
    mention_assumed=True,
    transactional_offers=("never", "always"),
    commercial_offers=("always", "never"),
)

PROFILES = {
    "gsm": PLAIN,
    "encom": PLAIN._replace(
        mention=Mention(" STOP AU 36111", [pattern_of("STOP AU 36111")]),
        transactional_offers=("never",),
        commercial_offers=("always",),
    ),
    "smspartner": SMSPARTNER,
    "smspartner-eco": SMSPARTNER._replace(
        mention=Mention("", [pattern_of("NoPub = STOP")]),
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
        mention=Mention(" STOP 36034", [pattern_of("STOP 36034")]),
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
        mention=Mention("\nSTOP SMS au 36111", [pattern_of("STOP SMS au 36111")]),
        separator="\n",
        transactional_offers=("never", "always"),
        commercial_offers=("always", "never"),
    ),
}
