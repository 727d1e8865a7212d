"""Records: `NamedTuple`, without `typing`, which takes longer to load than a first text to count."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

    class _Maker(type):
        """Makes of a class with annotations what `typing.NamedTuple` does: the named tuple itself."""

        def __new__(cls, name, bases, held):
            if not bases:
                return super().__new__(cls, name, bases, held)
            fields = list(held.get("__annotations__", ()))
            defaults = [held[field] for field in fields if field in held]
            made = namedtuple(name, fields, defaults=defaults, module=held["__module__"])
            made.__annotations__ = made.__new__.__annotations__ = dict(held.get("__annotations__", ()))
            own = {*fields, "__annotations__", "__module__", "__slots__", "__classcell__"}
            for key, value in held.items():
                if key not in own:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """The base of a named tuple whose fields are annotations."""


__all__ = ["NamedTuple"]
