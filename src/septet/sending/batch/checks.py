"""Batch checks: one row of a batch file, checked against everything its vendor asks of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from septet.destinations.phone_numbers import phone_number
from septet.errors import OptionError
from septet.planning.blemishes import may_be_blemished
from septet.planning.ignored import MAY_BE_IGNORED, told
from septet.planning.planner import Planner
from septet.planning.suspicions import suspicion
from septet.sending import recipients as numbers
from septet.sending.senders import sender_problems
from septet.vendors.refusals import documented, refusal
from septet.wording.messages import said
from septet.wording.problems import Problem
from septet.wording.quoting import named, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from septet.planning.option_types import Options
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile

    from .rows import BatchRow

_LOSSY = "lossy-substitution"

# The most sender's names whose problems are remembered; a list has few.
_MOST_SENDERS = 4096


class Checked(NamedTuple):
    """A row as written, and what is wrong with it."""

    #: In the order of the columns.
    cells: list[str]
    billed_segments: int
    #: The transmitted segments, where they are more than the billed ones.
    segments: int
    problems: tuple[Problem, ...]
    refused: bool


class Checker:
    """A profile's batch with the options of one file; it remembers no text and no number.

    `replies` is for a batch whose messages can be answered. A file that `is_sent_as_it_stands` is not
    rewritten, so that what septet would write differently is a problem of the row.

    Raises ValueError for options that the profile does not know, and for a `sender` that it
    would refuse in every row.
    """

    def __init__(
        self,
        profile: Profile,
        sender: str | None,
        options: Options,
        *,
        refuse_lossy: bool,
        numbering_plans: bool,
        replies: bool = False,
        is_sent_as_it_stands: bool = False,
    ) -> None:
        self.profile = profile
        self.rule = profile.rule("batch")
        self._contents = [column["holds"] for column in self.rule["columns"]]
        # A warning of the text may become another problem of the row: nothing is ignored before the end of
        # the check.
        self._options: Options = {**options, "ignore": None}
        #: The codes of problems that are not reported.
        self.ignored = Planner(profile, **options).settings.ignored
        if refuse_lossy and _LOSSY in self.ignored:
            message = f"ignore: {_LOSSY} is what refuse_lossy refuses: expected one of the two"
            raise OptionError(message, "ignore", tuple(code for code in MAY_BE_IGNORED if code != _LOSSY))
        self._planners = {"": Planner(profile, **self._options)}
        named = options.get("country")
        #: The country whose national numbers the vendor takes; and the country of the file's national
        #: numbers where it takes none.
        self._home = profile.country or (named.upper() if named else None)
        self._named = named.upper() if named else profile.country
        self._counted: dict[str, str] = {}
        self._firsts: dict[str, str] = {}
        self._patterns = [re.compile(pattern) for pattern in profile.rule("recipients")["patterns"]]
        self._drops_plus = profile.rule("recipients")["plus"] == "dropped"
        self._numbering_plans = numbering_plans
        #: Whether numbering plans were to be checked, and could not be.
        self.not_checked = False
        self._refuse_lossy = refuse_lossy
        self._replies = replies
        self._is_sent_as_it_stands = is_sent_as_it_stands
        self._sender_problems: dict[tuple[str, str], tuple[Problem, ...]] = {}
        self._sender = self._own_sender(sender)

    def _own_sender(self, sender: object) -> str:
        if sender is None:
            return ""
        if not isinstance(sender, str):
            raise TypeError(f"sender: expected a text, found {type(sender).__name__}")
        for problem in self._of_sender(sender, self._planners[""].plan("")) if sender else ():
            if problem.severity == "error":
                raise OptionError(f"sender: {problem.message}", "sender", "a sender that this vendor takes")
        return sender

    def check(self, row: BatchRow) -> Checked:
        """The cells of a row in the file, and what is wrong with it."""
        recipient, country, problems = self._of_recipient(row.recipient.strip())
        plan = self._planner(country).plan(row.text)
        sender = row.sender or self._sender
        problems += self._of_sender(sender, plan)
        problems += self._of_text(plan)
        if self._is_sent_as_it_stands:
            problems += tuple(self._otherwise(row, recipient, plan))
        text = plan.sent + ("" if self.rule["mention"] == "vendor" else plan.optout)
        held = {"recipient": recipient, "text": text, "sender": sender}
        cells = [held[content] for content in self._contents]
        refused = False
        if problems:
            problems = tuple(documented(self.profile, problem) for problem in problems)
            refused = any(
                problem.severity == "error" or (self._refuse_lossy and problem.code == _LOSSY)
                for problem in problems
            )
            problems = told(problems, self.ignored)
        segments = billed = plan.billed_segments
        if billed > 1:
            segments = max(billed, len(plan.segments))
        return Checked(cells, billed, segments, problems, refused)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the recipients so far, as far as numbering plans were checked."""
        return tuple(dict.fromkeys(self._counted.values()))

    def first_in(self, country: str) -> list[str]:
        """The first recipient so far of each country that counts as this one."""
        return [self._firsts[own] for own, counted in self._counted.items() if counted == country]

    def outside_charset(self, cells: list[str], error: UnicodeEncodeError) -> Problem:
        """The problem of a row that the file's charset cannot hold."""
        wrong = error.object[error.start : error.end]
        message = said(
            '"%(characters)s" is not in %(charset)s, the charset of a batch file. Write it differently.',
            characters=printable(wrong),
            charset=self.rule["charset"],
        )
        return refusal(self.profile, "outside-charset", message, characters=wrong)

    def _planner(self, country: str | None) -> Planner:
        """The planner for a country, whose mention may be added."""
        if country is None or self._options.get("country"):
            return self._planners[""]
        if country not in self._planners:
            there: Options = {**self._options, "country": country}
            self._planners[country] = Planner(self.profile, **there)
        return self._planners[country]

    def _of_recipient(self, number: str) -> tuple[str, str | None, tuple[Problem, ...]]:
        """The number as written, the country that it counts as, and what is wrong with it."""
        if not self._is_sent_as_it_stands:
            is_taken = self._is_well_formed(number)
            number = numbers.dialled(number, self._named, self._is_well_formed, is_taken=is_taken)
        wire = number.removeprefix("+") if self._drops_plus else number
        if not number:
            message = said("The row has no recipient. Give one.")
            return "", None, (refusal(self.profile, "recipients-missing", message, fault="absent"),)
        if self._is_well_formed(wire):
            if not self._numbering_plans:
                return wire, None, ()
            try:
                found = phone_number(number, self._home, as_sent=True)
            except ModuleNotFoundError:
                self.not_checked, self._numbering_plans = True, False
                return wire, None, ()
            if found is not None and found.known and found.country is not None:
                return wire, self._counted_as(found.country, number), ()
            if self._lost_its_zero(number, wire):
                return wire, None, (self._lost_zero(number),)
        read = numbers.read(self.profile, (number,), self._named, as_written=self._is_sent_as_it_stands)
        problems = numbers.problems(self.profile, read, "POST", deduped=False, malformed_allowed=False)
        return wire, next(iter(read.countries), None), tuple(problems)

    def _is_well_formed(self, wire: str) -> bool:
        return any(pattern.fullmatch(wire) for pattern in self._patterns)

    def _lost_its_zero(self, number: str, wire: str) -> bool:
        """Whether a number is valid in this country only with a zero before it.

        A spreadsheet takes 0612345678 for a number and keeps 612345678, which the vendor would read
        as an international one.
        """
        if number.startswith(("0", "+")) or not self._is_well_formed(f"0{wire}"):
            return False
        found = phone_number(f"0{number}", self._home)
        return found is not None and found.known

    def _lost_zero(self, number: str) -> Problem:
        message = said(
            'For this vendor "%(number)s" is an international number, but no country has it. A spreadsheet '
            "may have dropped a zero: write 0%(number)s, in a column formatted as text.",
            number=number,
        )
        return refusal(self.profile, "malformed-recipient", message, {"value": number}, numbers=(number,))

    def _counted_as(self, country: str, number: str) -> str:
        if country not in self._counted:
            read = numbers.read(self.profile, (number,), self._named)
            self._counted[country] = next(iter(read.countries))
            self._firsts[country] = number
        return self._counted[country]

    def _of_sender(self, sender: str, plan: Plan) -> tuple[Problem, ...]:
        key = sender, plan.optout_status
        found = self._sender_problems.get(key)
        if found is None:
            if len(self._sender_problems) >= _MOST_SENDERS:
                self._sender_problems.clear()
            if sender and "sender" not in self._contents:
                message = said("A batch file of this vendor has no column for a sender. Leave it out.")
                found = (refusal(self.profile, "not-offered", message, fault="sender"),)
            else:
                found = tuple(sender_problems(self.profile, sender, self._replies, plan))
            self._sender_problems[key] = found
        return found

    def _otherwise(self, row: BatchRow, recipient: str, plan: Plan) -> Iterator[Problem]:
        """What would be different in a batch file from septet, so that the file has to be rewritten."""
        if recipient != row.recipient and self._is_well_formed(recipient):
            message = said(
                '"%(written)s": this vendor accepts %(number)s. Write it that way.',
                written=printable(row.recipient),
                number=recipient,
            )
            quoted, wrong = {"value": row.recipient}, (row.recipient,)
            yield refusal(self.profile, "malformed-recipient", message, quoted, numbers=wrong)
        if plan.optout and self.rule["mention"] == "sender":
            mention = printable(plan.optout.strip())
            message = said(
                'The text has no "%(mention)s", which nobody adds to a batch. Write it at the end.',
                mention=mention,
            )
            yield refusal(self.profile, "optout-missing", message)

    def _of_text(self, plan: Plan) -> tuple[Problem, ...]:
        found: tuple[Problem, ...] = () if is_clean(plan) else self._with_unicode(plan)
        # Reported last, as it concerns the file and not the message.
        found = tuple(problem for problem in found if problem.code != "suspect-encoding")
        if problem := suspicion(plan.original, self.profile.substitutions):
            found += (problem,)
        return found

    def _with_unicode(self, plan: Plan) -> tuple[Problem, ...]:
        needed = tuple(self._unicode(plan))
        # The same character is not reported twice.
        again = {(_LOSSY, problem.start, problem.end) for problem in needed}
        found = (p for p in plan.problems if (p.code, p.start, p.end) not in again)
        return (*found, *needed)

    def _unicode(self, plan: Plan) -> Iterator[Problem]:
        """Whether a text needs Unicode: planned so, or with characters that the file cannot hold.

        The vendor replaces, as documented, characters that the charset has and the alphabet lacks; it never
        sees characters that the charset lacks.
        """
        name = self.profile.name
        if plan.encoding not in self.rule["encodings"]:
            message = said(
                "The text needs Unicode, which the batch files of %(profile)s do not have. Write it with "
                "GSM characters, or send it in a separate request.",
                profile=name,
            )
            yield Problem.of("unicode-unavailable", message)
            return
        for problem in plan.problems:
            if problem.code != _LOSSY or problem.start is None:
                continue
            try:
                plan.original[problem.start : problem.end].encode(self.rule["charset"])
            except UnicodeEncodeError as error:
                start, end = problem.start + error.start, problem.start + error.end
                wrong = plan.original[start:end]
                message = said(
                    "%(what)s is not in %(charset)s: the text needs Unicode, which the batch files of "
                    "%(profile)s do not have. Write it with GSM characters, or send it in a separate "
                    "request.",
                    what=named(wrong),
                    charset=self.rule["charset"],
                    profile=name,
                )
                yield Problem.of("unicode-unavailable", message, start, end, characters=wrong)


def is_clean(plan: Plan) -> bool:
    """Whether a plan certainly has no problem, by its figures alone: this is true for most rows of a list.

    A text that is shown as written holds no character outside the alphabet. In one segment nothing is cut,
    too long or across a boundary; only a vendor's own table may give another figure.
    """
    settings: Any = plan.terms.settings
    profile = plan.terms.profile
    return (
        plan.billed_segments == 1
        and plan.encoding == "gsm7"
        and plan.sent == plan.original
        and not may_be_blemished(plan.original)
        and (
            plan.optout_status in ("already-there", "not-required")
            or (plan.optout_status == "added" and not settings.mention.unspecified)
        )
        and (
            plan.optout_status == "not-required"
            or not any(form in plan.original for (form,) in settings.mention.others.needles)
        )
        and not plan.terms.is_refused
        and not profile.rule("tags")
        and not profile.rule("documented_totals")
    )
