"""Other sizes: how much a segment holds, where it is not what the standard leaves of its 140 octets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from septet.gsm.segmentation import capacity, header_octets
from septet.wording.messages import said

from .hypotheses import READING, SIZES, Hypothesis
from .ways import AS_A_PART, AS_ALONE, MESSAGES, TOTALS

if TYPE_CHECKING:
    from .ways import Way


def _as_alone(way: Way) -> Way:
    # No segment of several has that much room, so this is a bill by length: no character is cut.
    counting = way.profile.origin.all_rules["counting"]
    by = "units" if counting["by"] == "segments" else counting["by"]
    return way.ruled(counting={**counting, "by": by})._replace(sizes=AS_ALONE)


def other_sizes(way: Way) -> Iterator[Hypothesis]:
    """Each size that some vendors bill by."""
    profile = way.profile
    if profile.rule("counting")["octets"] is None and profile.rule("segments")["reference"] != "none":
        part = header_octets(profile.rule("segments")["reference"])
        sizes = {
            "gsm7": capacity("gsm7"),
            "ucs2": capacity("ucs2"),
            "gsm7_part": capacity("gsm7", part),
            "ucs2_part": capacity("ucs2", part),
        }
        yield Hypothesis(
            f"segments.sizes={sizes['gsm7']}",
            SIZES,
            said(
                "each segment of several holds as much as a single one: %(gsm7)s instead of %(gsm7_part)s, "
                "%(ucs2)s instead of %(ucs2_part)s in UCS-2",
                **sizes,
            ),
            _as_alone,
        )
        yield Hypothesis(
            f"segments.sizes={sizes['gsm7_part']}",
            SIZES,
            said(
                "a single message holds no more than a segment of several: %(gsm7_part)s instead of "
                "%(gsm7)s, %(ucs2_part)s instead of %(ucs2)s in UCS-2",
                **sizes,
            ),
            lambda way: way._replace(sizes=AS_A_PART),
        )
    if profile.rule("counting")["by"] != "messages":
        yield Hypothesis(
            "counting.by=messages",
            SIZES,
            said("each message is billed once, however long it is"),
            lambda way: way._replace(bill=MESSAGES),
        )
    if tables := profile.rule("documented_totals"):
        yield Hypothesis(
            "documented_totals=billed",
            READING,
            said("the vendor bills by the table in its document, not by what segments hold"),
            lambda way: way._replace(bill=TOTALS),
            tables[0]["source"],
            tables[0]["why"] or "",
        )
