"""The naive oracle: what a plan must be, computed one character at a time.

It shares no code and no data with the library, has no shortcuts, and takes quadratic time if that is plainer.
The library is faster, and must give the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

import regex
from oracle_profiles import (
    DEFAULT_ALPHABET,
    DIGIT,
    EXTENSION_TABLE,
    LOCKING,
    PROFILES,
    SINGLE_SHIFT,
    SPACE,
    Beside,
    Mention,
    Pattern,
    Rules,
    pattern_of,
)
from words import Abridged, Span, Thing, Way

# What a short message and one part of a long one hold, in septets and in 16-bit units.
SINGLE = {"gsm7": 160, "ucs2": 70, "latin1": 140, "utf8": 140}
PART = {"gsm7": 153, "ucs2": 67, "latin1": 134, "utf8": 134}
PART_BESIDE_A_WIDE_REFERENCE = {"gsm7": 152, "ucs2": 66, "latin1": 133, "utf8": 133}
BITS = {"gsm7": 7, "ucs2": 16, "latin1": 8, "utf8": 8}
MOST_SEGMENTS = 255

WARNINGS = {
    "lossy-substitution",
    "truncated",
    "optout-not-added",
    "optout-unspecified",
    "optout-other-number",
    "boundary-overflow",
    "vendor-tag",
}
NOTICES = {"documented-otherwise", "account-option-needed", "added-text-unicode", "rcs-single"}


def _severity(code: str) -> str:
    return "warning" if code in WARNINGS else "notice" if code in NOTICES else "error"


class Piece:
    """One source character (a CRLF may be one): its place, and what is shown for it."""

    def __init__(
        self,
        start: int,
        end: int,
        source: str,
        shown: str,
        reason: str | None,
        problem: str | None,
        units: list[int],
        collapsed: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.source = source
        self.shown = shown
        self.reason = reason
        self.problem = problem
        self.units = units  # of each shown character
        self.collapsed = collapsed  # a run of blanks


class ShownSegment(NamedTuple):
    text: str
    units: int
    capacity: int


class Answer(NamedTuple):
    encoding: str
    text: str
    units: int
    billed_segments: int
    remaining: int
    segments: list[ShownSegment]
    changes: list[tuple[int, int, str, str, str]]
    prefix: str
    suffix: str
    optout: str
    optout_status: str
    truncated: int
    problems: list[tuple[str, str, int | None, int | None]]  # sorted

    @property
    def excessive(self) -> bool:
        """Whether it is more than a limit allows."""
        limits = {"too-long", "too-many-segments", "too-many-characters"}
        return any(code in limits for code, _, _, _ in self.problems)

    @property
    def ok(self) -> bool:
        return all(severity != "error" for _, severity, _, _ in self.problems)


def rules_of(profile: str | Rules) -> Rules:
    """What is known of a profile."""
    return PROFILES[profile] if isinstance(profile, str) else profile


def answer(
    text: str,
    profile: str | Rules,
    *,
    things: list[Thing] | None = None,
    guess: int | None = None,
    **options: Any,
) -> Answer:
    """The plan of a text, for options that the profile offers.

    `things` is what must stay whole where words are cut; the option `links_of` finds the links that the
    vendor rewrites. `guess`, how many letters are free, is tried first, which only saves time.
    """
    return _Reading(text, rules_of(profile), options, things or []).answer(guess)


def offers(profile: str | Rules, *, commercial: bool, optout_text: str | None) -> tuple[str, ...]:
    """The values of `optout` that a profile offers, the default first."""
    return rules_of(profile).offers(commercial=commercial, optout_text=optout_text)


def switched(rules: Rules, choice: bool | str | None) -> Rules:
    """The rules with what is replaced as the sender asks for it."""
    if choice is None:
        choice = (rules.on or rules.table != {}) and not rules.off
    if choice is False:
        return rules._replace(table={})
    return rules._replace(table=rules.table | dict(rules.names).get(str(choice), {}))


def octets_of_elements(ports: tuple[int, int] | None, header: bytes | None) -> int:
    """What the ports take, 2 octets in front of 2 or 4 (TS 23.040, 9.2.3.24.3 and .4), and other elements."""
    wide = (ports is not None and min(ports) < 240) or (ports is not None and max(ports) > 255)
    return (0 if ports is None else 6 if wide else 4) + len(header or b"")


# The languages of a locking and of a single shift table.
Pair = tuple[str | None, str | None]


def tabled(rules: Rules, pair: Pair) -> Rules:
    """The rules with national tables instead of the default ones."""
    locking, single = pair
    basic = LOCKING[locking] if locking else DEFAULT_ALPHABET
    extension = SINGLE_SHIFT[single] if single else EXTENSION_TABLE
    alphabet = dict.fromkeys(extension, 2) | dict.fromkeys(basic, 1)
    alphabet |= {character: units for character, units in rules.costs if character in alphabet}
    table = {source: shown for source, shown in rules.table.items() if set(shown) <= alphabet.keys()}
    return rules._replace(alphabet=alphabet, table=table)


class _Reading:
    def __init__(
        self,
        text: str,
        rules: Rules,
        options: dict[str, Any],
        things: list[Thing] | None = None,
        pair: Pair | None = None,
    ) -> None:
        rules = switched(rules, options.get("substitute"))
        self.untabled = rules
        self.collapses = rules.blanks != "" and not (
            rules.blanks_switched and options.get("substitute") is False
        )
        if pair is not None:
            rules = tabled(rules, pair)
        self.pair = pair
        asked = options.get("language")
        asked = rules.languages if asked == "auto" else (asked,) if isinstance(asked, str) else asked
        self.languages: tuple[str, ...] = rules.own_languages if asked is None else asked
        self.links: list[Span] = []
        if options.get("link_length") is not None:
            self.links = options["links_of"](text)
        self.options = options
        self.things = things or []
        given = {name: value for name, value in options.items() if value is not None}
        self.original = text
        self.rules = rules
        self.asked_encoding: str = given.get("encoding", rules.encoding)
        if rules.one_piece and self.asked_encoding == "auto":
            self.asked_encoding = rules.encoding  # there is nothing to choose
        self.commercial: bool = given.get("commercial", False)
        self.optout_text: str | None = given.get("optout_text")
        offered = rules.offers(commercial=self.commercial, optout_text=self.optout_text)
        self.optout: str = given.get("optout", offered[0])
        self.country: str = given.get("country", "FR").upper()
        self.truncate: bool = bool(given.get("truncate", rules.truncate))
        self.cuts_words: bool = given.get("truncate") == "words"
        self.mark: str = given.get("truncate_mark", "")
        if rules.one_line_break:
            self.mark = self.mark.replace("\r\n", "\n").replace("\r", "\n")
        self.limit: int | None = given.get("max_segments", rules.default_segments)
        self.mention = self.choose_mention()
        self.prefix = self.beside("prefix", rules.prefix)
        self.suffix = self.beside("suffix", rules.suffix)
        self.single = SINGLE
        self.part = PART_BESIDE_A_WIDE_REFERENCE if rules.wide_reference else PART
        if rules.separate:
            self.part = SINGLE
        if rules.one_piece:
            # Nothing is parted, so that no header and no 140 octets limit anything.
            most = 2**30 if rules.billed_once else rules.one_piece
            self.single, self.part = {**SINGLE, "utf8": most}, {**PART, "utf8": most}
        further = octets_of_elements(given.get("ports"), given.get("header"))
        # TS 23.040, 9.2.3.24.15 and .16: three octets for each national table.
        further += 3 * sum(language is not None for language in pair or ())
        if further > 0:
            # TS 23.040, 9.2.3.24: the header's own length, the concatenation of 5 or 6 octets, the others.
            beside = 1 + (6 if rules.wide_reference else 5) + further
            self.single = {encoding: (140 - 1 - further) * 8 // bits for encoding, bits in BITS.items()}
            self.part = {encoding: (140 - beside) * 8 // bits for encoding, bits in BITS.items()}
        self.deleted = [source for source, shown in rules.table.items() if shown == ""]
        self.encoding = ""
        self.pieces: list[Piece] = []
        self.uncut = 0
        self.is_brief = False

    # --- what is put around the text

    def beside(self, option: str, rule: Beside | None) -> str:
        if rule is None:
            return ""
        text = self.options.get(option)
        if text is None:
            text = rule.text
        if self.rules.one_line_break:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text or (text.endswith(rule.separator) and option == "prefix"):
            return text
        if option == "prefix":
            return text + rule.separator
        return text if text.startswith(rule.separator) else rule.separator + text

    def is_wide(self, text: str) -> bool:
        return any(character not in self.rules.alphabet for character in text)

    def framed(self, kept: list[Piece], behind: list[Piece]) -> list[Piece]:
        """A text with all that is added to it; nothing is added to what shows nothing."""
        if shown_by(kept) == "":
            return kept
        return [*self.added_pieces(self.prefix), *kept, *self.added_pieces(self.suffix), *behind]

    def added_pieces(self, text: str) -> list[Piece]:
        return [Piece(-1, -1, c, c, None, None, [self.units_of(c)]) for c in text]

    # --- the mention

    def choose_mention(self) -> Mention | None:
        own = self.vendors_mention()
        if self.optout_text is not None:
            return Mention(
                self.rules.separator + self.optout_text,
                [pattern_of(self.optout_text)],
                short_code=own is not None and own.short_code,
            )
        return own

    def vendors_mention(self) -> Mention | None:
        if self.rules.mention_in and self.country not in self.rules.mention_in:
            return None
        if self.rules.mention_abroad is not None and self.country != "FR":
            return self.rules.mention_abroad
        return self.rules.mention

    def mention_pieces(self) -> list[Piece]:
        assert self.mention is not None
        return [
            Piece(0, 0, character, character, None, None, [self.units_of(character)])
            for character in self.mention.added
        ]

    # --- the encoding, and what is shown in it

    def candidates(self) -> list[tuple[str, list[Piece]]]:
        """The text as it would be sent; a second time where the vendor sends that only if it saves."""
        policy = self.rules.policy
        if self.rules.unicode and self.asked_encoding == "ucs2":
            return [("ucs2", self.read("ucs2", {}))]
        if self.asked_encoding == "utf8":
            return [("utf8", self.read("utf8", {}))]
        if self.asked_encoding == "latin1":
            return [("latin1", self.read("latin1", {}))]
        substituted = self.read("gsm7", self.rules.table)
        if self.rules.unicode and self.asked_encoding == "auto" and self.is_wide(self.prefix + self.suffix):
            if policy == "if-it-saves-a-segment":
                return [("ucs2", self.read("ucs2", table)) for table in ({}, self.rules.table)]
            return [("ucs2", self.read("ucs2", self.rules.table if policy == "always" else {}))]
        if self.rules.unicode and self.asked_encoding == "auto":
            if policy == "if-it-saves-a-segment":
                return [self.gsm7_or_ucs2({}), self.gsm7_or_ucs2(self.rules.table)]
            if self.rules.wide:
                wide = {*self.rules.wide}
                wide |= {source for source, shown in self.rules.table.items() if wide & set(shown)}
                if not any(piece.problem and piece.source in wide for piece in substituted):
                    return [("gsm7", substituted)]
            elif all_sent(substituted):
                return [("gsm7", substituted)]
            return [("ucs2", self.read("ucs2", self.rules.table if policy == "always" else {}))]
        if policy == "all-or-nothing" and not all_sent(substituted):
            return [("gsm7", self.read("gsm7", {}))]
        if policy == "if-it-saves-a-segment":
            written = self.read("gsm7", {})
            if all_sent(written):
                return [("gsm7", written), ("gsm7", substituted)]
        return [("gsm7", substituted)]

    def gsm7_or_ucs2(self, table: dict[str, str]) -> tuple[str, list[Piece]]:
        pieces = self.read("gsm7", table)
        return ("gsm7", pieces) if all_sent(pieces) else ("ucs2", self.read("ucs2", table))

    def read(self, encoding: str, table: dict[str, str]) -> list[Piece]:
        pieces: list[Piece] = []
        place = 0
        ends = dict(self.links)
        while place < len(self.original):
            if place in ends:
                end = ends[place]
                link = ("https://" + "x" * 255)[: self.options["link_length"]]
                source = self.original[place:end]
                pieces.append(Piece(place, end, source, link, "placeholder", None, [1] * len(link)))
                place = end
                continue
            run = self.run_of_blanks(place) if self.collapses else None
            if run is not None:
                source, shown = run
                units = [2 if c == "\n" and self.rules.one_line_break else 1 for c in shown]
                pieces.append(
                    Piece(place, place + len(source), source, shown, "substitution", None, units, True)
                )
                place += len(source)
                continue
            for text, replacement in self.rules.placeholders:
                if self.original.startswith(text, place):
                    end = place + len(text)
                    pieces.append(
                        Piece(place, end, text, replacement, "placeholder", None, [1] * len(replacement))
                    )
                    place = end
                    break
            else:
                length = 1
                if self.rules.one_line_break and self.original[place : place + 2] == "\r\n":
                    length = 2
                source = self.original[place : place + length]
                pieces.append(self.piece_in(encoding, place, place + length, source, table))
                place += length
        return pieces

    def piece_in(self, encoding: str, start: int, end: int, source: str, table: dict[str, str]) -> Piece:
        if encoding == "gsm7":
            return self.piece_in_gsm7(start, end, source, table)
        if encoding == "ucs2":
            return self.piece_in_ucs2(start, end, source, table)
        if encoding == "utf8":
            return self.piece_in_utf8(start, end, source)
        return self.piece_in_latin1(start, end, source)

    def run_of_blanks(self, place: int) -> tuple[str, str] | None:
        """The run that begins at a place, and what replaces it; None if it stays unchanged."""
        rules = self.rules
        of_runs = rules.blanks + ("" if rules.breaks is None else "\r\n")
        if self.original[place] not in of_runs:
            return None
        if place and self.original[place - 1] in of_runs:
            return None
        end = place
        while end < len(self.original) and self.original[end] in of_runs:
            end += 1
        run = self.original[place:end]
        number = run.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        shown = "\n" * min(number, rules.breaks) if rules.breaks and number else " "
        return None if shown == run else (run, shown)

    def piece_in_gsm7(self, start: int, end: int, source: str, table: dict[str, str]) -> Piece:
        rules = self.rules
        if rules.one_line_break and source in ("\r\n", "\r", "\n"):
            return Piece(start, end, source, "\n", None if source == "\n" else "line-break", None, [2])
        if source == "\x1b" or is_half(source):
            return Piece(start, end, source, "?", rules.outside, "invalid-character", [1])
        if any(c in rules.wide or c not in rules.alphabet for c in table.get(source, "")):
            return self.unknown(start, end, source)
        if source in table:
            shown = table[source]
            reason = "substitution" if shown else "deletion"
            return Piece(start, end, source, shown, reason, None, [rules.alphabet[c] for c in shown])
        if source in rules.alphabet:
            return Piece(start, end, source, source, None, None, [rules.alphabet[source]])
        return self.unknown(start, end, source)

    def unknown(self, start: int, end: int, source: str) -> Piece:
        problem = "lossy-substitution" if self.rules.outside == "lossy" else "unmapped-character"
        return Piece(start, end, source, "?", self.rules.outside, problem, [1])

    def piece_in_latin1(self, start: int, end: int, source: str) -> Piece:
        if source == "\x1b" or is_half(source):
            return Piece(start, end, source, "?", self.rules.outside, "invalid-character", [1])
        if source > "\xff":
            return Piece(start, end, source, "?", self.rules.outside, "unmapped-character", [1])
        return Piece(start, end, source, source, None, None, [1])

    def piece_in_utf8(self, start: int, end: int, source: str) -> Piece:
        piece = self.piece_in_ucs2(start, end, source, {})
        if self.rules.one_line_break and piece.shown == "\n":
            return piece
        piece.units = [len(piece.shown.encode("utf-8", "surrogatepass"))]
        return piece

    def piece_in_ucs2(self, start: int, end: int, source: str, table: dict[str, str]) -> Piece:
        if self.rules.one_line_break and source in ("\r\n", "\r", "\n"):
            return Piece(start, end, source, "\n", None if source == "\n" else "line-break", None, [2])
        if source in table:
            shown = table[source]
            reason = "substitution" if shown else "deletion"
            return Piece(start, end, source, shown, reason, None, [1] * len(shown))
        if self.rules.wide:
            if source == "\x1b" or is_half(source):
                return Piece(start, end, source, "?", self.rules.outside, "invalid-character", [1])
            if source not in self.rules.alphabet and source not in self.rules.wide:
                return self.unknown(start, end, source)
        problem = None
        if source == "\x1b" or is_half(source):
            problem = "invalid-character"
        return Piece(start, end, source, source, None, problem, [2 if ord(source) > 0xFFFF else 1])

    def units_of(self, character: str) -> int:
        """The units of a character of the mention, to which no table applies."""
        if self.rules.one_line_break and character == "\n":
            return 2
        if self.encoding == "gsm7":
            return self.rules.alphabet.get(character, 1)
        if self.encoding == "utf8":
            return len(character.encode("utf-8"))
        return 2 if character > "\uffff" else 1

    # --- sums

    def billed(self, pieces: list[Piece]) -> int:
        if self.rules.counting == "segments":
            return len(self.segment_sizes(pieces))
        units = units_in(pieces)
        if units == 0:
            return 0
        if self.rules.one_piece:
            return 1 if self.rules.billed_once else (units + self.rules.one_piece - 1) // self.rules.one_piece
        if units <= self.single[self.encoding]:
            return 1
        segments = 0
        while segments * self.part[self.encoding] < units:
            segments += 1
        return segments

    def capacity(self, pieces: list[Piece]) -> int:
        if self.rules.one_piece:
            return max(
                units_in(pieces),
                self.rules.one_piece * (1 if self.rules.billed_once else self.billed(pieces)),
            )
        single = self.single[self.encoding]
        return single if units_in(pieces) <= single else self.part[self.encoding]

    def segment_sizes(self, pieces: list[Piece]) -> list[int]:
        """How many shown characters each transmitted message has: none has half a character."""
        capacity = self.capacity(pieces)
        weights = [units for piece in pieces for units in piece.units]
        sizes: list[int] = []
        used = capacity
        if self.rules.split_at:
            return self.words_in_segments(shown_by(pieces), weights, capacity)
        if not self.rules.whole_clusters:
            for units in weights:
                if used + units > capacity:
                    sizes.append(0)
                    used = 0
                sizes[-1] += 1
                used += units
            return sizes
        for start, end in visible_clusters(shown_by(pieces)):
            whole = sum(weights[start:end]) <= capacity
            if used and used + sum(weights[start:end]) > capacity:
                used = capacity  # a cluster that no segment holds begins a new one, too
            for group in [range(start, end)] if whole else [range(at, at + 1) for at in range(start, end)]:
                units = sum(weights[place] for place in group)
                if used + units > capacity:
                    sizes.append(0)
                    used = 0
                sizes[-1] += len(group)
                used += units
        return sizes

    def words_in_segments(self, text: str, units: list[int], capacity: int) -> list[int]:
        """The same where words, the characters between those of `split_at`, are kept whole."""
        sizes, used = [0] if text else [], 0
        word: list[int] = []
        for place, character in enumerate(text):
            word.append(units[place])
            apart = character in self.rules.split_at
            if not (apart or place + 1 == len(text) or text[place + 1] in self.rules.split_at):
                continue
            if used + sum(word) > capacity:
                if used:
                    sizes.append(0)
                used = 0
                for unit in word:  # one that no segment holds is cut by characters
                    if used + unit > capacity:
                        sizes.append(0)
                        used = 0
                    sizes[-1] += 1
                    used += unit
            else:
                sizes[-1] += len(word)
                used += sum(word)
            word = []
        return sizes

    def segments(self, pieces: list[Piece]) -> list[ShownSegment]:
        capacity = self.capacity(pieces)
        units = [units for piece in pieces for units in piece.units]
        text = shown_by(pieces)
        segments = []
        start = 0
        for size in self.segment_sizes(pieces):
            end = start + size
            segments.append(ShownSegment(text[start:end], sum(units[start:end]), capacity))
            start = end
        return segments

    def too_many(self, pieces: list[Piece]) -> str | None:
        billed = self.billed(pieces)
        if self.limit is not None and billed > self.limit:
            return "too-long"
        if self.limit is None and billed > self.rules.most_segments:
            # 255 is the standard's own limit; a smaller one is the vendor's.
            return "too-many-segments" if self.rules.most_segments == MOST_SEGMENTS else "too-long"
        by_segments = self.rules.counting == "segments"
        if max(billed, 0 if by_segments else len(self.segment_sizes(pieces))) > MOST_SEGMENTS:
            return "too-many-segments"
        return None

    def too_many_characters(self, pieces: list[Piece]) -> bool:
        if self.rules.most_characters is None:
            return False
        # As written, except for line breaks and placeholders, which are replaced by then.
        if not self.rules.limited:
            pieces = [piece for piece in pieces if piece.start != -1]
        changed = ("line-break", "placeholder")
        written = "".join(p.shown if p.reason in changed or p.collapsed else p.source for p in pieces)
        actual = {
            "characters": len(written),
            "utf-16": len(written.encode("utf-16-le", "surrogatepass")) // 2,
            "octets": len(written.encode("utf-8", "surrogatepass")),
            "shown": len(shown_by(pieces)),
            "units": units_in(pieces),
        }[self.rules.counted]
        if self.rules.most_for_several and (self.options.get("recipient_count") or 1) > 1:
            return actual > self.rules.most_for_several[self.encoding]
        return actual > self.rules.most_characters[self.encoding]

    def does_not_fit(self, pieces: list[Piece]) -> bool:
        return self.too_many(pieces) is not None or self.too_many_characters(pieces)

    # --- the cut

    def longest_prefix(self, tail: list[Piece]) -> list[Piece]:
        """As many whole grapheme clusters as fit with `tail` after them."""
        cluster_ends = []
        place = 0
        for cluster in regex.findall(r"\X", self.original):
            place += len(cluster)
            cluster_ends.append(place)
        for place in reversed(cluster_ends):
            kept = [piece for piece in self.pieces if piece.end <= place]
            if not self.does_not_fit(self.framed(kept, tail)):
                return kept
        first_cluster = [piece for piece in self.pieces if piece.end <= cluster_ends[0]]
        for length in range(len(first_cluster), 0, -1):
            if not self.does_not_fit(self.framed(first_cluster[:length], tail)):
                return first_cluster[:length]
        return []

    def holds_mention(self, pieces: list[Piece]) -> bool:
        assert self.mention is not None
        text = shown_by(pieces)
        if self.mention.as_written:
            text = "".join(piece.source for piece in pieces)
        return is_own(self.mention, text)

    # --- the plan

    def answer(self, guess: int | None = None) -> Answer:
        answer = self.answer_within_the_limit()
        return answer._replace(remaining=self.remaining(answer, guess))

    def answer_within_the_limit(self) -> Answer:
        """If the sender cuts, what is kept is the longest beginning that fits when planned by itself."""
        if not self.truncate or (self.rules.vendor_cuts and not self.cuts_words):
            return self.answer_of_all()
        whole = self.alone(self.original)
        if whole.text == "" or not whole.excessive:
            return whole
        if self.cuts_words:
            return self.abridged() or whole
        clusters = [match.span() for match in regex.finditer(r"\X", self.original)]
        first_cluster = range(1, clusters[0][1])
        inside = self.inside_placeholders()
        for places in ([end for _, end in clusters], first_cluster):
            for place in reversed(places):
                if place in inside or self.is_hopeless(place) or self.makes_link(place):
                    continue
                kept = self.alone(self.original[:place], briefly=True)
                if kept.text and not kept.excessive:
                    return self.cut_to(self.alone(self.original[:place]), place)
        return whole

    def alone(self, text: str, *, briefly: bool = False, **options: Any) -> Answer:
        """A text by itself, of which nothing is cut; `briefly` with no problems but those of the limits."""
        asked = {**self.options, **options, "truncate": False, "truncate_mark": None}
        reading = _Reading(text, self.rules, asked)
        reading.is_brief = briefly
        return reading.answer_of_all()

    # --- words

    def abridged(self) -> Answer | None:
        """What is kept where words are cut: the first of all ways that fits."""
        fields: list[Span] = []
        if self.rules.placeholders or self.links or self.collapses:
            pieces = self.read("ucs2", {})
            fields = [(piece.start, piece.end) for piece in pieces if piece.reason == "placeholder"]
        held = None
        if self.mention is not None and (self.commercial or self.optout != "never"):
            held = place_of(self.mention, self.original)
        ways = Abridged(self.original, self.things, fields, held)
        for introduced, bare in ways.groups():
            found = self.longest_before(ways, introduced)
            if found is None or (found.encoding == "ucs2" and self.asked_encoding != "ucs2"):
                other = self.longest_before(ways, bare)
                if found is None or (other is not None and other.encoding == "gsm7"):
                    found = other
            if found is not None:
                return found
        for number in range(4):
            for place in ways.places(number):
                if (found := self.fitting(ways, place, [])) is not None:
                    return found
        return None

    def longest_before(self, ways: Abridged, blocks: list[Span]) -> Answer | None:
        """The longest beginning that fits with the blocks that are added to it."""
        if self.fitting(ways, 0, blocks) is None:
            return None
        for place in (*ways.places(0), *(end for _, end in blocks), 0):
            if any(start < place < end for start, end in blocks):
                continue
            behind = [block for block in blocks if block[0] >= place]
            if (found := self.fitting(ways, place, behind)) is not None:
                return found
        return None

    def fitting(self, ways: Abridged, place: int, blocks: list[Span]) -> Answer | None:
        wide = any(character not in self.rules.alphabet for character in self.mark)
        way = ways.way(place, blocks, "" if wide else self.mark)
        found = self.fitting_way(way)
        if found is not None and wide and found.encoding == "ucs2":
            return self.fitting_way(ways.way(place, blocks, self.mark))
        return found

    def fitting_way(self, way: Way) -> Answer | None:
        kept = way.kept(self.original)
        left_out = sum(map(kept.count, ["\r\n", *self.deleted]))
        is_as_long = not (self.rules.placeholders or self.links or self.collapses)
        if is_as_long and self.is_hopeless_in_characters(len(kept) - left_out):
            return None
        alone = self.alone(kept, briefly=True)
        # What is added is shown as it is.
        added = alone.prefix + way.mark + alone.suffix + alone.optout
        if len(alone.text) <= len(added) or alone.excessive:
            return None
        return self.abridged_to(self.alone(kept), way)

    def abridged_to(self, kept: Answer, way: Way) -> Answer:
        """The plan of what is kept, as the plan of the whole text."""
        moved: list[tuple[int, int, int]] = []
        place = 0
        for number, (start, end) in enumerate([*way.cuts, (len(self.original), len(self.original))]):
            before = sum(stop - begin for begin, stop in way.cuts[:number])
            added = len(way.mark) if number == len(way.cuts) else 0
            moved.append((place - before + added, start - before + added, before - added))
            place = end

        def at(begin: int, stop: int) -> list[tuple[int, int]]:
            """Where that was: on both sides of a cut, if it has come together from there."""
            return [
                (max(begin, first) + more, min(stop, last) + more)
                for first, last, more in moved
                if max(begin, first) < min(stop, last)
            ]

        changes = [(start, end, *change[2:]) for change in kept.changes for start, end in at(*change[:2])]
        for start, end in way.cuts:
            mark = way.mark if (start, end) == way.cuts[-1] else ""
            changes.append((start, end, self.original[start:end], mark, "truncated"))
        problems: list[tuple[str, str, int | None, int | None]] = []
        for code, severity, begin, stop in kept.problems:
            places = [(None, None)] if begin is None or stop is None else at(begin, stop)
            problems += [(code, severity, start, end) for start, end in places]
        problems += [("truncated", "warning", start, end) for start, end in way.cuts]
        return kept._replace(
            truncated=sum(end - start for start, end in way.cuts),
            changes=sorted(changes),
            problems=sorted(problems, key=by_code),
        )

    def inside_placeholders(self) -> set[int]:
        """The places at which what the vendor replaces as a whole would be cut."""
        if not self.rules.placeholders and not self.links and not self.collapses:
            return set()
        return {
            place
            for piece in self.read("ucs2", {})
            if piece.reason == "placeholder" or piece.collapsed
            for place in range(piece.start + 1, piece.end)
        }

    def makes_link(self, place: int) -> bool:
        """Whether a cut makes a link of what is none."""
        if self.options.get("link_length") is None:
            return False
        found: list[Span] = self.options["links_of"](self.original[:place])
        return any(link not in self.links for link in found)

    def is_hopeless(self, place: int) -> bool:
        """Whether a prefix has more units than all segments have room for: only to save the test's time."""
        if self.links or self.collapses:
            return False
        left_out = sum(self.original.count(c, 0, place) for c in ["\r\n", *self.deleted])
        if not self.rules.placeholders and self.is_hopeless_in_characters(place - left_out):
            return True
        if self.limit is None or self.languages:
            return False
        prefix = _Reading(self.original[:place], self.rules, self.options)
        return all(
            units_in(pieces) > max(self.single[encoding], self.limit * self.part[encoding])
            for encoding, pieces in prefix.candidates()
        )

    def is_hopeless_in_characters(self, characters: int) -> bool:
        """The same for so many characters, of which none is deleted and each takes a unit or more."""
        encoding = "ucs2" if self.asked_encoding == "ucs2" and self.rules.unicode else "gsm7"
        room = max(SINGLE[encoding], self.rules.one_piece)
        if self.limit is not None and characters > room * self.limit:
            return True
        limits = [self.rules.most_characters, self.rules.most_for_several]
        most = [number for limit in limits if limit for number in limit.values()]
        return most != [] and characters > max(most)

    def cut_to(self, kept: Answer, place: int) -> Answer:
        """The plan of what is kept, as the plan of the whole text."""
        tail = len(self.original) - place
        cut = (place, len(self.original), self.original[place:], "", "truncated")
        problem = ("truncated", "warning", place, len(self.original))
        return kept._replace(
            truncated=tail,
            changes=[*kept.changes, cut],
            problems=sorted([*kept.problems, problem], key=by_code),
        )

    def answer_of_all(self) -> Answer:
        if self.languages and self.asked_encoding in ("auto", "gsm7"):
            found = self.answer_with_tables()
            if found is not None:
                return found
        answers: list[tuple[Answer, int]] = []
        for encoding, pieces in self.candidates():
            self.encoding, self.pieces = encoding, pieces
            answer = self.answer_in_one_way()
            if self.cannot_be_said(answer):
                # With the mention the message has to be UCS-2, as its policy has that.
                substitutes = self.rules.policy == "always" or len(answers) == 1
                table = self.rules.table if substitutes else {}
                self.encoding, self.pieces = "ucs2", self.read("ucs2", table)
                answer = self.answer_in_one_way()
            answers.append((answer, self.uncut))
        (written, uncut), *substituted = answers
        if substituted and 0 < substituted[0][1] < uncut:
            return substituted[0][0]
        return written

    # --- national tables

    def pairs(self) -> list[Pair]:
        """Every pair of tables, those with the smaller header first."""
        locking = [None, *(language for language in self.languages if language in LOCKING)]
        pairs: list[Pair] = [(one, other) for one in locking for other in (None, *self.languages)]
        return sorted(pairs, key=lambda pair: (pair[0] is not None) + (pair[1] is not None))

    def answer_with_tables(self) -> Answer | None:
        """The best of the tables that lose the fewest characters; none if UCS-2 would lose none."""
        found: list[tuple[int, _Reading]] = []
        added = self.added_to_every_text()
        weighed = added + (self.mention.added if self.mention else "")
        seen = []
        for pair in self.pairs():
            # Tables with a larger header and all of this text for as much: to save the test's time.
            rules = tabled(self.untabled, pair)
            shown = [rules.table.get(character, character) for character in {*self.original}]
            weights = [rules.alphabet.get(c) for c in sorted({*"".join(shown), *self.original, *weighed})]
            if weights in seen:
                continue
            seen.append(weights)
            reading = self.in_tables(self.original, pair)
            if not reading.is_wide(added):
                lost = sum(piece.problem is not None for piece in reading.pieces)
                found.append((lost, reading))
        fewest = min((lost for lost, _ in found), default=0)
        if not found or (fewest and self.rules.unicode and self.asked_encoding == "auto"):
            return None
        answers = []
        found = [(lost, reading) for lost, reading in found if lost == fewest]
        if len(found) == 1:
            return found[0][1].answer_in_one_way()
        for _, reading in found:
            answer = reading.answer_in_one_way()
            rank = answer.truncated, answer.billed_segments, not answer.optout, -reading.letters(answer)
            answers.append((rank, answer))
        return min(answers, key=itemgetter(0))[1]

    def added_to_every_text(self) -> str:
        mention = self.mention.added if self.mention and self.optout == "always" else ""
        return self.prefix + self.suffix + mention

    def room_of_one(self, encoding: str) -> int:
        """What one message holds; of national tables, in the first that hold what is added to every text."""
        for pair in self.pairs() if self.languages and encoding == "gsm7" else []:
            reading = self.in_tables("", pair)
            if not reading.is_wide(self.added_to_every_text()):
                return reading.single[encoding]
        return self.single[encoding]

    def in_tables(self, text: str, pair: Pair | None, **options: Any) -> _Reading:
        reading = _Reading(text, self.untabled, {**self.options, **options}, self.things, pair)
        reading.encoding = "gsm7"
        reading.truncate = self.truncate
        reading.is_brief = self.is_brief
        reading.pieces = reading.read("gsm7", reading.rules.table)
        return reading

    def letters(self, answer: Answer) -> int:
        """How many letters more are free with these tables."""
        if answer.billed_segments == 0:
            return self.single["gsm7"]
        kept = self.original[: len(self.original) - answer.truncated]
        forced = self.links_as_in(kept)

        def is_free(letters: int) -> bool:
            longer = self.in_tables(kept + "a" * letters, self.pair, **forced)
            longer.truncate = False
            return longer.answer_in_one_way().billed_segments <= answer.billed_segments

        return largest(is_free, 160 * answer.billed_segments + 1)

    def cannot_be_said(self, answer: Answer) -> bool:
        return self.encoding == "gsm7" and self.is_wide(answer.optout)

    def answer_in_one_way(self) -> Answer:
        whole = self.pieces
        if shown_by(whole) == "":
            return self.report(whole, [], "not-required", ["empty-message"])
        kept = whole
        if self.truncate and self.does_not_fit(self.framed(whole, [])):
            kept = self.longest_prefix([])
            if shown_by(kept) == "":
                kept = whole
        if self.mention is None or (not self.commercial and self.optout == "never"):
            return self.report(kept, [], "not-required", [])
        if self.holds_mention(kept):
            return self.report(kept, [], "already-there", [])
        if self.optout == "never":
            return self.report(kept, [], "missing", ["optout-missing"])
        if self.optout == "if-free":
            if self.is_free(kept):
                return self.report(kept, self.mention_pieces(), "added", self.assumed())
            if self.commercial:
                return self.report(kept, [], "missing", ["optout-not-added", "optout-missing"])
            return self.report(kept, [], "not-added", ["optout-not-added"])
        return self.always(kept)

    def is_free(self, kept: list[Piece]) -> bool:
        if self.encoding == "gsm7" and self.is_wide(shown_by(self.mention_pieces())):
            return False
        longer = self.framed(kept, self.mention_pieces())
        if self.billed(longer) != self.billed(self.framed(kept, [])) or self.too_many_characters(longer):
            return False  # what makes the vendor refuse the message is not free
        if self.rules.threshold is None:
            return True
        if self.encoding == "ucs2":
            return units_in(longer) <= self.single["ucs2"]
        return units_in(kept) <= self.rules.threshold

    def always(self, kept: list[Piece]) -> Answer:
        mention = self.mention_pieces()
        if self.truncate and self.does_not_fit(self.framed(self.pieces, mention)):
            kept = self.longest_prefix(mention)
            if shown_by(kept) == "":
                kept = self.pieces
                if self.holds_mention(kept):
                    return self.report(kept, [], "already-there", [])
        return self.report(kept, mention, "added", self.assumed())

    def assumed(self) -> list[str]:
        assert self.mention is not None
        return ["optout-unspecified"] if self.mention.may_change else []

    def report(self, kept: list[Piece], mention: list[Piece], status: str, problems: list[str]) -> Answer:
        everything = self.framed(kept, mention)
        units = units_in(everything)
        billed = self.billed(everything)
        self.uncut = self.billed(self.framed(self.pieces, mention)) if units else 0
        cut = kept[-1].end if kept else 0
        truncated = len(self.original) - cut
        limits = ["too-many-characters"] if self.too_many_characters(everything) and units else []
        excess = self.too_many(everything)
        if excess is not None:
            limits.append(excess)
        answer = Answer(
            encoding=self.encoding,
            text=shown_by(everything),
            units=units,
            billed_segments=billed,
            remaining=0,
            segments=[],
            changes=[],
            prefix=self.prefix if units else "",
            suffix=self.suffix if units else "",
            optout=shown_by(mention),
            optout_status=status,
            truncated=truncated,
            problems=[(code, _severity(code), None, None) for code in limits],
        )
        if self.is_brief:
            return answer

        segments = self.segments(everything)
        whole = [(code, None, None) for code in [*problems, *limits]]
        written = self.original[: kept[-1].end if kept else 0]
        asks = self.mention is not None and self.mention.short_code and status != "not-required"
        if asks and holds_another_number(self.mention, written):
            whole.append(("optout-other-number", None, None))
        if self.asked_encoding == "ucs2" and not self.rules.unicode:
            whole.append(("unicode-unavailable", None, None))
        encoding = self.encoding
        if self.commercial and self.rules.no_marketing:
            whole.append(("commercial-refused", None, None))
        if encoding == "ucs2" and self.rules.account_option:
            whole.append(("account-option-needed", None, None))
        added = self.prefix + self.suffix + shown_by(mention)
        if units and encoding == "ucs2" and self.asked_encoding == "auto" and self.is_wide(added):
            reading = _Reading(written, self.rules, self.options)
            if all_sent(reading.read("gsm7", self.rules.table)):
                whole.append(("added-text-unicode", None, None))
        if self.rules.billed_once and units > self.rules.one_piece:
            whole.append(("rcs-single", None, None))
        if billed != len(segments) and not self.rules.one_piece:
            whole.append(("boundary-overflow", None, None))
        for table_encoding, with_mention, totals in self.rules.documented:
            alone = units_in(kept)
            if units and table_encoding == encoding and with_mention == bool(mention) and alone <= totals[-1]:
                documented = next(number for number, total in enumerate(totals, 1) if alone <= total)
                if documented != billed:
                    whole.append(("documented-otherwise", None, None))
        placed = merged([(piece.problem, piece.start, piece.end) for piece in kept if piece.problem])
        placed += merged(self.tags(self.original[:cut]))
        changes = [
            (piece.start, piece.end, piece.source, piece.shown, piece.reason)
            for piece in kept
            if piece.reason
        ]
        if truncated:
            placed.append(("truncated", cut, len(self.original)))
            changes.append((cut, len(self.original), self.original[cut:], "", "truncated"))
        return answer._replace(
            segments=segments,
            changes=changes,
            problems=sorted(
                [(code, _severity(code), start, end) for code, start, end in [*whole, *placed]],
                key=by_code,
            ),
        )

    def links_as_in(self, kept: str) -> dict[str, Any]:
        """The option by which a longer text has the links of this one: no letter becomes a part of one."""
        if self.options.get("link_length") is None:
            return {}
        links = self.options["links_of"](kept)
        return {"links_of": lambda _: links}

    def remaining(self, answer: Answer, guess: int | None) -> int:
        """How often the letter a may be added at the end, and no further segment is billed.

        By trying; not every number below is tried, since one letter more never costs less here.
        """
        if answer.billed_segments == 0:
            return self.rules.one_piece or self.room_of_one(answer.encoding)
        if self.rules.billed_once:
            # Up to here it has the price of a basic message, and beyond it no letter costs another segment.
            return max(0, self.rules.one_piece - answer.units)
        kept = self.original[: len(self.original) - answer.truncated]
        if self.cuts_words and answer.truncated:
            kept = self.original
            for start, end, _, mark, reason in reversed(answer.changes):
                if reason == "truncated":
                    kept = kept[:start] + mark + kept[end:]
        # A text that the vendor has cut keeps its encoding, even if it would have another by itself.
        vendor_cuts = self.rules.vendor_cuts and not self.cuts_words
        forced: dict[str, Any] = {"encoding": answer.encoding} if answer.truncated and vendor_cuts else {}

        forced |= self.links_as_in(kept)

        def is_free(letters: int) -> bool:
            longer = self.alone(kept + "a" * letters, briefly=True, **forced)
            return longer.billed_segments <= answer.billed_segments

        if guess is not None and (guess == 0 or is_free(guess)) and not is_free(guess + 1):
            return guess
        return largest(is_free, 160 * answer.billed_segments + 1)

    def tags(self, kept: str) -> list[tuple[str, int, int]]:
        places = []
        for tag in self.rules.tags:
            place = 0
            while place < len(kept):
                found_here = kept.startswith(tag, place)
                if found_here:
                    places.append(("vendor-tag", place, place + len(tag)))
                place += len(tag) if found_here else 1
        return sorted(places)


