"""Quoting: what is suggested for an unknown name."""

from __future__ import annotations

import pytest

import septet
from septet._tables.names import OTHER_NAMES
from septet.wording.quoting import nearest_name

# Vendors of SMS and wire formats that have no profile here, or may have one later.
OTHERS = [
    name
    for line in (
        "nexmo messagebird clickatell smsapi plivo ovh isendpro primotexto smsglobal smsbox cmcom",
        "smsto telesign bandwidth burst bulksms textmagic tyntec kaleyra routee esendex commify",
        "mitto kannel jasmin smpp smstools smsup smsenvoi smsc mobyt skebby link linkmobility d7",
        "msg91 africastalking termii zenvia sendinblue mailgun sendgrid mailchimp klaviyo aliyun",
        "tencent azure gcp firebase orange free sfr modem gsm7 smsmanager smspro smspartnerpro",
        "telnet twist synch cinch wave web bing birds",
    )
    for name in line.split()
    # Those that are known by another name are told so: see `tables/names.txt`.
    if name not in OTHER_NAMES
]


@pytest.mark.parametrize("name", [*OTHERS, *map(str.upper, OTHERS), "", "-", "é", "ж" * 8])
def test_no_other_vendor_is_suggested_because_its_letters_look_alike(name: str) -> None:
    known = list(septet.profiles())
    if name.casefold() not in known:
        assert nearest_name(name, known) == ""
        if name:
            with pytest.raises(septet.ProfileError) as error:
                septet.profile(name)
            assert "did you mean" not in str(error.value)


@pytest.mark.parametrize("name", septet.profiles())
def test_the_same_name_in_other_letters_is_suggested(name: str) -> None:
    known = list(septet.profiles())
    for written in (name.upper(), name.title(), "-".join(name), f" {name} "):
        assert nearest_name(written, known) == f' (did you mean "{name}"?)'


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("TWILIO", "twilio"), ("Sms Mode", "smsmode"), ("smsmod", "smsmode"), ("twillio", "twilio")),
        *(
            ("twiilo", "twilio"),
            ("smspartnr", "smspartner"),
            ("octopusch", "octopush"),
            ("mailjat", "mailjet"),
        ),
        *(("envoyer-sms-pro", "envoyersmspro"), ("ovh cloud", "ovhcloud")),
    ],
)
def test_a_slip_in_a_name_is_seen(name: str, meant: str) -> None:
    with pytest.raises(septet.ProfileError, match=f'did you mean "{meant}"'):
        septet.profile(name)
