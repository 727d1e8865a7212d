"""Preparation: one message, checked against everything its vendor asks of a request, and the request."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from septet.planning.ignored import told
from septet.planning.option_names import check_names
from septet.vendors.refusals import refusal
from septet.wording.messages import said

from . import mentions
from . import recipients as numbers
from .bodies import placed
from .fields import fill, filled
from .given_fields import named_argument
from .orders import order
from .prepared import Prepared
from .recipient_hours import have_its_clock, recipient_hours, sent_at
from .requests import Request
from .schedules import AT_ONCE, Schedule, schedule, values
from .senders import tag_problems
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

    from .fields import Fields
    from .given_values import Value
    from .mentions import Group
    from .orders import Order, Way
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
    check_names(plan_options, prepare.__kwdefaults__)
    asked, tag, given = order(profile, sender, tag, method, replies, vendor_fields, plan_options)
    found = asked.profile
    listed = numbers.listed(named_argument(found, "recipients", recipients, given))
    sent = AT_ONCE if send_at is None and not given else schedule(found, send_at, given)
    read = None if listed is None else asked.reads(listed)
    planned = asked.planner(text, read, listed).plan(text)

    way = asked.way(planned, scheduled=sent.moment is not None)
    wire = WireText(found, planned, way.asks_for_mention, asked.line_break)
    message = _Message(asked, way, planned, tag, read, sent, given, wire)
    fields, about_fields = message.fields()
    groups = message.by_mention(listed)
    mixed = tuple(message.about_mentions(groups)) if groups else ()
    if groups and not any(one.code == "mixed-countries" for one in mixed):
        groups = {}
    parts = message.parts(listed, groups)
    again = None
    if parts:
        around: dict[str, Any] = {**plan_options, "vendor_fields": dict(given)}
        around |= {"sender": asked.sender, "tag": tag, "send_at": send_at, "method": method}
        again = partial(prepared, partial(prepare, found, text, replies=replies, **around), parts)
    return Prepared(
        planned,
        told((*planned.problems, *message.problems(), *mixed, *about_fields), planned.terms.settings.ignored),
        message.billed(),
        message.request(fields),
        sent.moment,
        again,
    )


class _Message(NamedTuple):
    """Everything known about one message before it is sent."""

    order: Order
    way: Way
    plan: Plan
    tag: str | None
    recipients: Recipients | None
    sent: Schedule
    given: Fields
    text: WireText

    def fields(self) -> tuple[Fields, list[Problem]]:
        """The request's fields, and what is wrong with the fields that the caller gave."""
        order, profile = self.order, self.order.profile
        contents: dict[str, Value | None] = {
            "text": self.text.text,
            "sender": order.written_sender,
            "tag": self.tag,
        }
        if order.has_segments:
            contents["segments"] = self._segments()
        if order.prefix_separator is not None and self.plan.prefix:
            contents["prefix"] = self.plan.prefix.removesuffix(order.prefix_separator)
        if self.recipients:
            written = self.recipients.written
            contents["recipients"] = written if order.is_listed else order.separator.join(written)
        if self.sent.moment is not None:
            contents |= values(profile, self.sent.moment, self.sent.offset)
        if not self.given:
            return filled(profile, self.way.form, contents)
        return fill(profile, contents, self.way.conditions, self.given, self.way.charset)

    def problems(self) -> Iterator[Problem]:
        """What the vendor would refuse, apart from the text and the fields."""
        order, profile = self.order, self.order.profile
        if order.has_tags:
            yield from self.text.tags()
        yield from order.about_sender(self.plan, self.given) if self.given else self.way.about_sender
        countries = self._countries()
        if order.searches_countries:
            yield from order.about_countries(countries)
        if self.tag is not None:
            yield from tag_problems(profile, self.tag, self.plan)
        yield from self.way.about_replies
        group = self._group() if self.given else ""
        if group and self.recipients is not None:
            message = said(
                "%(field)s replaces the recipients. Leave out one of the two.",
                field=group,
            )
            yield refusal(profile, "field-conflict", message, field=group)
        is_plain = group if self.recipients is None else self.recipients.is_plain
        if order.request is not None and not is_plain:
            yield from numbers.problems(
                profile,
                self.recipients,
                order.method,
                deduped=self._asks_for("dedupe"),
                malformed_allowed=self._asks_for("allow_malformed"),
            )
        yield from self.sent.problems
        hours = self.way.quiet_hours
        if hours is not None and (self.sent.moment is not None or not self.sent.given):
            held = hours.held_back(self.sent.moment, countries)
            yield from held
            commercial, read = self.plan.terms.settings.commercial, self.recipients
            if commercial and read is not None and not have_its_clock(profile, read.places):
                home, goes_out = profile.country or order.country, sent_at(self.sent.moment, held)
                yield from recipient_hours(profile, goes_out, self._bound(), home, commercial=True)

    def billed(self) -> tuple[str, ...]:
        """The recipients that the vendor will bill."""
        if self.recipients is None:
            return ()
        if (self.given or self.order.removes_duplicates) and self._asks_for("dedupe"):
            return tuple(self.recipients.written[places[0]] for places in self.recipients.distinct.values())
        return self.recipients.written

    def by_mention(self, listed: tuple[str, ...] | None) -> dict[str, Group]:
        """The recipients by the mention of their countries, where one plan may not be right for all."""
        settings = self.plan.terms.settings
        if self.recipients is None or not settings.searched:
            return {}
        countries = self.recipients.countries
        if not countries or (len(countries) == 1 and settings.country in countries):
            return {}
        return self.order.groups(self.recipients, listed)

    def parts(self, listed: tuple[str, ...] | None, groups: dict[str, Group]) -> tuple[Part, ...]:
        """The recipients in parts, where one request cannot hold them."""
        most = self.order.most_recipients
        if listed is None or self.recipients is None:
            return ()
        if not groups and (most is None or len(listed) <= most):
            return ()
        mention = self.plan.terms.settings.mention
        return parted(
            listed,
            self.recipients,
            {mention: group.recipients for mention, group in groups.items()},
            planned=mention.text if mention else "",
            country=self._country_planned_for(),
            most=most,
            deduped=self._asks_for("dedupe"),
        )

    def request(self, fields: Fields) -> Request | None:
        """The request with its fields; None where the profile describes none."""
        order, rule = self.order, self.order.request
        if rule is None:
            return None
        recipients = () if self.recipients is None else self.recipients.written
        body, address, headers = placed(order.places, fields, recipients)
        return Request(
            order.method,
            rule["url"],
            rule["parameters"],
            self.way.charset,
            body,
            rule["credentials"],
            headers=rule["headers"] | headers if headers else rule["headers"],
            content_type=rule["content_type"],
            address=address,
        )

    def _country_planned_for(self) -> str | None:
        """The country that the caller gave, where the plan is for it: another mention may be longer."""
        planned, asked = self.plan.terms.settings.country, self.order.country
        return asked if numbers.destinations(self.order.profile, (), asked) == (planned,) else None

    def about_mentions(self, groups: dict[str, Group]) -> Iterator[Problem]:
        """Whether the plan is right for all recipients: the mention is that of one country."""
        if self.recipients is not None:
            order = self.order
            yield from mentions.problems(order.profile, self.plan, self.recipients, groups, order.country)

    def _segments(self) -> int:
        """The segments to request: the transmitted ones, where they are more than the billed ones."""
        plan = self.plan
        if plan.billed_segments == 1 and 0 < plan.units <= plan.coding.single:
            return 1
        return max(plan.billed_segments, min(len(plan.segments), self.order.most_segments), 1)

    def _countries(self) -> tuple[str, ...]:
        found = () if self.recipients is None else self.recipients.countries
        return numbers.destinations(self.order.profile, found, self.order.country)

    def _bound(self) -> list[str]:
        """The recipients in the country, as the vendor counts them, whose hours the vendor keeps."""
        rule = self.order.profile.rule("quiet_hours")
        if rule is None or self.recipients is None:
            return []
        return self.recipients.countries.get(rule["country"], [])

    def _group(self) -> str:
        """The field that names a group of the vendor's account, where the caller gave it."""
        held = (field["name"] for field in self.order.profile.rule("fields") if field["holds"] == "group")
        return next((name for name in held if name in self.given), "")

    def _asks_for(self, what: str) -> bool:
        if what == "dedupe" and self.order.removes_duplicates:
            return True
        return bool(self.given) and str(self.given.get(self._about_recipients(what, ""), "")) == "1"

    def _about_recipients(self, key: str, otherwise: str) -> str:
        rule = self.order.profile.rule("recipients")
        return otherwise if rule is None else str(rule[key])
