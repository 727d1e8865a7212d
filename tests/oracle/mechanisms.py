"""The profiles that differ by mechanism, for slow tests; `make test-properties` uses all profiles.

Another vendor with known mechanisms makes no test longer. tests/vendors/test_mechanisms.py checks that these
profiles have each mechanism of any profile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from effort import EXPLORE

import septet

BY_MECHANISM = (
    *("gsm", "encom", "smspartner", "smspartner-eco", "smsmode", "envoyersmspro", "smpp"),
    *("twilio", "telnyx-shortcode", "bird", "webex", "ovhcloud", "octopush", "smsfactor", "brevo", "mailjet"),
    *(
        "aws",
        "aws-sns",
        "mobileconnect",
        "vonage",
        "sinch",
        "govuk-notify@2026-08",
        "zenvia",
        "gateway360",
        "freshmail",
        "azure",
        "messente",
        "kaleyra",
        "telstra",
        "clicksend",
    ),
    *("smsapi", "disparopro", "verimor-b038", "rcs", "rcs-us"),
)

#: These, or all profiles if many examples are requested.
TRIED = tuple(septet.profiles()) if EXPLORE else BY_MECHANISM


def over_profiles(name: str) -> Callable[[Any], Any]:
    """Parametrises a test over the profiles of `TRIED`; `make test-properties` runs it over all."""

    def mark(test: Any) -> Any:
        return pytest.mark.sweep(pytest.mark.parametrize(name, TRIED)(test))

    return mark


def mechanisms(name: str) -> set[tuple[str, Any]]:
    """What a profile does that its counts and texts depend on."""
    profile = septet.profile(name)
    rule = profile.rule
    encodings, limit, languages = rule("encodings"), rule("character_limit"), rule("languages")
    return {
        ("policy", profile.policy),
        ("counting", rule("counting")["by"]),
        ("alphabet", rule("alphabet")["base"]),
        ("line breaks", profile.line_break_units > 0),
        ("reference", rule("segments")["reference"]),
        ("clusters", rule("segments")["grapheme_clusters"]),
        ("words", bool(rule("segments")["split_at"])),
        ("unknown", rule("unknown_character")["reason"]),
        ("encoding", encodings["default"]),
        ("UCS-2", "ucs2" in encodings["offered"]),
        *(("further encoding", other) for other in set(encodings["offered"]) - {"auto", "gsm7", "ucs2"}),
        ("cut by", rule("limit")["truncate"] and rule("limit")["cut_by"]),
        ("limit", limit and limit["counted"]),
        ("limit of several", bool(limit and limit["several"])),
        ("languages", bool(languages and languages["default"])),
        ("letters of UCS-2", bool((rule("ucs2") or {}).get("characters"))),
        *((key, bool(rule(key))) for key in ("prefix", "suffix", "links", "commercial", "costs")),
        *((key, bool(rule(key))) for key in ("white_space", "placeholders", "documented_totals", "tags")),
    }
