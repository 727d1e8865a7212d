"""Facts: the figures of a message, in words and figures, and whether it may be sent."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from septet.gsm.segmentation import ENCODING_NAMES
from septet.gsm.table_names import table_names
from septet.planning.things.links import links
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from septet.planning.composed import Composed

    from .speaker import Speaker

# A quotation of the cut text or of a link is long enough to find the place.
_QUOTED = 60

# Every link has this or a "://", so it is checked first.
_DOT_WITHIN = re.compile(r"\.[^\W_]")

# So many split links are named.
_MOST_LINKS = 3

#: The status of the opt-out mention.
OPTOUT_WORDS: Mapping[str, Callable[[Speaker], str]] = {
    "added": lambda speak: speak.said("added at the end"),
    "already-there": lambda speak: speak.said("already in the text"),
    "not-added": lambda speak: speak.said("not added"),
    "not-required": lambda speak: speak.said("not required"),
    "missing": lambda speak: speak.said("missing"),
}


def facts(composed: Composed, text: str, forcing: int, speak: Speaker) -> list[dict[str, str]]:
    """Each figure: its name, and the figure in words. `text` is the composed one."""
    left = speak.counted(
        "%(number)s character before one more segment is billed",
        "%(number)s characters before one more segment is billed",
        composed.remaining,
    )
    found = [
        {"name": "encoding", "label": speak.said("Encoding"), "text": _encoding(composed, forcing, speak)},
        {"name": "units", "label": speak.said("Units"), "text": speak.figure(composed.units)},
        {"name": "billed", "label": speak.said("Billed"), "text": _billed(composed, speak)},
        {"name": "left", "label": speak.said("Left"), "text": left},
    ]
    truncated = composed.truncated
    if not truncated and (excess := composed.excess_units):
        words = speak.counted(
            "%(number)s unit less would save a segment",
            "%(number)s units less would save a segment",
            excess,
        )
        found.append({"name": "excess", "label": speak.said("Excess"), "text": words})
    if composed.optout_status != "not-required":
        words = OPTOUT_WORDS[composed.optout_status](speak)
        found.append({"name": "optout", "label": speak.said("Opt-out"), "text": words})
    if truncated:
        words = speak.counted(
            "%(number)s character: %(text)s",
            "%(number)s characters: %(text)s",
            truncated,
            text=_cut_off(composed),
        )
        found.append({"name": "cut", "label": speak.said("Cut off"), "text": words})
    for words in _parted_links(composed, text, speak):
        found.append({"name": "link", "label": speak.said("Link"), "text": words})
    return found


def _cut_off(composed: Composed) -> str:
    """The cut text as far as it is quoted, with a mark where words between are kept."""
    parts = (composed.original[start : min(end, start + _QUOTED + 1)] for start, end in composed.cuts)
    return printable(" … ".join(part.strip(" ") for part in parts).replace("\n", " "), _QUOTED)


def _encoding(composed: Composed, forcing: int, speak: Speaker) -> str:
    name = ENCODING_NAMES[composed.encoding]
    if forcing:
        return _forced(name, forcing, speak)
    if not composed.tables.shifts:
        return name
    return speak.said(
        "%(encoding)s, with %(tables)s", encoding=name, tables=speak.words(table_names(composed.tables))
    )


@lru_cache(maxsize=512)
def _forced(encoding: str, forcing: int, speak: Speaker) -> str:
    return speak.counted(
        "%(encoding)s, because of %(number)s character that GSM-7 lacks",
        "%(encoding)s, because of %(number)s characters that GSM-7 lacks",
        forcing,
        encoding=encoding,
    )


def _billed(composed: Composed, speak: Speaker) -> str:
    billed, sent = composed.billed_segments, len(composed.segments)
    if sent == billed or composed.coding.is_one_piece:
        return speak.counted("%(number)s segment", "%(number)s segments", billed)
    return speak.counted(
        "%(number)s segment (transmitted as %(sent)s)",
        "%(number)s segments (transmitted as %(sent)s)",
        billed,
        sent=sent,
    )


def _parted_links(composed: Composed, text: str, speak: Speaker) -> list[str]:
    """The links that begin in one segment and end in another."""
    if len(composed.segments) < 2 or ("://" not in text and _DOT_WITHIN.search(text) is None):
        return []
    starts = [segment.start for segment in composed.segments]
    found = []
    for link in links(text):
        first, last = bisect_right(starts, link.start), bisect_right(starts, link.end - 1)
        if first != last:
            found.append((printable(text[link.start : link.end], _QUOTED), first, last))
    words = [
        speak.said(
            "%(link)s is split across segments %(first)s and %(last)s: old phones show it in two parts",
            link=address,
            first=first,
            last=last,
        )
        for address, first, last in found[:_MOST_LINKS]
    ]
    if (more := len(found) - _MOST_LINKS) > 0:
        words.append(
            speak.counted(
                "%(number)s more is split across two segments",
                "%(number)s more are split across two segments",
                more,
            )
        )
    return words


def verdict(worst: str | None, speak: Speaker) -> str:
    """Whether a message may be sent, by the severity of its worst problem."""
    if worst == "error":
        return speak.said("Must not be sent as it is.")
    if worst == "warning":
        return speak.said("May be sent; check the warnings.")
    return speak.said("May be sent.")
