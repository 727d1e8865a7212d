"""Immutable dicts and lists, so that objects with them are immutable too."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


class FrozenDict(dict[str, "Any"]):
    """A dict for all reads and formats; every change is refused."""

    #: The error for a change.
    refusal = "this does not change"

    def _refuse(self, *arguments: object, **named: object) -> NoReturn:
        raise TypeError(self.refusal)

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


class FrozenList(list["Any"]):
    """A list for all reads and formats; every change is refused."""

    __slots__ = ()

    refusal = FrozenDict.refusal

    def _refuse(self, *arguments: object, **named: object) -> NoReturn:
        raise TypeError(self.refusal)

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (list(self),)


def frozen(value: Any) -> Any:
    """The same value, with immutable dicts and lists in it."""
    if isinstance(value, (FrozenDict, FrozenList)):
        return value  # made by this function, so all in it is frozen
    if isinstance(value, dict):
        return FrozenDict((key, frozen(held)) for key, held in value.items())
    if isinstance(value, list):
        return FrozenList(map(frozen, value))
    return value
