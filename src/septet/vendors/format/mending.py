"""Mending: a faulty file is completed for one check, so that rules about several keys are checked anyway.

Each fault is replaced by what the smallest file has there; in a list, the tables before the first faulty
one are kept. Faults found in these places then have no meaning.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from typing import Any

from .keys import Key
from .skeleton import SKELETON

Rules = dict[str, Any]
_LIST_PLACE = re.compile(r"(.*?)\[(\d+)\]")


# Replacements for faults in the optional tables.
_AROUND = """
[request]
url = "https://vendor.example/"
methods = ["POST"]
parameters = "json"
charset = { gsm7 = "UTF-8", ucs2 = "UTF-8", latin1 = "UTF-8", utf8 = "UTF-8" }
mention = "sender"
authentication = "-"
[sender]
longest = 11
characters = "."
expected = "-"
numbers = "accepted"
[tag]
longest = 9
characters = "."
expected = "-"
[recipients]
most = { POST = 1, GET = 1 }
patterns = ["."]
expected = "-"
plus = "kept"
[schedule]
zone = "UTC"
[repeats]
place = "none"
happens = "-"
[quiet_hours]
country = "FR"
zone = "UTC"
opens = "08:00"
closes = "20:00"
[batch]
url = "https://vendor.example/"
file_field = "-"
columns = [{ name = "to", holds = "recipient" }, { name = "text", holds = "text" }]
charset = "UTF-8"
delimiter = ","
line_end = "\\n"
encodings = ["gsm7"]
mention = "sender"
"""


def mended(
    rules: Rules,
    faulty: Collection[str],
    tables: Mapping[str, Mapping[str, Key]],
    optional: Collection[str],
    lists: Collection[str],
) -> Rules:
    """Complete rules, though not those of the file; `faulty` are the faulty keys."""
    plain = tomllib.loads(SKELETON + _AROUND)
    firsts = _first_faults(faulty)
    whole = dict(rules)
    for key, columns in tables.items():
        table = whole[key]
        if table is None:
            if key in optional and not is_about(key, faulty):
                continue
            table = {}
        own = plain.get(key, {})
        missing = [name for name in columns if name not in table or f"{key}.{name}" in faulty]
        if any(columns[name].default is ... and name not in own for name in missing):
            whole[key] = None  # no other table depends on such a table
            continue
        stands = {name: own.get(name, columns[name].default) for name in missing}
        whole[key] = {**table, **stands}
    for key in lists:
        whole[key] = (whole[key] or [])[: firsts.get(key)]
    optout = whole["optout"]
    for kind in ("transactional", "commercial"):
        if any(path.startswith(f"optout.{kind}") for path in faulty):
            optout[kind] = plain["optout"][kind]
    if any(path.startswith("optout.if_free") for path in faulty):
        optout["if_free"] = {}
    optout["mentions"] = optout["mentions"][: firsts.get("optout.mentions")]
    return whole


def is_about(key: str, faulty: Collection[str]) -> bool:
    """Whether a key already has a fault, as a whole or in part, or is in a faulty table."""
    return any(
        key == path or key.startswith((f"{path}.", f"{path}[")) or path.startswith((f"{key}.", f"{key}["))
        for path in faulty
    )


def _first_faults(faulty: Collection[str]) -> dict[str, int]:
    """For each list the place of its first faulty table."""
    firsts: dict[str, int] = {}
    for path in faulty:
        if found := _LIST_PLACE.match(path):
            key, place = found[1], int(found[2])
            firsts[key] = min(place, firsts.get(key, place))
    return firsts
