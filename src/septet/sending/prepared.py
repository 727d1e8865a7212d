"""Prepared messages: a plan, what its vendor would refuse, and the request that sends it."""

from __future__ import annotations

from septet.planning.rejection import RejectedMessage, warn
from septet.wording.languages import ENGLISH
from septet.wording.places import placing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from septet.planning.plans import Plan
    from septet.wording.problems import Problem

    from .requests import Request


class Prepared:
    """A message checked for one vendor, and the request that sends it. Made by `septet.prepare`."""

    __slots__ = ("_parts", "_plan", "_problems", "_recipients", "_request", "_send_at")

    def __init__(
        self,
        plan: Plan,
        problems: tuple[Problem, ...],
        recipients: tuple[str, ...],
        request: Request | None,
        send_at: datetime | None = None,
        parts: Callable[[], tuple[Prepared, ...]] | None = None,
    ) -> None:
        self._plan = plan
        self._problems = problems
        self._recipients = recipients
        self._request = request
        self._send_at = send_at
        self._parts = parts

    @property
    def plan(self) -> Plan:
        """What reaches the phone, and in how many segments."""
        return self._plan

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The plan's problems, then those of the request."""
        return self._problems

    @property
    def ok(self) -> bool:
        """Whether no problem is an error."""
        return not any(problem.severity == "error" for problem in self._problems)

    @property
    def recipients(self) -> tuple[str, ...]:
        """The numbers that the vendor will bill: each once where it removes duplicates."""
        return self._recipients

    @property
    def send_at(self) -> datetime | None:
        """The time of sending, in the vendor's time zone and to the minute; None for at once."""
        return self._send_at

    @property
    def request(self) -> Request:
        """The request to send; check `ok` first, or call `raise_for_problems`.

        Raises ValueError where the profile describes no request.
        """
        if self._request is None:
            raise ValueError(
                f"profile {self._plan.profile} describes no request, and can only plan a text: "
                "expected the profile of a vendor with a request"
            )
        return self._request

    def split(self) -> tuple[Prepared, ...]:
        """The message as several, as many as its recipients need; only itself where one request holds them
        all.

        Each part has no more recipients than the vendor takes in one request, and recipients of one
        opt-out mention, so that its plan is true for all of them; a part has the country of its own
        recipients. Every recipient is in one part, as often as it was given, in that order; where
        the vendor was asked to remove duplicates, once. Other problems than too many recipients and
        mixed countries are those of the parts as well. A time of sending is looked at anew.
        """
        return (self,) if self._parts is None else self._parts()

    def raise_for_problems(self, warnings: bool = False) -> None:
        """Raises `RejectedMessage`, which lists every problem, when one of them is an error.

        With `warnings` also when one is a warning; a notice only informs.
        """
        if not self.ok or (warnings and warn(self._problems)):
            raise RejectedMessage(self._plan.profile, self._problems)

    def to_dict(self, places: str = "code-points", lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types; `places` and `lang` as `Plan.to_dict` takes them."""
        placed = placing(self._plan.original, places)
        return {
            "plan": self._plan.to_dict(places, lang),
            "problems": [placed(problem.to_dict(lang)) for problem in self._problems],
            "ok": self.ok,
            "recipients": list(self._recipients),
            "send_at": None if self._send_at is None else self._send_at.isoformat(),
            "request": None if self._request is None else self._request.to_dict(),
        }

    def __repr__(self) -> str:
        codes = ", ".join(problem.code for problem in self._problems) or "no problem"
        return f"<septet.Prepared {self._plan.profile}: {codes}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Prepared):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self._plan, self._recipients))

    def __reduce__(self) -> tuple[Any, ...]:
        return Prepared, (
            *(self._plan, self._problems, self._recipients),
            *(self._request, self._send_at, self._parts),
        )
