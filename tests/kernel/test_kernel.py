"""The compiled kernel: the same answers as its twin on every path, and the choice between the two."""

from __future__ import annotations

import codecs
import importlib
import itertools
import os
import random
import shutil
import subprocess
import sys
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kernel_texts
import pytest
from effort import EXPLORE
from hypothesis import example, given
from hypothesis import strategies as st
from kernel_texts import CUT, OUTSIDE, Column, Table
from kernels import PATHS

import septet
from septet._kernel import python as twin

needs_compiled_kernel = pytest.mark.compiled_kernel
SOURCE = Path(septet.__file__).parent

GSM = Table(
    {
        ordinal: 2 if chr(ordinal) in "^{}[~]|\\€" else 1
        for ordinal in [*range(32, 96), *range(97, 127), 10, 13, 0x20AC]
    }
    | dict.fromkeys(map(ord, "éàùÉäöñΩ"), 1),
    OUTSIDE,
    OUTSIDE,
)
UCS2 = Table({}, 1, 2)


def make_meter(kernel: Any, *tables: Table, **rules: Any) -> Any:
    """A meter of these tables, in segments of 160 and 153 or, for UCS-2, of 70 and 67 units."""
    candidates = tuple(
        kernel.Candidate(kernel.Weights(*table), *((70, 67) if table is UCS2 else (160, 153)))
        for table in tables
    )
    defaults = {
        "physical": True,
        "one_line_break": False,
        "limit": 0,
        "needles": (),
    }
    return kernel.Meter(candidates, rules.pop("long_way", lambda text: (-1, 0, 0)), **defaults | rules)


def naive_segments(units: list[int], capacity: int) -> int:
    """Segments of weights that are kept whole, one at a time."""
    segments, room = 0, 0
    for weight in units:
        if weight > room:
            segments, room = segments + 1, capacity
        room -= weight
    return segments


def test_of_rivals_the_one_with_the_most_room_left_is_taken(either: Any) -> None:
    tables = (
        Table(dict.fromkeys(map(ord, "ab"), 1), OUTSIDE, OUTSIDE),
        Table({**dict.fromkeys(map(ord, "abé"), 1), ord("€"): 2}, OUTSIDE, OUTSIDE),
        Table({**dict.fromkeys(map(ord, "aé€"), 1), ord("b"): 3}, OUTSIDE, OUTSIDE),
        UCS2,
    )
    capacities = ((160, 153), (155, 149), (155, 149), (70, 67))
    candidates = tuple(
        either.Candidate(either.Weights(*table), *sizes)
        for table, sizes in zip(tables, capacities, strict=True)
    )
    rules: dict[str, Any] = {"physical": False, "one_line_break": False, "limit": 9, "needles": ()}

    def meter(rivals: tuple[int, int]) -> Any:
        return either.Meter(candidates, lambda text: (9, 9, 9), rivals=rivals, **rules)

    expected = {
        "a" * 160: (0, 160, 1),
        "é" * 20: (1, 20, 1),  # as cheap in the other one: the first
        "é€" * 20: (2, 40, 1),
        "é€b": (1, 4, 1),
        "é€" + "b" * 52: (1, 55, 1),
        "€" * 78 + "b" * 26: (2, 156, 2),  # fewer units, and as many segments
        "€" * 77 + "b" * 26: (2, 155, 1),
        "é" * 156: (1, 156, 2),
        "é" * 1342: (9, 9, 9),  # beyond the limit
        "é€ж": (3, 3, 1),
    }
    for rivals in ((1, 3), (0, 3)):
        own = meter(rivals)
        assert [own.measure(text) for text in expected] == list(expected.values())
        rows = [text.encode() for text in expected]
        offsets = array("q", itertools.accumulate(map(len, rows), initial=0))
        column = Column(b"".join(rows), offsets, None, 0, len(rows))
        _, places, units, billed = kernel_texts.measured(own, column)
        assert list(zip(places, units, billed, strict=True)) == list(expected.values())
    assert meter((0, 0)).measure("é€") == (1, 3, 1)
    for wrong in ((1, 5), (2, 1), (-1, 2)):
        with pytest.raises(ValueError, match="no candidates"):
            meter(wrong)
    with pytest.raises(ValueError, match="no candidates"):
        either.Meter(candidates, len, rivals=(1, 3), second=2, **rules)
    whole = either.Candidate(either.Weights(*UCS2), 70, 67, b"", either.Weights({}, 1, OUTSIDE))
    with pytest.raises(ValueError, match="clusters are kept whole in the rival 1"):
        either.Meter((candidates[0], whole), len, rivals=(1, 2), **rules)


