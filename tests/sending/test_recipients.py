"""Where a message goes: its recipients, their countries, and what is billed; with and without packages."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import phonenumbers
import pytest
from clocks import WEDNESDAY, stop_at

import septet

FRANCE = "STOP 36034"
ABROAD = "no-sms.eu"  # sMsmode, 2 Envoi de SMS, Paramètre STOP SMS: « à l'international »

FR, FR_TOO = "33612345678", "0612345679"
INMARSAT = "870773111632"
BE, LU, RE = "32470123456", "352621123456", "262692123456"


@pytest.fixture(autouse=True)
def _the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at(WEDNESDAY, monkeypatch)


def codes(prepared: septet.Prepared) -> list[str]:
    return [problem.code for problem in prepared.problems]


@pytest.mark.parametrize(
    ("recipients", "options", "mention"),
    [
        (FR, {}, FRANCE),
        (FR_TOO, {}, FRANCE),
        (BE, {}, ABROAD),
        (RE, {}, FRANCE),  # overseas France is counted as France
        ([FR, RE], {}, FRANCE),
        ([BE, LU], {}, ABROAD),
        ([BE, "32470123457"], {}, ABROAD),
        (None, {}, FRANCE),
        ("", {}, FRANCE),
        ("abc", {}, FRANCE),
        ("80012345678", {}, ABROAD),  # a calling code of no single country is not one of France
        ([INMARSAT, BE], {}, ABROAD),
        (FR, {"country": "fr"}, FRANCE),
        ([BE, LU], {"country": "be"}, ABROAD),
        ([FR, BE], {"optout_text": "STOP 36180"}, "STOP 36180"),
    ],
)
def test_the_recipients_decide_the_mention(recipients: Any, options: dict[str, Any], mention: str) -> None:
    prepared = septet.prepare("smsmode", "Soldes", recipients=recipients, commercial=True, **options)
    assert prepared.plan.optout == f" {mention}"
    assert "mixed-countries" not in codes(prepared)


@pytest.mark.parametrize(
    ("recipients", "country", "says"),
    [
        (INMARSAT, "FR", f'in no single country, where the opt-out mention is "{ABROAD}"'),
        ([BE, LU], "fr", f'the opt-out mention is "{ABROAD}"; the message is planned for FR'),
        (FR, "BE", f'the opt-out mention is "{FRANCE}"; the message is planned for BE'),
    ],
)
def test_a_country_that_the_recipients_are_not_in(recipients: Any, country: str, says: str) -> None:
    # The vendor adds the mention of each message's country, whatever the country of the plan.
    prepared = septet.prepare("smsmode", "Soldes", recipients=recipients, commercial=True, country=country)
    (problem,) = (problem for problem in prepared.problems if problem.code == "mixed-countries")
    assert says in problem.message
    # Where no mention is looked for, it makes no difference.
    assert "mixed-countries" not in codes(
        septet.prepare("smsmode", "Soldes", recipients=recipients, country=country)
    )


@pytest.mark.parametrize("country", [None, "FR", "be"])
@pytest.mark.parametrize("recipients", [[FR, BE], [BE, FR], [FR, INMARSAT], [LU, BE, RE]])
def test_where_the_vendor_chooses_the_mention_the_longer_one_is_planned(
    recipients: list[str], country: str | None
) -> None:
    # sMsmode, 2 Envoi de SMS: « En utilisant le paramètre STOP, vous êtes assurés que la bonne mention
    # STOP sera utilisée ».
    options: dict[str, Any] = {"recipients": recipients, "commercial": True, "country": country}
    for length, segments in ((149, 1), (150, 2), (151, 2)):
        prepared = septet.prepare("smsmode", "a" * length, **options)
        (problem,) = (problem for problem in prepared.problems if problem.code == "mentions-differ")
        assert problem.severity == "notice"
        assert set(problem.details["mentions"]) == {FRANCE, ABROAD}
        assert problem.details["planned"] == FRANCE
        assert FRANCE in problem.message
        assert ABROAD in problem.message
        assert prepared.ok
        assert (prepared.plan.optout, prepared.plan.billed_segments) == (f" {FRANCE}", segments)
        assert prepared.request.fields["stop"] == "2"
        assert prepared.request.fields["message"] == "a" * length


def test_it_is_an_error_where_the_vendor_cannot_add_it_for_each() -> None:
    about: dict[str, Any] = {"recipients": [FR, BE], "commercial": True}
    # In Unicode the text holds the mention, and is the same for all.
    assert "mixed-countries" in codes(septet.prepare("smsmode", "☺", encoding="ucs2", **about))
    # With stop, those abroad would get theirs, and those in France a second one.
    assert "mixed-countries" in codes(septet.prepare("smsmode", f"Soldes {FRANCE}", **about))
    assert "mixed-countries" in codes(septet.prepare("smsmode", "Soldes", optout="never", **about))
    both = septet.prepare("smsmode", f"Soldes {FRANCE} {ABROAD}", **about)
    assert both.ok
    assert "stop" not in both.request.fields


def test_mentions_that_differ_are_told_apart() -> None:
    recipients = [FR, BE, RE, LU, FR_TOO]
    about: dict[str, Any] = {"commercial": True, "encoding": "ucs2"}
    prepared = septet.prepare("smsmode", "Soldes", recipients=recipients, **about)
    (problem,) = (problem for problem in prepared.problems if problem.code == "mixed-countries")
    assert problem.details["groups"] == ((FR, RE, FR_TOO), (BE, LU))
    assert f'"{FRANCE}": {FR}, {RE}, {FR_TOO}; "{ABROAD}": {BE}, {LU}' in problem.message
    assert not prepared.ok
    # Split as the problem advises, both parts pass.
    for group, mention in zip(problem.details["groups"], (FRANCE, ABROAD), strict=True):
        part = septet.prepare("smsmode", "Soldes", recipients=group, **about)
        assert part.ok
        assert part.plan.optout == f" {mention}"


@pytest.mark.parametrize(
    ("profile", "options"),
    [
        ("smsmode", {}),  # transactional: no mention at all
        ("envoyersmspro", {"commercial": True, "sender": "Societe"}),  # one mention for all countries
    ],
)
def test_countries_that_change_nothing_are_not_held_against_a_message(
    profile: str, options: dict[str, Any]
) -> None:
    prepared = septet.prepare(profile, "Soldes", recipients=[FR, BE], **options)
    assert prepared.problems == ()


@pytest.mark.parametrize("profile", ["encom", "smspartner", "smsmode", "envoyersmspro"])
def test_overseas_france_is_france_by_its_numbering_plans(profile: str) -> None:
    territories = septet.profile(profile).rule("territories")["counted_as"]["FR"]
    tried = 0
    for territory in territories:
        example = phonenumbers.example_number_for_type(territory, phonenumbers.PhoneNumberType.MOBILE)
        if example is None:
            continue  # nobody has a telephone in the Southern Lands
        tried += 1
        number = f"{example.country_code}{example.national_number}"
        prepared = septet.prepare("smsmode", "Soldes", recipients=number, commercial=True)
        assert prepared.plan.optout == f" {FRANCE}", territory
        # At ten in Paris it is night in the Antilles.
        assert set(codes(prepared)) - {"recipient-hours"} == {"optout-unspecified"}
    assert tried >= 10


def test_a_national_number_is_one_of_the_vendors_country() -> None:
    # sMsmode, 2 Envoi de SMS: « uniquement accepté pour la France »; 0470123456 is a number in both.
    prepared = septet.prepare("smsmode", "Soldes", recipients="0470123456", country="BE", commercial=True)
    assert prepared.request.fields["numero"] == "0470123456"
    again = septet.prepare("smsmode", "Soldes", recipients="0470123456,33470123456", country="BE")
    assert codes(again) == ["duplicate-recipient"]
    # The profile of no vendor has no country of its own.
    assert septet.prepare("gsm", "Soldes", recipients="0470123456", country="be").plan.ok


@pytest.mark.parametrize(
    "given",
    [
        "33612345678, 33612345679",
        ["33612345678", "33612345679"],
        ("+33612345678", " 33612345679\n"),
        ["33612345678,+33612345679"],
        (number for number in ("33612345678", "33612345679")),
    ],
)
def test_recipients_are_one_text_or_several(given: Any) -> None:
    prepared = septet.prepare("smsmode", "Bonjour", recipients=given)
    assert prepared.recipients == ("33612345678", "33612345679")
    assert prepared.request.fields["numero"] == "33612345678,33612345679"
    assert prepared.problems == ()


@pytest.mark.parametrize(
    ("profile", "number", "advice"),
    [
        ("smsmode", "061234567", "or 33612345678."),
        ("envoyersmspro", "061234567", "such as 33612345678."),
        ("twilio", "33612345678", "Write +33612345678."),
        ("twilio", "0033612345678", "Write +33612345678."),
        ("vonage", "0033612345678", "Write 33612345678."),
        # The country of the number was not given.
        ("twilio", "06 12 34 56 78", "Name the country of national numbers, or write them with its code."),
        ("smsmode", "+0612345678", "Write 0612345678."),  # a plus belongs to a country's code
        ("smspartner", "+0612345678", "Write 0612345678."),
        ("smspartner", "061234567", "or +33612345678."),
        ("smsmode", "0612345678\u0663", "or 33612345678."),
        ("smsmode", "\uff10612345678", "or 33612345678."),  # a digit, but of no alphabet of theirs
        ("encom", "06********", "or an international one such as 33612345678."),
    ],
)
def test_a_malformed_number_and_how_to_write_it(profile: str, number: str, advice: str) -> None:
    prepared = septet.prepare(profile, "Bonjour", recipients=number)
    (problem,) = (problem for problem in prepared.problems if problem.code == "malformed-recipient")
    assert problem.message.startswith(f'"{number}": this vendor accepts ')
    assert problem.message.endswith(advice)
    assert problem.details["numbers"] == (number,)


@pytest.mark.parametrize(
    ("profile", "number", "sent"),
    [
        ("smsmode", "06 12 34 56 78", "0612345678"),
        ("smsmode", "06.12.34.56.78", "0612345678"),
        ("smsmode", "(0)6\u202f12-34/56 78", "0612345678"),
        ("envoyersmspro", "+33 6 12-34-56-78", "33612345678"),
        ("smspartner", "+33 (0)6 12 34 56 78", "+33612345678"),
        ("smspartner", "33 (0) 6 12 34 56 78", "33612345678"),
        ("twilio", "+39 (0)6 1234 5678", "+390612345678"),  # Italy keeps its zero abroad
        ("twilio", "tel:+33612345678", "+33612345678"),
        ("twilio", "TEL:+33-6.12(34)56-78;npdi;cic=+1-6789", "+33612345678"),
        ("vonage", "tel:+33612345678", "33612345678"),
        ("twilio", "tel:06-12-34-56-78;phone-context=+33", "+33612345678"),
        ("twilio", "tel:012-0123;phone-context=+1-201-555", "+12015550120123"),
    ],
)
def test_a_number_is_read_as_people_write_it(profile: str, number: str, sent: str) -> None:
    prepared = septet.prepare(profile, "Bonjour", recipients=[number], sender="Septet")
    assert prepared.recipients == (sent,)
    assert "malformed-recipient" not in codes(prepared)


@pytest.mark.parametrize(
    ("profile", "country", "number", "sent"),
    [
        ("twilio", "FR", "06 12 34 56 78", "+33612345678"),
        ("twilio", "fr", "(0)6 12 34 56 78", "+33612345678"),
        ("telnyx", "FR", "0033 6 12 34 56 78", "+33612345678"),
        ("aws", "FR", "33612345678", "+33612345678"),
        ("vonage", "FR", "06-12-34-56-78", "33612345678"),
        ("infobip", "BE", "0470 12 34 56", "32470123456"),
        ("sinch", "GB", "07400 123456", "+447400123456"),
        ("bird", "IT", "06 9876 5432", "+390698765432"),  # Italy keeps its zero abroad
        ("twilio", "US", "(201) 555-0123", "+12015550123"),
        ("twilio", "US", "1 201 555 0123", "+12015550123"),
        ("plivo", "US", "201-555-0123", "12015550123"),  # well-formed, but one of Egypt
        ("vonage", "ES", "612 34 56 78", "34612345678"),
        ("twilio", "FR", "0692 12 34 56", "+262692123456"),  # of La Réunion, in the national form
        # The profile's country if the caller names none, otherwise the caller's.
        ("octopush", None, "06 12 34 56 78", "+33612345678"),
        ("ovhcloud", None, "06.12.34.56.78", "+33612345678"),
        ("brevo", None, "0612345678", "33612345678"),
        ("envoyersmspro", None, "0612345678", "33612345678"),
        ("smsmode", None, "0033612345678", "33612345678"),
        ("messagebird-rest", None, "06 12 34 56 78", "31612345678"),
        ("octopush", "BE", "0470 12 34 56", "+32470123456"),
        # What the vendor takes as it is written is not replaced.
        ("smspartner", None, "06 12 34 56 78", "0612345678"),
        ("vonage", "US", "33612345678", "33612345678"),
    ],
)
def test_a_national_number_goes_out_as_the_vendor_takes_it(
    profile: str, country: str | None, number: str, sent: str
) -> None:
    options: dict[str, Any] = {} if country is None else {"country": country}
    prepared = septet.prepare(profile, "Bonjour", recipients=[number], sender="Septet", **options)
    assert prepared.recipients == (sent,)
    assert not {"malformed-recipient", "unknown-recipient"} & set(codes(prepared))
    assert sent in str(prepared.request.fields)


@pytest.mark.parametrize(
    ("profile", "country", "number"),
    [
        ("twilio", "DE", "4798091148"),  # of Norway, or of Germany without its zero
        ("twilio", "FR", "0600"),
        ("twilio", "BE", "0612345678"),  # no number of Belgium
        ("twilio", None, "0612345678"),
        ("twilio", "FR", "06 12 34 56 7٨"),
    ],
)
def test_what_no_plan_knows_is_not_guessed(profile: str, country: str | None, number: str) -> None:
    options: dict[str, Any] = {} if country is None else {"country": country}
    prepared = septet.prepare(profile, "Bonjour", recipients=[number], sender="Septet", **options)
    assert "malformed-recipient" in codes(prepared)


def test_a_number_that_lost_its_zero_is_told_of_and_not_mended_where_the_vendor_takes_it() -> None:
    # As it stands it is one abroad, which no plan knows; a spreadsheet may have dropped more than a zero.
    prepared = septet.prepare("brevo", "Bonjour", recipients="612345678", sender="Septet")
    assert prepared.recipients == ("612345678",)
    assert "unknown-recipient" in codes(prepared)


@pytest.mark.parametrize(
    "number", ["tel:+33612345678;ext=3", "tel:0612345678;phone-context=example.com", "tel:abc", "tel:"]
)
def test_what_reaches_no_telephone_is_not_read(number: str) -> None:
    prepared = septet.prepare("twilio", "Bonjour", recipients=[number], sender="Septet")
    assert "malformed-recipient" in codes(prepared)


def test_one_number_in_two_spellings_is_a_duplicate() -> None:
    prepared = septet.prepare(
        "smspartner", "Bonjour", recipients=["+33 (0)6 12 34 56 78", "tel:+33612345678"]
    )
    assert "duplicate-recipient" in codes(prepared)


def test_the_advice_is_good() -> None:
    advised = septet.prepare("envoyersmspro", "Bonjour", recipients="+33612345678", sender="Societe")
    assert advised.ok
    assert advised.recipients == ("33612345678",)


def test_of_many_numbers_a_message_names_a_few() -> None:
    prepared = septet.prepare("smsmode", "Bonjour", recipients=[f"x{n}" for n in range(10)])
    (problem,) = prepared.problems
    assert problem.message.startswith('"x0", "x1", "x2" and 7 more: this vendor accepts ')
    assert len(problem.details["numbers"]) == 10


def test_numbers_that_no_plan_knows_may_be_sent() -> None:
    prepared = septet.prepare("smsmode", "Bonjour", recipients="3363123456,0623123457")
    (problem,) = prepared.problems
    assert problem.message == 'No numbering plan has "3363123456". Check that each is written correctly.'
    assert prepared.ok


@pytest.mark.parametrize("number", ["330612345678", "+330612345678"])
def test_a_number_that_kept_its_zero_is_another_and_unknown(number: str) -> None:
    prepared = septet.prepare("smspartner", "Bonjour", recipients=f"33612345678,{number}")
    (problem,) = prepared.problems
    assert (problem.code, problem.details["numbers"]) == ("unknown-recipient", (number,))
    assert prepared.request.fields["phoneNumbers"] == f"33612345678,{number}"


def test_the_same_number_in_three_forms_is_billed_thrice() -> None:
    prepared = septet.prepare("smspartner", "Bonjour", recipients="0612345678,+33612345678,33612345678")
    (problem,) = prepared.problems
    assert problem.code == "duplicate-recipient"
    assert problem.details["numbers"] == ("+33612345678", "33612345678")
    assert len(prepared.recipients) == 3


# A fresh interpreter in which packages cannot be imported, nor a system's time zones found.
BARE = """
import sys
for name in {missing!r}:
    sys.modules[name] = None
