"""Further elements: what the options `ports` and `header` put into the header of each segment."""

from __future__ import annotations

from septet.errors import OptionError
from septet.pdus.further_elements import further_elements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.pdus.information_elements import InformationElement
    from septet.vendors.profiles import Profile

# The most national tables that a header names besides them.
_MOST_SHIFTS = 2


def elements_asked_for(
    profile: Profile, ports: object, header: object, with_tables: bool
) -> tuple[InformationElement, ...]:
    """The elements of both options. Raises `OptionError` for values that are not possible here."""
    if not may_have_elements(profile):
        name = "header" if ports is None else "ports"
        raise OptionError(f"{name}: {profile.name} takes no header of the sender's; expected None", name, ())
    reference = profile.rule("segments")["reference"]
    try:
        return further_elements(ports, header, reference, _MOST_SHIFTS if with_tables else 0)
    except ValueError as error:
        reason = str(error)
        name = "ports" if reason.startswith("ports") else "header"
        expected = "two ports" if name == "ports" else "octets of information elements"
        raise OptionError(reason, name, expected) from None


def may_have_elements(profile: Profile) -> bool:
    """Whether the sender writes the header of this vendor's messages."""
    table = profile.rule("octets")
    return bool(table and table["header"])
