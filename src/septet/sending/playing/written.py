"""Written answers: a documented one with other values, in the layout of the document's example.

An answer that holds the values of the example is that example, octet for octet.
"""

from __future__ import annotations

import copy
import json
import re
from decimal import Decimal

from septet.vendors.format.answers import paths_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol
    from xml.etree.ElementTree import Element

    class Written(Protocol):
        """An answer, or one element of a list in it, whose values can be put."""

        def get(self, path: str) -> Any:
            """The value at a path; None where there is none."""

        def put(self, path: str, value: Any) -> None:
            """Puts a value there, of the type in the example."""

        def drop(self, path: str) -> None:
            """Removes the value there."""

        def elements(self, path: str) -> list[Any]:
            """The elements of the list there, each written by itself; none where there is no list."""

        def put_elements(self, path: str, elements: list[Any]) -> None:
            """Puts a list there."""

        def new(self) -> Any:
            """An element without values."""

        def text(self) -> str:
            """The whole answer."""


_STEP = re.compile(r"([^/\[\]]+)(?:\[([0-9]+)\])?")


def _steps(path: str) -> list[tuple[str, int | None]]:
    return [(name, int(place) if place else None) for name, place in _STEP.findall(path)]


def written(answer: dict[str, Any]) -> Written:
    """A documented answer as in its example; without an example, with the values that identify it."""
    example = answer["example"]
    made: Written
    if answer["format"] == "json":
        made = JsonAnswer(json.loads(example, parse_float=Decimal) if example else {}, example)
    elif answer["format"] == "xml":
        made = XmlAnswer.of(example or f"<{answer['root']}></{answer['root']}>")
    elif answer["format"] == "text":
        made = TextAnswer(re.compile(answer["pattern"]), example or "")
    else:
        made = SeparatedAnswer(answer, example)
    for path, values in answer["when"].items():
        listed = values if isinstance(values, list) else [values]
        if made.get(path) not in listed:
            made.put(path, listed[0])
    return made


def put_first(made: Written, paths: Any, value: Any) -> None:
    """Puts a value at the first of some paths that the example has, or else at the first."""
    known = paths_of(paths)
    if known:
        made.put(next((path for path in known if made.get(path) is not None), known[0]), value)


class JsonAnswer:
    """An answer in JSON."""

    def __init__(self, content: Any, example: str | None = None) -> None:
        self._content = content
        self._example = example
        self._as_documented = copy.deepcopy(content)

    def get(self, path: str) -> Any:
        found = self._content
        for name, place in _steps(path):
            found = found.get(name) if isinstance(found, dict) else None
            if place is not None:
                found = found[place - 1] if isinstance(found, list) and len(found) >= place else None
        return found

    def put(self, path: str, value: Any) -> None:
        table, name = self._above(path)
        old = table[name] if isinstance(table, list) else table.get(name)
        table[name] = _alike(old, value)

    def drop(self, path: str) -> None:
        if self.get(path) is None:
            return
        table, name = self._above(path)
        del table[name]

    def _above(self, path: str) -> tuple[Any, Any]:
        """The container of the last step of a path, created where missing, and the key of that step."""
        *above, (last, last_place) = _steps(path)
        found = self._content
        for name, place in above:
            found = found.setdefault(name, {} if place is None else [])
            if place is not None:
                found.extend({} for _ in range(place - len(found)))
                found = found[place - 1]
        if last_place is None:
            return found, last
        listed = found.setdefault(last, [])
        listed.extend(None for _ in range(last_place - len(listed)))
        return listed, last_place - 1

    def elements(self, path: str) -> list[JsonAnswer]:
        found = self.get(path)
        return [JsonAnswer(copy.deepcopy(one)) for one in found] if isinstance(found, list) else []

    def put_elements(self, path: str, elements: list[JsonAnswer]) -> None:
        table, name = self._above(path)
        before = table.get(name)
        table[name] = [one._content for one in elements]
        # The count of the list is beside it.
        for beside, figure in table.items():
            if "count" in beside and isinstance(before, list) and str(figure) == str(len(before)):
                table[beside] = _alike(figure, len(elements))

    def new(self) -> JsonAnswer:
        return JsonAnswer({})

    def text(self) -> str:
        if self._example and self._content == self._as_documented:
            return self._example
        indent = 2 if self._example and "\n" in self._example else None
        return json.dumps(self._content, default=float, indent=indent)


def _alike(old: Any, value: Any) -> Any:
    """A value in its JSON type in the example: a number may be a text there."""
    if isinstance(old, str) and not isinstance(value, str):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(old, int) and not isinstance(old, bool) and isinstance(value, str) and value.isdecimal():
        return int(value)
    return value


