"""What may be asked: the bodies of requests, as types that are checked before anything else is done."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from septet.planning.ignored import MAY_BE_IGNORED
from septet.wording.extras import Needed

with Needed("septet.serve", "serve", "pydantic"):
    from typing import NotRequired

    from pydantic import BeforeValidator, ConfigDict, Field, with_config
    from typing_extensions import TypedDict

#: Unknown fields are refused, as are values of a wrong type.
STRICT = ConfigDict(extra="forbid", strict=True)


def _whole(value: Any) -> Any:
    """A number such as 3.0 is whole, as JSON Schema has it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = BeforeValidator(_whole)
Text = Annotated[str, Field(description="The message, in well-formed Unicode.")]
Price = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{1,9}([.][0-9]{1,9})?$",
        description="What one billed segment costs, in decimal digits.",
        examples=["0.045"],
    ),
]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
# A pattern for the code of a country, and not a list of 250: few other codes match it.
Country = Annotated[str, Field(pattern="^[A-Za-z]{2}$", description="Where it goes: ISO 3166 code.")]
Port = Annotated[int, Field(ge=0, le=65535), Whole]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Words = Annotated[str, Field(min_length=1, max_length=200)]
Places = Annotated[
    Literal["code-points", "utf-16"],
    Field(description="What places count: UTF-16 code units are for JavaScript, Java and C#."),
]
Lang = Annotated[Literal["en", "fr"], Field(description="The language of sentences.")]


@with_config(STRICT)
class Planned(TypedDict):
    """How messages are planned: the options of `septet.plan`; null is as if it were not there."""

    profile: NotRequired[
        Annotated[
            Name | None, Field(description="The vendor: a name that GET /v1/profiles lists; gsm if none.")
        ]
    ]
    encoding: NotRequired[Literal["auto", "gsm7", "ucs2", "latin1", "utf8"] | None]
    commercial: NotRequired[Annotated[bool | None, Field(description="Whether it is marketing.")]]
    optout: NotRequired[Literal["never", "if-free", "always"] | None]
    optout_text: NotRequired[Annotated[Words | None, Field(description="The opt-out mention.")]]
    max_segments: NotRequired[Annotated[Annotated[int, Field(ge=1, le=255), Whole] | None, Field()]]
    truncate: NotRequired[bool | Literal["words"] | None]
    truncate_mark: NotRequired[Annotated[str, Field(max_length=20)] | None]
    country: NotRequired[Country | None]
    language: NotRequired[Literal["auto"] | Language | Annotated[list[Language], Field(max_length=20)] | None]
    ignore: NotRequired[Annotated[list[Literal[MAY_BE_IGNORED]], Field(max_length=100)] | None]  # type: ignore[valid-type]
    ports: NotRequired[Annotated[list[Port], Field(min_length=2, max_length=2)] | None]
    header: NotRequired[Annotated[str, Field(pattern="^([0-9A-Fa-f]{2}){1,139}$")] | None]
    prefix: NotRequired[Words | None]
    suffix: NotRequired[Words | None]
    substitute: NotRequired[bool | Name | None]
    link_length: NotRequired[Annotated[int, Field(ge=1, le=100), Whole] | None]
    recipient_count: NotRequired[Annotated[int, Field(ge=1, le=10**10), Whole] | None]


class CountAsked(Planned):
    """A text to count."""

    text: Text


class CountsAsked(Planned):
    """Texts to count."""

    texts: Annotated[list[str], Field(fail_fast=True)]
    detail: NotRequired[Annotated[bool | None, Field(description="Encodings and units too.")]]


class PlanAsked(Planned):
    """A text to plan."""

    text: Text
    price: NotRequired[Price | None]
    places: NotRequired[Places | None]
    lang: NotRequired[Lang | None]


class CheckAsked(Planned):
    """A text to check."""

    text: Text
    strict: NotRequired[Annotated[bool | None, Field(description="Let warnings count as errors.")]]
    places: NotRequired[Places | None]
    lang: NotRequired[Lang | None]


