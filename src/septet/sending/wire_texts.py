"""The text as the vendor is to get it: as the phone shows it, but for what the vendor adds or replaces."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from septet.gsm.characters import unify_line_breaks
from septet.vendors.refusals import refusal
from septet.wording.messages import said
from septet.wording.quoting import in_quotes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem


class WireText(NamedTuple):
    """The text of one plan in a request of its vendor."""

    profile: Profile
    plan: Plan
    #: Whether the vendor is asked to add the mention, so that the text is sent without it.
    asks_for_mention: bool

    def on_the_wire(self) -> str:
        """The text as the vendor is to get it."""
        line_break = self._line_break()
        return line_break.join(self._lines()) if line_break else self._to_send()

    def _to_send(self) -> str:
        return self._with_placeholders() + ("" if self.asks_for_mention else self.plan.optout)

    def _with_placeholders(self) -> str:
        """The text that is sent; what the vendor replaces stands there as it was written."""
        changes = self.plan.changes if self.profile.rule("placeholders") else ()
        if not any(change.reason == "placeholder" for change in changes):
            return self.plan.sent
        found, place = [], 0
        for change in changes:
            found.append(self.plan.original[place : change.start])
            found.append(change.source if change.reason == "placeholder" else change.replacement)
            place = change.end
        return "".join(found) + self.plan.original[place:]

    def _lines(self) -> list[str]:
        """The same, without the line breaks that the vendor wants written in its own way."""
        text = self._to_send()
        return unify_line_breaks(text).split("\n") if self._line_break() else [text]

    def _line_break(self) -> str:
        rule = self.profile.rule("request")
        return "" if rule is None else str(rule["line_break"])

    def tags(self) -> Iterator[Problem]:
        """Tags that the vendor would read on the wire, and that neither the text has nor a line break is.

        What is replaced or deleted can make one, and so can a line break that is written as one.
        """
        if not self.profile.rule("tags"):
            return
        texts = sorted((tag["text"] for tag in self.profile.rule("tags")), key=len, reverse=True)
        tags = re.compile("|".join(map(re.escape, texts)))
        line_breaks, place = set(), 0
        for line in self._lines():
            line_breaks.add(place + len(line))
            place += len(line) + len(self._line_break())
        read = Counter(
            tag.group() for tag in tags.finditer(self.on_the_wire()) if tag.start() not in line_breaks
        )
        # The plan tells of those in the text as it is written, each at its place.
        made = read - Counter(tags.findall(self.plan.kept))
        if made:
            message = said(
                "When it is sent, the text holds %(tags)s, which you did not write: replaced characters or "
                "a line break produce it, and this vendor reads it as a tag. Write it differently.",
                tags=in_quotes(made),
            )
            yield refusal(self.profile, "vendor-tag", message)
