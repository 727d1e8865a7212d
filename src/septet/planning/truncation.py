"""Truncation: the longest beginning of a text that a number of billed segments holds.

Where the vendor cuts, it has chosen a coding for the whole text. Where the sender cuts, the kept text
is a text of its own, in the coding that it would have by itself: the longest beginning is looked for
in each coding that a beginning may take, only as far as it could fit.
"""

from __future__ import annotations

from septet.gsm.segmentation import clusters, grapheme_boundary

from .mentions import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .codings import Coding
    from .placeholders import Prepared
    from .terms import Terms


def longest_fitting(coding: Coding, text: str, with_mention: bool, limit: int, most: int) -> int:
    """How many characters of the text to keep, `most` at most; with room for the mention if asked.

    Never cuts a grapheme cluster, unless the first one is larger than all the room: that one is
    cut by characters. Looks at the text only as far as it could fit.
    """
    end = _characters_that_fit(coding, text, with_mention, limit, most)
    return grapheme_boundary(text, end) or end


def _characters_that_fit(coding: Coding, text: str, with_mention: bool, limit: int, most: int) -> int:
    room = coding.room(limit) - coding.around(with_mention)
    if room <= 0:
        return 0
    end = min(most, coding.prefix(text, room))
    if not coding.fits(text[:end], with_mention, limit):
        # Pairs that may not be cut leave units unused: step back, ever faster, then close in.
        too_many, step = end, 1
        while end > 0 and not coding.fits(text[:end], with_mention, limit):
            too_many, end, step = end, max(0, end - step), step * 2
        while too_many - end > 1:
            middle = (end + too_many) // 2
            if coding.fits(text[:middle], with_mention, limit):
                end = middle
            else:
                too_many = middle
    return end


def longest_alone(terms: Terms, prepared: Prepared) -> int:
    """How many characters of a prepared text to keep, so that they fit when planned by themselves.

    0 if none would fit. If not even the first cluster fits, it is cut by characters.
    """
    for whole_clusters in (True, False):
        places = {
            coding: _Cut(terms, prepared, coding, rivals, whole_clusters).place()
            for coding, rivals in _ways(terms)
        }
        longest = max(places.values())
        if longest and terms.languages is not None and "ucs2" not in terms.settings.encodings:
            longest = _longest_with_tables(terms, prepared, places)
        if longest:
            return longest
    return 0


def _longest_with_tables(terms: Terms, prepared: Prepared, places: dict[Coding, int]) -> int:
    """The same, where only those tables may be used that lose the fewest characters of a beginning."""
    assert terms.languages is not None
    text = prepared.text
    for place in range(max(places.values()), 0, -1):
        if grapheme_boundary(text, place) in (0, place) and prepared.outside_placeholders(place) == place:
            used = terms.languages.codings(text[:place])
            fits = any(places[coding] >= place for coding in used)
            if fits and prepared.place_of_cut(place) == place:
                return place
    return 0


def _ways(terms: Terms) -> Iterator[tuple[Coding, tuple[Coding, ...]]]:
    """Each coding that a beginning may take, and the codings that would be preferred to it."""
    before: tuple[Coding, ...] = ()
    if terms.languages is not None:
        before = terms.languages.all_codings()
        for coding in before:
            yield coding, ()
    for group in terms.groups:
        for place, coding in enumerate(group):
            # National tables include the default ones already.
            if not before or coding.encoding == "ucs2":
                yield coding, (*before, *group[:place])


class _Cut:
    """The longest beginning of a text in one coding, with its mention where one is added."""

    def __init__(
        self,
        terms: Terms,
        prepared: Prepared,
        coding: Coding,
        rivals: tuple[Coding, ...],
        whole_clusters: bool,
    ) -> None:
        self.settings = terms.settings
        self.prepared = prepared
        self.coding = coding
        self.rivals = rivals
        self.whole_clusters = whole_clusters

    def place(self) -> int:
        """Where to cut; 0 if no beginning takes this coding, fits, and shows something."""
        settings, text = self.settings, self.prepared.text
        place = self._longest(with_mention=False)
        if not self._is_taken(place):
            return 0
        mention = settings.mention
        if mention is None or not settings.searched or settings.optout != "always":
            return place
        shown = self.coding.show(text[:place])
        if holds(mention, self.prepared, place, shown):
            return place
        with_room = self._longest(with_mention=True) if self.coding.tail_units >= 0 else 0
        # What follows the mention may make it no mention, as a digit does; cut there, it is one.
        at_mention = self._behind_mention(with_room, place, shown)
        return next((found for found in (at_mention, with_room) if self._is_taken(found)), 0)

    def _longest(self, *, with_mention: bool) -> int:
        settings, text = self.settings, self.prepared.text
        most = len(text)
        if settings.character_limit is not None:
            mention = settings.added if with_mention else ""
            most = settings.character_limit.prefix(self.coding, text, mention)
        end = _characters_that_fit(self.coding, text, with_mention, settings.limit, most)
        if not self.whole_clusters:
            if grapheme_boundary(text, end):
                _, first = next(clusters(text, 0, end))
                end = first - 1
            return self.prepared.place_of_cut(end)
        place = grapheme_boundary(text, end)
        while place != (begin := self.prepared.place_of_cut(place)):
            place = grapheme_boundary(text, begin)
        return place

    def _is_taken(self, place: int) -> bool:
        """Whether the text up to there shows something and takes this coding."""
        text = self.prepared.text[:place]
        return self.coding.weights.units(text) > 0 and not any(
            rival.weights.units(text) >= 0 and self._holds_mention(rival, place) for rival in self.rivals
        )

    def _holds_mention(self, rival: Coding, place: int) -> bool:
        """Whether a rival carries the mention that the text up to there has to have."""
        mention = self.settings.mention
        if rival.tail_units >= 0 or mention is None or self.settings.optout != "always":
            return True
        return holds(mention, self.prepared, place, rival.show(self.prepared.text[:place]))

    def _behind_mention(self, start: int, end: int, shown: str) -> int:
        """The last place after `start`, up to `end`, where the text ends with its mention if it is cut."""
        mention, prepared = self.settings.mention, self.prepared
        text = prepared.text
        assert mention is not None
        at, tried = len(shown), -1
        for place in range(end, start, -1):
            written = prepared.original[prepared.place_in_original(place) - 1] if mention.as_written else ""
            # Deleted characters after the mention stay, and are no reason to look twice.
            if tried != at and mention.may_end_with(written or shown[at - 1]) and self._is_boundary(place):
                if holds(mention, prepared, place, shown[:at]):
                    return place
                tried = -1 if written else at
            at -= len(self.coding.show(text[place - 1]))
            if not at:
                break
        return 0

    def _is_boundary(self, place: int) -> bool:
        text = self.prepared.text
        return self.prepared.place_of_cut(place) == place and (
            not self.whole_clusters or grapheme_boundary(text, place) == place
        )
