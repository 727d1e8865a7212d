"""Checks of the texts that a vendor adds to a message: prefix, suffix, opt-out mentions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from septet.gsm.characters import holds_invalid

Note = Callable[..., None]


def check_added_texts(rules: dict[str, Any], held: set[str], note: Note) -> None:
    """Calls `note` for each faulty key with what was expected and what was found.

    `held` are the characters of the alphabet. A text with another one needs UCS-2.
    """
    wide = "ucs2" in rules["encodings"]["offered"]
    seen: set[str] = set()
    for place, mention in enumerate(rules["optout"]["mentions"]):
        countries = set(mention["countries"] or [""])
        if seen & countries:
            which = min(seen & countries) or "every other country"
            note(f"optout.mentions[{place}].countries", "countries that no other mention has", which)
        seen |= countries
        if not any(_is_found(pattern, mention) for pattern in mention["patterns"]):
            key, expected = f"optout.mentions[{place}].patterns", "one that finds the mention's own text"
            note(key, expected, mention["text"])
    for place, mention in enumerate(rules["optout"]["mentions"]):
        _check(f"optout.mentions[{place}].text", mention["text"], rules, held, wide=wide, note=note)
    for key in ("prefix", "suffix"):
        table = rules[key]
        if table is None:
            continue
        if table["text"] is None and table["field"] is None:
            note(f"{key}.text", "a text, or the field that a sender gives it in as field")
        for part in ("text", "separator"):
            _check(f"{key}.{part}", table[part] or "", rules, held, wide=wide, note=note)
        if table["longest"] is not None and len(table["text"] or "") > table["longest"]:
            note(f"{key}.text", f"at most {table['longest']} characters, as longest says", table["text"])


def _is_found(pattern: str, mention: dict[str, Any]) -> bool:
    """Whether a pattern finds the mention's text: any white space, ``#`` for a digit, mostly in any case."""
    words = ("".join("[0-9]" if c == "#" else re.escape(c) for c in word) for word in pattern.split())
    flags = re.IGNORECASE if mention["case"] == "any" else re.NOFLAG
    return re.search(r"\s*".join(words), mention["text"], flags) is not None


def _check(key: str, text: str, rules: dict[str, Any], held: set[str], *, wide: bool, note: Note) -> None:
    if not set(text) <= held and not wide:
        note(key, "characters of the alphabet, as UCS-2 is not offered", text)
    if holds_invalid(text):
        note(key, "characters that can be sent", text)
    sources = {row[0] for group in rules["substitutions"] for row in group["rows"]}
    if changed := sources.intersection(text):
        note(key, f"the text as the phone shows it: substitutions replace {min(changed)!a}", text)
