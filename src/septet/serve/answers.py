"""Answers: the answer to each request, in plain JSON types; the same with a server and without one.

A request is the dict of its JSON, in the shape that `asked` describes. Nothing here needs more than septet
itself, so that a page without a server can send the same requests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from septet.errors import OptionError
from septet.planning.offers import options as offered
from septet.planning.planner import Planner
from septet.planning.plans import Plan
from septet.planning.pricing import price_per_segment, times
from septet.schemas.lookup import names, schema
from septet.vendors.profiles import Profile, profiles, youngest_sources
from septet.vendors.profiles import profile as find_profile
from septet.wording.languages import ENGLISH
from septet.wording.messages import translated
from septet.wording.places import CODE_POINTS, placing

from .planners import Planners, options_of
from .refusals import Impossible, TooLong, UnknownName
from .settings import Settings

if TYPE_CHECKING:
    from septet.sending.prepared import Prepared

Asked = Mapping[str, Any]

# Slow to load, and not needed for the first answer of a page without a server.
_LOADED_WHEN_ASKED = (
    *("septet.advice.advice", "septet.advice.comparison", "septet.sending.preparation"),
    *(
        "septet.planning.fitting.splitting",
        "septet.templates.templates",
        "septet.templates.bounds",
        "septet.views.drawing.facts",
    ),
)


class Known(Mapping[str, Profile]):
    """Profiles by name, the rules of each loaded when first needed; own profiles before others."""

    def __init__(self, own: Mapping[str, Profile]) -> None:
        self._loaded = dict(own)
        self._names = dict.fromkeys((*profiles(), *own))

    def __getitem__(self, name: str) -> Profile:
        try:
            return self._loaded[name]
        except KeyError:
            if name not in self._names:
                raise
        found = self._loaded[name] = find_profile(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


#: The profile of a request that names none.
DEFAULT_PROFILE = "gsm"


class Answers:
    """All answers of a service. Safe in threads; remembers no text."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.planners = Planners(self.profile_of)
        #: The profiles that are vendor files of one's own, by name.
        self.own = _own_profiles(self.settings.profiles_dir)
        #: All profiles by name.
        self.known: Mapping[str, Profile] = Known(self.own)

    def warm(self) -> None:
        """Loads everything that answers need, and compiles a planner for each profile. Raises OptionError if
        it cannot."""
        for module in _LOADED_WHEN_ASKED:
            import_module(module)
        for name in self.known:
            self.planners.of(name, {})

    # The most frequent requests, answered within microseconds.

    def count(self, asked: Asked) -> dict[str, Any]:
        """The encoding, units and billed segments of a text."""
        text = self._text(asked)
        planner = self.planner(asked)
        encoding, units, billed = planner.measure(text)
        return {
            "profile": planner.profile.name,
            "encoding": encoding,
            "units": units,
            "billed_segments": billed,
        }

    def counts(self, asked: Asked) -> dict[str, Any]:
        """The billed segments of many texts; with `detail` their encodings and units too."""
        texts = asked["texts"]
        _check_length("/texts", len(texts), self.settings.max_batch, "texts")
        longest = self.settings.max_text
        for place, text in enumerate(texts):
            if len(text) > longest:
                raise TooLong(f"/texts/{place}", longest, "characters")
        planner = self.planner(asked)
        answer: dict[str, Any] = {"profile": planner.profile.name}
        if not asked.get("detail"):
            return answer | {"billed_segments": planner.count_many(texts)}
        measured = [planner.measure(text) for text in texts]
        return answer | {
            "billed_segments": [measure.billed_segments for measure in measured],
            "encodings": [measure.encoding for measure in measured],
            "units": [measure.units for measure in measured],
        }

    def plan(self, asked: Asked) -> dict[str, Any]:
        """The plan of a text, and what it costs at the price that was given."""
        plan = self.planned(asked)
        return {
            "plan": plan.to_dict(_places(asked), _lang(asked)),
            "cost": _cost(plan, asked.get("price")),
        }

    def check(self, asked: Asked) -> dict[str, Any]:
        """Whether a message may be sent; with `strict`, whether it has no warning either."""
        plan = self.planned(asked)
        lang, placed = _lang(asked), placing(plan.original, _places(asked))
        ok = plan.ok and not (asked.get("strict") and any(problem.warns for problem in plan.problems))
        return {"ok": ok, "problems": [placed(problem.to_dict(lang)) for problem in plan.problems]}

    # Requests that take longer.

    def preview(self, asked: Asked) -> dict[str, Any]:
        """The drawing of a message, with the figures that a page needs as numbers."""
        plan = self.planned(asked, self.settings.max_preview)
        price, people = asked.get("price"), asked.get("recipients_count")
        total = None if price is None or people is None else times(plan.cost(price), people)
        return {
            "profile": plan.profile,
            "encoding": plan.encoding,
            "units": plan.units,
            "billed_segments": plan.billed_segments,
            "remaining": plan.remaining,
            "excess_units": plan.excess_units,
            "truncated": plan.truncated,
            "ok": plan.ok,
            "drawing": plan.drawing(_lang(asked), _places(asked)),
            "cost": _cost(plan, price),
            "total": None if total is None else f"{total:f}",
            "currency": asked.get("currency"),
        }

    def advise(self, asked: Asked) -> dict[str, Any]:
        """The cheaper ways to say a text, the best first, and what each saves at the price given."""
        from septet.advice.advice import advise_on
        from septet.views.drawing.facts import gain_of

        plan = self.planned(asked, self.settings.max_advise)
        places, lang, price = _places(asked), _lang(asked), asked.get("price")
        if price is not None:
            price_per_segment(price)
        return {
            "advice": [
                advice.to_dict(places, lang)
                | {
                    "saves_cost": None if price is None else f"{advice.saves_cost(price):f}",
                    "gain": str(translated(gain_of(advice, price), lang)),
                }
                for advice in advise_on(plan)
            ]
        }

    def compare(self, asked: Asked) -> dict[str, Any]:
        """What several vendors make of a text, the best first, and those that cannot do what is asked."""
        from septet.advice.comparison import compare as compared

        text = self._text(asked, self.settings.max_advise)
        names = asked.get("profiles")
        prices = asked.get("prices") or {}
        for price in prices.values():
            price_per_segment(price)
        chosen = tuple(self.known if names is None else dict.fromkeys(names))
        able, left_out = self.planners.able(chosen, asked)
        found = compared(text, able, prices, **options_of(asked))
        lang = _lang(asked)
        return {"compared": [each.to_dict(lang) for each in found], "left_out": [*left_out]}

    def prepare(self, asked: Asked) -> dict[str, Any]:
        """A message checked as its vendor will, and the vendor's request without its credentials."""
        return self.prepared(asked).to_dict(_places(asked), _lang(asked))

    def prepared(self, asked: Asked) -> Prepared:
        """The prepared message of a request."""
        from septet.sending.preparation import prepare

        text = self._text(asked, self.settings.max_preview)
        recipients = asked.get("recipients")
        if recipients is not None:
            _check_length("/recipients", len(recipients), self.settings.max_recipients, "recipients")
        around = {name: asked[name] for name in _AROUND if asked.get(name) is not None}
        return prepare(self._profile(asked), text, **around, **options_of(asked))

    def split(self, asked: Asked) -> dict[str, Any]:
        """A long text as several messages, and what they cost together at the price that was given."""
        from septet.planning.fitting.splitting import split

        # Making them equally long takes several times as long as making few.
        longest = self.settings.max_advise if asked.get("balance") else self.settings.max_preview
        text = self._text(asked, longest)
        around = {name: asked[name] for name in _SPLITTING if asked.get(name) is not None}
        try:
            parts = split(text, self._profile(asked), **around, **options_of(asked))
        except OptionError:
            raise
        except ValueError:
            raise Impossible("/text", _ABOUT_PARTS) from None
        price = asked.get("price")
        return {
            "split": parts.to_dict(_places(asked), _lang(asked)),
            "cost": None if price is None else f"{parts.cost(price):f}",
        }

    def bounds(self, asked: Asked) -> dict[str, Any]:
        """The fewest and the most segments of a template, whatever stands in its fields."""
        from septet.templates.templates import Template

        source = asked["template"]
        _check_length("/template", len(source), self.settings.max_advise, "characters")
        planner = self.planner(asked)
        template = Template(source, planner.profile)
        lengths = {name: (one["least"], one["most"]) for name, one in (asked.get("fields") or {}).items()}
        try:
            found = template.bounds(planner, **lengths)
        except OptionError:
            raise
        except ValueError:
            # Its message names the fields, which are the client's own.
            raise Impossible("/fields", _ABOUT_LENGTHS) from None
        price = asked.get("price")
        amounts = None if price is None else [times(price_per_segment(price), n) for n in found[:2]]
        return {
            "bounds": found.to_dict(_lang(asked)),
            "fields": list(template.fields),
            "cost": None if amounts is None else {"fewest": f"{amounts[0]:f}", "most": f"{amounts[1]:f}"},
        }

    def options(self, asked: Asked) -> dict[str, Any]:
        """What a profile offers beside the options that are given: `septet.options`."""
        found = offered(self._profile(asked), **options_of(asked))
        lang = _lang(asked)
        return {
            name: option | {"why": str(translated(option["why"], lang))} for name, option in found.items()
        }

    # The available choices.

    def profiles(self) -> list[dict[str, Any]]:
        """The profiles, with what each can do."""
        youngest = youngest_sources()
        return [_in_short(one, youngest.get(name)) for name, one in self.known.items()]

    def profile(self, name: str, lang: str = ENGLISH) -> dict[str, Any]:
        """The rules of one profile, each with its source and what is assumed."""
        found = self.profile_of(name)
        return {
            "name": found.name,
            "title": found.title,
            "document": found.document,
            "date": found.date,
            "rules": [rule._asdict() | {"text": str(translated(rule.text, lang))} for rule in found.rules],
        }

    def schema(self, name: str) -> dict[str, Any]:
        """The JSON schema of this name, complete in itself."""
        try:
            return schema(name)
        except ValueError:
            raise UnknownName("schema", name, names()) from None

    def schemas(self) -> list[str]:
        """The names of all schemas."""
        return list(names())

    # Shared by the answers above.

    def profile_of(self, name: str) -> Profile:
        """The profile of a name, never of a path. Raises UnknownName."""
        try:
            return self.known[name]
        except KeyError:
            raise UnknownName("profile", name, tuple(self.known)) from None

    def _profile(self, asked: Asked) -> Profile:
        return self.profile_of(asked.get("profile") or DEFAULT_PROFILE)

    def planner(self, asked: Asked) -> Planner:
        """The planner that a request needs. Raises UnknownName and OptionError."""
        return self.planners.of(asked.get("profile") or DEFAULT_PROFILE, asked)

    def planned(self, asked: Asked, longest: int | None = None) -> Plan:
        """The plan of the text of a request. Raises also TooLong."""
        text = self._text(asked, longest)
        return self.planner(asked).plan(text)

    def _text(self, asked: Asked, longest: int | None = None) -> str:
        text: str = asked["text"]
        _check_length("/text", len(text), min(longest or self.settings.max_text, self.settings.max_text))
        return text


