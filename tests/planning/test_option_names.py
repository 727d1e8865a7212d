"""A misspelt argument is answered with the nearest one of the function, its own arguments included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import septet

CALLS: list[tuple[Callable[..., Any], tuple[Any, ...], str, str]] = [
    (septet.plan, ("a",), "encodng", "encoding"),
    (septet.prepare, ("smsmode", "a"), "recipient", "recipients"),
    (septet.prepare, ("smsmode", "a"), "send_on", "send_at"),
    (septet.prepare, ("smsmode", "a"), "comercial", "commercial"),
    (septet.prepare_batch, ("smsmode", "rows.csv"), "senderr", "sender"),
    (septet.batch_file, ([], "rows.csv"), "refuse_lossi", "refuse_lossy"),
    (septet.split, ("a",), "numberings", "numbering"),
    (septet.first_that_fits, (["a"],), "max_segment", "max_segments"),
]


@pytest.mark.parametrize(("function", "arguments", "given", "meant"), CALLS)
def test_the_nearest_argument_is_named(
    function: Callable[..., Any], arguments: tuple[Any, ...], given: str, meant: str
) -> None:
    with pytest.raises(TypeError) as raised:
        function(*arguments, **{given: "x"})
    said = str(raised.value)
    assert said.startswith(f"'{given}' is not an option (did you mean \"{meant}\"?): expected ")
    expected = said.partition("expected ")[2].split(", ")
    assert len(expected) == len(set(expected))
    assert {meant, "encoding", "recipient_count"} <= set(expected)


def test_campaigns_name_theirs_too() -> None:
    pytest.importorskip("pyarrow")
    from septet.campaign import Estimator, estimate
    from septet.campaign.campaigns import CAMPAIGN_NAMES

    for function, given, meant in (
        (estimate, "delimeter", "delimiter"),
        (estimate, "recipients", "recipient"),
        (Estimator, "recipients", "recipient"),
        (septet.calibrate, "segment", "segments"),
    ):
        arguments = ("log.csv", "twilio") if function is septet.calibrate else (["a"],)
        if function is Estimator:
            arguments = ("message",)
        with pytest.raises(TypeError, match=rf"'{given}' is not an option \(did you mean \"{meant}\"\?\)"):
            function(*arguments, **{given: "x"})  # type: ignore[operator]
    with pytest.raises(septet.OptionError, match="price: expected the name of a column, found 3"):
        septet.calibrate("log.csv", "twilio", price=3)  # type: ignore[arg-type]
    # Each name is an argument: None is its default.
    plain = {
        name: None for name in CAMPAIGN_NAMES if name not in ("column", "profile", "dedupe", "mobiles_only")
    }
    assert estimate(["a"], **plain).segments == 1  # type: ignore[arg-type]


def test_rows_of_a_template_are_those_of_arrow() -> None:
    pytest.importorskip("pyarrow")
    from septet.campaign import Template

    with pytest.raises(TypeError, match="rows: expected a pyarrow RecordBatch or Table, found dict"):
        Template("Bonjour {prenom}").render({"prenom": "Ann"})