class PreviewAsked(Planned):
    """A text to draw."""

    text: Text
    price: NotRequired[Price | None]
    currency: NotRequired[
        Annotated[
            Annotated[str, Field(pattern="^[A-Z]{3}$")] | None, Field(description="Given back as it is.")
        ]
    ]
    recipients_count: NotRequired[Annotated[int, Field(ge=0, le=10**10), Whole] | None]
    places: NotRequired[Places | None]
    lang: NotRequired[Lang | None]


class ReportAsked(PreviewAsked):
    """A text to make a page of, with the advice about it."""


class AdviseAsked(Planned):
    """A text to say for less."""

    text: Text
    price: NotRequired[Price | None]
    places: NotRequired[Places | None]
    lang: NotRequired[Lang | None]


class CompareAsked(Planned):
    """A text to compare vendors by; its own `profile` may not be given."""

    text: Text
    profiles: NotRequired[
        Annotated[
            Annotated[list[Name], Field(min_length=1, max_length=500)] | None,
            Field(description="The vendors; all if none."),
        ]
    ]
    prices: NotRequired[
        Annotated[
            Annotated[dict[str, Price], Field(max_length=500)] | None,
            Field(
                description='What a segment costs, by the name of a profile; that of "" is for the others.'
            ),
        ]
    ]
    lang: NotRequired[Lang | None]


class PrepareAsked(Planned):
    """A message to make the vendor's request of."""

    text: Text
    sender: NotRequired[Annotated[str, Field(max_length=100)] | None]
    recipients: NotRequired[
        Annotated[list[Annotated[str, Field(max_length=40)]], Field(fail_fast=True)] | None
    ]
    tag: NotRequired[Annotated[str, Field(max_length=500)] | None]
    send_at: NotRequired[
        Annotated[
            Annotated[str, Field(max_length=40)] | None,
            Field(description="When to send it (ISO 8601), in the vendor's time zone where it names none."),
        ]
    ]
    method: NotRequired[Literal["GET", "POST"] | None]
    replies: NotRequired[bool | None]
    vendor_fields: NotRequired[
        Annotated[
            Annotated[
                dict[str, Annotated[str, Field(max_length=500)] | Annotated[int, Whole]],
                Field(max_length=100),
            ]
            | None,
            Field(description="Further fields, by the vendor's own names."),
        ]
    ]
    places: NotRequired[Places | None]
    lang: NotRequired[Lang | None]


class SplitAsked(Planned):
    """A text to send as several messages."""

    text: Text
    segments: NotRequired[Annotated[int, Field(ge=1, le=255), Whole] | None]
    characters: NotRequired[Annotated[int, Field(ge=1, le=40_000), Whole] | None]
    octets: NotRequired[Annotated[int, Field(ge=1, le=160_000), Whole] | None]
    at: NotRequired[Literal["words", "sentences", "paragraphs"] | None]
    numbering: NotRequired[
        Annotated[
            Annotated[str, Field(max_length=100)] | None,
            Field(description="What numbers each message, with {n} and {total} in it."),
        ]
    ]
    head: NotRequired[Annotated[str, Field(max_length=200)] | None]
    optout_in: NotRequired[Literal["each", "last"] | None]
    most: NotRequired[Annotated[int, Field(ge=1, le=1_000_000), Whole] | None]
    balance: NotRequired[bool | None]
    price: NotRequired[Price | None]
    places: NotRequired[Places | None]
    lang: NotRequired[Lang | None]


@with_config(STRICT)
class Length(TypedDict):
    """How many characters a field of a template may have."""

    least: Annotated[int, Field(ge=0, le=10_000), Whole]
    most: Annotated[int, Field(ge=0, le=10_000), Whole]


class BoundsAsked(Planned):
    """A template to bound."""

    template: Annotated[str, Field(description="A text with fields in braces, such as {first_name}.")]
    fields: NotRequired[Annotated[dict[str, Length], Field(max_length=100)] | None]
    price: NotRequired[Price | None]
    lang: NotRequired[Lang | None]


class OptionsAsked(Planned):
    """What a profile offers, beside the options that are given."""

    lang: NotRequired[Lang | None]
