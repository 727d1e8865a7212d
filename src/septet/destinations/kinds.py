"""Kinds of phone numbers: what a numbering plan has assigned a number to."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

MOBILE = "mobile"
LANDLINE = "landline"
#: Countries such as the US and Canada give both kinds the same numbers.
MOBILE_OR_LANDLINE = "mobile-or-landline"
#: The caller pays more than for an ordinary call, shared cost included.
PREMIUM = "premium"
FREEPHONE = "freephone"
#: Personal numbers, those of the internet, pagers, voice mail, and a company's one number.
OTHER = "other"
#: No plan has assigned it.
UNKNOWN = "unknown"

KINDS = (UNKNOWN, MOBILE, LANDLINE, MOBILE_OR_LANDLINE, PREMIUM, FREEPHONE, OTHER)


def kind_of(plans: ModuleType, parsed: Any) -> str:
    """The kind of a number that phonenumbers has read, one of `KINDS`."""
    types = plans.PhoneNumberType
    return {
        types.MOBILE: MOBILE,
        types.FIXED_LINE: LANDLINE,
        types.FIXED_LINE_OR_MOBILE: MOBILE_OR_LANDLINE,
        types.PREMIUM_RATE: PREMIUM,
        types.SHARED_COST: PREMIUM,
        types.TOLL_FREE: FREEPHONE,
        types.UNKNOWN: UNKNOWN,
    }.get(plans.number_type(parsed), OTHER)
