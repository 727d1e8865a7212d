"""Selection: which entries are SMS, and which of their findings are not reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .configs import Config
from .entries import Entry
from .globs import any_matches, matches
from .rules import RULES

#: The separator of keys that are paths; formats whose keys are texts or names have none.
_DOTTED = frozenset({"yaml", "json", "laravel", "toml", "properties", "arb", "csv", "fluent"})
# In a comment beside an entry: `septet: sms` makes it an SMS, `septet: ignore` leaves out its findings, all
# or those of the named rules.
_MARK = re.compile(r"\bseptet:\s*(?P<what>sms|ignore)\b[ \t]*(?P<rules>[a-z, \t-]*)")
_WORD = re.compile(r"[\w-]+")


def may_leave_out(config: Config) -> bool:
    """Whether a configuration excludes any entries as not SMS."""
    return bool(config.keys or config.references or config.contexts or config.exclude)


def is_sms(entry: Entry, config: Config) -> bool:
    """Whether an entry is an SMS, by the configuration and by the comments beside the entry."""
    chooses = bool(config.keys or config.references or config.contexts)
    if not may_leave_out(config):
        return True
    names = list(names_of(entry))
    separator = separator_of(entry)
    if any_matches(config.exclude, names, separator):
        return False
    if not chooses or any(mark["what"] == "sms" for mark in _marks(entry)):
        return True
    return (
        any_matches(config.keys, names, separator)
        or any_matches(config.references, entry.references)
        or any(_is_said_in(pattern, text) for pattern in config.contexts for text in _contexts(entry))
    )


def names_of(entry: Entry) -> Iterator[str]:
    """The names that patterns of keys are compared with: the keys, also without the language at their
    beginning."""
    for key in (entry.key, *entry.other_keys):
        yield key
        context, bar, msgid = key.partition("|")
        if bar and context in entry.contexts:
            yield from (context, msgid)
        if entry.language and key.startswith(f"{entry.language}."):
            yield key[len(entry.language) + 1 :]


def separator_of(entry: Entry) -> str:
    """The separator of the keys in an entry's format; empty where they are names or texts."""
    is_path = entry.format in _DOTTED and not any(map(str.isspace, entry.key))
    return "." if is_path else ""


def ignored_by(entry: Entry, config: Config) -> frozenset[str]:
    """The rules that are not checked for an entry."""
    marks = _marks(entry)
    if not (marks or config.per_file_ignores):
        return config.ignore
    found = set(config.ignore)
    path = entry.path.replace("\\", "/")
    for glob, rules in config.per_file_ignores.items():
        if is_of_files(glob, path):
            found |= rules
    for mark in marks:
        if mark["what"] == "ignore":
            named = set(_WORD.findall(mark["rules"]))
            found |= named if named else set(RULES)
    return frozenset(found)


def is_of_files(glob: str, path: str) -> bool:
    """Whether a pattern of files matches a path, or the end of it that begins with a name."""
    return matches(glob, path, "/") or matches(f"**/{glob}", path, "/")


def unknown_marks(entry: Entry) -> Iterator[str]:
    """The names beside an entry that are to be ignored and are not rules."""
    for mark in _marks(entry):
        if mark["what"] == "ignore":
            yield from (name for name in _WORD.findall(mark["rules"]) if name not in RULES)


def _marks(entry: Entry) -> list[re.Match[str]]:
    return [mark for comment in entry.comments if "septet:" in comment for mark in _MARK.finditer(comment)]


def _contexts(entry: Entry) -> Iterable[str]:
    for text in (*entry.contexts, *entry.comments):
        yield text
        yield from text.splitlines()[1:] or ()


def _is_said_in(pattern: str, text: str) -> bool:
    """Whether a pattern matches a context or a comment, or is a word of it; in any case of letters."""
    pattern, text = pattern.lower(), text.strip().lower()
    if matches(pattern, text):
        return True
    return not ("*" in pattern or "?" in pattern) and pattern in _WORD.findall(text)
