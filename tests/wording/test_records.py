"""Named tuples that are made without `typing` are those that `typing` makes."""

from __future__ import annotations

import pickle
import typing

import pytest

from septet.wording.records import NamedTuple


class Light(NamedTuple):
    """One of each."""

    one: int
    two: str = "b"

    @property
    def both(self) -> str:
        return f"{self.one}{self.two}"

    @classmethod
    def of(cls, one: int) -> Light:
        return cls(one)


class Heavy(typing.NamedTuple):
    """One of each."""

    one: int
    two: str = "b"


def test_they_are_named_tuples_with_methods_defaults_and_a_place() -> None:
    light = Light.of(1)
    assert light == (1, "b") == Heavy(1)
    assert light.both == "1b"
    assert light._replace(two="c") == Light(one=1, two="c")
    assert (Light._fields, Light._field_defaults) == (Heavy._fields, Heavy._field_defaults)
    assert (Light.__module__, Light.__qualname__, Light.__doc__) == (__name__, "Light", Heavy.__doc__)
    assert repr(light) == "Light(one=1, two='b')"
    assert Light.__annotations__ == Heavy.__annotations__ or set(Light.__annotations__) == {"one", "two"}
    assert pickle.loads(pickle.dumps(light)) == light
    with pytest.raises(AttributeError):
        light.one = 2  # type: ignore[misc]
