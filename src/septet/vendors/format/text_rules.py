"""Checks of a vendor file that involve several keys: the policy, placeholders, limits."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from septet.gsm.characters import ESCAPE
from septet.gsm.segmentation import capacity, header_octets
from septet.vendors.policies import IN_GSM7

Note = Callable[..., None]


def check_text_rules(rules: dict[str, Any], single: set[str], held: set[str], note: Note) -> None:
    """Calls `note` for each faulty key with what was expected and what was found.

    `held` are the characters of the alphabet, `single` those that cost 1.
    """
    _date(rules["date"], note)
    if rules["languages"] and rules["alphabet"]["base"] != "default":
        note("alphabet.base", '"default", in whose place national tables stand', rules["alphabet"]["base"])
    if not rules["line_breaks"] and any(row[0] == "\n" for g in rules["substitutions"] for row in g["rows"]):
        note("line_breaks", "a table [line_breaks], as a line feed is replaced: a CR before it would stay")
    _counting(rules, note)
    _splitting(rules, held, note)
    _switch(rules, note)
    _policy(rules, note)
    _placeholders(rules, single, note)
    _character_limit(rules, note)
    for place, mention in enumerate(rules["optout"]["mentions"]):
        path = f"optout.mentions[{place}]"
        if mention["vendor_message"] and not mention["vendor_code"]:
            note(f"{path}.vendor_code", "the vendor's code, as vendor_message is given")
        if mention["fixed"] and mention["unspecified"]:
            note(f"{path}.fixed", "false, as unspecified says that the words are not known")
    for place, table in enumerate(rules["documented_totals"]):
        totals = table["totals"]
        if sorted(set(totals)) != totals:
            note(f"documented_totals[{place}].totals", "numbers that increase", totals)
        # A vendor's table may be slightly wrong; more than single messages hold is a mistake in this file.
        alone = capacity(table["encoding"])
        for number, total in enumerate(totals, 1):
            if total > number * alone:
                expected = f"at most {number * alone} for {number}, which is all that single messages hold"
                note(f"documented_totals[{place}].totals", expected, total)
        if table["optout"] and not rules["optout"]["mentions"]:
            note(f"documented_totals[{place}].optout", "false, as no mention is given")


def _counting(rules: dict[str, Any], note: Note) -> None:
    by, octets = rules["counting"]["by"], rules["counting"]["octets"]
    if (octets is None) is (by in ("octets", "messages")):
        wanted = "none" if octets is not None else "a number of octets"
        note("counting.octets", f'{wanted}, as by is "{by}"', octets)
    reference = rules["segments"]["reference"]
    if octets is not None and reference != "none":
        note("segments.reference", f'"none", as counting.by is "{by}"', reference)
    offered = rules["encodings"]["offered"]
    if octets is not None and offered != ["utf8"]:
        note("encodings.offered", f'utf8 alone, as counting.by is "{by}"', offered)


def _splitting(rules: dict[str, Any], held: set[str], note: Note) -> None:
    table, suffix = rules["segments"], rules["suffix"]
    at = table["split_at"]
    if not at:
        return
    if not (set(at) <= held and at.isspace()):
        note("segments.split_at", "blanks of the alphabet", at)
    if rules["counting"]["octets"] is not None:
        note("segments.split_at", f'none, as counting.by is "{rules["counting"]["by"]}"', at)
    if table["grapheme_clusters"] == "whole":
        note("segments.grapheme_clusters", '"cut", as words are kept whole by split_at', "whole")
    # Otherwise a word of the text and a word of the added text would become one.
    expected = "a text that begins with one of segments.split_at"
    if not rules["optout"]["separator"].startswith((*at,)):
        note("optout.separator", expected, rules["optout"]["separator"])
    if suffix and not (suffix["separator"] + (suffix["text"] or "")).startswith((*at,)):
        note("suffix.separator", expected, suffix["separator"])


def _date(date: str | None, note: Note) -> None:
    if date is None:
        return
    try:
        datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :])
    except ValueError:
        expected = "a year, a month or a day, such as 2026, 2026-11 or 2026-11-22"
        note("date", expected, date)


def _switch(rules: dict[str, Any], note: Note) -> None:
    table = rules["substitution"]
    names = {name for group in rules["substitutions"] for name in group["when"]}
    if table is None or table["switch"] is None:
        if names:
            note("substitution.switch", "the vendor's switch in words, as substitutions have names")
        if table is not None and table["default"] is not None:
            note("substitution.switch", "the vendor's switch in words, as default is given")
    elif table["default"] is None:
        note("substitution.default", "true, false or a name, as switch is given")
    elif isinstance(table["default"], str) and table["default"] not in names:
        note("substitution.default", "true, false or a name of the substitutions", table["default"])


def _policy(rules: dict[str, Any], note: Note) -> None:
    if not rules["substitution"] or rules["substitution"]["policy"] == IN_GSM7:
        return
    if rules["languages"]:
        note(
            "substitution.policy",
            f'"{IN_GSM7}", as [languages] is given and no vendor documents how the two go together: '
            'leave the tables of the profile that is extended out with without = ["languages"]',
            rules["substitution"]["policy"],
        )


def _placeholders(rules: dict[str, Any], single: set[str], note: Note) -> None:
    seen: set[str] = set()
    sources = {row[0] for group in rules["substitutions"] for row in group["rows"]}
    for place, table in enumerate(rules["placeholders"]):
        path = f"placeholders[{place}]"
        if set(table["text"]) & set("\r\n" + ESCAPE):
            note(f"{path}.text", "a text without line breaks and U+001B", table["text"])
        if table["text"] in seen:
            note(f"{path}.text", "a text that no other placeholder has", table["text"])
        seen.add(table["text"])
        if not set(table["replaced_by"]) <= single - sources - {"\n", "\r"}:
            expected = "characters of the alphabet that cost 1 and that no row replaces"
            note(f"{path}.replaced_by", expected, table["replaced_by"])
    for place, mention in enumerate(rules["optout"]["mentions"]):
        if mention["searched"] == "written" and not any(
            text in pattern for text in seen for pattern in mention["patterns"]
        ):
            path = f"optout.mentions[{place}].searched"
            note(path, '"shown", as no pattern holds a placeholder', mention["searched"])


def _character_limit(rules: dict[str, Any], note: Note) -> None:
    table = rules["character_limit"]
    if table and table["gsm7"] is None and table["ucs2"] is None:
        note("character_limit", "gsm7 or ucs2, or both")
    ceiling = rules["limit"]["ceiling"]
    for encoding in ("gsm7", "ucs2"):
        most = table and table["counted"] == "units" and table[encoding]
        header = header_octets(rules["segments"]["reference"])
        held = capacity(encoding) if ceiling == 1 else ceiling * capacity(encoding, header)
        if most and rules["counting"]["octets"] is None and most > held:
            expected = f"at most {held} units, which is all that limit.ceiling segments hold"
            note(f"character_limit.{encoding}", expected, most)
    several = table and table["several"]
    for encoding, most in (several or {}).items():
        if most is not None and (table[encoding] is None or most > table[encoding]):
            expected = f"at most character_limit.{encoding}, which holds for one recipient"
            note(f"character_limit.several.{encoding}", expected, most)
    if several is not None and not any(several.values()):
        note("character_limit.several", "gsm7 or ucs2, or both")
