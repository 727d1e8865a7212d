"""A limit that depends on how many recipients a message goes to at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import septet
from septet.errors import OptionError, ProfileError

ONE, OTHER = "+61412345678", "+61418765432"


@pytest.mark.parametrize(
    ("length", "recipients", "ok"),
    [(1900, [ONE], True), (1901, [ONE], False), (500, [ONE, OTHER], True), (501, [ONE, OTHER], False)],
)
def test_a_request_knows_its_recipients(length: int, recipients: list[str], ok: bool) -> None:
    prepared = septet.prepare("telstra", "a" * length, recipients=recipients)
    assert prepared.ok is ok
    codes = [problem.code for problem in prepared.problems]
    assert codes == ([] if ok else ["too-many-characters"])


def test_what_is_too_long_for_several_can_go_to_each_by_itself() -> None:
    prepared = septet.prepare("telstra", "a" * 501, recipients=[ONE, OTHER])
    (problem,) = prepared.problems
    assert dict(problem.details) == {"limit": 500, "actual": 501}
    assert "for several recipients at once, the vendor accepts at most 500" in problem.message
    assert "send it to each recipient separately" in problem.message
    for number in (ONE, OTHER):
        assert septet.prepare("telstra", "a" * 501, recipients=number).ok


def test_what_is_said_of_the_recipients_goes_before_what_is_counted() -> None:
    # One call of many that the sender makes.
    assert not septet.prepare("telstra", "a" * 501, recipients=ONE, recipient_count=2).ok


def test_elsewhere_the_number_changes_nothing() -> None:
    for profile in ("gsm", "aws", "smspartner"):
        text = "a" * 1000
        counted = [septet.plan(text, profile, recipient_count=count).to_dict() for count in (None, 1, 9)]
        assert counted[0] == counted[1] == counted[2]


def test_a_text_is_cut_to_what_several_may_get() -> None:
    plans = [septet.plan("a" * 2000, "telstra", truncate=True, recipient_count=count) for count in (1, 2)]
    assert [len(plan.text) for plan in plans] == [1900, 500]


@pytest.mark.parametrize("count", [0, -1, True, 1.0, "2", 10**11])
def test_a_number_that_is_none(count: object) -> None:
    with pytest.raises(OptionError, match="recipient_count: expected a whole number from 1 to 10000000000"):
        septet.plan("a", "telstra", recipient_count=count)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("several", "fault"),
    [
        ("{ gsm7 = 1901 }", "character_limit.several.gsm7: expected at most character_limit.gsm7"),
        ("{}", "character_limit.several: expected gsm7 or ucs2, or both"),
        ("{ gsm = 5 }", "character_limit.several.gsm: expected one of gsm7, ucs2"),
        ("500", "character_limit.several: expected a table with gsm7 or ucs2, or both, found 500"),
        ("{ ucs2 = 5 }", "character_limit.several.ucs2: expected at most character_limit.ucs2"),
    ],
)
def test_faults_of_a_file(several: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        f'extends = "gsm"\n[character_limit]\ngsm7 = 1900\ncounted = "characters"\nseveral = {several}\n'
        'source = "mine"\n',
        "utf-8",
    )
    with pytest.raises(ProfileError) as told:
        septet.profile(path)
    assert fault in str(told.value)


def test_each_encoding_may_have_a_code_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    limit = '[limit]\nceiling = 2\ntruncate = false\nrefused_above = [2]\nsource = "mine"\n'
    path.write_text(
        f'extends = "gsm"\n{limit}vendor_code = {{ gsm7 = "8", ucs2 = "9" }}\nvendor_message = "too long"\n',
        "utf-8",
    )
    found = [septet.plan(text * 400, path).problems[0] for text in "aя"]
    assert [(one.vendor_code, one.vendor_message) for one in found] == [("8", "too long"), ("9", "too long")]
    path.write_text(
        f'extends = "gsm"\n{limit}vendor_code = "8"\nvendor_message = {{ gsm7 = "a", ucs2 = "b" }}\n', "utf-8"
    )
    with pytest.raises(ProfileError, match=r"limit\.vendor_code: expected a table with one for gsm7 and one"):
        septet.profile(path)
    path.write_text(f'extends = "gsm"\n{limit}vendor_code = {{ gsm7 = "8" }}\n', "utf-8")
    with pytest.raises(ProfileError, match=r"limit\.vendor_code: expected a text, or a table with one"):
        septet.profile(path)
