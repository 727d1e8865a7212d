"""Understanding: a call, checked against everything that its vendor asks of one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from septet.errors import OptionError
from septet.sending import recipients as numbers
from septet.sending.preparation import prepare
from septet.vendors.refusals import refusal
from septet.wording.messages import joined, phrase, said

from .arrived_fields import arrived
from .asked import options_asked, plain, wants

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.planning.option_types import Options
    from septet.planning.plans import Plan
    from septet.sending.requests import Method
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words
    from septet.wording.problems import Problem

    from .arrived_fields import Arrived
    from .calls import Call

#: Warnings that an arrived text is not shown as written.
_CHANGED = ("truncated", "lossy-substitution", "suspect-encoding")
#: Fields that are read by their content, not by their names.
_READ = ("text", "recipients", "sender", "tag", "segments", "prefix")


class Understood(NamedTuple):
    """The content of a call, and what its vendor would refuse in it."""

    fields: dict[str, Any]
    written: str
    sender: str | None
    #: As in the call.
    recipients: tuple[str, ...]
    #: The billed recipients, and those that are not valid numbers for this vendor.
    billed: tuple[str, ...]
    malformed: tuple[str, ...]
    #: The vendor's plan of the text; None where the call was not understood that far.
    plan: Plan | None
    problems: tuple[Problem, ...]
    #: Faults without a problem code, in the form of the fields.
    faults: tuple[Words, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which the vendor refuses the call."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def sentences(self) -> tuple[str, ...]:
        """What was wrong with it, one sentence each."""
        wrong = [one for one in self.problems if one.severity == "error" or one.code in _CHANGED]
        return tuple(dict.fromkeys((*self.faults, *map(sentence, wrong))))


def sentence(problem: Problem) -> Words:
    """A problem in one sentence, which names its code."""
    return joined(": ", (phrase(problem.code), problem.message))


def understood(profile: Profile, call: Call) -> Understood:
    """The content of a call. Any call gets an answer."""
    came = arrived(profile, call)
    fields, faults = came.fields, list(came.faults)
    texts = _each(fields.get(_name(profile, "text"), ""))
    if len(set(texts)) > 1:
        faults.append(said("Each recipient has its own text; only the first is checked."))
    written = _text(texts[0] if texts else "")
    line_break = profile.rule("request")["line_break"]
    text = written.replace(line_break, "\n") if line_break else written
    recipients = _recipients(profile, fields)
    senders = _each(fields.get(_name(profile, "sender")))
    sender = plain(senders[0]) if senders and senders[0] is not None else None
    try:
        options = options_asked(profile, fields, came.encoding)
        plan, problems, billed, malformed = _planned(profile, call, came, text, recipients, sender, options)
    except (OptionError, TypeError, ValueError) as error:
        return Understood(
            fields, written, sender, recipients or (), (), (), None, (), (*faults, phrase(str(error)))
        )
    return Understood(
        fields, written, sender, recipients or (), billed, malformed, plan, problems, tuple(faults)
    )


def _planned(
    profile: Profile,
    call: Call,
    came: Arrived,
    text: str,
    recipients: tuple[str, ...] | None,
    sender: str | None,
    options: Options,
) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...], tuple[str, ...]]:
    """The plan of an arrived text, its problems, the recipients that are billed and the malformed ones."""
    rule = profile.rule("request")
    method: Method = "GET" if call.method == "GET" and "GET" in rule["methods"] else rule["methods"][-1]
    given, send_at = _given(profile, came.fields)
    tags = _each(came.fields.get(_name(profile, "tag")))
    prepared = prepare(
        profile,
        text,
        sender=sender,
        recipients=recipients,
        tag=plain(tags[0]) if tags else None,
        send_at=send_at,
        method=method,
        replies=wants(profile, came.fields, "replies"),
        vendor_fields=given,
        **options,
    )
    problems = tuple(problem for problem in prepared.problems if not _is_of_the_client(problem))
    if _name(profile, "text") not in came.fields:
        problems = tuple(_of_no_text(profile, problem) for problem in problems)
    if recipients is None or profile.rule("recipients") is None:
        return prepared.plan, problems, (), ()
    # A client may correct a number before sending it; here it has arrived.
    strict = numbers.read(profile, recipients, profile.country, as_written=True)
    changed = tuple(one for one, wire in zip(recipients, strict.written, strict=True) if one != wire)
    malformed = tuple(dict.fromkeys((*strict.malformed, *changed)))
    if malformed and not any(problem.code == "billed-malformed-recipient" for problem in problems):
        found = strict._replace(malformed=malformed)
        about = numbers.problems(profile, found, method, deduped=True, malformed_allowed=False)
        problems = tuple(problem for problem in problems if problem.code != "malformed-recipient")
        problems += tuple(problem for problem in about if problem.code == "malformed-recipient")
    is_deduped = len(prepared.recipients) < len(recipients)
    return prepared.plan, problems, prepared.recipients if is_deduped else recipients, malformed


def _of_no_text(profile: Profile, problem: Problem) -> Problem:
    """The problem of an empty text, or of a missing one: some vendors distinguish these."""
    if problem.code != "empty-message":
        return problem
    return refusal(profile, problem.code, problem.message, fault="absent")


def _is_of_the_client(problem: Problem) -> bool:
    """Whether a problem exists only in planning and not at the vendor: one mention for two countries."""
    return problem.code == "mixed-countries"


def _given(profile: Profile, fields: dict[str, Any]) -> tuple[dict[str, Any], datetime | None]:
    """The fields that are checked by their names, and the moment where it is a number."""
    found: dict[str, Any] = {}
    moment = None
    for field in profile.rule("fields"):
        name = field["name"]
        if name not in fields or field["holds"] in _READ:
            continue
        values = _each(fields[name])
        value = values[0] if values else None
        if field["format"] in ("unix-seconds", "minutes-from-now"):
            moment = _moment(field, value)
        elif field["holds"] == "flag" and field["when"]:
            _check_flag(field, value)
        elif value is not None:
            found[name] = value if isinstance(value, list | dict) else plain(value)
    return found, moment


def _moment(field: dict[str, Any], value: Any) -> datetime:
    try:
        number = int(plain(value))
        if field["format"] == "unix-seconds":
            return datetime.fromtimestamp(number, UTC)
        return datetime.now(UTC) + timedelta(minutes=number)
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"{field['name']}: expected {field['format']}, found another value") from None


def _check_flag(field: dict[str, Any], value: Any) -> None:
    known = [plain(one) for one in (*field["values"], *field["when"].values())]
    known += ["true", "false"] * field["boolean"] + [plain(field["unset"])] * (field["unset"] is not None)
    if plain(value) not in known:
        raise ValueError(f"{field['name']}: expected {' or '.join(dict.fromkeys(known))}")


def _name(profile: Profile, content: str) -> str:
    """The field with a content; "" where there is none."""
    return next((field["name"] for field in profile.rule("fields") if field["holds"] == content), "")


def _recipients(profile: Profile, fields: dict[str, Any]) -> tuple[str, ...] | None:
    found = fields.get(_name(profile, "recipients"))
    if found is None:
        return None
    if isinstance(found, tuple):
        return tuple(map(plain, found))
    text = plain(found)
    return tuple(text.split(profile.rule("recipients")["separator"])) if text else ()


def _each(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, tuple) else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else plain(value)
