"""One-time codes and passwords, recognised by the words around them."""

from __future__ import annotations

import re

from .signs import BLANK, CAPITALS, IN_CAPITALS, MONEY
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# French and English, Spanish and Portuguese, Italian, German, Dutch, Polish, Turkish. German joins
# words: `Bestätigungscode`, `Einmalpasswort`; Turkish adds endings: `kodunuz`, `şifreniz`.
_SECRET = (
    r"codes?|mot\ de\ passe|mdp|otp|pin|passcode|password|passphrase|"
    r"c[oó]digos?|clave|contraseña|senha|palavra-passe|codice|"
    r"\w{0,30}(?:code|passwort|kennwort|wachtwoord)|tan|mtan|"
    r"kod\w{0,8}|hasł[oa]|haslo|şifre\w{0,6}|sifre\w{0,6}|parola\w{0,6}"
)
_IS = r"is|est|es|é|è|ist|lautet|to|jest|as|comme|como|come|als|jako|:|="
# Characters that join the parts of a code.
_JOINTS = r"_~^|\\+*\#@&-"
# Two groups of digits, or signs with a hyphen or the like between, or all in one; three signs, a digit
# among them.
_WITH_DIGIT = (
    rf"(?=[A-Za-z{_JOINTS}]{{0,12}}\d)(?=[\w{_JOINTS}]{{3}}|\d\d{BLANK}\d)"
    rf"(?:\d{{2,4}}(?:{BLANK}\d{{2,4}}){{1,2}}(?!\w|{MONEY})|"
    rf"[A-Za-z\d]{{1,12}}(?:[{_JOINTS}][A-Za-z\d]{{1,12}}){{0,5}}[~^|\\]{{0,3}})"
)
# What may be between: no end of a sentence, and no number except a single digit (`code of 6 digits: …`).
_CLEAR = r"(?:[^\d\n.!?]|(?<!\d)\d(?!\d))"
_FORWARD = re.compile(
    rf"""
    (?<!\w) (?P<secret>(?i:{_SECRET}))\b
    (?: (?:{_CLEAR}{{0,60}}?[\s:="'«“„(*\[<#])? (?<![\w.,-])(?P<code>{_WITH_DIGIT}) (?![\w°]|[.,:/]\d|{MONEY})
      | (?:[ ][^\W\d]{{1,15}}){{0,3}} {BLANK}?[:=]{BLANK}?["'«“„]?{BLANK}? (?P<word>[^\s"'«»“”„<>()]{{3,40}})
    )
    """,
    re.VERBOSE,
)
#: What comes before a code in capitals.
BEFORE_CAPITALS = r"[cCkK](?:ode|ódigo|odice|od)(?: promo| avantage)? "
# A word in capitals after a word that is not: `avec le code NOEL`, `use code SUMMER`.
_CAPITALS = re.compile(
    rf"(?<!\w){BEFORE_CAPITALS}(?P<code>[{CAPITALS}][{IN_CAPITALS}]{{1,18}}[{CAPITALS}])(?!\w)"
)
_BACKWARD = re.compile(
    rf"""
    (?<![\w.,/:-]) (?P<code>{_WITH_DIGIT}) (?!\w)
    (?= (?:{BLANK}|,)? [ ]?(?i:{_IS}) [ ] {_CLEAR}{{0,60}}? (?<!\w)(?i:{_SECRET})\b
      | [ ](?:[^\W\d]{{1,20}}[ ]){{0,3}} (?i:kodu\w{{0,5}}|şifre\w{{1,5}}|sifre\w{{1,5}}|parola\w{{1,5}})\b
    )
    """,
    re.VERBOSE,
)
# The text says to write it somewhere.
_TYPED = re.compile(
    r"(?<!\w)(?i:use|enter|type|saisissez|entrez|utilisez|tapez|usa|usar|introduce|ingresa|digite|inserisci|"
    r"geben sie|gib|voer|wpisz|girin|giriniz) (?P<code>(?:[A-Z]{1,3}-)?\d{4,8}|\d{3}[ -]\d{3})"
    rf"(?!\w|[.,:/]\d|{MONEY})"
)
# All of these have so many digits.
_LONG = re.compile(r"\d\d\d(?:\d|[ -]\d\d\d)")

# After a colon a password may be any word; a code is not a word.
_CODE = re.compile(r"[ck][oó]d|otp|pin|tan", re.IGNORECASE)
#: Every word that names a code has one of these: most texts have none, and so no code.
STEMS = (
    *("cod", "cód", "pass", "mdp", "otp", "pin", "clave", "contras", "senha", "kennw", "wachtw"),
    *("tan", "kod", "hasł", "hasl", "şifre", "sifre", "parola"),
)


def codes(text: str) -> Iterator[Thing]:
    """The codes and passwords of a text, which the words around them say to type in elsewhere."""
    lowered = text.lower()
    named = any(map(lowered.__contains__, STEMS))
    patterns: tuple[re.Pattern[str], ...] = (_FORWARD, _CAPITALS, _BACKWARD) if named else ()
    if _LONG.search(text) is not None:
        patterns += (_TYPED,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            group = match.lastgroup or "code"
            start, end = match.span(group)
            if group == "word":
                while end > start and text[end - 1] in ".,;:!?":
                    end -= 1
                if _CODE.search(match["secret"]) and not _is_no_word(text[start:end]):
                    continue
            yield Thing("code", start, end)


def _is_no_word(written: str) -> bool:
    """Whether it is not a word of a sentence: in capitals, or with digits, signs or capitals within."""
    bare = written.translate(_IN_WORDS)
    return len(written) > 2 and not (bare.isalpha() and (bare.islower() or bare.istitle()))


# Signs within words of sentences: `peut-être`, `l’accueil`, `oui/non`.
_IN_WORDS = dict.fromkeys(map(ord, "-'’./"))
