"""Batch calls: a vendor's file of rows as received, each row a message of its own."""

from __future__ import annotations

import email
import email.policy
import io
from typing import NamedTuple

from septet.errors import BatchFileError, OptionError
from septet.planning.planner import Planner
from septet.sending.batch.preparation import as_called, prepare_batch
from septet.sending.batch.reading import read_batch_file
from septet.wording.messages import phrase, said

from .arrived_fields import fields_of_form
from .asked import options_asked, plain, wants
from .calls import Received
from .understanding import sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.planning.option_types import Options
    from septet.sending.batch.rows import BatchFault
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words
    from septet.wording.problems import Problem

    from .calls import Call

_GIVEN = ("date", "time", "hour", "minute", "date-time", "address", "free")


class UnderstoodBatch(NamedTuple):
    """What a call with a batch file asks for, and what its vendor would refuse in it."""

    fields: dict[str, Any]
    #: Each row by itself, refused where the vendor refuses the whole call.
    rows: tuple[Received, ...]
    problems: tuple[Problem, ...]
    faults: tuple[Words, ...]


def understood_batch(profile: Profile, call: Call) -> UnderstoodBatch:
    """The content of a call with a batch file. Any call gets an answer."""
    rule, called = profile.rule("batch"), as_called(profile)
    faults: list[Words] = []
    if call.method != "POST":
        faults.append(said("The call is %(found)s; expected %(methods)s.", found=call.method, methods="POST"))
    parts, file = _parts(call, rule["file_field"])
    if file is None:
        faults.append(said("The form has no file in %(field)s.", field=rule["file_field"]))
    query = call.query.encode("latin-1", "replace")
    fields, _, found = fields_of_form(called, query if rule["parameters"] == "query" else parts)
    faults += found
    if rule["parameters"] == "query" and parts:
        faults.append(said("The fields belong in the address, but the body holds some."))
    rows: tuple[Received, ...] = ()
    problems: tuple[Problem, ...] = ()
    try:
        if file is not None:
            rows, problems = _rows(profile, called, fields, file)
    except (BatchFileError, OptionError, TypeError, ValueError) as error:
        faults.append(phrase(str(error)))
    return UnderstoodBatch(fields, rows, problems, tuple(faults))


def _parts(call: Call, file_field: str) -> tuple[bytes, bytes | None]:
    """The content of a form of several parts: its fields as a plain form, and the file."""
    from urllib.parse import quote_from_bytes

    head = b"Content-Type: " + call.header("content-type").encode("latin-1", "replace") + b"\r\n\r\n"
    message = email.message_from_bytes(head + call.body, policy=email.policy.HTTP)
    fields, file = [], None
    for part in message.walk() if message.is_multipart() else ():
        if part.is_multipart():
            continue
        name = str(part.get_param("name", header="content-disposition", failobj=""))
        octets = part.get_payload(decode=True)
        if not isinstance(octets, bytes):
            continue
        if name == file_field:
            file = octets
        else:
            fields.append(f"{quote_from_bytes(name.encode())}={quote_from_bytes(octets)}".encode("ascii"))
    return b"&".join(fields), file


def _rows(
    profile: Profile, called: Profile, fields: dict[str, Any], file: bytes
) -> tuple[tuple[Received, ...], tuple[Problem, ...]]:
    options: Options = options_asked(called, fields, "gsm7")
    held = {field["holds"]: field["name"] for field in called.rule("fields")}
    sender = plain(fields[held["sender"]]) if held.get("sender") in fields else None
    by_line: dict[int, list[Words]] = {}

    def on_fault(fault: BatchFault) -> None:
        wrong = [problem for problem in fault.problems if problem.severity == "error"]
        by_line.setdefault(fault.line, []).extend(map(sentence, wrong))

    prepared = prepare_batch(
        profile,
        io.BytesIO(file),
        sender=sender,
        tag=plain(fields[held["tag"]]) if held.get("tag") in fields else None,
        replies=wants(called, fields, "replies"),
        vendor_fields={
            field["name"]: fields[field["name"]]
            for field in called.rule("fields")
            if field["holds"] in _GIVEN and field["name"] in fields
        },
        on_fault=on_fault,
        **options,
    )
    planner = Planner(profile, **options)
    found = []
    for row in read_batch_file(io.BytesIO(file), profile=profile, on_fault=lambda fault: None):
        plan = planner.plan(row.text)
        faults = tuple(by_line.get(row.line, ()))
        found.append(
            Received(
                plan.text,
                (row.recipient,),
                plan.billed_segments,
                faults,
                "refused" if faults else "accepted",
                plan.encoding,
                row.text,
                row.sender or sender,
                dict(fields),
            )
        )
    errors = tuple(problem for problem in prepared.problems if problem.severity == "error")
    return tuple(found), errors
