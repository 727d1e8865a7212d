"""Quoting: what is suggested for an unknown name, and names that would break a line or act on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

import septet
from septet._tables.names import OTHER_NAMES
from septet.campaign import estimate
from septet.errors import CampaignError
from septet.wording.quoting import nearest, nearest_name

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


# What breaks a line, for one program or another, and what a terminal acts on.
BREAKS = [*"\n\r\x0b\x0c\x1c\x85\u2028\u2029", "\x1b", "\u202e", "\udc80"]


@pytest.mark.parametrize("sign", BREAKS, ids=ascii)
def test_a_suggestion_is_shown_as_all_that_a_message_quotes(sign: str) -> None:
    shown = ascii(sign)[1:-1]
    assert nearest("message", ["id", f"mes{sign}sage"]) == f' (did you mean "mes{shown}sage"?)'


@pytest.mark.parametrize("sign", BREAKS[:-1], ids=ascii)
def test_names_of_columns_stay_in_the_line_of_their_message(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f'id,"mes{sign}sagee"\n1,Bonjour\n', "utf-8", newline="")
    with pytest.raises(CampaignError) as error:
        estimate(path, column="message", price="0.05")
    assert str(error.value).isprintable()
    assert "sagee" in str(error.value)


@pytest.mark.parametrize("sign", BREAKS[:-1], ids=ascii)
def test_a_key_of_a_vendor_file_stays_in_the_line_of_its_fault(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    written = ascii(sign)[1:-1].replace("\\x", "\\u00")
    for table in ("", "[optout]\n", "[character_limit]\n"):
        path.write_text(f'extends = "smsmode"\n{table}"a{written}b" = 1\n', "utf-8")
        with pytest.raises(septet.ProfileError) as error:
            septet.profile(path)
        lines = str(error.value).split("\n")
        assert all(line.isprintable() and line.startswith(str(path)) for line in lines)
        assert any(f"a{ascii(sign)[1:-1]}b: expected one of " in line for line in lines)
