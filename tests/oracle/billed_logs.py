"""Logs of vendors that bill otherwise than planned: texts by a seed, and causes that are planted in the bill.

The bill comes from `septet.Planner` with another option or vendor file, or from arithmetic, never from the
hypotheses of a calibration.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import septet

Bill = Callable[[str], int]

_WORDS = (
    "bonjour",
    "votre",
    "commande",
    "est",
    "prete",
    "retrait",
    "au",
    "magasin",
    "ce",
    "soir",
    "code",
    "promo",
    "offre",
    "client",
    "livraison",
    "demain",
    "merci",
    "de",
    "rappeler",
    "le",
    "service",
    "rendez-vous",
    "confirme",
    "colis",
    "en",
    "route",
    "soldes",
    "vente",
    "flash",
    "jour",
    "avant",
    "heure",
    "équipe",
    "été",
    "à",
    "où",
    "dès",
    "près",
    "déjà",
    "modèle",
    "très",
    "numéro",
    "prête",
)
#: What a text may hold besides words, each in only some texts.
_FEATURES = {
    "cedilla": "ça",
    "quotes": "l’équipe “du jour” – demain…",
    "circumflex": "cœur, hôtel, fenêtre",
    "extension": "10 € [net] {a} ~ | ^ € €",
    "emoji": "😀🎉",
    "spaces": "prix\u00a0: 10\u202f000",
    "ampersands": "a & b <c> & d & e",
    "blanks": "oui  non   peut-être    voilà",
    "turkish": "şimdi ğüzel ışık",
    "cyrillic": "Привет",
    "link": "https://ex.fr/a?b=1&c=2",
    "mention": "STOP 36123",
    "mixed": "Привет… “ici” … ……",
    "breaks": "",
    "padding": "",
}


#: All of them, except what only one plant needs.
EACH = tuple(name for name in _FEATURES if name != "mixed")


def texts(number: int, seed: int, features: tuple[str, ...] = EACH) -> Iterator[str]:
    """So many texts, from one word to several segments, each feature in some of them."""
    draw = random.Random(seed)
    rare = max(0.08, 0.3 / len(features))
    for place in range(number):
        # Every length comes up, those around the ends of segments above all.
        wanted = draw.choice(
            (20, 60, 70, 71, 100, 140, 150, 153, 155, 158, 160, 161, 200, 300, 306, 310, 400, 460)
        )
        words: list[str] = []
        while sum(map(len, words)) + len(words) < wanted:
            words.append(draw.choice(_WORDS))
        drawn = {feature for feature in features if draw.random() < rare}
        for feature in sorted(drawn):
            words.insert(draw.randrange(len(words) + 1), _FEATURES[feature])
        if "breaks" in drawn:
            words = [word + draw.choice(("\r\n", "\n", " ")) for word in words]
        text = " ".join(words)[: wanted + draw.randrange(12)]
        if "padding" in drawn:
            text = f"  {text.strip()} \n"
        yield f"{text}{place}" if draw.random() < 0.5 else text


class Plant(NamedTuple):
    """A planted cause: what the log is compared with, what is billed, and the expected rules."""

    profile: str | septet.Profile
    rules: tuple[str, ...]
    bill: Callable[[], Bill]
    options: Mapping[str, Any] = MappingProxyType({})
    #: What the texts of its log may contain beside words.
    features: tuple[str, ...] = EACH


def by(profile: Any, **options: Any) -> Callable[[], Bill]:
    """What another profile, or other options, bill."""
    return lambda: septet.Planner(profile, **options).count


def by_file(text: str, **options: Any) -> Callable[[], Bill]:
    """What a vendor file bills."""
    return lambda: septet.Planner(septet.Profile.from_toml(text), **options).count


def of(bill: Callable[[], Bill], become: Callable[[str], str]) -> Callable[[], Bill]:
    """What is billed for the plan of a text."""

    def made() -> Bill:
        count = bill()
        return lambda text: count(become(text))

    return made


def in_parts(single: tuple[int, int], part: tuple[int, int], *, whole: bool = True) -> Callable[[], Bill]:
    """The number of segments, if they have other sizes in GSM-7 and UCS-2.

    With `whole`, no character is cut between two of them; otherwise only the length is divided.
    """

    def made() -> Bill:
        measure = septet.Planner("gsm").measure

        def bill(text: str) -> int:
            found = measure(text)
            wide = found.encoding == "ucs2"
            if found.units <= single[wide]:
                return 1
            if not whole:
                return -(-found.units // part[wide])
            segments = used = 0
            for character in text:
                units = 1 + (character > "\uffff" if wide else character in _EXTENSION)
                if not segments or used + units > part[wide]:
                    segments, used = segments + 1, 0
                used += units
            return segments

        return bill

    return made


_EXTENSION = set("^{}\\[~]|€")


def _extension_once() -> Bill:
    measure = septet.Planner("gsm").measure

    def bill(text: str) -> int:
        found = measure(text)
        if found.encoding == "ucs2":
            return found.billed_segments
        units = found.units - sum(character in _EXTENSION for character in text)
        return 1 if units <= 160 else -(-units // 153)

    return bill


def _no_extension() -> Bill:
    plain, wide = septet.Planner("gsm"), septet.Planner("gsm", encoding="ucs2")
    return lambda text: (wide if _EXTENSION & set(text) else plain).count(text)


def _mention_apart() -> Bill:
    alone, added = septet.Planner("smspartner"), septet.Planner("smspartner", commercial=True)
    return lambda text: alone.count(text) + (added.plan(text).optout_status == "added")


def _crlf_as_two() -> Bill:
    measure = septet.Planner("gsm").measure

    def bill(text: str) -> int:
        # It counts a character of a CRLF each, as the standard does.
        found = measure(text)
        single, part = (70, 67) if found.encoding == "ucs2" else (160, 153)
        return 1 if found.units <= single else -(-found.units // part)

    return bill


#: OVHcloud's table « 7bits 149 / 153 » and « Unicode 59 / 70 »: what a text holds before a mention of 11.
_OF_OVHCLOUD = {"gsm7": range(149, 1221, 153), "ucs2": range(59, 550, 70)}


def _by_its_table() -> Bill:
    measure = septet.Planner("ovhcloud", commercial=True).measure

    def bill(text: str) -> int:
        found = measure(text)
        return bisect_left(_OF_OVHCLOUD[found.encoding], found.units - 11) + 1

    return bill


_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PLAIN = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."}
_RULE = '\nsource = "planted"\n'
#: A vendor that counts each line break once, and only lengths.
_ONE_BREAK = f'extends = "gsm"\n[line_breaks]\nunits = 1{_RULE}[counting]\nby = "units"{_RULE}'


def _replacing(pairs: dict[str, str]) -> Callable[[str], str]:
    table = str.maketrans(pairs)
    return lambda text: text.translate(table)


#: Each with the rules that say so, of which a calibration names one.
PLANTS = {
    "a switch off": Plant("twilio", ("substitute=False",), by("twilio", substitute=False)),
    "a switch on": Plant("octopush", ("substitute=True",), by("octopush"), {"substitute": False}),
    "everything in UCS-2": Plant("gsm", ("encoding=ucs2",), by("gsm", encoding="ucs2")),
    "everything in GSM-7": Plant("gsm", ("encoding=gsm7",), by("gsm", encoding="gsm7")),
    "an earlier edition": Plant("octopush", ("profile=octopush@2016",), by("octopush@2016")),
    "a later edition": Plant("octopush@2016", ("profile=octopush",), by("octopush")),
    "another edition": Plant("govuk-notify", ("profile=govuk-notify@2026-08",), by("govuk-notify@2026-08")),
    "another product": Plant(
        "twilio", ("segments.reference=16-bit", "profile=twilio-tollfree"), by("twilio-tollfree")
    ),
    "marketing": Plant("smspartner", ("commercial=True",), by("smspartner", commercial=True)),
    "no marketing": Plant("smspartner", ("commercial=False",), by("smspartner"), {"commercial": True}),
    "the mention apart": Plant(
        "smspartner", ("optout=apart",), lambda: _mention_apart(), {"commercial": True}
    ),
    "the document's table": Plant(
        "ovhcloud",
        ("documented_totals=billed",),
        lambda: _by_its_table(),
        {"commercial": True},
        features=("cedilla", "quotes", "emoji"),
    ),
    "another country's mention": Plant(
        "smsmode", ("country=AD",), by("smsmode", commercial=True, country="BE"), {"commercial": True}
    ),
    "CRLF counted as two": Plant(
        septet.Profile.from_toml(_ONE_BREAK, name="one-break"),
        ("line_breaks=as-written", "profile=gsm"),
        lambda: _crlf_as_two(),
        features=("breaks", "cedilla"),
    ),
    "CRLF counted as one": Plant(
        "twilio",
        ("line_breaks.units=1", "text.line_breaks=lf"),
        of(by("twilio"), lambda text: text.replace("\r\n", "\n")),
    ),
    "160 in each part": Plant("gsm", ("segments.sizes=160",), in_parts((160, 70), (160, 70), whole=False)),
    "153 alone": Plant("gsm", ("segments.sizes=153",), in_parts((153, 67), (153, 67))),
    "152 in each part": Plant("gsm", ("segments.reference=16-bit",), in_parts((160, 70), (152, 66))),
    "one for each message": Plant("gsm", ("counting.by=messages",), lambda: lambda text: 1),
    "cut at two segments": Plant(
        "gsm", ("truncate=True",), by("gsm", max_segments=2, truncate=True), {"max_segments": 2}
    ),
    "national tables": Plant("gsm", ("language=auto",), by("gsm", language="auto")),
    "extension characters once": Plant(
        "gsm", ("costs.extension=1",), lambda: _extension_once(), features=("extension", "link")
    ),
    "no extension characters": Plant("gsm", ("alphabet.extension=none",), lambda: _no_extension()),
    "ç in the alphabet": Plant("gsm", ("alphabet.add=ç",), of(by("gsm"), _replacing({"ç": "c"}))),
    "emoji once": Plant("gsm", ("text.emoji=1",), of(by("gsm"), _replacing({"😀": "Ж", "🎉": "Ж"}))),
    "blanks taken away": Plant("gsm", ("text.blanks=stripped",), of(by("gsm"), str.strip)),
    "plain quotes": Plant("gsm", ("text.quotes=plain",), of(by("gsm"), _replacing(_PLAIN))),
    "plain spaces": Plant(
        "gsm", ("text.spaces=plain",), of(by("gsm"), _replacing({"\u00a0": " ", "\u202f": " "}))
    ),
    "escaped ampersands": Plant("gsm", ("text.ampersands=escaped",), of(by("gsm"), _replacing(_ESCAPED))),
    "blanks that are billed": Plant(
        "govuk-notify",
        ("white_space=none",),
        by_file('extends = "govuk-notify"\nwithout = ["white_space"]\n'),
    ),
    "another policy": Plant(
        "twilio",
        ("substitution.policy=in-gsm7",),
        by_file(f'extends = "twilio"\n[substitution]\npolicy = "in-gsm7"{_RULE}'),
        features=("mixed", "quotes"),
    ),
    "characters that are carried after all": Plant(
        "zenvia",
        ("alphabet.remove=none",),
        by_file(f'extends = "zenvia"\n[alphabet]\nbase = "default"{_RULE}'),
    ),
}


#: Vendors with a rule of their own that are found to bill by the standard after all.
OWN_RULES = {
    "suffix=uncounted": f'[suffix]\ntext = "STOP 36123"\nseparator = " "{_RULE}',
    "prefix=uncounted": f'[prefix]\ntext = "Boutique"\nseparator = ": "{_RULE}',
    "costs[0]=standard": f'[[costs]]\ncharacters = "é"\nunits = 2{_RULE}',
    "alphabet.base=default": f'without = ["languages"]\n[alphabet]\nbase = "ascii"{_RULE}',
    "encodings.offered=ucs2": f'[encodings]\ndefault = "gsm7"\noffered = ["gsm7"]{_RULE}',
    "placeholders=as-written": (
        f'[[placeholders]]\ntext = "[net]"\nreplaced_by = "a long word instead"\nmeaning = "m"{_RULE}'
    ),
}
for _name, _own in OWN_RULES.items():
    _profile = septet.Profile.from_toml(f'extends = "gsm"\n{_own}', name="own")
    PLANTS[f"the standard: {_name}"] = Plant(_profile, (_name, "profile=gsm"), by("gsm"))


def log_of(plant: Plant, number: int, seed: int) -> list[dict[str, str]]:
    """The rows of a log with a planted cause."""
    bill = plant.bill()
    return [{"Body": text, "NumSegments": str(bill(text))} for text in texts(number, seed, plant.features)]