def test_of_rivals_that_keep_pairs_whole_the_one_with_the_most_room_left_is_taken(either: Any) -> None:
    """The room is that of the last segment, without what pairs left unused in the others."""
    weights = ({"a": 1, "b": 1, "é": 1, "€": 2}, {"a": 1, "b": 3, "é": 1, "€": 1})
    tables = [Table({ord(c): units for c, units in one.items()}, OUTSIDE, OUTSIDE) for one in weights]
    candidates = tuple(either.Candidate(either.Weights(*table), 155, 149) for table in tables)
    meter = either.Meter(
        candidates, len, physical=True, one_line_break=False, limit=0, needles=(), rivals=(0, 2)
    )
    draw = random.Random(3)
    otherwise = 0
    for _ in range(2000):
        text = "".join(draw.choice("ab€é") * draw.choice([1, 37, 75, 148]) for _ in range(draw.randint(2, 6)))
        expected, by_sums = [], []
        for place, one in enumerate(weights):
            units = [one[character] for character in text]
            room, used, segments = 155 if sum(units) <= 155 else 149, 0, 1
            for weight in units:
                if used + weight > room:
                    used, segments = 0, segments + 1
                used += weight
            expected.append((segments, used - room, place, sum(units)))
            by_sums.append((segments, -(-sum(units) % room), place))
        segments, _, place, total = min(expected)
        otherwise += min(by_sums)[2] != place
        assert meter.measure(text) == (place, total, segments), text
    assert otherwise  # for some texts the sums alone would choose the other one


@pytest.mark.parametrize("astral", [1, 3, OUTSIDE])
def test_what_is_beyond_the_bmp_weighs_what_the_table_says(either: Any, astral: int) -> None:
    weights = either.Weights({}, 1, astral)
    for before, number in itertools.product((0, 1, 40), (1, 31, 32, 33, 70)):
        text = "ж" * before + "😀" * number
        assert weights.units(text) == (-1 if astral == OUTSIDE else before + astral * number)


# --- the twin and the compiled kernel answer alike ---------------------------------------------


@needs_compiled_kernel
def test_answers_random_questions_as_the_twin_does(compiled: Any) -> None:
    seed = random.SystemRandom().randrange(2**32) if EXPLORE else 2338
    draw = random.Random(seed)
    for number in range(120):
        words = kernel_texts.disagreement(kernel_texts.draw_question(draw), compiled, twin)
        assert not words, f"seed {seed}, question {number}: {words}"


characters = st.one_of(
    st.characters(),
    st.characters(categories=["Cs"]),
    st.characters(min_codepoint=0x10000),
    st.characters(max_codepoint=0xFF),
    st.sampled_from("a €’\r\n^[é😀"),
)
fillers = st.builds(
    lambda character, length: character * length,
    st.sampled_from("aaé€α😀^"),
    st.sampled_from(
        [0, 15, 16, 17, 31, 32, 33, 63, 64, 65, 66, 69, 70, 71, 134, 152, 153, 154, 159, 160, 161, 306]
    ),
)
texts = st.lists(st.one_of(st.text(characters, max_size=40), fillers), max_size=5).map("".join)
codes = st.one_of(
    st.sampled_from([1, 1, 1, 2, 2, 0, 3, CUT | 2, CUT | 3, OUTSIDE]),
    st.integers(0, 255).filter(lambda code: code != CUT),
)
tables = st.one_of(
    st.just(GSM),
    st.just(UCS2),
    st.builds(
        lambda listed, default, astral: Table({ord(c): code for c, code in listed.items()}, default, astral),
        st.dictionaries(characters, codes, max_size=60),
        codes,
        codes,
    ),
)
questions = st.builds(
    lambda drawn, physical, one_line_break, limit, needles, most, joining, lines: kernel_texts.Question(
        tables=[table for table, _ in drawn],
        joining=[joining] * len(drawn),
        capacities=[capacity for _, capacity in drawn],
        mentions=[b""] * len(drawn),
        before=[b""] * len(drawn),
        rules={
            "physical": physical,
            "one_line_break": one_line_break,
            "limit": limit,
            "needles": needles,
            "second": len(drawn) // 2 if most % 2 else 0,
            "most": most // 2,
        },
        texts=lines,
        column=kernel_texts.draw_column(random.Random(len(lines)), lines),
        near=kernel_texts.draw_near(random.Random(most)),
    ),
    st.lists(st.tuples(tables, st.sampled_from(kernel_texts.CAPACITIES)), min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, 0, 1, 3]),
    st.sampled_from(kernel_texts.NEEDLES),
    st.sampled_from([0, 1, 80, 81, 400]),
    st.one_of(st.none(), tables),
    st.lists(texts, min_size=1, max_size=3),
)


