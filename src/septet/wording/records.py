"""Records: `NamedTuple` without `typing` and `collections`, which load longer than a text to count takes."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    try:
        from _collections import _tuplegetter as _field  # the fields of CPython's named tuples
    except ImportError:

        def _field(place, about):
            return property(lambda record: tuple.__getitem__(record, place), doc=about)

    class _Record(tuple):
        """What `collections.namedtuple` adds to each class."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changed):
            made = self._make(map(changed.pop, self._fields, self))
            if changed:
                # As a named tuple of the same Python does.
                error = TypeError if sys.version_info >= (3, 13) else ValueError
                raise error(f"Got unexpected field names: {list(changed)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            fields = zip(self._fields, self, strict=True)
            return f"{type(self).__name__}({', '.join([f'{name}={value!r}' for name, value in fields])})"

        def __getnewargs__(self):
            return tuple(self)

        __replace__ = _replace

    class _Maker(type):
        """Makes a named tuple of a class with annotations, as `typing.NamedTuple` does."""

        def __new__(cls, name, bases, held):
            if not bases:
                return super().__new__(cls, name, bases, held)
            fields = tuple(held.get("__annotations__", ()))
            defaults = {field: held.pop(field) for field in fields if field in held}
            # A function with these arguments, as quick to call as any other.
            known = {"_new": tuple.__new__, "__builtins__": {}, "__name__": f"record_{name}"}
            create = eval(f"lambda _cls, {', '.join(fields)}: _new(_cls, ({', '.join(fields)},))", known)
            create.__name__, create.__qualname__ = "__new__", f"{name}.__new__"
            create.__doc__ = f"Create new instance of {name}({', '.join(fields)})"
            create.__defaults__ = tuple(defaults.values())
            create.__annotations__ = dict(held.get("__annotations__", ()))
            of_fields = {
                field: _field(place, f"Alias for field number {place}") for place, field in enumerate(fields)
            }
            beside = {
                "_fields": fields,
                "_field_defaults": defaults,
                "__match_args__": fields,
                "__slots__": (),
            }
            held.pop("__classcell__", None)
            held.setdefault("__doc__", f"{name}({', '.join(fields)})")
            return type(name, (_Record,), {**held, **of_fields, **beside, "__new__": create})

    class NamedTuple(metaclass=_Maker):
        """The base of a named tuple whose fields are annotations."""


__all__ = ["NamedTuple"]
