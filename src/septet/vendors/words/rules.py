"""A vendor's rules in plain words, each with its source and what is assumed."""

from __future__ import annotations

from typing import NamedTuple

from septet.gsm.segmentation import ENCODING_NAMES, capacity, header_octets
from septet.vendors.policies import ALL_OR_NOTHING, ALWAYS, IF_IT_SAVES, IN_GSM7, policy_of
from septet.wording.quoting import named, printable

from .answers import RESPONSE_WORDS
from .requests import REQUEST_WORDS, field_words, refusal_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Rule(NamedTuple):
    """One rule of a profile, for people to read."""

    #: The table of the vendor file that it stands in.
    key: str
    text: str
    source: str
    assumed: bool
    #: Why it is assumed; empty where the source says it.
    why: str


def describe(rules: dict[str, Any]) -> tuple[Rule, ...]:
    """Every rule of the checked tables of a vendor file."""
    return tuple(_described(rules))


def _described(rules: dict[str, Any]) -> Iterator[Rule]:
    for key, words in _WORDS.items():
        table = rules[key]
        if table:
            yield _rule(key, words(table), table)
    when = "in GSM-7" if policy_of(rules) == IN_GSM7 else "where the policy says so"
    for group in rules["substitutions"]:
        yield _rule("substitutions", f"replaced {when}: {_rows(group['rows'])}", group)
    for tag in rules["tags"]:
        yield _rule("tags", f'"{tag["text"]}" in a text is a tag of the vendor: {tag["meaning"]}', tag)
    for placeholder in rules["placeholders"]:
        text = f'"{placeholder["text"]}" in a text is {placeholder["meaning"]}; weighed as '
        yield _rule("placeholders", f'{text}"{placeholder["replaced_by"]}"', placeholder)
    for merge in rules["merge_fields"]:
        stands = f"stands for the column {printable(merge['field'])} in a template"
        yield _rule("merge_fields", f'"{printable(merge["text"])}" {stands}', merge)
    yield from _optout(rules["optout"])
    for table in rules["documented_totals"]:
        yield _rule("documented_totals", _documented(table, rules), table)
    yield from _request(rules)
    for key, in_words in RESPONSE_WORDS.items():
        for row in rules[key]:
            yield _rule(key, in_words(row), row)
    for reading in rules["readings"]:
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
        words = f'"{printable(mention["text"])}" for {where}'
        if mention["unspecified"]:
            words += "; it stands for a text that is not published, or that may change"
        if mention["fixed"]:
            words += "; no other words stand for it"
        if mention["other_numbers"]:
            words += f"; {' and '.join(mention['other_numbers'])} are the numbers of others"
        if mention["others"]:
            words += "; a mention with another number is told of: " + ", ".join(mention["others"])
        if mention["case"] == "as-written":
            words += "; found in this very case alone"
        if mention["searched"] == "written":
            words += "; looked for in the text as written"
        if mention["vendor_code"]:
            words += f"; a commercial text without it is the vendor's error {_error(mention)}"
        yield _rule("optout.mentions", words, mention)


def _rows(rows: list[list[str]]) -> str:
    """The rows of a table; the characters that become the same together, where there are many."""
    if len(rows) < _MANY_ROWS:
        return ", ".join(f"{_visible(source)} → {_visible(target)}" for source, target in rows)
    sources: dict[str, list[str]] = {}
    for source, target in rows:
        sources.setdefault(target, []).append(_visible(source))
    return "; ".join(f"{' '.join(found)} → {_visible(target)}" for target, found in sources.items())


# From here on, a list of pairs is no longer read but searched.
_MANY_ROWS = 60


def _documented(table: dict[str, Any], rules: dict[str, Any]) -> str:
    """A table of the vendor's own, and what the capacities come to beside it."""
    rule = rules["segments"]
    single, part = (
        capacity(table["encoding"], header_octets(reference)) for reference in (None, rule["reference"])
    )
    mention = ""
    taken = 0
    if table["optout"]:
        added = rules["optout"]["separator"] + rules["optout"]["mentions"][0]["text"]
        taken, mention = len(added), f" before a mention of {len(added)}"
    totals = table["totals"]
    real = [(single if number == 1 else number * part) - taken for number in range(1, len(totals) + 1)]
    listed = " ".join(map(str, totals))
    return (
        f"{_ENCODINGS[table['encoding']]}: the vendor's table has {listed} units{mention} for 1 to "
        f"{len(totals)} segments; the segments really hold {' '.join(map(str, real))}"
    )