def is_half(source: str) -> bool:
    """Whether it is half a character, which no encoding has."""
    return len(source) == 1 and 0xD800 <= ord(source) <= 0xDFFF


def largest(is_free: Callable[[int], bool], costly: int) -> int:
    """The largest number below one that costs too much that does not, where more never costs less."""
    free = 0
    while costly - free > 1:
        tried = (free + costly) // 2
        if is_free(tried):
            free = tried
        else:
            costly = tried
    return free


def by_code(problem: tuple[str, str, int | None, int | None]) -> tuple[str, int]:
    return problem[0], -1 if problem[2] is None else problem[2]


def shown_by(pieces: list[Piece]) -> str:
    return "".join(piece.shown for piece in pieces)


def visible_clusters(shown: str) -> list[tuple[int, int]]:
    """The places of each grapheme cluster; CR before LF is two."""
    clusters = []
    place = 0
    for cluster in regex.findall(r"\X", shown):
        for part in ["\r", "\n"] if cluster == "\r\n" else [cluster]:
            clusters.append((place, place + len(part)))
            place += len(part)
    return clusters


def all_sent(pieces: list[Piece]) -> bool:
    return all(piece.problem is None for piece in pieces)


def units_in(pieces: list[Piece]) -> int:
    total = 0
    for piece in pieces:
        for units in piece.units:
            total += units
    return total


