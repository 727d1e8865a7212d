"""Bounds: what a template costs at least and at most, before there is any file.

A character in a field weighs what its encoding says: in GSM-7 1 septet, 2 behind an escape, more
where the vendor sends several for it, none where it deletes it; in UCS-2 1 or 2. Segments are
filled one after the other, and from a place that is further along the same character never leads
to a place that is less far. So the most segments come from as many of the heaviest characters as
may be, the fewest from as few of the lightest; among the heaviest, one whose units may not be cut
apart weighs most. Those two texts are written out for each encoding, and the planner counts them:
what it says of them is the answer, its mention, its rounding and its cut included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from septet import _kernel
from septet.wording.languages import ENGLISH
from septet.wording.messages import said, translated
from septet.wording.quoting import nearest, printable

from .pieces import Field, fields_of

if TYPE_CHECKING:
    from septet.planning.codings import Coding
    from septet.planning.planner import Planner

    from .pieces import Pieces

#: What people put into fields without knowing that GSM-7 may lack it.
CLASSES: dict[str, str] = {
    said("lower-case accents"): "çêëîïôûœâáíóúãõÿæñäöüåø",
    said("capital accents"): "ÀÂÁÈÊËÎÏÍÔÓÕÛÙÚŒŸÃÇÉÑÄÖÜÅÆØ",
    said("typographic quotation marks"): "’‘“”«»‚„",
    said("dashes, ellipses and dots"): "–—…•·",
    said("spaces that do not break"): "\u00a0\u202f",
    said("signs"): "°²³©®™µ¨´`",
    said("letters of Central Europe"): "ąćęłńśźżčďěňřšťůžđőű",
    said("letters of Romanian and Turkish"): "ășțâîğışİ",
    said("Greek in lower case"): "αβγδε",
    said("Cyrillic"): "абвгд",
    said("Arabic and Hebrew"): "ابتשלו",
    said("Chinese, Japanese and Korean"): "中日の한",
    said("symbols"): "★♥✓→",
    said("emoji"): "😀🎉👍🔥",
}

# Of these, the first that a profile's GSM-7 lacks stands for all that no alphabet lists: of 16 bits,
# and of 32. The last ones are private, so that no vendor has a rule for them.
_PLAIN = "ç’\ue000"
_WIDE = "😀🎉\U000f0000"


# A mark that joins whatever stands before it, as many of them as there are.
_MARK = "\u0301"

#: All fields together have no more: no vendor takes a text of that length, and the texts are written out.
MOST_CHARACTERS = 10_000


class Bill(NamedTuple):
    """Billed segments, at least and at most."""

    fewest: int
    most: int


class Tip(NamedTuple):
    """A class of characters, one of which in a field turns the message to UCS-2."""

    name: str
    #: Some of them, as a reader knows them.
    characters: str
    #: The bill then, where the other characters of the fields are of this class or of GSM-7.
    bill: Bill


class Loss(NamedTuple):
    """A class of characters that would not reach the phone."""

    name: str
    #: Some of them, as a reader knows them.
    characters: str


class Bounds(NamedTuple):
    """The billed segments of a template over all values of its fields that have the lengths given.

    Lengths are in characters (code points). A value has one line, and neither completes an
    opt-out mention nor breaks one that stands in the template.
    """

    fewest: int
    most: int
    #: Where all fields hold characters of GSM-7, or such as the vendor sends in it; None where the
    #: message is UCS-2 whatever they hold.
    gsm7: Bill | None
    #: Where a field holds a character that turns the message to UCS-2; None where none can.
    ucs2: Bill | None
    #: What would turn it to UCS-2, and what it costs then.
    tips: tuple[Tip, ...]
    #: Where the message is GSM-7 whatever they hold: what the vendor would not send as written, nor
    #: anything in its place but a sign that a character is missing.
    lost: tuple[Loss, ...]
    #: Texts of the fewest and the most segments.
    fewest_text: str
    most_text: str

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All of it in plain JSON types; `lang`, ``"en"`` or ``"fr"``, is that of the classes' names."""
        answer: dict[str, Any] = self._asdict()
        for encoding in ("gsm7", "ucs2"):
            answer[encoding] = None if answer[encoding] is None else answer[encoding]._asdict()
        answer["tips"] = [
            tip._asdict() | {"name": str(translated(tip.name, lang)), "bill": tip.bill._asdict()}
            for tip in self.tips
        ]
        answer["lost"] = [loss._asdict() | {"name": str(translated(loss.name, lang))} for loss in self.lost]
        return answer


