"""Codings: one way to send a planner's texts: GSM-7 as its vendor sends it, UCS-2 or Latin-1.

Compiles a profile's alphabet, substitutions and line breaks into weights for the kernel, shows
what a phone will show, and counts the segments of it.
"""

from __future__ import annotations

from septet import _kernel
from septet.gsm.alphabets import DEFAULT_TABLES, LATIN_1, Alphabet, Tables, alphabet
from septet.gsm.characters import holds_invalid, is_invalid
from septet.gsm.segmentation import MOST_SEGMENTS, capacity, header_octets, holds_joining

from .shown_characters import Shown, shown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from septet.vendors.profiles import Profile

    from .missed import Missed
    from .touched import Touched
    from .wholes import Wholes

#: Added at the end of a text to find out how much more it may hold.
LETTER = "a"

_ENDLESS = 2**30  # more units than any message has


class Coding:
    """One way to send a planner's texts: an encoding, with the profile's substitutions or without.

    `weights` weighs a text as it is written (a substituted character weighs what is sent for
    it), `shown_weights` one as the phone shows it. With `strict`, a character that neither the
    alphabet nor the substitutions hold is outside; otherwise it is shown as the profile says.
    `mention` is added after a text, separator included, if there is one; `prefix` and `suffix` go
    around each text, the suffix before the mention; `further_octets` is the size of the information
    elements that the sender adds to the header of each segment.
    Texts come prepared: with their line breaks unified where the profile counts those.
    """

    __slots__ = (
        "_apart",
        "_line_breaks",
        "_mention",
        "_missed",
        "_prefix",
        "_shown",
        "_substitutions",
        "_suffix",
        "_touching",
        "_untouched",
        "by_units",
        "carries_all",
        "dearer_above",
        "encoding",
        "frame_units",
        "further_octets",
        "is_lossy",
        "is_one_piece",
        "part",
        "profile",
        "shown_weights",
        "single",
        "strict",
        "substitutes",
        "tables",
        "tail",
        "tail_units",
        "weights",
        "wholes",
        "wide",
    )

    def __init__(
        self,
        profile: Profile,
        encoding: str,
        *,
        mention: str = "",
        prefix: str = "",
        suffix: str = "",
        strict: bool,
        substitutes: bool = False,
        tables: Tables = DEFAULT_TABLES,
        further_octets: int = 0,
    ) -> None:
        self.encoding = encoding
        #: Whether the profile's substitutions are applied.
        self.substitutes = substitutes
        #: Whether it refuses a text with a character that it does not hold.
        self.strict = strict
        self.tables = tables
        self.profile = profile
        self._line_breaks = profile.line_break_units
        counting, rule = profile.rule("counting"), profile.rule("segments")
        self.by_units = counting["by"] != "segments"
        #: Whether a message is split only for its bill, as no short message carries it.
        self.is_one_piece = counting["octets"] is not None
        self.further_octets = further_octets
        self.single = capacity(encoding, header_octets(None, tables.shifts, further_octets))
        self.part = capacity(encoding, header_octets(rule["reference"], tables.shifts, further_octets))
        #: Beyond so many units a message that is billed once has another price; None where it has not.
        self.dearer_above: int | None = None
        if self.is_one_piece:
            self.single = self.part = counting["octets"] if counting["by"] == "octets" else _ENDLESS
            self.dearer_above = counting["octets"] if counting["by"] == "messages" else None
        self._substitutions: dict[str, str] = {}
        # In UCS-2, the replaced characters, if none of them replaces another character.
        self._apart: frozenset[str] = frozenset()
        self._shown: dict[int, str] | None = None
        self._touching: Touched | None = None
        self._missed: Missed | None = None
        #: What segments keep whole, if anything.
        self.wholes: Wholes | None = None
        if rule["split_at"] or rule["grapheme_clusters"] == "whole":
            from .wholes import Wholes  # few vendors keep any

            self.wholes = Wholes(rule["split_at"])
        rule = profile.rule("ucs2")
        #: The few more characters, where the vendor sends only these in UCS-2; empty where it sends all.
        self.wide = frozenset((rule and rule["characters"]) or "")
        if self.wide and encoding == "gsm7":
            # A character that becomes one of these forces UCS-2 too.
            sent = profile.substitutions.items()
            self.wide |= {source for source, target in sent if not self.wide.isdisjoint(target)}
        #: Whether the vendor says what replaces a character that it does not hold.
        self.is_lossy = profile.rule("unknown_character")["reason"] == "lossy"
        #: Whether every character that can be sent is sent as it is written.
        self.carries_all = encoding == "utf8" or (encoding == "ucs2" and not self.wide)
        if encoding == "ucs2" and self.wide:
            from .bounded import bounded  # few vendors are like that

            self._substitutions = profile.substitutions if substitutes else {}
            listed, self.weights, self.shown_weights, self._untouched = bounded(
                profile, self.wide, self._substitutions
            )
            self._shown = Shown(listed, profile.rule("unknown_character")["shown"])
        elif encoding == "ucs2":
            self._compile_ucs2(profile)
        elif encoding == "utf8":
            from .octet_weights import utf_8  # few vendors send it

            self.weights = self.shown_weights = utf_8(self._line_breaks)
        else:
            held = LATIN_1 if encoding == "latin1" else alphabet(profile.rule("alphabet"), tables)
            shown = self._compile_alphabet(profile, strict, held)
            if self.wholes and not self.wholes.split_at and not holds_joining(shown):
                self.wholes = None  # none of its clusters has two characters
        self._prefix, self._suffix, self._mention = prefix, suffix, mention
        self.tail = self.shown_weights.codes(suffix + mention)
        #: The units of the mention when it is added, with its separator; below 0 if the coding lacks it.
        self.tail_units = self.shown_weights.units(mention)
        #: The units of what is put around every text; below 0 if the coding does not hold that.
        self.frame_units = self.shown_weights.units(prefix + suffix) if prefix or suffix else 0

    def _compile_alphabet(self, profile: Profile, strict: bool, held: Alphabet) -> str:
        """All the characters that it can show."""
        shown = {character: held.septets(character) for character in held.single | held.double}
        if self._line_breaks and "\n" in shown:
            shown["\n"] = self._line_breaks
        for cost in profile.rule("costs") if self.encoding == "gsm7" else ():
            shown.update((c, cost["units"]) for c in cost["characters"] if c in shown)
        # With national tables, a character that a vendor would send may have no code.
        if self.substitutes:
            self._substitutions = {
                source: target
                for source, target in profile.substitutions.items()
                if all(character in held for character in target)
            }
        substitutions = self._substitutions
        written = shown | _replaced(substitutions, lambda target: sum(shown[c] for c in target))
        unknown = profile.rule("unknown_character")["shown"]
        outside = _kernel.OUTSIDE if strict and not self.wide else shown[unknown]
        if strict:
            written |= dict.fromkeys(self.wide - written.keys(), _kernel.OUTSIDE)
        self.weights = _weights(written, outside, outside)
        self.shown_weights = _weights(shown, _kernel.OUTSIDE, _kernel.OUTSIDE)
        kept = shown.keys() - substitutions.keys()
        self._untouched = _weights(dict.fromkeys(kept, 1), _kernel.OUTSIDE, _kernel.OUTSIDE)
        self._shown = Shown({**{character: character for character in kept}, **substitutions}, unknown)
        return "".join(shown)

    def _compile_ucs2(self, profile: Profile) -> None:
        breaks = {"\n": self._line_breaks} if self._line_breaks else {}
        self.weights = self.shown_weights = _weights(breaks, 1, 2)
        if self.substitutes and profile.substitutions:
            self._substitutions = profile.substitutions
            written = _replaced(self._substitutions, self.shown_weights.units)
            self.weights = _weights(breaks | written, 1, 2)
            self._untouched = _weights(dict.fromkeys(written, _kernel.OUTSIDE), 1, 1)
            if written.keys().isdisjoint("".join(self._substitutions.values())):
                self._apart = frozenset(written)
            # A character that it does not list is left as it is.
            self._shown = {ord(source): target for source, target in self._substitutions.items()}

    def candidate(self, with_mention: bool, weights: _kernel.Weights | None = None) -> _kernel.Candidate:
        """What the kernel needs to measure texts in this coding, or in it with other weights."""
        joining = None
        if self.wholes:
            unknown = self.profile.rule("unknown_character")["shown"]
            added = self._prefix + self._behind(with_mention) + unknown
            joining = self.wholes.joining(self._substitutions, added)
        around = self._codes_behind(with_mention), joining, self.shown_weights.codes(self._prefix)
        return _kernel.Candidate(weights or self.weights, self.single, self.part, *around)

    def _behind(self, with_mention: bool) -> str:
        return self._suffix + (self._mention if with_mention else "")

    def _codes_behind(self, with_mention: bool) -> bytes:
        if with_mention:
            return self.tail
        return self.shown_weights.codes(self._suffix) if self._suffix else b""

    def around(self, with_mention: bool) -> int:
        """The units of all that is added to a text."""
        return self.frame_units + (self.tail_units if with_mention else 0)

    @property
    def known(self) -> set[str]:
        """The characters that it sends as they are or replaces as its vendor says; for UCS-2 all."""
        return set() if self._shown is None else {*map(chr, self._shown)}

    def show(self, text: str) -> str:
        """The text as the phone will show it."""
        if self._shown is None or self._untouched.units(text) >= 0:
            return text
        if self._apart:
            # Few of many characters are replaced: this is faster one by one than by looking each up.
            for character in self._apart.intersection([text[at] for at in self._touched.places(text)]):
                text = text.replace(character, self._substitutions[character])
            return text
        return shown_as(text, self._shown, self._touched.few_places(text))

    def billed_segments(
        self, text: str, with_mention: bool, units: int | None = None, *, cuts_wholes: bool = False
    ) -> int:
        """What the vendor bills for a text as it is written, by its own counting rule.

        `units` are those of the text, where they are known. With `cuts_wholes` the fewest segments possible,
        as if clusters and words could be cut anywhere.
        """
        units = (self.weights.units(text) if units is None else units) + self.around(with_mention)
        if units > self.single and self.by_units:
            return -(-units // self.part)
        if units > self.single and cuts_wholes:
            return self.weights.segments(self._prefix + text, self.part, self._codes_behind(with_mention))
        return self._segments(text, units, with_mention)

    def fits(self, text: str, with_mention: bool, limit: int) -> bool:
        """Whether a text takes at most `limit` billed segments, and no more than can be numbered."""
        units = self.weights.units(text) + self.around(with_mention)
        if units > self.room(limit):
            return False
        if self.is_one_piece or (self.by_units and 2 * limit <= MOST_SEGMENTS):
            return True  # transmitted segments can be more than the billed ones, but never twice as many
        return self._segments(text, units, with_mention) <= (MOST_SEGMENTS if self.by_units else limit)

    def prefix(self, text: str, room: int) -> int:
        """How many characters of a text, as it is written, fit in so many units, before any that it lacks."""
        return self.weights.prefix(text, room)

    def room(self, segments: int) -> int:
        """The units that so many segments hold."""
        return self.single if segments == 1 else self.part * segments

    def free(self, billed: int, units: int) -> int:
        """How many units more cost nothing."""
        return max(0, (self.dearer_above or self.room(billed)) - units)

    def _segments(self, text: str, units: int, with_mention: bool) -> int:
        if units <= self.single:
            return 1 if units else 0
        if self.wholes:
            shown = self._prefix + self.show(text) + self._behind(with_mention)
            if self.wholes.are_in(shown):
                return len(self.starts(shown))
        # The characters of a prefix weigh as they are shown: nothing replaces them.
        return self.weights.segments(self._prefix + text, self.part, self._codes_behind(with_mention))

    def starts(self, shown: str, part: int | None = None) -> list[int]:
        """Where each physical segment of a text, as the phone shows it, starts.

        `part` is the size of one of several, where the profile's header does not decide it.
        """
        part = part or self.part
        if self.is_one_piece or self.shown_weights.units(shown) <= self.single:
            return [0] if shown else []
        return self.starts_in_parts(shown, part)

    def starts_in_parts(self, shown: str, part: int | None = None) -> list[int]:
        """The same, where there are several segments even if a single one would hold the text."""
        part = part or self.part
        if self.wholes and self.wholes.are_in(shown):
            return self.wholes.starts(shown, self.shown_weights, part)
        return self.shown_weights.starts(shown, part)

    def heavy(self, shown: str) -> Iterator[int]:
        """The places of the characters that cost more than one unit in this coding."""
        return (place for place, code in enumerate(self.shown_weights.codes(shown)) if code > 1)

    def changes(self, original: str, start: int, end: int) -> Iterator[tuple[int, int, str, str, str]]:
        """What the phone shows otherwise than written, in ``original[start:end]``, as fields of `Change`."""
        part = original[start:end]
        unifies = self._line_breaks and "\r" in part
        if not unifies and (self._shown is None or self._untouched.units(part) >= 0):
            return
        shown: Mapping[int, str] = self._shown or {}
        unknown = shown.unknown if isinstance(shown, Shown) else None
        substitutions, sent_for = self._substitutions, shown.get
        other = str(self.profile.rule("unknown_character")["reason"])
        for place in self._touched.places(part):
            begin, character = start + place, part[place]
            if unifies and character == "\r":
                source = "\r\n" if original.startswith("\n", begin + 1) else "\r"
                yield begin, begin + len(source), source, "\n".translate(shown), "line-break"
            elif unifies and character == "\n" and part[place - 1 : place] == "\r":
                continue  # reported with the CR before it
            else:
                replacement = sent_for(ord(character), unknown)
                if replacement is not None and replacement != character:
                    reason = other
                    if character in substitutions:
                        reason = "substitution" if replacement else "deletion"
                    yield begin, begin + 1, character, replacement, reason

    def outsiders(self, original: str, start: int, end: int) -> Iterator[int]:
        """The places in ``original[start:end]`` of what it cannot carry; in UCS-2 invalid characters only."""
        part = original[start:end]
        if self.carries_all or self._shown is None:
            places: Iterable[int] = range(start, end) if holds_invalid(part) else ()
            return (place for place in places if is_invalid(original[place]))
        if self._untouched.units(part) >= 0:
            return iter(())
        return (start + at for at in self._touched.places(part) if self._lacks(part[at]))

    def forcing(self, original: str, start: int, end: int) -> Iterator[int]:
        """The places of the characters that force the text into another coding."""
        found = self.outsiders(original, start, end)
        return (place for place in found if original[place] in self.wide) if self.wide else found

    def forces(self, character: str) -> bool:
        """Whether a character forces the text into another coding. Not for UCS-2, as nothing does there."""
        return self._lacks(character) and (not self.wide or character in self.wide)

    def _lacks(self, character: str) -> bool:
        """Whether it neither holds a character, nor replaces it, nor reads it as a part of a line break."""
        held = self._shown is None or ord(character) in self._shown
        return not held and (character != "\r" or not self._line_breaks)

    def surely_carries(self, text: str, has_invalid: bool | None = None) -> bool:
        """Whether it is clear at once that every character of a text that it took reaches the phone."""
        if self.carries_all:  # tried last: it also takes what no encoding carries
            return not (holds_invalid(text) if has_invalid is None else has_invalid)
        if self.strict and not self.wide:
            return True
        return not holds_invalid(text) if self._shown is None else self._untouched.units(text) >= 0

    def surely_takes(self, text: str, has_invalid: bool | None = None) -> bool:
        """Whether it is clear at once that no character of a text is an error; some may still be lost."""
        if self.carries_all or self.is_lossy:
            return not (holds_invalid(text) if has_invalid is None else has_invalid)
        return self.surely_carries(text)

    @property
    def missed(self) -> Missed:
        """What counts the characters that do not reach the phone; made on first use."""
        if self._missed is None:
            from .missed import Missed

            known = None if self.carries_all else self._shown
            self._missed = Missed(known, self._substitutions, unifies=self._line_breaks > 0)
        return self._missed

    @property
    def _touched(self) -> Touched:
        if self._touching is None:
            from .touched import Touched  # the first text to count does not need it

            self._touching = Touched(self._shown or {}, self._line_breaks > 0)
        return self._touching


def _replaced(substitutions: Mapping[str, str], units_of: Callable[[str], int]) -> dict[str, int]:
    """The weight of each replaced character. Expansions may be cut: each of their characters weighs 1."""
    cut = {source: _kernel.CUT if len(target) > 1 else 0 for source, target in substitutions.items()}
    return {source: units_of(target) | cut[source] for source, target in substitutions.items()}


def _weights(codes: dict[str, int], default: int, astral: int) -> _kernel.Weights:
    return _kernel.Weights({ord(character): code for character, code in codes.items()}, default, astral)
