"""The first wording that fits, and a tail where it is free."""

from __future__ import annotations

import pytest

import septet

TAIL = " Infos : https://exemple.fr/4711"


@pytest.mark.parametrize(
    ("texts", "options", "taken", "billed"),
    [
        (["x" * 161, "y" * 160], {}, 1, 1),
        (["x" * 160, "y"], {}, 0, 1),
        (["x" * 306, "y"], {"max_segments": 2}, 0, 2),
        (["é😀" * 40, "y"], {}, 1, 1),
        (["x" * 150, "y" * 149], {"profile": "smsmode", "commercial": True}, 1, 1),
        (["", "y"], {}, 1, 1),
    ],
)
def test_the_first_that_fits(texts: list[str], options: dict[str, object], taken: int, billed: int) -> None:
    plan = septet.first_that_fits(texts, **options)  # type: ignore[arg-type]
    assert (plan.original, plan.billed_segments) == (texts[taken], billed)
    assert plan.ok


def test_where_none_fits_it_is_the_last_one_and_too_long() -> None:
    plan = septet.first_that_fits(["x" * 500, "y" * 161])
    assert plan.original == "y" * 161
    assert [problem.code for problem in plan.problems] == ["too-long"]


@pytest.mark.parametrize(
    ("text", "options", "added"),
    [
        ("x" * (160 - len(TAIL)), {}, True),
        ("x" * (161 - len(TAIL)), {}, False),
        ("x" * 200, {"max_segments": 2}, True),
        ("x" * 60, {"if_free": " 😀"}, False),  # it would force UCS-2
        ("я" * 60, {"if_free": " 😀"}, True),
        ("x" * (149 - len(TAIL)), {"profile": "smsmode", "commercial": True}, True),
        ("x" * (150 - len(TAIL)), {"profile": "smsmode", "commercial": True}, False),
    ],
)
def test_a_tail_where_it_is_free(text: str, options: dict[str, object], added: bool) -> None:
    plan = septet.first_that_fits([text], **{"if_free": TAIL, **options})  # type: ignore[arg-type]
    assert plan.original == text + (str(options.get("if_free", TAIL)) if added else "")


def test_what_cannot_be() -> None:
    with pytest.raises(TypeError, match="put it into a list"):
        septet.first_that_fits("text")
    with pytest.raises(ValueError, match="one wording at least"):
        septet.first_that_fits([])
    with pytest.raises(ValueError, match="if_free: expected a str"):
        septet.first_that_fits(["x"], if_free=None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="max_segments"):
        septet.first_that_fits(["x"], "smsmode", max_segments=99)
