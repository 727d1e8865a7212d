"""Random texts of every profile with drawn options: the library against the naive oracle in Python.

    python tests/slow/trust/profile_texts.py --minutes 2 [--seed N] [--texts N] [--record]

Each plan is compared part by part: text, encoding, units, bill, segments, changes, mention, cut, problems.
The profiles are those that are shipped and those that tests make, which put single rules together. A text
takes some milliseconds, although the oracle is compiled, so that runs add up over recorded seeds:
tests/record/texts.jsonl.
"""

from __future__ import annotations

import argparse
import gc
import random
import signal
import sys
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "oracle"))

from compiled_oracle import folder_of_oracle

sys.path.insert(0, str(folder_of_oracle()))

import made_profiles
import strategies
from agreement import library_answer, right_answer
from oracle_profiles import PROFILES
from random_texts import random_sentence, random_text
from records import recorded

import septet
import septet.errors
from septet.planning.things.recognition import things
from septet.planning.words import LONGEST

#: For texts with more characters the oracle, which is naive, is slow: it tries a cut at each place.
LONGEST_TEXT, LONGEST_CUT = 1200, 400

PLAIN = ("smpp", "gsm")


def drawn_case(dice: random.Random) -> tuple[str, str, dict[str, Any]]:
    """A profile, a text and options that it offers."""
    made = dice.random() < 0.2
    name = dice.choice(sorted(made_profiles.NAMES if made else PROFILES))
    rules = made_profiles.rules(name) if made else PROFILES[name]
    options = strategies.chosen_options(dice.choice, rules)
    text = random_text(dice)
    kind = dice.random()
    if kind < 0.15:
        options |= {"truncate": True, "max_segments": min(dice.randint(1, 2), rules.ceiling)}
    elif kind < 0.3:
        cut = {"truncate": "words", "truncate_mark": dice.choice([None, "", *strategies.marks(rules)])}
        if len(options.get("optout_text") or "") <= LONGEST:
            options |= cut | {"max_segments": min(dice.randint(1, 2), rules.ceiling)}
            text = random_sentence(dice)
    elif kind < 0.35 and name in PLAIN:
        options["ports"] = dice.choice([(2948, 9200), (240, 255), (80, 250)])
        options["header"] = dice.choice([None, b"\x01\x02\x80\x05", b"\x70\x00", b"\x71\x50" + bytes(80)])
    most = LONGEST_CUT if options.get("truncate") or rules.truncate else LONGEST_TEXT
    return name, text[:most], options


def difference(name: str, text: str, options: dict[str, Any], sums: Counter[str]) -> dict[str, Any]:
    """The differences of the library from the oracle: each part, as it is and as it should be."""
    made = name in made_profiles.NAMES
    profile = made_profiles.made(name) if made else name
    try:
        planner = septet.Planner(profile, **options)
    except septet.errors.OptionError:
        sums["refused"] += 1  # options that each are offered, and not together
        return {}
    found = things(text) if options.get("truncate") == "words" else ()
    rules = made_profiles.rules(name) if made else name
    mine = library_answer(text, planner)
    right = right_answer(text, rules, options, things=[tuple(thing) for thing in found], guess=mine.remaining)
    wrong = {
        part: (value, getattr(right, part))
        for part, value in mine._asdict().items()
        if value != getattr(right, part)
    }
    measure = tuple(planner.measure(text))
    if measure != (right.encoding, right.units, right.billed_segments):
        wrong["measure"] = measure, (right.encoding, right.units, right.billed_segments)
    sums["texts"] += 1
    sums["units"] += right.units
    sums["billed_segments"] += right.billed_segments
    sums["of_several_segments"] += right.billed_segments > 1
    sums["cut"] += right.truncated > 0
    sums["with_problems"] += bool(right.problems)
    return wrong


def run(seed: int, minutes: float, most: int, start: int) -> tuple[Counter[str], float, str]:
    """Text after text until the time is over, enough are done, someone ends it, or one differs: that one."""
    sums: Counter[str] = Counter()
    ended = [False]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.__setitem__(0, True))
    gc.freeze()
    gc.set_threshold(200_000)  # nothing here is in a circle, and to look for it takes a tenth of the time
    begun = time.monotonic()
    while sums["texts"] < most and time.monotonic() - begun < minutes * 60 and not ended[0]:
        place = start + sums["texts"] + sums["refused"]
        name, text, options = drawn_case(random.Random(f"{seed} {place}"))
        without = Counter(sums)
        wrong = difference(name, text, options, sums)
        if wrong:
            found = f"seed {seed}, text {place}, {name}, {options}, {text!r}: {wrong}"
            return without, time.monotonic() - begun, found
        sums["crc"] = zlib.crc32(f"{name} {text!r}".encode(), sums["crc"])
    return sums, time.monotonic() - begun, ""


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare the library with the oracle in Python.")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--texts", type=int, default=10**12, help="no more than these")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--start", type=int, default=0, help="the first text, to look at one again")
    parser.add_argument("--record", action="store_true", help="add a line to tests/record/texts.jsonl")
    asked = parser.parse_args()
    print(f"random texts of all profiles and options, seed {asked.seed}", flush=True)
    sums, seconds, found = run(asked.seed, asked.minutes, asked.texts, asked.start)
    if sums["refused"] * 20 > sums["texts"]:
        sys.exit(f"{sums['refused']} of the drawn options were refused: too few texts were tried")
    figures = {"suite": "profiles", "seed": asked.seed, "first_text": asked.start, **sums}
    print(f"{sums['texts']:,} texts, {sums['texts'] / seconds:,.0f} a second: no difference", dict(sums))
    if asked.record:
        recorded("texts", figures | {"seconds": round(seconds)})
    if found:
        sys.exit(found)


if __name__ == "__main__":
    main()
