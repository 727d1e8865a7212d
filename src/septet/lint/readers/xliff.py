"""XLIFF 1.2, and the same of 2.0: units with a source and a target.

The format: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from septet.lint.entries import Entry

from .files import File, Unreadable
from .xml_trees import Document, Element, document, placed

_LEAVES = frozenset({"source", "target", "note", "context", "seg-source"})
#: States of targets that are not translations yet, or not certainly.
_NOT_YET = frozenset({"new", "needs-translation", "initial"})
_UNSURE = frozenset({"needs-review-translation", "needs-review-l10n", "needs-adaptation", "needs-l10n"})


def entries(file: File) -> Iterator[Entry]:
    """The targets of all units; the source where a unit has none."""
    found = document(file, _LEAVES)
    if found.root.name != "xliff":
        raise Unreadable("expected <xliff>", found.root.start)
    target_language = found.root.attributes.get("trgLang")
    for part in found.root.children:
        if part.name == "file":
            language = part.attributes.get("target-language") or target_language or file.language
            yield from _units(file, found, part, language)


def _units(file: File, found: Document, part: Element, language: str | None) -> Iterator[Entry]:
    work: list[tuple[Element, tuple[str, ...]]] = [(part, ())]
    while work:
        element, groups = work.pop()
        if element.name in ("trans-unit", "unit"):
            yield from _unit(file, found, element, groups, language)
            continue
        if element.name == "group" and (
            name := element.attributes.get("resname") or element.attributes.get("id")
        ):
            groups = (*groups, name)
        work += [(child, groups) for child in reversed(element.children)]


def _unit(
    file: File, found: Document, unit: Element, groups: tuple[str, ...], language: str | None
) -> Iterator[Entry]:
    identity = unit.attributes.get("id", "")
    key = unit.attributes.get("resname") or unit.attributes.get("name") or identity
    notes: list[str] = list(unit.comments)
    contexts, references = list(groups), []
    segments: list[Element] = [unit] if unit.name == "trans-unit" else []
    work = list(reversed(unit.children))
    while work:
        child = work.pop()
        if child.name == "note":
            notes.append(_plain(file, found, child))
        elif child.name == "context":
            kind = child.attributes.get("context-type", "")
            said = _plain(file, found, child)
            if kind in ("sourcefile", "linenumber"):
                references.append(said)
            else:
                contexts.append(said)
        elif child.name in ("context-group", "notes"):
            work += reversed(child.children)
        elif child.name == "segment":
            segments.append(child)
    for number, segment in enumerate(segments):
        more: dict[str, Any] = {
            "comments": tuple(notes),
            "contexts": tuple(contexts),
            "references": tuple(references),
            "aliases": (identity,) if identity != key else (),
        }
        name = key if len(segments) == 1 else f"{key}.{number}"
        yield from _segment(file, found, segment, name, language, more)


def _segment(
    file: File, found: Document, segment: Element, key: str, language: str | None, more: dict[str, Any]
) -> Iterator[Entry]:
    by_name = {child.name: child for child in segment.children}
    source, target = by_name.get("source"), by_name.get("target")
    if source is None:
        return
    said = _plain(file, found, source)
    state = "untranslated"
    held = source
    if target is not None:
        marked = target.attributes.get("state") or segment.attributes.get("state") or ""
        if target.end > target.start and marked not in _NOT_YET:
            held, state = target, "fuzzy" if marked in _UNSURE else "translated"
    mapping, spans = placed(file, found, held.start, held.end)
    spots = mapping.spots(file.source) if len(mapping) else held.start
    # Others translate the source: it must not be rewritten in this file.
    quoting = "xml" if held is target else ""
    yield file.entry(
        key,
        mapping.text,
        spots,
        quoting,
        source=said,
        state=state,
        language=language,
        expressions=tuple(spans),
        **more,
    )


def _plain(file: File, found: Document, element: Element) -> str:
    mapping, _ = placed(file, found, element.start, element.end)
    return mapping.text
