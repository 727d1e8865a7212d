"""What hypothesis draws: texts that sit on the edges, and the options that a profile offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import oracle
from hypothesis import strategies as st
from oracle_profiles import DEFAULT_ALPHABET, EXTENSION_TABLE, SMSPARTNER_TABLE, Rules

# Figures that a vendor or the standard states, or that a mention leaves of them.
EDGES = (
    *(59, 60, 67, 70, 134, 140, 141, 146, 147, 149, 150, 153, 160),
    *(201, 268, 287, 295, 306, 335, 440, 459, 612, 765),
)

CLUSTERS = (
    "👨\u200d👩\u200d👧\u200d👦",  # a family: four people, three joiners
    "🏳\ufe0f\u200d🌈",
    "🇫🇷",
    "🇫🇷🇧",
    "👍🏽",
    "1\ufe0f\u20e3",
    "e\u0301",
    "a" + "\u0308" * 20,
    "e" + "\u0301" * 200,  # more than any segment of UCS-2
    "한",
    "नि",
    "\u0301",
    "\u200d",
)

MENTIONS = (
    "STOP AU 36111",
    "stop au 36111",
    "STOPAU36111",
    "STOP\r\nAU 36111",
    "STOP 36xxx",
    "STOP 36180",
    "STOP 36111",
    "stop: 36063",
    "sTOP 36063",
    "Stop  36034",
    "STOP 360345",
    "NONSTOP 36034",
    "STOP SMS au 36111",
    "STOP SMS\nAU\t36111",
    "no-sms.eu",
    "NO-SMS.EUR",
    "NoPub=STOP",
    "nopub = stop",
    "ST^OP 36180",
    "STOP 3^6180",
    "[stop]",
    "STOP 38123",
    "Stop € ici",
    "(stop)",
    "_STOP 36034",
    "STOP 36034\u0301",
    "\u017ftop 36034",
    "STOP 36\uff11\uff12\uff13",
    "STOP au XXXXX",
    "STOP\tau XXXXX",
    "stop au xxxxx",
    "STOP au [STOP_CODE]",
    "stop au [Stop_Code]",
    "STOP SMS: 36xxx",
    "STOP au 36180",
    "x" * 100,
)

AWKWARD = "\0\x1b\ud800\udbff\udc00\udfff\ud83d\ude00\ufffe\uffff\u00a0\u2028\x1c\x85\u00ad\u0130\u017f"
LINE_BREAKS = ("\n", "\r", "\r\n", "\n\r", "\r\r\n")
TAGS = (":br:", ":euro:", ":br", ":br:br:", ":br::euro:", "[STOP_CODE]", "[STOP_CODE", " STOP au [stop_code]")
OUTSIDE_GSM = "’œç…—“”êÏ„яЖع字`ΑΒşĞıİáÚ"

_characters = st.one_of(
    st.sampled_from(DEFAULT_ALPHABET),
    st.sampled_from(EXTENSION_TABLE),
    st.sampled_from(sorted(SMSPARTNER_TABLE)),
    st.sampled_from(OUTSIDE_GSM),
    st.sampled_from(AWKWARD),
    st.characters(),
    st.characters(categories=["Cs"]),
    st.characters(min_codepoint=0x10000),
    st.characters(categories=["Mn", "Me", "Mc"]),
)
_plain_characters = st.sampled_from("abc é€[\n")

_chunks = st.one_of(
    st.text(_characters, max_size=8),
    st.text(_plain_characters, max_size=8),
    st.sampled_from(CLUSTERS),
    st.sampled_from(MENTIONS).map(lambda mention: f" {mention}"),
    st.sampled_from(MENTIONS),
    st.sampled_from(LINE_BREAKS),
    st.sampled_from(TAGS),
    st.sampled_from(("  ", " \n ", "\n\n\n", "\u00a0 ", "a  ", "\r\n \r\n\n")),
    st.sampled_from((" https://ex.fr/a?b=1 ", "ex.fr/a", " www.ex.fr", "http://ex.fr/" + "a" * 60)),
)
_fillers = st.builds(
    lambda character, edge, offset: character * max(edge + offset, 0),
    st.sampled_from("aaa€яœ^😀ş"),
    st.sampled_from(EDGES),
    st.integers(-20, 3),
)

#: What a text is sent for, and what looks like it.
THINGS = (
    *("https://exemple.fr/s/AbCdEf12345", "www.ex.fr/promo", "bit.ly/3xYz", "jean@exemple.fr"),
    *("https://ex.fr/" + "a" * 90, "Votre code est 482 913", "Code : AB-12-CD", "n° 12345", "STOP au 36111"),
    *("06 12 34 56 78", "+33 (0)6 12 34 56 78", "5~10 €", "-20 %", "14h30", "3 décembre 2026", "24/7"),
    *("NoPub = STOP", "STOP SMS", "Stop au  36xxx", "STOP 36034", "(Stop)", "Stop € ici", "ARRÊT", "退订"),
    *("\n\n@www.example.gov #123456", "\r\n@ex.fr #42", "{prenom}", "FA+9qCX9VSu", "<#>", "[STOP_CODE]"),
    *(
        "(https://ex.fr/a)",
        "https://ex.fr/a.",
        "点击https://ex.fr/a查看",
        "1234",
        "20ºC",
        "https://ex.fr/a🎉",
    ),
)

MARKS = ("...", "[...]", " ...", "+", "-->", "\n", "(suite)", "€", "5", "... ")


def marks(rules: Rules) -> list[str]:
    """What may be at the place where words are cut: what the vendor shows as it is, beside blanks too."""
    shown = rules.alphabet.keys() - rules.table.keys()
    return [mark for mark in MARKS if set(mark) <= shown and not (rules.blanks and mark != mark.strip())]


_words = st.one_of(
    st.sampled_from(
        ["le", "magasin", "ouvert,", "samedi.", "Suivi :", "-", "(ou", "non)", "fin !", "où", "«", "…"]
    ),
    st.sampled_from(
        ["点击查看", "。", "สวัสดี", "한국", "سلام", "नि", "👍🏽", "é" * 70, "x" * 130, "\ud83d", "\x1b"]
    ),
    st.text(_characters, min_size=1, max_size=4),
)
_blanks = st.sampled_from([" ", " ", " ", " ", "", "  ", "\n", "\r\n", "\n\n", "\u00a0", "\u3000"])


def sentences() -> st.SearchStrategy[str]:
    """Words and what must stay whole among them, with blanks of every kind; often more than fits."""
    plain = st.builds(
        lambda word, number: (word + " ") * number,
        st.sampled_from(["le", "magasin,", "я", "点", "€"]),
        st.integers(0, 60),
    )
    part = st.builds(
        lambda before, thing, behind: before + thing + behind,
        st.lists(st.tuples(_words, _blanks).map("".join), max_size=8).map("".join),
        st.one_of(st.just(""), st.sampled_from(THINGS)),
        _blanks,
    )
    return st.lists(st.one_of(part, part, plain), max_size=6).map("".join)


def texts(*, longest_filler: int = 765, table: dict[str, str] | None = None) -> st.SearchStrategy[str]:
    """Any text: short chunks of every awkward kind, often around one long run.

    With `table`, often of characters that a vendor replaces.
    """
    if table:
        replaced = st.text(st.sampled_from([*sorted(table), "a", "é", "€"]), max_size=12)
        long = st.builds(
            lambda character, edge: character * edge, st.sampled_from(sorted(table)), st.sampled_from(EDGES)
        )
        return st.one_of(
            texts(longest_filler=longest_filler),
            st.lists(st.one_of(replaced, _chunks), max_size=8).map("".join),
            st.tuples(replaced, long, st.one_of(replaced, _fillers)).map("".join),
        )
    fillers = _fillers.map(lambda filler: filler[:longest_filler])
    few_chunks = st.lists(_chunks, max_size=3).map("".join)
    return st.one_of(
        st.lists(_chunks, max_size=6).map("".join),
        st.tuples(few_chunks, fillers, few_chunks).map("".join),
    )


def can_be_added(text: str, rules: Rules) -> bool:
    """Whether UCS-2 shows a text as it is written."""
    known = {*rules.alphabet, *rules.wide} if rules.wide else {*text}
    return set(text) <= known - rules.table.keys()


def chosen_options(choose: Callable[[Sequence[Any]], Any], profile: str | Rules) -> dict[str, Any]:
    """Options that a profile offers, each chosen of its values; what is left out, or None, is its default."""
    rules = oracle.rules_of(profile)
    commercial = choose((True, False))
    mentions = ["STOP 38123", "Stop € ici", "(Stop)", "x" * 100]
    own = [mention for mention in mentions if set(mention) <= rules.alphabet.keys() - rules.table.keys()]
    offered_encodings = ["auto", "utf8"] if rules.one_piece else ["auto", "gsm7", "ucs2"]
    encoding = choose([None, *offered_encodings])
    wide = rules.unicode and (encoding or rules.encoding) != "gsm7"
    if wide:
        own += [m for m in ("ARRÊT", "退订", "(stop 🛑)") if can_be_added(m, rules)]
    if rules.mention is not None and rules.mention.fixed:
        own = []
    optout_text = choose([None, None, *own])
    country = choose([None, "FR", "fr", "BE", "us"])
    offered = oracle.offers(profile, commercial=commercial, optout_text=optout_text)
    if rules.mention_in and optout_text is None and (country or "FR").upper() not in rules.mention_in:
        offered = ("never",)
    drawn = {
        "encoding": encoding,
        "commercial": commercial,
        "optout": choose([None, *offered]),
        "optout_text": optout_text,
        "max_segments": choose([None, *(n for n in (1, 2, 3) if n < rules.ceiling), rules.ceiling]),
        "truncate": choose([None, True, False]),
        "country": country,
    }
    if rules.languages and encoding != "ucs2":
        own = [()] if rules.own_languages else []
        drawn["language"] = choose([None, None, *own, *rules.languages, rules.languages])
    if rules.rewrites_links:
        drawn["link_length"] = choose([None, None, 3, 12, 30])
    if rules.most_for_several:
        drawn["recipient_count"] = choose([None, 1, 2, 300])
    if rules.switch:
        drawn["substitute"] = choose([None, True, False, *dict(rules.names)])
    for name, rule in (("prefix", rules.prefix), ("suffix", rules.suffix)):
        if rule is None:
            continue
        if not wide and any(character not in rules.alphabet for character in rule.text):
            # A required part is impossible, unless the sender gives another option.
            drawn[name] = "x"
            continue
        texts = ["", "x", "Ma ville: ", "^" * 9, "[€]" * 21, "a" * 158]
        texts += ["【公司】", "\u0301ê", "Mağaza"] * wide
        texts = [text for text in texts if can_be_added(text, rules)]
        drawn[name] = choose([None, None, *texts]) if rule.given else None
    return {name: value for name, value in drawn.items() if value is not None or choose((True, False))}


@st.composite
def options(draw: st.DrawFn, profile: str | Rules) -> dict[str, Any]:
    """The same, as hypothesis draws them."""
    return chosen_options(lambda values: draw(st.sampled_from(values)), profile)
