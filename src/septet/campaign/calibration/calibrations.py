"""Calibrations: what a log comes to, compared with what was planned, and why, as values that do not
change."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from septet import _tables
from septet.campaign.costs import Cost
from septet.wording.languages import ENGLISH

from .cells import unscaled
from .evidence import bits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from septet.campaign.costs import Costs
    from septet.campaign.tallies import Tally

    from .causes import Cause, Found
    from .columns import Columns
    from .differing_rows import DifferingRow

#: The most unexplained rows to show.
SHOWN = 10
_FACTOR = Decimal("0.000001")


class Calibration:
    """A log compared with the plan. Immutable, equal by value."""

    __slots__ = ("_columns", "_options", "_prices", "_profile", "_segments", "_shown", "_tally", "_tried")

    _columns: Columns
    _options: Mapping[str, Any]
    _prices: Found
    _profile: str
    _segments: Found
    _shown: tuple[DifferingRow, ...]
    _tally: Tally
    _tried: tuple[str, ...]

    def __init__(
        self,
        profile: str,
        options: Mapping[str, Any],
        columns: Columns,
        tally: Tally,
        segments: Found,
        prices: Found,
        shown: Sequence[DifferingRow],
        tried: Sequence[str],
    ) -> None:
        """`segments` and `prices` are what the rows are evidence of, `shown` some that differ, in their
        order."""
        object.__setattr__(self, "_profile", profile)
        object.__setattr__(self, "_options", dict(options))
        object.__setattr__(self, "_columns", columns)
        object.__setattr__(self, "_tally", tally)
        object.__setattr__(self, "_segments", segments)
        object.__setattr__(self, "_prices", prices)
        object.__setattr__(self, "_shown", tuple(shown))
        object.__setattr__(self, "_tried", tuple(tried))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a calibration does not change: {name} cannot be set")

    __delattr__ = None  # type: ignore[assignment]

    @property
    def rows(self) -> int:
        """The rows that were compared: those that agree and those that differ."""
        return int(self._tally["compared",])

    @property
    def agree(self) -> int:
        """The rows that were billed as they are planned."""
        return int(self._tally["agree",])

    @property
    def differ(self) -> int:
        """The rows that were compared and were not billed as they are planned."""
        return self.rows - self.agree

    @property
    def differ_by(self) -> Mapping[str, int]:
        """The rows that differ in their ``"segments"``, their ``"encoding"``, their ``"price"``; one may
        differ in several."""
        return MappingProxyType(
            {what: int(self._tally["differ", what]) for what in ("segments", "encoding", "price")}
        )

    @property
    def unexplained(self) -> int:
        """The rows that differ in segments or price, where nothing explains the difference."""
        return sum(rows for by, rows in self._tally.of("differing") if not self._explains(*by))

    @property
    def left_out(self) -> Mapping[str, int]:
        """The rows that were not compared, by why: ``"inbound"``, ``"unbilled-status"``,
        ``"other-channel"`` (no SMS), ``"no-segments"``; ``"blank-row"`` is no row."""
        return MappingProxyType(dict(sorted((why, rows) for (why,), rows in self._tally.of("left-out"))))

    @property
    def rejects(self) -> Mapping[str, int]:
        """The rows that could not be read, by the code of the reason."""
        return MappingProxyType(dict(sorted((code, rows) for (code,), rows in self._tally.of("rejected"))))

    @property
    def planned(self) -> int:
        """The segments of the compared rows as they are planned."""
        return self._sum("segments planned")

    @property
    def billed(self) -> int:
        """The segments of the compared rows as they were billed."""
        return self._sum("segments billed")

    @property
    def factor(self) -> Decimal:
        """The billed segments for each planned one, to six digits: multiply an estimate's segments by it."""
        if not self.planned:
            return Decimal(1)
        factor = (Decimal(self.billed) / Decimal(self.planned)).quantize(_FACTOR)
        return factor.normalize() if factor != factor.to_integral_value() else factor.quantize(Decimal(1))

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The rules that explain what differs: of segments first, then of prices, each by its rows."""
        return self._segments.causes + self._prices.causes

    @property
    def overbilled(self) -> int:
        """The segments that were billed beyond the plan, in rows with more than planned."""
        return int(self._tally["beyond", "segments"])

    @property
    def overbilled_rows(self) -> int:
        """The rows with more segments than planned."""
        return int(self._tally["beyond", "rows"])

    @property
    def underbilled(self) -> int:
        """The segments that were planned and not billed."""
        return int(self._tally["below", "segments"])

    @property
    def underbilled_rows(self) -> int:
        """The rows with fewer segments than planned."""
        return int(self._tally["below", "rows"])

    @property
    def paid(self) -> Costs:
        """What the compared rows cost according to the log, by currency."""
        return self._money("paid")

    @property
    def overpaid(self) -> Costs:
        """The part of it that is for segments beyond the plan, each at its message's price."""
        return self._money("paid beyond")

    @property
    def checked_prices(self) -> int:
        """The rows whose price was compared with a price list."""
        return int(self._tally["checked",])

    @property
    def unexplained_rows(self) -> tuple[DifferingRow, ...]:
        """The first rows that nothing explains; no more than ten."""
        return tuple(row for row in self._shown if not self._explains(row.segments_by, row.price_by))[:SHOWN]

    @property
    def columns(self) -> Columns:
        """The columns that were read."""
        return self._columns

    @property
    def tried(self) -> tuple[str, ...]:
        """The rules that were tried, by their names."""
        return self._tried

    @property
    def profile(self) -> str:
        """The name of the profile that the log was compared with."""
        return self._profile

    @property
    def options(self) -> Mapping[str, Any]:
        """The options that texts were planned with, as they were given."""
        return MappingProxyType(self._options)

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types, the words in a language; `schemas/calibration.json` describes it."""
        columns = {name: value for name, value in self._columns.named.items() if value is not None}
        return {
            "profile": self._profile,
            "options": {name: list(v) if isinstance(v, tuple) else v for name, v in self._options.items()},
            "tables": _tables.EDITION,
            "export": self._columns.export,
            "columns": columns,
            "rows": self.rows,
            "agree": self.agree,
            "differ": self.differ,
            "differ_by": dict(self.differ_by),
            "unexplained": self.unexplained,
            "left_out": dict(self.left_out),
            "rejects": dict(self.rejects),
            "planned": self.planned,
            "billed": self.billed,
            "factor": str(self.factor),
            "overbilled": {
                "rows": self.overbilled_rows,
                "segments": self.overbilled,
                "costs": _plain(self.overpaid),
            },
            "underbilled": {"rows": self.underbilled_rows, "segments": self.underbilled},
            "paid": _plain(self.paid),
            "checked_prices": self.checked_prices,
            "causes": [cause.to_dict(lang) for cause in self.causes],
            "unexplained_rows": [row.to_dict() for row in self.unexplained_rows],
            "tried": list(self._tried),
        }

    def _explains(self, segments_by: int | None, price_by: int | None) -> bool:
        """Whether causes explain the differences of rows with these sets of hypotheses."""
        segments, prices = bits_of(self._segments.places), bits_of(self._prices.places)
        return (segments_by is None or segments_by & segments > 0) and (
            price_by is None or price_by & prices > 0
        )

    def _sum(self, what: str) -> int:
        agreeing = self._tally[f"{what} agreeing",]
        return int(agreeing + sum(number for _, number in self._tally.of(what)))

    def _money(self, what: str) -> Costs:
        found = {currency: units for (currency,), units in self._tally.of(what)}
        return tuple(Cost(c, unscaled(found[c])) for c in sorted(found, key=lambda code: code or ""))

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, Calibration) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it holds what cannot be hashed

    def __reduce__(self) -> tuple[Any, ...]:
        given = (self._profile, self._options, self._columns, self._tally, self._segments, self._prices)
        return Calibration, (*given, self._shown, self._tried)

    def __repr__(self) -> str:
        return f"<septet.Calibration: {self.rows} rows, {self.agree} agree, {self.unexplained} unexplained>"


def _plain(costs: Costs) -> list[dict[str, Any]]:
    return [{"currency": cost.currency, "amount": f"{cost.amount:f}"} for cost in costs]
