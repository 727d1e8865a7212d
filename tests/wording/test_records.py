"""Records: named tuples as `typing` makes them, with which they are compared."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing
from collections.abc import Callable
from typing import Any

from septet.wording.records import NamedTuple


class Ours(NamedTuple):
    """A record."""

    first: int
    second: str = "b"

    @property
    def doubled(self) -> int:
        """Twice the first."""
        return 2 * self.first


class Theirs(typing.NamedTuple):
    """A record."""

    first: int
    second: str = "b"

    @property
    def doubled(self) -> int:
        """Twice the first."""
        return 2 * self.first


class Bare(NamedTuple):
    only: int


ASKED: tuple[Callable[[Any], object], ...] = (
    lambda kind: repr(kind(3)).replace(kind.__name__, ""),
    lambda kind: (kind(3).first, kind(3).second, kind(3).doubled, kind(second="c", first=1)),
    lambda kind: (kind(3)._replace(second="c"), kind._make([1, "c"]), kind(3)._asdict()),
    lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__, kind.__doc__),
    lambda kind: [(one.name, one.default) for one in inspect.signature(kind).parameters.values()],
    lambda kind: (kind(3) == (3, "b"), hash(kind(3)) == hash((3, "b")), kind(3) < kind(4)),
    lambda kind: [type(one) is kind for one in (copy.copy(kind(3)), pickle.loads(pickle.dumps(kind(3))))],
    lambda kind: kind(),
    lambda kind: kind(1, "b", 3),
    lambda kind: kind(1, third=2),
    lambda kind: kind(1)._replace(third=2),
    lambda kind: kind._make([1]),
    lambda kind: setattr(kind(1), "first", 2),
    lambda kind: vars(kind(1)),
)


def answer(ask: Callable[[Any], object], kind: Any) -> object:
    try:
        return ask(kind)
    except (TypeError, ValueError, AttributeError) as error:
        return type(error)


def test_a_record_is_what_a_named_tuple_is() -> None:
    for ask in ASKED:
        assert answer(ask, Ours) == answer(ask, Theirs), inspect.getsource(ask)
    assert (Ours.__module__, Ours.__qualname__) == (__name__, "Ours")
    assert list(Ours.__annotations__) == list(Theirs.__annotations__)
    assert isinstance(Ours(1), tuple)
    assert (tuple(Bare(1)), Bare.__doc__) == ((1,), "Bare(only)")
