"""The written mutants are changes of the kernel as it is: a line that is gone would be tried no longer."""

from __future__ import annotations

from collections import Counter

from sources import PACKAGE, ROOT
from written_mutants import MUTANTS


def test_each_stands_once_in_the_kernel() -> None:
    kernel = PACKAGE / "_kernel"
    lost = [mutant for mutant in MUTANTS if (kernel / mutant.file).read_text("utf-8").count(mutant.old) != 1]
    assert lost == []


def test_each_is_a_change_of_its_own() -> None:
    assert [mutant for mutant, times in Counter(MUTANTS).items() if times > 1] == []
    assert [mutant for mutant in MUTANTS if mutant.old == mutant.new] == []


def test_the_page_counts_them() -> None:
    assert f"| {len(MUTANTS)} listed mutants" in (ROOT / "docs" / "trust.md").read_text("utf-8")