def bounds(pieces: Pieces, planner: Planner, lengths: Mapping[str, tuple[int, int]]) -> Bounds:
    """The bounds of the template that has these pieces.

    `lengths` says for each field how many characters it has at least and at most. Raises ValueError
    for a field without lengths, for lengths that make no sense, for a planner whose bill is more
    than a sum over characters, and where the sender cuts and the encoding is that of what is kept.
    """
    _check(pieces, planner, lengths)
    filled = _Filled(pieces, planner, lengths)
    gsm, ucs2 = _codings(planner)
    fits = gsm is not None and (ucs2 is None or gsm.weights.units(filled.fixed) >= 0)
    extremes: list[tuple[int, str]] = []
    in_gsm = in_ucs2 = None
    tips: tuple[Tip, ...] = ()
    if gsm is not None and fits:
        options = sorted(_held(planner, gsm, strict=ucs2 is not None))
        extremes += (found := filled.extremes(_lightest(gsm, options, filled), _heaviest(gsm, options)))
        in_gsm = Bill(found[0][0], found[1][0])
    if ucs2 is not None and (filled.room or not fits):
        # Where the template itself fits GSM-7, a field has to hold one character that does not.
        wide = _outsiders(gsm, _WIDE)[0] if fits else _WIDE[0]
        needed = _outsiders(gsm, _PLAIN)[0] if fits else ""
        extremes += (found := filled.extremes(filled.letter, wide, needed))
        in_ucs2 = Bill(found[0][0], found[1][0])
        if fits:
            tips = tuple(_tips(filled, gsm))
    if any(filled.is_cut(text) for _, text in extremes):
        if len(planner.codings) > 1 and not planner.settings.vendor_cuts:
            raise ValueError(
                "bounds: not known where some values make the text so long that it is cut: what is kept then "
                "decides the encoding. Give fewer characters, a higher max_segments or truncate=False"
            )
        shortest = min(filled.cut_before_a_cluster(), default=(len(extremes[0][1]), ""))
        if shortest[1]:
            extremes.append(shortest)
            if in_ucs2 is not None:
                in_ucs2 = Bill(min(in_ucs2.fewest, shortest[0]), in_ucs2.most)
            elif in_gsm is not None:
                in_gsm = Bill(min(in_gsm.fewest, shortest[0]), in_gsm.most)
    lost = tuple(_losses(planner)) if ucs2 is None and filled.room else ()
    least = min(extremes, key=lambda answer: answer[0])
    most = max(extremes, key=lambda answer: answer[0])
    return Bounds(least[0], most[0], in_gsm, in_ucs2, tips, lost, least[1], most[1])


class _Filled:
    """A template with its fields filled, and what the planner says of that."""

    def __init__(self, pieces: Pieces, planner: Planner, lengths: Mapping[str, tuple[int, int]]) -> None:
        self._pieces = pieces
        self._planner = planner
        self._lengths = lengths
        #: What is there whatever the fields hold.
        self.fixed = self._with(dict.fromkeys(lengths, ""))
        #: Whether any field may hold a character.
        self.room = any(most for _, most in lengths.values())
        #: A character of one unit; a letter, unless that would break a mention that stands there.
        self.letter = "a"
        mention = planner.settings.mention
        if mention is not None and not mention.is_in(self._with(dict.fromkeys(lengths, "a"))):
            self.letter = "." if mention.is_in(self._with(dict.fromkeys(lengths, "."))) else "a"

    def extremes(self, light: str, heavy: str, needed: str = "") -> list[tuple[int, str]]:
        """The fewest and the most segments, each with its text; `needed` stands in one field at least."""
        fewest = {field: light * least for field, (least, _) in self._lengths.items()}
        most = {field: heavy * longest for field, (_, longest) in self._lengths.items()}
        candidates = [fewest]
        if needed:
            candidates = [
                {**fewest, field: fewest[field][:place] + needed + fewest[field][place + 1 :]}
                for field, (least, longest) in self._lengths.items()
                if longest
                # Where it is of one unit like the others, all places are the same.
                for place in range(max(1, least) if needed > "\uffff" else 1)
            ]
        return [
            min((self._planner.count(text), text) for text in map(self._with, candidates)),
            (self._planner.count(self._with(most)), self._with(most)),
        ]

    def is_cut(self, text: str) -> bool:
        """Whether the text is cut to fit."""
        return self._planner.settings.truncate and self._planner.plan(text).truncated > 0

    def cut_before_a_cluster(self) -> Iterator[tuple[int, str]]:
        """Texts that are cut before a cluster that fills a field, with their segments.

        A cut keeps clusters whole: the larger one is, the less is left before it. The fields before
        it have as few characters as it takes for the text to be cut there.
        """
        for field, (_, longest) in self._lengths.items():
            values = {name: self.letter * least for name, (least, _) in self._lengths.items()}
            values[field] = _MARK * longest
            others = [name for name in self._lengths if name != field]
            extra = sum(self._lengths[name][1] - self._lengths[name][0] for name in others)
            fewest, most = -1, extra
            while most - fewest > 1:
                tried = (fewest + most) // 2
                if self.is_cut(self._lengthened(values, others, tried)):
                    most = tried
                else:
                    fewest = tried
            text = self._lengthened(values, others, most)
            if longest and self.is_cut(text):
                yield self._planner.count(text), text

    def _lengthened(self, values: Mapping[str, str], fields: list[str], extra: int) -> str:
        """The text with so many letters more in the fields that may have them, the first ones first."""
        longer = dict(values)
        for field in fields:
            more = min(extra, self._lengths[field][1] - len(longer[field]))
            longer[field] += self.letter * more
            extra -= more
        return self._with(longer)

    def _with(self, values: Mapping[str, str]) -> str:
        return "".join(values[piece] if isinstance(piece, Field) else piece for piece in self._pieces)


