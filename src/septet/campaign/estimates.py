"""Estimates: what a campaign costs, and why, as values that do not change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from septet import _tables
from septet.planning.pricing import price_per_segment, times
from septet.wording.problems import SEVERITIES

from .alternatives import instead_of
from .campaigns import asked_of
from .clocks import sending_of
from .costs import costs_of, portion
from .figures import Blanks, Character, Fitted, Optout, Share, Truncation, Unsubscriptions, fitted_of, plain
from .quotes import countries_of, quotes_of
from .routes import DUPLICATE
from .tallies import Tally

if TYPE_CHECKING:
    from septet.planning.merge_tags import MergeTag

    from .alternatives import Instead
    from .campaigns import Campaign
    from .clocks import Sending
    from .costs import Costs
    from .exclusions import Exclusions
    from .findings import Finding
    from .prices.entries import Price
    from .prices.lists import PriceList
    from .quotes import CountryShare, Quote
    from .tallies import Key

_STATUSES = ("added", "already-there", "missing", "not-added", "not-required")


class Estimate:
    """The estimate of a campaign. Immutable, equal by value, picklable."""

    __slots__ = ("_campaign", "_findings", "_is_whole", "_tally")

    _campaign: Campaign
    _findings: Mapping[str, Finding]
    _is_whole: bool
    _tally: Tally

    def __init__(
        self,
        campaign: Campaign,
        tally: Tally,
        findings: Mapping[str, Finding] | None = None,
        is_whole: bool = False,
    ) -> None:
        """`is_whole` says that the rows were seen in one run, so that duplicates were met."""
        object.__setattr__(self, "_campaign", campaign)
        object.__setattr__(self, "_findings", dict(findings or {}))
        object.__setattr__(self, "_is_whole", is_whole)
        object.__setattr__(self, "_tally", tally + Tally())

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an estimate does not change: {name} cannot be set")

    __delattr__ = None  # type: ignore[assignment]

    @property
    def rows(self) -> int:
        """All rows: those that were measured, those that were rejected and those that are left out."""
        return self._tally.rows

    @property
    def measured(self) -> int:
        """The rows that were measured."""
        return self._tally.measured

    @property
    def rejected(self) -> int:
        """The rows that could not be measured; the estimate does not contain them."""
        return self._tally.rejected

    @property
    def rejects(self) -> Mapping[str, int]:
        """Rejected rows by the code of the reason."""
        return _sorted({code: rows for (code,), rows in self._tally.of("rejected")})

    @property
    def left_out(self) -> Mapping[str, int]:
        """The rows that are neither measured nor rejected, by reason.

        ``"duplicate"`` goes to the number of an earlier row, ``"excluded"`` to one that is to be left
        out; with `mobiles_only`, others by the kind of their number. ``"blank-row"`` has only empty
        cells, and is no row.
        """
        return _sorted({why: rows for (why,), rows in self._tally.of("left-out")})

    @property
    def mended(self) -> Mapping[str, int]:
        """Rows that were read although their cells do not match the header, by what was done.

        ``"surplus-cells"`` have empty cells after the last column; ``"missing-cell"`` lack the last one,
        which is not read; ``"lost-zero"`` have a number without its first 0, which only the format of a
        sheet showed, and are read as if it were there; ``"stripped"`` had blanks around a text or a value,
        which `strip` removes.
        """
        return _sorted({how: rows for (how,), rows in self._tally.of("mended")})

    @property
    def kinds(self) -> Mapping[str, int]:
        """The measured rows by the kind of their number: ``"mobile"``, ``"landline"``, ``"premium"`` …"""
        return _sorted({kind: rows for (kind,), rows in self._tally.of("kind")})

    @property
    def duplicates(self) -> Share | None:
        """The rows with the number of an earlier row, left out or not, and what they cost.

        None where no column holds numbers, and for tallies, which do not know the rows of one another.
        """
        if self._campaign.recipient is None or not self._is_whole:
            return None
        return self._share("duplicate", self._tally.of(DUPLICATE))

    @property
    def exclusions(self) -> Exclusions | None:
        """The numbers to leave out."""
        return self._campaign.exclusions

    @property
    def price_list(self) -> PriceList | None:
        """The price list, if there is one."""
        return self._campaign.prices

    @property
    def countries(self) -> tuple[CountryShare, ...]:
        """The measured rows by country, and in each by price; none without a column of numbers."""
        return countries_of(self._tally)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The amounts to pay, with and without VAT, by currency; none unless `vat` was given."""
        return () if self._campaign.vat is None else quotes_of(self.costs, self._campaign.vat)

    @property
    def sending(self) -> Sending | None:
        """The duration, and the rows in quiet hours; None unless `rate` was given."""
        return sending_of(self._campaign, self._tally, self._is_whole)

    @property
    def segments(self) -> int:
        """The billed segments of all measured rows, unchanged."""
        return self._tally.segments

    @property
    def costs(self) -> Costs:
        """What they cost, by currency; empty without a price."""
        return self._share(None, self._tally.of("bill")).costs

    @property
    def cost(self) -> Decimal | None:
        """What they cost; None without a price, and where there are several currencies."""
        costs = self.costs
        if len(costs) > 1:
            return None
        if costs:
            return costs[0].amount
        return Decimal(0) if self._campaign.price or self._campaign.prices else None

    @property
    def currency(self) -> str | None:
        """The currency of `cost`; None where none was given, or where there are several."""
        found = {cost.currency for cost in self.costs}
        if not found and self._campaign.price:
            return self._campaign.price.currency
        return found.pop() if len(found) == 1 else None

    @property
    def encodings(self) -> tuple[Share, ...]:
        """The measured rows by encoding, ``"gsm7"`` and ``"ucs2"``."""
        return self._shares(1)

    @property
    def lengths(self) -> tuple[Share, ...]:
        """The measured rows by their number of billed segments, in ascending order."""
        return self._shares(2)

    @property
    def characters(self) -> tuple[Character, ...]:
        """The characters that make messages cost more, the most expensive first."""
        found: dict[tuple[str, str], dict[str, dict[Price | None, int]]] = {}
        for (of, kind, character, price), figure in self._tally.of("character"):
            found.setdefault((kind, character), {}).setdefault(of, {})[price] = figure
        characters = [
            Character(
                character,
                kind,
                sum(figures["rows"].values()),
                sum(figures.get("segments", {}).values()),
                costs_of(figures.get("segments", {})),
                sum(figures.get("rows alone", {}).values()),
                sum(figures.get("segments alone", {}).values()),
                costs_of(figures.get("segments alone", {})),
            )
            for (kind, character), figures in found.items()
        ]
        return tuple(sorted(characters, key=lambda one: (-one.segments, -one.rows, one.kind, one.character)))

    @property
    def problems(self) -> Mapping[str, int]:
        """Measured rows by the code of a problem; a row with several counts for each.

        Problems of links come first: a link that leads elsewhere is the worst that can reach a phone.
        """
        counts = {code: rows for (code,), rows in self._tally.of("problem")}
        if self.measured and any(column is None for _, column in self.tags):
            counts["unread-tag"] = self.measured
        found = _sorted(counts)
        return MappingProxyType({**{c: n for c, n in found.items() if c in OF_LINKS}, **found})

    @property
    def tags(self) -> tuple[tuple[MergeTag, str | None], ...]:
        """The merge tags of other tools in the template, each with its column; None: it is sent as it is."""
        template = self._campaign.template
        return () if template is None else template.tags

    @property
    def examples(self) -> Mapping[str, Finding]:
        """The first row with each problem that has a place in a text, where the estimate has seen rows.

        Each has a line, what the problem is about, and what it becomes.
        """
        return MappingProxyType({c: self._findings[c] for c in self.problems if c in self._findings})

    @property
    def lost_links(self) -> Mapping[str, int]:
        """The problems of links that are changed or cut."""
        return MappingProxyType({c: n for c, n in self.problems.items() if c in OF_LINKS})

    @property
    def garbled(self) -> int:
        """The rows that were probably read in the wrong charset."""
        return self.problems.get(GARBLED, 0)

    @property
    def refusals(self) -> Mapping[str, int]:
        """The problems of severity error: rows that should not be sent as they are."""
        return MappingProxyType({c: n for c, n in self.problems.items() if SEVERITIES[c] == "error"})

    @property
    def refused(self) -> Share:
        """The measured rows with an error; all figures include them as well."""
        return self._share("refused", self._tally.of("refused"))

    @property
    def optout(self) -> Optout:
        """The rows by what became of the opt-out mention, and what adding it adds: the bill with it less the
        bill without it."""
        added = {price: segments for (price,), segments in self._tally.of("mention")}
        rows = {status.replace("-", "_"): self._tally["optout", status] for status in _STATUSES}
        return Optout(**rows, segments=sum(added.values()), costs=costs_of(added))

    @property
    def truncation(self) -> Truncation:
        """What was cut, and what that saves."""
        spared = {price: more for (price,), more in self._tally.of("spared")}
        return Truncation(self._tally["truncated",], sum(spared.values()), costs_of(spared))

    @property
    def fitted(self) -> Fitted | None:
        """What `fit`, `wordings` and `if_free` did to rows; None unless one was given."""
        return fitted_of(self._campaign, self._tally)

    def instead(self, price: Decimal | int | str | float) -> Instead:
        """What a channel with this price for each message, of any length, would save.

        Raises ValueError for no price, CampaignError where rows have none or several currencies.
        """
        return instead_of(self._tally.of("bill"), price_per_segment(price))

    @property
    def blanks(self) -> Blanks:
        """The rows with blanks around their text, or around a value of the template, and what these add."""
        added = {price: segments for (price,), segments in self._tally.of("blanks")}
        return Blanks(self._tally["padded",], sum(added.values()), costs_of(added))

    @property
    def unsubscriptions(self) -> Unsubscriptions | None:
        """What unsubscribing is expected to cost; None unless `optout_rate` was given."""
        rate = self._campaign.optout_rate
        if rate is None:
            return None
        rule = self._campaign.profile.rule("unsubscription")
        each = 0 if rule is None else int(rule["billed_segments"])
        rows: dict[Price | None, int] = {}
        for (price, _, _), count in self._tally.of("bill"):
            rows[price] = rows.get(price, 0) + count * each
        costs = portion(costs_of(rows), rate) if each else ()
        return Unsubscriptions(rate, each, times(rate, self.measured), costs)

    @property
    def tally(self) -> Tally:
        """The counts that all figures are made of."""
        return self._tally + Tally()

    @property
    def profile(self) -> str:
        """The name of the profile."""
        return self._campaign.profile.name

    @property
    def tables(self) -> str:
        """The edition of septet's tables."""
        return _tables.EDITION

    @property
    def options(self) -> Mapping[str, Any]:
        """The options that were given, in plain JSON types."""
        return MappingProxyType(asked_of(self._campaign))

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types; amounts as strings, so that none is rounded."""
        return {
            "rows": self.rows,
            "measured": self.measured,
            "rejected": self.rejected,
            "rejects": dict(self.rejects),
            "left_out": dict(self.left_out),
            "mended": dict(self.mended),
            "kinds": dict(self.kinds),
            "duplicates": None if self.duplicates is None else plain(self.duplicates),
            "exclusions": None
            if self.exclusions is None
            else {"numbers": len(self.exclusions), "unread": self.exclusions.unread},
            "segments": self.segments,
            "cost": None if self.cost is None else str(self.cost),
            "currency": self.currency,
            "costs": plain(self.costs),
            "quotes": [plain(quote) for quote in self.quotes],
            "sending": None if self.sending is None else plain(self.sending),
            "countries": [plain(country) for country in self.countries],
            "encodings": [plain(share) for share in self.encodings],
            "lengths": [plain(share) for share in self.lengths],
            "characters": [plain(character) for character in self.characters],
            "problems": dict(self.problems),
            "examples": {code: found.to_dict() for code, found in self.examples.items()},
            "refusals": dict(self.refusals),
            "tags": [
                {"tag": tag.text, "dialect": tag.dialect.name, "column": column} for tag, column in self.tags
            ],
            "refused": plain(self.refused),
            "optout": plain(self.optout),
            "truncation": plain(self.truncation),
            "fitted": None if self.fitted is None else plain(self.fitted),
            "blanks": plain(self.blanks),
            "unsubscriptions": plain(self.unsubscriptions),
            "options": dict(self.options),
            "tables": self.tables,
        }

    def _shares(self, place: int) -> tuple[Share, ...]:
        bills: dict[Any, list[tuple[Key, int]]] = {}
        for key, rows in self._tally.of("bill"):
            bills.setdefault(key[place], []).append((key, rows))
        return tuple(self._share(value, found) for value, found in sorted(bills.items()))

    def _share(self, value: Any, bills: Iterable[tuple[Key, int]]) -> Share:
        rows = 0
        segments: dict[Price | None, int] = {}
        for (price, _, billed), count in bills:
            rows += count
            segments[price] = segments.get(price, 0) + billed * count
        return Share(value, rows, sum(segments.values()), costs_of(segments))

    def __repr__(self) -> str:
        costs = "".join(f", {cost.amount} {cost.currency or ''}".rstrip() for cost in self.costs)
        rejected = f" and {self.rejected} rejected" if self.rejected else ""
        rows = f"{self.measured} rows{rejected}, {self.segments} segments{costs}"
        return f"<septet.campaign.Estimate {self.profile}: {rows}>"

    def __eq__(self, other: object) -> bool:
        # By the figures: an estimate made from tallies has no row to show, and no duplicates.
        if not isinstance(other, Estimate):
            return NotImplemented
        unseen: dict[str, Any] = {"examples": {}, "duplicates": None}
        return self.to_dict() | unseen == other.to_dict() | unseen

    def __hash__(self) -> int:
        return hash((self.profile, self.rows, self.segments))

    def __reduce__(self) -> tuple[Any, ...]:
        return Estimate, (self._campaign, self._tally, self._findings, self._is_whole)


#: The problems of links that do not reach the phone as they were written.
OF_LINKS = ("link-changed", "link-cut")
GARBLED = "suspect-encoding"  #: the problem of texts that were most likely read in the wrong charset


def _sorted(counts: dict[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))))
