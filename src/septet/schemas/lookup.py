"""JSON schemas: the shapes that `to_dict` gives, for clients in any language (the files beside this one)."""

from __future__ import annotations

from septet.errors import shown
from septet.wording.quoting import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_PREFIX = "urn:septet:schema:"


def schema(name: str) -> dict[str, Any]:
    """The complete JSON Schema (2020-12) of ``"plan"``, ``"problem"``, ``"segment"`` …

    The schemas that it refers to are in its ``$defs``. Raises ValueError, which lists all
    names, for an unknown name.
    """
    files = _files()
    if name not in files:
        expected = f"expected one of {', '.join(files)}"
        raise ValueError(f"schema {shown(name)} is not known{nearest(str(name), list(files))}: {expected}")
    found = _read(name)
    wanted = list(_referred(found))
    others: dict[str, Any] = {}
    while wanted:
        other = wanted.pop()
        if other not in others and other != name:
            others[other] = _read(other)
            wanted += _referred(others[other])
    if others:
        found["$defs"] = {other: others[other] for other in sorted(others)}
    return found


def names() -> tuple[str, ...]:
    """The names of all schemas."""
    return tuple(_files())


def _files() -> dict[str, Any]:
    from importlib.resources import files

    found = [file for file in files(__package__).iterdir() if file.name.endswith(".json")]
    return {file.name.removesuffix(".json"): file for file in sorted(found, key=lambda file: file.name)}


def _read(name: str) -> dict[str, Any]:
    import json

    read: dict[str, Any] = json.loads(_files()[name].read_text("utf-8"))
    return read


def _referred(part: Any) -> Iterator[str]:
    """The names of the schemas that one refers to."""
    if isinstance(part, dict):
        if str(part.get("$ref", "")).startswith(_PREFIX):
            yield part["$ref"].removeprefix(_PREFIX)
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _referred(inner)