@needs_compiled_kernel
@given(question=questions)
def test_answers_as_the_twin_does(compiled: Any, question: kernel_texts.Question) -> None:
    assert not kernel_texts.disagreement(question, compiled, twin)


@needs_compiled_kernel
@pytest.mark.parametrize("noun", ["Weights", "Candidate", "Meter", "Census"])
def test_the_twins_have_the_same_names(compiled: Any, noun: str) -> None:
    mine, other = getattr(compiled, noun), getattr(twin, noun)
    public = {name for name in vars(other) if not name.startswith("_")}
    attributes = set()
    if noun == "Candidate":
        attributes = {"weights", "single", "part", "mention", "mention_units", "joining"}
    assert {name for name in vars(mine) if not name.startswith("_")} == public | attributes
    assert mine.__doc__.split() == other.__doc__.split()
    for name in public:
        assert getattr(mine, name).__doc__.split() == getattr(other, name).__doc__.split()


@needs_compiled_kernel
def test_the_twins_have_the_same_values(compiled: Any) -> None:
    for name in ("OUTSIDE", "CUT", "UNCOUNTED"):
        assert getattr(compiled, name) == getattr(twin, name)
    assert (compiled.NAME, twin.NAME) == ("cython", "python")
    for name in ("is_utf8", "count_octet", "quotes_torn"):
        assert getattr(compiled, name).__doc__ == getattr(twin, name).__doc__


# --- what is right, by counting one character after the other ----------------------------------


@pytest.mark.parametrize("filler", "aé€ж😀")
def test_a_heavy_character_at_every_place_of_a_block(either: Any, filler: str) -> None:
    weights = either.Weights({ord("^"): 2, ord("€"): 2, ord("`"): OUTSIDE}, 1, 2)
    for length in kernel_texts.BLOCK_EDGES:
        for place in range(length):
            text = filler * place + "^" + filler * (length - place - 1)
            expected = sum(2 if character in "^€😀" else 1 for character in text)
            assert weights.units(text) == expected
            assert weights.units(text[:place] + "`" + text[place + 1 :]) == -1


@pytest.mark.parametrize(("table", "heavy", "part"), [(GSM, "€", 153), (GSM, "]", 153), (UCS2, "😀", 67)])
def test_a_heavy_character_at_every_edge_of_a_segment(
    either: Any, table: Table, heavy: str, part: int
) -> None:
    meter = make_meter(either, table)
    weights = either.Weights(*table)
    for segments, place, run in itertools.product((1, 2, 3), range(-2, 3), (1, 2, 40, part)):
        before = segments * part + place
        text = "a" * before + heavy * run + "a" * (part - 1)
        units = [1] * before + [2] * run + [1] * (part - 1)
        expected = naive_segments(units, part)
        assert meter.measure(text) == (0, sum(units), expected)
        assert weights.segments(text, part) == expected
        assert len(weights.starts(text, part)) == expected
        data = text.encode()
        column = Column(data, array("i", [0, len(data)]), None, 0, 1)
        assert kernel_texts.measured(meter, column) == ([], [0], [sum(units)], [expected])


