"""A profile's rules in plain words, each with its source and what is assumed."""

from __future__ import annotations

from typing import NamedTuple

from .characters import named, printable
from .response_words import RESPONSE_WORDS
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
    yield from _request(profile)
    for key, in_words in RESPONSE_WORDS.items():
        for row in profile.rule(key):
            yield _rule(key, in_words(row), row)
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


def _request(profile: Profile) -> Iterator[Rule]:
    for key, words in _REQUEST_WORDS.items():
        table = profile.rule(key)
        if table:
            yield _rule(key, words(table), table)
    for field in profile.rule("fields"):
        yield _rule(f"fields: {field['name']}", _field(field), field)
    for refused in profile.rule("refusals"):
        fault = f" ({refused['fault']})" if refused["fault"] else ""
        element = f" at {refused['element']}" if refused["element"] else ""
        said = f'{refused["problem"]}{fault} is error {refused["code"]} "{refused["message"]}"{element}'
        yield _rule("refusals", said, refused)


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


def _address(table: dict[str, Any]) -> str:
    where = {"form": "in a form", "json": "in JSON", "query": "in the address"}[table["parameters"]]
    charsets = ", ".join(f"{_ENCODINGS[key]} in {name}" for key, name in table["charset"].items())
    added = (
        "the vendor adds the mention" if table["mention"] == "vendor" else "the text has to hold the mention"
    )
    words = f"{' or '.join(table['methods'])} {table['url']}, {where}; {charsets}; {added}"
    if table["line_break"]:
        words += f'; a line break goes out as "{table["line_break"]}"'
    for name, value in table["fixed"].items():
        words += f"; {name} is always {value}"
    return f"{words}; authentication is the caller's: {table['authentication']}"


def _label(table: dict[str, Any]) -> str:
    low, high = table.get("shortest", 1), table["longest"]
    words = f"{f'{low} to ' if low > 1 else 'at most '}{high} characters: {table['expected']}"
    if table.get("numbers") == "refused":
        words += "; not a number"
    if table.get("with_replies") == "refused":
        words += "; not for a message that can be answered"
    return words


def _recipients(table: dict[str, Any]) -> str:
    most = ", ".join(f"{number} by {method}" for method, number in table["most"].items())
    words = f"{table['expected']}; at most {most}"
    if table["dedupe"]:
        words += f"; {table['dedupe']} has each billed once"
    if table["allow_malformed"]:
        words += f"; {table['allow_malformed']} lets malformed ones through, and bills them"
    return words


def _territories(table: dict[str, Any]) -> str:
    return "; ".join(f"{' '.join(counted)} count as {home}" for home, counted in table["counted_as"].items())


def _schedule(table: dict[str, Any]) -> str:
    step = f"every {table['step']} minutes" if table["step"] > 1 else "to the minute"
    return f"a later time {step}, in the zone {table['zone']}"


def _quiet_hours(table: dict[str, Any]) -> str:
    hours = f"from {table['opens']} to {table['closes']} ({table['zone']})"
    words = f"marketing to {table['country']} goes out {hours}"
    closed = [day for day in ("sundays", "holidays") if table[day]]
    return words + (f", not on {' and '.join(closed)}" if closed else "")


def _batch(table: dict[str, Any]) -> str:
    columns = ", ".join(f"{column['name']} (the {column['holds']})" for column in table["columns"])
    encodings = " and ".join(_ENCODINGS[encoding] for encoding in table["encodings"])
    ends = {"\n": "LF", "\r\n": "CRLF"}[table["line_end"]]
    most = f"at most {table['most']} rows; " if table["most"] else ""
    added = (
        "the vendor adds the mention" if table["mention"] == "vendor" else "each text has to hold its mention"
    )
    return (
        f"a file sent to {table['url']} as {table['file_field']}: {columns}, set apart by "
        f'"{table["delimiter"]}", each in quotation marks, in {table["charset"]}, lines ending in {ends}; '
        f"{encodings}; {most}{added}"
    )


def _field(field: dict[str, Any]) -> str:
    held = {"free": "yours to give", "address": "an address, yours to give", "flag": "a switch"}
    words = field["meaning"] or held.get(field["holds"], f"the {field['holds']}")
    if field["format"]:
        words += f" as {field['format']}"
    if field["when"]:
        words += "; " + ", ".join(f"{value} for {condition}" for condition, value in field["when"].items())
    return words + ("; required" if field["required"] else "")


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
_REQUEST_WORDS = {
    "request": _address,
    "sender": _label,
    "tag": _label,
    "recipients": _recipients,
    "territories": _territories,
    "schedule": _schedule,
    "quiet_hours": _quiet_hours,
    "batch": _batch,
}
