"""Ways: one way to count texts, from a profile and options, and the measuring of whole columns by it.

Some hypotheses cannot be expressed by an option or by a rule of a profile (parts as large as a single
message, a mention billed as a message of its own): the way has fields of its own for these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.arrow_columns import in_numpy, taken
from septet.errors import OptionError, ProfileError
from septet.planning.columns import weigh
from septet.planning.options import Settings
from septet.planning.planner import Planner
from septet.planning.terms import Terms
from septet.vendors.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    import pyarrow as pa

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

#: The encodings that a row may have, by their places in `Figures.encodings`.
ENCODINGS = ("gsm7", "ucs2", "latin1", "utf8")
#: How much the parts of a message hold: as in the profile, as much as a single message, or a single message
#: as little as a part.
SIZES = OWN, AS_ALONE, AS_A_PART = "own", "as-alone", "as-a-part"
#: What is billed: the segments, one for each message, those without the mention and one for it, or the
#: figures of the vendor's own table.
BILLS = SEGMENTS, MESSAGES, MENTION_APART, TOTALS = "segments", "messages", "mention-apart", "totals"


class Figures(NamedTuple):
    """What each row of a column comes to, in numpy arrays."""

    #: The place of its encoding among `ENCODINGS`; -1 for a row that is no text.
    encodings: np.ndarray[Any, Any]
    units: Numbers
    billed: Numbers
    #: Whether the opt-out mention is not added to it, since it has one already.
    complete: np.ndarray[Any, Any]

    def of(self, rows: np.ndarray[Any, Any]) -> Figures:
        """The figures of some rows."""
        return Figures(*(figures[rows] for figures in self))


class Way(NamedTuple):
    """One way to count."""

    profile: Profile
    options: Mapping[str, Any]
    sizes: str = OWN
    bill: str = SEGMENTS
    #: How a column of texts is changed before it is planned.
    texts: tuple[Callable[[pa.Array], pa.Array], ...] = ()

    def asking(self, **options: Any) -> Way:
        """The same way with other options."""
        return self._replace(options={**self.options, **options})

    def ruled(self, **rules: Any) -> Way:
        """The same way by other rules of the vendor."""
        origin = self.profile.origin
        return self._replace(profile=Profile(origin.name, {**origin.all_rules, **rules}))

    @property
    def settings(self) -> Settings:
        """The options as the profile takes them. Raises OptionError for one that it does not take."""
        return Settings(self.profile, dict(self.options))

    def counter(self) -> Counter | None:
        """The counter of this way; None where the vendor cannot send so."""
        try:
            return Counter(self)
        except (OptionError, ProfileError):
            return None


class Counter:
    """Measures columns by one way. Safe in threads.

    Raises OptionError for options that the profile does not take.
    """

    def __init__(self, way: Way) -> None:
        self.way = way
        planner = _planner(way)
        settings = planner.settings
        #: The mention that messages end with; None where there is none.
        self.mention = settings.added if settings.searched else None
        if settings.searched and settings.optout == "if-free":
            # A free mention changes no bill, and would be looked for in each text.
            planner = _planner(without_mention(way))
        self._planner = planner
        #: None where the planner's own is special.
        self._meter = None
        if not planner.settings.prefix and not planner.terms.languages:
            self._meter = planner.meter(planner.measure_the_long_way, needles=planner.needles)
        self._by_country: dict[str | None, Counter] = {}
        self._bare: Planner | None = None
        if planner.adds_mention:
            self._bare = bare = _planner(without_mention(way))
            self._alone = bare.meter(bare.measure_the_long_way, needles=bare.needles)
            # Where the texts that have the mention already are known, no text has to be searched for it.
            self._sure = planner.meter(planner.measure_the_long_way, needles=bare.needles)
        self._plain: Planner | None = None
        if planner.terms.languages and settings.encoding == "auto":
            # A text in the default tables needs others only where a character costs less there.
            self._plain = _planner(way.asking(language=() if settings.is_default_language else None))
            cheaper = sorted(planner.terms.languages.cheaper())
            self._cheaper = "".join(f"\\x{{{ord(one):x}}}" for one in cheaper)
        self._totals = {
            table["encoding"]: list(table["totals"])
            for table in way.profile.rule("documented_totals")
            if table["optout"] == planner.adds_mention
        }
        #: This decides whether a text has its mention already; None where nothing is added, or texts are cut.
        self.looks_for = None
        if self._bare is not None and not settings.truncate:
            self.looks_for = (
                self.mention,
                way.options.get("optout_text"),
                way.profile.rule("optout")["mentions"],
            )

    def for_country(self, country: str | None) -> Counter:
        """The counter of the messages that go to a country."""
        if country not in self._by_country:
            found: Counter | None = self
            if country is not None and "country" not in self.way.options and self.mention is not None:
                found = self.way.asking(country=country).counter()
            self._by_country[country] = found or self
        return self._by_country[country]

    def figures(
        self,
        texts: pa.Array,
        countries: Numbers | None = None,
        names: Sequence[str | None] = (),
        complete: np.ndarray[Any, Any] | None = None,
    ) -> Figures:
        """The figures of each text.

        `countries` are the places of their countries among the names; `complete` says which of them have
        the mention already, where that is known.
        """
        import numpy as np

        if countries is None or self.mention is None:
            return self._figures(texts, complete)

        counters = [self.for_country(name) for name in names]
        which = {id(counter): place for place, counter in enumerate(counters)}
        of = np.array([which[id(counter)] for counter in counters], np.int64)[countries]
        parts = np.unique(of).tolist()
        if len(parts) == 1:
            whole_column: Figures = counters[parts[0]]._figures(texts, complete)
            return whole_column
        rows = len(texts)
        found = Figures(*(np.zeros(rows, kind) for kind in (np.int8, np.int64, np.int64, bool)))
        for part in parts:
            members = np.flatnonzero(of == part)
            known = None if complete is None else complete[members]
            some = counters[part]._figures(taken(texts, members), known)
            for whole, figures in zip(found, some, strict=True):
                whole[members] = figures
        return found

    def _figures(self, texts: pa.Array, complete: np.ndarray[Any, Any] | None) -> Figures:
        import numpy as np

        for become in self.way.texts:
            texts = become(texts)
        found = self._with_mention(texts, complete)
        if self.way.bill == MESSAGES:
            return found._replace(billed=np.minimum(found.billed, 1))
        if self.way.bill == MENTION_APART and self._bare is not None:
            alone = _measured(self._bare, texts, self._alone)
            return alone._replace(billed=alone.billed + (~found.complete & (alone.billed > 0)))
        if self.way.bill == TOTALS:
            return found._replace(billed=self._by_totals(found))
        return found

    def _with_mention(self, texts: pa.Array, complete: np.ndarray[Any, Any] | None) -> Figures:
        """The figures as transmitted, and which texts have the mention already."""
        import numpy as np

        if self._plain is not None:
            return self._in_tables(texts)
        if self._bare is None:
            return _measured(self._planner, texts, self._meter)
        alone = _measured(self._bare, texts, self._alone)
        if complete is None:
            found = _measured(self._planner, texts, self._meter)
            return found._replace(complete=found.units == alone.units)
        added = _measured(self._planner, texts, self._sure)
        encodings, units, billed = (
            np.where(complete, *both) for both in zip(alone[:3], added[:3], strict=True)
        )
        return Figures(encodings, units, billed, complete)

    def _in_tables(self, texts: pa.Array) -> Figures:
        """The figures where national tables may be used.

        A text needs them if it goes in UCS-2 without them, or if some of them carry it for less.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        assert self._plain is not None
        found = _measured(self._plain, texts)
        needed = found.encodings == ENCODINGS.index("ucs2")
        if self._cheaper and (several := np.flatnonzero(found.billed > 1)).size:
            # As text, since regular expressions take octets for Latin-1; a row without text is billed
            # nothing.
            some = taken(texts, several).cast(pa.large_string())
            holds = pc.match_substring_regex(some, f"[{self._cheaper}]")
            needed[several[in_numpy(holds).astype(bool)]] = True
        rows = np.flatnonzero(needed)
        if rows.size:
            for whole, some in zip(found, _measured(self._planner, taken(texts, rows)), strict=True):
                whole[rows] = some
        return found

    def _by_totals(self, found: Figures) -> Numbers:
        """The segments of each row in the vendor's table, where it has any."""
        import numpy as np

        billed = found.billed.copy()
        # The totals are those of the text without the mention.
        added = {
            coding.encoding: coding.around(self._planner.adds_mention) for coding in self._planner.codings
        }
        for encoding, totals in self._totals.items():
            alone = found.units - added.get(encoding, 0)
            here = (found.encodings == ENCODINGS.index(encoding)) & (alone > 0) & (alone <= totals[-1])
            billed[here] = np.searchsorted(totals, alone[here]) + 1
        return billed


