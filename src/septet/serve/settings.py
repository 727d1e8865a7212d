"""Settings: what a service takes, and from whom; every limit has a name and a default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

#: Names of the machine itself, for a service that only this machine can reach.
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")

#: The prefix of the settings' names in the environment.
PREFIX = "SEPTET_SERVE_"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of a service. Raises ValueError, which names the setting, for an invalid value."""

    #: The allowed names of its host; none: any. A server on loopback should name its own, since any page in
    #: a browser can make a name of its own lead there.
    hosts: tuple[str, ...] = ()
    #: A file with one token per line; without it no token is needed.
    token_file: str | None = None
    #: Origins whose pages may ask; "*" is any.
    cors: tuple[str, ...] = ()
    #: Origins that may show the page in a frame.
    frame_ancestors: tuple[str, ...] = ()
    #: A folder with vendor files of one's own, each offered by the name of its profile.
    profiles_dir: str | None = None
    #: Octets of a request's body.
    max_body: int = 1 << 20
    #: Characters of a text: 255 segments hold 39,015 septets.
    max_text: int = 40_000
    #: Characters of a text that is drawn, prepared or split.
    max_preview: int = 10_000
    #: Characters of a text for advice, bounds or a comparison of vendors.
    max_advise: int = 2_000
    #: Texts of one request.
    max_batch: int = 1_000
    #: Recipients of one request.
    max_recipients: int = 500
    #: Seconds from a body's first octet to its last.
    body_seconds: float = 10.0
    #: Requests that are answered at the same time; further ones are refused.
    concurrency: int = 512
    #: Threads for slow answers (advice, drawings, comparisons, requests, bounds) to short requests, and as
    #: many for those to long ones.
    threads: int = 1
    #: Requests per second of one client; None: no limit.
    rate: float | None = None
    #: Whether each request is written to the log.
    access_log: bool = True
    #: Whether each line of the log is a JSON object.
    log_json: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, (int, float)) and not isinstance(value, bool) and value <= 0:
                raise ValueError(f"{field.name}: expected a number above 0, found {value}")
        if self.token_file is not None:
            if "*" in self.cors:
                raise ValueError("cors: expected origins by name, since tokens are asked for")
            self.tokens()

    def tokens(self) -> tuple[bytes, ...]:
        """The tokens, any of which is accepted; none where no token is needed. Raises ValueError."""
        if self.token_file is None:
            return ()
        try:
            lines = Path(self.token_file).read_bytes().split()
        except OSError as error:
            raise ValueError(f"token_file: {self.token_file}: {error.strerror or error}") from None
        if not lines:
            raise ValueError(f"token_file: {self.token_file}: expected a token in each line, found none")
        return tuple(lines)

    def to_environment(self) -> dict[str, str]:
        """The settings that are not the defaults, as variables that `from_environment` reads."""
        return {
            PREFIX + field.name.upper(): ",".join(value) if isinstance(value, tuple) else str(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        }

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], asked: Mapping[str, Any] | None = None
    ) -> Settings:
        """The settings that variables such as ``SEPTET_SERVE_MAX_TEXT`` name. Raises ValueError.

        Values of `asked` that are neither None nor empty replace them.
        """
        given: dict[str, Any] = {}
        for field in fields(cls):
            written = environment.get(PREFIX + field.name.upper())
            if written is None:
                continue
            try:
                given[field.name] = _READERS[str(field.type)](written)
            except ValueError:
                variable = PREFIX + field.name.upper()
                raise ValueError(f"{variable}: expected {field.type}, found {written!r}") from None
        given |= {name: value for name, value in (asked or {}).items() if value not in (None, ())}
        return cls(**given)


def _listed(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


def _flag(written: str) -> bool:
    flags = {"true": True, "1": True, "false": False, "0": False}
    if written.lower() not in flags:
        raise ValueError
    return flags[written.lower()]


_READERS: Mapping[str, Any] = {
    "tuple[str, ...]": _listed,
    "str | None": str,
    "int": int,
    "float": float,
    "float | None": float,
    "bool": _flag,
}
