"""Profiles that no vendor has: every rule that affects a count, alone and with others.

Each is a vendor file, with its rules for the oracle.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from oracle_profiles import PLAIN, Beside, Mention, Rules, pattern_of

import septet

# fmt: off
_TABLE = {
    "’": "'", "“": '"', "œ": "oe", "…": "...", "–": "-", "ê": "e", "^": "", "\u200b": "", "ö": "o",
    "\u0301": "", "😀": ":)", "é": "e",
}
# fmt: on
_FULL = {"я": "ya", "Ж": "ZH", "字": "", "\u00a0": " "}
_ROWS = json.dumps(list(_TABLE.items()), ensure_ascii=False)
_SOURCE = 'source = "made for the tests"\n'
_SOURCE_OF_ALL = 'title = "made"\ndocument = "none: made for the tests"\n'
_PLAIN = {
    "alphabet": 'base = "default"',
    "encodings": 'default = "auto"\noffered = ["auto", "gsm7", "ucs2"]',
    "unknown_character": 'shown = "?"\nreason = "unmapped"',
    "counting": 'by = "segments"',
    "segments": 'reference = "8-bit"\ngrapheme_clusters = "cut"',
    "limit": "ceiling = 255\ntruncate = false",
    "optout": """separator = " "
transactional = { default = "never", offered = ["never", "if-free", "always"] }
commercial = { default = "always", offered = ["never", "if-free", "always"] }""",
}
_MENTION = """[optout]
separator = " "
transactional = { default = "never", offered = ["never", "if-free", "always"] }
commercial = { default = "always", offered = ["never", "if-free", "always"] }
source = "made for the tests"
[[optout.mentions]]
text = "STOP 36\\u20ac"
patterns = ["STOP 36\\u20ac", "stop ###"]
source = "made for the tests"
"""
_WHOLE = f'[segments]\nreference = "8-bit"\ngrapheme_clusters = "whole"\n{_SOURCE}'
_WORDS = f'[segments]\nreference = "8-bit"\ngrapheme_clusters = "cut"\nsplit_at = " \\n"\n{_SOURCE}'
_APART = f'[segments]\nreference = "none"\ngrapheme_clusters = "cut"\nsplit_at = " "\n{_SOURCE}'
_UNITS = f'[counting]\nby = "units"\n{_SOURCE}'
_PLACEHOLDER = (
    f'[[placeholders]]\ntext = "[STOP_CODE]"\nreplaced_by = "36xxx"\nmeaning = "a number"\n{_SOURCE}'
)
_LANGUAGES = f'[languages]\noffered = ["tr", "es"]\n{_SOURCE}'
_SPANISH = f'[languages]\noffered = ["es"]\ndefault = ["es"]\n{_SOURCE}'
_TURKISH = f'[languages]\noffered = ["tr"]\ndefault = ["tr"]\n{_SOURCE}'


def _policy(name: str) -> str:
    return f'[substitution]\npolicy = "{name}"\n{_SOURCE}[[substitutions]]\nrows = {_ROWS}\n{_SOURCE}'


def _limit(gsm7: int, ucs2: int, counted: str) -> str:
    return f'[character_limit]\ngsm7 = {gsm7}\nucs2 = {ucs2}\ncounted = "{counted}"\n{_SOURCE}'


def _totals(encoding: str, optout: bool, totals: tuple[int, ...]) -> str:
    with_it = "true" if optout else "false"
    keys = f'encoding = "{encoding}"\noptout = {with_it}\ntotals = {list(totals)}'
    return f"[[documented_totals]]\n{keys}\n{_SOURCE}"


def _switched(policy: str, default: str) -> str:
    switch = f'[substitution]\npolicy = "{policy}"\nswitch = "a setting"\ndefault = {default}\n{_SOURCE}'
    full = json.dumps(list(_FULL.items()), ensure_ascii=False)
    names = f'[[substitutions]]\nwhen = ["full"]\nrows = {full}\n{_SOURCE}'
    return f"{switch}[[substitutions]]\nrows = {_ROWS}\n{_SOURCE}{names}"


def _beside(key: str, *rules: str) -> str:
    return f"[{key}]\n" + "\n".join(rules) + f"\n{_SOURCE}"


_OWN = Mention(" STOP 36€", [pattern_of("STOP 36€"), [*pattern_of("STOP "), "digit", "digit", "digit"]])
_GSM_TOTALS, _UCS2_TOTALS = (160, 300, 459), (60, 134)

_MADE: dict[str, tuple[tuple[str, ...], Rules]] = {
    "always": ((_policy("always"),), PLAIN._replace(table=_TABLE, policy="always")),
    "saves": (
        (_policy("if-it-saves-a-segment"),),
        PLAIN._replace(table=_TABLE, policy="if-it-saves-a-segment"),
    ),
    "nothing": ((_policy("all-or-nothing"),), PLAIN._replace(table=_TABLE, policy="all-or-nothing")),
    "clusters": ((_WHOLE,), PLAIN._replace(whole_clusters=True)),
    "clusters-by-units": ((_WHOLE, _UNITS), PLAIN._replace(whole_clusters=True, counting="units")),
    "always-clusters": (
        (_policy("always"), _WHOLE, _MENTION),
        PLAIN._replace(table=_TABLE, policy="always", whole_clusters=True, mention=_OWN),
    ),
    "saves-clusters": (
        (_policy("if-it-saves-a-segment"), _WHOLE, _limit(300, 200, "utf-16"), _MENTION),
        PLAIN._replace(
            table=_TABLE,
            policy="if-it-saves-a-segment",
            whole_clusters=True,
            most_characters={"gsm7": 300, "ucs2": 200},
            counted="utf-16",
            mention=_OWN,
        ),
    ),
    "characters": (
        (_limit(200, 100, "characters"), _MENTION),
        PLAIN._replace(most_characters={"gsm7": 200, "ucs2": 100}, mention=_OWN),
    ),
    "several-recipients": (
        (
            _limit(300, 200, "utf-16").replace(
                'counted = "utf-16"', 'counted = "utf-16"\nseveral = { gsm7 = 180, ucs2 = 90 }'
            ),
            _MENTION,
        ),
        PLAIN._replace(
            most_characters={"gsm7": 300, "ucs2": 200},
            most_for_several={"gsm7": 180, "ucs2": 90},
            counted="utf-16",
            mention=_OWN,
        ),
    ),
    "limited-units": (
        (_limit(200, 100, "units"), _UNITS),
        PLAIN._replace(most_characters={"gsm7": 200, "ucs2": 100}, counted="units", counting="units"),
    ),
    "placeholders": (
        (_PLACEHOLDER, _policy("always"), _WHOLE),
        PLAIN._replace(
            placeholders=(("[STOP_CODE]", "36xxx"),), table=_TABLE, policy="always", whole_clusters=True
        ),
    ),
    "documented": (
        (
            *(_totals("gsm7", optout, _GSM_TOTALS) for optout in (False, True)),
            *(_totals("ucs2", optout, _UCS2_TOTALS) for optout in (False, True)),
            _MENTION,
        ),
        PLAIN._replace(
            documented=tuple(
                (encoding, optout, totals)
                for encoding, totals in (("gsm7", _GSM_TOTALS), ("ucs2", _UCS2_TOTALS))
                for optout in (False, True)
            ),
            mention=_OWN,
        ),
    ),
    "framed": (
        (
            _beside("prefix", 'separator = ": "', 'field = "brand"'),
            _beside("suffix", 'text = "B€38"', 'separator = " "'),
            _MENTION,
            _policy("in-gsm7"),
        ),
        PLAIN._replace(
            prefix=Beside("", ": ", given=True), suffix=Beside("B€38", " "), mention=_OWN, table=_TABLE
        ),
    ),
    "framed-languages": (
        (
            _beside("prefix", 'field = "brand"', 'separator = ": "'),
            _beside("suffix", 'field = "end"', 'separator = " "'),
            _LANGUAGES,
            _MENTION,
            _policy("in-gsm7"),
        ),
        PLAIN._replace(
            languages=("tr", "es"),
            prefix=Beside("", ": ", given=True),
            suffix=Beside("", " ", given=True),
            mention=_OWN,
            table=_TABLE,
        ),
    ),
    # ç is in no default table; Spanish makes none of their characters cheaper, as Turkish does.
    "framed-spanish": (
        (_beside("suffix", 'text = "de Barça"', 'field = "end"', 'separator = " "'), _SPANISH),
        PLAIN._replace(languages=("es",), own_languages=("es",), suffix=Beside("de Barça", " ", given=True)),
    ),
    "framed-turkish": (
        (_beside("suffix", 'text = "Mağaza"', 'field = "end"', 'separator = " "'), _TURKISH, _UNITS),
        PLAIN._replace(
            languages=("tr",),
            own_languages=("tr",),
            suffix=Beside("Mağaza", " ", given=True),
            counting="units",
        ),
    ),
    "framed-clusters": (
        (
            _beside("prefix", 'text = "[x]\u0308"', 'field = "brand"', "limited = false"),
            _beside("suffix", 'field = "end"', "limited = false"),
            _WHOLE,
            _MENTION,
            _limit(200, 90, "utf-16"),
        ),
        PLAIN._replace(
            prefix=Beside("[x]\u0308", given=True),
            suffix=Beside("", given=True),
            whole_clusters=True,
            mention=_OWN,
            most_characters={"gsm7": 200, "ucs2": 90},
            counted="utf-16",
            limited=False,
        ),
    ),
    "framed-units": (
        (
            _beside("prefix", 'field = "brand"'),
            _beside("suffix", 'field = "signature"', 'separator = "\\n"'),
            _UNITS,
            _limit(170, 100, "units"),
            '[line_breaks]\nunits = 2\nsource = "made"\n',
            _policy("always"),
        ),
        PLAIN._replace(
            prefix=Beside("", given=True),
            suffix=Beside("", "\n", given=True),
            counting="units",
            one_line_break=True,
            table=_TABLE,
            policy="always",
            most_characters={"gsm7": 170, "ucs2": 100},
            counted="units",
        ),
    ),
    "framed-saves": (
        (_policy("if-it-saves-a-segment"), _beside("suffix", 'text = "【x】"', 'field = "end"'), _MENTION),
        PLAIN._replace(
            suffix=Beside("【x】", given=True), table=_TABLE, policy="if-it-saves-a-segment", mention=_OWN
        ),
    ),
    "switched": (
        (_switched("always", "true"), _MENTION),
        PLAIN._replace(table=_TABLE, policy="always", mention=_OWN, switch=True, names=(("full", _FULL),)),
    ),
    "switched-off": (
        (_switched("if-it-saves-a-segment", "false"), _WHOLE),
        PLAIN._replace(
            table=_TABLE,
            policy="if-it-saves-a-segment",
            whole_clusters=True,
            switch=True,
            names=(("full", _FULL),),
            off=True,
        ),
    ),
    "bounded": (
        (
            _policy("always"),
            "[[substitutions]]\nrows = [['Ấ', 'â'], ['á', '']]\nsource = 'made'\n",
            '[ucs2]\ncharacters = "ŵŷâ字"\nsource = "made"\n',
            '[unknown_character]\nshown = "?"\nreason = "lossy"\nsource = "made"\n',
            _limit(200, 200, "shown"),
            "[commercial]\nrefused = true\nsource = 'made'\n",
        ),
        PLAIN._replace(
            table=_TABLE | {"Ấ": "â", "á": ""},
            policy="always",
            wide="ŵŷâ字",
            outside="lossy",
            most_characters={"gsm7": 200, "ucs2": 200},
            counted="shown",
            no_marketing=True,
        ),
    ),
    "blanks": (
        (
            '[white_space]\ncharacters = " \\u00a0"\nline_breaks = 2\nsource = "made"\n',
            '[line_breaks]\nunits = 2\nsource = "made"\n',
            _limit(200, 90, "octets"),
            _WHOLE,
            _MENTION,
        ),
        PLAIN._replace(
            blanks=" \u00a0",
            breaks=2,
            one_line_break=True,
            most_characters={"gsm7": 200, "ucs2": 90},
            counted="octets",
            whole_clusters=True,
            mention=_OWN,
        ),
    ),
    "costs": (
        (
            '[[costs]]\ncharacters = "é£"\nunits = 2\nsource = "made"\n',
            '[[costs]]\ncharacters = "€"\nunits = 3\nsource = "made"\n',
            '[[costs]]\ncharacters = "["\nunits = 1\nsource = "made"\n',
            _limit(300, 200, "octets"),
            _MENTION,
        ),
        PLAIN._replace(
            alphabet=PLAIN.alphabet | {"é": 2, "£": 2, "€": 3, "[": 1},
            most_characters={"gsm7": 300, "ucs2": 200},
            counted="octets",
            mention=_OWN,
        ),
    ),
    "octets": (
        (
            '[encodings]\ndefault = "utf8"\noffered = ["auto", "gsm7", "ucs2", "utf8"]\nsource = "made"\n',
            '[line_breaks]\nunits = 2\nsource = "made"\n',
            _beside("prefix", 'field = "brand"'),
            _MENTION,
            _WHOLE,
        ),
        PLAIN._replace(
            encoding="utf8",
            one_line_break=True,
            prefix=Beside("", given=True),
            mention=_OWN,
            whole_clusters=True,
        ),
    ),
    "words": (
        (_WORDS, _MENTION, _policy("always")),
        PLAIN._replace(split_at=" \n", mention=_OWN, table=_TABLE, policy="always"),
    ),
    "words-saves": (
        (
            _WORDS,
            _policy("if-it-saves-a-segment"),
            _beside("prefix", 'separator = ": "', 'field = "brand"'),
            _beside("suffix", 'field = "end"', 'separator = " "'),
            _MENTION,
        ),
        PLAIN._replace(
            split_at=" \n",
            table=_TABLE,
            policy="if-it-saves-a-segment",
            prefix=Beside("", ": ", given=True),
            suffix=Beside("", " ", given=True),
            mention=_OWN,
        ),
    ),
    "words-breaks": (
        (_WORDS, '[line_breaks]\nunits = 2\nsource = "made"\n', _limit(400, 180, "characters"), _MENTION),
        PLAIN._replace(
            split_at=" \n",
            one_line_break=True,
            most_characters={"gsm7": 400, "ucs2": 180},
            mention=_OWN,
        ),
    ),
    "words-apart": (
        (_APART, _MENTION),
        PLAIN._replace(split_at=" ", separate=True, mention=_OWN),
    ),
    "words-units": ((_WORDS, _UNITS), PLAIN._replace(split_at=" \n", counting="units")),
    "apart": (
        (_WHOLE.replace("8-bit", "none"),),
        PLAIN._replace(separate=True, whole_clusters=True),
    ),
}
NAMES = tuple(_MADE)


def rules(name: str) -> Rules:
    """The rules of a made profile, for the oracle."""
    return _MADE[name][1]


def made(name: str) -> septet.Profile:
    """A made profile."""
    return _PROFILES[name]


def _written() -> Iterator[tuple[str, septet.Profile]]:
    with tempfile.TemporaryDirectory() as folder:
        for name, (sections, _) in _MADE.items():
            path = Path(folder, f"{name}.toml")
            given = "".join(sections)
            plain = (f"[{key}]\n{rule}\n{_SOURCE}" for key, rule in _PLAIN.items() if f"[{key}]" not in given)
            path.write_text(_SOURCE_OF_ALL + "".join(plain) + given, "utf-8")
            yield name, septet.profile(path)


_PROFILES = dict(_written())
