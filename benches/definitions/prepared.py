"""What does preparing a message cost, beside phonenumbers reading the number that it goes to?

One text to many numbers of one country, one after the other, as a service sends them. The peer parses each
number and looks it up in its numbering plan, which `prepare` must do as well.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from corpora import draw, numbers
from report import Bar, Report, Table, nanoseconds, ratio
from session import Session
from timing import interleaved, statement

import septet

PROFILES = ("smsmode", "smspartner", "envoyersmspro")
(TEXT,) = draw("notices", 1)
#: So few that a loop is shorter than a time slice of the scheduler.
COUNT = 8


def _morning() -> datetime:
    """Ten o'clock on a future Tuesday, outside all quiet hours."""
    day = datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=2)
    return day + timedelta(days=(1 - day.weekday()) % 7)


WHEN = _morning()


def measure(session: Session) -> Report:
    try:
        import phonenumbers
    except ImportError:
        return Report([], [], ["phonenumbers is not installed: no number is read"])

    # French mobiles, without the plus.
    some = [number[1:] for number in numbers(COUNT, 4)]
    subjects = {
        "phonenumbers": statement(
            "for number in some:\n    valid(parse(number, None))",
            COUNT,
            some=[f"+{number}" for number in some],
            parse=phonenumbers.parse,
            valid=phonenumbers.is_valid_number,
        )
    }
    for profile in PROFILES:
        _check(profile, some)
        for kind, options in (("transactional", {}), ("commercial", {"commercial": True, "send_at": WHEN})):
            subjects[f"{profile}, {kind}"] = statement(
                "for number in some:\n    prepare(profile, text, recipients=number, **options)",
                COUNT,
                some=some,
                prepare=septet.prepare,
                profile=profile,
                text=TEXT,
                options={"sender": "Shop", **options},
            )
    figures = interleaved(subjects, session.rounds, session.seconds)
    peer = figures["phonenumbers"]
    rows = [[who, nanoseconds(figure), ratio(figure / peer)] for who, figure in figures.items()]
    bars = []
    for profile in PROFILES:
        plain, later = figures[f"{profile}, transactional"], figures[f"{profile}, commercial"]
        what = f"prepare, {profile}, transactional, of phonenumbers"
        bars.append(Bar(what, plain / peer, 1.5, at_most=True, compiled=False))
        what = f"prepare, {profile}, commercial with send_at, of transactional"
        bars.append(Bar(what, later / plain, 2, at_most=True, compiled=False))
    return Report([Table("One message, ns", ["what", "ns", "of phonenumbers"], rows)], bars)


def _check(profile: str, some: list[str]) -> None:
    """Raises AssertionError unless each message is planned for its own number."""
    for number in some[:5]:
        prepared: Any = septet.prepare(
            profile, TEXT, recipients=number, sender="Shop", commercial=True, send_at=WHEN
        )
        assert prepared.recipients == (number,)
        assert prepared.plan == septet.plan(TEXT, profile, commercial=True, country="FR")
        assert not any(problem.severity == "error" for problem in prepared.problems), prepared.problems
