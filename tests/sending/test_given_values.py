"""Values of the vendor's own fields, at the ends of what its document allows."""

from __future__ import annotations

from typing import Any

import pytest

import septet

ADDRESS = "https://example.com/"


def problems(profile: str, field: str, value: Any) -> list[str]:
    """What is said about the field."""
    message = septet.prepare(
        profile, "Bonjour", recipients="+33612345678", sender="Septet", vendor_fields={field: value}
    )
    return [
        problem.message
        for problem in message.problems
        if problem.code in ("field-value", "field-conflict") and problem.message.startswith(field)
    ]


@pytest.mark.parametrize(
    ("profile", "field", "allowed", "refused", "expected"),
    [
        # TimeToLive: « Minimum value of 5. Maximum value of 259200 »
        ("aws", "TimeToLive", (5, "5", 259200), (4, 259201, 10**20), "a number from 5 to 259 200"),
        ("aws", "TimeToLive", (), (-5, "5.5", "²", "five"), "a number"),
        ("sinch", "from_npi", (0, 18), (19,), "a number from 0 to 18"),
        ("ovhcloud", "validityPeriod", (1, 10**19 - 1), (0, 10**20), "a number of at least 1"),
        ("bird", "validity", (0, 1), (10**20,), "a number of at least 0"),
        ("infobip", "networkId", (0, 10**30), (-1, "1.0", "²"), "a number"),
        # Keyword: « Maximum length of 30 »
        ("aws", "Keyword", ("K", "K" * 30), ("K" * 31,), "at most 30 characters"),
        ("aws", "Keyword", (), ("", "  "), "a value"),
        ("aws", "MaxPrice", ("0.000001",), ("0.0000001",), "at most 8 characters"),
        (
            "sinch",
            "callback_url",
            (ADDRESS + "a" * 2028,),
            (ADDRESS + "a" * 2029,),
            "at most 2 048 characters",
        ),
        (
            "infobip",
            "notifyUrl",
            (ADDRESS, "http://example.com/a?b=c"),
            ("example.com", "ftp://example.com/"),
            "an address such as https://example.com/report",
        ),
    ],
)
def test_the_limits_of_the_documents(
    profile: str, field: str, allowed: tuple[Any, ...], refused: tuple[Any, ...], expected: str
) -> None:
    for value in allowed:
        assert problems(profile, field, value) == [], value
    for value in refused:
        (said,) = problems(profile, field, value)
        assert said.replace("\u202f", " ").startswith(f"{field}: expected {expected}, found "), value
