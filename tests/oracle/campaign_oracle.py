"""What an estimate should say, row by row: every text planned by itself, nothing shared, nothing quick."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import septet
from septet.wording.problems import SEVERITIES


def weight(profile: str, encoding: str, character: str) -> int:
    """The units of one character between others, the mention and substitutions by the planner itself."""
    return _weight(profile, encoding, character)


@cache
def _weight(profile: str, encoding: str, character: str) -> int:
    if encoding == "ucs2":
        if character == "\n":
            return max(1, septet.profile(profile).line_break_units)
        return 2 if character > "\uffff" else 1
    planner = septet.Planner(profile, encoding="gsm7", max_segments=1, truncate=False, optout=None)
    plain, more = (planner.plan(f"aa{inside}aa") for inside in ("", character))
    return more.units - plain.units


def expected(
    texts: Sequence[str],
    profile: str,
    price: Decimal,
    rejected: Counter[str] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """The figures of an estimate, under the names of its `to_dict`; those of truncation by themselves."""
    planner = septet.Planner(profile, **options)
    as_gsm7 = septet.Planner(profile, **{**options, "encoding": "gsm7"})
    try:
        silent: septet.Planner | None = septet.Planner(profile, **{**options, "optout": "never"})
    except ValueError:
        silent = None
    encodings: Counter[str] = Counter()
    lengths: Counter[int] = Counter()
    segments_by: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    characters: dict[tuple[str, str], Counter[str]] = {}
    refused, spared, truncated, mention = Counter[str](), 0, 0, 0
    for text in texts:
        plan = planner.plan(text)
        billed = plan.billed_segments
        encodings[plan.encoding] += 1
        segments_by[plan.encoding] += billed
        lengths[billed] += 1
        problems.update({problem.code for problem in plan.problems})
        statuses[plan.optout_status] += 1
        if any(SEVERITIES[problem.code] == "error" for problem in plan.problems):
            refused.update(rows=1, segments=billed)
        if plan.truncated:
            truncated += 1
            spared += plan.uncut_segments - billed
        if plan.optout_status == "added" and silent is not None:
            mention += billed - silent.count(text)
        kind, found, cheaper = _characters(planner, as_gsm7, profile, text, plan)
        for character in found:
            entry = characters.setdefault((character, kind), Counter())
            more = max(0, billed - max(1, cheaper))  # what shows nothing is no cheaper message
            entry.update(rows=1, segments=more)
            if len(found) == 1:
                entry.update(rows_alone=1, segments_alone=more)
    rejected = rejected or Counter()
    total = sum(segments_by.values())
    return {
        "rows": len(texts) + sum(rejected.values()),
        "measured": len(texts),
        "rejected": sum(rejected.values()),
        "rejects": dict(rejected),
        "segments": total,
        "cost": price * total,
        "encodings": {name: (rows, segments_by[name]) for name, rows in encodings.items()},
        "lengths": dict(lengths),
        "characters": {key: {**_NONE, **entry} for key, entry in characters.items()},
        "problems": dict(problems),
        "refused": (refused["rows"], refused["segments"]),
        "optout": dict(statuses),
        "mention": mention if silent is not None else None,
        "truncation": (truncated, spared),
    }


_NONE = {"rows": 0, "segments": 0, "rows_alone": 0, "segments_alone": 0}


def _characters(
    planner: septet.Planner, as_gsm7: septet.Planner, profile: str, text: str, plan: septet.Plan
) -> tuple[str, set[str], int]:
    """The expensive characters of a text, and what it would be billed without them."""
    unified = text
    if septet.profile(profile).line_break_units:
        unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if plan.encoding == "ucs2" and planner.settings.encoding == "auto":
        forcing = {text[start:end] for start, end in plan.forcing}
        return "forces-ucs2", forcing, as_gsm7.count(text)
    # The text there that the vendor replaces is not sent.
    placeholders = [re.escape(row["text"]) for row in septet.profile(profile).rule("placeholders")]
    parts = re.split(f"({'|'.join(placeholders)})", unified) if placeholders else [unified]
    heavy = {c for part in parts[::2] for c in part if weight(profile, plan.encoding, c) > 1}
    parts[::2] = ["".join("." if c in heavy else c for c in part) for part in parts[::2]]
    cheaper = "".join(parts)
    return "counts-double", heavy, planner.count(cheaper)


def found_in(estimate: Any) -> dict[str, Any]:
    """The same figures of an estimate."""
    said = estimate.to_dict()
    return {
        **{key: said[key] for key in ("rows", "measured", "rejected", "rejects", "segments", "problems")},
        "cost": Decimal(said["cost"]),
        "encodings": {share["value"]: (share["rows"], share["segments"]) for share in said["encodings"]},
        "lengths": {share["value"]: share["rows"] for share in said["lengths"]},
        "characters": {
            (one["character"], one["kind"]): {key: one[key] for key in _NONE} for one in said["characters"]
        },
        "refused": (said["refused"]["rows"], said["refused"]["segments"]),
        "optout": {
            status.replace("_", "-"): rows
            for status, rows in said["optout"].items()
            if rows and status not in ("segments", "costs")
        },
        "mention": said["optout"]["segments"],
        "truncation": (said["truncation"]["rows"], said["truncation"]["segments"]),
    }


def same(estimate: Any, wanted: dict[str, Any]) -> None:
    """Asserts that an estimate has the expected figures."""
    found = found_in(estimate)
    if wanted["mention"] is None:
        found["mention"] = None
    assert found == wanted
