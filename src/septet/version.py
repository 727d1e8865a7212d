"""The version of septet. pyproject.toml reads it here, so no module has to import the package for it."""

from __future__ import annotations

__version__ = "0.1.0"
