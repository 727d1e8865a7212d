"""Rewriting: how a text is written in a file of its format, where a part of it is replaced.

A text that would be read differently from what is intended is left unchanged: `written_as` then gives None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from .placeholders.dialects import is_single_expression, message
from .placeholders.message_format import JAVA

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_BLANKS = " \t\r\n\f"
#: The signs that begin anything but a plain scalar of YAML:
#: https://yaml.org/spec/1.2.2/#53-indicator-characters
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`= <~"
#: Words that YAML's readers do not take for a text.
_WORDS = frozenset({"", "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf"})


def written_as(
    quoting: str,
    dialects: tuple[str, ...],
    text: str,
    start: int,
    end: int,
    new: str,
    source: str,
    first: int,
    last: int,
) -> str | None:
    """The spelling in the file of `new`, which replaces `text[start:end]` and so `source[first:last]`."""
    result = text[:start] + new + text[end:]
    if not result or any("\ud800" <= character <= "\udfff" for character in new):
        return None
    if quoting != "plain" and re.search(r"[\r\n]", source[first:last]):
        return None  # a line end there has the file's own form
    said = in_dialect(dialects, text, new)
    before, after = message(text, dialects), message(text[:start] + said + text[end:], dialects)
    if [field.written for field in before.fields] != [field.written for field in after.fields]:
        return None  # it would make or break a placeholder
    if len(after.flaws) > len(before.flaws):
        return None
    style, _, detail = quoting.partition(":")
    if style.startswith("csv-") and style != "csv-quoted":
        style, detail = "csv", style[4:]
    if style in _TRIMMED and not _keeps_its_blanks(said, source, first, last, start == 0, end == len(text)):
        return None
    if (
        style == "yaml-block"
        and source[first:last].isspace()
        and not source[_line(source, first) : first].strip()
    ):
        return None  # lines with more indentation are folded differently
    if style == "yaml-plain" and not _stays_plain(said, result, start):
        return None
    if style == "python":
        return _in_python(said, detail)
    if style == "csv":
        return None if re.search(r"[\"\r\n]", said) or detail in said else said
    write = _STYLES.get(style)
    return None if write is None else write(said, source, first, last)


def in_dialect(dialects: tuple[str, ...], text: str, new: str) -> str:
    """Escapes the characters that are special to the language around a text.

    An apostrophe of MessageFormat is written twice, since a single one is not sent where something is
    filled in; within an expression a quotation mark would end its string.
    """
    if re.search(r"[\"'\\]", new) and is_single_expression(text, dialects):
        return re.sub(r"[\"'\\]", lambda sign: "\\" + sign[0], new)
    if ("icu" in dialects and "flutter" not in dialects) or ("java" in dialects and JAVA.search(text)):
        return new.replace("'", "''")
    return new


def _keeps_its_blanks(new: str, source: str, first: int, last: int, at_start: bool, at_end: bool) -> bool:
    """Whether no blank gets to the end or the beginning of a line, where the format removes it."""
    left = at_start or source[first - 1 : first] in ("", *_BLANKS)
    right = at_end or source[last : last + 1] in ("", *_BLANKS)
    if not new:
        return not (left and right)
    return not (left and new[0] in _BLANKS) and not (right and new[-1] in _BLANKS)


def _line(source: str, place: int) -> int:
    """The beginning of the line of a place."""
    return max(source.rfind("\n", 0, place), source.rfind("\r", 0, place)) + 1


def _stays_plain(new: str, result: str, start: int) -> bool:
    if re.search(r"[:#,\[\]{}]", new) or (start == 0 and result[0] in _INDICATORS):
        return False
    return result.casefold() not in _WORDS and re.search(r"[^\W\d_]", result) is not None


def _escaped(signs: str, *, letters: bool) -> Callable[[str, str, int, int], str | None]:
    """Puts backslashes before some signs; line ends become letters, or make it impossible."""

    def write(new: str, source: str, first: int, last: int) -> str | None:
        found = re.sub(f"[{re.escape(signs)}]", lambda sign: "\\" + sign[0], new)
        if letters:
            found = found.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
        return None if _CONTROL.search(found) else found

    return write


def _as_it_stands(new: str, source: str, first: int, last: int) -> str | None:
    return None if _CONTROL.search(new) else new


def _plain_file(new: str, source: str, first: int, last: int) -> str | None:
    return new


def _without(sign: str) -> Callable[[str, str, int, int], str | None]:
    def write(new: str, source: str, first: int, last: int) -> str | None:
        return None if sign in new or _CONTROL.search(new) else new

    return write


def _doubled(sign: str) -> Callable[[str, str, int, int], str | None]:
    def write(new: str, source: str, first: int, last: int) -> str | None:
        return None if _CONTROL.search(new) else new.replace(sign, sign * 2)

    return write


def _json(new: str, source: str, first: int, last: int) -> str | None:
    # A file that is all ASCII stays so.
    return json.dumps(new, ensure_ascii=source.startswith("\\u", first))[1:-1]


def _xml(new: str, source: str, first: int, last: int) -> str | None:
    if _CONTROL.search(new.replace("\n", "")):
        return None
    if re.search("[&<>]", new):
        if source.rfind("<![CDATA[", 0, first) > source.rfind("]]>", 0, first):
            return None if "]" in new or ">" in new else new
        new = new.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return new


def _android(new: str, source: str, first: int, last: int) -> str | None:
    found = re.sub(r"[\\'\"]", lambda sign: "\\" + sign[0], new).replace("\n", "\\n").replace("\t", "\\t")
    beside = source[first - 1 : first], source[last : last + 1]
    if new[:1] in ("@", "?"):
        found = "\\" + found
    # A blank beside another, or beside a tag, may be removed: written as its number, it stays.
    if (
        not new
        and beside[0] in (" ", ">", "\n", "\r", "\t", '"')
        and beside[1] in (" ", "<", "\n", "\r", "\t")
    ):
        return None
    if found.startswith(" ") and beside[0] in (" ", ">", "[", "\n", "\r", "\t", '"'):
        found = "\\u0020" + found[1:]
    if found.endswith(" ") and beside[1] in (" ", "<", "]", "\n", "\r", "\t", '"'):
        found = found[:-1] + "\\u0020"
    return None if "  " in found else _xml(found, source, first, last)


def _properties(new: str, source: str, first: int, last: int) -> str | None:
    found = new.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    if _CONTROL.search(found):
        return None
    if found.startswith(" ") and source[first - 1 : first] in ("=", ":", " ", "\t", "\n", "\r"):
        found = "\\" + found
    if not new and source[last : last + 1] in (" ", "\t") and source[first - 1 : first] in "=: \t\n\r":
        return None
    if source.startswith("\\u", first):
        found = "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in found)
    return found


def _fluent(new: str, source: str, first: int, last: int) -> str | None:
    if re.search(r"[{}]", new) or _CONTROL.search(new):
        return None
    line = source[_line(source, first) : first]
    following = new[:1] or source[last : last + 1]
    return None if following in "[*." and not line.strip() else new


def _in_python(new: str, opening: str) -> str | None:
    """A literal with this opening: its prefix and its quotation marks."""
    quote = opening.lstrip("abcdefghijklmnopqrstuvwxyz")
    prefix = opening[: len(opening) - len(quote)]
    if "f" in prefix and re.search(r"[{}]", new):
        return None
    if "r" in prefix:
        return None if re.search(r"[\\'\"]", new) or _CONTROL.search(new) else new
    if "b" in prefix:
        return None
    found = re.sub(rf"[\\{quote[0]}]", lambda sign: "\\" + sign[0], new)
    found = found.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return None if _CONTROL.search(found) else found


#: Formats that remove blanks at the ends of lines, or join lines.
_TRIMMED = frozenset(
    {
        *("yaml-plain", "yaml-single", "yaml-double", "yaml-block", "fluent", "csv", "toml-lines"),
        *("php-heredoc", "php-nowdoc"),
    }
)
_STYLES: dict[str, Callable[[str, str, int, int], str | None]] = {
    "gettext": _escaped('\\"', letters=True),
    "json": _json,
    "yaml-plain": _as_it_stands,
    "yaml-single": _doubled("'"),
    "yaml-double": _escaped('\\"', letters=True),
    "yaml-block": _as_it_stands,
    "php-single": _escaped("\\'", letters=False),
    "php-double": _escaped('\\"$', letters=True),
    "php-heredoc": _escaped("\\$", letters=True),
    "php-nowdoc": _as_it_stands,
    "android": _android,
    "android-quoted": _android,
    "xml": _xml,
    "apple": _escaped('\\"', letters=True),
    "properties": _properties,
    "fluent": _fluent,
    "toml-basic": _escaped('\\"', letters=True),
    "toml-literal": _without("'"),
    "toml-lines": _escaped('\\"', letters=True),
    "toml-raw-lines": _without("'"),
    "csv-quoted": _doubled('"'),
    "plain": _plain_file,
}
