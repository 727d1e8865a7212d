"""Campaigns: what many messages will cost, before they are sent.

>>> from septet.campaign import estimate
>>> found = estimate(["Bonjour", "C’est l’été !"], profile="gsm", price="0.045", currency="EUR")
>>> found.segments, found.cost
(2, Decimal('0.090'))

Needs the extra `campaign`. Names are looked up when they are first asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from septet.templates.bounds import Bounds
    from septet.templates.templates import Template

    from .costs import Cost
    from .estimates import Estimate
    from .estimators import Estimator
    from .exclusion_files import read_exclusions
    from .exclusions import Exclusions
    from .figures import Character, Optout, Share, Truncation, Unsubscriptions
    from .prices.entries import Price
    from .prices.lists import PriceList
    from .quotes import CountryShare, Line, Quote
    from .rejects import Progress, Reject
    from .rows.sources import Source, open_source
    from .runs import estimate
    from .samples import Samples
    from .tallies import Tally

    # A view, which is in a layer above campaigns: named below, and loaded only when it is asked for.
    estimate_page: Callable[..., str]

__all__ = [
    "Bounds",
    "Character",
    "Cost",
    "CountryShare",
    "Estimate",
    "Estimator",
    "Exclusions",
    "Line",
    "Optout",
    "Price",
    "PriceList",
    "Progress",
    "Quote",
    "Reject",
    "Samples",
    "Share",
    "Source",
    "Tally",
    "Template",
    "Truncation",
    "Unsubscriptions",
    "estimate",
    "estimate_page",
    "open_source",
    "read_exclusions",
]

# Where each name lives, as in septet itself.
_HOMES = {
    "Bounds": "septet.templates.bounds",
    "Character": ".figures",
    "Cost": ".costs",
    "CountryShare": ".quotes",
    "Estimate": ".estimates",
    "Estimator": ".estimators",
    "Exclusions": ".exclusions",
    "Line": ".quotes",
    "Optout": ".figures",
    "Price": ".prices.entries",
    "PriceList": ".prices.lists",
    "Progress": ".rejects",
    "Quote": ".quotes",
    "Reject": ".rejects",
    "Samples": ".samples",
    "Share": ".figures",
    "Source": ".rows.sources",
    "Tally": ".tallies",
    "Template": "septet.templates.templates",
    "Truncation": ".figures",
    "Unsubscriptions": ".figures",
    "estimate": ".runs",
    "estimate_page": "septet.views.pages.estimate",
    "open_source": ".rows.sources",
    "read_exclusions": ".exclusion_files",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOMES[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
