"""Preparation: a batch file, checked against everything its vendor asks of it, and the request that sends
it."""

from __future__ import annotations

import hashlib
import io
import os
from typing import NamedTuple

from septet.destinations.countries import country_code
from septet.planning.ignored import told
from septet.planning.option_names import check_names
from septet.planning.planner import Planner
from septet.sending import recipients as numbers
from septet.sending.arguments import check_flag, label
from septet.sending.fields import fill, not_offered
from septet.sending.given_fields import given_fields
from septet.sending.quiet_hours import quiet_hours
from septet.sending.recipient_hours import recipient_hours, sent_at
from septet.sending.schedules import schedule, values
from septet.sending.senders import sender_problems, tag_problems
from septet.vendors.profiles import Profile

from .checks import Checker
from .examination import examine
from .prepared import PreparedBatch
from .reading import read_batch_file
from .requests import BatchRequest, FilePart
from .rows import BatchFault, batch_profile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from typing import Any, BinaryIO

    from typing_extensions import Unpack

    from septet.planning.option_types import Options
    from septet.planning.plans import Plan
    from septet.sending.fields import Fields
    from septet.sending.schedules import Schedule
    from septet.wording.problems import Problem

    from .reports import BatchReport
    from .rows import BatchRow, OnFault


def prepare_batch(
    profile: str | os.PathLike[str] | Profile | None,
    path_or_file: str | os.PathLike[str] | BinaryIO,
    *,
    sender: str | None = None,
    tag: str | None = None,
    send_at: datetime | str | None = None,
    replies: bool = False,
    vendor_fields: Mapping[str, Any] | None = None,
    refuse_lossy: bool = False,
    numbering_plans: bool = True,
    on_fault: OnFault | None = None,
    **plan_options: Unpack[Options],
) -> PreparedBatch:
    """Checks a batch file as its vendor will, and prepares the request that sends it.

    The file is one that `septet.batch_file` wrote, or any other of the vendor's form: a path, or open
    for bytes. It is sent unchanged, so that each row is planned with `plan_options`, as for `batch_file`,
    and what that would have written differently is a problem of the row. `profile` None
    is the one profile that has batch files.

    `sender` is that of the rows that have none; `tag`, `send_at`, `replies` and `vendor_fields` are as
    for `septet.prepare`, and hold for all rows. `refuse_lossy`, `numbering_plans` and `on_fault` are as
    for `batch_file`. The request allows as many segments as the longest row needs.

    What the vendor would refuse is in `PreparedBatch.problems`, not raised. Raises `BatchFileError`
    for a file that is not in this vendor's format, OSError for one that cannot be read, TypeError
    and ValueError for wrong arguments.
    """
    check_names(plan_options, prepare_batch.__kwdefaults__)
    found = batch_profile(profile)
    for name, value in (
        ("replies", replies),
        ("refuse_lossy", refuse_lossy),
        ("numbering_plans", numbering_plans),
    ):
        check_flag(name, value)
    call = _Call.of(found, sender, tag, send_at, vendor_fields, plan_options, replies=replies)
    checker = Checker(
        found,
        call.sender_of_rows(),
        plan_options,
        refuse_lossy=refuse_lossy,
        numbering_plans=numbering_plans,
        replies=replies,
        is_sent_as_it_stands=True,
    )
    octets, path, content = _opened(path_or_file)
    with octets:
        file = _part(found, octets, path, content)
        rows = _rows(found, octets)
        report = examine(rows, checker, lambda cells: None, skip_refused=True, on_fault=on_fault)

    fields, about_fields = call.fields(report)
    country = country_code(plan_options.get("country"))
    where = numbers.destinations(found, checker.countries, country)
    rule = found.rule("quiet_hours")
    firsts = [] if rule is None else checker.first_in(rule["country"])
    return PreparedBatch(
        report,
        told(
            (*report.problems, *report.refusals(), *call.problems(where, firsts), *about_fields),
            checker.ignored,
        ),
        call.request(fields, file),
        call.sent.moment,
    )


def as_called(profile: Profile) -> Profile:
    """The vendor's profile, with the request and the fields of the call that sends a batch."""
    rules = profile.all_rules
    batch = rules["batch"]
    request = rules["request"] | {
        "url": batch["url"],
        "methods": ["POST"],
        "parameters": batch["parameters"],
        "fixed": {},
        "charset": dict.fromkeys(rules["request"]["charset"], batch["charset"]),
    }
    return Profile(profile.name, rules | {"request": request, "fields": rules["batch_fields"]})


def segments_to_allow(profile: Profile, report: BatchReport) -> int:
    """The most segments that a message of the batch needs, as far as the vendor allows them."""
    ceiling: int = profile.rule("limit")["ceiling"]
    return max(1, min(report.most_segments, ceiling))