class XmlAnswer:
    """An answer in XML, with the blanks between its elements as in the example."""

    def __init__(self, element: Element, head: str = "", example: str = "", *, bare: bool = False) -> None:
        self._element = element
        self._head = head
        self._example = example
        #: Whether this vendor leaves ampersands unescaped.
        self._bare = bare
        self._as_documented = self._serialized() if example else ""

    @classmethod
    def of(cls, example: str) -> XmlAnswer:
        from xml.etree.ElementTree import ParseError, fromstring

        head = example[: re.search(r"<(?![?!])", example).start()]  # type: ignore[union-attr]
        body = example[len(head) :]
        try:
            return cls(fromstring(body), head, example)
        except ParseError:
            return cls(fromstring(body.replace("&", "&amp;")), head, example, bare=True)

    def get(self, path: str) -> Any:
        found = self._at(path)
        return None if found is None else (found.text or "").strip()

    def _at(self, path: str) -> Element | None:
        found: Element | None = self._element
        for name, place in _steps(path):
            if found is None:
                return None
            of_name = [one for one in found if _local(one) == name]
            found = of_name[(place or 1) - 1] if len(of_name) >= (place or 1) else None
        return found

    def put(self, path: str, value: Any) -> None:
        element = self._made(path)
        held = element.text or ""
        stripped = held.strip()
        before, behind = held.split(stripped, 1) if stripped else ("", "")
        text = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
        words = text or (format(value, "f") if isinstance(value, Decimal) else str(value))
        for child in list(element):
            element.remove(child)
        element.text = before + words + behind

    def _made(self, path: str) -> Element:
        from xml.etree.ElementTree import SubElement

        found = self._element
        for name, place in _steps(path):
            while len(of_name := [one for one in found if _local(one) == name]) < (place or 1):
                SubElement(found, name)
            found = of_name[(place or 1) - 1]
        return found

    def drop(self, path: str) -> None:
        parent, _, _ = path.rpartition("/")
        above, found = (self._at(parent) if parent else self._element), self._at(path)
        if above is not None and found is not None:
            above.remove(found)

    def elements(self, path: str) -> list[XmlAnswer]:
        parent, _, name = path.rpartition("/")
        above = self._at(parent) if parent else self._element
        if above is None:
            return []
        return [XmlAnswer(copy.deepcopy(one)) for one in above if _local(one) == name]

    def put_elements(self, path: str, elements: list[XmlAnswer]) -> None:
        parent, _, name = path.rpartition("/")
        above = self._made(parent) if parent else self._element
        before = [one for one in above if _local(one) == name]
        for one in before:
            above.remove(one)
        for each in elements:
            each._element.tag = before[0].tag if before else name
            above.append(each._element)
        for attribute, figure in above.attrib.items():
            if "count" in attribute and figure == str(len(before)):
                above.set(attribute, str(len(elements)))

    def new(self) -> XmlAnswer:
        from xml.etree.ElementTree import Element

        return XmlAnswer(Element("element"))

    def text(self) -> str:
        serialized = self._serialized()
        return self._example if self._example and serialized == self._as_documented else serialized

    def _serialized(self) -> str:
        from xml.etree.ElementTree import register_namespace, tostring

        namespace = self._element.tag.partition("}")[0].strip("{") if "}" in self._element.tag else ""
        if namespace:
            register_namespace("", namespace)
        text = tostring(self._element, encoding="unicode", short_empty_elements=False)
        return self._head + (text.replace("&amp;", "&") if self._bare else text)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


class SeparatedAnswer:
    """An answer of columns."""

    def __init__(self, answer: dict[str, Any], example: str | None) -> None:
        self._columns: list[str] = answer["columns"]
        self._separator: str = answer["separator"]
        cells = example.split(self._separator) if example else []
        self._cells = dict(zip(self._columns, (cell.strip() for cell in cells), strict=False))
        #: Whether there is a blank on both sides of the separator.
        self._spaced = example is None or f" {self._separator} " in example

    def get(self, path: str) -> Any:
        return self._cells.get(path)

    def put(self, path: str, value: Any) -> None:
        self._cells[path] = " ".join(str(value).replace(self._separator, " ").split())

    def drop(self, path: str) -> None:
        self._cells.pop(path, None)

    def elements(self, path: str) -> list[Any]:  # columns hold no list
        return []

    def put_elements(self, path: str, elements: list[Any]) -> None:
        """Columns hold no list."""

    def new(self) -> SeparatedAnswer:
        return self

    def text(self) -> str:
        joint = f" {self._separator} " if self._spaced else self._separator
        last = max((place for place, name in enumerate(self._columns) if name in self._cells), default=-1)
        return joint.join(self._cells.get(name, "") for name in self._columns[: last + 1])


class TextAnswer:
    """An answer in plain text: the example, with the values that its pattern finds there."""

    def __init__(self, pattern: re.Pattern[str], example: str) -> None:
        self._example = example
        found = pattern.fullmatch(example)
        self._spans = {name: found.span(name) for name in pattern.groupindex} if found else {}
        self._values = {name: example[slice(*span)] for name, span in self._spans.items()}

    def get(self, path: str) -> Any:
        return self._values.get(path)

    def put(self, path: str, value: Any) -> None:
        self._values[path] = str(value)

    def drop(self, path: str) -> None:
        self._values.pop(path, None)

    def elements(self, path: str) -> list[Any]:  # plain text holds no list
        return []

    def put_elements(self, path: str, elements: list[Any]) -> None:
        """Plain text holds no list."""

    def new(self) -> TextAnswer:
        return self

    def text(self) -> str:
        if not self._spans:
            return " ".join(self._values.values())
        text = self._example
        # From its end, so that the places before it stay.
        for name, (start, end) in sorted(self._spans.items(), key=lambda item: item[1], reverse=True):
            text = text[:start] + self._values.get(name, "") + text[end:]
        return text
