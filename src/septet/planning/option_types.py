"""The types of the options, for type checkers and for code that builds on them."""

from __future__ import annotations

from typing import Literal

try:  # before Python 3.12 pydantic takes only this one
    from typing_extensions import TypedDict
except ModuleNotFoundError:
    from typing import TypedDict


class OptionsBesideLimit(TypedDict, total=False):
    """The options without the limit, for functions that have a limit of their own."""

    encoding: Literal["auto", "gsm7", "ucs2", "latin1", "utf8"] | None
    commercial: bool | None
    optout: Literal["never", "if-free", "always"] | None
    optout_text: str | None
    truncate: bool | Literal["words"] | None
    truncate_mark: str | None
    country: str | None
    language: str | tuple[str, ...] | None
    ignore: str | tuple[str, ...] | None
    ports: tuple[int, int] | None
    header: bytes | None
    prefix: str | None
    suffix: str | None
    substitute: bool | str | None
    link_length: int | None
    recipient_count: int | None


class Options(OptionsBesideLimit, total=False):
    """The keyword options of `plan`, `count` and `Planner`; None stands for the default."""

    max_segments: int | None


# pydantic drops unknown keys by default: here an unknown option is refused.
for _options in (OptionsBesideLimit, Options):
    _options.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
