"""Numbering plans: phonenumbers (extra `requests`), loaded when a number is read."""

from __future__ import annotations

from septet.wording.extras import Needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


def plans() -> ModuleType:
    """phonenumbers. Raises ModuleNotFoundError, in one line, where it is not installed."""
    with Needed("reading phone numbers", "requests", "phonenumbers"):
        import phonenumbers
    return phonenumbers


def calling_code(country: str) -> str:
    """The digits that international numbers of a country begin with (ITU-T E.164); none where it has none."""
    code = plans().country_code_for_region(country)
    return str(code) if code else ""


def are_known() -> bool:
    """Whether phonenumbers is installed."""
    try:
        plans()
    except ModuleNotFoundError:
        return False
    return True
