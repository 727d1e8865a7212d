"""Played vendors: one of the vendors with a request, on loopback, for the tests of a client."""

from __future__ import annotations

from septet.errors import OptionError
from septet.vendors.profiles import profile as profile_of
from septet.vendors.profiles import profiles

from .control import controlled
from .failures import failure
from .playing import Play, Reply
from .server import HOST, Server

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from decimal import Decimal
    from types import TracebackType
    from typing import Self

    from septet.vendors.profiles import Profile

    from .calls import Call, Received


class PlayedVendor:
    """A vendor that is played on loopback, from ``with`` on until it ends. Made by `septet.testing.vendor`.

    It takes any credential, checks every call by the vendor's document, and gives the documented answers.
    """

    def __init__(
        self, profile: Profile, *, port: int = 0, price: Decimal | None = None, currency: str | None = None
    ) -> None:
        self._play = Play(profile, price, currency)
        self._port = port
        self._server: Server | None = None
        #: A function that gets each call before it is answered; for those who show calls as they come.
        self.on_received: Callable[[Received], object] | None = None

    @property
    def profile(self) -> Profile:
        """The profile whose rules it follows."""
        return self._play.profile

    @property
    def url(self) -> str:
        """The address that replaces the vendor's own; give it to `Request.address`, too.

        The parts of that address for an account are in braces, as in the vendor's.
        """
        return self._here(self.profile.rule("request")["url"])

    @property
    def batch_url(self) -> str:
        """The address that replaces that of batch files. Raises ValueError where there is none."""
        rule = self.profile.rule("batch")
        if rule is None:
            raise ValueError(f"profile {self.profile.name} has no batch files")
        return self._here(rule["url"])

    def _here(self, url: str) -> str:
        if self._server is None:
            raise RuntimeError("the vendor is not played: use it within a with statement")
        path = url.split("/", 3)[3] if url.count("/") > 2 else ""
        return f"http://{HOST}:{self._server.port}/{path}"

    @property
    def received(self) -> tuple[Received, ...]:
        """The calls so far, in their order: text, recipients, segments, and what was wrong with each."""
        return tuple(self._play.received)

    def fail(
        self,
        code: str | int | None = None,
        *,
        message: str | None = None,
        status: int | None = None,
        slow: float = 0.0,
        half: bool = False,
        times: int | None = 1,
    ) -> None:
        """Lets the next call fail, or as many as `times` says; None: all from now on.

        `code` is a code of the vendor's, with which it refuses the call; a code that its document does not
        list is sent anyway. `status` is an HTTP status, with a page of HTML or, beside a code, with the
        vendor's answer. With `slow` the answer waits that many seconds, with `half` it breaks off in the
        middle: without a code or a status the call was accepted. Failures come in the order of the requests
        for them.

        Raises OptionError, a ValueError, for a failure that cannot be played, TypeError for a wrong type.
        """
        if times is not None and (isinstance(times, bool) or not isinstance(times, int)):
            raise TypeError(f"times: expected a number of calls or None, found {type(times).__name__}")
        if times is not None and times < 1:
            raise OptionError(f"times: expected 1 or more, or None, found {times}", "times", "1 or more")
        self._play.fail(failure(self.profile, code, message, status, slow, half), times)

    def recover(self) -> None:
        """Takes back every failure that is still to come."""
        self._play.recover()

    def forget(self) -> None:
        """Forgets the calls so far."""
        self._play.received.clear()

    def _reply(self, call: Call) -> Reply:
        if (answer := controlled(self, call)) is not None:
            return Reply(answer)
        reply = self._play.reply(call)
        if self.on_received is not None:
            for one in reply.received:
                self.on_received(one)
        return reply

    def __enter__(self) -> Self:
        self._server = Server(self._reply, self._port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def __repr__(self) -> str:
        return f"<septet.testing.PlayedVendor {self.profile.name}: {len(self._play.received)} received>"


def vendor(
    profile: str | os.PathLike[str] | Profile,
    *,
    port: int = 0,
    price: Decimal | int | str | float | None = None,
    currency: str | None = None,
) -> PlayedVendor:
    """A vendor to test a client against: ``with septet.testing.vendor("smsmode") as vendor: …``.

    `profile` is one with a request: a name, the path of a vendor file, or a `Profile`. It listens only on
    loopback, on a free port unless `port` names one. `price` is the price of a segment, in `currency`,
    where the vendor's answer has a cost; None: as in the document's example.

    Raises ProfileError for an unknown profile, and OptionError, a ValueError, for one without a request, or
    for an invalid port or price; TypeError for wrong types.
    """
    found = profile_of(profile)
    if found.rule("request") is None:
        known = tuple(name for name in profiles() if profile_of(name).rule("request") is not None)
        raise OptionError(
            f"profile {found.name} describes no request: expected one of {', '.join(known)}, or a vendor "
            "file with a table [request]",
            "profile",
            known,
        )
    if isinstance(port, bool) or not isinstance(port, int):
        raise TypeError(f"port: expected a number, found {type(port).__name__}")
    if not 0 <= port <= 65535:
        raise OptionError(f"port: expected 0 to 65535, found {port}", "port", "0 to 65535")
    if currency is not None and not isinstance(currency, str):
        raise TypeError(f"currency: expected a text, found {type(currency).__name__}")
    from septet.planning.pricing import price_per_segment

    each = None if price is None else price_per_segment(price)
    return PlayedVendor(found, port=port, price=each, currency=currency)
