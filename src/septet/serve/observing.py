"""Observing: a service's log and figures, which never hold a word of a request."""

from __future__ import annotations

import json
import logging
import os
import time
import traceback
from typing import Any

from septet._kernel import NAME as KERNEL
from septet._tables import EDITION
from septet.version import __version__
from septet.wording.extras import Needed

with Needed("septet.serve", "serve", "prometheus_client"):
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

LOG = logging.getLogger("septet.serve")

#: The folder in which the processes of one service add up their figures.
SHARED_FIGURES = "PROMETHEUS_MULTIPROC_DIR"

# From a millisecond, which most need, to the second that the slowest take.
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Figures:
    """The figures of one service, for Prometheus."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        own: dict[str, Any] = {"registry": self._registry}
        self._requests = Counter("septet_requests", "Requests answered.", ("route", "status"), **own)
        self._seconds = Histogram(
            "septet_request_seconds", "Time to the answer.", ("route",), buckets=_SECONDS, **own
        )
        self._segments = Counter(
            "septet_segments_planned", "Billed segments told.", ("profile", "encoding"), **own
        )
        self._characters = Counter("septet_characters", "Characters of texts that were planned.", **own)
        self._planners = Counter("septet_planner_cache", "Planners found, or compiled.", ("hit",), **own)
        self._build = Gauge(
            "septet_build_info",
            "What is running.",
            ("version", "tables", "kernel"),
            multiprocess_mode="max",
            **own,
        )
        self._build.labels(__version__, EDITION, KERNEL).set(1)
        # Looking up a figure by its labels takes longer than adding to it.
        self._of_requests: dict[tuple[str, int], tuple[Any, Any]] = {}
        self._of_segments: dict[tuple[str, str], Any] = {}
        self._told = (0, 0)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Counts an answered request."""
        kept = self._of_requests.get((route, status))
        if kept is None:
            kept = self._requests.labels(route, str(status)), self._seconds.labels(route)
            self._of_requests[route, status] = kept
        kept[0].inc()
        kept[1].observe(seconds)

    def planned(self, profile: str, encoding: str, segments: int, characters: int) -> None:
        """Counts a planned text."""
        kept = self._of_segments.get((profile, encoding))
        if kept is None:
            kept = self._of_segments[profile, encoding] = self._segments.labels(profile, encoding)
        kept.inc(segments)
        self._characters.inc(characters)

    def found_planners(self, hits: int, misses: int) -> None:
        """Sets how many requests found their planner, and how many compiled it, since the service began."""
        before, self._told = self._told, (hits, misses)
        self._planners.labels("true").inc(max(0, hits - before[0]))
        self._planners.labels("false").inc(max(0, misses - before[1]))

    def text(self) -> bytes:
        """All figures as Prometheus reads them: of all processes, where there are several."""
        registry = self._registry
        if os.environ.get(SHARED_FIGURES):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def log_request(record: dict[str, Any]) -> None:
    """One line for a request, of plain names and numbers."""
    if LOG.isEnabledFor(logging.INFO):
        LOG.info("request", extra={"septet": record})


def log_failure(request_id: str, error: BaseException) -> None:
    """Logs where the service failed: the type of the error and its traceback, without its message.

    An error's message may quote the request.
    """
    frames = traceback.extract_tb(error.__traceback__)
    way = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    record = {"request_id": request_id, "error": type(error).__name__, "way": way}
    LOG.error("failure", extra={"septet": record})


class LineFormatter(logging.Formatter):
    """One line for each record: ``2026-11-29T22:37:38.123Z info request route=/v1/count status=200``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        return " ".join(
            [self.when(record), record.levelname.lower(), record.getMessage(), *self.parts(record)]
        )

    def when(self, record: logging.LogRecord) -> str:
        """Its time, in UTC."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        return f"{moment}.{int(record.msecs):03}Z"

    def parts(self, record: logging.LogRecord) -> list[str]:
        """Its content, as words."""
        found: dict[str, Any] = getattr(record, "septet", {})
        return [f"{name}={_word(value)}" for name, value in found.items()]


class JsonFormatter(LineFormatter):
    """One JSON object for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """The object of a record."""
        head = {"time": self.when(record), "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps(head | getattr(record, "septet", {}))


class QuietHandler(logging.StreamHandler[Any]):
    """Writes lines to a stream, and counts those that could not be written: a full disk stops no answer."""

    lost = 0

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging calls it so)
        """Ignores a lost line: where nothing can be written, this cannot be reported either."""
        QuietHandler.lost += 1


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value)).replace(" ", ":")
    return f"{value:.3f}" if isinstance(value, float) else str(value)
