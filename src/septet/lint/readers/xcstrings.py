"""Apple's string catalogues, `.xcstrings`: JSON with all languages in one file.

The format: https://developer.apple.com/documentation/xcode/localizing-and-varying-text-with-a-string-catalog
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from septet.lint.entries import Entry

from .files import File, Unreadable
from .json_scanner import Node, Tree, placed, text_of, tree


def entries(file: File) -> Iterator[Entry]:
    """Each string in each language, every variation by itself."""
    top = tree(file)
    strings = top.get("strings") if isinstance(top, Tree) else None
    if not isinstance(strings, Tree):
        raise Unreadable('expected an object with "strings", as a string catalogue has it', 0)
    assert isinstance(top, Tree)
    source_language = _said(file, top.get("sourceLanguage"))
    for key, about in strings:
        if not isinstance(about, Tree):
            continue
        comment = _said(file, about.get("comment"))
        localizations = about.get("localizations")
        languages = localizations if isinstance(localizations, Tree) else Tree()
        source = _source(file, languages, source_language) or key
        for language, localization in languages:
            if isinstance(localization, Tree):
                more = {"language": language, "comments": (comment,) if comment else ()}
                if language != source_language:
                    more["source"] = source
                yield from _units(file, key, localization, more)


def _units(file: File, key: str, node: Tree, more: dict[str, Any]) -> Iterator[Entry]:
    work: list[tuple[Node, str | None, str]] = [(node, None, "")]
    while work:
        found, form, name = work.pop()
        if not isinstance(found, Tree):
            continue
        unit = found.get("stringUnit")
        if isinstance(unit, Tree) and isinstance(value := unit.get("value"), tuple):
            text, spots = placed(file, value)
            state = _said(file, unit.get("state"))
            yield file.entry(
                f"{key}.{name}" if name else key,
                text,
                spots,
                "json",
                plural=form,
                state="untranslated" if state == "new" or not text else "translated",
                aliases=(key,) if name else (),
                **more,
            )
        below: list[tuple[Node, str | None, str]] = []
        variations = found.get("variations")
        if isinstance(variations, Tree):
            for kind, cases in variations:
                for case, value in cases if isinstance(cases, Tree) else ():
                    below.append(
                        (value, case if kind == "plural" else form, f"{name}.{case}" if name else case)
                    )
        substitutions = found.get("substitutions")
        if isinstance(substitutions, Tree):
            below += [(value, form, f"{name}.{case}" if name else case) for case, value in substitutions]
        work += reversed(below)


def _source(file: File, languages: Tree, language: str | None) -> str | None:
    found = languages.get(language) if language else None
    unit = found.get("stringUnit") if isinstance(found, Tree) else None
    return _said(file, unit.get("value")) if isinstance(unit, Tree) else None


def _said(file: File, node: Node) -> str | None:
    return text_of(file, node) if isinstance(node, tuple) else None
