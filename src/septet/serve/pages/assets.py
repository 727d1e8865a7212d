"""The files of the live page: style sheets and scripts, under a path that changes with what is in them."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from septet.views.pages.page import stylesheet

#: The media type of each kind of file. Scripts and style sheets are read by it alone (nosniff).
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}

#: What only the page without a server needs.
OF_WORKERS = frozenset(("worker.js",))


@lru_cache(maxsize=1)
def assets() -> dict[str, tuple[bytes, str]]:
    """Each file below ``static/`` by its path, such as ``1f2e3d4c/page.js``, with its media type.

    A path stands for its content for ever: browsers may keep it.
    """
    return {f"{edition()}/{name}": (content, _type(name)) for name, content in contents().items()}


@lru_cache(maxsize=1)
def contents() -> dict[str, bytes]:
    """The files by their names."""
    folder = files(__package__).joinpath("static")
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith((".css", ".js"))}
    # The marks look as they do in reports.
    return {"page.css": stylesheet().encode("utf-8"), **dict(sorted(found.items()))}


def edition() -> str:
    """What the path begins with: it is another one when any file is."""
    whole = sha256()
    for name, content in contents().items():
        whole.update(f"{name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()[:12]


def base() -> str:
    """Where the files stand, as seen from the page."""
    return f"static/{edition()}/"


def _type(name: str) -> str:
    return _TYPES[name.rpartition(".")[2]]
