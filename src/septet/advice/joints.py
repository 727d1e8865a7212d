"""Joints: where something is left out of a text, what was on both sides of it must not run together."""

from __future__ import annotations

import re
import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from .ways import Way

# Readers saw what these leave out; other characters without a replacement were not visible.
_SEEN = ("emoji", "invalid")

# Between words: a space, or a no-break one.
_BLANKS = frozenset(" \u00a0\u202f")

_OPENING = "([{«¿¡“‘"
_CLOSING = ")]}»”!?…"
# These close a sentence, unless they begin a word, a number or an emoticon: ".fr", ":)".
_CLOSING_ALONE = ".,;:"
# After these a word begins with a blank.
_BEFORE_A_BLANK = _CLOSING + _CLOSING_ALONE + "%€$£¥"

_ENDS_A_LINK = re.compile(r"[.,;:!?')\]}]*(?:[\s\"<>]|\Z)")


def smoothed(text: str, ways: Sequence[Way], open_ends: AbstractSet[int] = frozenset()) -> list[Way]:
    """The same ways, changed so that what they leave out joins nothing and leaves no extra blank.

    A blank goes between letters and digits that would meet. One of the blanks around what is left out
    remains, and none at the end of a line or on the inner side of punctuation, unless it was there.
    After `open_ends`, such as that of a link, a blank separates what would become a part of it. Work
    is linear in the text.
    """
    if not may_join(ways, open_ends):
        return list(ways)
    smooth = _Smooth(text)
    number = 0
    while number < len(ways):
        way = ways[number]
        if _leaves_out(way):
            number = _leave_out(text, ways, number, smooth, open_ends)
            continue
        following = ways[number + 1] if number + 1 < len(ways) else None
        way = _apart(text, way, following, smooth)
        if way.start in open_ends and (
            _is_picture(way) or _runs_on(way.replacement + _right(text, way.end, ways, number + 1))
        ):
            way = way._replace(replacement=f" {way.replacement.removeprefix(' ')}")
        smooth.add([way])
        number += 1
    return smooth.ways


def may_join(ways: Sequence[Way], open_ends: AbstractSet[int]) -> bool:
    """Whether `smoothed` may change any of these ways, or of some of them."""
    return not open_ends.isdisjoint([way.start for way in ways]) or any(map(_needs_a_look, ways))


