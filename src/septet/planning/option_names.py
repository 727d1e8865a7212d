"""The names of options, checked for functions that have arguments of their own beside them."""

from __future__ import annotations

from septet.errors import shown
from septet.wording.quoting import nearest

from .options import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def check_names(given: Iterable[str], own: Iterable[str] | None) -> None:
    """Raises TypeError for a given name that is neither an option of a plan nor one of the function's `own`.

    A planner would check the options too, but would not know the function's own arguments, of which one
    was most likely meant.
    """
    for name in given:
        known = list(dict.fromkeys([*(own or ()), *NAMES]))
        if name not in known:
            raise TypeError(
                f"{shown(name)} is not an option{nearest(name, known)}: expected {', '.join(known)}"
            )