def merged(problems: list[tuple[str, int, int]]) -> list[tuple[str, int | None, int | None]]:
    """Problems of one code that touch or overlap become one."""
    result: list[tuple[str, int, int]] = []
    for code, start, end in problems:
        if result and result[-1][0] == code and result[-1][2] >= start:
            result[-1] = (code, result[-1][1], max(result[-1][2], end))
        else:
            result.append((code, start, end))
    return [*result]


def is_own(mention: Mention, text: str) -> bool:
    return any(found(pattern, text, mention.any_case, mention.not_theirs) for pattern in mention.patterns)


def place_of(mention: Mention, text: str) -> Span | None:
    """Where a text holds a mention for the last time, in its longest form there."""
    places = [
        (start, end)
        for pattern in mention.patterns
        for start, end in all_found(pattern, text, mention.any_case, mention.not_theirs)
    ]
    return max(places, default=None)


# A mention that asks for a reply to some short code: the words after STOP.
ASKS = ["#####", ": #####", " au #####", " SMS #####", " SMS: #####", " SMS au #####"]


def holds_another_number(mention: Mention | None, text: str) -> bool:
    """Whether a text asks for an answer to a short code that is not the one of the mention."""
    assert mention is not None
    for start in range(len(text)):
        if text[start : start + 4] not in ("STOP", "Stop", "stop") or is_word(text[start - 1 : start]):
            continue
        for words in ASKS:
            pattern = pattern_of(words.replace("#####", " ")) + [DIGIT] * 5
            end = end_of_match(pattern, text, start + 4, True)
            if end is None or is_word(text[end : end + 1]):
                continue
            number = text[end - 5 : end]
            forms = [mention.added, *mention.patterns]
            theirs = " ".join(
                "".join(c if c in "0123456789" else " " for c in form) for form in forms
            ).split()
            if number not in theirs and not is_own(mention, text[start:end]):
                return True
    return False


