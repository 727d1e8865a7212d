"""Orders: the options of a caller for messages with any texts and recipients; read once, and kept.

Successive calls have the same options, with another text or another number. What follows from the options
and the vendor's rules is found here, once for all texts that travel alike. For a message, only what depends
on its own text and recipients has to be checked.
"""

from __future__ import annotations

from typing import NamedTuple

from septet._tables import VENDORS
from septet.destinations.countries import country_code
from septet.errors import OptionError, shown
from septet.planning.planner import KEEPERS, kept_planner
from septet.vendors.profiles import profile as profile_of
from septet.vendors.refusals import refusal
from septet.wording.messages import said
from septet.wording.recent import Recent

from . import mentions
from .arguments import check_flag, label
from .bodies import is_listed, places
from .fields import flags, form, holds, is_number, not_offered
from .given_fields import given_fields, named_argument
from .quiet_hours import quiet_hours
from .recipients import Reader
from .senders import as_sent, country_problems, is_identifier, sender_problems

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from typing import Any

    from septet.planning.option_types import Options
    from septet.planning.planner import Planner
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .fields import Fields, Form
    from .quiet_hours import QuietHours
    from .recipients import Recipients
    from .requests import Method

# A longer sender is invalid, and need not be remembered.
_LONGEST_KEPT = 100


class Way(NamedTuple):
    """The facts that hold for all messages of an order that travel alike."""

    #: Whether the vendor is asked to add the mention, so that the text is sent without it.
    asks_for_mention: bool
    #: The charset of the request, which is that of its text; none where there is no request.
    charset: str
    #: The conditions by which the vendor's file decides when a field is set.
    conditions: frozenset[str]
    #: The fields that are filled on these conditions, where the caller gave none.
    form: Form
    #: What the vendor would refuse about the sender, where the caller gave no fields.
    about_sender: tuple[Problem, ...]
    about_replies: tuple[Problem, ...]
    #: The hours at which the vendor holds them back; None where it does not.
    quiet_hours: QuietHours | None


class Order:
    """The options of messages to one vendor. Made by `order`."""

    __slots__ = (
        *("country", "has_segments", "has_tags", "is_listed", "line_break", "method", "most_recipients"),
        *("most_segments", "options", "places", "prefix_separator", "profile"),
        *("reads", "removes_duplicates", "replies", "request", "searches_countries", "sender", "separator"),
        *("written_sender", "_about_countries", "_counts_recipients", "_has_tag", "_planners", "_ways"),
    )

    def __init__(
        self,
        profile: Profile,
        sender: str | None,
        method: Method,
        replies: bool,
        options: Options,
        *,
        has_tag: bool,
    ) -> None:
        self.profile, self.sender, self.method, self.replies = profile, sender, method, replies
        self.options: Options = {**options}
        #: The country that the caller gave, for any recipients.
        self.country = country_code(options.get("country"))
        self.written_sender = as_sent(profile, sender) or None
        self.request: dict[str, Any] | None = profile.rule("request")
        self.line_break = "" if self.request is None else str(self.request["line_break"])
        self.is_listed = is_listed(profile)
        self.places = places(profile)
        self.reads = Reader(profile, self.country).read
        self.has_tags = bool(profile.rule("tags"))
        self.has_segments = holds(profile, "segments")
        self.prefix_separator = profile.rule("prefix")["separator"] if holds(profile, "prefix") else None
        self.most_segments: int = profile.rule("limit")["ceiling"]
        rule = profile.rule("recipients")
        self.separator = "," if rule is None else str(rule["separator"])
        self.most_recipients: int | None = None if rule is None else rule["most"].get(method)
        self.removes_duplicates = rule is not None and rule["duplicates"] == "removed"
        limit = profile.rule("character_limit")
        self._counts_recipients = bool(limit and limit["several"]) and options.get("recipient_count") is None
        self._has_tag = has_tag
        #: Whether the handling of the sender's name may depend on the country.
        self.searches_countries = bool(sender) and not is_number(sender or "") and self.request is not None
        self._planners = Recent(256)
        self._ways = Recent(256)
        self._about_countries = Recent(256)

    def planner(self, text: str, read: Recipients | None, listed: tuple[str, ...] | None) -> Planner:
        """The planner of a text to these recipients, who may decide its country and a limit."""
        countries: Any = read.countries if read is not None else ()
        where = None
        if len(countries) == 1 and self.country is None:
            (where,) = countries
        elif countries and read is not None:
            where = mentions.country(self.profile, text, read, self.options, self.country)
        count = max(1, len(listed)) if self._counts_recipients and listed is not None else None
        planner: Planner | None = self._planners.get((where, count))
        return planner or self._planners.keep(
            (where, count), kept_planner(self.profile, self._counting(listed, where))
        )

    def groups(self, read: Recipients, listed: tuple[str, ...] | None) -> dict[str, mentions.Group]:
        """The recipients by the mention of their countries."""
        return mentions.groups(self.profile, read, self._counting(listed, None))

    def _counting(self, listed: tuple[str, ...] | None, country: str | None) -> Options:
        """The options, with the country and the recipients that are counted here."""
        options: Options = {**self.options}
        if country is not None:
            options["country"] = country
        if self._counts_recipients and listed is not None:
            options["recipient_count"] = max(1, len(listed))
        return options

    def way(self, plan: Plan, *, scheduled: bool) -> Way:
        """The facts that hold for messages that travel as this plan does."""
        several = plan.billed_segments > 1
        key = (
            *(plan.terms.settings.country, plan.encoding, plan.optout_status, plan.optout != ""),
            *(several, plan.truncated > 0, scheduled),
        )
        found: Way | None = self._ways.get(key)
        return found or self._ways.keep(key, self._way(plan, scheduled))

    def _way(self, plan: Plan, scheduled: bool) -> Way:
        asks_for_mention = mentions.vendor_adds(self.profile, plan)
        conditions = frozenset(
            flags(
                plan,
                replies=self.replies,
                asks_for_mention=asks_for_mention,
                scheduled=scheduled,
                sender=self.sender,
            )
        )
        return Way(
            asks_for_mention,
            "" if self.request is None else str(self.request["charset"][plan.encoding]),
            conditions,
            form(self.profile, conditions),
            tuple(self.about_sender(plan, {})),
            tuple(self._about_replies(plan.encoding)),
            quiet_hours(self.profile, commercial=plan.terms.settings.commercial),
        )

    def about_countries(self, countries: tuple[str, ...]) -> tuple[Problem, ...]:
        """The handling of the sender's name where the message goes."""
        found: tuple[Problem, ...] | None = self._about_countries.get(countries)
        if found is None:
            found = self._about_countries.keep(countries, tuple(country_problems(self.profile, countries)))
        return found

    def about_sender(self, plan: Plan, given: Fields) -> Iterator[Problem]:
        """What the vendor would refuse of the options, and above all of the sender."""
        if self.request is None:
            message = said(
                "%(profile)s describes no request: only the text was checked, and there are no fields. "
                "Write [request] and [[fields]] into a file that extends it, or only plan the text.",
                profile=self.profile.name,
            )
            yield refusal(self.profile, "request-unknown", message)
        else:
            is_given = self.sender is not None
            yield from not_offered(self.profile, sender=is_given, tag=self._has_tag, replies=self.replies)
        beside = [
            (name, field)
            for field in self.profile.rule("fields")
            if given and field["holds"] == "sender"
            for name in field["instead"]
            if name in given
        ]
        for problem in sender_problems(self.profile, self.sender, self.replies, plan):
            if problem.code != "sender-missing" or not beside:
                yield problem
        for name, field in beside:
            if self.sender is not None and field["exclusive"]:
                message = said(
                    "%(field)s replaces the sender. Leave out one of the two.",
                    field=name,
                )
                yield refusal(self.profile, "field-conflict", message, field=name)

    def _about_replies(self, encoding: str) -> Iterator[Problem]:
        if not self.replies or encoding != "ucs2":
            return
        for field in self.profile.rule("fields"):
            if {"replies", "ucs2"} <= field["when"].keys():
                message = said(
                    "%(field)s is %(replies)s for a message that accepts replies and %(unicode)s for a "
                    "Unicode one: it cannot be both. Leave out the replies, or write the text with GSM "
                    "characters.",
                    field=field["name"],
                    replies=str(field["when"]["replies"]),
                    unicode=str(field["when"]["ucs2"]),
                )
                yield refusal(self.profile, "replies-with-unicode", message, field=field["name"])


