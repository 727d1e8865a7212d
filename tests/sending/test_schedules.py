"""When a message is sent: the vendor's own fields for a moment, and the hours closed to marketing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from clocks import PARIS, WEDNESDAY, stop_at
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.sending import schedules

NUMBER = "0612345678"
BELGIUM = "32470123456"
REUNION = "262692123456"


def prepared(profile: str = "smspartner", **arguments: Any) -> septet.Prepared:
    about: dict[str, Any] = {"recipients": NUMBER} | arguments
    if about.get("commercial") and profile == "smspartner":
        about["optout_text"] = "STOP 36180"  # the vendor's own is unknown, which would be reported
    return septet.prepare(profile, "Bonjour", **about)


def codes(message: septet.Prepared) -> list[str]:
    return [problem.code for problem in message.problems]


# ---- the moment


@pytest.mark.parametrize(
    ("send_at", "fields"),
    [
        ("2026-06-18T10:00", ("18/06/2026", 10, 0)),
        ("2026-06-18 10:00:59.999", ("18/06/2026", 10, 0)),
        ("20260618T1005", ("18/06/2026", 10, 5)),
        ("2026-06-18T08:00Z", ("18/06/2026", 10, 0)),  # summer time: two hours
        ("2026-12-18T08:00+00:00", ("18/12/2026", 9, 0)),  # winter time: one
        ("2026-12-18T03:00-05:00", ("18/12/2026", 9, 0)),
        ("2026-06-18T23:30+00:00", ("19/06/2026", 1, 30)),
        ("2027-01-01T03:30+05:30", ("31/12/2026", 23, 0)),
        (datetime(2026, 6, 18, 10, 0), ("18/06/2026", 10, 0)),
        (datetime(2026, 6, 18, 10, 0, tzinfo=PARIS), ("18/06/2026", 10, 0)),
        (datetime(2026, 6, 18, 10, 0, tzinfo=ZoneInfo("America/Montreal")), ("18/06/2026", 16, 0)),
        (datetime(2026, 6, 18, 10, 0, tzinfo=ZoneInfo("Indian/Reunion")), ("18/06/2026", 8, 0)),
    ],
)
def test_a_moment_is_told_in_the_vendors_zone(
    send_at: Any, fields: tuple[str, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    message = prepared(send_at=send_at)
    sent = message.request.fields
    assert (sent["scheduledDeliveryDate"], sent["time"], sent["minute"]) == fields
    assert set(codes(message)) <= {"quiet-hours"}  # at night every message waits
    assert message.send_at is not None
    assert message.to_dict()["send_at"] == message.send_at.isoformat()


@given(
    st.datetimes(
        datetime(2027, 1, 1),
        datetime(2099, 12, 31),
        timezones=st.sampled_from(
            [PARIS, UTC, *map(ZoneInfo, ("Asia/Kathmandu", "Pacific/Apia", "America/St_Johns"))]
        ),
    )
)
def test_a_vendors_fields_say_the_moment(moment: datetime) -> None:
    moment = moment.astimezone(UTC).replace(second=0, microsecond=0)
    there = moment.astimezone(PARIS)
    sent = prepared("smsmode", send_at=moment).request.fields
    assert datetime.strptime(str(sent["date_envoi"]), "%d%m%Y-%H:%M") == there.replace(tzinfo=None)
    sent = prepared(
        "envoyersmspro", send_at=moment, recipients="33612345678", sender="Societe"
    ).request.fields
    assert datetime.strptime(f"{sent['senddate']}{sent['sendtime']}", "%Y%m%d%H%M") == there.replace(
        tzinfo=None
    )
    sent = prepared(send_at=moment).request.fields
    day = datetime.strptime(str(sent["scheduledDeliveryDate"]), "%d/%m/%Y")
    assert day + timedelta(hours=int(sent["time"]), minutes=int(sent["minute"])) == there.replace(tzinfo=None)
    # Given back in the vendor's own fields, it is the same message; an hour that the clocks show
    # twice is read as the first of the two.
    own = {name: sent[name] for name in ("scheduledDeliveryDate", "time", "minute")}
    again = prepared(vendor_fields=own)
    assert again.request == prepared(send_at=moment).request
    assert again.send_at == there.replace(fold=0)


@pytest.mark.parametrize(
    ("profile", "field", "written"),
    [
        # 1781769600: 2026-06-18T08:00Z, in seconds since 1970
        ("clicksend", "schedule", 1781769600),
        # From Wednesday, ten o'clock: a day.
        ("ovhcloud", "differedPeriod", 1440),
        ("telstra", "scheduledDelivery", 1440),
        ("telnyx", "send_at", "2026-06-18T10:00:00+02:00"),
        ("twilio", "SendAt", "2026-06-18T08:00:00Z"),
    ],
)
def test_a_field_that_holds_a_whole_moment_is_written_and_read(
    profile: str, field: str, written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    moment = datetime(2026, 6, 18, 10, 0, tzinfo=PARIS)
    asked = prepared(profile, recipients="+33612345678", send_at=moment)
    given_back = prepared(profile, recipients="+33612345678", vendor_fields={field: written})
    assert given_back.send_at == asked.send_at == moment
    assert given_back.request.fields == asked.request.fields
    # ClickSend's are those of each message.
    each: Any = asked.request.fields.get("messages", [asked.request.fields])
    assert each[0][field] == written


@pytest.mark.parametrize(
    ("profile", "field", "written", "expected"),
    [
        ("clicksend", "schedule", "tomorrow", "seconds since 1970"),
        ("clicksend", "schedule", 10**18, "seconds since 1970"),
        ("ovhcloud", "differedPeriod", "an hour", "minutes from now"),
        ("ovhcloud", "differedPeriod", 10**18, "minutes from now"),
        ("telnyx", "send_at", "tomorrow", "a time with its offset, such as 2026-12-24T09:30+01:00"),
        (
            "telnyx",
            "send_at",
            "2026-06-18T10:00:00",
            "a time with its offset, such as 2026-12-24T09:30+01:00",
        ),
        ("verimor", "send_at", "2026-06-18 10:00:60", "seconds from 00 to 59"),
        ("verimor", "send_at", "2026-06-18 10:60:00", "minutes from 00 to 59"),
        ("verimor", "send_at", "2026-06-18 24:00:00", "hours from 00 to 23"),
        ("verimor", "send_at", "2026-06-31 10:00:00", "a date of the calendar"),
    ],
)
def test_a_field_that_holds_no_moment_is_reported(
    profile: str, field: str, written: Any, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    message = prepared(profile, recipients="+33612345678", vendor_fields={field: written})
    found = [problem for problem in message.problems if problem.code == "schedule-malformed"]
    assert [problem.message for problem in found] == [f'{field}: expected {expected}, found "{written}".']
    assert message.send_at is None


def test_a_vendor_quotes_the_moment_that_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    rule = 'problem = "schedule-malformed"\ncode = "9"\nmessage = "Bad time: {value}"\nsource = "x"\n'
    path.write_text(f'extends = "ovhcloud"\n[[refusals]]\n{rule}', "utf-8")
    asked = {"recipients": "+33612345678", "vendor_fields": {"differedPeriod": "an hour"}}
    problems = septet.prepare(path, "test", **asked).problems
    found = [problem for problem in problems if problem.code == "schedule-malformed"]
    assert [(problem.vendor_code, problem.vendor_message) for problem in found] == [
        ("9", "Bad time: an hour")
    ]


@pytest.mark.parametrize("send_at", ["2026-06-18", "20260618", "2026-W25-4", date(2026, 6, 18)])
def test_a_day_is_no_moment(send_at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    message = prepared(send_at=send_at, commercial=True)
    (problem,) = message.problems
    assert problem.code == "schedule-incomplete"
    assert problem.message == f"{send_at} has no time of day. Give both, such as {send_at}T09:30."
    assert message.send_at is None
    assert not {"scheduledDeliveryDate", "time", "minute"} & set(message.request.fields)


@pytest.mark.parametrize(
    "send_at",
    [
        *("", " ", "now", "10:00", "18/06/2026 10:00", "2026-06-31T10:00", "2026-06-18T25:00"),
        *("2026-06-18T24:00", "2026-06-18 24:00:00", "2026-06-18_24:00", "20260618T24", "2026-W25-4T24:00"),
        *("2026-06-18T10:60", "2026-06-18T10:00+25:00", "2026-06-18T10:00\n", "\ud800", "1766570400"),
    ],
)
def test_a_text_that_is_no_moment(send_at: str) -> None:
    with pytest.raises(
        ValueError, match="send_at: expected a date and a time such as 2026-12-24T09:30"
    ) as error:
        prepared(send_at=send_at)
    assert str(error.value).isprintable()
    assert "from 0 to 23" in str(error.value)


@pytest.mark.parametrize(
    "send_at", [5, 1.5, True, b"2026-06-18T10:00", time(10), ("2026-06-18",), timedelta(1)]
)
def test_what_is_no_moment_at_all(send_at: Any) -> None:
    with pytest.raises(TypeError, match="send_at: expected a datetime or a text in ISO 8601, found "):
        prepared(send_at=send_at)


@pytest.mark.parametrize(
    ("present", "send_at", "past"),
    [
        # On 2026-10-25 the clocks of Paris show 2:00 to 3:00 twice: at 0:00 and at 1:00 UTC.
        ("2026-10-25T00:50Z", "2026-10-25T01:10Z", False),  # 2:50 in summer time, 2:10 in winter time
        ("2026-10-25T01:10Z", "2026-10-25T00:50Z", True),
        ("2026-10-25T01:10Z", datetime(2026, 10, 25, 2, 50, tzinfo=PARIS), True),
        ("2026-10-25T01:10Z", datetime(2026, 10, 25, 2, 50, tzinfo=PARIS, fold=1), False),
        ("2026-10-25T01:10Z", "2026-10-25T02:50", False),  # of the two, the one to come
        ("2026-10-25T01:10Z", "2026-10-25T02:05", True),
        ("2026-10-25T00:50Z", "2026-10-25T02:10", False),
    ],
)
def test_an_hour_that_the_clocks_show_twice(
    present: str, send_at: Any, past: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime.fromisoformat(present)
    monkeypatch.setattr(schedules, "now", moment.astimezone)
    assert ("schedule-past" in codes(prepared(send_at=send_at))) is past


@pytest.mark.parametrize(
    ("send_at", "past"),
    [
        ("2026-06-17T09:59", True),
        ("2026-06-17T10:00", False),  # the clock shows 10:00:30
        ("2026-06-17T10:01", False),
        ("2026-06-17T07:59+00:00", True),
        ("2026-06-17T08:00+00:00", False),
        ("0001-01-01T00:00", True),
        (datetime.min, True),
        (datetime.max, False),
    ],
)
def test_the_past_ends_with_the_last_minute(
    send_at: Any, past: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at("2026-06-17T10:00:30", monkeypatch)
    message = prepared("smsmode", send_at=send_at)
    assert codes(message) == (["schedule-past"] if past else [])
    assert prepared("smsmode", send_at=send_at, commercial=True).plan.optout  # and nothing is raised


def test_a_time_without_a_zone_says_which_it_is_read_in(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    (problem,) = prepared("smsmode", send_at="2026-06-17T09:00").problems
    assert "2026-06-17 09:00, read in the zone Europe/Paris, is past." in problem.message
    (problem,) = prepared("smsmode", send_at="2026-06-17T07:00Z").problems
    assert "2026-06-17 09:00 (Europe/Paris) is past." in problem.message


def test_a_year_is_written_with_its_four_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    assert prepared("smsmode", send_at="0476-09-04T10:00").request.fields["date_envoi"] == "04090476-10:00"


def test_a_moment_that_paris_never_sees() -> None:
    west = timezone(timedelta(hours=-12))
    with pytest.raises(ValueError, match="send_at: expected a time of this age, found 9999-12-31 "):
        prepared(send_at=datetime.max.replace(tzinfo=west))


# Paris: on 29 March 2026 the clocks went from 02:00 to 03:00, on 25 October from 03:00 to 02:00.
@pytest.mark.parametrize(
    ("written", "skipped"),
    [("01:59", False), ("02:00", True), ("02:30", True), ("02:59", True), ("03:00", False)],
)
def test_a_time_that_the_clocks_skip_is_refused(
    written: str, skipped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at("2026-01-05T10:00", monkeypatch)
    hours, minutes = written.split(":")
    for arguments in (
        {"send_at": f"2026-03-29T{written}"},
        {"vendor_fields": {"date_envoi": f"29032026-{hours}:{minutes}"}},
    ):
        message = prepared("smsmode", **arguments)
        assert codes(message) == (["schedule-malformed"] if skipped else [])
        assert message.ok is not skipped
        assert (message.send_at is None) is skipped
        if skipped:
            (problem,) = message.problems
            assert f"2026-03-29 {written} does not exist in Europe/Paris" in problem.message
            assert "date_envoi" not in message.request.fields
    # With its own zone, every time exists.
    moment = prepared("smsmode", send_at="2026-03-29T01:30Z").send_at
    assert moment is not None
    assert moment.isoformat() == "2026-03-29T03:30:00+02:00"


def test_a_time_that_the_clocks_show_twice_is_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at("2026-01-05T10:00", monkeypatch)
    first = prepared("smsmode", send_at="2026-10-25T02:30")
    assert first.problems == ()
    assert first.to_dict()["send_at"] == "2026-10-25T02:30:00+02:00"
    # The second time exists, though the vendor's field cannot express it.
    second = prepared("smsmode", send_at="2026-10-25T01:30Z")
    assert second.to_dict()["send_at"] == "2026-10-25T02:30:00+01:00"
    assert second.request.fields["date_envoi"] == first.request.fields["date_envoi"] == "25102026-02:30"


# ---- hours that are closed to marketing

# SMS Partner, Envoi unitaire: « entre 20h et 8h en semaine et les dimanches et jours fériés [...] en
# pause jusqu'au prochain jour ouvrable à 8h ». Easter was on 5 April 2026.
HOURS = [
    ("2026-06-17T08:00", None),
    ("2026-06-17T19:59", None),
    ("2026-06-17T20:00", "2026-06-18T08:00:00+02:00"),
    ("2026-06-17T23:59", "2026-06-18T08:00:00+02:00"),
    ("2026-06-17T00:00", "2026-06-17T08:00:00+02:00"),
    ("2026-06-17T07:59", "2026-06-17T08:00:00+02:00"),
    ("2026-06-20T10:00", None),  # a Saturday is a working day
    ("2026-06-20T20:00", "2026-06-22T08:00:00+02:00"),
    ("2026-06-21T12:00", "2026-06-22T08:00:00+02:00"),  # a Sunday
    ("2026-03-28T20:00", "2026-03-30T08:00:00+02:00"),  # over the night that is an hour short
    ("2026-10-24T20:00", "2026-10-26T08:00:00+01:00"),  # over the night that is an hour long
    ("2026-04-04T20:00", "2026-04-07T08:00:00+02:00"),  # Easter, and Easter Monday
    ("2026-04-06T10:00", "2026-04-07T08:00:00+02:00"),
    ("2026-05-01T10:00", "2026-05-02T08:00:00+02:00"),
    ("2026-05-08T10:00", "2026-05-09T08:00:00+02:00"),
    ("2026-05-14T10:00", "2026-05-15T08:00:00+02:00"),  # Ascension
    ("2026-05-25T10:00", "2026-05-26T08:00:00+02:00"),  # Whit Monday
    ("2026-07-13T20:00", "2026-07-15T08:00:00+02:00"),
    ("2026-07-14T10:00", "2026-07-15T08:00:00+02:00"),
    ("2026-07-14T06:00", "2026-07-15T08:00:00+02:00"),
    ("2026-08-15T10:00", "2026-08-17T08:00:00+02:00"),  # a Saturday, and its Sunday
    ("2026-11-11T10:00", "2026-11-12T08:00:00+01:00"),
    ("2026-12-24T20:00", "2026-12-26T08:00:00+01:00"),
    ("2026-12-25T10:00", "2026-12-26T08:00:00+01:00"),
    ("2026-12-31T19:59", None),
    ("2026-12-31T21:00", "2027-01-02T08:00:00+01:00"),
    ("2027-01-01T10:00", "2027-01-02T08:00:00+01:00"),
]


def held_back(message: septet.Prepared) -> str | None:
    found = [problem for problem in message.problems if problem.code == "quiet-hours"]
    assert message.problems == tuple(found)
    assert message.ok  # it is sent, if later
    return found[0].details["goes_out"] if found else None


@pytest.mark.parametrize(("wanted", "goes_out"), HOURS)
def test_marketing_is_held_back(wanted: str, goes_out: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(wanted, monkeypatch)
    assert held_back(prepared(commercial=True)) == goes_out  # sent at once
    stop_at("2026-01-05T10:00", monkeypatch)
    if wanted.endswith(":59"):  # this vendor sends every five minutes
        wanted = wanted.removesuffix(":59") + ":55"
    assert held_back(prepared(commercial=True, send_at=wanted)) == goes_out
    assert held_back(prepared(send_at=wanted)) == goes_out  # until the customer has it lifted


def test_the_message_says_when_it_would_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    (problem,) = prepared(commercial=True, send_at="2026-06-18T21:00").problems
    assert problem.message == (
        "Marketing to FR is held back before 08:00, from 20:00, on Sundays and public holidays "
        "(Europe/Paris): a message for 2026-06-18 21:00 would be sent at 2026-06-19 08:00."
    )


def test_what_is_not_marketing_waits_where_the_vendor_pauses_every_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # « Vous n'envoyez pas de SMS commerciaux? contactez-nous pour désactiver cette restriction »
    stop_at("2026-06-17T22:00", monkeypatch)
    (problem,) = septet.prepare("smspartner", "Code 1234", recipients="+33612345678").problems
    assert (problem.code, problem.severity) == ("quiet-hours", "warning")
    assert problem.details["goes_out"] == "2026-06-18T08:00:00+02:00"
    assert problem.message == (
        "Every message to FR is held back before 08:00, from 20:00, on Sundays and public holidays "
        "(Europe/Paris), until you ask the vendor to lift that: a message for 2026-06-17 22:00 would "
        "be sent at 2026-06-18 08:00."
    )
    # The page names no destination; messages to France are assumed.
    assert septet.prepare("smspartner", "Code 1234", recipients=f"+{BELGIUM}").problems == ()
    for profile in ("smsmode", "envoyersmspro", "encom"):  # a charter about marketing
        about: dict[str, Any] = {"recipients": NUMBER}
        assert "quiet-hours" not in codes(septet.prepare(profile, "Code 1234", **about))


SUNDAY, BASTILLE_DAY, EVENING = "2026-06-21T12:00", "2026-07-14T10:00", "2026-06-17T20:00"


@pytest.mark.parametrize(
    ("sundays", "holidays", "closed", "words"),
    [
        (True, True, (SUNDAY, BASTILLE_DAY, EVENING), ", on Sundays and public holidays "),
        (True, False, (SUNDAY, EVENING), ", on Sundays "),
        (False, True, (BASTILLE_DAY, EVENING), ", on public holidays "),
        (False, False, (EVENING,), " "),
    ],
)
def test_a_vendor_may_be_open_on_sundays_and_holidays(
    sundays: bool, holidays: bool, closed: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = septet.Profile.from_toml(
        f"""extends = "smspartner"
        [quiet_hours]
        country = "FR"
        zone = "Europe/Paris"
        opens = "08:00"
        closes = "20:00"
        sundays = {str(sundays).lower()}
        holidays = {str(holidays).lower()}
        messages = "all"
        source = "x"
        """
    )
    for now in (SUNDAY, BASTILLE_DAY, EVENING):
        stop_at(now, monkeypatch)
        said = [problem.message for problem in septet.prepare(own, "Bonjour", recipients=NUMBER).problems]
        assert len(said) == (now in closed)
        expected = f"Every message to FR is held back before 08:00, from 20:00{words}(Europe/Paris): "
        assert all(message.startswith(expected) for message in said)


@pytest.mark.parametrize("profile", ["encom", "smsmode", "envoyersmspro"])
def test_the_operators_charter_stands_in_for_a_silent_document(
    profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # af2m, Charte de déontologie [...] Business Messaging: « les jours ouvrables entre 08h et 22h ».
    about: dict[str, Any] = {"recipients": "33612345678", "commercial": True}
    if profile == "encom":
        about["vendor_fields"] = {"customerAccount": "CL3578"}
    else:
        about["sender"] = "Societe"
    if profile == "smsmode":
        about["optout_text"] = "STOP 36034"  # the number may change, which would be reported
    for wanted, goes_out in (
        ("2026-06-17T07:59", "2026-06-17T08:00:00+02:00"),
        ("2026-06-17T21:59", None),
        ("2026-06-17T22:00", "2026-06-18T08:00:00+02:00"),
        ("2026-06-21T12:00", "2026-06-22T08:00:00+02:00"),
    ):
        stop_at(wanted, monkeypatch)
        assert held_back(prepared(profile, **about)) == goes_out


def test_each_minute_has_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for wanted, shown in (
        ("2026-06-17T19:59:00", None),
        ("2026-06-17T19:59:59.999999", None),
        ("2026-06-17T20:00:00", "20:00"),
        ("2026-06-17T20:00:59.999999", "20:00"),
        ("2026-06-17T20:01:00", "20:01"),
        ("2026-06-18T07:59:59", "07:59"),
        ("2026-06-18T08:00:00", None),
        ("2026-06-17T20:00:30", "20:00"),  # a clock that was put back
    ):
        stop_at(wanted, monkeypatch)
        found = [problem for problem in prepared("smspartner").problems if problem.code == "quiet-hours"]
        assert [f" {shown} would be sent" in problem.message for problem in found] == [True] * bool(shown)


@pytest.mark.parametrize(
    ("arguments", "quiet"),
    [
        ({"recipients": NUMBER}, True),
        ({"recipients": REUNION}, True),  # counted as France
        ({"recipients": f"{NUMBER},{BELGIUM}"}, True),
        ({"recipients": BELGIUM}, False),
        ({"recipients": BELGIUM, "country": "FR"}, False),  # they are where they are
        ({"recipients": None}, True),
        ({"recipients": None, "country": "FR"}, True),
        ({"recipients": None, "country": "re"}, True),
        ({"recipients": None, "country": "BE"}, False),
        ({"recipients": "80012345678"}, True),  # of no single country
    ],
)
def test_quiet_hours_are_those_of_the_country_it_goes_to(
    arguments: dict[str, Any], quiet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at("2026-06-21T12:00", monkeypatch)
    assert ("quiet-hours" in codes(prepared(commercial=True, **arguments))) is quiet


def test_no_clock_is_asked_where_the_moment_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at("2026-06-21T12:00", monkeypatch)
    message = prepared(commercial=True, send_at="2026-06-30")
    assert codes(message) == ["schedule-incomplete"]
    encom = prepared(
        "encom", commercial=True, send_at="2026-06-30T10:00", vendor_fields={"customerAccount": "1"}
    )
    assert codes(encom) == ["not-offered"]
