"""Routes: where each answer is asked for; those that are asked most stand first, where they are tried."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import orjson
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from septet._kernel import NAME as KERNEL
from septet._tables import EDITION
from septet.version import __version__
from septet.wording.languages import ENGLISH, LANGUAGES

from . import asked, page_answers
from .answers import Answers
from .observing import Figures

JSON = "application/json"
SCHEMA_JSON = "application/schema+json"

#: What is asked by POST is never kept by what lies between.
_NOT_KEPT = {"cache-control": "no-store"}
_KEPT = "public, max-age=300, must-revalidate"


#: Texts that are planned while others wait, which takes a millisecond or two at the most.
_SHORT = 1_600


class OwnRequest(Request):
    """A request whose JSON is read by orjson: strictly, and with no half of a character."""

    async def json(self) -> Any:
        """The body as Python has it. Raises JSONDecodeError."""
        return orjson.loads(await self.body())


class OwnRoute(APIRoute):
    """A route whose requests are read so."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """What answers a request of this route."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            return await handle(OwnRequest(request.scope, request.receive))

        return handled


class Routes:
    """The routes of one service."""

    def __init__(self, answers: Answers, figures: Figures, threads: int) -> None:
        self._answers = answers
        self._figures = figures
        self._threads = anyio.CapacityLimiter(threads)
        self.router = APIRouter(route_class=OwnRoute)
        for path, answer in (
            ("/v1/count", self.count),
            ("/v1/plan", self.plan),
            ("/v1/preview", self.preview),
            ("/v1/counts", self.counts),
            ("/v1/check", self.check),
            ("/v1/advise", self.advise),
            ("/v1/compare", self.compare),
            ("/v1/prepare", self.prepare),
            ("/v1/split", self.split),
            ("/v1/bounds", self.bounds),
            ("/v1/options", self.options),
            ("/v1/curl", self.curl),
            ("/v1/report", self.report),
        ):
            self.router.add_api_route(path, answer, methods=["POST"], response_class=Response)
        for path, found in (
            ("/v1/profiles", self.profiles),
            ("/v1/profiles/{name}", self.profile),
            ("/v1/schemas", self.schemas),
            ("/v1/schemas/{name}", self.schema),
        ):
            self.router.add_api_route(path, found, methods=["GET", "HEAD"], response_class=Response)

    # These answer within microseconds, and so on the loop itself.

    async def count(self, body: asked.CountAsked, request: Request) -> Response:
        """The encoding, units and billed segments of a text."""
        answer = self._answers.count(body)
        self._tell(request, answer, len(body["text"]))
        return _json(answer)

    async def counts(self, body: asked.CountsAsked, request: Request) -> Response:
        """The billed segments of many texts."""
        answer = self._answers.counts(body)
        request.scope["septet"]["profile"] = answer["profile"]
        return _json(answer)

    async def plan(self, body: asked.PlanAsked, request: Request) -> Response:
        """What will reach the phone, in how many segments, at what cost."""
        # A long text with many problems takes longer than others should wait.
        if len(body["text"]) > _SHORT:
            answer = await self._apart(self._answers.plan, body)
        else:
            answer = self._answers.plan(body)
        self._tell(request, answer["plan"], len(body["text"]))
        return _json(answer)

    # These may take longer, and leave the loop to others meanwhile.

    async def check(self, body: asked.CheckAsked) -> Response:
        """Whether a message may be sent; a message that may not is an answer, no failure."""
        return _json(await self._apart(self._answers.check, body))

    async def preview(self, body: asked.PreviewAsked, request: Request) -> Response:
        """A message as people read it: segments with marks, a legend, sentences, figures."""
        answer = await self._apart(self._answers.preview, body)
        self._tell(request, answer, len(body["text"]))
        return _json(answer)

    async def advise(self, body: asked.AdviseAsked) -> Response:
        """The cheaper ways to say a text, the best first."""
        return _json(await self._apart(self._answers.advise, body))

    async def compare(self, body: asked.CompareAsked) -> Response:
        """What each vendor would make of a text: whole first, then cheap."""
        return _json(await self._apart(self._answers.compare, body))

    async def prepare(self, body: asked.PrepareAsked) -> Response:
        """A message checked as its vendor will, and the vendor's request without credentials."""
        return _json(await self._apart(self._answers.prepare, body))

    async def split(self, body: asked.SplitAsked) -> Response:
        """A long text as the fewest separate messages, cut where words, sentences or lines end."""
        return _json(await self._apart(self._answers.split, body))

    async def bounds(self, body: asked.BoundsAsked) -> Response:
        """The fewest and the most segments of a template, whatever stands in its fields."""
        return _json(await self._apart(self._answers.bounds, body))

    async def options(self, body: asked.OptionsAsked) -> Response:
        """What a profile offers, beside the options that are given."""
        return _json(await self._apart(self._answers.options, body))

    async def curl(self, body: asked.PrepareAsked) -> Response:
        """The vendor's request as a command of curl, and what there is to know before."""
        return _json(await self._apart(page_answers.curl, self._answers, body))

    async def report(self, body: asked.ReportAsked) -> Response:
        """A message as a page of HTML to keep."""
        return _json(await self._apart(page_answers.report, self._answers, body))

    # These are the same until septet or its tables are.

    async def profiles(self, request: Request) -> Response:
        """The profiles, with what each can do."""
        return kept(request, await self._apart(self._answers.profiles))

    async def profile(self, name: str, request: Request) -> Response:
        """The rules of one profile, each with its source and what is assumed."""
        lang = request.query_params.get("lang", ENGLISH)
        lang = lang if lang in LANGUAGES else ENGLISH
        return kept(request, await self._apart(self._answers.profile, name, lang))

    async def schemas(self, request: Request) -> Response:
        """The names of the JSON schemas."""
        return kept(request, self._answers.schemas())

    async def schema(self, name: str, request: Request) -> Response:
        """The JSON schema of an answer, complete in itself."""
        return kept(request, await self._apart(self._answers.schema, name), SCHEMA_JSON)

    async def _apart(self, answer: Callable[..., Any], *given: Any) -> Any:
        """An answer that a thread gives; as many at a time as there are threads for it."""
        return await anyio.to_thread.run_sync(answer, *given, limiter=self._threads)

    def _tell(self, request: Request, answer: dict[str, Any], characters: int) -> None:
        profile = request.scope["septet"]["profile"] = answer["profile"]
        self._figures.planned(profile, answer["encoding"], answer["billed_segments"], characters)


def _json(answer: Any) -> Response:
    return Response(orjson.dumps(answer), media_type=JSON, headers=_NOT_KEPT)


def kept(request: Request, answer: Any, media_type: str = JSON) -> Response:
    """An answer that may be kept for a while, and asked for by its tag afterwards."""
    body = orjson.dumps(answer)
    digest = hashlib.sha256(f"{__version__} {EDITION} {KERNEL}\n".encode() + body).hexdigest()
    headers = {"etag": f'"{digest[:24]}"', "cache-control": _KEPT}
    known = request.headers.get("if-none-match", "")
    if headers["etag"] in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
