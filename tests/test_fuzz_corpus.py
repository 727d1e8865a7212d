"""What fuzzing kept and what it once broke: every case of the corpus raises only what may be raised."""

from __future__ import annotations

import fuzz_targets
import pytest
from sources import ROOT

CORPUS = ROOT / "tests" / "slow" / "trust" / "corpus"


@pytest.mark.parametrize("target", fuzz_targets.TARGETS)
def test_the_corpus_breaks_nothing(target: str) -> None:
    cases = sorted((CORPUS / target).iterdir())
    assert cases
    for case in cases:
        fuzz_targets.asked(target, case.read_bytes())