def test_an_expansion_may_be_cut_where_a_pair_may_not(either: Any) -> None:
    meter = make_meter(either, Table({ord("a"): 1, ord("€"): 2, ord("…"): CUT | 3}, OUTSIDE, OUTSIDE))
    assert meter.count("a" * 152 + "…" + "a" * 151) == 2
    assert meter.count("a" * 152 + "€" + "a" * 151) == 2
    assert meter.count("a" * 152 + "€" + "a" * 152) == 3


def test_deleted_characters_do_not_hide_a_pair_from_the_cuts(either: Any) -> None:
    meter = make_meter(either, Table({ord("a"): 1, ord("€"): 2, ord("-"): 0}, OUTSIDE, OUTSIDE))
    assert meter.count("-" + "a" * 152 + "€" + "a" * 152) == 3


@pytest.mark.parametrize("filler", ["a" * 31, "é" * 32, "€" * 33, "😀" * 31, ""])
def test_crlf_and_a_lone_cr_are_one_line_break(either: Any, filler: str) -> None:
    table = Table({ord("\n"): 2, ord("\r"): 100}, 1, 2)
    meter = make_meter(either, table, one_line_break=True)
    for breaks, weight in [("\r\n", 2), ("\r", 2), ("\n", 2), ("\n\r", 4), ("\r\r\n", 4), ("\r\n\n", 4)]:
        for text in (filler + breaks, breaks + filler, filler + breaks + filler):
            units = weight + sum(
                2 if character == "😀" else 1 for character in text if character not in "\r\n"
            )
            assert meter.measure(text)[:2] == (0, units)
            data = text.encode()
            refused, _, measured, _ = kernel_texts.measured(
                meter, Column(data + b"\n", array("i", [0, len(data)]), None, 0, 1)
            )
            assert (refused, measured) == ([], [units])


# --- what is handed on ---------------------------------------------------------------------------


@pytest.mark.parametrize("filler", ["a", "é", "Ж", "😀", "S", "Ж STO"])
@pytest.mark.parametrize("needle", ["STOP", "S", "é€"])
def test_a_needle_is_found_at_every_place(either: Any, filler: str, needle: str) -> None:
    meter = make_meter(
        either, UCS2, needles=(("never",), (needle, needle[-1])), long_way=lambda text: (7, 7, 7)
    )
    for length in kernel_texts.BLOCK_EDGES:
        around = (filler * length)[:length]
        for place in range(length + 1):
            text = around[:place] + needle + around[place:]
            missed = text.replace(needle[-1], "")
            assert meter.quick(text) is None
            assert (meter.quick(missed) is None) == (not missed)
            rows = [text.encode(), missed.encode()]
            offsets = array("i", itertools.accumulate(map(len, rows), initial=0))
            column = Column(b"".join(rows), offsets, None, 0, 2)
            expected = [7, meter.measure(missed)[0]]
            assert kernel_texts.measured(meter, column)[:2] == ([], expected)


class Subclass(str):
    """It is a text nevertheless."""

    __slots__ = ()


def test_what_weights_do_not_decide_takes_the_long_way(either: Any) -> None:
    taken: list[object] = []

    def long_way(text: object) -> tuple[int, int, int]:
        taken.append(text)
        return 5, 6, 7

    meter = make_meter(either, GSM, UCS2, long_way=long_way, limit=2, needles=(("STOP", "36"), ("pub",)))
    handed_on: list[object] = [
        None,
        3,
        b"a",
        "",
        "a" * 307,
        "я" * 135,
        "STOP au 36",
        "36STOP",
        "pub",
        "я pub",
    ]
    for text in handed_on:
        assert meter.measure(text) == (5, 6, 7)
        assert meter.count(text) == 7
        assert meter.quick(text) is None
    assert meter.count_many(iter(handed_on)) == [7] * len(handed_on)
    assert taken == [text for text in handed_on for _ in range(2)] + handed_on

    taken.clear()
    assert meter.count_many(["a", "я", "STOP", Subclass("a" * 161)]) == [1, 1, 1, 2]
    assert not taken


