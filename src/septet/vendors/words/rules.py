"""A vendor's rules in plain words, each with its source and what is assumed."""

from __future__ import annotations

from typing import NamedTuple

from septet.gsm.segmentation import capacity, header_octets
from septet.vendors.policies import IN_GSM7, policy_of
from septet.wording.messages import all_of, counted, joined, phrase, said
from septet.wording.quoting import printable

from .answers import RESPONSE_WORDS
from .exports import export_words
from .requests import REQUEST_WORDS, field_words, refusal_words
from .texts import ENCODINGS, TEXT_WORDS, error_words, in_one_piece, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from septet.wording.messages import Words


class Rule(NamedTuple):
    """One rule of a profile, for people to read."""

    #: The table of the vendor file that has it.
    key: str
    text: str
    source: str
    assumed: bool
    #: Why it is assumed; empty if the source says it.
    why: str


def describe(rules: dict[str, Any]) -> tuple[Rule, ...]:
    """Every rule of the checked tables of a vendor file."""
    return tuple(_described(rules))


def _described(rules: dict[str, Any]) -> Iterator[Rule]:
    text_words = TEXT_WORDS
    if rules["counting"]["octets"] is not None:
        text_words = {**TEXT_WORDS, "segments": in_one_piece}
    for key, words in text_words.items():
        table = rules[key]
        if table:
            yield _rule(key, words(table), table)
    in_gsm7 = policy_of(rules) == IN_GSM7
    for group in rules["substitutions"]:
        rows = _rows(group["rows"])
        text: Words = said("replaced in GSM-7: %(rows)s", rows=rows)
        if not in_gsm7:
            text = said("replaced by the policy: %(rows)s", rows=rows)
        if group["when"]:
            names = all_of(group["when"])
            text = joined(said("; "), (said("only for %(names)s", names=names), text))
        yield _rule("substitutions", text, group)
    for cost in rules["costs"]:
        text = counted(
            "%(characters)s: %(number)s unit each in GSM-7",
            "%(characters)s: %(number)s units each in GSM-7",
            cost["units"],
            characters=joined(" ", map(visible, cost["characters"])),
        )
        yield _rule("costs", text, cost)
    for row in rules["sender_countries"]:
        where = ", ".join(row["countries"])
        text = said("a sender's name in %(where)s: %(happens)s", where=where, happens=phrase(row["happens"]))
        yield _rule("sender_countries", text, row)
    for tag in rules["tags"]:
        meaning = phrase(tag["meaning"])
        text = said(
            '"%(tag)s" in a text is a tag of the vendor: %(meaning)s', tag=tag["text"], meaning=meaning
        )
        yield _rule("tags", text, tag)
    for placeholder in rules["placeholders"]:
        text = said(
            '"%(text)s" in a text is %(meaning)s; counted as "%(replaced_by)s"',
            text=placeholder["text"],
            meaning=phrase(placeholder["meaning"]),
            replaced_by=placeholder["replaced_by"],
        )
        yield _rule("placeholders", text, placeholder)
    for merge in rules["merge_fields"]:
        text = said(
            '"%(text)s" is the column %(field)s in a template',
            text=printable(merge["text"]),
            field=printable(merge["field"]),
        )
        yield _rule("merge_fields", text, merge)
    yield from _optout(rules["optout"])
    for table in rules["documented_totals"]:
        yield _rule("documented_totals", _documented(table, rules), table)
    yield from _request(rules)
    for key, in_words in RESPONSE_WORDS.items():
        for row in rules[key]:
            yield _rule(key, in_words(row), row)
    if rules["export"]:
        yield _rule("export", export_words(rules["export"]), rules["export"])
    for reading in rules["readings"]:
        yield _rule(reading["rule"], reading["taken"], reading)


