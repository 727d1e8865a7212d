"""Blocks: parts of a template that are sent or not, in Jinja, ERB, Handlebars, Mustache and Go."""

from __future__ import annotations

import re
from typing import NamedTuple

from .branches import Choice, Parts
from .messages import Field, Literal
from .patterns import pieces

_TAG = re.compile(
    r"\{%(?P<j1>[-+~]?)(?P<jinja>(?:[^%{]|%(?!\})|\{(?!%))*?)(?P<j2>[-+~]?)%\}"
    r"|\{#(?![\w#]*\})(?P<note>(?:[^#{]|#(?!\})|\{(?!#))*)#\}"
    r"|<%(?!=)(?P<e1>-?)(?P<erb>(?:[^%<]|%(?!>)|<(?!%))*?)(?P<e2>-?)%>"
    r"|\{\{(?P<m1>[~-]?)\s*(?P<block>[#^/!](?:[^{}]|\}(?!\}))*?|(?:if|else|range|with|end)\b[^{}]*?)(?P<m2>[~-]?)\}\}"
)
_LOOKS = re.compile(r"\{%|<%(?!=)|\{#(?![\w#]*\})|\{\{[~-]?\s*(?:[#^/!]|(?:if|else|range|with|end)\b)")
#: A text with blocks nested deeper than this is not a message.
_DEEPEST = 30


class _Open(NamedTuple):
    """A block that is not closed yet."""

    #: "if", "loop" or "plain".
    kind: str
    #: The word that opens it, where the end repeats it: `endif`.
    word: str
    condition: str
    start: int
    branches: list[tuple[str, list[Literal | Field | Choice]]]


def has_blocks(text: str) -> bool:
    """Whether a text has signs of blocks."""
    # Most texts have no sign with which a block begins.
    return ("{" in text or "<" in text) and _LOOKS.search(text) is not None


def parsed(text: str, dialects: tuple[str, ...]) -> Parts | None:
    """The parts of a text; None where its blocks do not match."""
    stack = [_Open("plain", "", "", 0, [("", [])])]
    place, trimmed = 0, ""
    for tag in _TAG.finditer(text):
        _literal(stack[-1], text, place, tag.start(), dialects, trimmed, _left(tag))
        place, trimmed = tag.end(), _right(tag)
        kind, words = _meaning(tag)
        if kind in ("if", "loop", "plain"):
            word = (tag["jinja"] or "").strip().partition(" ")[0]
            stack.append(_Open(kind, word, words, tag.start(), [(words, [])]))
            if len(stack) > _DEEPEST:
                return None
        elif kind == "else":
            if len(stack) < 2:
                return None
            stack[-1].branches.append((words or f"not {stack[-1].condition}", []))
        elif kind == "end":
            if words and words != stack[-1].word:
                continue  # the end of an unknown block: `endmacro`
            if len(stack) < 2:
                return None
            _close(stack.pop(), stack[-1], text, tag.end())
    if len(stack) > 1:
        return None
    _literal(stack[0], text, place, len(text), dialects, trimmed, "")
    return tuple(stack[0].branches[0][1])


def _close(block: _Open, above: _Open, text: str, end: int) -> None:
    parts = above.branches[-1][1]
    if block.kind == "if":
        branches = [(label, tuple(branch)) for label, branch in block.branches]
        if len(branches) == 1 or not branches[-1][0].startswith("not "):
            branches.append((f"not {block.condition}", ()))
        parts.append(Choice(tuple(branches)))
    elif block.kind == "loop":
        # Only the values decide how often it repeats.
        written = text[block.start : end]
        parts.append(Field(block.condition, block.start, end, written, is_expression=True))
    else:
        parts.extend(block.branches[0][1])


def _literal(
    block: _Open, text: str, start: int, end: int, dialects: tuple[str, ...], left: str, right: str
) -> None:
    """The text between two tags, without the blanks that these remove."""
    if left == "-":
        while start < end and text[start].isspace():
            start += 1
    elif left == "n" and text.startswith(("\n", "\r\n"), start):
        start += 2 if text[start] == "\r" else 1
    if right == "-":
        while end > start and text[end - 1].isspace():
            end -= 1
    if start < end:
        block.branches[-1][1].extend(pieces(text, dialects, start, end))


def _left(tag: re.Match[str]) -> str:
    return "-" if (tag["j1"] or tag["m1"]) in ("-", "~") else ""


def _right(tag: re.Match[str]) -> str:
    if (tag["j2"] or tag["m2"]) in ("-", "~"):
        return "-"
    return "n" if tag["e2"] else ""


def _meaning(tag: re.Match[str]) -> tuple[str, str]:
    """The meaning of a tag: it opens "if", "loop" or "plain", is "else" or "end", or sends nothing."""
    if tag["note"] is not None:
        return "", ""
    words = " ".join((tag["jinja"] or tag["erb"] or tag["block"] or "").split())
    word, _, rest = words.partition(" ")
    if tag["jinja"] is not None:
        return _of_jinja(word, rest)
    if tag["erb"] is not None:
        return _of_erb(word, rest, words)
    if words[0] in "#^":
        helper, _, condition = words[1:].strip().partition(" ")
        if helper in ("each", "list"):
            return "loop", condition.strip()
        if helper in ("if", "unless", "with"):
            return "if", condition.strip()
        # A section of Mustache: sent if true, or once for each item of a list.
        return "if", words[1:].strip() if words[0] == "#" else f"not {words[1:].strip()}"
    if words[0] == "/" or word == "end":
        return "end", ""
    if words[0] == "!":
        return "", ""
    return {"if": "if", "with": "if", "range": "loop"}.get(word, "else"), rest.removeprefix("if ").strip()


def _of_jinja(word: str, rest: str) -> tuple[str, str]:
    if word in ("if", "unless", "ifchanged", "ifequal", "ifnotequal", "case"):
        return "if", rest
    if word in ("elif", "elsif", "elseif", "else", "empty", "when", "plural"):
        return "else", rest
    if word in ("for", "tablerow"):
        return "loop", rest
    if word in (
        "trans",
        "blocktrans",
        "blocktranslate",
        "filter",
        "with",
        "block",
        "spaceless",
        "autoescape",
        "apply",
    ):
        # Jinja's `trans` holds its text, Django's names it.
        return ("", "") if word == "trans" and rest[:1] in ("'", '"') else ("plain", rest)
    if word.startswith("end"):
        return "end", word[3:]
    return "", ""


def _of_erb(word: str, rest: str, words: str) -> tuple[str, str]:
    if word in ("if", "unless"):
        return "if", rest
    if word in ("elsif", "else", "when"):
        return "else", rest
    if word == "end" or words == "}":
        return "end", ""
    if word in ("for", "while", "until") or re.search(r"\bdo(?: \|[^|]*\|)?$|\{(?: \|[^|]*\|)?$", words):
        return "loop", words
    return ("if", rest) if word == "case" else ("", "")
