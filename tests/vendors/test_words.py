"""The rules in plain words are those that people find in docs/profiles.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import septet

PAGE = Path(__file__).parents[2] / "docs" / "profiles.md"


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    """What the page says about each profile, without the signs that escape others."""
    text = PAGE.read_text("utf-8")
    parts = re.split(r"^## `(.+)`$", text, flags=re.MULTILINE)[1:]
    return {name: re.sub(r"\\(.)", r"\1", said) for name, said in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("name", septet.profiles())
def test_each_rule_is_on_the_page_in_the_same_words(name: str, sections: dict[str, str]) -> None:
    rules = septet.profile(name).rules
    written = [
        f"- **{rule.key}**: {rule.text}\n" + (f"  *Assumed: {rule.why}*\n" if rule.assumed else "")
        for rule in rules
    ]
    assert [rule for rule in written if rule not in sections[name]] == []
    assert sections[name].count("\n- **") == len(rules)


QUIET = (
    '[quiet_hours]\ncountry = "FR"\nzone = "Europe/Paris"\nopens = "08:00"\ncloses = "20:00"\nsource = "x"\n'
)
TOO_LONG = (
    '[limit]\nceiling = 3\nrefused_above = [3]\nsource = "x"\nvendor_code = { gsm7 = "1", ucs2 = "2" }\n'
)
LONGER = "3 segments at most; longer is refused, the vendor's error "
HELD = "marketing to FR is sent from 08:00 to 20:00 (Europe/Paris)"


@pytest.mark.parametrize(
    ("rules", "key", "words"),
    [
        (f"{QUIET}sundays = true\nholidays = true\n", "quiet_hours", f"{HELD}, not on sundays and holidays"),
        (f"{QUIET}sundays = true\nholidays = false\n", "quiet_hours", f"{HELD}, not on sundays"),
        (f"{QUIET}sundays = false\nholidays = true\n", "quiet_hours", f"{HELD}, not on holidays"),
        (f"{QUIET}sundays = false\nholidays = false\n", "quiet_hours", HELD),
        (
            '[prefix]\nfield = "the name"\nseparator = ": "\nlongest = 11\nlimited = true\nsource = "x"\n',
            "prefix",
            'what the sender gives as the name is added before the text; separated by ": "; '
            "11 characters at most",
        ),
        (
            '[commercial]\nrefused = true\nvendor_code = "7"\nvendor_message = "no"\nsource = "x"\n',
            "commercial",
            'marketing texts are refused, the vendor\'s error 7 "no"',
        ),
        (
            TOO_LONG + 'vendor_message = { gsm7 = "too long", ucs2 = "too long in Unicode" }\n',
            "limit",
            LONGER + 'GSM-7: 1 "too long", UCS-2: 2 "too long in Unicode"',
        ),
        (
            TOO_LONG + 'vendor_message = "too long"\n',
            "limit",
            LONGER + 'GSM-7: 1 "too long", UCS-2: 2 "too long"',
        ),
        (TOO_LONG, "limit", LONGER + "GSM-7: 1, UCS-2: 2"),
        ('[commercial]\nrefused = false\nsource = "x"\n', "commercial", "marketing texts are accepted"),
    ],
)
def test_a_rule_that_no_vendor_here_has(rules: str, key: str, words: str) -> None:
    own = septet.Profile.from_toml(f'extends = "smspartner"\n{rules}')
    # A reading of the vendor's document may have the same key; the rule comes first.
    assert next(rule.text for rule in own.rules if rule.key == key) == words
