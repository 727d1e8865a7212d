"""Comes in: files that hold messages, and the rules to check.
Goes out: findings, each with the place of its character in the file.
Not its business: what a text costs.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .checking import check
    from .configs import Config
    from .findings import Finding, Segments
    from .reports import LintReport

__all__ = ["Config", "Finding", "LintReport", "Segments", "check"]

# Where each name lives, as in septet itself.
_HOMES = {
    "Config": ".configs",
    "Finding": ".findings",
    "LintReport": ".reports",
    "Segments": ".findings",
    "check": ".checking",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOMES[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
