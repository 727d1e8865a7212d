"""Campaigns: the options of an estimate, checked once.

`estimate`, `Estimator` and Spark's `estimate` take the same arguments: a column, a profile and a
price, and by name what `CampaignOptions` lists.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from septet.errors import OptionError, shown
from septet.planning.merge_tags import NAMES as DIALECT_NAMES
from septet.planning.option_names import check_names
from septet.planning.options import Settings
from septet.planning.pricing import price_per_segment
from septet.templates.templates import Template
from septet.vendors.profiles import profile as find_profile
from septet.wording.quoting import nearest, printable

from .exclusions import Exclusions
from .fitters import Fit
from .prices.entries import Price
from .prices.lists import PriceList
from .prices.money import currency_beside, currency_code, price_of
from .timetables import Timetable
from .wordings import checked_if_free, checked_wordings

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from typing_extensions import Unpack

    from septet.planning.option_types import Options
    from septet.vendors.profiles import Profile

    class CampaignOptions(Options, total=False):
        """The keyword options of an estimate, as `estimate` describes them; None stands for the default."""

        template: str | Template | None
        tags: str | Sequence[str] | None
        recipient: str | None
        prices: PriceList | str | os.PathLike[str] | None
        currency: str | None
        on: date | None
        strip: bool | None
        optout_rate: Decimal | int | str | float | None
        dedupe: bool
        exclude: Exclusions | str | os.PathLike[str] | Iterable[str] | None
        mobiles_only: bool
        vat: Decimal | int | str | float | None
        rate: Decimal | int | str | float | None
        send_at: datetime | str | None
        window: str | None
        fit: str | Sequence[str] | Mapping[str, int] | None
        fit_mark: str | None
        wordings: str | Sequence[str] | None
        if_free: str | None


#: The names of `CampaignOptions` beside those of a plan, and of the other arguments.
CAMPAIGN_NAMES = (
    *("column", "profile", "price", "template", "tags", "recipient", "prices", "currency", "on", "strip"),
    *("optout_rate", "dedupe", "exclude", "mobiles_only", "vat", "rate", "send_at", "window"),
    *("fit", "fit_mark", "wordings", "if_free"),
)
#: No tax rate has more digits.
_VAT_DIGITS = 9


class Campaign:
    """What is to be estimated, and at which prices; options and errors as for `estimate`. Picklable."""

    def __init__(
        self,
        column: str = "message",
        profile: str | os.PathLike[str] | Profile = "gsm",
        price: Decimal | int | str | float | None = None,
        **options: Unpack[CampaignOptions],
    ) -> None:
        template, recipient = options.pop("template", None), options.pop("recipient", None)
        prices, currency = options.pop("prices", None), options.pop("currency", None)
        tags = options.pop("tags", None)
        on, optout_rate = options.pop("on", None), options.pop("optout_rate", None)
        dedupe, mobiles_only = options.pop("dedupe", False), options.pop("mobiles_only", False)
        exclude, vat = options.pop("exclude", None), options.pop("vat", None)
        rate, send_at = options.pop("rate", None), options.pop("send_at", None)
        window = options.pop("window", None)
        fit, fit_mark = options.pop("fit", None), options.pop("fit_mark", None)
        wordings, if_free = options.pop("wordings", None), options.pop("if_free", None)
        #: Whether blanks around texts and values are removed.
        self.strip = _switch("strip", options.pop("strip", None))
        self.column = _name("column", column)
        self.profile = find_profile(profile)
        #: The options of `septet.plan`, as they were given.
        self.options: Options = options
        check_names(self.options, CAMPAIGN_NAMES)
        Settings(self.profile, dict(self.options))  # refuses options that the profile does not take
        self.recipient = None if recipient is None else _name("recipient", recipient)
        self.template = None if template is None else Template.of(template, self.profile)
        #: The fields of the template that may be cut.
        self.fit = Fit.of(fit, fit_mark, self.template)
        #: The columns with shorter wordings, which are used where a text takes too many segments.
        self.wordings = checked_wordings(wordings, self.template is not None)
        #: What is added after each text where that is free.
        self.if_free = checked_if_free(if_free)
        #: The dialects whose merge tags are fields; None: any tag that names a column is one.
        self.tags = None if tags is None else _dialects(tags)
        if self.tags is not None and self.template is None:
            message = "tags: they are those of a template: give template as well"
            raise OptionError(message, "tags", "template beside it")
        if self.template is not None and column != "message":
            message = "column and template are both given: expected one of them; a template makes the texts"
            raise OptionError(message, "column", "column or template, not both")
        if price is not None and prices is not None:
            message = "price and prices are both given: expected one of them"
            raise OptionError(message, "prices", "price or prices, not both")
        if prices is not None and recipient is None:
            message = "prices: a price list needs the column of the recipients: give it as recipient"
            raise OptionError(message, "prices", "recipient beside it")
        self.dedupe, self.mobiles_only = _flag("dedupe", dedupe), _flag("mobiles_only", mobiles_only)
        if exclude is not None and not isinstance(exclude, Exclusions):
            raise TypeError(
                "exclude: expected numbers as read_exclusions gives them; only estimate reads a file itself"
            )
        #: The numbers that are left out.
        self.exclusions = exclude
        for name, asked in (("dedupe", dedupe), ("exclude", exclude), ("mobiles_only", mobiles_only)):
            if asked not in (None, False) and recipient is None:
                message = f"{name}: it needs the column of the recipients: give it as recipient"
                raise OptionError(message, name, "recipient beside it")
        if vat is not None and price is None and prices is None:
            message = "vat: it is that of a price: give price or prices as well"
            raise OptionError(message, "vat", "price or prices beside it")
        if currency is not None and price is None:
            message = "currency: it is that of a price: give price as well"
            raise OptionError(message, "currency", "price beside it")
        self.prices = prices if prices is None or isinstance(prices, PriceList) else PriceList.load(prices)
        self.price = None if price is None else _price(price, currency)
        self.on = _day(on) if self.prices is not None else on
        self.optout_rate = None if optout_rate is None else _rate(optout_rate)
        #: In per cent.
        self.vat = None if vat is None else _vat(vat)
        for name, given in (("send_at", send_at), ("window", window)):
            if given is not None and rate is None:
                message = f"{name}: it needs to be known how fast it is sent: give rate as well"
                raise OptionError(message, name, "rate beside it")
        #: When the campaign is sent, where a rate was given.
        self.timetable = (
            None if rate is None else Timetable.of(self.profile, self.home, rate, send_at, window)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        named = {
            "template": self.template,
            "tags": self.tags,
            "recipient": self.recipient,
            "prices": self.prices,
            "currency": self.price and self.price.currency,
            "on": self.on,
            "strip": self.strip,
            "optout_rate": self.optout_rate,
            "dedupe": self.dedupe,
            "exclude": self.exclusions,
            "mobiles_only": self.mobiles_only,
            "vat": self.vat,
            "rate": self.timetable and self.timetable.rate,
            "send_at": self.timetable and self.timetable.begins,
            "window": self.timetable and self.timetable.window,
            "fit": self.fit and dict(self.fit.fields),
            "fit_mark": self.fit and self.fit.mark,
            "wordings": self.wordings or None,
            "if_free": self.if_free or None,
            **self.options,
        }
        return _restore, (type(self), self.column, self.profile, self.price and self.price.amount, named)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        own = (self.column, *self.wordings) if self.template is None else self.template.fields
        return tuple(dict.fromkeys((*own, *([self.recipient] if self.recipient else []))))

    @property
    def home(self) -> str | None:
        """The country of numbers without a prefix."""
        home = self.options.get("country") or self.profile.country
        return home.upper() if home else None

    @property
    def in_several_currencies(self) -> bool:
        """Whether a price list has prices in more than one currency."""
        return self.prices is not None and len(self.prices.currencies) > 1

    @property
    def scale(self) -> int:
        """The digits after the point of a cost."""
        if self.prices is not None:
            return self.prices.scale
        exponent = self.price.amount.as_tuple().exponent if self.price else 0
        return max(0, -exponent) if isinstance(exponent, int) else 0


def asked_of(campaign: Campaign) -> dict[str, Any]:
    """The options that were given, in plain JSON types."""
    plan: Options = campaign.options
    asked: dict[str, Any] = {
        "profile": campaign.profile.name,
        **{name: list(value) if isinstance(value, tuple) else value for name, value in plan.items()},
        "column": campaign.column if campaign.template is None else None,
        "template": campaign.template and campaign.template.source,
        "tags": campaign.tags and list(campaign.tags),
        "recipient": campaign.recipient,
        "price": campaign.price and str(campaign.price.amount),
        "currency": campaign.price and campaign.price.currency,
        "prices": None if campaign.prices is None else str(campaign.prices),
        "on": campaign.on and campaign.on.isoformat(),
        "strip": campaign.strip or None,
        "optout_rate": None if campaign.optout_rate is None else str(campaign.optout_rate),
        "vat": None if campaign.vat is None else str(campaign.vat),
        "dedupe": campaign.dedupe or None,
        "exclude": None if campaign.exclusions is None else str(campaign.exclusions),
        "mobiles_only": campaign.mobiles_only or None,
        "rate": campaign.timetable and str(campaign.timetable.rate),
        "send_at": campaign.timetable and campaign.timetable.begins.isoformat(),
        "window": campaign.timetable and campaign.timetable.window,
        "fit": campaign.fit and dict(campaign.fit.fields),
        "fit_mark": (campaign.fit and campaign.fit.mark) or None,
        "wordings": list(campaign.wordings) or None,
        "if_free": campaign.if_free or None,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _restore(
    kind: type[Campaign], column: str, profile: Profile, price: Any, named: dict[str, Any]
) -> Campaign:
    return kind(column, profile, price, **named)


def _switch(what: str, value: object) -> bool:
    if value is not None and not isinstance(value, bool):
        raise OptionError(f"{what}: expected True or False, found {shown(value)}", what, (True, False))
    return bool(value)


def _name(what: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        expected = "the name of a column"
        raise OptionError(f"{what}: expected {expected}, found {shown(value)}", what, expected)
    return value


def _dialects(tags: str | Sequence[str]) -> tuple[str, ...]:
    """The named dialects of merge tags, checked to exist."""
    named = (tags,) if isinstance(tags, str) else tuple(tags)
    for name in named:
        if name not in DIALECT_NAMES:
            message = (
                f"tags: {printable(str(name))!r} is not a dialect of merge tags"
                f"{nearest(str(name), list(DIALECT_NAMES))}: "
                f"expected one of {', '.join(DIALECT_NAMES)}"
            )
            raise OptionError(message, "tags", DIALECT_NAMES)
    return named


def _price(price: Decimal | int | str | float, currency: str | None) -> Price:
    code = None if currency is None else currency_code(currency)
    if code is None and isinstance(price, str):
        code = currency_beside(price)
    return Price(price_of(price, code), code)


def _rate(rate: Decimal | int | str | float) -> Decimal:
    try:
        # In most of Europe, people write a decimal comma.
        found = price_per_segment(rate.strip().replace(",", ".") if isinstance(rate, str) else rate)
    except (ValueError, TypeError):
        found = Decimal(2)
    if found > 1:
        shown = rate if isinstance(rate, Decimal) else repr(rate)
        expected = "a share from 0 to 1 such as 0.02"
        raise OptionError(f"optout_rate: expected {expected}, found {shown}", "optout_rate", expected)
    return found


def _flag(what: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{what}: expected True or False, found {shown(value)}")
    return value


def _vat(rate: Decimal | int | str | float) -> Decimal:
    """A rate in per cent, as people write one: ``20``, ``5,5``, ``20 %``."""
    try:
        found = price_per_segment(
            rate.strip().removesuffix("%").rstrip().replace(",", ".") if isinstance(rate, str) else rate
        )
    except (ValueError, TypeError):
        found = Decimal(101)
    if found > 100 or len(found.as_tuple().digits) > _VAT_DIGITS:
        expected = "a rate in per cent from 0 to 100 such as 20 or 5.5"
        shown = rate if isinstance(rate, Decimal) else repr(rate)
        raise OptionError(f"vat: expected {expected}, found {shown}", "vat", expected)
    return found


def _day(on: date | None) -> date:
    from datetime import date

    return date.today() if on is None else on