def _measured(planner: Planner, texts: pa.Array, meter: Any = None) -> Figures:
    """The figures of a column as a planner, or another meter of its codings, counts them."""
    import numpy as np
    import pyarrow as pa

    names = [coding.encoding for coding in planner.codings]
    # The place after the last is that of a row without text.
    places = np.array([*map(ENCODINGS.index, names), -1], np.int8)
    if meter is None:
        batch = planner.measure_arrow(texts)
        named, *found = batch.columns
        own = [names.index(name) if name in names else -1 for name in named.dictionary.to_pylist()]
        codes = np.array([*own, -1], np.int8)[in_numpy(named.indices, len(own))]
        units, billed = (in_numpy(one).copy() for one in found)
    else:
        weighed = weigh(pa, meter, texts)
        codes = np.frombuffer(weighed.places, np.int8)
        units, billed = (np.where(codes < 0, 0, np.frombuffer(one, np.int64)) for one in weighed[1:3])
    return Figures(places[codes], units, billed, np.zeros(len(texts), bool))


def without_mention(way: Way) -> Way:
    """The same without any opt-out mention, whatever the rule of the vendor."""
    rule = way.profile.rule("optout")
    never = {"default": "never", "offered": ["never"]}
    options = {name: value for name, value in way.options.items() if name not in ("optout", "optout_text")}
    bare = way._replace(options=options, bill=SEGMENTS)
    return bare.ruled(optout={**rule, "transactional": never, "commercial": never})


def _planner(way: Way) -> Planner:
    terms = Terms(way.profile, dict(way.options))  # type: ignore[arg-type]
    if way.sizes != OWN:
        for coding in (*terms.codings, *terms.left_out):
            if way.sizes == AS_ALONE:
                coding.part = coding.single
            else:
                coding.single = coding.part
    return Planner.on(terms)