def test_an_error_of_the_long_way_is_raised(either: Any) -> None:
    def long_way(text: object) -> tuple[int, int, int]:
        raise TypeError(f"no text: {text}")

    meter = make_meter(either, GSM, long_way=long_way)
    for ask in (meter.measure, meter.count, lambda text: meter.count_many(["a", text])):
        with pytest.raises(TypeError, match="no text: 3"):
            ask(3)
    with pytest.raises(TypeError, match=r"no text: $"):
        kernel_texts.measured(meter, Column(b"", array("i", [0, 0]), None, 0, 1))


# --- columns ---------------------------------------------------------------------------------------


def every_sequence() -> Iterator[bytes]:
    """Each lead with each octet after it, and with later ones that make a difference."""
    yield from (bytes([first, second]) for first in range(0x80, 0x100) for second in range(0x100))
    edges = (0x41, 0x7F, 0x80, 0xBF, 0xC0)
    for first, second, third in itertools.product(range(0xE0, 0xF8), range(0x7F, 0xC2), edges):
        yield bytes([first, second, third])
        if first >= 0xEF:
            yield from (bytes([first, second, third, fourth]) for fourth in edges)


def is_utf8(octets: bytes) -> bool:
    try:
        codecs.utf_8_decode(octets, "strict", True)
    except UnicodeDecodeError:
        return False
    return True


@needs_compiled_kernel
@pytest.mark.parametrize("padding", [0, 28, 29, 30, 31, 32, 63])
@pytest.mark.parametrize("table", [UCS2, GSM._replace(default=1, astral=2)], ids=["by plane", "singly"])
def test_utf8_is_refused_where_python_refuses_it(compiled: Any, table: Table, padding: int) -> None:
    rows = [b"a" * padding + sequence + behind for sequence in every_sequence() for behind in (b"", b"z")]
    offsets = array("q", itertools.accumulate(map(len, rows), initial=0))
    meter = make_meter(compiled, table, long_way=lambda text: (0, 0, 0))
    refused, encodings, units, _ = kernel_texts.measured(
        meter, Column(b"".join(rows), offsets, None, 0, len(rows))
    )
    assert refused == [place for place, row in enumerate(rows) if not is_utf8(row)]
    assert [place for place, encoding in enumerate(encodings) if encoding < 0] == refused
    weights = twin.Weights(*table)
    kept = sorted(set(range(len(rows))) - set(refused))
    assert [units[place] for place in kept] == [weights.units(rows[place].decode()) for place in kept]


