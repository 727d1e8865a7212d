"""Requests: the exact fields, bytes and address of one call to a vendor. Never its credentials."""

from __future__ import annotations

from septet.errors import shown
from septet.vendors.format.bodies import PLACEHOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal

    Method = Literal["GET", "POST"]


class Request:
    """The request to send for one message. Made by `septet.prepare`; read-only, equal by value.

    The sender gives credentials to `query`, `body` and `address`; they are kept nowhere. The account in an
    address, such as ``{AccountSid}``, can be given in the same way.
    """

    __slots__ = (
        *("_address", "_charset", "_content_type", "_credentials", "_fields"),
        *("_headers", "_method", "_parameters", "_url"),
    )

    def __init__(
        self,
        method: Method,
        url: str,
        parameters: str,
        charset: str,
        fields: Mapping[str, Any],
        credentials: Iterable[str] = (),
        *,
        headers: Mapping[str, str] | None = None,
        content_type: str | None = None,
        address: Mapping[str, str] | None = None,
    ) -> None:
        self._method: Method = method
        self._url = url
        self._parameters = parameters
        self._charset = charset
        self._fields = dict(fields)
        self._credentials = tuple(credentials)
        self._headers = dict(headers or {})
        self._content_type = content_type
        self._address = dict(address or {})

    @property
    def method(self) -> Method:
        """``"GET"`` or ``"POST"``."""
        return self._method

    @property
    def url(self) -> str:
        """The address that the vendor's document names, without fields.

        The parts for the account are in braces, ``{AccountSid}``, where they were not given.
        """
        return self._filled({})

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts of the address in braces that were not given: `address` takes them with the
        credentials."""
        return tuple(name for name in PLACEHOLDER.findall(self._url) if name not in self._address)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that the vendor asks for besides its credentials, including the type of the body."""
        kind = self.content_type
        return ({} if kind is None else {"Content-Type": kind}) | self._headers

    def _filled(self, further: Mapping[str, str], url: str = "") -> str:
        from urllib.parse import quote

        known = {**self._address, **further}
        return PLACEHOLDER.sub(
            lambda found: (
                quote(_without_surrogates(known[found[1]]), safe="") if found[1] in known else found[0]
            ),
            url or self._url,
        )

    @property
    def charset(self) -> str:
        """The charset of the text, in which a query and a form are encoded."""
        return self._charset

    @property
    def fields(self) -> dict[str, Any]:
        """The parameters by their exact names, before any encoding.

        In JSON they are nested as the vendor wants them, with numbers, true and false where it wants those;
        in a form and in an address they are texts.
        """
        from copy import deepcopy

        return deepcopy(self._fields)

    @property
    def content_type(self) -> str | None:
        """The media type of the body; None where everything is in the address."""
        if self._in_address:
            return None
        if self._content_type is not None:
            return self._content_type
        return {"form": "application/x-www-form-urlencoded", "json": "application/json"}.get(self._parameters)

    @property
    def _in_address(self) -> bool:
        return self._method == "GET" or self._parameters == "query"

    def query(self, credentials: Mapping[str, str] | None = None) -> str:
        """The fields as a query string, percent-encoded in the request's charset.

        `credentials` are further parameters, such as an access token.
        """
        from urllib.parse import quote, quote_plus, urlencode

        # A plus means a space in a form; %20 means one in any address.
        return urlencode(
            self._with(credentials),
            encoding=self.charset,
            errors="replace",
            quote_via=quote_plus if self._parameters == "form" else quote,
            safe="",
        )

    def body(self, credentials: Mapping[str, str] | None = None) -> bytes:
        """The body of a POST, form or JSON; empty where everything is in the address."""
        if self._in_address:
            return b""
        if self._parameters == "form":
            return self.query(credentials).encode("ascii")
        import json

        return json.dumps(_carried(self._with(credentials)), ensure_ascii=True).encode("ascii")

    def address(self, credentials: Mapping[str, str] | None = None, *, url: str | None = None) -> str:
        """The whole address to call: with the fields where the method or the vendor wants them there.

        `credentials` are added only where the fields go into the address as well; the parts of the address
        for the account are taken from them, too. `url` replaces the vendor's own, with the same parts in
        braces, such as that of `septet.testing.vendor`. Raises ValueError where a part in braces is not
        given.
        """
        account = {name: value for name, value in (credentials or {}).items() if name in self.missing}
        wanted = self._url if url is None else url
        lacking = [name for name in PLACEHOLDER.findall(wanted) if name not in {**self._address, **account}]
        if lacking:
            raise ValueError(
                f"address: {', '.join(lacking)} is in the address and was not given: give it in "
                "vendor_fields, or here"
            )
        self._with(credentials)
        filled = self._filled(account, wanted)
        return f"{filled}?{self.query(credentials)}" if self._in_address else filled

    def _with(self, credentials: Mapping[str, str] | None) -> dict[str, Any]:
        in_address = PLACEHOLDER.findall(self._url)
        for name, value in (credentials or {}).items():
            if name not in self._credentials and name not in in_address:
                known = ", ".join(self._credentials) or "none: they go into a header"
                raise ValueError(
                    f"credentials: {shown(name)} is not a credential of this vendor: expected {known}"
                )
            if not isinstance(value, str):
                raise TypeError(f"credentials: {name}: expected a text, found {type(value).__name__}")
            try:
                value.encode(self._charset)
            except UnicodeEncodeError:
                raise ValueError(f"credentials: {name} is not in {self._charset}") from None
        beside = {name: value for name, value in (credentials or {}).items() if name not in in_address}
        return {**self._fields, **beside}

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types."""
        return {
            "method": self.method,
            "url": self.url,
            "charset": self.charset,
            "content_type": self.content_type,
            "headers": [{"name": name, "value": value} for name, value in self.headers.items()],
            "fields": self.fields,
        }

    def __repr__(self) -> str:
        return f"<septet.{type(self).__name__} {self._method} {self._url}: {', '.join(self._fields)}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Request):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self._method, self.url, frozenset(self._fields)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (
            *(self._method, self._url, self._parameters, self.charset, self._fields, self._credentials),
            {"headers": self._headers, "content_type": self._content_type, "address": self._address},
        )


def _made(
    method: Method,
    url: str,
    parameters: str,
    charset: str,
    fields: Mapping[str, Any],
    credentials: tuple[str, ...],
    further: Mapping[str, Any],
) -> Request:
    """A request as it was pickled."""
    return Request(method, url, parameters, charset, fields, credentials, **further)


def _carried(value: Any) -> Any:
    """A value in its JSON type."""
    if isinstance(value, dict):
        return {_without_surrogates(name): _carried(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_carried(one) for one in value]
    return _without_surrogates(value) if isinstance(value, str) else value


def _without_surrogates(text: str) -> str:
    """The text with a question mark for each surrogate without its pair, which no encoding carries."""
    return text.encode("utf-8", "replace").decode("utf-8")
