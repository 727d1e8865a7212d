"""What an estimate writes besides its answer: files of rows, and the page; all of them when complete, or
none."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from septet.files.workbooks.workbooks import KINDS
from septet.wording.messages import translated
from septet.wording.speaking import language_spoken

if TYPE_CHECKING:
    from septet.campaign.estimates import Estimate
    from septet.campaign.outputs.outputs import Draft, Output
    from septet.campaign.rows.sources import Source
    from septet.vendors.profiles import Profile


class Outputs:
    """The files that a command writes. A file that cannot be written is reported before any row is read."""

    def __init__(
        self,
        given: Mapping[str, Any],
        source: Source,
        column: str,
        profile: Profile,
        asked: Mapping[str, Any],
    ) -> None:
        """Raises CampaignError for a file that cannot be written."""
        self._profile = profile
        self._source = source
        self._name = os.path.basename(source.name)
        self._page: Draft | None = None
        self._shows_numbers: bool = given["show_numbers"]
        #: To be published together.
        self.files: list[Output | Draft] = []
        self._sinks: list[Callable[[Any], object]] = []
        self._rejects: list[Callable[[Any], object]] = []
        with ExitStack() as opened:
            opened.callback(self._discard)
            self._open(given, source, column, asked)
            opened.pop_all()

    def _open(self, given: Mapping[str, Any], source: Source, column: str, asked: Mapping[str, Any]) -> None:
        from septet.campaign.outputs.outputs import Draft, Output
        from septet.campaign.outputs.rejects import RejectsOutput

        delimiter = source.delimiter or ","
        # So that a spreadsheet reads the text right; a file of plain UTF-8 came from elsewhere.
        marked = source.file_encoding != "utf-8" if source.format == "csv" else source.format in KINDS
        if given["out"] is not None:
            self.files.append(rows := Output(given["out"], delimiter=delimiter, marked=marked))
            self._sinks.append(rows.write)
        if given["rejects"] is not None:
            lang = language_spoken()
            refused = RejectsOutput(
                given["rejects"],
                source.columns,
                source.cells,
                delimiter=delimiter,
                marked=marked,
                always_cells=source.format != "ndjson",
                several_files=len(given["file"]) > 1,
            )
            self.files.append(refused)
            self._rejects.append(
                lambda reject: refused.add(*reject._replace(reason=str(translated(reject.reason, lang))))
            )
        if given["report_file"] is not None:
            import matplotlib  # noqa: F401 (said to be missing before the work, not after it)

            from septet.campaign.estimators import Estimator
            from septet.campaign.samples import Samples

            self.files.append(page := Draft(given["report_file"]))
            self._page = page
            self._samples = Samples(Estimator(column, self._profile, **asked))
            self._sinks.append(self._samples.add)
            self._rejects.append(self._samples.reject)

    def hooks(self) -> dict[str, Any]:
        """The functions that `estimate` calls."""

        def all_of(calls: list[Callable[[Any], object]]) -> Callable[[Any], None]:
            def call(value: Any) -> None:
                for each in calls:
                    each(value)

            return call

        named = {"sink": self._sinks, "rejects": self._rejects}
        return {name: all_of(calls) for name, calls in named.items() if calls}

    def finish(self, estimate: Estimate) -> None:
        """Writes what is known only at the end: the page, if requested."""
        if self._page is None:
            return
        from datetime import date

        from septet.campaign.outputs.outputs import said_of
        from septet.views.pages.estimate import estimate_page

        page = estimate_page(
            estimate,
            self._samples,
            self._profile,
            self._name,
            source=self._source,
            made=date.today(),
            lang=language_spoken(),
            numbers=self._shows_numbers,
        )
        with said_of(self._page.name):
            self._page.stream.write(page.encode("utf-8"))

    def _discard(self) -> None:
        for file in self.files:
            file.discard()
