"""The types of the options, for type checkers and for those who build on them."""

from __future__ import annotations

from typing import Literal, TypedDict


class Options(TypedDict, total=False):
    """The keyword options of `plan`, `count` and `Planner`; None stands for the default."""

    encoding: Literal["auto", "gsm7", "ucs2", "latin1", "utf8"] | None
    commercial: bool | None
    optout: Literal["never", "if-free", "always"] | None
    optout_text: str | None
    max_segments: int | None
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