_AROUND = ("sender", "recipients", "tag", "send_at", "method", "replies", "vendor_fields")

_SPLITTING = (
    *("segments", "characters", "octets", "at", "numbering", "head", "optout_in", "most", "balance"),
)

_ABOUT_PARTS = "messages that hold a character beside all that is added to each"

_ABOUT_LENGTHS = (
    "the fewest and the most characters of each field of the template, and of no other; "
    "all fields together take 10000 characters at most"
)


def _own_profiles(folder: str | None) -> dict[str, Profile]:
    """The vendor files of a folder by the names of their profiles. Raises ValueError for an invalid one."""
    if folder is None:
        return {}
    if not Path(folder).is_dir():
        raise ValueError(f"profiles_dir: {folder}: expected a folder with vendor files")
    found = [find_profile(path) for path in sorted(Path(folder).glob("*.toml"))]
    return {profile.name: profile for profile in found}


def _in_short(profile: Profile, youngest: str | None) -> dict[str, Any]:
    optouts, languages = profile.rule("optout"), profile.rule("languages")
    limit = profile.rule("limit")
    return {
        "name": profile.name,
        "title": profile.title,
        "document": profile.document,
        "date": profile.date,
        "youngest_source": youngest or None,
        "country": profile.country,
        "encodings": list(profile.rule("encodings")["offered"]),
        "encoding": profile.rule("encodings")["default"],
        "optouts": {kind: list(optouts[kind]["offered"]) for kind in ("commercial", "transactional")},
        "mentions": [
            {"text": mention["text"], "countries": list(mention["countries"])}
            for mention in optouts["mentions"]
        ],
        "languages": [] if languages is None else list(languages["offered"]),
        "limit": {"default": limit["default"], "most": limit["ceiling"], "truncate": limit["truncate"]},
    }


def _lang(asked: Asked) -> str:
    return asked.get("lang") or ENGLISH


def _places(asked: Asked) -> str:
    return asked.get("places") or CODE_POINTS


def _cost(plan: Plan, price: str | None) -> str | None:
    return None if price is None else f"{plan.cost(price):f}"


def _check_length(pointer: str, length: int, limit: int, unit: str = "characters") -> None:
    if length > limit:
        raise TooLong(pointer, limit, unit)
