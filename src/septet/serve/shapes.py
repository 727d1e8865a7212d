"""Shapes: the shape of each answer, in JSON Schema, and a request that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The place of septet's schemas in the description of the service.
COMPONENTS = "#/components/schemas/"


def component(name: str) -> str:
    """The name of a schema of septet there: ``legend-entry`` is ``LegendEntry``."""
    return "".join(part.capitalize() for part in name.split("-"))


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": COMPONENTS + component(name)}


def _object(properties: Mapping[str, Any], *optional: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name for name in properties if name not in optional],
        "properties": dict(properties),
    }


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


_WORD = {"type": "string", "minLength": 1}
_WHOLE = {"type": "integer", "minimum": 0}
_FLAG = {"type": "boolean"}
_ENCODING = {"enum": ["gsm7", "ucs2", "latin1", "utf8"]}
_WORD_OR_NULL = {"type": ["string", "null"]}
_AMOUNT = {"description": "In decimal digits; null without a price.", "type": ["string", "null"]}

_MEASURED = {"profile": _WORD, "encoding": _ENCODING, "units": _WHOLE, "billed_segments": _WHOLE}

_PROFILE = _object(
    {
        "name": _WORD,
        "title": _WORD,
        "document": {"type": "string"},
        "date": _WORD_OR_NULL,
        "youngest_source": _WORD_OR_NULL,
        "country": _WORD_OR_NULL,
        "encodings": _list(_WORD),
        "encoding": _WORD,
        "optouts": _object({"commercial": _list(_WORD), "transactional": _list(_WORD)}),
        "mentions": _list(_object({"text": _WORD, "countries": _list(_WORD)})),
        "languages": _list(_WORD),
        "limit": _object({"default": {"type": ["integer", "null"]}, "most": _WHOLE, "truncate": _FLAG}),
    }
)

_RULES = _object(
    {
        "name": _WORD,
        "title": _WORD,
        "document": {"type": "string"},
        "date": _WORD_OR_NULL,
        "rules": _list(_object({"key": _WORD, "text": _WORD})),
    }
)

#: The answers of the POST routes.
ANSWERS: Mapping[str, dict[str, Any]] = {
    "/v1/count": _object(_MEASURED),
    "/v1/counts": _object(
        {
            "profile": _WORD,
            "billed_segments": _list(_WHOLE),
            "encodings": _list(_ENCODING),
            "units": _list(_WHOLE),
        },
        *("encodings", "units"),
    ),
    "/v1/plan": _object({"plan": _ref("plan"), "cost": _AMOUNT}),
    "/v1/check": _ref("check"),
    "/v1/preview": _object(
        {
            **_MEASURED,
            "remaining": _WHOLE,
            "excess_units": _WHOLE,
            "truncated": _WHOLE,
            "ok": _FLAG,
            "drawing": _ref("drawing"),
            "cost": _AMOUNT,
            "total": _AMOUNT,
            "currency": _WORD_OR_NULL,
        }
    ),
    "/v1/advise": _object({"advice": _list({"$ref": COMPONENTS + "PricedAdvice"})}),
    "/v1/compare": _object(
        {
            "compared": _list(_ref("comparison")),
            "left_out": _list(_object({"profile": _WORD, "title": _WORD, "option": _WORD})),
        }
    ),
    "/v1/prepare": _ref("prepared"),
    "/v1/split": _object({"split": _ref("split"), "cost": _AMOUNT}),
    "/v1/bounds": _object(
        {
            "bounds": _ref("bounds"),
            "fields": _list(_WORD),
            "cost": {"anyOf": [_object({"fewest": _WORD, "most": _WORD}), {"type": "null"}]},
        }
    ),
    "/v1/options": _ref("options"),
    "/v1/curl": _object(
        {
            "ok": _FLAG,
            "problems": _list(_ref("problem")),
            "command": _WORD_OR_NULL,
            "credentials": _WORD_OR_NULL,
        }
    ),
    "/v1/report": _object({"html": _WORD}),
}

#: The answers of the GET routes.
FOUND: Mapping[str, dict[str, Any]] = {
    "/v1/profiles": _list(_PROFILE),
    "/v1/profiles/{name}": _RULES,
    "/v1/schemas": _list(_WORD),
    "/v1/schemas/{name}": {"type": "object"},
}


def priced_advice(advice: Mapping[str, Any]) -> dict[str, Any]:
    """Makes the schema of an advice with its saving from the one without."""
    further = {"saves_cost": _AMOUNT, "gain": {"description": "What it brings, in words.", **_WORD}}
    return {
        **advice,
        "title": "PricedAdvice",
        "description": "An advice, with what it saves.",
        "required": [*advice["required"], *further],
        "properties": {**advice["properties"], **further},
    }


PROBLEM: Mapping[str, Any] = {
    "title": "Problem details",
    "description": "Why a request has no answer (RFC 9457). Nothing of the request is quoted.",
    **_object(
        {
            "type": {"type": "string", "pattern": "^urn:septet:problem:[a-z-]+$"},
            "title": _WORD,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": _WORD,
            "request_id": _WORD,
            "errors": _list(_object({"pointer": {"type": "string"}, "type": _WORD, "detail": _WORD})),
            "limit": _WHOLE,
            "nearest": _WORD_OR_NULL,
        },
        *("errors", "limit", "nearest"),
    ),
}

_TEXT = "Ça y est : -20 % jusqu’à dimanche, 10 € offerts !"

#: An example request of each route; tests send them again.
EXAMPLES: Mapping[str, dict[str, Any]] = {
    "/v1/count": {"text": _TEXT},
    "/v1/counts": {"texts": [_TEXT, "See you at 9!"], "detail": True},
    "/v1/plan": {"text": _TEXT, "price": "0.045", "places": "utf-16"},
    "/v1/check": {"text": _TEXT, "encoding": "gsm7", "lang": "fr"},
    "/v1/preview": {"text": _TEXT, "price": "0.045", "currency": "EUR", "recipients_count": 12000},
    "/v1/advise": {"text": _TEXT * 2, "price": "0.045"},
    "/v1/compare": {"text": _TEXT, "prices": {"": "0.045"}, "country": "FR"},
    "/v1/prepare": {"text": _TEXT, "sender": "Boutique", "recipients": ["+33612345678"]},
    "/v1/split": {"text": f"{_TEXT} " * 4, "numbering": "({n}/{total}) ", "price": "0.045"},
    "/v1/bounds": {
        "template": "Bonjour {prenom}, à demain.",
        "fields": {"prenom": {"least": 2, "most": 20}},
        "price": "0.045",
    },
    "/v1/options": {"commercial": True},
    "/v1/curl": {"text": _TEXT, "sender": "Boutique", "recipients": ["+33612345678"]},
    "/v1/report": {"text": _TEXT},
}