import septet
"""


def bare(code: str, *missing: str) -> str:
    environment = {**os.environ}
    if "tzdata" in missing:
        environment["PYTHONTZPATH"] = ""
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", BARE.format(missing=missing) + code],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_without_the_packages_all_else_works_and_says_so() -> None:
    printed = bare(
        """
prepared = septet.prepare("smsmode", "Soldes\\n€", recipients="0612345678,32470123456", sender="x" * 12)
print(prepared.request.address())
print(prepared.request.body().decode())
for problem in prepared.problems:
    print(problem.code, problem.message)
print("--")
for problem in septet.prepare("smsmode", "Soldes", recipients="0612345678", commercial=True).problems:
    print(problem.message)
print("--")
print(septet.prepare("smsmode", "Bonjour").problems[0].vendor_message)
try:
    septet.prepare("smsmode", "Bonjour", send_at="2030-01-02T10:00")
except ModuleNotFoundError as error:
    print(error)
print(septet.prepare("gsm", "Bonjour", recipients="0612345678", commercial=True).plan.ok)
for problem in septet.prepare("octopush", "x", sender="Septet", recipients="0612345678").problems:
    print(problem.code)
""",
        *("phonenumbers", "holidays", "tzdata", "defusedxml"),
    )
    of_recipients = (
        "The recipients were not checked against numbering plans: "
        'pip install "septet[requests]" to check them.'
    )
    no_zone = 'no time zone Europe/Paris is known here: pip install "septet[requests]" brings them'
    assert printed.splitlines() == [
        "https://api.smsmode.com/http/1.6/sendSMS.do",
        "message=Soldes%0A%A4&numero=0612345678%2C32470123456&emetteur=xxxxxxxxxxxx&nbr_msg=1",
        "sender-length The sender has 12 characters; this vendor accepts 1 to 11 characters.",
        "sender-without-optout " + septet.profile("smsmode").rule("sender")["without_optout"],
        "not-checked " + of_recipients,
        "--",
        'The vendor does not publish the text of its opt-out mention, or may change it; "STOP 36034" '
        "is assumed. Pass the real one as optout_text, otherwise its length is a guess.",
        of_recipients,
        f"Quiet hours were not checked: {no_zone}.",
        "--",
        "Paramètre obligatoire manquant",
        no_zone,
        "True",
        "malformed-recipient",
        "not-checked",
    ]


def test_without_holidays_the_hours_and_sundays_are_known() -> None:
    printed = bare(
        """
from datetime import datetime
from septet.sending import schedules
schedules.now = datetime(2029, 1, 1).astimezone
for moment in ("2029-12-25T10:00", "2029-12-23T10:00", "2029-12-24T20:00"):
    prepared = septet.prepare("smspartner", "x", recipients="0612345678", commercial=True,
                              optout_text="STOP 1", send_at=moment)
    print(*(problem.code for problem in prepared.problems), *(
        problem.details["goes_out"] for problem in prepared.problems if problem.code == "quiet-hours"))
print(prepared.problems[0].message)
""",
        "holidays",
    )
    assert printed.splitlines() == [
        "not-checked",  # Christmas
        "not-checked quiet-hours 2029-12-24T08:00:00+01:00",  # a Sunday
        "not-checked quiet-hours 2029-12-25T08:00:00+01:00",
        'Public holidays were not checked: pip install "septet[requests]" to check them.',
    ]
