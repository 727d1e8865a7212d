"""Columns: what each column of a log holds, from its vendor's file or from the sender."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.errors import CampaignError, OptionError, shown
from septet.files.column_names import places_of
from septet.wording.quoting import nearest, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from septet.vendors.profiles import Profile

#: What the columns hold, by the names of the arguments.
NAMES = (
    "text",
    "segments",
    "price",
    "currency",
    "status",
    "direction",
    "recipient",
    "date",
    "billed_encoding",
)


def plain_word(word: str | None) -> str:
    """A status or a direction without case and accents."""
    parts = unicodedata.normalize("NFKD", (word or "").strip().casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def plain_words(*words: str) -> frozenset[str]:
    """Several of them."""
    return frozenset(map(plain_word, words))


#: Statuses and directions that mean, at most vendors, that nothing was sent or billed, in English and
#: French. Those of a known export are in the vendor's file.
UNBILLED = plain_words(
    *("failed", "failure", "rejected", "refused", "invalid", "error", "canceled", "cancelled"),
    *(
        "scheduled",
        "queued",
        "accepted",
        "échec",
        "en échec",
        "erreur",
        "en erreur",
        "en attente",
        "invalide",
    ),
    *("échoué", "échouée", "rejeté", "rejetée", "refusé", "refusée", "annulé", "annulée"),
    *("programmé", "programmée", "planifié", "planifiée", "en attente"),
)
INBOUND = plain_words(
    *("inbound", "incoming", "in", "mo", "received", "receiving", "entrant", "entrante", "reçu", "réception"),
)


class Columns(NamedTuple):
    """The columns that are read, by what they hold; None for what no column holds."""

    text: str
    segments: str
    price: str | None = None
    currency: str | None = None
    status: str | None = None
    direction: str | None = None
    recipient: str | None = None
    date: str | None = None
    billed_encoding: str | None = None
    #: The name of the export with these columns in the vendor's file, and its source there.
    export: str | None = None
    source: str | None = None
    #: The statuses of messages that are not billed, and the directions of those that came in.
    unbilled: frozenset[str] = UNBILLED
    inbound: frozenset[str] = INBOUND
    #: The beginnings of recipients that get no SMS.
    other_channels: tuple[str, ...] = ()

    @property
    def named(self) -> dict[str, str | None]:
        """The columns by what they hold."""
        return {what: getattr(self, what) for what in NAMES}

    @property
    def read(self) -> tuple[str, ...]:
        """The names of all that are read."""
        return tuple(dict.fromkeys(name for name in self.named.values() if name is not None))


def check_column(what: str, name: object) -> None:
    """Raises OptionError for an argument that is not the name of a column."""
    if name is not None and (not isinstance(name, str) or not name):
        expected = "the name of a column"
        raise OptionError(f"{what}: expected {expected}, found {shown(name)}", what, expected)


def columns_of(
    profile: Profile, names: Sequence[str], given: Mapping[str, str | None], where: str
) -> Columns:
    """The columns of a log: those given, and otherwise those that the vendor's file knows.

    Raises CampaignError that names what is missing.
    """
    rule = profile.rule("export")
    known: dict[str, Any] = {}
    if rule is not None:
        found = {what: _among(rule[what], names) for what in NAMES}
        # An export is known by both columns.
        if found["text"] and found["segments"]:
            known = {what: name for what, name in found.items() if name is not None}
    chosen = {what: given.get(what) or known.get(what) for what in NAMES}
    for what in ("text", "segments"):
        if chosen[what] is None:
            columns = ", ".join(printable(name) for name in names) or "none"
            expected = "the column of the texts" if what == "text" else "the column of the billed segments"
            raise CampaignError(
                f"{where}: the profile {profile.name} has no known export with these columns"
                f"{_hint_of_others(names)}: give {expected} as {what}; the columns are {columns}"
            )
    for name in filter(None, chosen.values()):
        if not places_of(name, names):
            columns = ", ".join(printable(one) for one in names) or "none"
            raise CampaignError(
                f"{where}: no column is named {printable(name)!r}{nearest(name, list(names))}: "
                f"the columns are {columns}"
            )
    read = Columns(**chosen)  # type: ignore[arg-type]
    if known and rule is not None:
        read = read._replace(
            export=rule["title"],
            source=rule["source"],
            unbilled=plain_words(*rule["unbilled"]) or UNBILLED,
            inbound=plain_words(*rule["inbound"]) or INBOUND,
            other_channels=tuple(rule["other_channels"]),
        )
    return read


def _hint_of_others(names: Sequence[str]) -> str:
    """The profiles whose export has these columns: most likely the profile was not given."""
    from septet.vendors.profiles import profile, profiles

    rules = {name: profile(name).rule("export") for name in profiles() if "@" not in name}
    found = [
        name
        for name, rule in rules.items()
        if rule is not None and _among(rule["text"], names) and _among(rule["segments"], names)
    ]
    verb = "has" if len(found) == 1 else "have"
    return f" ({' and '.join(found)} {verb} one)" if found else ""


def _among(wanted: Sequence[str], names: Sequence[str]) -> str | None:
    """The first of some names that a log has, as the log writes it."""
    for name in wanted:
        if found := places_of(name, names):
            return names[found[0]]
    return None
