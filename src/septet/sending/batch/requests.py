"""Batch requests: the one call that sends a batch file, its fields and the file itself."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from septet.errors import FileError
from septet.sending.requests import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


class FilePart(NamedTuple):
    """The file that a batch request carries, as it was when it was checked."""

    #: The vendor's name for the field that holds it.
    name: str
    #: The file name that the vendor gets.
    file_name: str
    #: Its media type.
    content_type: str
    #: The encoding of its text.
    charset: str
    #: In octets.
    size: int
    #: The digest of these octets, in hexadecimal digits.
    sha256: str
    #: Its path; None for a file that was given open.
    path: str | None
    #: The octets of a file that was given open.
    content: bytes | None = None

    def octets(self) -> bytes:
        """Its octets. Raises OSError where it is gone, FileError where it is no longer the one that was
        checked."""
        if self.content is not None:
            return self.content
        assert self.path is not None
        with open(self.path, "rb") as file:
            found = file.read()
        if hashlib.sha256(found).hexdigest() != self.sha256:
            raise FileError("the file is not what it was when it was checked: prepare it again", self.path)
        return found

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types, except its octets."""
        return {key: value for key, value in self._asdict().items() if key != "content"}

    def __repr__(self) -> str:
        return f"<septet.FilePart {self.name}: {self.path or self.file_name}, {self.size} octets>"


class BatchRequest(Request):
    """The request to send for a batch file. Made by `septet.prepare_batch`; read-only, equal by value.

    A POST whose body is a form of several parts (RFC 7578). `body` makes it; a client that makes its
    own takes the parts from `form_fields` and `file`.
    """

    __slots__ = ("_file",)

    def __init__(
        self,
        url: str,
        parameters: str,
        charset: str,
        fields: Mapping[str, Any],
        credentials: Iterable[str],
        file: FilePart,
    ) -> None:
        super().__init__("POST", url, parameters, charset, fields, credentials)
        self._file = file

    @property
    def file(self) -> FilePart:
        """The file, with the name of its field."""
        return self._file

    @property
    def content_type(self) -> str:
        """The media type of the body, with the boundary between its parts."""
        return f"multipart/form-data; boundary={self._boundary()}"

    def form_fields(self, credentials: Mapping[str, str] | None = None) -> dict[str, str]:
        """The parts of the form besides the file; none where the vendor wants its fields in the address."""
        if self._parameters == "query":
            return {}
        return {name: str(value) for name, value in self._with(credentials).items()}

    def body(self, credentials: Mapping[str, str] | None = None) -> bytes:
        """The body of the POST: the file, and the fields where the vendor wants them beside it.

        Raises OSError and FileError where the file is gone or is no longer the one that was checked.
        """
        parts = [self._part(name, value) for name, value in self.form_fields(credentials).items()]
        file = self._file
        head = f'Content-Disposition: form-data; name="{_quoted(file.name)}"; filename="{file.file_name}"'
        octets = file.octets()
        parts.append(f"{head}\r\nContent-Type: {file.content_type}\r\n\r\n".encode() + octets)
        line = b"--" + self._boundary().encode("ascii")
        return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"

    def _part(self, name: str, value: str) -> bytes:
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        if not value.isascii():
            head += f"\r\nContent-Type: text/plain; charset={self.charset}"
        return f"{head}\r\n\r\n".encode() + value.encode(self.charset, "replace")

    def _boundary(self) -> str:
        """A line that is in no part: made from a digest of all parts, which none of them can hold."""
        parts = f"{self._file.sha256} {sorted(self.fields.items())}".encode("utf-8", "replace")
        return f"septet-{hashlib.sha256(parts).hexdigest()[:40]}"

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types, except the octets of the file."""
        return super().to_dict() | {"file": self._file.to_dict()}

    def __reduce__(self) -> tuple[Any, ...]:
        return BatchRequest, (
            *(self._url, self._parameters, self.charset),
            *(self._fields, self._credentials, self._file),
        )


def _quoted(name: str) -> str:
    """A name within quotation marks, as browsers write one in a form."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
