"""Dicts and lists that do not change, so that what holds one does not change either."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


class FrozenDict(dict[str, "Any"]):
    """A dict, so that all reads and formats take it; every change is refused."""

    #: What is said of a change.
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
    """A list, so that all reads and formats take it; every change is refused."""

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
    """The same value, with every dict and list in it one that does not change."""
    if isinstance(value, (FrozenDict, FrozenList)):
        return value  # made by this, so that all in it is
    if isinstance(value, dict):
        return FrozenDict((key, frozen(held)) for key, held in value.items())
    if isinstance(value, list):
        return FrozenList(map(frozen, value))
    return value
