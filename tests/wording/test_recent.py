"""Recent values are never more than their limit, and the oldest go first."""

from __future__ import annotations

from septet.wording.recent import Recent


def test_the_oldest_goes_first() -> None:
    recent = Recent(2)
    assert [recent.keep(key, key * 10) for key in (1, 2, 3)] == [10, 20, 30]
    assert recent == {2: 20, 3: 30}
    assert recent.keep(2, 21) == 21
    assert recent == {2: 21, 3: 30}
    recent.keep(4, 40)
    assert list(recent) == [3, 4]