@given(
    data=st.binary(max_size=80),
    cuts=st.lists(st.integers(0, 80), min_size=1, max_size=8),
    wide=st.booleans(),
    validity=st.none() | st.binary(min_size=2, max_size=2),
)
@example(data=b"", cuts=[0, 0], wide=False, validity=None)
def test_any_octets_make_a_column(
    either: Any, data: bytes, cuts: list[int], wide: bool, validity: bytes | None
) -> None:
    offsets = array("q" if wide else "i", sorted(min(cut, len(data)) for cut in cuts))
    meter = make_meter(either, GSM, UCS2, one_line_break=True)
    refused, encodings, units, billed = kernel_texts.measured(
        meter, Column(data, offsets, validity, 0, len(offsets) - 1)
    )
    for place in range(len(offsets) - 1):
        row = data[offsets[place] : offsets[place + 1]]
        if validity is not None and not validity[place // 8] >> place % 8 & 1:
            expected = (-1, 0, 0)
        elif place in refused:
            assert not is_utf8(row)
            expected = (-1, 0, 0)
        else:
            expected = meter.measure(row.decode())
        assert (encodings[place], units[place], billed[place]) == expected


@pytest.mark.parametrize("offsets", [[0, 4, 3], [0, 4, 6], [-1, 3, 5], [2, 1, 5]])
@pytest.mark.parametrize("type_code", "iq")
def test_offsets_that_lead_astray_are_refused(either: Any, offsets: list[int], type_code: str) -> None:
    column = Column(b"abcde", array(type_code, offsets), None, 0, 2)
    with pytest.raises(ValueError, match=r"row \d: its offsets lead out of the data"):
        kernel_texts.measured(make_meter(either, GSM), column)


@pytest.mark.parametrize(
    ("validity", "first", "rows"), [(None, 0, 4), (None, 3, 1), (b"", 0, 3), (b"", 2, 1)]
)
def test_buffers_that_are_too_short_are_refused(
    either: Any, validity: bytes | None, first: int, rows: int
) -> None:
    column = Column(b"abcde", array("i", [0, 1, 2, 5]), validity, first, rows)
    with pytest.raises(ValueError, match=r"\d items, not \d"):
        kernel_texts.measured(make_meter(either, GSM), column)


@pytest.mark.parametrize("place", [5, 6, 7])
def test_places_to_write_to_that_are_too_short_are_refused(either: Any, place: int) -> None:
    buffers: list[Any] = [b"abc", memoryview(array("i", [0, 1, 2, 3])), None, 0, 3]
    buffers += [memoryview(array(code, [0] * 3)) for code in "bqq"]
    buffers[place] = buffers[place][:2]
    with pytest.raises(ValueError, match="2 items, not 3"):
        make_meter(either, GSM).measure_column(*buffers)


@pytest.mark.parametrize(("first", "rows"), [(-1, 2), (0, -1)])
def test_rows_that_cannot_be_are_refused(either: Any, first: int, rows: int) -> None:
    buffers = [memoryview(array(code, [0] * 3)) for code in "ibqq"]
    with pytest.raises(ValueError, match="no rows"):
        make_meter(either, GSM).measure_column(b"", buffers[0], None, first, rows, *buffers[1:])


@needs_compiled_kernel
def test_items_of_another_size_are_refused(compiled: Any) -> None:
    meter = make_meter(compiled, GSM)
    good = [memoryview(array(code, [0] * 3)) for code in "ibqq"]
    for place in range(4):
        buffers = [*good[:place], memoryview(array("h", [0] * 16)), *good[place + 1 :]]
        with pytest.raises(ValueError, match="items of 2 octets"):
            meter.measure_column(b"", buffers[0], None, 0, 2, *buffers[1:])


def test_no_rows_ask_for_no_buffers(either: Any) -> None:
    nothing = memoryview(b"").cast("i")
    assert make_meter(either, GSM).measure_column(b"", nothing, None, 0, 0, nothing, nothing, nothing) == []


# --- threads and interpreters ----------------------------------------------------------------------


def test_threads_may_share_a_meter(either: Any) -> None:
    draw = random.Random(7)
    lines = [kernel_texts.draw_text(draw) for _ in range(60)]
    meter = make_meter(either, GSM, UCS2, needles=(("a", "€"),), long_way=lambda text: (3, len(str(text)), 9))
    rows = [line.encode("utf-8", "replace") for line in lines]
    column = Column(
        b"".join(rows), array("i", itertools.accumulate(map(len, rows), initial=0)), None, 0, len(rows)
    )
    expected = (
        [meter.measure(line) for line in lines],
        meter.count_many(lines),
        kernel_texts.measured(meter, column),
    )
    wrong: list[object] = []
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        for _ in range(5):
            found = [meter.measure(line) for line in lines], meter.count_many(lines)
            if (*found, kernel_texts.measured(meter, column)) != expected:
                wrong.append(found)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


if sys.version_info >= (3, 13):

    @needs_compiled_kernel
    def test_sub_interpreters_have_their_own() -> None:
        import _interpreters  # the public module is of Python 3.14

        script = f"import sys; sys.path[:] = {sys.path!r}; import septet; assert septet.count('a' * 161) == 2"
        script += "; assert septet.KERNEL == 'cython'"
        for _ in range(2):
            interpreter = _interpreters.create()
            try:
                assert _interpreters.exec(interpreter, script) is None
            finally:
                _interpreters.destroy(interpreter)


# --- the choice, in a fresh process ------------------------------------------------------------------


def run_fresh(script: str, source: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SEPTET_")}
    environment |= {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"} | variables
    return subprocess.run(
        [sys.executable, "-W", "always", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package without its compiled kernel."""
    shutil.copytree(
        SOURCE, tmp_path / "septet", ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__")
    )
    return tmp_path


NAMES = "import septet, septet._kernel as chosen; print(septet.KERNEL, chosen.Meter.__module__)"


@needs_compiled_kernel
@pytest.mark.parametrize("value", ["", "0"])
def test_the_compiled_kernel_is_taken_where_there_is_one(value: str) -> None:
    found = run_fresh(NAMES, SOURCE.parent, SEPTET_PURE_PYTHON=value)
    assert (found.stdout, found.stderr) == ("cython septet._kernel.compiled\n", "")


def test_a_variable_forces_the_twin() -> None:
    found = run_fresh(NAMES, SOURCE.parent, SEPTET_PURE_PYTHON="1")
    assert (found.stdout, found.stderr) == ("python septet._kernel.python.measuring\n", "")


def test_a_missing_kernel_is_no_matter(package: Path) -> None:
    found = run_fresh(NAMES, package)
    assert (found.stdout, found.stderr) == ("python septet._kernel.python.measuring\n", "")


def test_a_broken_kernel_warns_once_and_is_replaced(package: Path) -> None:
    suffix = importlib.import_module("importlib.machinery").EXTENSION_SUFFIXES[0]
    (package / "septet" / "_kernel" / f"compiled{suffix}").write_bytes(b"no library")
    found = run_fresh(f"{NAMES}; print(septet.count('a' * 161), septet.Planner().count('a'))", package)
    assert found.stdout == "python septet._kernel.python.measuring\n2 1\n"
    assert found.stderr.count("RuntimeWarning") == 1
    assert "septet._kernel.compiled" in found.stderr
    assert f"compiled{suffix}" in found.stderr


@needs_compiled_kernel
@pytest.mark.parametrize("path", PATHS)
def test_a_variable_names_the_path(path: str) -> None:
    script = f"{NAMES}; from septet._kernel import compiled; print(compiled.PATH, septet.count('a' * 161))"
    found = run_fresh(script, SOURCE.parent, SEPTET_KERNEL_PATH=path)
    assert (found.stdout, found.stderr) == (f"cython septet._kernel.compiled\n{path} 2\n", "")


@needs_compiled_kernel
def test_the_best_path_is_the_first() -> None:
    found = run_fresh("from septet._kernel import compiled as c; print(c.PATH == c.PATHS[0])", SOURCE.parent)
    assert found.stdout == "True\n"


@needs_compiled_kernel
def test_a_path_that_no_one_knows_is_said_and_the_twin_taken() -> None:
    found = run_fresh(NAMES, SOURCE.parent, SEPTET_KERNEL_PATH="avx3")
    assert found.stdout == "python septet._kernel.python.measuring\n"
    assert "SEPTET_KERNEL_PATH is 'avx3'" in found.stderr


@pytest.mark.parametrize("most", [20, 40, 150])
@pytest.mark.parametrize(("character", "units"), [("a", 1), ("é", 1), ("я", 1), ("😀", 2)])
def test_the_most_units_that_are_certainly_allowed_are_allowed(
    either: Any, most: int, character: str, units: int
) -> None:
    """As many as that go the short way, in a column too; one more goes the long way."""
    meter = make_meter(either, UCS2, most=most)
    longest = character * (most // units)
    assert meter.quick(longest) is not None
    assert meter.quick(longest + "a") is None
    assert meter.measure(longest + "a") == (-1, 0, 0)
    octets = [text.encode() for text in (longest, longest + "a")]
    offsets = array("i", [0, len(octets[0]), len(octets[0]) + len(octets[1])])
    found = kernel_texts.measured(meter, Column(b"".join(octets), offsets, None, 0, 2))
    assert found[3] == [meter.quick(longest)[2], 0]


def test_the_most_units_hold_for_what_is_added_too(either: Any) -> None:
    added = bytes([1]) * 5
    candidate = either.Candidate(either.Weights(*UCS2), 70, 67, added)
    rules: dict[str, Any] = {"physical": True, "one_line_break": False, "limit": 0, "needles": ()}
    meter = either.Meter((candidate,), lambda text: (-1, 0, 0), most=40, **rules)
    assert meter.measure("a" * 35) == (0, 40, 1)
    assert meter.measure("a" * 36) == (-1, 0, 0)
