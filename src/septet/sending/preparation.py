"""Preparation: one message held against everything its vendor asks of a request, and the request."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from septet.destinations.countries import country_code
from septet.errors import OptionError, shown
from septet.planning.ignored import told
from septet.planning.planner import plan
from septet.vendors.profiles import profile as profile_of
from septet.vendors.refusals import refusal
from septet.wording.messages import said

from . import mentions
from . import recipients as numbers
from .arguments import check_flag, label
from .bodies import is_listed, placed
from .fields import fill, flags, holds, is_number, not_offered
from .given_fields import given_fields, named_argument
from .prepared import Prepared
from .quiet_hours import quiet_hours
from .recipient_hours import recipient_hours, sent_at
from .requests import Request
from .schedules import Schedule, schedule, values
from .senders import as_sent, country_problems, is_identifier, sender_problems, tag_problems
from .splitting import parted, prepared
from .wire_texts import WireText

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Any, Unpack

    from septet.planning.option_types import Options
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .fields import Fields, Value
    from .mentions import Group
    from .recipients import Recipients
    from .requests import Method
    from .splitting import Part


def prepare(
    profile: str | os.PathLike[str] | Profile,
    text: str,
    *,
    sender: str | None = None,
    recipients: str | Iterable[str] | None = None,
    tag: str | None = None,
    send_at: datetime | str | None = None,
    method: Method = "POST",
    replies: bool = False,
    vendor_fields: Mapping[str, Any] | None = None,
    **plan_options: Unpack[Options],
) -> Prepared:
    """Checks a message as its vendor will, and prepares the vendor's request.

    `recipients` are numbers, or one text with commas; without a `country`, they decide it.
    `send_at` is a datetime or one in ISO 8601, in the vendor's time zone where it names none; None
    sends at once. `replies` asks for a message that accepts replies. `vendor_fields` are further
    fields by the vendor's own names. `plan_options` are those of `septet.plan`.

    What the vendor would refuse is in `Prepared.problems`, not raised; TypeError and ValueError are
    for arguments of a wrong type and for names that the profile does not know.
    """
    found = profile_of(profile)
    _check_method(found, method)
    check_flag("replies", replies)
    given = given_fields(found, vendor_fields)
    named_argument(found, "text", text, given)
    own_sender = label(found, "sender", sender, given)
    own_tag = label(found, "tag", tag, given)
    if own_sender is not None and (elsewhere := is_identifier(found, own_sender)):
        given[elsewhere], own_sender = own_sender, None
    listed = numbers.listed(named_argument(found, "recipients", recipients, given))
    sent = schedule(found, send_at, given)

    around: dict[str, Any] = {
        "sender": own_sender,
        "tag": own_tag,
        "send_at": send_at,
        "method": method,
        "replies": replies,
        **plan_options,
    }
    again = partial(prepare, found, text, vendor_fields=dict(given), **around)
    country = country_code(plan_options.get("country"))
    read = None if listed is None else numbers.read(found, listed, country)
    if read is not None and read.countries:
        plan_options["country"] = mentions.country(found, text, read, plan_options, country)
    limit = found.rule("character_limit")
    if listed is not None and limit and limit["several"] and plan_options.get("recipient_count") is None:
        plan_options["recipient_count"] = max(1, len(listed))
    planned = plan(text, found, **plan_options)

    message = _Message(found, planned, own_sender, own_tag, read, country, sent, method, replies, given)
    fields, problems = message.fields()
    groups = message.by_mention(plan_options)
    mixed = tuple(message.about_mentions(groups))
    parts = message.parts(listed, groups if any(one.code == "mixed-countries" for one in mixed) else {})
    return Prepared(
        planned,
        told((*planned.problems, *message.problems(), *mixed, *problems), planned.terms.settings.ignored),
        message.billed(),
        message.request(fields),
        sent.moment,
        partial(prepared, again, parts) if parts else None,
    )


class _Message(NamedTuple):
    """All that is known of one message before it is sent."""

    profile: Profile
    plan: Plan
    sender: str | None
    tag: str | None
    recipients: Recipients | None
    #: Where the caller says it goes, whatever the recipients.
    country: str | None
    sent: Schedule
    method: Method
    replies: bool
    given: Fields

    def fields(self) -> tuple[Fields, list[Problem]]:
        """The request's fields, and what is wrong with those that the caller gave."""
        contents: dict[str, Value | None] = {
            "text": self._text().on_the_wire(),
            "sender": as_sent(self.profile, self.sender) or None,
            "tag": self.tag,
        }
        if holds(self.profile, "segments"):
            contents["segments"] = self._segments()
        if self.plan.prefix and holds(self.profile, "prefix"):
            contents["prefix"] = self.plan.prefix.removesuffix(self.profile.rule("prefix")["separator"])
        if self.recipients:
            written = self.recipients.written
            separator = self._about_recipients("separator", ",")
            contents["recipients"] = written if is_listed(self.profile) else separator.join(written)
        if self.sent.moment is not None:
            contents |= values(self.profile, self.sent.moment, self.sent.offset)
        conditions = flags(
            self.plan,
            replies=self.replies,
            asks_for_mention=self.asks_for_mention,
            scheduled=self.sent.moment is not None,
            sender=self.sender,
        )
        return fill(self.profile, contents, conditions, self.given, self.charset())

    def problems(self) -> Iterator[Problem]:
        """What the vendor would refuse beside the text and the fields."""
        yield from self._text().tags()
        yield from self._not_offered()
        yield from self._sender()
        yield from tag_problems(self.profile, self.tag, self.plan)
        yield from self._replies()
        group = self._group()
        if group and self.recipients is not None:
            message = said(
                "%(field)s replaces the recipients. Leave out one of the two.",
                field=group,
            )
            yield refusal(self.profile, "field-conflict", message, field=group)
        if self.profile.rule("request") and not (group and self.recipients is None):
            yield from numbers.problems(
                self.profile,
                self.recipients,
                self.method,
                deduped=self._asks_for("dedupe"),
                malformed_allowed=self._asks_for("allow_malformed"),
            )
        yield from self.sent.problems
        if self.sent.moment is not None or not self.sent.given:
            commercial = self.plan.terms.settings.commercial
            held = tuple(
                quiet_hours(self.profile, self.sent.moment, self._countries(), commercial=commercial)
            )
            yield from held
            yield from recipient_hours(
                self.profile,
                sent_at(self.sent.moment, held),
                self._bound(),
                self.profile.country or self.country,
                commercial=commercial,
            )

    def _sender(self) -> Iterator[Problem]:
        beside = [
            (name, field)
            for field in self.profile.rule("fields")
            if field["holds"] == "sender"
            for name in field["instead"]
            if name in self.given
        ]
        for problem in sender_problems(self.profile, self.sender, self.replies, self.plan):
            if problem.code != "sender-missing" or not beside:
                yield problem
        for name, field in beside:
            if self.sender is not None and field["exclusive"]:
                message = said(
                    "%(field)s replaces the sender. Leave out one of the two.",
                    field=name,
                )
                yield refusal(self.profile, "field-conflict", message, field=name)
        if self.sender and not is_number(self.sender) and self.profile.rule("request"):
            yield from country_problems(self.profile, self._countries())

    def billed(self) -> tuple[str, ...]:
        """The recipients that the vendor will bill."""
        if self.recipients is None:
            return ()
        if self._asks_for("dedupe"):
            return tuple(self.recipients.written[places[0]] for places in self.recipients.distinct.values())
        return self.recipients.written

    def by_mention(self, options: Options) -> dict[str, Group]:
        """The recipients by the mention of their countries; none where no mention is looked for."""
        if self.recipients is None or not self.plan.terms.settings.searched:
            return {}
        return mentions.groups(self.profile, self.recipients, options)

    def parts(self, listed: tuple[str, ...] | None, groups: dict[str, Group]) -> tuple[Part, ...]:
        """The recipients in parts, where one request does not take them."""
        if listed is None or self.recipients is None:
            return ()
        rule, mention = self.profile.rule("recipients"), self.plan.terms.settings.mention
        return parted(
            listed,
            self.recipients,
            {mention: group.recipients for mention, group in groups.items()},
            planned=mention.text if mention else "",
            country=self._country_planned_for(),
            most=None if rule is None else rule["most"].get(self.method),
            deduped=self._asks_for("dedupe"),
        )

    def request(self, fields: Fields) -> Request | None:
        """The request with its fields; None where the profile describes none."""
        rule = self.profile.rule("request")
        if rule is None:
            return None
        recipients = () if self.recipients is None else self.recipients.written
        body, address, headers = placed(self.profile, fields, recipients)
        return Request(
            self.method,
            rule["url"],
            rule["parameters"],
            self.charset(),
            body,
            rule["credentials"],
            headers=rule["headers"] | headers,
            content_type=rule["content_type"],
            address=address,
        )

    def charset(self) -> str:
        """The charset of the request, which is that of its text; none where there is no request."""
        rule = self.profile.rule("request")
        return "" if rule is None else str(rule["charset"][self.plan.encoding])

    @property
    def asks_for_mention(self) -> bool:
        """Whether the vendor is asked to add the mention, so that the text is sent without it."""
        return mentions.vendor_adds(self.profile, self.plan)

    def _country_planned_for(self) -> str | None:
        """The country that the caller named, where the plan is for it: another mention may be longer."""
        planned = self.plan.terms.settings.country
        return self.country if numbers.destinations(self.profile, (), self.country) == (planned,) else None

    def about_mentions(self, groups: dict[str, Group]) -> Iterator[Problem]:
        """Whether the plan is true for all recipients: the mention is that of one country."""
        if self.recipients is not None:
            yield from mentions.problems(self.profile, self.plan, self.recipients, groups, self.country)

    def _segments(self) -> int:
        """The segments to ask for: what is transmitted, where that is more than what is billed."""
        most: int = self.profile.rule("limit")["ceiling"]
        return max(self.plan.billed_segments, min(len(self.plan.segments), most), 1)

    def _text(self) -> WireText:
        return WireText(self.profile, self.plan, self.asks_for_mention)

    def _countries(self) -> tuple[str, ...]:
        found = () if self.recipients is None else self.recipients.countries
        return numbers.destinations(self.profile, found, self.country)

    def _bound(self) -> list[str]:
        """The recipients in the country, as the vendor counts them, whose hours it keeps."""
        rule = self.profile.rule("quiet_hours")
        if rule is None or self.recipients is None:
            return []
        return self.recipients.countries.get(rule["country"], [])

    def _not_offered(self) -> Iterator[Problem]:
        if self.profile.rule("request") is None:
            message = said(
                "%(profile)s describes no request: only the text was checked, and there are no fields. "
                "Write [request] and [[fields]] into a file that extends it, or only plan the text.",
                profile=self.profile.name,
            )
            yield refusal(self.profile, "request-unknown", message)
            return
        yield from not_offered(
            self.profile,
            sender=self.sender is not None,
            tag=self.tag is not None,
            replies=self.replies,
        )

    def _replies(self) -> Iterator[Problem]:
        if not self.replies or self.plan.encoding != "ucs2":
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

    def _group(self) -> str:
        """The field that names a group of the vendor's account, where the caller gave it."""
        if not self.given:
            return ""
        held = (field["name"] for field in self.profile.rule("fields") if field["holds"] == "group")
        return next((name for name in held if name in self.given), "")

    def _asks_for(self, what: str) -> bool:
        rule = self.profile.rule("recipients")
        if what == "dedupe" and rule is not None and rule["duplicates"] == "removed":
            return True
        return bool(self.given) and str(self.given.get(self._about_recipients(what, ""), "")) == "1"

    def _about_recipients(self, key: str, otherwise: str) -> str:
        rule = self.profile.rule("recipients")
        return otherwise if rule is None else str(rule[key])


def _check_method(profile: Profile, method: object) -> None:
    rule = profile.rule("request")
    known = ["GET", "POST"] if rule is None else rule["methods"]
    if method not in known:
        message = f"method: {profile.name} takes {' or '.join(known)}, found {shown(method)}"
        raise OptionError(message, "method", tuple(known))