def _optout(rule: dict[str, Any]) -> Iterator[Rule]:
    kinds = {
        kind: {
            "default": _WHEN[rule[kind]["default"]],
            "offered": joined(", ", map(_WHEN.__getitem__, rule[kind]["offered"])),
        }
        for kind in ("transactional", "commercial")
    }
    parts = (
        said("mention separated by %(separator)s", separator=visible(rule["separator"])),
        said("transactional messages: %(default)s (possible: %(offered)s)", **kinds["transactional"]),
        said("commercial messages: %(default)s (possible: %(offered)s)", **kinds["commercial"]),
    )
    yield _rule("optout", joined(said("; "), parts), rule)
    for encoding, table in rule["if_free"].items():
        named_so = {"encoding": ENCODINGS[encoding]}
        if "text_units" in table:
            words = said("%(encoding)s: up to %(units)s units of text", **named_so, units=table["text_units"])
        else:
            words = said(
                "%(encoding)s: text and mention in %(segments)s segment",
                **named_so,
                segments=table["segments"],
            )
        yield _rule("optout.if_free", words, table)
    for mention in rule["mentions"]:
        yield _rule("optout.mentions", _mention(mention, len(rule["mentions"]) > 1), mention)


# When a mention is added, by the values of the option.
_WHEN = {"never": said("never"), "if-free": said("if-free"), "always": said("always")}


def _mention(mention: dict[str, Any], has_others: bool) -> Words:
    """A mention: where it is used, and how it is looked for."""
    where: Words = joined(", ", mention["countries"])
    if not mention["countries"]:
        where = said("every country that has none of its own") if has_others else said("every country")
    parts: list[Words] = [said('"%(text)s" for %(where)s', text=printable(mention["text"]), where=where)]
    if mention["unspecified"]:
        parts.append(said("it is an example for a text that is not published, or may change"))
    if mention["fixed"]:
        parts.append(said("no other words are possible"))
    if mention["other_numbers"]:
        numbers = all_of(mention["other_numbers"])
        parts.append(said("%(numbers)s belong to others", numbers=numbers))
    if mention["others"]:
        others = ", ".join(mention["others"])
        parts.append(said("a mention with another number is reported: %(others)s", others=others))
    if mention["case"] == "as-written":
        parts.append(said("found only in this exact case"))
    if mention["searched"] == "written":
        parts.append(said("searched for in the text as written"))
    if mention["vendor_code"]:
        parts.append(
            said("a commercial text without it is the vendor's error %(error)s", error=error_words(mention))
        )
    return joined(said("; "), parts)


def _rows(rows: list[list[str]]) -> Words:
    """The rows of a table; if there are many, characters with the same replacement together."""
    if len(rows) < _MANY_ROWS:
        return joined(", ", (joined(" → ", map(visible, row)) for row in rows))
    sources: dict[str, list[str]] = {}
    for source, target in rows:
        sources.setdefault(target, []).append(visible(source))
    return joined(
        said("; "),
        (joined(" → ", (joined(" ", found), visible(target))) for target, found in sources.items()),
    )


# A longer list of pairs is not read but searched.
_MANY_ROWS = 60


def _documented(table: dict[str, Any], rules: dict[str, Any]) -> Words:
    """A table of the vendor, and the numbers that follow from the capacities for comparison."""
    rule = rules["segments"]
    single, part = (
        capacity(table["encoding"], header_octets(reference)) for reference in (None, rule["reference"])
    )
    totals, taken = table["totals"], 0
    figures = {
        "encoding": ENCODINGS[table["encoding"]],
        "listed": " ".join(map(str, totals)),
        "most": len(totals),
    }
    if table["optout"]:
        taken = len(rules["optout"]["separator"] + rules["optout"]["mentions"][0]["text"])
    real = [(single if number == 1 else number * part) - taken for number in range(1, len(totals) + 1)]
    held = " ".join(map(str, real))
    if table["optout"]:
        return said(
            "%(encoding)s: the vendor's table has %(listed)s units before a mention of %(taken)s for 1 to "
            "%(most)s segments; the real capacity is %(held)s",
            **figures,
            taken=taken,
            held=held,
        )
    return said(
        "%(encoding)s: the vendor's table has %(listed)s units for 1 to %(most)s segments; the real "
        "capacity is %(held)s",
        **figures,
        held=held,
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
