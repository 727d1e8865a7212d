"""Bounds: the least and the highest cost of a template, before there is any file.

A text may have several codings, depending on its characters, and a policy may take the cheaper of two.
For each coding `weighing` gives the fewest and the most segments, limits that no text passes; and the
planner counts the texts that come nearest to them. If it counts as many, the bounds are exact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.wording.languages import ENGLISH
from septet.wording.messages import translated

from .carriers import carriers, codings_of
from .character_classes import CLASSES
from .characters_of_values import CLASSES_OF_VALUES, kinds_of_class
from .cutting import Cutting
from .filling import Filling
from .kinds import kinds_of
from .lengths import check_lengths
from .weighing import Weighing

if TYPE_CHECKING:
    from septet.planning.codings import Coding
    from septet.planning.planner import Planner

    from .carriers import Carrier
    from .kinds import Choice
    from .lengths import Lengths
    from .pieces import Pieces


class Bill(NamedTuple):
    """Billed segments, at least and at most."""

    fewest: int
    most: int


class Tip(NamedTuple):
    """A class of characters; a single one in a field turns the message into UCS-2."""

    name: str
    #: Some of them, as a reader knows them.
    characters: str
    #: The bill then, if the other characters of the fields are of this class or of GSM-7.
    bill: Bill


class Loss(NamedTuple):
    """A class of characters that would not reach the phone."""

    name: str
    #: Some of them, as a reader knows them.
    characters: str


class Bounds(NamedTuple):
    """The billed segments of a template over all values of its fields that have the lengths given.

    Lengths are in characters (code points). A value has one line. It does not complete a placeholder, an
    opt-out mention or a link that the vendor rewrites, and does not break one in the template. No value
    leads beyond the figures; if they are `exact`, some values reach each of them.
    """

    fewest: int
    most: int
    #: If the message is GSM-7, as all fields only have characters that the vendor sends in it;
    #: None if it is never GSM-7.
    gsm7: Bill | None
    #: If a field has a character that turns the message into UCS-2; None if none can.
    ucs2: Bill | None
    #: What would turn it into UCS-2, and the cost then.
    tips: tuple[Tip, ...]
    #: If the message is always GSM-7, or UCS-2 carries few characters: what the vendor would not send as
    #: written, but at most as a sign that a character is missing.
    lost: tuple[Loss, ...]
    #: Texts of the fewest and the most segments; if not exact, of those that were tried.
    fewest_text: str
    most_text: str
    #: Whether some values reach each figure of `fewest`, `most` and of the encodings.
    #: False for a range: no value leads beyond it, but perhaps none reaches it either. This happens if
    #: no text was found that reaches the end and grapheme clusters are kept whole, a cut keeps more or
    #: less of a text, or a policy chooses between several ways or several national tables.
    exact: bool
    #: If the sender asks for Latin-1; None otherwise.
    latin1: Bill | None = None
    #: If the message is sent as octets of UTF-8; None otherwise.
    utf8: Bill | None = None

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """The bounds in plain JSON types; `lang`, ``"en"`` or ``"fr"``, is that of the classes' names."""
        answer: dict[str, Any] = self._asdict()
        for encoding in ("gsm7", "ucs2", "latin1", "utf8"):
            answer[encoding] = None if answer[encoding] is None else answer[encoding]._asdict()
        answer["tips"] = [
            tip._asdict() | {"name": str(translated(tip.name, lang)), "bill": tip.bill._asdict()}
            for tip in self.tips
        ]
        answer["lost"] = [loss._asdict() | {"name": str(translated(loss.name, lang))} for loss in self.lost]
        return answer


def bounds(
    pieces: Pieces, planner: Planner, lengths: Lengths, classes: Mapping[str, str] | None = None
) -> Bounds:
    """The bounds of the template that has these pieces.

    `lengths` gives for each field the fewest and the most characters, `classes` the class of its
    characters (`CLASSES_OF_VALUES`), if not all are possible. Raises ValueError for a field without
    lengths, and for lengths that make no sense.
    """
    check_lengths(pieces, lengths)
    classes = {field: name for field, name in (classes or {}).items() if name != "any"}
    return _Bounding(planner, Filling(pieces, lengths, classes), classes).answer()


