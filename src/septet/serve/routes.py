"""Routes: the path of each answer; the most frequent ones come first, since they are tried in order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from septet._kernel import NAME as KERNEL
from septet._tables import EDITION
from septet.version import __version__
from septet.wording.languages import ENGLISH, LANGUAGES

from . import asked, page_answers
from .answers import Answers
from .observing import Figures
from .posted import JSON, PostedRoute
from .threads import Threads

SCHEMA_JSON = "application/schema+json"

_KEPT = "public, max-age=300, must-revalidate"


#: The most characters, and the most texts, that are counted or planned while other requests wait. Most
#: texts take microseconds; those that are cut between words may take milliseconds, and a thousand such
#: texts seconds.
_SHORT, _FEW = 1_600, 16

#: The most octets of a request that never waits for a longer one. The worst such text takes some
#: milliseconds, the worst of all fifty.
_FEW_OCTETS = 1_000


class Routes:
    """The routes of one service."""

    def __init__(self, answers: Answers, figures: Figures, threads: int) -> None:
        self._answers = answers
        self._figures = figures
        # Python computes in one thread at a time; more of them would only disturb each other.
        self._for_short, self._for_long = Threads(threads), Threads(threads)
        self.router = APIRouter()
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
            self.router.routes.append(PostedRoute(path, answer))
        for path, found in (
            ("/v1/profiles", self.profiles),
            ("/v1/profiles/{name}", self.profile),
            ("/v1/schemas", self.schemas),
            ("/v1/schemas/{name}", self.schema),
        ):
            self.router.add_api_route(path, found, methods=["GET", "HEAD"], response_class=Response)

    # These answer within microseconds where the text is not long, and therefore on the loop itself.

    async def count(self, body: asked.CountAsked, request: Request) -> Any:
        """The encoding, units and billed segments of a text."""
        answer = await self._soon(request, self._answers.count, body, len(body["text"]) <= _SHORT)
        self._tell(request, answer, len(body["text"]))
        return answer

    async def counts(self, body: asked.CountsAsked, request: Request) -> Any:
        """The billed segments of many texts."""
        texts = body["texts"]
        is_short = len(texts) <= _FEW and sum(map(len, texts)) <= _SHORT
        answer = await self._soon(request, self._answers.counts, body, is_short)
        request.scope["septet"]["profile"] = answer["profile"]
        return answer

    async def plan(self, body: asked.PlanAsked, request: Request) -> Any:
        """What will reach the phone, in how many segments, at what cost."""
        answer = await self._soon(request, self._answers.plan, body, len(body["text"]) <= _SHORT)
        self._tell(request, answer["plan"], len(body["text"]))
        return answer

    # These may take longer, and leave the loop to others meanwhile.

    async def check(self, body: asked.CheckAsked, request: Request) -> Any:
        """Whether a message may be sent; a message that may not is an answer, no failure."""
        return await self._away(request, self._answers.check, body)

    async def preview(self, body: asked.PreviewAsked, request: Request) -> Any:
        """A message as people read it: segments with marks, a legend, sentences, figures."""
        answer = await self._away(request, self._answers.preview, body)
        self._tell(request, answer, len(body["text"]))
        return answer

    async def advise(self, body: asked.AdviseAsked, request: Request) -> Any:
        """The cheaper ways to say a text, the best first."""
        return await self._away(request, self._answers.advise, body)

    async def compare(self, body: asked.CompareAsked, request: Request) -> Any:
        """What each vendor would make of a text: whole first, then cheap."""
        return await self._away(request, self._answers.compare, body)

    async def prepare(self, body: asked.PrepareAsked, request: Request) -> Any:
        """A message checked as its vendor will, and the vendor's request without credentials."""
        return await self._away(request, self._answers.prepare, body)

    async def split(self, body: asked.SplitAsked, request: Request) -> Any:
        """A long text as the fewest separate messages, cut where words, sentences or lines end."""
        return await self._away(request, self._answers.split, body)

    async def bounds(self, body: asked.BoundsAsked, request: Request) -> Any:
        """The fewest and the most segments of a template, whatever stands in its fields."""
        return await self._away(request, self._answers.bounds, body)

    async def options(self, body: asked.OptionsAsked, request: Request) -> Any:
        """What a profile offers, beside the options that are given."""
        return await self._away(request, self._answers.options, body)

    async def curl(self, body: asked.PrepareAsked, request: Request) -> Any:
        """The vendor's request as a command of curl, and what there is to know before."""
        return await self._away(request, page_answers.curl, self._answers, body)

    async def report(self, body: asked.ReportAsked, request: Request) -> Any:
        """A message as a page of HTML to keep."""
        return await self._away(request, page_answers.report, self._answers, body)

    # These answers are the same until septet or its tables change.

    async def profiles(self, request: Request) -> Response:
        """The profiles, with what each can do."""
        return kept(request, await self._for_short.run(self._answers.profiles))

    async def profile(self, name: str, request: Request) -> Response:
        """The rules of one profile, each with its source and what is assumed."""
        lang = request.query_params.get("lang", ENGLISH)
        lang = lang if lang in LANGUAGES else ENGLISH
        return kept(request, await self._for_short.run(self._answers.profile, name, lang))

    async def schemas(self, request: Request) -> Response:
        """The names of the JSON schemas."""
        return kept(request, self._answers.schemas())

    async def schema(self, name: str, request: Request) -> Response:
        """The JSON schema of an answer, complete in itself."""
        return kept(request, await self._for_short.run(self._answers.schema, name), SCHEMA_JSON)

    async def _soon(self, request: Request, answer: Callable[[Any], Any], body: Any, is_short: bool) -> Any:
        """An answer that is given at once where it does not keep others waiting."""
        return answer(body) if is_short else await self._away(request, answer, body)

    async def _away(self, request: Request, answer: Callable[..., Any], *given: Any) -> Any:
        """An answer from a thread, so that the loop is free for others."""
        is_short = len(await request.body()) <= _FEW_OCTETS
        return await (self._for_short if is_short else self._for_long).run(answer, *given)

    def _tell(self, request: Request, answer: dict[str, Any], characters: int) -> None:
        profile = request.scope["septet"]["profile"] = answer["profile"]
        self._figures.planned(profile, answer["encoding"], answer["billed_segments"], characters)


def kept(request: Request, answer: Any, media_type: str = JSON) -> Response:
    """An answer that may be kept for a while, and asked for by its tag afterwards."""
    body = orjson.dumps(answer)
    digest = hashlib.sha256(f"{__version__} {EDITION} {KERNEL}\n".encode() + body).hexdigest()
    headers = {"etag": f'"{digest[:24]}"', "cache-control": _KEPT}
    known = request.headers.get("if-none-match", "")
    if headers["etag"] in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
