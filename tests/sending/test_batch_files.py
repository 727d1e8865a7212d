"""Writing batch files: their content, what is refused and why, and that they are complete or absent."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_examples import DOCUMENT_QUOTED, DOCUMENT_ROWS, HEADER, NUMBER, OF_ROWS, vendor_file
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from oracle_profiles import PROFILES
from sources import ROOT
from strategies import options, texts

import septet
from septet.destinations import beginnings
from septet.sending.batch.checks import is_clean
from septet.wording.problems import SEVERITIES

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and limits")


def written(rows: Any, **arguments: Any) -> tuple[bytes, septet.BatchReport]:
    out = io.BytesIO()
    report = septet.batch_file(rows, out, **arguments)
    return out.getvalue(), report


def codes(report: septet.BatchReport) -> list[list[str]]:
    return [[problem.code for problem in fault.problems] for fault in report.faults]


# --- the content of the file --------------------------------------------------------------


def test_the_documents_own_example_byte_for_byte() -> None:
    content, report = written(DOCUMENT_ROWS)
    assert content == DOCUMENT_QUOTED
    assert (report.ok, report.rows, report.accepted, report.billed_segments) == (True, 3, 3, 3)
    # Numbers of eight digits are examples, and belong to nobody.
    assert report.counts["unknown-recipient"] == 3


@pytest.mark.parametrize(
    "row",
    [
        (NUMBER, "Été à 10 €", "RDV"),
        [NUMBER, "Été à 10 €", "RDV"],
        {"numero": NUMBER, "message": "Été à 10 €", "emetteur": "RDV"},
        {"text": "Été à 10 €", "sender": "RDV", "recipient": NUMBER},
        septet.BatchRow(7, NUMBER, "Été à 10 €", "RDV"),
    ],
)
def test_a_row_is_a_mapping_or_a_tuple(row: Any) -> None:
    # ISO-8859-15: É 0xC9, é 0xE9, à 0xE0, € 0xA4. É is in the GSM alphabet, too.
    content, report = written([row])
    assert content == HEADER + b'"0612345678","\xc9t\xe9 \xe0 10 \xa4","RDV"\n'
    assert report.faults[0].line == (7 if isinstance(row, septet.BatchRow) else 1)


def test_quotation_marks_are_doubled_and_the_sender_may_be_empty() -> None:
    content, _ = written(
        [(NUMBER, 'Dit "oui",\nou non'), {"numero": NUMBER, "message": "a", "emetteur": None}]
    )
    assert content == HEADER + b'"0612345678","Dit ""oui"",\nou non",""\n"0612345678","a",""\n'


def test_the_sender_of_the_call_is_for_rows_without_one() -> None:
    content, _ = written([(NUMBER, "a"), (NUMBER, "b", ""), (NUMBER, "c", "TOTO")], sender="RDV")
    assert content == HEADER + b'"0612345678","a","RDV"\n"0612345678","b","RDV"\n"0612345678","c","TOTO"\n'


def test_what_goes_out_is_what_the_phone_shows() -> None:
    # The batch has no stop parameter: the text holds its mention. ç and ê become ?, as documented.
    content, report = written([("+33612345678", "Reçu, fête", "")], commercial=True)
    assert content == HEADER + b'"33612345678","Re?u, f?te STOP 36034",""\n'
    assert codes(report) == [["lossy-substitution", "lossy-substitution", "optout-unspecified"]]
    assert report.ok


def test_each_recipient_decides_its_mention_unless_a_country_is_given() -> None:
    rows = [(NUMBER, "a"), ("32470123456", "b"), ("262692123456", "c"), ("870773111632", "d")]
    content, _ = written(rows, commercial=True)
    # Réunion counts as France (`septet profiles smsmode`: territories).
    assert [row[1] for row in csv.reader(io.StringIO(content.decode("iso-8859-15")))][1:] == [
        "a STOP 36034",
        "b no-sms.eu",
        "c STOP 36034",
        "d no-sms.eu",  # Inmarsat, of no single country
    ]
    content, _ = written(rows, commercial=True, country="BE")
    assert content.count(b"no-sms.eu") == 4


def test_a_longer_text_is_cut_as_the_plan_says() -> None:
    # nbr_msg: 5 by default, 765 characters; its mention keeps its 11 of them.
    content, report = written([(NUMBER, "a" * 800)], commercial=True)
    assert content == HEADER + b'"0612345678","' + b"a" * (765 - 11) + b' STOP 36034",""\n'
    assert codes(report) == [["truncated", "optout-unspecified"]]
    assert report.most_segments == 5


# What a CSV file must quote, and difficult texts of every kind.
QUOTED = st.text(st.sampled_from('ab é€[,;"\n\r\t'), max_size=30)
NUMBERS = st.sampled_from([NUMBER, "33612345679", "nobody"])
ROWS = st.lists(st.tuples(NUMBERS, st.one_of(texts(), QUOTED)), max_size=6)


@given(rows=ROWS, drawn=options("smsmode"))
def test_every_row_agrees_with_its_plan(rows: list[tuple[str, str]], drawn: dict[str, Any]) -> None:
    content, report = written(rows, skip_refused=True, numbering_plans=False, **drawn)
    refused = {fault.line: fault for fault in report.faults if fault.refused}
    expected, segments, most = [], [], 0
    for line, (number, text) in enumerate(rows, start=1):
        plan = septet.plan(text, "smsmode", **drawn)
        found = {problem.code for fault in report.faults if fault.line == line for problem in fault.problems}
        beyond = {"malformed-recipient", "unicode-unavailable", "suspect-encoding"}
        alike = {problem.code for problem in plan.problems} - {"lossy-substitution", *beyond}
        assert found - {"lossy-substitution", *beyond} == alike
        needs_unicode = plan.encoding == "ucs2" or any(
            not encodable(plan.original[problem.start : problem.end])
            for problem in plan.problems
            if problem.code == "lossy-substitution"
        )
        assert (line in refused) == (not plan.ok or number == "nobody" or needs_unicode)
        if line not in refused:
            expected.append([number, plan.text, ""])
            segments.append(plan.billed_segments)
            # What is transmitted can be more than what is billed.
            most = max(most, plan.billed_segments, len(plan.segments))
    assert (report.rows, report.accepted) == (len(rows), len(expected))
    assert report.billed_segments == sum(segments)
    assert report.most_segments == most
    if expected:
        lines = io.StringIO(content.decode("iso-8859-15"), newline="")
        assert list(csv.reader(lines))[1:] == expected
        assert [row[1:3] for row in septet.read_batch_file(io.BytesIO(content), on_fault=print)] == [
            tuple(row[:2]) for row in expected
        ]
    else:
        assert content == b""


def encodable(text: str) -> bool:
    try:
        text.encode("iso-8859-15")
    except UnicodeEncodeError:
        return False
    return True


def test_a_table_of_the_vendor_may_contradict_one_segment() -> None:
    # OVHcloud's own table has 149 characters for one message with the STOP clause; 150 + 7 are still 160.
    plan = septet.plan("a" * 150, "ovhcloud", commercial=True, optout_text="(Stop)")
    assert (plan.billed_segments, [problem.code for problem in plan.problems]) == (
        1,
        ["documented-otherwise"],
    )
    assert not is_clean(plan)


@given(st.data())
def test_a_plan_that_is_taken_for_clean_has_no_problem(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(sorted(PROFILES)))
    plan = septet.plan(data.draw(texts()), profile, **data.draw(options(profile)))
    assert not is_clean(plan) or plan.problems == ()


def test_a_text_that_the_vendor_refuses_for_what_it_is_is_not_clean() -> None:
    plan = septet.plan("Promo", "mailjet", commercial=True, optout="never")
    assert [problem.code for problem in plan.problems] == ["commercial-refused"]
    assert not is_clean(plan)
    assert is_clean(septet.plan("Promo", "mailjet"))


def test_a_mention_that_only_stands_for_one_is_not_clean(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('extends = "smspartner"\ntags = []\n', encoding="utf-8")
    plan = septet.plan("Promo", own, commercial=True)
    assert [problem.code for problem in plan.problems] == ["optout-unspecified"]
    assert not is_clean(plan)
    assert is_clean(septet.plan("Promo", own))


def test_plain_texts_are_taken_for_clean() -> None:
    assert is_clean(septet.plan("Été à 10 €", "smsmode"))
    assert not is_clean(septet.plan("Été à 10 €", "smsmode", commercial=True))  # its mention may change
    assert is_clean(septet.plan("Été à 10 €", "smsmode", commercial=True, country="BE"))
    assert not is_clean(septet.plan("ç", "smsmode"))
    assert not is_clean(septet.plan("", "smsmode"))


# --- rows that are refused ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "code", "says"),
    [
        (("0033061234567", "a"), "malformed-recipient", "33612345678"),
        (("0612345678,0612345679", "a"), "malformed-recipient", "33612345678"),
        (("612345678", "a"), "malformed-recipient", "write 0612345678, in a column formatted as text"),
        ((" ", "a"), "recipients-missing", "The row has no recipient"),
        ({"numero": None, "message": "a"}, "recipients-missing", "The row has no recipient"),
        ({"numero": NUMBER}, "empty-message", "Write one"),
        ((NUMBER, ""), "empty-message", "Write one"),
        ((NUMBER, "a\x1b"), "invalid-character", "Remove it"),
        # 2 Envoi de SMS, emetteur: at most 11 characters, no accent, no blank, no phone number.
        ((NUMBER, "a", "DOUZELETTRES"), "sender-length", "1 to 11 characters"),
        ((NUMBER, "a", "Été"), "sender-characters", "accents"),
        ((NUMBER, "a", "LE RDV"), "sender-characters", "spaces"),
        ((NUMBER, "a", "0612345678"), "sender-number", "Use a name"),
        ((NUMBER, "Привет"), "unicode-unavailable", "do not have"),
        ((NUMBER, "l’été"), "unicode-unavailable", "is not in ISO-8859-15"),
        ((NUMBER, "bravo 😀"), "unicode-unavailable", "is not in ISO-8859-15"),
    ],
)
def test_a_refused_row_says_why_and_there_is_no_file(row: Any, code: str, says: str, tmp_path: Path) -> None:
    out = tmp_path / "batch.csv"
    report = septet.batch_file([(NUMBER, "good"), row], out)
    fault = report.faults[0]
    assert (report.ok, report.written, report.accepted, report.refused) == (False, False, 1, 1)
    assert (fault.line, fault.refused) == (2, True)
    assert [p.code for p in fault.problems if p.severity == "error"] == [code]
    assert says in next(p.message for p in fault.problems if p.code == code)
    assert report.counts[code] == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(septet.RejectedMessage, match="row 2: "):
        report.raise_for_problems()


def test_the_place_of_what_needs_unicode() -> None:
    _, report = written([(NUMBER, "ê… 😀")])
    assert [(p.code, p.start, p.end, p.details.get("characters")) for p in report.faults[0].problems] == [
        ("lossy-substitution", 0, 2, "ê…"),
        ("unicode-unavailable", 1, 2, "…"),
        ("unicode-unavailable", 3, 4, "😀"),
    ]


@pytest.mark.parametrize("encoding", ["auto", "ucs2"])
def test_a_row_that_is_planned_as_ucs2_is_refused(encoding: Any) -> None:
    _, report = written([(NUMBER, "fête")], encoding=encoding)
    assert codes(report) == [["unicode-unavailable"]]
    assert report.refused == 1


def test_rows_that_lose_characters_are_refused_on_request() -> None:
    content, report = written([(NUMBER, "fête"), (NUMBER, "gare")], refuse_lossy=True, skip_refused=True)
    assert content == HEADER + b'"0612345678","gare",""\n'
    assert [(fault.line, fault.refused) for fault in report.faults] == [(1, True)]


def test_the_good_rows_alone_on_request() -> None:
    rows = [(NUMBER, "a"), ("nobody", "b"), (NUMBER, "c" * 161), ("", "d")]
    content, report = written(rows, skip_refused=True)
    assert content == HEADER + b'"0612345678","a",""\n"0612345678","' + b"c" * 161 + b'",""\n'
    assert (report.written, report.ok, report.rows, report.accepted, report.refused) == (True, False, 4, 2, 2)
    assert [fault.fields for fault in report.faults] == [("nobody", "b", ""), ("", "d", "")]
    assert (report.billed_segments, report.most_segments) == (3, 2)
    assert report.cost("0.05") == 3 * septet.plan("a").cost("0.05")


def test_no_row_is_no_file() -> None:
    for rows, skip in (([], False), ([], True), ([("nobody", "a")], True)):
        content, report = written(rows, skip_refused=skip)
        assert content == b""
        assert [problem.code for problem in report.problems] == ["recipients-missing"]
        assert not report.ok


def test_rows_with_problems_are_handed_over_one_by_one() -> None:
    heard: list[septet.BatchFault] = []
    _, report = written([("nobody", "a"), (NUMBER, "fête"), (NUMBER, "b")], on_fault=heard.append)
    assert [(fault.line, fault.refused) for fault in heard] == [(1, True), (2, False)]
    assert report.faults == ()
    assert (report.refused, report.warned) == (1, 1)
    with pytest.raises(septet.RejectedMessage, match="malformed-recipient: 1 row"):
        report.raise_for_problems()


def test_without_numbering_plans_only_the_form_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written([("0000000000", "a")])[1].refused == 1
    assert codes(written([("99999911", "a")])[1]) == [["unknown-recipient"]]
    assert codes(written([("99999911", "a")], numbering_plans=False)[1]) == []
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    beginnings.beginnings.cache_clear()
    content, report = written([("99999911", "a"), (NUMBER, "b")], commercial=True)
    assert content.count(b" STOP 36034") == 2
    assert [problem.code for problem in report.problems] == ["not-checked"]
    assert report.ok


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" Tom", "outer-blanks"),
        ("Tom\n", "outer-blanks"),
        ("Tom &amp; Ann", "suspect-markup"),
        ("https://ex.fr/a)See", "glued-link"),
    ],
)
def test_what_was_left_in_a_text_by_mistake(text: str, code: str) -> None:
    # Nothing of it is changed, lost or cut, so that the figures tell nothing.
    (fault,) = written([(NUMBER, text)])[1].faults
    assert [problem.code for problem in fault.problems] == [code]
    assert not fault.refused


def test_texts_that_were_read_in_the_wrong_charset() -> None:
    mangled = "été à 10".encode().decode("cp1252")
    assert codes(written([(NUMBER, mangled)])[1])[0][-1] == "suspect-encoding"
    # Windows-1252's apostrophe, 0x92, read as ISO-8859-15.
    _, report = written([(NUMBER, "l\x92eau")])
    assert '"’"' in next(p.message for p in report.faults[0].problems if p.code == "suspect-encoding")
    for text in ("créée à 10 €", "voilà\u00a0» !", "ÂGE", "É€", "Ã la carte"):
        assert all("suspect-encoding" not in found for found in codes(written([(NUMBER, text)])[1]))


# --- arguments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "arguments", "error", "says"),
    [
        (
            [{"numero": NUMBER, "mesage": "a"}],
            {},
            ValueError,
            "row 1: 'mesage' is not a column (did you mean",
        ),
        ([{"numero": NUMBER, "recipient": NUMBER}], {}, ValueError, "row 1: the recipient is given twice"),
        ([(NUMBER, "a"), (NUMBER,)], {}, ValueError, "row 2: expected recipient, text, sender, found 1"),
        ([(NUMBER, "a", "b", "c")], {}, ValueError, "row 1: expected recipient, text, sender, found 4"),
        ([(612345678, "a")], {}, TypeError, "row 1: recipient: expected a text, found int"),
        ([(NUMBER, b"a")], {}, TypeError, "row 1: text: expected a text, found bytes"),
        (["0612345678"], {}, TypeError, "row 1: expected a mapping or a tuple, found str"),
        ([], {"sender": "DOUZELETTRES"}, ValueError, "sender: The sender has 12 characters"),
        ([], {"sender": 5}, TypeError, "sender: expected a text, found int"),
        ([], {"skip_refused": 1}, TypeError, "skip_refused: expected True or False, found int"),
        (
            [],
            {"profile": "smspartner"},
            ValueError,
            "profile smspartner has no batch files; expected smsmode",
        ),
        ([], {"profile": "smsmod"}, ValueError, 'did you mean "smsmode"'),
        ([], {"max_segments": 9}, ValueError, "max_segments: smsmode takes a whole number from 1 to 5"),
        ([], {"colour": "red"}, TypeError, "'colour' is not an option"),
    ],
)
def test_wrong_arguments_and_rows_that_are_none(
    rows: Any, arguments: Any, error: type[Exception], says: str, tmp_path: Path
) -> None:
    with pytest.raises(error) as raised:
        septet.batch_file(rows, tmp_path / "batch.csv", **arguments)
    assert says in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", [io.StringIO(), 5, None])
def test_an_out_that_takes_no_bytes(out: Any) -> None:
    with pytest.raises(TypeError, match="out: expected a path or a file open for bytes"):
        septet.batch_file([], out)


def test_reports_can_be_sent_anywhere() -> None:
    rows = [
        (NUMBER, "fête"),
        ("nobody", "a"),
        (NUMBER, "l’eau", "Été"),
        (NUMBER, "10 €".encode().decode("cp1252")),
    ]
    for arguments in ({}, {"skip_refused": True}, {"commercial": True}):
        _, report = written(rows, **arguments)
        assert pickle.loads(pickle.dumps(report)) == copy.deepcopy(report) == report
        shape = report.to_dict()
        assert json.loads(json.dumps(shape)) == shape
        Draft202012Validator(septet.schema("batch-report")).validate(shape)
    assert shape["faults"][1]["fields"] == ["nobody", "a", ""]
    assert shape["counts"]["malformed-recipient"] == 1
    _, empty = written([])
    Draft202012Validator(septet.schema("batch-report")).validate(empty.to_dict())


@pytest.mark.parametrize("code", OF_ROWS)
def test_the_problems_of_rows_are_documented(code: str) -> None:
    pages = (ROOT / "docs" / "problems.md").read_text("utf-8")
    assert f"| `{code}` | {SEVERITIES[code]} |" in pages


# --- a vendor file of one's own -----------------------------------------------------------


def test_the_form_of_the_file_is_the_profiles(tmp_path: Path) -> None:
    own = vendor_file(
        tmp_path / "mine.toml",
        ('    { name = "emetteur", holds = "sender" },\n', ""),
        ('{ name = "numero", holds = "recipient" },\n    { name = "message", holds = "text" }', "@"),
        ("@", '{ name = "texte", holds = "text" },\n    { name = "mobile", holds = "recipient" }'),
        ('delimiter = ","\nline_end = "\\n"', 'delimiter = ";"\nline_end = "\\r\\n"\nmost = 2'),
        ('charset = "ISO-8859-15"\ndelimiter', 'charset = "UTF-8"\ndelimiter'),
        ('encodings = ["gsm7"]\nmention = "sender"', 'encodings = ["gsm7", "ucs2"]\nmention = "vendor"'),
    )
    rows = [{"mobile": NUMBER, "texte": "a"}, (NUMBER, "l’été")]
    content, report = written(rows, profile=own, commercial=True, encoding="auto")
    assert content.decode() == '"texte";"mobile"\r\n"a";"0612345678"\r\n"l’été";"0612345678"\r\n'
    assert list(septet.read_batch_file(io.BytesIO(content), profile=own)) == [
        septet.BatchRow(2, NUMBER, "a"),
        septet.BatchRow(3, NUMBER, "l’été"),
    ]
    content, report = written([(NUMBER, "a")] * 3, profile=own)
    assert (content, [problem.code for problem in report.problems]) == (b"", ["too-many-recipients"])
    assert codes(written([(NUMBER, "a", "RDV")], profile=own)[1]) == [["not-offered"]]


def test_a_character_of_the_alphabet_that_the_charset_lacks(tmp_path: Path) -> None:
    own = vendor_file(tmp_path / "mine.toml", ("¤\\fΔ", "¤\\f"))
    _, report = written([(NUMBER, "Δ 10"), (NUMBER, "b")], profile=own)
    assert codes(report) == [["outside-charset"]]
    assert report.faults[0].refused


# --- whole, or not there ------------------------------------------------------------------


def failing(error: BaseException) -> Iterator[tuple[str, str]]:
    for _ in range(5000):
        yield NUMBER, "a text of some length"
    raise error


@pytest.mark.parametrize("error", [RuntimeError("a fault"), KeyboardInterrupt(), OSError(5, "a disk")])
def test_an_error_midway_leaves_what_was_there(error: BaseException, tmp_path: Path) -> None:
    out = tmp_path / "batch.csv"
    out.write_bytes(b"of yesterday")
    with pytest.raises(type(error)):
        septet.batch_file(failing(error), out)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("batch.csv", b"of yesterday")]
    binary = io.BytesIO()
    with pytest.raises(type(error)):
        septet.batch_file(failing(error), binary)
    assert binary.getvalue() == b""


def test_a_file_is_replaced_with_its_permissions_and_through_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "batch.csv"
    real.write_bytes(b"of yesterday")
    real.chmod(0o640)
    link.symlink_to(real)
    assert septet.batch_file([(NUMBER, "a")], link).ok
    assert link.is_symlink()
    assert real.read_bytes() == HEADER + b'"0612345678","a",""\n'
    assert real.stat().st_mode & 0o777 == 0o640
    assert septet.batch_file([("nobody", "a")], link).written is False
    assert real.read_bytes().endswith(b'"a",""\n')
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch.csv", "real.csv"]


def test_a_batch_file_can_be_written_over_itself(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_bytes(DOCUMENT_QUOTED)
    assert septet.batch_file(septet.read_batch_file(path), path, commercial=True, country="FR").ok
    assert all("CSV STOP 36034" in row.text for row in septet.read_batch_file(path))


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        septet.batch_file([(NUMBER, "a")], tmp_path / "absent" / "batch.csv")
    assert error.value.filename == str(tmp_path / "absent" / "batch.csv")
    with pytest.raises(ValueError, match="is not a regular file"):
        septet.batch_file([(NUMBER, "a")], tmp_path)
    if Path("/dev/full").exists():
        with pytest.raises(ValueError, match="/dev/full is not a regular file"):
            septet.batch_file([(NUMBER, "a")], "/dev/full")
        with open("/dev/full", "wb") as full, pytest.raises(OSError, match="No space left"):
            septet.batch_file([(NUMBER, "a")] * 5000, full)


class Slow(io.RawIOBase):
    """A file that takes a few bytes at a time."""

    def __init__(self) -> None:
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.taken += bytes(data[:7])
        return min(len(data), 7)


def test_a_file_that_takes_a_little_at_a_time() -> None:
    out = Slow()
    assert septet.batch_file([(NUMBER, "a")], out).ok  # type: ignore[arg-type]
    assert out.taken == HEADER + b'"0612345678","a",""\n'


def run_python(code: str, tmp_path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "batch.csv")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )


@posix_only
def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path) -> None:
    code = """
