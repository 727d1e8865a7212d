"""Runs: an estimate from the first row of a source to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from septet.errors import CampaignError, OptionError
from septet.files.octets import reason
from septet.planning.option_names import check_names

from .campaigns import CAMPAIGN_NAMES
from .clocks import Clock
from .duplicates import Duplicates
from .estimates import Estimate
from .estimators import Estimator
from .exclusion_files import read_exclusions
from .exclusions import Exclusions
from .findings import earliest
from .pipelines import Pool
from .rejects import Part, Progress, Reject
from .rows.sources import Source, open_source
from .tallies import Tally

if TYPE_CHECKING:
    import os
    from decimal import Decimal

    import pyarrow as pa
    from typing_extensions import Unpack

    from septet.vendors.profiles import Profile

    from .campaigns import CampaignOptions
    from .findings import Finding


def estimate(
    source: Any,
    column: str = "message",
    profile: str | os.PathLike[str] | Profile = "gsm",
    price: Decimal | int | str | float | None = None,
    *,
    format: str | None = None,
    delimiter: str | None = None,
    file_encoding: str | None = None,
    header_line: int | None = None,
    sheet: str | int | None = None,
    sink: Callable[[pa.RecordBatch], object] | None = None,
    rejects: Callable[[Reject], object] | None = None,
    progress: Callable[[Progress], object] | None = None,
    exclude_column: str | None = None,
    show: Callable[[pa.RecordBatch], object] | None = None,
    **options: Unpack[CampaignOptions],
) -> Estimate:
    """Estimates what a campaign will cost, and why.

    `source` is a file (CSV, NDJSON, Parquet or a spreadsheet; the first two packed with gzip or not) or a
    list of files, each a path object or the name of one that is there, a binary stream, an iterable of
    texts or of mappings, or anything that Arrow can read: tables, record batches, readers, datasets, data
    frames, several of these in turn, a column of texts. `format`, `delimiter`, `file_encoding`,
    `header_line` and `sheet` say how a file is written, as for `open_source`, where that should not be
    detected.
    `column` holds the texts, `price` is that of one segment. The `options` are those of `septet.plan`, and:

    - `template`, which makes the texts from the other columns, instead of `column`;
    - `tags`, the dialects of merge tags (``"double-braces"``) that are fields of the template; by
      default, any tag that names a column is a field;
    - `recipient`, the column of the numbers, which decide each row's country and with it the opt-out
      mention;
    - `prices`, a list by destination, instead of `price`; it needs `recipient`;
    - `currency`, that of `price`;
    - `on`, the day of the sending, today unless given;
    - `strip`, whether blanks around texts and values are removed before measuring;
    - `optout_rate`, the share of recipients that will unsubscribe;
    - `vat`, the VAT rate in per cent;
    - `dedupe`, to leave out rows with the number of an earlier row;
    - `exclude`, numbers to leave out: an opt-out list, as `read_exclusions` reads it, from
      `exclude_column` where that is given;
    - `mobiles_only`, to leave out numbers that are certainly not mobile;
    - `rate`, the segments that go out per second. It gives the duration, from `send_at` on (a datetime or
      one in ISO 8601, in the vendor's time zone where it names none; by default now), and the rows in quiet
      hours; `window`, such as ``"8-21"``, is hours of your own, by the recipients' clocks;
    - `fit`, fields of the template that are cut, in their order, in rows that then take fewer segments (a
      mapping gives the fewest characters of each to keep), with `fit_mark` where they are cut;
    - `wordings`, columns with shorter wordings, used in rows that take more than `max_segments` (1 by
      default), and `if_free`, which is added after a text where that adds no segment.

    `sink` is given the measured rows in their order as record batches, `rejects` the rows that could not be
    measured, `progress` how far it has come, `show` the measured rows with only the columns that are read,
    all in the thread of the caller. What they raise, KeyboardInterrupt too, ends the run and is passed on.

    Raises CampaignError for a source that cannot be read, TypeError and ValueError for what
    `septet.plan` would.
    """
    check_names(options, (*CAMPAIGN_NAMES, *(estimate.__kwdefaults__ or ())))
    exclude = options.pop("exclude", None)
    estimator = Estimator(column, profile, price, **options)
    if exclude is not None:
        options["exclude"] = _excluded(exclude, exclude_column, estimator)
        estimator = Estimator(column, profile, price, **options)
    elif exclude_column is not None:
        message = "exclude_column: it is that of an opt-out list: give it as exclude"
        raise OptionError(message, "exclude_column", "exclude beside it")
    if isinstance(source, Source):
        return _run(source, estimator, sink, rejects, progress, show)
    with open_source(
        source, format, delimiter, file_encoding, estimator.columns, header_line, sheet
    ) as opened:
        return _run(opened, estimator, sink, rejects, progress, show)


def _excluded(exclude: Any, column: str | None, estimator: Estimator) -> Exclusions:
    if isinstance(exclude, Exclusions):
        return exclude
    if estimator.recipient is None:
        message = "exclude: it needs the column of the recipients: give it as recipient"
        raise OptionError(message, "exclude", "recipient beside it")
    return read_exclusions(exclude, column, recipient=estimator.recipient, country=estimator.home)


def _run(
    source: Source,
    estimator: Estimator,
    sink: Callable[[Any], object] | None,
    rejects: Callable[[Reject], object] | None,
    progress: Callable[[Progress], object] | None,
    show: Callable[[Any], object] | None,
) -> Estimate:
    estimator = estimator.reading(source.columns)
    estimator.keeps_rows = show is not None
    total = Tally()
    found: dict[str, Finding] = {}
    duplicates = Duplicates(estimator)
    clock = None if estimator.timetable is None else Clock(estimator)
    rows = rejected = segments = 0
    with Pool() as pool:
        for part in _said(source.parts(pool, estimator, sink is not None), source.rows.name):
            part = duplicates.among(part)
            part = part if clock is None else clock.look(part)
            total += part.tally
            found = earliest((*found.values(), *part.findings))
            if sink is not None and part.batch is not None:
                sink(part.batch)
            if show is not None and part.batch is not None:
                show(part.batch)
            if rejects is not None:
                for reject in part.rejects:
                    rejects(reject)
            if progress is not None:
                rejected += part.tally.rejected
                rows += part.tally.rows
                segments += part.tally.segments
                progress(Progress(rows, rejected, segments, part.done, source.total))
    return estimator.estimate(total, found.values(), is_whole=True)


def _said(parts: Iterator[Part], name: str) -> Iterator[Part]:
    """The parts of a source; an error of Arrow with a column or a value becomes a message of one line."""
    import pyarrow as pa

    try:
        yield from parts
    except pa.ArrowException as error:
        raise CampaignError(f"{name}: its rows cannot be measured: {reason(error)}") from error
