"""Notes: what the reader of an SMS will see of an advice, in plain words."""

from __future__ import annotations

from collections import Counter

from septet.gsm.alphabets import language_name
from septet.wording.quoting import printable

from .foldings import loss_of
from .transliteration import concerns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from septet.gsm.alphabets import Tables

    from .spaces import Gap
    from .spots import Way

# So many different changes of one step are shown, and so much of what would be cut off.
_EXAMPLES = 4
_WORDS = 60

# What is shown of a replacement or of its source, at the most.
_LONGEST = 12

_SENTENCES = {
    "line-breaks": "Line breaks become line feeds, which look the same",
    "composition": "A letter and its marks become one character, which looks the same",
    "look-alikes": "Letters of another script become the Latin ones that are drawn alike",
    "typography": "Typographic signs become plain ones",
    "spaces": "Blanks that an SMS can miss are left out",
    "invalid": "What no SMS can carry is left out",
    "links": "Characters of a link are escaped; it leads to the same page",
    "ligatures": "Ligatures are written as their letters",
    "signs": "Signs are spelled with plain ones",
    "cedilla": "The small c with a cedilla becomes the capital one",
    "accents": "Letters lose an accent",
    "emoticons": "Emoji become emoticons",
    "greek": "Greek is written in capitals without accents",
    "transliteration": "Other scripts are written by their sound in Latin letters; read it before it is sent",
    "emoji": "Emoji are left out, and the reader misses them",
}

# Unidecode writes signs and Latin letters otherwise, too.
_PLAIN_LETTERS = "Letters and signs are spelled with plain ones; read it before it is sent"


def note_of_ways(ways: Sequence[Way]) -> str:
    """One sentence for each step, with the changes that it makes."""
    by_sentence: dict[str, Counter[tuple[str, str]]] = {}
    for way in sorted(ways, key=lambda way: loss_of(way.step)):
        sentence = _sentence(way)
        by_sentence.setdefault(sentence, Counter())[_shown(way.source), _shown(way.replacement)] += 1
    sentences = (
        sentence + examples(counted, said="left out" in sentence) for sentence, counted in by_sentence.items()
    )
    return " ".join(sentence if sentence.endswith(".") else f"{sentence}." for sentence in sentences)


def _sentence(way: Way) -> str:
    if way.step == "transliteration" and not concerns(way.source):
        return _PLAIN_LETTERS
    return _SENTENCES[way.step]


def note_of_language(tables: Tables, language: tuple[str, ...], *, is_risky: bool) -> str:
    """What it takes to send a text in national tables; the risk first, where it is large."""
    kinds = (("locking", tables.locking), ("single", tables.single))
    names = " and ".join(f"the {language_name(code)} {kind} shift table" for kind, code in kinds if code)
    option = ",".join(language)
    if is_risky:
        return (
            f"A phone without {names} shows other characters, and nothing says that the vendor or the phones "
            f"of this country have it (language: {option})."
        )
    return f"It is sent with {names} (language: {option}); a phone without it shows other characters."


def note_of_spaces(taken: Sequence[Gap]) -> str:
    """Which blanks are left out."""
    counted: Counter[tuple[str, str]] = Counter()
    for gap in taken:
        if gap.source:
            counted[gap.source, "".join(gap.source.split())] += 1
    said = [
        words
        for kind, words in (("doubled", "doubled ones"), ("ends", "those at the end of a line"))
        if any(gap.kind == kind for gap in taken)
    ]
    shown = examples(counted, said=True).removeprefix(": ") if counted else ""
    return f"Blanks that an SMS can miss are left out: {', '.join(filter(None, (shown, *said)))}."


def note_of_excess(units: int) -> str:
    """How much less would save another segment."""
    return f"{units} unit{'' if units == 1 else 's'} less would save another segment."


def note_of_shortening(source: str, units: int, segments: int) -> str:
    """How much is too much, and which words that is."""
    words = " ".join(source.split())
    shown = printable(words, _WORDS)
    unit, segment = ("unit" if units == 1 else "units"), ("segment" if segments == 1 else "segments")
    beyond = f'"{shown}" is what stands beyond' if words else "blanks alone stand beyond"
    return f"Shorten it by {units} {unit} to save {segments} {segment}: {beyond}."


def examples(counted: Counter[tuple[str, str]], *, said: bool = False) -> str:
    """The most frequent changes; that something is left out, unless that is `said` already."""
    pairs = counted.most_common()
    shown = []
    for (source, replacement), times in pairs[:_EXAMPLES]:
        often = f" ({times} times)" if times > 1 else ""
        becomes = f" → {_shown(replacement)}" if replacement else "" if said else " is left out"
        shown.append(f"{_shown(source)}{becomes}{often}")
    more = len(pairs) - len(shown)
    return ": " + ", ".join(shown) + (f" and {more} more" if more else "")


def _shown(text: str) -> str:
    """Characters, so that each can be seen."""
    named = _NAMES.get(text)
    if named is not None:
        return named
    shown = text.strip(" ")
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in shown)


_NAMES = {"\r\n": "CR LF", "\n": "LF", " ": "space"}
