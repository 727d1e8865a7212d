"""Estimators: what to count, set up once; batches of rows go in, tallies come out.

An estimator holds no file and no thread: it can be pickled, and its tallies added up, wherever the
rows are.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.destinations.phone_numbers import phone_number
from septet.errors import CampaignError
from septet.files.column_names import places_of, several_named
from septet.planning.options import Settings
from septet.planning.planner import Planner
from septet.wording.messages import said
from septet.wording.quoting import nearest, printable

from .appraisals import BITS, Appraiser, appraised
from .blanks import count_blanks, without_blanks
from .campaigns import Campaign
from .estimates import Estimate
from .findings import SHOWN, earliest, findings
from .fitters import Fitter
from .measured_rows import CURRENCY, MEASURED, measured_rows
from .people import people_without_numbers
from .routes import Router
from .signs import with_outer_blanks
from .tallies import Tally
from .text_columns import column_of, texts_of
from .wordings import worded
from .written_recipients import with_recipients_written

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    import numpy as np
    import pyarrow as pa
    from typing_extensions import Unpack

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile

    from .campaigns import CampaignOptions
    from .findings import Finding
    from .people import People
    from .prices.entries import Price
    from .routes import Routes


class Fault(NamedTuple):
    """Why a row of a batch cannot be measured."""

    row: int
    code: str
    reason: str


class Outcome(NamedTuple):
    """The result of a batch: its tally, the rows that were not measured, and those that were."""

    tally: Tally
    faults: list[Fault]
    #: The rows with `MEASURED` after their own columns, where they were asked for.
    batch: pa.RecordBatch | None
    #: The first row with each problem that has an example.
    findings: list[Finding]
    #: The recipients of the measured rows, where they are known or asked for.
    people: People | None = None


class Estimator(Campaign):
    """Measures record batches; options and errors as for `estimate`. Picklable; safe in threads."""

    def __init__(
        self,
        column: str = "message",
        profile: str | os.PathLike[str] | Profile = "gsm",
        price: Decimal | int | str | float | None = None,
        **options: Unpack[CampaignOptions],
    ) -> None:
        super().__init__(column, profile, price, **options)
        self.planner = Planner(self.profile, **self.options)
        #: Whether most rows are measured as columns, and only few by plans of their own.
        self.is_quick = self.planner.needles is not None
        #: Whether the measured rows are kept even where not all of their columns are wanted.
        self.keeps_rows = False

    @property
    def works_in_pieces(self) -> bool:
        """Whether a large batch is measured a few rows at a time; rows that are planned are slow anyway."""
        return self.is_quick

    def reading(self, columns: Sequence[str]) -> Estimator:
        """The estimator that reads the merge tags of its template as the columns that they name."""
        if self.template is None:
            return self
        read = self.template.reading(columns, self.tags)
        if read is self.template:
            return self
        restore, (kind, column, profile, price, named) = self.__reduce__()
        return restore(kind, column, profile, price, {**named, "template": read})  # type: ignore[no-any-return]

    def check(self, names: Sequence[str], where: str, whole_rows: bool = False) -> None:
        """Raises CampaignError where these are not the columns to work with."""
        if self.template is not None:
            self.template.check(names, where)
        own = () if self.template is not None else (self.column, *self.wordings)
        for wanted in [*([self.recipient] if self.recipient is not None else []), *own]:
            if not (found := places_of(wanted, names)):
                known = ", ".join(printable(name) for name in names) or "none"
                raise CampaignError(
                    f"{where}: no column is named {printable(wanted)!r}{nearest(wanted, list(names))}: "
                    f"the columns are {known}"
                )
            if len(found) > 1:
                alike = several_named(wanted, [names[place] for place in found])
                raise CampaignError(f"{where}: {alike}")
        if whole_rows:
            added = [*MEASURED, *([CURRENCY] if self.in_several_currencies else [])]
            for name in names:
                if name in added:
                    raise CampaignError(
                        f"{where}: the column {name!r} has the name of one that is added: rename it there"
                    )
                if list(names).count(name) > 1:
                    raise CampaignError(f"{where}: more than one column is named {printable(name)!r}")

    def columns_among(self, names: Sequence[str]) -> list[str]:
        """The columns that are read, as a source names them: case and blanks around a name do not matter."""
        return [names[places_of(name, names)[0]] for name in self.columns]

    def tally(self, batch: pa.RecordBatch) -> Tally:
        """The tally of a record batch with the columns that are read.

        Raises CampaignError for a column that is missing or holds no texts, and with `dedupe`, which needs
        to see all rows.
        """
        if self.dedupe:
            raise CampaignError("dedupe: some rows do not show who is in the others: estimate them together")
        self.check(batch.schema.names, "the record batch")
        return self.measure(batch).tally

    def estimate(self, tally: Tally, found: Iterable[Finding] = (), is_whole: bool = False) -> Estimate:
        """The estimate of what a tally has counted; `found` are rows to show, in their order.

        `is_whole` says that all rows went by in one run, which saw the duplicates.
        """
        return Estimate(self, tally, earliest(found), is_whole)

    def measure(
        self,
        batch: pa.RecordBatch,
        whole_rows: bool = False,
        shown: Sequence[str] = SHOWN,
        is_utf8: bool = False,
    ) -> Outcome:
        """The outcome of a record batch; with `whole_rows` also its rows, as they were measured. A row is
        found for each of the problems to be `shown`. With `is_utf8`, its octets were checked already.

        Raises CampaignError for a column that is missing or holds no texts.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if self.recipient is not None:
            batch = with_recipients_written(batch, self._own(self.recipient, batch))
        rows = batch.num_rows
        faults: dict[int, Fault] = {}
        padded, values = None, {}
        counts: defaultdict[Any, int] = defaultdict(int)
        given = batch
        if self.strip:
            batch = self._without_blanks(batch, counts)
        if self.template is None:
            texts = texts_of(batch, self._own(self.column, batch))
            if self.chooses_texts:
                texts = self._worded(batch, [texts], counts)
        else:
            values = self.template.values(batch)
            if "outer-blanks" not in self.planner.settings.ignored:
                padded = _padded(values, rows)
            texts, missing = self.template.render(batch, values)
            texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
            if missing is not None:
                faults = _missing_fields(self.template.absent(values), rows)
            for (field, longest), mask in self.template.too_long(values).items():
                why = said(
                    "%(field)s has more than the %(limit)s characters that its merge tag allows",
                    field=printable(field),
                    limit=longest,
                )
                for row in np.flatnonzero(mask.to_numpy(zero_copy_only=False)).tolist():
                    faults.setdefault(row, Fault(row, "long-field", why))
                texts = pc.if_else(mask, pa.scalar(None, texts.type), texts)
            if self._fitter is not None:
                texts = self._fitter.fitted(texts, values, self._planner_of_rows(batch), counts)
            if self.if_free:
                texts = self._worded(batch, [texts], counts)
        prices: list[Price | None] = [self.price]
        price_of, found_routes = None, None
        left_out = np.zeros(rows, bool)
        groups: list[tuple[Appraiser, Any]] = [(self._appraiser, None)]
        if self.recipient is not None:
            found_routes = self._router.routes(batch.column(self._own(self.recipient, batch)), faults)
            left_out = found_routes.left_out >= 0
            for row, (code, reason) in found_routes.faults.items():
                faults[row] = Fault(row, code, reason)
            prices, price_of = _prices(found_routes)
            groups = list(self._groups(found_routes))
        appraisal, found = appraised(groups, texts, prices, price_of, padded, is_utf8)
        places, _, billed, problems = appraisal
        for key, count in found.items():
            counts[key] += count
        if found_routes is not None and "not-mobile" not in self.planner.settings.ignored:
            others = (places >= 0) & found_routes.not_mobile
            problems[others] |= BITS["not-mobile"]
            counts["problem", "not-mobile"] += int(np.count_nonzero(others))
        if "outer-blanks" not in self.planner.settings.ignored:
            filled = None if self.template is None or padded is None else (self.template, values, padded)
            count_blanks(counts, appraisal, texts, filled, groups, prices, price_of)
        broken = (places < 0) & ~left_out
        if broken.any():
            for row in np.flatnonzero(broken).tolist():
                faults.setdefault(row, Fault(row, "bad-bytes", said("the message is not UTF-8")))
        for fault in faults.values():
            counts["rejected", fault.code] += 1
        kept = None
        if whole_rows or self.keeps_rows:
            kept = measured_rows(
                batch,
                texts if self.template is not None or self.chooses_texts else None,
                appraisal,
                self._appraiser.encodings,
                self,
                prices,
                price_of,
            )
            if faults or left_out.any():
                kept = kept.filter(pa.array(places >= 0))

        def plan(row: int, text: str) -> Plan:
            own = next(appraiser for appraiser, members in groups if members is None or row in members)
            return own.planner.plan(text)

        found_rows = findings(problems, texts, values, plan, shown)
        people = None
        if found_routes is not None:
            measured = np.flatnonzero(places >= 0)
            people = found_routes.people(given, measured, billed, places, self._appraiser.encodings)
            counts.update({**found_routes.counts(measured), **people.counts()})
        elif self.timetable is not None:
            measured = np.flatnonzero(places >= 0)
            people = people_without_numbers(given, measured, billed[measured])
        return Outcome(Tally(counts), [faults[row] for row in sorted(faults)], kept, found_rows, people)

    def _without_blanks(self, batch: pa.RecordBatch, counts: dict[Any, int]) -> pa.RecordBatch:
        """A batch without blanks around the texts that are read."""
        if self.template is None:
            texts = {self._own(self.column, batch): texts_of(batch, self._own(self.column, batch))}
        else:
            texts = {self._own(name, batch): column for name, column in self.template.values(batch).items()}
        return without_blanks(batch, texts, counts)

    @staticmethod
    def _own(name: str, batch: pa.RecordBatch) -> str:
        """The name of a column in a batch."""
        names = batch.schema.names
        return str(name if name in names else names[places_of(name, names)[0]])

    @property
    def chooses_texts(self) -> bool:
        """Whether a row's text may differ from that of its column."""
        return bool(self.wordings or self.if_free)

    def _worded(self, batch: pa.RecordBatch, texts: list[Any], counts: dict[Any, int]) -> pa.Array:
        """The wording of each row that is sent, with what is added after it where that is free."""
        others = [texts_of(batch, self._own(name, batch)) for name in self.wordings]
        most = self.planner.settings.limit if self.options.get("max_segments") is not None else 1
        return worded([*texts, *others], self._planner_of_rows(batch), most, self.if_free, counts)

    @cached_property
    def _fitter(self) -> Fitter | None:
        return None if self.fit is None or self.template is None else Fitter(self.fit, self.template)

    def _planner_of_rows(self, batch: pa.RecordBatch) -> Callable[[int], Planner]:
        """The planner of each row of a batch, by the place of the row."""
        if self.recipient is None:
            return lambda row: self.planner
        written = batch.column(self._own(self.recipient, batch))

        def planner_of(row: int) -> Planner:
            recipient = written[row].as_py()
            recipient = recipient.decode("utf-8", "replace") if isinstance(recipient, bytes) else recipient
            return self.planner_for(None if recipient is None else str(recipient))

        return planner_of

    @cached_property
    def _appraiser(self) -> Appraiser:
        return Appraiser(self.planner)

    @cached_property
    def _router(self) -> Router:
        return Router(self)

    @cached_property
    def _appraisers(self) -> dict[Any, Appraiser]:
        """By the text of the mention, which is all that the country decides."""
        mention = self.planner.settings.mention
        return {mention and mention.text: self._appraiser}

    @cached_property
    def _mentions(self) -> dict[str | None, Appraiser]:
        return {}

    def planner_for(self, recipient: str | None) -> Planner:
        """The planner of a row with this recipient, as written; its country decides the mention."""
        if recipient is None:
            return self.planner
        number = phone_number(recipient.strip(), self.home)
        return self._appraiser_for(number.country if number else None).planner

    def _appraiser_for(self, country: str | None) -> Appraiser:
        """Where the country is not known, that of the option or of the vendor is used."""
        if country not in self._mentions:
            options: Any = self.options
            if country is not None:
                options = {**options, "country": country}
            mention = Settings(self.profile, dict(options)).mention
            text = mention and mention.text
            if text not in self._appraisers:
                self._appraisers[text] = Appraiser(Planner(self.profile, **options))
            self._mentions[country] = self._appraisers[text]
        return self._mentions[country]

    def _groups(self, found: Routes) -> Iterator[tuple[Appraiser, np.ndarray[Any, Any] | None]]:
        """Which rows go by which appraiser; None: all."""
        import numpy as np

        appraisers = [self._appraiser_for(destination.country) for destination in found.destinations]
        different = dict.fromkeys(appraisers)
        if len(different) == 1 and found.destination_of.min() >= 0:
            yield appraisers[0], None
            return
        for appraiser in different:
            # One more, at index -1: for rows without a destination.
            own = np.array([*(one is appraiser for one in appraisers), False])
            yield appraiser, np.flatnonzero(own[found.destination_of])