class _Call(NamedTuple):
    """All options of one batch as a whole."""

    #: The vendor's profile, with the request and the fields of the batch.
    profile: Profile
    #: The options that the texts of all rows share.
    plan: Plan
    sender: str | None
    tag: str | None
    sent: Schedule
    replies: bool
    given: Fields

    @classmethod
    def of(
        cls,
        profile: Profile,
        sender: object,
        tag: object,
        send_at: object,
        vendor_fields: object,
        options: Options,
        *,
        replies: bool,
    ) -> _Call:
        """The call with its arguments read. Raises TypeError and ValueError for invalid ones."""
        called = as_called(profile)
        given = given_fields(called, vendor_fields)
        return cls(
            called,
            Planner(profile, **options).plan(""),
            label(called, "sender", sender, given),
            label(called, "tag", tag, given),
            schedule(called, send_at, given),
            replies,
            given,
        )

    def sender_of_rows(self) -> str | None:
        """The sender to check the rows with that have none; an invalid one is reported once."""
        held = (column["holds"] for column in self.profile.rule("batch")["columns"])
        wrong = any(problem.severity == "error" for problem in self._about_sender())
        return None if wrong or "sender" not in held else self.sender or None

    def _about_sender(self) -> tuple[Problem, ...]:
        return tuple(sender_problems(self.profile, self.sender, self.replies, self.plan))

    def fields(self, report: BatchReport) -> tuple[Fields, list[Problem]]:
        """The fields of the request, and what is wrong with the fields that the caller gave."""
        contents: dict[str, str | int | None] = {
            "sender": self.sender or None,
            "tag": self.tag,
            "segments": segments_to_allow(self.profile, report),
        }
        if self.sent.moment is not None:
            contents |= values(self.profile, self.sent.moment)
        conditions = {"commercial" if self._is_commercial() else "transactional"}
        conditions |= {"replies"} if self.replies else set()
        return fill(self.profile, contents, conditions, self.given, self._charset())

    def problems(self, where: tuple[str, ...], firsts: list[str]) -> Iterator[Problem]:
        """What the vendor would refuse, apart from the rows and the fields, for the countries `where`.

        `firsts` is a recipient of each country whose hours the vendor keeps.
        """
        yield from not_offered(
            self.profile,
            sender=self.sender is not None,
            tag=self.tag is not None,
            replies=self.replies,
        )
        said_by_row = self.sender_of_rows() is not None
        yield from () if said_by_row else self._about_sender()
        yield from tag_problems(self.profile, self.tag, self.plan)
        yield from self.sent.problems
        if self.sent.moment is not None or not self.sent.given:
            commercial, moment = self._is_commercial(), self.sent.moment
            hours = quiet_hours(self.profile, commercial=commercial)
            held = () if hours is None else hours.held_back(moment, where)
            yield from held
            home, goes_out = self.profile.country, sent_at(moment, held)
            yield from recipient_hours(self.profile, goes_out, firsts, home, commercial=commercial)

    def request(self, fields: Fields, file: FilePart) -> BatchRequest:
        """The request with its fields and its file."""
        rule = self.profile.rule("request")
        return BatchRequest(
            rule["url"], rule["parameters"], self._charset(), fields, rule["credentials"], file
        )

    def _is_commercial(self) -> bool:
        return bool(self.plan.terms.settings.commercial)

    def _charset(self) -> str:
        return str(self.profile.rule("batch")["charset"])


def _opened(
    path_or_file: str | os.PathLike[str] | BinaryIO,
) -> tuple[BinaryIO, str | None, bytes | None]:
    """A batch file that can be read twice, and its path, or its octets."""
    if isinstance(path_or_file, (str, os.PathLike)):
        path = os.fspath(path_or_file)
        return open(path, "rb"), path, None
    content = path_or_file.read() if hasattr(path_or_file, "read") else None
    if not isinstance(content, bytes):
        found = type(path_or_file).__name__
        raise TypeError(f"path_or_file: expected a path or a file open for bytes, found {found}")
    return io.BytesIO(content), None, content


def _part(profile: Profile, octets: BinaryIO, path: str | None, content: bytes | None) -> FilePart:
    rule = profile.rule("batch")
    digest = hashlib.file_digest(octets, "sha256").hexdigest()  # type: ignore[arg-type]
    size = octets.seek(0, os.SEEK_END)
    octets.seek(0)
    name = rule["file_field"]
    return FilePart(name, f"{name}.csv", rule["file_type"], rule["charset"], size, digest, path, content)


def _rows(profile: Profile, file: BinaryIO) -> Iterator[BatchRow | BatchFault]:
    """The rows of a batch file, and its broken rows, in their order."""
    faults: list[BatchFault] = []

    def on_fault(fault: BatchFault) -> None:
        if fault.refused:  # a mere suspicion about a row is reported when it is checked
            faults.append(fault)

    for row in read_batch_file(file, profile=profile, on_fault=on_fault):
        yield from faults
        faults.clear()
        yield row
    yield from faults
