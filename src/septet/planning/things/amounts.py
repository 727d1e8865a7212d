"""Amounts and measures: numbers with a sign or a unit that says what they count."""

from __future__ import annotations

import re

from .digits import found_near
from .signs import BLANK, LATIN
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .digits import Runs

# Four groups at most, so that the work for a million groups stays linear.
# `1 234,50`, `1.234,50`, `1'234.50`: thousands in groups of three, or digits with a comma or a dot.
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[.,'’]\d{{3}}|{BLANK}\d{{3}}){{1,4}}(?!\d)(?:[.,]\d{{1,2}})?"
    r"|\d+(?:[.,]\d+)?[½¼¾]?|[½¼¾])"
)
# `5~10 €`, `5-10 €`, `3/4`, `2x10 cm`.
_RANGE = rf"{_NUMBER}(?:{BLANK}?[~/x×–-]{BLANK}?{_NUMBER}){{0,2}}"
# A sign belongs to the number that it touches: `-20 %`; `10-20` is a range, `mi-20` a word.
# The signs for about and for more may be apart from the number too: `~ 10 €`.
_ABOUT = rf"(?<!\w)[±~≈≤≥]{BLANK}?"
_SIGN = rf"(?:(?<!\w)[-+−–]|{_ABOUT})"
_CURRENCY = (
    "EUR|USD|GBP|CHF|PLN|TRY|CAD|AUD|JPY|CNY|INR|BRL|MXN|SEK|NOK|DKK|CZK|HUF|RON|RUB|"
    "AED|SAR|NGN|KES|MAD|TND|DZD|XOF|XAF"
)
_BEFORE = (
    r"[$€£¥¢\u20a0-\u20cf]|%(?=\d)"  # %20 in Turkish
    rf"|(?<![{LATIN}])(?:US\$|CA\$|A\$|R\$|S/|{_CURRENCY}|TL|Rs\.?|Fr\.|kr\.?)"
)
_BEHIND = (
    # Money
    rf"[kKM]?[$€£¥¢\u20a0-\u20cf%‰]|(?:{_CURRENCY}|FCFA|F|CFA|DH|DA|DT|TL|zł|zl|gr|kr|Kč|Ft|lei|lv|"
    r"euros?|dollars?|pounds?|cts?|cents?|reais|lira|francs?|pts?|points?|"
    # Measures
    r"[°º]{blank}?[CF]|[℃℉]|Ω|km/h|km|cm|mm|m²|m2|m³|m3|m|km²|km2|ha|kg|mg|[µμ][glm]|g|ml|mL|cl|dl|l|L|kWh|kW|W|"
    r"[kKMGT][oB]|px|MP|h|mins?|mn|sec|s|ms|j|jours?|hours?|minutes?|x|×|p)"
    rf"(?![{LATIN}\d'’])|°"
).replace("{blank}", BLANK)
# The first character is checked first: most characters cannot begin an amount.
_AMOUNT = re.compile(
    rf"""
    (?=[\d½¼¾$€£¥¢\u20a0-\u20cf%A-Zkx×+−–±~≈≤≥-])
    (?: (?:(?<!\w)[-+−–](?:{_BEFORE}){BLANK}?|(?:{_ABOUT})?(?:{_BEFORE}){BLANK}?[-+−]?)
        {_RANGE} (?:{BLANK}?(?:{_BEHIND}))? (?![.,]?\d)
      | (?<![\w.,/:]) (?:{_SIGN})? {_RANGE}
        (?: {BLANK}?(?:{_BEHIND}) (?:{BLANK}?/{BLANK}?(?:kg|l|h|j|m|m²|mois|jour|month|mo|day|week))? )
        (?!\w)
      | (?<!\w) [x×]{BLANK}?\d{{1,4}} (?!\w)
      | (?:{_SIGN}) {_NUMBER} (?!\w)
    )
    """,
    re.VERBOSE,
)


# What may come before the number of an amount: `≈ US$ -`.
_BEFORE_A_NUMBER = 8


def amounts(text: str, digits: Runs) -> Iterator[Thing]:
    """The prices, shares and measures of a text."""
    for match in found_near(_AMOUNT, text, digits, _BEFORE_A_NUMBER):
        yield Thing("amount", *match.span())


def is_amount_at(text: str, place: int) -> bool:
    """Whether an amount begins at a place, or so little before it that its number may be there."""
    return any(_AMOUNT.match(text, begin) for begin in range(max(0, place - _BEFORE_A_NUMBER), place + 1))
