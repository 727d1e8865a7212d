"""A message to more recipients than one request takes: in parts, each of which one request takes."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

import pytest
from clocks import WEDNESDAY, stop_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import septet

FR, FR_TOO, FR_AGAIN = "33612345678", "0612345679", "0612345678"
BE, LU, RE, INMARSAT = "32470123456", "352621123456", "262692123456", "870773111632"
MALFORMED, UNKNOWN = "12", "999123456789"
NUMBERS = [FR, FR_TOO, FR_AGAIN, BE, LU, RE, INMARSAT, MALFORMED, UNKNOWN]

WITH_REQUESTS = [name for name in septet.profiles() if septet.profile(name).rule("request")]
OF_SPLITTING = {"too-many-recipients", "mixed-countries"}


@pytest.fixture(autouse=True)
def _the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)


def codes(prepared: septet.Prepared) -> set[str]:
    return {problem.code for problem in prepared.problems}


def is_in_order(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    rest = iter(whole)
    return all(number in rest for number in part)


def numbers(count: int) -> list[str]:
    return [f"336{number:08}" for number in range(12_345_678, 12_345_678 + count)]


@st.composite
def messages(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    name = draw(st.sampled_from(WITH_REQUESTS))
    profile = septet.profile(name)
    method = draw(st.sampled_from(profile.rule("request")["methods"]))
    found: dict[str, Any] = {
        "recipients": draw(st.lists(st.sampled_from(NUMBERS), max_size=12)),
        "method": method,
        "commercial": draw(st.booleans()),
        "country": draw(st.sampled_from([None, "FR", "BE", "RE", "DE"])),
        "encoding": draw(st.sampled_from([None, "ucs2"])),
    }
    if draw(st.booleans()) and (most := profile.rule("recipients")["most"].get(method)):
        # Of some vendors one request takes fifty thousand, and each number is read.
        above = draw(st.integers(-3, min(most + 1, 2_000)))
        found["recipients"] += numbers(most + above if most > 3 else 3)
    dedupe = profile.rule("recipients")["dedupe"]
    if dedupe and draw(st.booleans()):
        found["vendor_fields"] = {dedupe: 1}
    return name, found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages())
def test_every_recipient_is_in_one_part_and_each_part_is_one_request(
    message: tuple[str, dict[str, Any]],
) -> None:
    name, options = message
    whole = septet.prepare(name, "Soldes", **options)
    parts = whole.split()
    most = septet.profile(name).rule("recipients")["most"].get(options["method"], 10**9)
    assert sum((Counter(part.recipients) for part in parts), Counter()) == Counter(whole.recipients)
    for part in parts:
        assert not codes(part) & OF_SPLITTING
        assert len(part.recipients) <= most
        assert is_in_order(part.recipients, whole.recipients)
        assert part.split() == (part,)
        # What else is wrong with it was wrong with the whole; its mention may be another one.
        assert codes(part) - {"optout-unspecified"} <= codes(whole)
    if len(parts) > 1 or codes(whole) & OF_SPLITTING:
        assert codes(whole) & OF_SPLITTING or len({part.plan.text for part in parts}) > 1
    else:
        assert parts[0] is whole


@pytest.mark.parametrize(
    ("profile", "method", "most"),
    [
        ("smsmode", "GET", 300),
        ("smspartner", "POST", 500),
        ("envoyersmspro", "GET", 100),
        ("envoyersmspro", "POST", 1000),
        ("encom", "POST", 1),
    ],
)
def test_the_limits_of_the_documents(profile: str, method: Any, most: int) -> None:
    for count, sizes in ((most, [most]), (most + 1, [most, 1]), (2 * most, [most, most])):
        listed = numbers(count)
        whole = septet.prepare(profile, "Bonjour", sender="BOUTIQUE", recipients=listed, method=method)
        parts = whole.split()
        assert [len(part.recipients) for part in parts] == sizes
        assert [number for part in parts for number in part.recipients] == listed
        assert ("too-many-recipients" in codes(whole)) == (len(parts) > 1)


def test_each_part_has_the_mention_of_its_recipients() -> None:
    recipients = [BE, FR, LU, RE, FR_TOO]
    # In Unicode the text holds the mention; otherwise this vendor adds the one of each recipient.
    options: dict[str, Any] = {"commercial": True, "sender": "BOUTIQUE", "encoding": "ucs2"}
    whole = septet.prepare("smsmode", "a" * 60, recipients=recipients, **options)
    abroad, france = whole.split()
    assert (abroad.recipients, abroad.plan.optout) == ((BE, LU), " no-sms.eu")
    assert (france.recipients, france.plan.optout) == ((FR, RE, FR_TOO), " STOP 36034")
    assert [part.plan.billed_segments for part in (abroad, france)] == [1, 2]
    assert abroad.ok
    assert abroad.request.fields["numero"] == f"{BE},{LU}"
    assert abroad.request.fields["emetteur"] == "BOUTIQUE"


def test_a_country_that_the_recipients_are_not_in_is_left_out() -> None:
    whole = septet.prepare("smsmode", "Soldes", recipients=[BE, LU], commercial=True, country="FR")
    (part,) = whole.split()
    assert (part.recipients, part.plan.optout) == ((BE, LU), " no-sms.eu")


def test_a_country_that_is_not_planned_for_is_asked_of_no_part() -> None:
    # The vendor chooses the mention, so the plan has the longer one, with any options.
    options: dict[str, Any] = {"commercial": True, "country": "BE", "encoding": "ucs2"}
    france, abroad = septet.prepare("smsmode", "Soldes", recipients=[FR, BE], **options).split()
    assert (france.plan.optout, abroad.plan.optout) == (" STOP 36034", " no-sms.eu")
    assert not codes(france) & OF_SPLITTING


def test_all_that_was_asked_is_asked_of_each_part() -> None:
    fields = {"numero": f"{FR},{BE}", "notification_url": "https://example.com/report", "emetteur": "RDV"}
    options: dict[str, Any] = {"tag": "mai", "send_at": "2030-03-05T10:00", "commercial": True}
    options["encoding"] = "ucs2"
    whole = septet.prepare("smsmode", "Soldes", vendor_fields=fields, **options)
    for part, number in zip(whole.split(), (FR, BE), strict=True):
        rest = {"notification_url": fields["notification_url"]}
        alone = septet.prepare(
            "smsmode", "Soldes", sender="RDV", recipients=number, vendor_fields=rest, **options
        )
        assert part == alone
        assert part.request.fields["date_envoi"] == "05032030-10:00"


def test_a_time_in_the_vendors_own_fields_is_that_of_each_part() -> None:
    fields = {"date_envoi": "05032030-10:00"}
    whole = septet.prepare("smsmode", "Soldes", recipients=[FR, BE], commercial=True, vendor_fields=fields)
    assert {part.request.fields["date_envoi"] for part in whole.split()} == {"05032030-10:00"}


def test_what_the_vendor_removes_as_a_duplicate_is_in_no_second_part() -> None:
    listed = [*numbers(100), "33612345678"]
    options: dict[str, Any] = {"recipients": listed, "sender": "BOUTIQUE", "method": "GET"}
    twice = septet.prepare("envoyersmspro", "Bonjour", **options).split()
    assert [len(part.recipients) for part in twice] == [100, 1]
    once = septet.prepare("envoyersmspro", "Bonjour", **options, vendor_fields={"dedupe": 1}).split()
    assert [len(part.recipients) for part in once] == [100]
    assert once[0].ok


def test_without_a_need_it_is_itself() -> None:
    for prepared in (
        septet.prepare("smsmode", "Bonjour", recipients=[FR, BE]),
        septet.prepare("smsmode", "Bonjour", recipients=[FR, BE], commercial=True),
        septet.prepare("smsmode", "Bonjour"),
        septet.prepare("smsmode", "Bonjour", vendor_fields={"groupe": "clients"}),
        septet.prepare("gsm", "Bonjour"),
        septet.prepare("gsm", "Bonjour", recipients=[FR, BE]),
    ):
        (part,) = prepared.split()
        assert part is prepared


def test_a_prepared_message_is_split_after_it_was_pickled() -> None:
    whole = septet.prepare("encom", "Bonjour", recipients=numbers(3))
    again = pickle.loads(pickle.dumps(whole))
    assert again == whole
    assert again.split() == whole.split()
