"""Dates and hours, in digits and in words of nine languages."""

from __future__ import annotations

import re

from .digits import found_at
from .signs import BLANK, LATIN, MONEY
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .digits import Runs

# Whole names, then their short forms; Turkish also without its own letters.
_MONTHS = (
    # French
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre "
    "décembre decembre "
    "janv févr fév fev avr juil sept déc dec "
    # English, German, Dutch
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep oct nov "
    "januar jänner februar märz juni juli oktober dezember mär okt dez "
    "januari februari maart mei augustus mrt "
    # Spanish, Portuguese, Italian
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre "
    "diciembre ene abr ago "
    "janeiro fevereiro março marco maio junho julho setembro outubro novembro dezembro dic "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott "
    # Polish
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września wrzesnia października "
    "pazdziernika "
    "listopada grudnia "
    # Turkish
    "ocak şubat subat mart nisan mayıs mayis haziran temmuz ağustos agustos eylül eylul ekim kasım "
    "kasim aralık aralik "
)
#: The names of months, and their short forms.
MONTHS = frozenset(_MONTHS.split())
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-4])"
# No digit comes before, with or without a sign between.
_ALONE = r"(?=\d)(?<!\w)(?<!\d[.,/:-])"
_DATE = re.compile(
    rf"""
    {_ALONE}
    (?: {_YEAR}([-/.])(?:0?[1-9]|1[0-2])\1{_DAY}
        (?:[T ]{_CLOCK}:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?(?:Z|[+-]\d\d:?\d\d)?)? (?!\w)
      | {_DAY}([-/.]){_DAY}\2(?:{_YEAR}|\d\d) (?![\w/]|[.,-]\d)
      | {_DAY}\.(?:0?[1-9]|1[0-2])\. (?![\w.])
      | (?:{_DAY}/(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])/{_DAY}) (?![\w/]|[.,-]\d|{MONEY})
    )
    """,
    re.VERBOSE,
)
_DAY_AND_MONTH = re.compile(
    rf"""
    {_ALONE} {_DAY}(?i:er|re|st|nd|rd|th|\.|º|°|ª)?{BLANK}? (?i:(?:de|of)[ ]|d[’'])?
    (?P<month>[{LATIN}]{{3,12}})\b\.? (?: (?:[ ]d[eo])?,?{BLANK}{_YEAR}(?!\w|[-/]\d) )?
    """,
    re.VERBOSE,
)
# Only English has the month first.
_MONTH_AND_DAY = re.compile(
    rf"""
    (?=[ADFJMNOSadfjmnos]) (?<!\w)
    (?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|
        oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)
    \.?{BLANK}{_DAY}(?i:st|nd|rd|th)? (?:,?{BLANK}{_YEAR}(?![-/]\d))? (?!\w|[.,/:]\d|{MONEY})
    """,
    re.VERBOSE,
)
_HOUR = re.compile(
    rf"""
    {_ALONE}
    (?: {_CLOCK}(?:[:.][0-5]\d)?{BLANK}?(?i:[ap]\.?m)\b\.?
      | {_CLOCK}:[0-5]\d(?::[0-5]\d)?(?:{BLANK}?(?:h|Uhr|uur)\b)?
      | {_CLOCK}{BLANK}?[hH](?:{BLANK}?[0-5]\d)?(?:{BLANK}?(?i:min|mn)\b)?
      | {_CLOCK}(?:\.[0-5]\d)?{BLANK}(?i:uhr|uur|heures?|horas?|hs|hrs|o['’]clock)\b
    )
    (?!\w|[:/]\d)
    """,
    re.VERBOSE,
)
_MINUTES = re.compile(r"\d\.[0-5]\d")
# With a full stop an hour looks like a price; these words only come before hours.
_HOUR_BEHIND_A_WORD = re.compile(
    rf"(?<!\w)(?i:ore|alle|kl\.|saat|godz\.|godzinie|um|om|às|as)[ ](?P<hour>{_CLOCK}\.[0-5]\d)"
    rf"(?!\w|[.,]\d|{MONEY})"
)


def dates(text: str, digits: Runs) -> Iterator[Thing]:
    """The days that a text names."""
    for match in found_at(_DATE, text, digits):
        yield Thing("date", *match.span())
    for match in _MONTH_AND_DAY.finditer(text):
        yield Thing("date", *match.span())
    for match in found_at(_DAY_AND_MONTH, text, digits):
        if match["month"].lower() in MONTHS:
            yield Thing("date", *match.span())


def hours(text: str, digits: Runs) -> Iterator[Thing]:
    """The hours that a text names."""
    for match in found_at(_HOUR, text, digits):
        yield Thing("hour", *match.span())
    if "." in text and _MINUTES.search(text) is not None:
        for match in _HOUR_BEHIND_A_WORD.finditer(text):
            yield Thing("hour", *match.span("hour"))