def _request(rules: dict[str, Any]) -> Iterator[Rule]:
    for key, words in REQUEST_WORDS.items():
        table = rules[key]
        if table:
            yield _rule(key, words(table), table)
    for field in rules["fields"]:
        yield _rule(f"fields: {field['name']}", field_words(field), field)
    for field in rules["batch_fields"] if rules["batch"] else ():
        yield _rule(f"batch_fields: {field['name']}", field_words(field), field)
    for refused in rules["refusals"]:
        yield _rule("refusals", refusal_words(refused), refused)


def _rule(key: str, text: str, table: dict[str, Any]) -> Rule:
    return Rule(key, text, table["source"], table["assumed"], table["why"])


_ENCODINGS = {"auto": "automatic", **ENCODING_NAMES}
_BASES = {
    "default": "GSM 03.38 default alphabet and extension table",
    "ascii": "ASCII, one septet each, in the place of the GSM alphabet",
}


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
    longer = "refused"
    if table["truncate"]:
        longer = "cut before it is sent"
        if table["cut_by"] == "vendor":
            longer = "cut by the vendor, in the encoding of the whole text"
    words = f"{default}{table['ceiling']} segments at most; longer is {longer}"
    if table["vendor_code"]:
        words += f", the vendor's error {_error(table)}"
    return words


def _error(table: dict[str, Any]) -> str:
    message = table["vendor_message"]
    return str(table["vendor_code"]) + (f' "{message}"' if message else "")


def _character_limit(table: dict[str, Any]) -> str:
    most = "; ".join(
        f"{table[encoding]} in {_ENCODINGS[encoding]}" for encoding in ("gsm7", "ucs2") if table[encoding]
    )
    words = f"{_COUNTED[table['counted']]} at most: {most}"
    return words + (f"; more is the vendor's error {_error(table)}" if table["vendor_code"] else "")


_COUNTED = {
    "characters": "characters as written",
    "utf-16": "UTF-16 code units as written",
    "units": "units as sent",
}


def _policy(table: dict[str, Any]) -> str:
    return _POLICIES[table["policy"]]


_POLICIES = {
    IN_GSM7: "characters are replaced in GSM-7 messages",
    ALWAYS: "characters are replaced before the encoding is chosen, and in UCS-2 as well",
    IF_IT_SAVES: "characters are replaced only where that saves a billed segment",
    ALL_OR_NOTHING: "characters are replaced where all of the text then is in the alphabet, otherwise none",
}


def _line_breaks(table: dict[str, Any]) -> str:
    return f"a line break (CRLF, LF or CR) counts {table['units']}"


def _ucs2(table: dict[str, Any]) -> str:
    return str(table["account_option"])


def _octets(table: dict[str, Any]) -> str:
    words = ["the sender may add information elements to the header"] if table["header"] else []
    if table["default_alphabet"]:
        words.append(f"the message centre's default alphabet is {_ALPHABETS[table['default_alphabet']]}")
    return "; ".join(words) or "nothing of the octets is the sender's"


_ALPHABETS = {"gsm7": "GSM 03.38", "ascii": "ASCII", "latin1": "Latin-1 (ISO-8859-1)"}


def _unsubscription(table: dict[str, Any]) -> str:
    many = table["billed_segments"]
    return f"each recipient who unsubscribes costs {many} segment{'s' if many != 1 else ''}"


def _visible(characters: str) -> str:
    """Characters as a reader sees them; white space and controls by their names, marks on a circle."""
    if not characters:
        return "nothing"
    if set(characters) == {" "}:
        return _SPACES.get(len(characters), f"{len(characters)} spaces")
    if characters == "\n":
        return "a line break"
    if not characters.isprintable():
        return " ".join(map(named, characters))
    import unicodedata

    return "".join(f"◌{c}" if unicodedata.category(c).startswith("M") else c for c in characters)


_SPACES = {1: "a space", 2: "two spaces"}


_WORDS = {
    "alphabet": _alphabet,
    "encodings": _encodings,
    "ucs2": _ucs2,
    "octets": _octets,
    "unknown_character": _unknown,
    "line_breaks": _line_breaks,
    "languages": _languages,
    "counting": _counting,
    "segments": _segments,
    "limit": _limit,
    "unsubscription": _unsubscription,
    "character_limit": _character_limit,
    "substitution": _policy,
}
