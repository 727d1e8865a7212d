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

#: Every sentence of a note, as a template with named parameters; by the step, or by what else it tells.
SENTENCES = {
    "encoding/utf-8": "The text is read as UTF-8, which it was before it was read in another charset"
    "%(examples)s.",
    "encoding/utf-16": "The text is read as UTF-16, which it was before it was read otherwise%(examples)s.",
    "encoding/windows-1252": "The text is read as Windows-1252, which it was before it was read as ISO-8859"
    "%(examples)s.",
    "markup": "HTML is written as what it means%(examples)s.",
    "strip": "Blanks at the ends of the text are left out; nobody sees them, and they are billed.",
    "blank": "A blank comes behind a link, so that no phone takes what follows it for a part of it.",
    "line-breaks": "Line breaks become line feeds, which look the same%(examples)s.",
    "composition": "A letter and its marks become one character, which looks the same%(examples)s.",
    "look-alikes": "Letters of another script become the Latin ones that are drawn alike%(examples)s.",
    "typography": "Typographic signs become plain ones%(examples)s.",
    "spaces": "Blanks that an SMS can miss are left out%(examples)s.",
    "invalid": "What no SMS can carry is left out%(examples)s.",
    "links": "Characters of a link are escaped; it leads to the same page%(examples)s.",
    "ligatures": "Ligatures are written as their letters%(examples)s.",
    "signs": "Signs are spelled with plain ones%(examples)s.",
    "cedilla": "The small c with a cedilla becomes the capital one%(examples)s.",
    "accents": "Letters lose an accent%(examples)s.",
    "emoticons": "Emoji become emoticons%(examples)s.",
    "greek": "Greek is written in capitals without accents%(examples)s.",
    "transliteration": "Other scripts are written by their sound in Latin letters; read it before it is sent"
    "%(examples)s.",
    # Unidecode writes signs and Latin letters otherwise, too.
    "transliteration/letters": "Letters and signs are spelled with plain ones; read it before it is sent"
    "%(examples)s.",
    "emoji": "Emoji are left out, and the reader misses them%(examples)s.",
    "language": "It is sent with %(tables)s (language: %(option)s); "
    "a phone without it shows other characters.",
    "language/risky": "A phone without %(tables)s shows other characters, and nothing says that the vendor "
    "or the phones of this country have it (language: %(option)s).",
    "shortening": 'Shorten it by %(units)s to save %(segments)s: "%(words)s" is what stands beyond.',
    "shortening/blanks": "Shorten it by %(units)s to save %(segments)s: blanks alone stand beyond.",
    "excess": "%(units)s less would save another segment.",
    "cost": "It takes %(segments)s more.",
    # Parts of these.
    "unit": "1 unit",
    "units": "%(number)d units",
    "segment": "1 segment",
    "segments": "%(number)d segments",
    "table": "the %(language)s %(kind)s shift table",
    "both": "%(first)s and %(second)s",
    "examples": ": %(shown)s",
    "more": "%(shown)s and %(number)d more",
    "becomes": "%(source)s → %(replacement)s",
    "left out": "%(source)s is left out",
    "times": "%(shown)s (%(number)d times)",
    "doubled": "doubled ones",
    "ends": "those at the end of a line",
    "breaks": "more than two line breaks in a row",
}

# Of these sentences themselves say that something is left out.
_SAYING_SO = ("spaces", "invalid", "emoji")


def _said(key: str, **parameters: object) -> str:
    written = SENTENCES[key] % parameters
    # What is shown last may have full stops of its own: "… → ...".
    return written[:-1] if written.endswith("..") and SENTENCES[key].endswith(".") else written


def note_of_encoding(mistake: str, counted: Counter[tuple[str, str]]) -> str:
    """As what a garbled text is read."""
    shown: Counter[tuple[str, str]] = Counter()
    for (source, meant), times in counted.items():
        shown[_shown(source), _shown(meant)] += times
    return _said(f"encoding/{mistake}", examples=_examples(shown))


def note_of_ways(ways: Sequence[Way]) -> str:
    """One sentence for each step, with the changes that it makes."""
    by_sentence: dict[str, Counter[tuple[str, str]]] = {}
    for way in sorted(ways, key=lambda way: loss_of(way.step)):
        by_sentence.setdefault(_key(way), Counter())[_shown(way.source), _shown(way.replacement)] += 1
    return " ".join(
        _said(key, examples=_examples(counted, said=key in _SAYING_SO))
        for key, counted in by_sentence.items()
    )


def _key(way: Way) -> str:
    is_script = way.step != "transliteration" or concerns(way.source)
    return way.step if is_script else "transliteration/letters"


def note_of_language(tables: Tables, language: tuple[str, ...], *, is_risky: bool) -> str:
    """What it takes to send a text in national tables; the risk first, where it is large."""
    kinds = (("locking", tables.locking), ("single", tables.single))
    names = [_said("table", language=language_name(code), kind=kind) for kind, code in kinds if code]
    named = names[0] if len(names) == 1 else _said("both", first=names[0], second=names[1])
    return _said("language/risky" if is_risky else "language", tables=named, option=",".join(language))


def note_of_spaces(taken: Sequence[Gap]) -> str:
    """Which blanks are left out."""
    counted: Counter[tuple[str, str]] = Counter()
    for gap in taken:
        if gap.source:
            counted[_shown(gap.source), _shown("".join(gap.source.split()))] += 1
    kinds = {gap.kind for gap in taken}
    said = [_said(kind) for kind in ("doubled", "ends", "breaks") if kind in kinds]
    shown = [*([_listed(counted, said=True)] if counted else []), *said]
    return _said("spaces", examples=_said("examples", shown=", ".join(shown)))


def note_of_excess(units: int) -> str:
    """How much less would save another segment."""
    return _said("excess", units=_units(units))


def note_of_cost(segments: int) -> str:
    """How many billed segments a mended text takes more."""
    return _said("cost", segments=_segments(segments))


def note_of_shortening(sources: Sequence[str], units: int, segments: int) -> str:
    """How much is too much, and which words that is."""
    words = printable(" … ".join(filter(None, (" ".join(source.split()) for source in sources))), _WORDS)
    key = "shortening" if words else "shortening/blanks"
    return _said(key, units=_units(units), segments=_segments(segments), words=words)


def _units(number: int) -> str:
    return _said("unit" if number == 1 else "units", number=number)


def _segments(number: int) -> str:
    return _said("segment" if number == 1 else "segments", number=number)


def _examples(counted: Counter[tuple[str, str]], *, said: bool = False) -> str:
    """The most frequent changes; that something is left out, unless that is `said` already."""
    return _said("examples", shown=_listed(counted, said=said))


def _listed(counted: Counter[tuple[str, str]], *, said: bool) -> str:
    shown = []
    for (source, replacement), times in counted.most_common(_EXAMPLES):
        key = "becomes" if replacement else "left out"
        one = source if said and not replacement else _said(key, source=source, replacement=replacement)
        shown.append(_said("times", shown=one, number=times) if times > 1 else one)
    more = len(counted) - len(shown)
    listed = ", ".join(shown)
    return _said("more", shown=listed, number=more) if more else listed


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
