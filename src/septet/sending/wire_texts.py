"""The text that is sent to the vendor: as the phone shows it, except for what the vendor adds or replaces."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from septet.gsm.characters import unify_line_breaks
from septet.planning.changes import replayed
from septet.vendors.refusals import refusal
from septet.wording.messages import said
from septet.wording.quoting import in_quotes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem


class WireText:
    """The text of one plan in a request of its vendor.

    `asks_for_mention` is whether the vendor is asked to add the mention, so that the text is sent without it.
    `line_break` is what the vendor wants instead of a line break; empty where it takes any.
    """

    __slots__ = ("_line_break", "_lines", "_plan", "_profile", "text")

    def __init__(self, profile: Profile, plan: Plan, asks_for_mention: bool, line_break: str) -> None:
        self._profile, self._plan, self._line_break = profile, plan, line_break
        text = _with_placeholders(profile, plan)
        if not asks_for_mention:
            text += plan.optout
        # Without the line breaks that the vendor wants written in its own way.
        self._lines = unify_line_breaks(text).split("\n") if line_break else [text]
        #: As it is sent to the vendor.
        self.text = line_break.join(self._lines)

    def tags(self) -> Iterator[Problem]:
        """Tags that the vendor would read in the sent text, and that are neither in the original text nor
        line breaks.

        Replaced or deleted characters can make one, and so can a line break that is written as a tag.
        """
        if self.text == self._plan.kept:
            return  # sent as written
        tags = _tags(self._profile)
        if tags is None or tags.search(self.text) is None:
            return
        line_breaks, place = set(), 0
        for line in self._lines:
            line_breaks.add(place + len(line))
            place += len(line) + len(self._line_break)
        read = Counter(tag.group() for tag in tags.finditer(self.text) if tag.start() not in line_breaks)
        # The plan reports those in the text as written, each at its place.
        made = read - Counter(tags.findall(self._plan.kept))
        if made:
            message = said(
                "When it is sent, the text holds %(tags)s, which you did not write: replaced characters or "
                "a line break produce it, and this vendor reads it as a tag. Write it differently.",
                tags=in_quotes(made),
            )
            yield refusal(self._profile, "vendor-tag", message)


def _with_placeholders(profile: Profile, plan: Plan) -> str:
    """The text that is sent; the parts that the vendor replaces are there as written."""
    if not profile.rule("placeholders"):
        return plan.sent
    changes = plan.changes
    if not any(change.reason == "placeholder" for change in changes):
        return plan.sent
    sent = [one._replace(replacement=one.source) if one.reason == "placeholder" else one for one in changes]
    return replayed(sent, plan.original)


@lru_cache(maxsize=64)
def _tags(profile: Profile) -> re.Pattern[str] | None:
    """The pattern of the vendor's tags, the longest first; None where it has none."""
    texts = sorted((tag["text"] for tag in profile.rule("tags") or ()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, texts))) if texts else None
