"""A profile's rules in plain words, each with its source and what is assumed."""

from __future__ import annotations

from typing import NamedTuple

from .characters import named, printable
from .segmentation import ENCODING_NAMES, capacity, header_octets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .vendors import Profile


class Rule(NamedTuple):
    """One rule of a profile, for people to read."""

    #: The table of the vendor file that it stands in.
    key: str
    text: str
    source: str
    assumed: bool
    #: Why it is assumed; empty where the source says it.
    why: str


def describe(profile: Profile) -> tuple[Rule, ...]:
    """Every rule of a profile."""
    return tuple(_rules(profile))


def _rules(profile: Profile) -> Iterator[Rule]:
    for key, words in _WORDS.items():
        table = profile.rule(key)
        if table:
            yield _rule(key, words(table), table)
    for group in profile.rule("substitutions"):
        rows = ", ".join(f"{_visible(source)} → {_visible(target)}" for source, target in group["rows"])
        yield _rule("substitutions", f"replaced in GSM-7: {rows}", group)
    for tag in profile.rule("tags"):
        yield _rule("tags", f'"{tag["text"]}" in a text is a tag of the vendor: {tag["meaning"]}', tag)
    for merge in profile.rule("merge_fields"):
        stands = f"stands for the column {printable(merge['field'])} in a template"
        yield _rule("merge_fields", f'"{printable(merge["text"])}" {stands}', merge)
    yield from _optout(profile.rule("optout"))
    for reading in profile.rule("readings"):
        yield _rule(reading["rule"], reading["taken"], reading)


def _optout(rule: dict[str, Any]) -> Iterator[Rule]:
    kinds = (
        f"{kind} messages: {rule[kind]['default']} (possible: {', '.join(rule[kind]['offered'])})"
        for kind in ("transactional", "commercial")
    )
    yield _rule("optout", f"mention set apart by {_visible(rule['separator'])}; " + "; ".join(kinds), rule)
    for encoding, table in rule["if_free"].items():
        if "text_units" in table:
            words = f"up to {table['text_units']} units of text"
        else:
            words = f"text and mention in {table['segments']} segment"
        yield _rule("optout.if_free", f"{_ENCODINGS[encoding]}: {words}", table)
    for mention in rule["mentions"]:
        where = ", ".join(mention["countries"]) or "every country" + (
            " that has none of its own" if len(rule["mentions"]) > 1 else ""
        )
        unspecified = "; it stands for a text that is not published" if mention["unspecified"] else ""
        yield _rule("optout.mentions", f'"{printable(mention["text"])}" for {where}{unspecified}', mention)


def _rule(key: str, text: str, table: dict[str, Any]) -> Rule:
    return Rule(key, text, table["source"], table["assumed"], table["why"])


_ENCODINGS = {"auto": "automatic", **ENCODING_NAMES}
_BASES = {"default": "GSM 03.38 default alphabet and extension table"}


def _alphabet(table: dict[str, Any]) -> str:
    words = _BASES[table["base"]]
    for key, verb in (("add", "and"), ("remove", "without")):
        if table[key]:
            words += f", {verb} " + " ".join(map(_visible, table[key]))
    return words


def _encodings(table: dict[str, Any]) -> str:
    offered = ", ".join(_ENCODINGS[word] for word in table["offered"])
    return f"{_ENCODINGS[table['default']]} by default; possible: {offered}"


def _unknown(table: dict[str, Any]) -> str:
    known = "the vendor documents it" if table["reason"] == "lossy" else "the vendor does not say so"
    return f'a character outside the alphabet is shown as "{table["shown"]}" in GSM-7 ({known})'


def _languages(table: dict[str, Any]) -> str:
    offered = " ".join(table["offered"])
    return f"national language tables, where asked for: {offered or 'none'}"


def _counting(table: dict[str, Any]) -> str:
    if table["by"] == "segments":
        return "each transmitted segment is billed"
    return "billed by units: the capacity of one segment, then of each of several"


def _segments(table: dict[str, Any]) -> str:
    sizes = "; ".join(
        f"{_ENCODINGS[encoding]} {capacity(encoding)} units alone, "
        f"{capacity(encoding, header_octets(table['reference']))} in each of several"
        for encoding in ("gsm7", "ucs2")
    )
    clusters = "kept whole" if table["grapheme_clusters"] == "whole" else "cut where a segment is full"
    return f"{sizes}; grapheme clusters are {clusters}"


def _limit(table: dict[str, Any]) -> str:
    default = "" if table["default"] is None else f"{table['default']} by default, "
    longer = "cut" if table["truncate"] else "refused"
    words = f"{default}{table['ceiling']} segments at most; longer is {longer}"
    if table["vendor_code"]:
        words += f', the vendor\'s error {table["vendor_code"]} "{table["vendor_message"]}"'
    return words


def _line_breaks(table: dict[str, Any]) -> str:
    return f"a line break (CRLF, LF or CR) counts {table['units']}"


def _ucs2(table: dict[str, Any]) -> str:
    return str(table["account_option"])


def _unsubscription(table: dict[str, Any]) -> str:
    many = table["billed_segments"]
    return f"each recipient who unsubscribes costs {many} segment{'s' if many != 1 else ''}"


def _visible(characters: str) -> str:
    """Characters as a reader sees them; white space and controls by their names."""
    if not characters:
        return "nothing"
    if characters == " ":
        return "a space"
    if characters == "\n":
        return "a line break"
    return characters if characters.isprintable() else " ".join(map(named, characters))


_WORDS = {
    "alphabet": _alphabet,
    "encodings": _encodings,
    "ucs2": _ucs2,
    "unknown_character": _unknown,
    "line_breaks": _line_breaks,
    "languages": _languages,
    "counting": _counting,
    "segments": _segments,
    "limit": _limit,
    "unsubscription": _unsubscription,
}