def order(
    profile: str | os.PathLike[str] | Profile,
    sender: str | None,
    tag: str | None,
    method: Method,
    replies: bool,
    vendor_fields: Mapping[str, Any] | None,
    options: Options,
) -> tuple[Order, str | None, Fields]:
    """The order, the tag, and the fields that the caller gave, without those that an argument holds.

    Raises TypeError and ValueError for arguments of a wrong type and for names that the profile does not
    know.
    """
    key: tuple[object, ...] | None = None
    if (vendor_fields is None or vendor_fields == {}) and (
        sender is None or (type(sender) is str and len(sender) < _LONGEST_KEPT)
    ):
        # The types, too: True is not 1. A name is looked up faster than a profile; a path may later mean
        # another file.
        if type(profile) is not str or profile not in VENDORS:
            profile = profile_of(profile)
        key = (profile, sender, method, replies, type(replies), tag is not None)
        if options:
            key = (*key, *options.items(), *map(type, options.values()))
        try:
            kept: Order | None = _kept.get(key)
        except TypeError:
            key = kept = None  # an unhashable value, which is named below
        if kept is not None:
            return kept, label(kept.profile, "tag", tag, {}), {}
    profile = profile_of(profile)
    _check_method(profile, method)
    check_flag("replies", replies)
    given = given_fields(profile, vendor_fields)
    named_argument(profile, "text", "", given)
    sender, tag = label(profile, "sender", sender, given), label(profile, "tag", tag, given)
    elsewhere = sender is not None and is_identifier(profile, sender)
    if elsewhere and sender is not None:
        given[elsewhere], sender = sender, None
    made = Order(profile, sender, method, replies, options, has_tag=tag is not None)
    if key is not None and not given:
        _kept.keep(key, made)
    return made, tag, given


_kept = Recent(64)
# They hold planners, too.
KEEPERS.append(_kept)


def _check_method(profile: Profile, method: object) -> None:
    rule = profile.rule("request")
    known = ["GET", "POST"] if rule is None else rule["methods"]
    if method not in known:
        message = f"method: {profile.name} takes {' or '.join(known)}, found {shown(method)}"
        raise OptionError(message, "method", tuple(known))
