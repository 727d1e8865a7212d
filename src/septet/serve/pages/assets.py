"""The files of the live page: style sheets and scripts, under a path that changes with their content."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from septet.views.pages.page import stylesheet

#: The media type of each kind of file. Browsers read scripts and style sheets only by it (nosniff).
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@lru_cache(maxsize=1)
def assets() -> dict[str, tuple[bytes, str]]:
    """Each file below ``static/`` by its path, such as ``1f2e3d4c/page.js``, with its media type.

    The content of a path never changes: browsers may keep it.
    """
    return {f"{edition()}/{name}": (content, _TYPES[_kind(name)]) for name, content in contents().items()}


@lru_cache(maxsize=1)
def contents() -> dict[str, bytes]:
    """The files by their names."""
    folder = files(__package__).joinpath("static")
    found = {each.name: each.read_text("utf-8") for each in folder.iterdir() if _kind(each.name) in _TYPES}
    # The marks look as they do in reports.
    found["page.css"] = _OF_REPORTS.sub("", stylesheet())
    return {name: _lean(text, _kind(name)).encode("utf-8") for name, text in sorted(found.items())}


# Only reports have these side by side.
_OF_REPORTS = re.compile(r"^ *(?:section \+ )?\.(?:two|charts|previews)\b[^{}]*\{[^{}]*\}", re.M)
# Comments on lines of their own, and the types of JavaScript, which are for readers and checkers.
_FOR_READERS = re.compile(r"^\s*/\*(?:(?!\*/)[\s\S])*\*/\s*$|^\s*//.*$|/\*\* @type .*?\*/ ?", re.M)


def _lean(text: str, kind: str) -> str:
    """A file as it is sent: without comments and indentation. No string in one has several lines."""
    lines = (line.strip() for line in _FOR_READERS.sub("", text).splitlines())
    lean = "\n".join(filter(None, lines)) + "\n"
    # No string of a style sheet has such a sign. Before a colon, a blank may separate two selectors.
    return re.sub(r"\s*([{};,>])\s*|(:)\s+", r"\1\2", lean) if kind == "css" else lean


def edition() -> str:
    """The beginning of the path: it changes when any file does."""
    whole = sha256()
    for name, content in contents().items():
        whole.update(f"{name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()[:12]


def base() -> str:
    """The path of the files, relative to the page."""
    return f"static/{edition()}/"


def _kind(name: str) -> str:
    return name.rpartition(".")[2]