class _Bounding:
    """One search for the bounds of a template."""

    def __init__(self, planner: Planner, filling: Filling, classes: Mapping[str, str]) -> None:
        self._planner = planner
        self._filling = filling
        self._weighing = Weighing(planner.terms, filling)
        self._cutting = Cutting(planner, self._weighing)
        codings = codings_of(planner.terms)
        #: The kinds of characters that each field may have.
        self._kinds: Choice = {
            field: kinds_of_class(classes[field], planner.profile, codings)
            if field in classes
            else kinds_of(codings)
            for field in filling.lengths
        }
        self._classes = classes
        # What only UCS-2 holds, if there is a choice.
        self._gsm = tuple(coding for coding in codings if coding.encoding == "gsm7")

    def answer(self) -> Bounds:
        planner, weighing = self._planner, self._weighing
        found: dict[str, Bill] = {}
        for sort in carriers(planner.terms, adds_mention=weighing.adds_mention):
            for encoding, bill in self._bills(sort):
                found[encoding] = _both(found.get(encoding), bill)
        for coding in self._silent():
            found[coding.encoding] = _both(found.get(coding.encoding), Bill(0, 0))
        examples = list(weighing.examples)
        if weighing.cut:
            found = self._cut(found)
            examples += self._cutting.examples()
        counted = [(planner.measure(text), text) for text in examples]
        seen: dict[str, Bill] = {}
        for measure, _ in counted:
            segments = measure.billed_segments
            seen[measure.encoding] = _both(seen.get(measure.encoding), Bill(segments, segments))
        least = min(counted, key=lambda one: one[0].billed_segments)
        most = max(counted, key=lambda one: one[0].billed_segments)
        tips: tuple[Tip, ...] = ()
        if "ucs2" in found and self._filling.room and any(map(weighing.is_held, self._gsm)):
            tips = tuple(self._tips(found["ucs2"].most))
        return Bounds(
            min(bill.fewest for bill in found.values()),
            max(bill.most for bill in found.values()),
            found.get("gsm7"),
            found.get("ucs2"),
            tips,
            tuple(self._losses(found)) if self._filling.room else (),
            least[1],
            most[1],
            seen == found,
            found.get("latin1"),
            found.get("utf8"),
        )

    def _silent(self) -> Iterator[Coding]:
        """The codings only of texts that show nothing, as they do not hold what is added to others."""
        weighing = self._weighing
        for coding in self._planner.codings:
            if weighing.adds_mention and coding.tail_units < 0 and weighing.is_held(coding):
                allowed = {
                    field: [kind for kind in kinds if kind.units(coding) >= 0]
                    for field, kinds in self._kinds.items()
                }
                if weighing.fewest(coding, allowed, {}, {}) == 0:
                    yield coding

    def _bills(self, sort: tuple[Carrier, ...]) -> Iterator[tuple[str, Bill]]:
        """The bills of texts of one sort, by their encoding."""
        weighing = self._weighing
        codings = [carrier.coding for carrier in sort if carrier.coding is not None]
        if not all(map(weighing.is_held, codings)):
            return
        allowed = {
            field: [kind for kind in kinds if all(kind.units(coding) >= 0 for coding in codings)]
            for field, kinds in self._kinds.items()
        }
        if any(not allowed[field] for field, (least, _) in self._filling.lengths.items() if least):
            return
        # What a field has to hold so that no earlier coding carries the text.
        needed: list[Choice] = []
        for _, rivals in sort:
            holding = [rival for rival in rivals if weighing.is_held(rival)]
            outside = {
                field: found
                for field in self._filling.open
                if (found := [k for k in allowed[field] if all(k.units(rival) < 0 for rival in holding)])
            }
            if holding and not outside:
                return
            needed.append(outside if holding else {})
        shared: Choice = {}
        if any(needed):
            shared = {
                field: found
                for field, kinds in allowed.items()
                if (
                    found := [
                        kind for kind in kinds if all(kind in one.get(field, ()) for one in needed if one)
                    ]
                )
            }
        bills = [
            Bill(
                # If there are several rivals, each may lack another character.
                weighing.fewest(carrier.coding, allowed, one if len(carrier.rivals) < 2 else {}, shared),
                weighing.most(carrier.coding, allowed, shared),
            )
            for carrier, one in zip(sort, needed, strict=True)
            if carrier.coding is not None
        ]
        if len(bills) == 1:
            yield codings[0].encoding, bills[0]
            return
        (written, substituted) = bills
        # The second is taken if it costs less and shows anything.
        most = written.most if substituted.fewest == 0 else min(written.most, substituted.most)
        if written.fewest <= most:
            yield codings[0].encoding, Bill(written.fewest, most)
        fewer = Bill(max(1, substituted.fewest), min(substituted.most, written.most - 1))
        if fewer.fewest <= fewer.most:
            yield codings[1].encoding, fewer

    def _cut(self, found: dict[str, Bill]) -> dict[str, Bill]:
        """The bills if some texts are cut."""
        settings, cutting = self._planner.settings, self._cutting
        limit = settings.limit if cutting.always_succeeds else max(bill.most for bill in found.values())
        kept = {
            encoding: Bill(min(bill.fewest, cutting.fewest(encoding)), limit)
            for encoding, bill in found.items()
        }
        if settings.vendor_cuts:
            return {
                encoding: Bill(kept[encoding].fewest, min(bill.most, limit))
                if encoding in self._weighing.cut
                else bill
                for encoding, bill in found.items()
            }
        # The kept text may be GSM-7 though the whole text is not.
        if self._gsm and "gsm7" not in kept:
            kept["gsm7"] = Bill(min(limit, cutting.fewest("gsm7")), limit)
        return kept

    def _tips(self, limit: int) -> Iterator[Tip]:
        bills: dict[tuple[str, tuple[bool, bool], tuple[str, ...]], Bill] = {}
        for name, outside in _outside_of(self._gsm):
            # Those of the class that some field may have, as heavy as they are in UTF-16.
            fields = {
                field: found for field in self._filling.open if (found := self._of_class(field, outside))
            }
            if not fields:
                continue
            least = {field: min(found) for field, found in fields.items()}
            most = {field: max(found) for field, found in fields.items()}
            key = (
                "" if not self._classes else name,
                (min(least.values()) > "\uffff", max(most.values()) > "\uffff"),
                tuple(fields),
            )
            if key not in bills:
                bills[key] = self._tipped(least, most, limit)
            yield Tip(name, "".join(dict.fromkeys("".join(fields.values()))), bills[key])

    def _of_class(self, field: str, characters: str) -> str:
        """Those of some characters that a field may have."""
        name = self._classes.get(field, "any")
        found = CLASSES_OF_VALUES[name]
        return characters if found is None else "".join(c for c in characters if c in found[1])

    def _tipped(self, least: Mapping[str, str], most: Mapping[str, str], limit: int) -> Bill:
        letters = dict.fromkeys(self._filling.lengths, self._weighing.letter)
        fewest = min(map(self._planner.count, self._filling.shortest(letters, least)))
        (text,) = self._filling.longest(letters | dict(most))
        if self._weighing.cut and self._cutting.is_cut(text):
            return Bill(min(fewest, self._cutting.fewest("ucs2")), limit)
        return Bill(fewest, self._planner.count(text))

    def _losses(self, found: Collection[str]) -> Iterator[Loss]:
        codings = codings_of(self._planner.terms)
        if any(coding.carries_all and coding.encoding in found for coding in codings):
            return
        known = set[str]().union(*(coding.known for coding in codings))
        for name, characters in CLASSES.items():
            if lost := "".join(c for c in characters if c not in known):
                yield Loss(name, lost)


def _both(one: Bill | None, other: Bill) -> Bill:
    return other if one is None else Bill(min(one.fewest, other.fewest), max(one.most, other.most))


@lru_cache(maxsize=64)
def _outside_of(codings: tuple[Coding, ...]) -> tuple[tuple[str, str], ...]:
    """The classes of characters, each with its characters that none of the codings holds."""
    found = (
        (name, "".join(c for c in characters if all(coding.weights.units(c) < 0 for coding in codings)))
        for name, characters in CLASSES.items()
    )
    return tuple((name, outside) for name, outside in found if outside)
