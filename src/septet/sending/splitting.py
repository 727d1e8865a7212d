"""Splitting: the recipients of a message, divided so that one request can hold each part."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .prepared import Prepared
    from .recipients import Recipients


class Part(NamedTuple):
    """The recipients of one request, as they were given."""

    recipients: tuple[str, ...]
    #: The country that the caller gave for them; None where they decide it themselves.
    country: str | None


def parted(
    listed: Sequence[str],
    read: Recipients,
    groups: Mapping[str, Sequence[str]],
    *,
    planned: str,
    country: str | None,
    most: int | None,
    deduped: bool,
) -> tuple[Part, ...]:
    """The parts of a list of recipients; none where one request can hold all of it unchanged.

    `groups` are the recipients by the mention that they need, where one request cannot hold them all.
    Each part has one mention and at most `most` recipients, in the order of the list. `planned` is
    the mention that the message was planned with, for the `country` that the caller gave, if any.
    A number of unknown country goes with those of that mention. A duplicate that the vendor would remove
    (`deduped`) is in no part, since one request does not know what another holds.
    """
    is_planned = not groups or planned in groups
    if is_planned and len(groups) <= 1 and (most is None or len(listed) <= most):
        return ()
    mentions = {number: mention for mention, members in groups.items() for number in members}
    otherwise = planned if is_planned else next(iter(groups))
    numbers = [listed[places[0]] for places in read.distinct.values()] if deduped else listed
    found: dict[str, list[str]] = {}
    for number in numbers:
        found.setdefault(mentions.get(number, otherwise), []).append(number)
    return tuple(
        Part(tuple(members[start : start + size]), country if mention == planned else None)
        for mention, members in found.items()
        for size in [most or len(members)]
        for start in range(0, len(members), size)
    )


def prepared(again: Callable[..., Prepared], parts: tuple[Part, ...]) -> tuple[Prepared, ...]:
    """The parts as messages of their own, prepared by the function that prepared the whole."""
    return tuple(again(recipients=recipients, country=country) for recipients, country in parts)
