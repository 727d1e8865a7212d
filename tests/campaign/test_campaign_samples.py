"""The rows that a report shows: picked in the order of the file, however it is cut into batches."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from mechanisms import over_profiles

import septet
from septet.campaign import Reject, estimate
from septet.campaign.estimators import Estimator
from septet.campaign.samples import Samples

TEXTS = st.lists(
    st.text("ab[€é’ŠЖ😀œ\n\r^\u202e\U000e0041", max_size=12)
    | st.sampled_from(["x" * 161, "’" * 71, "y" * 400]),
    min_size=1,
    max_size=40,
)


def samples_of(texts: list[str], sizes: int, **options: Any) -> tuple[Samples, Any]:
    samples = Samples(Estimator(**options))
    table = pa.table({"message": pa.array(texts, pa.string())})
    found = estimate(table.to_batches(sizes), sink=samples.add, rejects=samples.reject, **options)
    return samples, found


@over_profiles("profile")
@given(texts=TEXTS, size=st.integers(1, 40))
def test_the_samples_are_the_first_of_their_kind(profile: str, texts: list[str], size: int) -> None:
    options: dict[str, Any] = {"profile": profile, "commercial": True}
    samples, found = samples_of(texts, size, **options)
    plans = [septet.plan(text, **options) for text in texts]
    shown = [plan for plan in plans if plan.billed_segments]
    if not shown:
        assert samples.shortest is samples.longest is None
        assert samples.by_length == {}
    else:
        assert samples.shortest is not None
        assert samples.shortest.text == min(shown, key=lambda plan: plan.units).original
        assert samples.longest is not None
        longest = max(shown, key=lambda plan: (plan.billed_segments, plan.units))
        assert samples.longest.text == longest.original
        assert (samples.longest.billed_segments, samples.longest.units) == (
            longest.billed_segments,
            longest.units,
        )
    for length, sample in samples.by_length.items():
        assert sample.text == next(plan.original for plan in plans if plan.billed_segments == length)
    assert set(samples.by_length) == {plan.billed_segments for plan in shown}
    assert set(samples.by_problem) == {problem.code for plan in plans for problem in plan.problems}
    for code, sample in samples.by_problem.items():
        first = next(plan for plan in plans if code in [problem.code for problem in plan.problems])
        assert sample.text == first.original
    # Where a CR is a line break, it is counted as the LF that goes out.
    unifies = septet.profile(profile).line_break_units > 0
    sent = [text.replace("\r\n", "\n").replace("\r", "\n") if unifies else text for text in texts]
    for character in found.characters:
        example = samples.by_character[character.character]
        assert example.character == character.character
        text = next(text for text in sent if character.character in text)
        place = text.index(character.character)
        before, after = example.before.removeprefix("…"), example.after.removesuffix("…")
        assert text[:place].endswith(before)
        assert text[place + 1 :].startswith(after)
        assert (len(before) == place) == (example.before == before)


def test_what_is_kept_is_not_more_for_more_rows() -> None:
    texts = ["".join(chr(0x4E00 + (row * 60 + place) % 20_000) for place in range(60)) for row in range(400)]
    samples, _ = samples_of(texts, 50)
    assert 1000 <= len(samples.by_character) < 1000 + 60
    samples, _ = samples_of([f"{'a' * length}" for length in range(0, 153 * 300, 153)], 7)
    assert len(samples.by_length) == 255


def test_of_rejects_the_first_three_of_a_code_are_kept_and_their_beginnings() -> None:
    samples = Samples(Estimator())
    rejects = [
        Reject(line, code, "why", b"x" * 1000) for line in range(9) for code in ("bad-bytes", "not-text")
    ]
    for reject in rejects:
        samples.reject(reject)
    assert {code: [reject.line for reject in kept] for code, kept in samples.rejects.items()} == {
        "bad-bytes": [0, 1, 2],
        "not-text": [0, 1, 2],
    }
    assert {len(reject.row) for kept in samples.rejects.values() for reject in kept} == {240}


def test_bytes_and_templates() -> None:
    samples = Samples(Estimator())
    estimate(pa.table({"message": pa.array(["10 €".encode()], pa.binary())}), sink=samples.add)
    assert samples.longest is not None
    assert samples.longest.text == "10 €"
    assert samples.by_character["€"].before == "10 "
    # The file has a column of the name that the rendered text would have.
    samples = Samples(Estimator(template="Bonjour {n} €"))
    rows = [{"n": "Zoé", "message": "something else"}]
    estimate(rows, template="Bonjour {n} €", sink=samples.add)
    assert samples.longest is not None
    assert samples.longest.text == "Bonjour Zoé €"