import resource, sys, septet
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    septet.batch_file((("0612345678", "a" * 100) for _ in range(10_000)), sys.argv[1], numbering_plans=False)
except OSError as error:
    print(error.filename == sys.argv[1], error.strerror)
"""
    process = run_python(code, tmp_path)
    output, error = process.communicate()
    assert (process.returncode, output, error) == (0, "True File too large\n", "")
    assert list(tmp_path.iterdir()) == []


@posix_only
def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    # A shell that starts the tests in the background has them, and so this process, ignore interruptions.
    code = """
import signal, sys, time, septet
signal.signal(signal.SIGINT, signal.default_int_handler)
def rows():
    for _ in range(20_000):
        yield "0612345678", "a" * 100
    print("now", flush=True)
    while True:
        time.sleep(1)
septet.batch_file(rows(), sys.argv[1], numbering_plans=False)
"""
    process = run_python(code, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    (beside,) = tmp_path.iterdir()
    assert beside.name.startswith(".batch.csv.")
    assert beside.stat().st_size > 1_000_000
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode != 0
    assert list(tmp_path.iterdir()) == []


def test_a_long_list_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        tracemalloc.start()
        given = ((f"06{number:08}", f"Message {number} fête") for number in range(rows))
        septet.batch_file(given, tmp_path / "batch.csv", numbering_plans=False, on_fault=lambda fault: None)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(2000)  # what is loaded and remembered once; until then buffers fill
    assert peak(10_000) < peak(2000) + 100_000
