"""Senders by themselves: what a vendor takes, with no message and no request."""

from __future__ import annotations

import pytest

import septet

#: Sender, profile, country, the codes of what is wrong.
SENDERS = [
    # help.brevo.com, 11884482521234: Sender ID 3-11; letters and digits, or 12 to 15 digits.
    ("CHERRY", "brevo", None, []),
    ("CHERRY C", "brevo", None, ["sender-characters"]),
    ("AB", "brevo", None, ["sender-length"]),
    ("abcdefghijkl", "brevo", None, ["sender-length"]),
    ("+33612345678", "brevo", None, []),
    ("1234567890123456", "brevo", None, ["sender-length"]),
    # twilio.com, message resource: letters, digits and spaces, 11 at most.
    ("Site & Co", "twilio", None, ["sender-characters"]),
    ("Site et Co", "twilio", None, []),
    # AWS, RequestSenderId: no space.
    ("abcdefghijklmno", "aws", None, ["sender-length"]),
    ("my shop", "aws", None, ["sender-characters"]),
    # Telnyx: not to the US, Canada, Puerto Rico.
    ("Acme", "telnyx", "US", ["sender-country"]),
    ("Acme", "telnyx", "ca", ["sender-country"]),
    ("Acme", "telnyx", "FR", []),
    ("+15551234567", "telnyx", "US", []),
    # sMsmode HTTP 2.7, 2: 11 characters, no space, no accent, no number.
    ("36034", "smsmode", None, ["sender-number"]),
    ("été", "smsmode", None, ["sender-characters"]),
    # Nothing is documented.
    ("x", "gsm", None, ["not-checked"]),
]


@pytest.mark.parametrize(("sender", "profile", "country", "codes"), SENDERS)
def test_a_sender_is_checked_without_a_request(
    sender: str, profile: str, country: str | None, codes: list[str]
) -> None:
    assert [problem.code for problem in septet.check_sender(sender, profile, country)] == codes


def test_what_is_no_sender_is_said() -> None:
    with pytest.raises(TypeError, match="sender: expected a str, found int"):
        septet.check_sender(36034, "smsmode")  # type: ignore[arg-type]
    with pytest.raises(septet.ProfileError):
        septet.check_sender("x", "nobody")
    with pytest.raises(septet.OptionError):
        septet.check_sender("x", "smsmode", "ZZ")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("nexmo", "vonage"),
        ("sendinblue", "brevo"),
        ("ovh", "ovhcloud"),
        ("TWILIO", "twilio"),
        ("Nexmo", "vonage"),
    ],
)
def test_old_and_short_names_are_known(name: str, meant: str) -> None:
    with pytest.raises(septet.ProfileError, match=f'did you mean "{meant}"'):
        septet.profile(name)


@pytest.mark.parametrize("name", ["clickatell", "smsgate", "gatewayapi", "sms"])
def test_no_other_vendor_is_proposed(name: str) -> None:
    with pytest.raises(septet.ProfileError) as error:
        septet.profile(name)
    assert "did you mean" not in str(error.value)