def found(pattern: Pattern, text: str, any_case: bool = True, not_theirs: tuple[str, ...] = ()) -> bool:
    """Whether a text holds a mention: any case, any spacing, whole words and numbers."""
    return any(True for _ in all_found(pattern, text, any_case, not_theirs))


def all_found(
    pattern: Pattern, text: str, any_case: bool, not_theirs: tuple[str, ...]
) -> Iterator[tuple[int, int]]:
    """Where it does."""
    for start in range(len(text)):
        end = end_of_match(pattern, text, start, any_case)
        if end is None or (DIGIT in pattern and text[end - 5 : end] in not_theirs):
            continue
        glued_before = is_word(text[start : start + 1]) and is_word(text[start - 1 : start])
        glued_after = is_word(text[end - 1 : end]) and is_word(text[end : end + 1])
        if not glued_before and not glued_after:
            yield start, end


def end_of_match(pattern: Pattern, text: str, place: int, any_case: bool) -> int | None:
    for wanted in pattern:
        if wanted == SPACE:
            while place < len(text) and regex.fullmatch(r"\s", text[place]):
                place += 1
            continue
        if place == len(text):
            return None
        if wanted == DIGIT:
            if text[place] not in "0123456789":
                return None
        elif text[place] != wanted and not (any_case and text[place].casefold() == wanted.casefold()):
            return None
        place += 1
    return place


def is_word(character: str) -> bool:
    return regex.fullmatch(r"\w", character) is not None
