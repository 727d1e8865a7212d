"""A million numbers of every country, spelled in many ways: columns read them as phonenumbers does.

SEPTET_NUMBERS is how many, SEPTET_SEED decides which ones; the seed is printed.
"""

from __future__ import annotations

import os
import random
from concurrent.futures import ProcessPoolExecutor

from generated_numbers import COUNTRIES, Read, expected, numbers

NUMBERS = int(os.environ.get("SEPTET_NUMBERS", "1000000"))


def differences(country: str, seed: int) -> tuple[int, list[str]]:
    """How many numbers of a country were read, and a message for each that is read differently."""
    import pyarrow as pa

    from septet.campaign.recipients.beginnings import known
    from septet.campaign.recipients.columns import recipients
    from septet.destinations.beginnings import LONGEST
    from septet.destinations.kinds import KINDS

    drawn = list(numbers(country, NUMBERS // len(COUNTRIES) + 1, random.Random(f"{seed} {country}")))
    wrong = []
    # One country at a time: phonenumbers keeps the patterns of a few.
    for home in {home for _, home in drawn}:
        texts = [text for text, its in drawn if its == home]
        found = recipients(pa.array(texts, pa.string()), known(home))
        for row, text in enumerate(texts):
            ours = Read(
                str(found.numbers[row]) if found.numbers[row] else "",
                found.countries[found.country[row]],
                not found.faults[row],
                KINDS[found.kind[row]],
            )
            theirs = expected(text, home)
            if len(theirs.digits) > LONGEST:
                theirs = theirs._replace(digits="")
            if ours != theirs:
                wrong.append(f"{text!r} in {home}: {ours}, not {theirs}")
    return len(drawn), wrong


def test_columns_are_read_as_phonenumbers_reads_each_number() -> None:
    seed = int(os.environ.get("SEPTET_SEED") or random.SystemRandom().randrange(10**6))
    print(f"\nSEPTET_SEED={seed}")
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(differences, COUNTRIES, [seed] * len(COUNTRIES)))
    print(f"{sum(count for count, _ in found):,} numbers of {len(COUNTRIES)} countries")
    wrong = [one for _, some in found for one in some]
    assert not wrong, "\n".join(wrong[:20])
    assert sum(count for count, _ in found) >= NUMBERS
