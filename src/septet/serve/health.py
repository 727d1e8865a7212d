"""Health: the requests of a supervisor and a monitor, outside the versioned paths."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Response

from septet._kernel import NAME as KERNEL
from septet._tables import EDITION
from septet.version import __version__

from .answers import Answers
from .failures import Failure
from .observing import Figures

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Health:
    """Whether the service is alive and ready, and its figures."""

    def __init__(self, answers: Answers, figures: Figures) -> None:
        self._answers = answers
        self._figures = figures
        self._is_warm = False
        #: Whether it was told to end, and only answers earlier requests.
        self.is_ending = False
        self.router = APIRouter(include_in_schema=False)
        for path, answer in (
            ("/livez", self.lives),
            ("/readyz", self.ready),
            ("/metrics", self.metrics),
            ("/version", self.version),
        ):
            self.router.add_api_route(path, answer, methods=["GET", "HEAD"], response_class=Response)

    async def lives(self) -> Response:
        """That the process answers."""
        return Response("lives\n", media_type="text/plain", headers={"cache-control": "no-store"})

    def warm(self) -> None:
        """Prepares what the first requests need."""
        if not self._is_warm:
            self._answers.warm()
            self._is_warm = True

    def ready(self) -> Response:
        """That every profile can be planned with, and that the service is not about to end."""
        if self.is_ending:
            raise Failure("overloaded", "The service is ending.")
        self.warm()
        return Response("ready\n", media_type="text/plain", headers={"cache-control": "no-store"})

    def metrics(self) -> Response:
        """The figures, as Prometheus reads them."""
        self._figures.found_planners(*self._answers.planners.hits_and_misses())
        return Response(self._figures.text(), media_type=METRICS_TYPE, headers={"cache-control": "no-store"})

    def version(self) -> Response:
        """What is running."""
        found = {"version": __version__, "tables": EDITION, "kernel": KERNEL}
        headers = {"cache-control": "no-store"}
        return Response(orjson.dumps(found), media_type="application/json", headers=headers)
