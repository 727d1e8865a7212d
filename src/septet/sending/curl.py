"""Requests as curl commands, which send a message from any terminal, except for the credentials."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from .batch.requests import BatchRequest

if TYPE_CHECKING:
    from .requests import Request


def command(request: Request) -> str:
    """A command line; all of it except a file's name is ASCII, so that no terminal can change a character."""
    # Missing parts of the address are named in capitals, to be filled in.
    address = request.address({name: f"YOUR_{name.upper()}" for name in request.missing})
    words = ["curl", "--request", request.method, address]
    if isinstance(request, BatchRequest):
        for name, value in request.form_fields().items():
            words += ["--form-string", f"{name}={value}"]
        file = request.file
        path = "-" if file.path is None else _in_quotes(file.path)
        words += ["--form", f"{file.name}=@{path};filename={file.file_name};type={file.content_type}"]
    elif request.content_type is not None:
        for name, value in request.headers.items():
            words += ["--header", f"{name}: {value}"]
        words += ["--data-binary", request.body().decode("ascii")]
    return shlex.join(words) + "\n"


def _in_quotes(path: str) -> str:
    """A path as curl reads it in a form, where commas and semicolons are separators."""
    if not set(path) & set(',;"\\'):
        return path
    escaped = path.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'
