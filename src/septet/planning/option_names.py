"""The names of options, checked for functions that have arguments of their own beside them."""

from __future__ import annotations

from septet.errors import shown
from septet.wording.quoting import nearest

from .options import NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def check_names(given: Iterable[str], own: Collection[str] | None) -> None:
    """Raises TypeError for a given name that is neither an option of a plan nor one of the function's `own`.

    A planner would check the options too, but would not know the function's own arguments, of which one
    was most likely meant.
    """
    own = () if own is None else own
    for name in given:
        if name not in NAMES and name not in own:
            known = list(dict.fromkeys([*own, *NAMES]))
            raise TypeError(
                f"{shown(name)} is not an option{nearest(name, known)}: expected {', '.join(known)}"
            )
