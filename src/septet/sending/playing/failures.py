"""Failures on demand: what a played vendor does wrong where a test asks for it."""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import OptionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.vendors.profiles import Profile


class Failure(NamedTuple):
    """The failure of one call."""

    #: The vendor's code of a refusal.
    code: str | None = None
    message: str | None = None
    #: An HTTP status, without an answer of the vendor's.
    status: int | None = None
    #: How many seconds the answer waits; the call is accepted before.
    slow: float = 0.0
    #: Whether the answer breaks off in the middle; the call is accepted before.
    half: bool = False


def failure(
    profile: Profile,
    code: str | int | None,
    message: str | None,
    status: int | None,
    slow: float,
    half: bool,
) -> Failure:
    """The requested failure. Raises OptionError and TypeError for one that cannot be played."""
    if code is not None and (isinstance(code, bool) or not isinstance(code, str | int)):
        raise TypeError(f"code: expected the vendor's code as a text, found {type(code).__name__}")
    if message is not None and not isinstance(message, str):
        raise TypeError(f"message: expected a text, found {type(message).__name__}")
    if not isinstance(half, bool):
        raise TypeError(f"half: expected True or False, found {type(half).__name__}")
    if isinstance(slow, bool) or not isinstance(slow, int | float):
        raise TypeError(f"slow: expected seconds, found {type(slow).__name__}")
    if not 0 <= slow <= 3600:
        raise OptionError(f"slow: expected seconds from 0 to 3600, found {slow}", "slow", "0 to 3600 seconds")
    if status is not None and (isinstance(status, bool) or not isinstance(status, int)):
        raise TypeError(f"status: expected an HTTP status, found {type(status).__name__}")
    if status is not None and not 200 <= status <= 599:
        raise OptionError(f"status: expected 200 to 599, found {status}", "status", "200 to 599")
    if code is None and status is None and not slow and not half:
        raise OptionError(
            "fail: expected a code of the vendor, a status, slow or half; found none of them",
            "fail",
            ("code", "status", "slow", "half"),
        )
    refusals = [answer for answer in profile.rule("answers") if answer["outcome"] != "accepted"]
    if code is not None and not refusals:
        raise OptionError(
            f"code: no document says how {profile.name} refuses: expected a status, slow or half",
            "code",
            ("status", "slow", "half"),
        )
    return Failure(None if code is None else str(code), message, status, float(slow), half)
