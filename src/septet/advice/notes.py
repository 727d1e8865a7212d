"""Notes: what the reader of an SMS will see of an advice, in plain words."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from septet.gsm.table_names import table_names
from septet.planning.misreadings import UTF_8, UTF_16, WINDOWS_1252
from septet.wording import quantities
from septet.wording.messages import counted, joined, said
from septet.wording.quoting import printable

from .foldings import loss_of
from .transliteration import concerns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from septet.gsm.alphabets import Tables
    from septet.wording.messages import Message, Words

    from .spaces import Gap
    from .ways import Way

    # A source, its replacement, and how often there is this change.
    _Changed = tuple[str, str, int]

# So many different changes of one step are shown, and so many characters of what would be cut off.
_EXAMPLES = 4
_WORDS = 60

# The most characters shown of a replacement or of its source.
_LONGEST = 12
# A sentence about more characters is rare, and need not be remembered.
_LONGEST_KEPT = 32

_SENTENCES = {
    "markup": said("HTML is replaced by what it means"),
    "strip": said("Blanks at the ends of the text are left out: nobody sees them, but they are billed."),
    "blank": said("A blank follows the link, so that no phone reads what follows as part of it."),
    "line-breaks": said("Line breaks become line feeds, which look the same"),
    "composition": said("A letter and its marks become one character, which looks the same"),
    "look-alikes": said("Letters of another script become the Latin letters that look the same"),
    "typography": said("Typographic signs become plain ones"),
    "spaces": said("Blanks that an SMS does not need are left out"),
    "invalid": said("Characters that no SMS can carry are left out"),
    "links": said("Characters of a link are escaped; it leads to the same page"),
    "ligatures": said("Ligatures are written as their letters"),
    "signs": said("Signs are replaced by plain ones"),
    "cedilla": said("The small c with a cedilla becomes the capital one"),
    "accents": said("Letters lose an accent"),
    "emoticons": said("Emoji become emoticons"),
    "greek": said("Greek is written in capitals without accents"),
    "transliteration": said(
        "Other scripts are written by their sound in Latin letters; read it before it is sent"
    ),
    "emoji": said("Emoji are left out, and the reader does not see them"),
}

# The sentences that already say that something is left out.
_LEAVE_OUT = {_SENTENCES[step] for step in ("spaces", "invalid", "emoji")}

# Steps that change the whole text, so they have no examples.
_WHOLE = {_SENTENCES[step] for step in ("strip", "blank")}

# Unidecode also replaces signs and Latin letters.
_PLAIN_LETTERS = said("Letters and signs are replaced by plain ones; read the text before you send it")


_ENCODINGS = {
    UTF_8: said("The text is restored: it is UTF-8 that was read in another charset"),
    UTF_16: said("The text is restored: it is UTF-16 that was read in another charset"),
    WINDOWS_1252: said("The text is restored: it is Windows-1252 that was read as ISO-8859"),
}


def note_of_encoding(mistake: str, changes: Counter[tuple[str, str]]) -> Words:
    """The note of a garbled text: how it was read."""
    shown: Counter[tuple[str, str]] = Counter()
    for (source, meant), times in changes.items():
        shown[_shown(source), _shown(meant)] += times
    return _with_examples(_ENCODINGS[mistake], _examples(shown))


def note_of_ways(ways: Sequence[Way]) -> Words:
    """One sentence for each step, with the changes that it makes."""
    changed: dict[tuple[str, str, str], int] = {}
    for way in ways:
        change = way[2:5]
        changed[change] = changed.get(change, 0) + 1
    by_sentence: dict[Message, list[_Changed]] = {}
    for change in sorted(changed, key=_loss_of_step) if len(changed) > 1 else changed:
        source, replacement, step = change
        made = source, replacement, changed[change]
        by_sentence.setdefault(_sentence(step, source), []).append(made)
    return joined(" ", [_of_step(sentence, found) for sentence, found in by_sentence.items()])


def _of_step(sentence: Message, found: Sequence[_Changed]) -> Words:
    if sentence in _WHOLE:
        return sentence
    is_short = sum([len(source) + len(replacement) for source, replacement, _ in found]) <= _LONGEST_KEPT
    made = _with_changes if is_short else _with_changes.__wrapped__
    return made(sentence, tuple(found))


# The wordings of one text share most of their changes, and most texts have the same ones.
@lru_cache(maxsize=256)
def _with_changes(sentence: Message, changes: Sequence[_Changed]) -> Words:
    """A sentence with the changes that it is about."""
    shown: dict[tuple[str, str], int] = {}
    for source, replacement, times in changes:
        pair = _shown(source), _shown(replacement)
        shown[pair] = shown.get(pair, 0) + times
    return _with_examples(sentence, _examples(shown, told=sentence in _LEAVE_OUT))


def _loss_of_step(change: tuple[str, str, str]) -> int:
    return loss_of(change[2])


def _sentence(step: str, source: str) -> Message:
    if step == "transliteration" and not concerns(source):
        return _PLAIN_LETTERS
    return _SENTENCES[step]


def note_of_language(tables: Tables, language: tuple[str, ...], *, is_risky: bool) -> Words:
    """What is needed to send a text in national tables; if the risk is large, it comes first."""
    names, option = table_names(tables), ",".join(language)
    if is_risky:
        return said(
            "A phone without %(tables)s shows other characters, and there is no proof that the vendor or "
            "the phones of this country have it (language: %(option)s).",
            tables=names,
            option=option,
        )
    return said(
        "It is sent with %(tables)s (language: %(option)s); a phone without it shows other characters.",
        tables=names,
        option=option,
    )


def note_of_spaces(taken: Sequence[Gap]) -> Words:
    """The note of the blanks that are left out."""
    found: Counter[tuple[str, str]] = Counter()
    for gap in taken:
        if gap.source:
            found[_shown(gap.source), _shown("".join(gap.source.split()))] += 1
    kinds = {gap.kind for gap in taken}
    shown = [_examples(found, told=True)] if found else []
    shown += [words for kind, words in _GAPS.items() if kind in kinds]
    return _with_examples(_SENTENCES["spaces"], joined(", ", shown))


_GAPS = {
    "doubled": said("doubled ones"),
    "ends": said("those at the end of a line"),
    "breaks": said("more than two line breaks in a row"),
}


def note_of_excess(units: int) -> Words:
    """The note of how much less text would save another segment."""
    return counted(
        "%(number)s unit less would save another segment.",
        "%(number)s units less would save another segment.",
        units,
    )


def note_of_cost(segments: int) -> Words:
    """The note of how many more billed segments a repaired text takes."""
    return counted("It takes %(number)s more segment.", "It takes %(number)s more segments.", segments)


def note_of_shortening(sources: Sequence[str], units: int, segments: int) -> Words:
    """The note of how much text is too much, and which words these are."""
    words = " … ".join(filter(None, (" ".join(source.split()) for source in sources)))
    saved = {"units": quantities.units(units), "segments": quantities.segments(segments)}
    if not words:
        return said("Shorten it by %(units)s to save %(segments)s: only blanks are too much.", **saved)
    shown = printable(words, _WORDS)
    return said(
        'Shorten it by %(units)s to save %(segments)s: "%(words)s" is too much.',
        **saved,
        words=shown,
    )


def _with_examples(sentence: str, shown: str) -> Words:
    """A sentence with what it is about; the stop at its end may already be there."""
    if shown.endswith("."):
        return said("%(sentence)s: %(examples)s", sentence=sentence, examples=shown)
    return said("%(sentence)s: %(examples)s.", sentence=sentence, examples=shown)


def _examples(found: Mapping[tuple[str, str], int], *, told: bool = False) -> str:
    """The most frequent changes; says that something is left out, unless that is already `told`."""
    pairs = list(found.items())
    if len(pairs) > 1:
        pairs.sort(key=_times, reverse=True)
    shown = []
    for (source, replacement), times in pairs[:_EXAMPLES]:
        change = _joined(" → ", (source, replacement) if replacement else (source,))
        if not replacement and not told:
            change = said("%(character)s is left out", character=change)
        if times > 1:
            change += " " + counted("(%(number)s time)", "(%(number)s times)", times)
        shown.append(change)
    all_shown = _joined(", ", shown)
    if more := len(pairs) - len(shown):
        return said("%(some)s and %(number)s more", some=all_shown, number=more)
    return all_shown


def _times(pair: tuple[tuple[str, str], int]) -> int:
    return pair[1]


def _joined(separator: str, parts: Sequence[str]) -> str:
    """As `joined`, but no more than a text where no language changes anything."""
    for part in parts:
        if type(part) is not str:
            return joined(separator, parts)
    return separator.join(parts)


def _shown(text: str) -> str:
    """Characters in a form in which each can be seen."""
    named = _NAMES.get(text)
    if named is not None:
        return named
    if len(text) == 1 and text.isprintable():
        return text
    shown = text.strip(" ")
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    if shown.isprintable():
        return shown
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in shown)


_NAMES = {"\r\n": "CR LF", "\n": "LF", " ": said("space")}
