"""Requests: the exact fields, bytes and address of one call to a vendor. Never its credentials."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal

    Method = Literal["GET", "POST"]


class Request:
    """What goes on the wire for one message; made by `septet.prepare`; read-only, equal by value.

    Credentials are given to `query`, `body` and `address` by the one who sends, and kept nowhere.
    """

    __slots__ = ("_charset", "_credentials", "_fields", "_method", "_parameters", "_url")

    def __init__(
        self,
        method: Method,
        url: str,
        parameters: str,
        charset: str,
        fields: Mapping[str, str | int],
        credentials: Iterable[str] = (),
    ) -> None:
        self._method: Method = method
        self._url = url
        self._parameters = parameters
        self._charset = charset
        self._fields = dict(fields)
        self._credentials = tuple(credentials)

    @property
    def method(self) -> Method:
        """``"GET"`` or ``"POST"``."""
        return self._method

    @property
    def url(self) -> str:
        """The address that the vendor's document names, without fields."""
        return self._url

    @property
    def charset(self) -> str:
        """The charset of the text: what a query and a form are encoded with."""
        return self._charset

    @property
    def fields(self) -> dict[str, str | int]:
        """The parameters by their exact names, before any encoding; a number where JSON wants one."""
        return dict(self._fields)

    @property
    def content_type(self) -> str | None:
        """The media type of the body; None where everything is in the address."""
        if self._in_address:
            return None
        return {"form": "application/x-www-form-urlencoded", "json": "application/json"}.get(self._parameters)

    @property
    def _in_address(self) -> bool:
        return self._method == "GET" or self._parameters == "query"

    def query(self, credentials: Mapping[str, str] | None = None) -> str:
        """The fields as a query string, percent-encoded in the request's charset.

        `credentials` are further parameters, such as an access token.
        """
        from urllib.parse import quote, quote_plus, urlencode

        # A plus stands for a space in a form; %20 does so in any address.
        return urlencode(
            self._with(credentials),
            encoding=self.charset,
            errors="replace",
            quote_via=quote_plus if self._parameters == "form" else quote,
            safe="",
        )

    def body(self, credentials: Mapping[str, str] | None = None) -> bytes:
        """What a POST carries, form or JSON; empty where everything is in the address."""
        if self._in_address:
            return b""
        if self._parameters == "form":
            return self.query(credentials).encode("ascii")
        import json

        fields = {
            name: value if isinstance(value, int) else _without_surrogates(value)
            for name, value in self._with(credentials).items()
        }
        return json.dumps(fields, ensure_ascii=True).encode("ascii")

    def address(self, credentials: Mapping[str, str] | None = None) -> str:
        """The whole address to call: with the fields where the method or the vendor wants them there.

        `credentials` are added only where the fields go into the address as well.
        """
        return f"{self._url}?{self.query(credentials)}" if self._in_address else self._url

    def _with(self, credentials: Mapping[str, str] | None) -> dict[str, Any]:
        for name, value in (credentials or {}).items():
            if name not in self._credentials:
                known = ", ".join(self._credentials) or "none: they go into a header"
                raise ValueError(f"credentials: {name!r} is no credential of this vendor: expected {known}")
            if not isinstance(value, str):
                raise TypeError(f"credentials: {name}: expected a text, found {type(value).__name__}")
            try:
                value.encode(self._charset)
            except UnicodeEncodeError:
                raise ValueError(f"credentials: {name} is not in {self._charset}") from None
        return {**self._fields, **(credentials or {})}

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types."""
        return {
            "method": self.method,
            "url": self.url,
            "charset": self.charset,
            "content_type": self.content_type,
            "fields": self.fields,
        }

    def __repr__(self) -> str:
        return f"<septet.{type(self).__name__} {self._method} {self._url}: {', '.join(self._fields)}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Request):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self._method, self._url, frozenset(self._fields.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return Request, (
            self._method,
            self._url,
            self._parameters,
            self.charset,
            self._fields,
            self._credentials,
        )


def _without_surrogates(text: str) -> str:
    """The text with a question mark for each surrogate without its pair, which no encoding carries."""
    return text.encode("utf-8", "replace").decode("utf-8")