def _codings(planner: Planner) -> tuple[Coding | None, Coding | None]:
    by_encoding = {coding.encoding: coding for coding in planner.codings}
    return by_encoding.get("gsm7"), by_encoding.get("ucs2")


def _held(planner: Planner, gsm: Coding, *, strict: bool) -> Iterator[str]:
    """One-line characters of each weight that a field may have in GSM-7."""
    alphabet = planner.profile.alphabet
    yield from (character for character in alphabet.single | alphabet.double if character not in "\r\n")
    yield from (
        character
        for character in planner.profile.substitutions
        if character != "\n" and gsm.weights.units(character) >= 0
    )
    if not strict:
        yield _PLAIN[-1]


def _lightest(gsm: Coding, characters: list[str], filled: _Filled) -> str:
    # A plain letter where it is as light as any: the example is then one that could be.
    return min(characters, key=lambda c: (gsm.weights.units(c), c != filled.letter))


def _heaviest(gsm: Coding, characters: list[str]) -> str:
    def weight(character: str) -> tuple[int, bool, bool]:
        may_be_cut = bool(gsm.weights.codes(character)[0] & _kernel.CUT)
        return gsm.weights.units(character), not may_be_cut, character == "€"

    return max(characters, key=weight)


def _outsiders(gsm: Coding | None, characters: str) -> str:
    """Those of the characters that GSM-7 does not hold."""
    return "".join(c for c in characters if gsm is not None and gsm.weights.units(c) < 0)


def _tips(filled: _Filled, gsm: Coding | None) -> Iterator[Tip]:
    for name, characters in CLASSES.items():
        if outside := _outsiders(gsm, characters):
            (fewest, _), (most, _) = filled.extremes(filled.letter, max(outside), min(outside))
            yield Tip(name, outside, Bill(fewest, most))


def _losses(planner: Planner) -> Iterator[Loss]:
    known = planner.profile.substitutions
    for name, characters in CLASSES.items():
        if lost := "".join(c for c in characters if c not in planner.profile.alphabet and c not in known):
            yield Loss(name, lost)


def _check(pieces: Pieces, planner: Planner, lengths: Mapping[str, tuple[int, int]]) -> None:
    if planner.settings.languages:
        raise ValueError(
            "bounds: not known for national language tables: leave out language, or estimate a file instead"
        )
    if planner.settings.encoding not in ("auto", "gsm7", "ucs2"):
        raise ValueError(
            f"bounds: not known for the encoding {planner.settings.encoding}: estimate a file instead"
        )
    if not planner.weights_decide:
        name = planner.profile.name
        raise ValueError(
            f"bounds: not known for {name}, whose bill is more than a sum over characters: estimate a file "
            "instead"
        )
    fields = fields_of(pieces)
    for field in lengths:
        if field not in fields:
            names = list(fields)
            raise ValueError(
                f"bounds: the template has no field {printable(field)!r}{nearest(field, names)}: expected "
                f"{', '.join(map(printable, names)) or 'none'}"
            )
    for field in fields:
        if field not in lengths:
            raise ValueError(
                f"bounds: no lengths for the field {printable(field)!r}: "
                f"expected, say, {printable(field)}=2..20"
            )
    for field, given in lengths.items():
        is_pair = isinstance(given, tuple) and len(given) == 2 and all(type(n) is int for n in given)
        if not is_pair or not 0 <= given[0] <= given[1]:
            raise ValueError(
                f"bounds: {printable(field)}: expected the fewest and the most characters, such as 2..20, "
                f"found {given!r}"
            )
    room = MOST_CHARACTERS
    for field, (_, longest) in lengths.items():
        room -= longest * sum(piece == field for piece in pieces if isinstance(piece, Field))
        if room < 0:
            raise ValueError(
                f"bounds: {printable(field)}: expected at most {MOST_CHARACTERS} characters in all fields, "
                f"found {longest}"
            )
