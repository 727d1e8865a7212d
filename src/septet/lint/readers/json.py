"""Trees of JSON: i18next and its kind, FormatJS, Chrome's messages, and Flutter's `.arb`.

FormatJS: https://formatjs.github.io/docs/getting-started/message-extraction
Flutter: https://github.com/google/app-resource-bundle/wiki/ApplicationResourceBundleSpecification
i18next: https://www.i18next.com/misc/json-format
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from septet.lint.entries import Entry

from .files import PLURALS, File, Unreadable, plural_of
from .json_scanner import Text, Tree, placed, text_of, tree
from .languages import are_roots

#: i18next puts the form behind the name: `sent_one`, and in older versions `sent_plural`.
_FORM = re.compile(rf"(.+)_((?:ordinal_)?(?:{'|'.join(PLURALS)})|plural)")
#: The members with the text, in an object that describes a message.
_TEXTS = ("defaultMessage", "message", "string")
_COMMENTS = ("description", "developer_comment", "comment", "context")
#: https://developer.chrome.com/docs/extensions/reference/api/i18n
_OF_CHROME = re.compile(r"(?:^|[\\/])_locales[\\/]")
#: Laravel's other form, keyed by the source text: https://laravel.com/docs/localization
_OF_LARAVEL = re.compile(r"(?:^|[\\/])lang[\\/][^\\/]+$")
#: The folder of a Flutter project is at most this many above that of its texts.
_HIGHEST = 6
_IS_QUOTING = re.compile(r"^use-escaping:[ \t]*['\"]?true\b", re.MULTILINE)
#: The other members that such an object may have; with any other name it is an ordinary tree.
_BESIDE = {
    *_TEXTS,
    *_COMMENTS,
    "id",
    "placeholders",
    "character_limit",
    "file",
    "start",
    "end",
    "hash",
    "type",
}


def entries(file: File) -> Iterator[Entry]:
    """The strings of a tree, each under the path of its keys."""
    top = tree(file)
    if not isinstance(top, Tree):
        raise Unreadable("expected an object with messages, found a single value", 0)
    if _OF_LARAVEL.search(file.path):
        file.dialects = (*file.dialects, "laravel")
    if file.format == "arb" or any(name == "@@locale" for name, _ in top):
        yield from _of_arb(file, top)
        return
    if all(isinstance(value, Tree) for _, value in top) and are_roots([name for name, _ in top], file.path):
        named = file.language
        for language, value in top:
            if isinstance(value, Tree):
                file.language = language
                yield from _below(file, value, f"{language}.")
        file.language = named
        return
    yield from _below(file, top, "")


def _below(file: File, node: Tree, root: str) -> Iterator[Entry]:
    """Walks without recursion, since a file may be nested to any depth."""
    about = file.about._replace(root=root)
    work = [("", iter(node), _are_forms(node))]
    while work:
        path, members, are_forms = work[-1]
        for name, value in members:
            key = path + name
            if isinstance(value, tuple):
                text, spots = placed(file, value)
                if text and not are_forms and "_" not in name:
                    yield Entry(key, text, spots, "json", about)
                    continue
                plural, others = (name, ()) if are_forms else _form(node_name=name, key=key)
                yield file.entry(key, text, spots, "json", plural=plural, aliases=others, root=root)
            elif value is not None:
                described = _described(file, value)
                if described is None:
                    work.append((f"{key}.", iter(value), _are_forms(value)))
                    break
                held, more = described
                text, spots = placed(file, held)
                yield file.entry(key, text, spots, "json", **more)
        else:
            work.pop()


def _are_forms(node: Tree) -> bool:
    """Whether the members of an object are the forms of one message."""
    return not node.is_array and plural_of([name for name, _ in node])


def _form(node_name: str, key: str) -> tuple[str | None, tuple[str, ...]]:
    if "_" not in node_name or (found := _FORM.fullmatch(node_name)) is None:
        return None, ()
    return found[2], (key[: len(key) - len(node_name)] + found[1],)


def _described(file: File, node: Tree) -> tuple[Text, dict[str, Any]] | None:
    """The text of an object that describes one message, and its other facts; None for any other object."""
    # Most objects have other names, and already the first one shows it.
    if node.is_array or not node or node[0][0] not in _BESIDE:
        return None
    names = {name for name, _ in node}
    if not names <= _BESIDE:
        return None
    name = next((name for name in _TEXTS if name in names), None)
    held = node.get(name) if name else None
    if not isinstance(held, tuple):
        return None
    if name == "message" and not names & {"description", "placeholders"} and not _OF_CHROME.search(file.path):
        return None  # an ordinary key of that name
    if name == "string" and not names & {"developer_comment", "context"}:
        return None
    comments = tuple(text_of(file, value) for said in _COMMENTS if isinstance(value := node.get(said), tuple))
    context = node.get("context")
    more: dict[str, Any] = {"comments": comments}
    if isinstance(context, tuple):
        more["contexts"] = (text_of(file, context),)
    if name == "defaultMessage":
        more["dialects"] = ("icu",)
    elif name == "message":
        more["dialects"] = ("chrome",)
    return held, more


def _quotes(path: str) -> bool:
    """Whether `l10n.yaml` of the Flutter project lets apostrophes quote; by default they do not.

    https://docs.flutter.dev/ui/internationalization#escaping-syntax
    """
    for above in islice(Path(path).absolute().parents, _HIGHEST):
        try:
            settings = (above / "l10n.yaml").read_text("utf-8", "replace")
        except OSError:
            continue
        return _IS_QUOTING.search(settings) is not None
    return False


def _of_arb(file: File, top: Tree) -> Iterator[Entry]:
    about: dict[str, Tree] = {}
    dialects = ("icu",) if _quotes(file.path) else ("icu", "flutter")
    for name, value in top:
        if name == "@@locale" and isinstance(value, tuple):
            file.language = text_of(file, value)
        elif name.startswith("@") and isinstance(value, Tree):
            about[name[1:]] = value
    for name, value in top:
        if name.startswith("@") or not isinstance(value, tuple):
            continue
        text, spots = placed(file, value)
        more: dict[str, Any] = {"dialects": dialects}
        if name in about:
            said = {key: text_of(file, held) for key, held in about[name] if isinstance(held, tuple)}
            more["comments"] = tuple(said[key] for key in ("description",) if key in said)
            more["contexts"] = tuple(said[key] for key in ("context",) if key in said)
        yield file.entry(name, text, spots, "json", **more)
