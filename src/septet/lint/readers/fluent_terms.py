"""Terms of Fluent: the text of `{ -brand }`, from the same file or one beside it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from .languages import is_language

#: Few files hold terms, and one holds brands; larger trees are not searched for them.
_MOST_FILES = 500
_MOST_OCTETS = 1 << 22
_DEEPEST = 8


def terms_beside(path: str) -> dict[str, str]:
    """The terms of all files in the same folder, and in that of the language, where a path has one."""
    folder = Path(path).parent
    for above in (folder, *folder.parents):
        if is_language(above.name):
            folder = above
            break
    return _terms_in(str(folder))


@lru_cache(maxsize=64)
def _terms_in(folder: str) -> dict[str, str]:
    from fluent.syntax import FluentParser

    found: dict[str, str] = {}
    try:
        paths = sorted(path for path, _ in zip(Path(folder).rglob("*.ftl"), range(_MOST_FILES), strict=False))
    except OSError:
        return found
    for path in paths:
        try:
            if path.stat().st_size > _MOST_OCTETS:
                continue
            text = path.read_text("utf-8-sig")
            found = {**resolved(text, FluentParser().parse(text)), **found}
        except (OSError, UnicodeDecodeError, RecursionError):
            continue  # its errors are reported where the file itself is read
    return found


def resolved(text: str, resource: Any) -> dict[str, str]:
    """The texts of a file's terms and messages by name, `-brand` and `help.title`; variables as written."""
    from fluent.syntax import ast

    patterns: dict[str, Any] = {}
    for node in resource.body:
        if isinstance(node, (ast.Term, ast.Message)):
            name = f"-{node.id.name}" if isinstance(node, ast.Term) else node.id.name
            patterns[name] = node.value
            patterns |= {f"{name}.{one.id.name}": one.value for one in node.attributes}
    found: dict[str, str] = {}
    for name, pattern in patterns.items():
        if pattern is not None:
            _resolve(name, patterns, found, text, 0)
    return found


def _resolve(name: str, patterns: dict[str, Any], found: dict[str, str], text: str, depth: int) -> str | None:
    if name in found or patterns.get(name) is None or depth > _DEEPEST:
        return found.get(name)
    pieces = list(_pieces(patterns[name], patterns, found, text, depth))
    said = "".join(pieces)
    if len(said) > 10_000:
        return None  # terms of terms: not the text of an SMS
    found[name] = said
    return said


def _pieces(pattern: Any, patterns: dict[str, Any], found: dict[str, str], text: str, depth: int) -> Any:
    from fluent.syntax import ast

    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            yield element.value
            continue
        expression = element.expression
        if isinstance(expression, ast.Literal):
            yield str(expression.parse()["value"])
        elif isinstance(expression, ast.SelectExpression) and depth < _DEEPEST:
            variant = next(one for one in expression.variants if one.default)
            yield from _pieces(variant.value, patterns, found, text, depth + 1)
        elif isinstance(expression, (ast.TermReference, ast.MessageReference)):
            sign = "-" if isinstance(expression, ast.TermReference) else ""
            said = _resolve(f"{sign}{expression.id.name}", patterns, found, text, depth + 1)
            yield text[element.span.start : element.span.end] if said is None else said
        else:
            yield text[element.span.start : element.span.end]
