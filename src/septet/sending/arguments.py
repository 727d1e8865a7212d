"""Arguments: checks that a caller's arguments have the expected type; a TypeError names the wrong one."""

from __future__ import annotations

from .given_fields import named_argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.vendors.profiles import Profile

    from .fields import Fields


def check_flag(name: str, value: object) -> None:
    """Raises TypeError for anything but True and False."""
    if not isinstance(value, bool):
        raise TypeError(f"{name}: expected True or False, found {type(value).__name__}")


def label(profile: Profile, name: str, value: object, given: Fields) -> str | None:
    """A short text such as the sender's name, which the caller may have given by the vendor's name."""
    found = named_argument(profile, name, value, given)
    if found is not None and not isinstance(found, str):
        raise TypeError(f"{name}: expected a text, found {type(found).__name__}")
    return found
