"""The content of a vendor's answer in plain types, for every format, and its values by path.

JSON and XML become dicts and tuples, separated columns and plain text a dict. Numbers that are not whole are
Decimals, never binary fractions. XML from outside is parsed by defusedxml (extra `requests`),
which is imported when an answer is XML: no document type, no entities of its own, and no fetches.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from septet.wording.extras import Needed
from septet.wording.frozen import FrozenDict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any
    from xml.etree.ElementTree import Element


class Content(FrozenDict):
    """The names and values of an answer, or of a part of one."""

    refusal = "the content of an answer does not change"


class UnreadableAnswer(Exception):  # noqa: N818  # said to no one but the reader of answers
    """An answer that begins like a format but is not valid in it; says why."""


def text_of(body: bytes, charsets: Sequence[str]) -> str:
    """The answer as text, in the first charset that can decode it, without white space around it."""
    for charset in charsets:
        try:
            return body.decode(charset).removeprefix("\ufeff").strip()
        except UnicodeDecodeError:
            continue
    raise UnreadableAnswer(f"expected text in {' or '.join(charset.upper() for charset in charsets)}")


def content_of(text: str, answer: dict[str, Any]) -> Content | None:
    """The content, if the text is in the format of this documented answer; otherwise None.

    Raises UnreadableAnswer for a text that begins like JSON or XML but is not valid.
    """
    if answer["format"] == "json":
        return _of_json(text) if text.startswith("{") else None
    if answer["format"] == "xml":
        return _of_xml(text, answer["root"]) if text.startswith("<") else None
    if answer["format"] == "text":
        return _of_text(text, answer["pattern"])
    return _of_columns(text, answer["separator"], answer["columns"])


def _of_json(text: str) -> Content:
    try:
        found = json.loads(
            text,
            object_pairs_hook=_of_pairs,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_no_constant,
        )
        return _frozen(found)  # type: ignore[no-any-return]
    except json.JSONDecodeError as error:
        raise UnreadableAnswer(f"expected JSON: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise UnreadableAnswer("expected JSON of few levels") from None


def _of_pairs(pairs: list[tuple[str, Any]]) -> Content:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnreadableAnswer("expected JSON in which no name stands twice")
    return Content(found)


# No identifier, figure or amount has more digits; reading one of millions would take minutes.
_MOST_DIGITS = 100


def _integer(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise UnreadableAnswer("expected JSON with numbers of at most 100 digits")
    return int(text)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent with too many digits
        number = Decimal("NaN")
    if not number.is_finite() or max(len(text), abs(number.adjusted())) > _MOST_DIGITS:
        raise UnreadableAnswer("expected JSON with numbers of at most 100 digits")
    return number


def _no_constant(text: str) -> None:
    raise UnreadableAnswer(f"expected JSON, which knows no {text}")


def _frozen(value: Any) -> Any:
    """Lists as tuples, at all levels; dicts are frozen when they are read."""
    if isinstance(value, Content):
        return Content({key: _frozen(one) for key, one in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(one) for one in value)
    return value


# Ampersands that do not begin a reference that XML knows without a document type.
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")


def _of_xml(text: str, root: str) -> Content | None:
    parse, malformed, refused = _xml_parser()
    try:
        try:
            element = parse(text)
        except malformed as error:
            # A vendor may quote the request with unescaped ampersands: text=test&sendername=…
            tolerant = _BARE_AMPERSAND.sub("&amp;", text)
            if tolerant == text:
                raise UnreadableAnswer(f"expected XML <{root}>: {error}") from None
            element = parse(tolerant)
        if _name(element) != root:
            return None
        content = _of_element(element)
    except malformed as error:
        raise UnreadableAnswer(f"expected XML <{root}>: {error}") from None
    except refused:
        raise UnreadableAnswer(f"expected XML <{root}> without a document type") from None
    except RecursionError:
        raise UnreadableAnswer(f"expected XML <{root}> of few levels") from None
    return content if isinstance(content, Content) else None


def _of_element(element: Element) -> Content | str:
    """The text of an element, or its children by name; several of one name are in a tuple."""
    if not len(element):
        return (element.text or "").strip()
    children: dict[str, list[Any]] = {}
    for child in element:
        children.setdefault(_name(child), []).append(_of_element(child))
    return Content({name: found[0] if len(found) == 1 else tuple(found) for name, found in children.items()})


def _name(element: Element) -> str:
    """The name of an element without its namespace, which does not matter here."""
    return element.tag.rpartition("}")[2]


def _xml_parser() -> tuple[Any, type[Exception], type[Exception]]:
    """The parser of XML, and its errors for XML that is not well formed, and for XML that is refused."""
    with Needed("reading an answer in XML", "requests", "defusedxml"):
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import ParseError, fromstring
    return lambda text: fromstring(text, forbid_dtd=True), ParseError, DefusedXmlException


# Answers in words are shorter.
_LONGEST_TEXT = 1000


def _of_text(text: str, pattern: str) -> Content | None:
    found = re.fullmatch(pattern, text) if len(text) <= _LONGEST_TEXT else None
    return None if found is None else Content(found.groupdict(default=""))


def _of_columns(text: str, separator: str, columns: list[str]) -> Content | None:
    if len(text.splitlines()) != 1:
        return None
    cells = [cell.strip() for cell in text.split(separator)]
    while cells and cells[-1] == "":
        cells.pop()
    if not 0 < len(cells) <= len(columns):
        return None
    return Content(zip(columns, cells, strict=False))


@lru_cache(maxsize=256)
def _steps(path: str) -> tuple[tuple[str, int | None], ...]:
    """A path as names and places: ``entry[3]/entry`` is (("entry", 3), ("entry", None))."""
    found = (step.removesuffix("]").partition("[") for step in path.split("/"))
    return tuple((name, int(place) if place else None) for name, _, place in found)


def at(content: Content, path: str) -> Any:
    """The value at a path; None if there is none, or null."""
    found: Any = content
    for name, place in _steps(path):
        if not isinstance(found, Content):
            return None
        found = found.get(name)
        if place is not None:
            several = found if isinstance(found, tuple) else (found,)
            found = several[place - 1] if place <= len(several) else None
    return found


def listed(content: Content, path: str) -> tuple[Any, ...]:
    """The items of the list at a path; in XML a list of one item looks like the item."""
    found = at(content, path)
    if found is None or found == "":
        return ()
    return found if isinstance(found, tuple) else (found,)


def plain(value: Any) -> Any:
    """Content in plain JSON types; a Decimal as its digits."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
