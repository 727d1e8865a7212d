"""Fluent, `.ftl`, parsed by fluent.syntax.

The format: https://projectfluent.org/fluent/guide/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from septet.lint.entries import Entry
from septet.lint.places import Mapping as Text
from septet.wording.extras import Needed

from .files import File, Unreadable
from .fluent_terms import resolved, terms_beside

#: Choices in one pattern multiply; beyond this many texts, only some are made, with each branch in one.
_MOST = 64


def entries(file: File) -> Iterator[Entry]:
    """The messages and their attributes, each variant of a choice by itself; terms are no messages."""
    with Needed("reading Fluent", "lint", "fluent"):
        from fluent.syntax import FluentParser, ast

    try:
        # The library would unify line ends, and places would change.
        resource = FluentParser().parse(file.text)
    except RecursionError:
        raise Unreadable("placeables nested too deep to be messages") from None
    for node in resource.body:
        if isinstance(node, ast.Junk):
            said = node.annotations[0] if node.annotations else None
            raise Unreadable(
                f"no Fluent: {said.message}" if said else "no Fluent",
                said.span.start if said and said.span else 0,
            )
    terms = _Terms(file, resource)
    group: str | None = None
    for node in resource.body:
        if isinstance(node, ast.GroupComment):
            group = node.content or None
        if not isinstance(node, ast.Message):
            continue
        comments = tuple(said for said in (group, node.comment.content if node.comment else None) if said)
        for key, pattern in (
            (node.id.name, node.value),
            *((f"{node.id.name}.{one.id.name}", one.value) for one in node.attributes),
        ):
            if pattern is not None:
                yield from _variants(file, key, pattern, comments, terms)


class _Terms:
    """The texts of terms and messages that others refer to: in the file itself, then in files beside it."""

    def __init__(self, file: File, resource: Any) -> None:
        self._file = file
        self._own = resolved(file.text, resource)
        self._all: Mapping[str, str] | None = None

    def named(self, names: list[str]) -> dict[str, str]:
        found = {}
        for name in names:
            if name in self._own:
                found[name] = self._own[name]
                continue
            if self._all is None:
                self._all = terms_beside(self._file.path)
            if name in self._all:
                found[name] = self._all[name]
        return found


def _variants(
    file: File, key: str, pattern: Any, comments: tuple[str, ...], terms: _Terms
) -> Iterator[Entry]:
    from fluent.syntax import ast

    for choice, labels in _choices(pattern):
        text = Text()
        names: list[str] = []
        spans: list[tuple[int, int]] = []
        _add(file, pattern, choice, text, names, spans, ast)
        spots = text.spots(file.source) if len(text) else pattern.span.start
        yield file.entry(
            key,
            text.text,
            spots,
            "fluent",
            comments=comments,
            plural=" ".join(labels) or None,
            expressions=tuple(spans),
            terms=terms.named(names),
        )


def _add(
    file: File,
    pattern: Any,
    choice: dict[int, int],
    text: Text,
    names: list[str],
    spans: list[tuple[int, int]],
    ast: Any,
) -> None:
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            _literal(file, element, text)
            continue
        expression = element.expression
        while isinstance(expression, ast.Placeable):
            expression = expression.expression
        if isinstance(expression, ast.SelectExpression):
            variant = expression.variants[choice[id(expression)]]
            _add(file, variant.value, choice, text, names, spans, ast)
        elif isinstance(expression, ast.Literal):
            text.written(str(expression.parse()["value"]), element.span.start, element.span.end)
        else:
            if isinstance(expression, (ast.TermReference, ast.MessageReference)):
                attribute = f".{expression.attribute.name}" if expression.attribute else ""
                sign = "-" if isinstance(expression, ast.TermReference) else ""
                names.append(f"{sign}{expression.id.name}{attribute}")
            before = len(text)
            text.plain(file.text[element.span.start : element.span.end], element.span.start)
            spans.append((before, len(text)))


def _literal(file: File, element: Any, text: Text) -> None:
    """The lines of a pattern, without their common indentation."""
    value, start, end = element.value, element.span.start, element.span.end
    raw = file.text
    if len(value) == end - start and raw.startswith(value, start):
        text.plain(value, start)
        return
    place = start
    lines = value.split("\n")
    for number, line in enumerate(lines):
        stop = raw.find("\n", place, end)
        stop = end if stop < 0 else stop
        begin = place
        if number or not raw.startswith(line, place):
            lead = place
            while lead < stop and raw[lead] == " ":
                lead += 1
            begin = lead - (len(line) - len(line.lstrip(" ")))
        if not raw.startswith(line, max(begin, place)):
            text.written(line, place, max(stop, place + 1))
        else:
            text.plain(line, max(begin, place))
        if number + 1 < len(lines):
            first = stop - 1 if raw[stop - 1 : stop] == "\r" else stop
            text.written("\n", first, stop + 1)
        place = stop + 1


def _choices(pattern: Any) -> Iterator[tuple[dict[int, int], list[str]]]:
    """The variant that each choice of a pattern takes, for all its texts, and their names."""
    selects = list(_selects(pattern))
    count = 1
    for select in selects:
        count *= len(select.variants)
    if count <= _MOST:
        seen = set()
        for number in range(count):
            choice = {}
            for select in selects:
                number, choice[id(select)] = divmod(number, len(select.variants))
            labels = list(_labels(pattern, choice))
            if tuple(labels) not in seen:
                seen.add(tuple(labels))
                yield choice, [name for _, name in labels]
        return
    for number in range(min(_MOST, max(len(select.variants) for select in selects))):
        choice = {id(select): number % len(select.variants) for select in selects}
        yield choice, [name for _, name in _labels(pattern, choice)]


def _selects(pattern: Any) -> Iterator[Any]:
    from fluent.syntax import ast

    for element in pattern.elements:
        expression = getattr(element, "expression", None)
        while isinstance(expression, ast.Placeable):
            expression = expression.expression
        if isinstance(expression, ast.SelectExpression):
            yield expression
            for variant in expression.variants:
                yield from _selects(variant.value)


def _labels(pattern: Any, choice: dict[int, int]) -> Iterator[tuple[int, str]]:
    """The variants of the choices on the way: choices in branches that are not taken do not count."""
    from fluent.syntax import ast

    for element in pattern.elements:
        expression = getattr(element, "expression", None)
        while isinstance(expression, ast.Placeable):
            expression = expression.expression
        if isinstance(expression, ast.SelectExpression):
            variant = expression.variants[choice[id(expression)]]
            name = variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value
            yield id(variant), name
            yield from _labels(variant.value, choice)