def _prices(found: Routes) -> tuple[list[Price | None], np.ndarray[Any, Any]]:
    """The prices of some routes, and the place of each row's among them."""
    import numpy as np

    places: dict[Price | None, int] = {}
    of = [places.setdefault(destination.price, len(places)) for destination in found.destinations]
    return list(places) or [None], np.array([*of, 0], np.int64)[found.destination_of]


def _padded(values: Mapping[str, pa.Array], rows: int) -> np.ndarray[Any, Any]:
    """The rows of which a value begins or ends with a blank."""
    import numpy as np

    found = np.zeros(rows, bool)
    for column in values.values():
        found |= with_outer_blanks(column_of(column))
    return found


def _missing_fields(absent: Mapping[str, Any], rows: int) -> dict[int, Fault]:
    """The faults of rows that have no value for some fields: a mask for each field, all rows at once."""
    import numpy as np

    named = [printable(field) for field in absent]
    lacks = np.zeros((rows, len(named)), bool)
    for place, mask in enumerate(absent.values()):
        lacks[:, place] = mask.to_numpy(zero_copy_only=False)
    # Few different sets of fields are missing, each in many rows.
    reasons: dict[bytes, str] = {}
    faults: dict[int, Fault] = {}
    packed = np.packbits(lacks, axis=1)
    for row in np.flatnonzero(lacks.any(axis=1)).tolist():
        key = packed[row].tobytes()
        if (reason := reasons.get(key)) is None:
            fields = ", ".join(named[place] for place in np.flatnonzero(lacks[row]))
            reasons[key] = reason = said("no value for %(field)s", field=fields)
        faults[row] = Fault(row, "missing-field", reason)
    return faults
