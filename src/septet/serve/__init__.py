"""The service: septet over HTTP, and the page that people look at.

>>> from septet.serve import create
>>> app = create()

`create` makes an ASGI application: give it to a server, or mount it into one of your own. Needs the extra
`serve`. Names are looked up when they are first asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .application import create
    from .settings import Settings

__all__ = ["Settings", "create"]

# Where each name lives, as in septet itself.
_HOMES = {
    "Settings": ".settings",
    "create": ".application",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOMES[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
