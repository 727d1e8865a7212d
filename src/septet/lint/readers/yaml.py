"""Trees of YAML: Rails, Symfony and plain ones, parsed by ruamel.yaml.

YAML: https://yaml.org/spec/1.2.2/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from septet.lint.entries import Entry
from septet.wording.extras import Needed

from .files import File, Unreadable, plural_of
from .languages import are_roots
from .yaml_scalars import placed

#: A node as ruamel.yaml composes it; its types hide some attributes from a type checker.
Node = Any

_STRING = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"
#: Aliases may repeat a tree again and again. With more than this many nodes, plus one for each character of
#: the file, it is not a file of messages.
_MOST = 10_000
_BRACKET = re.compile(r"[\[\]{}]")
_DEEPEST = 200
_COMMENT = re.compile(r"[ \t]*#[ \t]?(.*)")
#: Symfony's files for MessageFormat: https://symfony.com/doc/current/reference/formats/message_format.html
_OF_ICU = re.compile(r"\+intl-icu\.")


def entries(file: File) -> Iterator[Entry]:
    """The strings of a tree, each under the path of its keys; a string with aliases has all their paths."""
    reader = _Reader(file)
    for document in _documents(file.text):
        reader.walk(document)
    return reader.entries()


def _documents(text: str) -> list[Any]:
    _refuse_what_is_deep(text)
    with Needed("reading YAML", "lint", "ruamel"):
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False  # the last one counts, as everywhere
    try:
        return list(yaml.compose_all(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.problem, error.context) if part)
        raise Unreadable(f"not valid YAML: {said}", line=mark.line + 1 if mark else None) from None
    except YAMLError as error:
        raise Unreadable(f"not valid YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise Unreadable("lists or mappings nested too deep to be messages") from None
    except (ValueError, AttributeError, IndexError, KeyError, TypeError) as error:
        # The library itself fails on such files.
        raise Unreadable(f"not valid YAML: {' '.join(str(error).split())}") from None


def _refuse_what_is_deep(text: str) -> None:
    """Refuses deep files before the library is called: it goes through all levels for each bracket."""
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(depth - 1, 0)
        if depth > _DEEPEST:
            raise Unreadable("lists or mappings nested too deep to be messages", found.start())


class _Reader:
    def __init__(self, file: File) -> None:
        self._file = file
        #: Each written string, with every path to it.
        self._found: dict[int, tuple[Node, list[str], dict[str, Any]]] = {}
        self._lines: list[str] | None = None
        self._dialects = ("icu",) if _OF_ICU.search(file.path) else file.dialects

    def walk(self, root: Node) -> None:
        """Collects every string of a document, without recursion and with a limit on their number."""
        left = _MOST + len(self._file.text)
        language = self._file.language
        has_roots = False
        if root is not None and root.id == "mapping":
            names = [str(key.value) for key, value in root.value if value.id == "mapping"]
            has_roots = len(names) == len(root.value) and are_roots(names, self._file.path)
        work: list[tuple[Node, str, str | None, str, tuple[int, ...]]] = (
            [(root, "", None, "?" if has_roots else "", ())] if root is not None else []
        )
        while work:
            node, path, plural, prefix, above = work.pop()
            left -= 1
            if left < 0:
                raise Unreadable("its aliases stand for more entries than anyone has written", line=1)
            if node.id == "scalar":
                self._note(node, path, plural, prefix, prefix or language)
                continue
            if id(node) in above:
                continue  # a tree that contains itself
            work += reversed(list(self._below(node, path, plural, prefix, (*above[-64:], id(node)))))

    def _below(
        self, node: Node, path: str, plural: str | None, prefix: str, above: tuple[int, ...]
    ) -> Iterator[tuple[Node, str, str | None, str, tuple[int, ...]]]:
        dot = f"{path}." if path else ""
        if node.id == "sequence":
            for number, value in enumerate(node.value):
                yield value, f"{dot}{number}", None, prefix, above
            return
        names = [str(key.value) if key.id == "scalar" else "?" for key, _ in node.value]
        are_forms = plural_of(names)
        for name, (key, value) in zip(names, node.value, strict=True):
            if prefix == "?":
                yield value, "", None, name, above
            elif key.tag == _MERGE or name == "<<":
                for merged in value.value if value.id == "sequence" else [value]:
                    yield merged, path, None, prefix, above
            else:
                yield value, dot + name, name if are_forms else None, prefix, above

    def _note(self, node: Node, path: str, plural: str | None, prefix: str, language: str | None) -> None:
        if str(node.tag) != _STRING:
            return
        keys = [path, f"{prefix}.{path}"] if prefix else [path]
        known = self._found.get(id(node))
        if known is not None:
            known[1].extend(keys)
        else:
            self._found[id(node)] = node, keys, {"language": language, "plural": plural}

    def entries(self) -> Iterator[Entry]:
        """The entries in the file's order."""
        file = self._file
        for node, keys, more in sorted(self._found.values(), key=lambda found: found[0].start_mark.index):
            text, spots, quoting = placed(file, node)
            yield file.entry(
                keys[0],
                text,
                spots,
                quoting,
                aliases=tuple(dict.fromkeys(key for key in keys if key != keys[0])),
                comments=self._comments(node),
                dialects=self._dialects,
                **more,
            )

    def _comments(self, node: Node) -> tuple[str, ...]:
        """The comments directly above a string's key, and after it on its line."""
        if "#" not in self._file.text:
            return ()
        if self._lines is None:
            self._lines = re.split(r"\r\n|\n|\r", self._file.text)
        found: list[str] = []
        line = node.start_mark.line - 1
        while line >= 0 and (comment := _COMMENT.fullmatch(self._lines[line])):
            found.append(comment[1].strip())
            line -= 1
        found.reverse()
        end = node.end_mark
        if node.style not in ("|", ">") and end.line < len(self._lines):
            behind = self._lines[end.line][end.column :]
            if comment := re.fullmatch(r"[ \t]*,?[ \t]+#[ \t]?(.*)", behind):
                found.append(comment[1].strip())
        elif node.start_mark.line < len(self._lines):
            head = self._lines[node.start_mark.line][node.start_mark.column :]
            if comment := re.fullmatch(r"[|>][^ \t#]*[ \t]+#[ \t]?(.*)", head):
                found.append(comment[1].strip())
        return tuple(found)