class _Smooth:
    """The ways taken so far, and what is written where they end, so that looking back takes no search."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.ways: list[Way] = []
        # After each way, the last two characters as they will be written, or fewer.
        self._written: list[str] = []

    @property
    def end(self) -> int:
        """Where the last way ends."""
        return self.ways[-1].end if self.ways else 0

    def add(self, ways: Sequence[Way]) -> None:
        """Takes more ways, which come after those taken so far."""
        for way in ways:
            before = self.before(way.start)
            self.ways.append(way)
            self._written.append((before + way.replacement)[-2:])

    def take_back(self) -> Way:
        """Removes the last way and returns it."""
        self._written.pop()
        return self.ways.pop()

    def before(self, place: int) -> str:
        """The last two characters before a place after all ways, as they will be written, or fewer."""
        between = self._text[max(self.end, place - 2) : place]
        return ((self._written[-1] if self._written else "") + between)[-2:]


def _needs_a_look(way: Way) -> bool:
    if way.step == "transliteration":
        return way.replacement.endswith(" ")  # as sounds of Chinese do
    return (not way.replacement and _leaves_out(way)) or _is_picture(way)


def _leaves_out(way: Way) -> bool:
    if way.replacement:
        return False
    return way.step in _SEEN or (way.step == "typography" and all(map(_is_control, way.source)))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


def _is_blank(way: Way) -> bool:
    return way.replacement == " "


def _leave_out(
    text: str, ways: Sequence[Way], number: int, smooth: _Smooth, open_ends: AbstractSet[int]
) -> int:
    """Adds to `smooth` a run of ways that leave something out, with blanks; returns the number after it."""
    first = ways[number]
    # Blanks before it: those of the text, and those that ways write.
    floor = smooth.end
    start = first.start
    before: list[Way] = []
    while start > 0:
        if start > floor and text[start - 1] in _BLANKS:
            start -= 1
        elif smooth.ways and smooth.end == start and _is_blank(smooth.ways[-1]):
            before.append(smooth.take_back())
            start = before[-1].start
            floor = smooth.end
        else:
            break
    before.reverse()
    # The run itself, up to the last way that leaves something out, and the blanks after that.
    run: list[Way] = [first]
    behind: list[Way] = []
    end = last = first.end
    number += 1
    inner_blank = False
    while True:
        if number < len(ways) and ways[number].start == end and _leaves_out(ways[number]):
            inner_blank = inner_blank or end > last
            run += [*behind, ways[number]]
            behind = []
            end = last = ways[number].end
            number += 1
        elif number < len(ways) and ways[number].start == end and _is_blank(ways[number]):
            behind.append(ways[number])
            end = ways[number].end
            number += 1
        elif text[end : end + 1] in _BLANKS and not (number < len(ways) and ways[number].start == end):
            end += 1
        else:
            break
    left, left_beyond = _last_two(smooth.before(start))
    right = _right(text, end, ways, number)
    kept = _kept(left, left_beyond, right, start < first.start, end > last, inner_blank)
    if start in open_ends and _runs_on(right):
        kept = "before" if start < first.start else "behind" if end > last else "new"
    if kept == "before":
        smooth.add(before)
        smooth.add(_gone(text, [*run, *behind], first.start, end))
    elif kept == "behind":
        smooth.add(_gone(text, [*before, *run], start, last))
        smooth.add(behind)
    else:
        gone = _gone(text, [*before, *run, *behind], start, end)
        if kept == "new":
            gone[0] = gone[0]._replace(replacement=" ")
        smooth.add(gone)
    return number


def _kept(left: str, left_beyond: str, right: str, before: bool, behind: bool, inner: bool) -> str:
    """Which blanks remain of a run: those ``before`` it, those ``behind`` it, a ``new`` one, or ``none``."""
    if not right or right[0] in "\r\n":
        return "none"
    if not left or left in "\r\n":
        return "none" if _closes(right) else "before"
    opens = left in _OPENING or (left == '"' and not left_beyond.strip())
    if _closes(right):
        return "none" if opens else "behind"
    if opens:
        return "before"
    if before:
        return "before"
    if behind:
        return "behind"
    meets = _is_word(right[0]) and (_is_word(left) or left in _BEFORE_A_BLANK)
    # "5" and ".10" do not make a number together.
    is_a_number = left.isdecimal() and right[0] in ".,:/-" and right[1:2].isdecimal()
    return "new" if inner or meets or is_a_number else "none"


def _runs_on(right: str) -> bool:
    """Whether what follows a link would become a part of it, being more than punctuation and a blank."""
    return right != "" and _ENDS_A_LINK.match(right) is None


def _closes(right: str) -> bool:
    first, second = right[0], right[1:2]
    if first == '"':
        return not _is_word(second)
    return first in _CLOSING or (first in _CLOSING_ALONE and not _is_word(second) and second != ")")


def _is_word(character: str) -> bool:
    """Whether it is a letter or a digit, or a mark of one."""
    return character.isalnum() or (character != "" and unicodedata.category(character)[0] == "M")


def _last_two(written: str) -> tuple[str, str]:
    """The last character, and the one before that; empty if there is none."""
    return written[-1:], written[-2:-1]


def _right(text: str, end: int, ways: Sequence[Way], number: int) -> str:
    """The next two characters after a place, as they will be written, or fewer."""
    while number < len(ways) and ways[number].start == end:
        written = ways[number].replacement
        if written:
            return (written + text[ways[number].end : ways[number].end + 1])[:2]
        end = ways[number].end
        number += 1
    return text[end : end + 2]


def _gone(text: str, ways: Sequence[Way], start: int, end: int) -> list[Way]:
    """Ways that leave out all of ``text[start:end]``, the blanks between them included."""
    places = [start, *(way.start for way in ways[1:]), end]
    return [
        way._replace(start=place, end=behind, source=text[place:behind], replacement="")
        for way, place, behind in zip(ways, places, places[1:], strict=False)
    ]


def _is_picture(way: Way) -> bool:
    """Whether it is separate from the words beside it, as a picture or a key is."""
    first = way.source[:1]
    return _is_key(way.source) or (
        way.step in ("emoticons", "signs") and ("\u2600" <= first <= "\u27bf" or first >= "\U0001f000")
    )


def _is_key(source: str) -> bool:
    """Whether it is a character in a key, a circle or the like: 1️⃣."""
    return not source.isascii() and unicodedata.category(source[-1]) == "Me"


def _apart(text: str, way: Way, following: Way | None, smooth: _Smooth) -> Way:
    """A picture's replacement, separate from words beside it, without an extra blank after a sound."""
    written = way.replacement
    if not written or not (way.step == "transliteration" or _is_picture(way)):
        return way
    if way.step == "transliteration" and not written.endswith(" "):
        return way
    right = _right(text, way.end, [following] if following else [], 0)
    if way.step == "transliteration":
        if not right.strip() or right[0].isspace() or _closes(right):
            return way._replace(replacement=written.rstrip(" "))
        return way
    before_a_key = following is not None and following.start == way.end and _is_key(following.source)
    # Adjacent keys are the digits of one number.
    if right and _is_word(written[-1]) and _is_word(right[0]) and not (before_a_key and _is_key(way.source)):
        written += " "
    left = smooth.before(way.start)[-1:]
    if not _is_key(way.source) and (
        (_is_word(written[0]) and _is_word(left)) or (written[0] == "<" and left.isdecimal())
    ):
        written = " " + written
    return way._replace(replacement=written)
