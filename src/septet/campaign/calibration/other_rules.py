"""Other rules: each cell of a vendor file that changes a count, with other possible readings.

A cell that is `assumed` there is doubted first; a documented one may still have another reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from septet.vendors.policies import POLICIES, choices, policy_of
from septet.wording.messages import counted, joined, said

from .hypotheses import READING, Hypothesis, about

if TYPE_CHECKING:
    from collections.abc import Callable

    from septet.wording.messages import Words

    from .ways import Way

#: The brackets and signs after the escape, which some vendors do not carry.
_EXTENSION = "^{}\\[~]|€"


def other_rules(way: Way) -> Iterator[Hypothesis]:
    """The other possible rules of the profile."""
    rules: Mapping[str, Any] = way.profile.origin.all_rules
    yield from _counting(rules)
    yield from _line_breaks(rules)
    yield from _alphabet(rules)
    yield from _replacements(rules)
    yield from _added(rules, way)


def _cells(rules: Mapping[str, Any], key: str, **cells: Any) -> Callable[[Way], Way]:
    """A change of some cells of a table."""

    def change(way: Way) -> Way:
        table = way.profile.origin.all_rules[key] or {}
        return way.ruled(**{key: {**table, **cells}})

    return change


def _table(key: str, value: Any) -> Callable[[Way], Way]:
    """A change of a table as a whole."""

    def change(way: Way) -> Way:
        return way.ruled(**{key: value})

    return change


def _counting(rules: Mapping[str, Any]) -> Iterator[Hypothesis]:
    counting, segments = rules["counting"], rules["segments"]
    if counting["octets"] is None:
        words = {
            "segments": said("the transmitted segments are billed, each as its characters fill it"),
            "units": said("only the length is billed: the capacity of a part, as many times as needed"),
        }
        for by, sentence in words.items():
            if by != counting["by"]:
                yield about(f"counting.by={by}", sentence, _cells(rules, "counting", by=by), counting)
    for reference in ("8-bit", "16-bit"):
        if segments["reference"] not in (reference, "none"):
            sentence = said("the parts of a message are numbered in %(bits)s", bits=reference)
            change = _cells(rules, "segments", reference=reference)
            yield about(f"segments.reference={reference}", sentence, change, segments)
    clusters = {
        "cut": said("the cut between two segments may fall within a character of several code points"),
        "whole": said("characters of several code points are never cut between two segments"),
    }
    for how, sentence in clusters.items():
        if how != segments["grapheme_clusters"]:
            change = _cells(rules, "segments", grapheme_clusters=how)
            yield about(f"segments.grapheme_clusters={how}", sentence, change, segments)
    limit = rules["limit"]
    for who, sentence in (
        ("sender", said("a text that is cut is sent in the encoding of the rest")),
        ("vendor", said("a text that is cut keeps the encoding of the whole text")),
    ):
        if limit["truncate"] and who != limit["cut_by"]:
            yield about(f"limit.cut_by={who}", sentence, _cells(rules, "limit", cut_by=who), limit)


def _line_breaks(rules: Mapping[str, Any]) -> Iterator[Hypothesis]:
    table = rules["line_breaks"]
    own = table["units"] if table else 0
    provenance = table or {"source": "", "assumed": False, "why": None}
    for units in (1, 2):
        if units != own:
            sentence = counted(
                "a line break counts %(number)s, whether it is written CRLF, LF or CR",
                "a line break counts %(number)s, whether it is written CRLF, LF or CR",
                units,
            )
            change = _table("line_breaks", {**provenance, "units": units})
            yield about(f"line_breaks.units={units}", sentence, change, table)
    if own:
        sentence = said("a line break counts as it is written: CRLF two, LF or CR one")
        yield about("line_breaks=as-written", sentence, _table("line_breaks", None), table)


def _alphabet(rules: Mapping[str, Any]) -> Iterator[Hypothesis]:
    table = rules["alphabet"]
    for key, sentence in (
        ("add", said("the characters that the vendor adds to the alphabet are not in it")),
        ("remove", said("the characters that the vendor removes from the alphabet are in it")),
    ):
        if table[key]:
            yield about(f"alphabet.{key}=none", sentence, _cells(rules, "alphabet", **{key: ""}), table)
    if table["base"] != "default":
        sentence = said("the alphabet is that of GSM 03.38")
        yield about("alphabet.base=default", sentence, _cells(rules, "alphabet", base="default"), table)
    else:
        left = "".join(c for c in _EXTENSION if c not in table["add"])
        sentence = said("the vendor carries no extension characters (€ [ ] { } ^ ~ | \\) in GSM-7")
        change = _cells(rules, "alphabet", remove="".join({*table["remove"], *left}))
        yield about("alphabet.extension=none", sentence, change, table)
        if "ç" not in table["add"]:
            sentence = said("ç is in the alphabet, as Unicode's table has it")
            change = _cells(rules, "alphabet", add=table["add"] + "ç")
            yield about("alphabet.add=ç", sentence, change, table)
    offered = rules["encodings"]["offered"]
    if "ucs2" not in offered and "gsm7" in offered:
        sentence = said("characters that the alphabet lacks are sent in UCS-2")
        change = _cells(rules, "encodings", offered=[*offered, "ucs2"], default="auto")
        yield about("encodings.offered=ucs2", sentence, change, rules["encodings"])
    if rules["ucs2"] and rules["ucs2"]["characters"]:
        sentence = said("UCS-2 can send all characters")
        yield about("ucs2.characters=all", sentence, _cells(rules, "ucs2", characters=None), rules["ucs2"])
    for place, row in enumerate(rules["costs"]):
        rest = [other for other in rules["costs"] if other is not row]
        sentence = said("these cost as much as in the standard: %(characters)s", characters=row["characters"])
        yield about(f"costs[{place}]=standard", sentence, _table("costs", rest), row)
    listed = {"characters": _EXTENSION, "units": 1, "source": "", "assumed": False, "why": None}
    sentence = said("extension characters (€ [ ] { } ^ ~ | \\) count once")
    yield Hypothesis("costs.extension=1", READING, sentence, _table("costs", [*rules["costs"], listed]))


def _replacements(rules: Mapping[str, Any]) -> Iterator[Hypothesis]:
    table, groups = rules["substitution"], rules["substitutions"]
    provenance = table or {"switch": None, "default": None, "source": "", "assumed": False, "why": None}
    if groups and not rules["languages"]:
        for policy in POLICIES:
            if policy != policy_of(dict(rules)):
                change = _table("substitution", {**provenance, "policy": policy})
                yield about(f"substitution.policy={policy}", _POLICIES[policy], change, table or groups[0])
    if groups and len(choices(dict(rules))) == 1:
        sentence = said("the vendor replaces no characters")
        yield about("substitutions=none", sentence, _table("substitutions", []), groups[0])
    for place, group in enumerate(groups):
        if group["assumed"] and len(groups) > 1:
            rest = [other for other in groups if other is not group]
            signs = joined(" ", [row[0] for row in group["rows"][:8]])
            sentence = said("these are not replaced: %(characters)s", characters=signs)
            yield about(f"substitutions[{place}]=none", sentence, _table("substitutions", rest), group)
    blanks = rules["white_space"]
    if blanks:
        sentence = said("runs of blanks are billed as they are written")
        yield about("white_space=none", sentence, _table("white_space", None), blanks)


_POLICIES: Mapping[str, Words] = {
    "in-gsm7": said("characters are replaced only if the whole text then fits GSM-7"),
    "always": said("characters are replaced in every message, in UCS-2 too"),
    "if-it-saves-a-segment": said("characters are replaced only if that saves a segment"),
    "all-or-nothing": said("either all characters that need it are replaced or none"),
}


def _added(rules: Mapping[str, Any], way: Way) -> Iterator[Hypothesis]:
    """What is added before and after a text."""
    for name, sentence in (
        ("prefix", said("what the vendor adds before each text is not billed")),
        ("suffix", said("what the vendor adds after each text is not billed")),
    ):
        table = rules[name]
        if table and way.options.get(name) is None and table["text"]:
            yield about(f"{name}=uncounted", sentence, _table(name, None), table)
    if rules["placeholders"]:
        sentence = said("characters that the vendor replaces are billed as written")
        yield about("placeholders=as-written", sentence, _table("placeholders", []), rules["placeholders"][0])
    settings = way.settings
    if settings.mention is None or not settings.searched or settings.optout == "never":
        return
    optout = rules["optout"]
    for separator, sentence in (
        ("", said("there is nothing between the text and the opt-out mention")),
        (" ", said("a space comes before the opt-out mention")),
        ("\n", said("a line break comes before the opt-out mention")),
    ):
        if separator != optout["separator"]:
            change = _cells(rules, "optout", separator=separator)
            yield about(f"optout.separator={separator!r}", sentence, change, optout)
    if way.options.get("optout_text") is None:
        # No text holds a character that cannot be written.
        blind = [{**mention, "patterns": ["\ue000"]} for mention in optout["mentions"]]
        sentence = said("the opt-out mention is added although the text already has it")
        change = _cells(rules, "optout", mentions=blind)
        yield about("optout.mentions=always-added", sentence, change, optout["mentions"][0])
