"""Logs of 100,000 rows with each planted cause, logs without one, and the memory that a long log takes.

SEPTET_LOG_ROWS is the number of rows, SEPTET_SEED decides the texts; the seed is printed.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from billed_logs import PLANTS, log_of, texts

import septet
from septet import calibrate

ROWS = int(os.environ.get("SEPTET_LOG_ROWS", "100000"))
SEED = int(os.environ.get("SEPTET_SEED") or random.SystemRandom().randrange(10**6))
COLUMNS = {"text": "Body", "segments": "NumSegments"}
#: Causes that are examined text by text take minutes for this many rows.
FEW = ("govuk-notify", "govuk-notify@2026-08", "octopush", "octopush@2016")
#: Of a log of so many rows and of one of twice as many; the whole takes no more megabytes than this, with as
#: many processors as there may be.
LONG, MOST = 300_000, 200

# Not ru_maxrss, which includes the process that started this one.
PEAK = """
import os, re, sys
from pathlib import Path
import septet
os.sched_getaffinity = lambda process: range(64)
found = septet.calibrate(sys.argv[1], "twilio")
assert [cause.rule for cause in found.causes] == ["substitute=False"], found.causes
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]
print(found.rows, int(peak) // 1024)
"""


@pytest.mark.parametrize("name", PLANTS)
def test_each_planted_cause_is_found_and_no_other(name: str) -> None:
    plant, begun = PLANTS[name], time.monotonic()
    rows = log_of(plant, ROWS // 10 if plant.profile in FEW else ROWS, SEED)
    found = calibrate(rows, plant.profile, **COLUMNS, **plant.options)
    print(
        f"\n{name}: SEPTET_SEED={SEED}, {found.differ} rows of {found.rows}, {time.monotonic() - begun:.0f} s"
    )
    assert [cause.rule in plant.rules for cause in found.causes] == [True], found.causes
    assert (found.causes[0].rows, found.unexplained) == (found.differ, 0)


@pytest.mark.parametrize("profile", ["gsm", "twilio", "smsmode", "smspartner", "telnyx", "vonage"])
def test_no_cause_is_named_where_none_was_planted(profile: str) -> None:
    bill, draw = septet.Planner(profile).count, random.Random(SEED)
    for rate in (0, 0.0005, 0.01, 0.3):
        rows = [
            {
                "Body": text,
                "NumSegments": max(1, bill(text) + draw.choice((-1, 1, 2)) * (draw.random() < rate)),
            }
            for text in texts(ROWS // 5, SEED)
        ]
        found = calibrate(rows, profile, **COLUMNS)
        assert found.causes == (), (SEED, rate, found.causes)
        assert found.unexplained == found.differ


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_memory_does_not_grow_with_a_log(kind: str, tmp_path: Path) -> None:
    bill, some = septet.Planner("twilio", substitute=False).count, []
    for text in texts(10_000, SEED):
        some.append((text, str(bill(text)), "+33612345678", "delivered"))
    names = ("Body", "NumSegments", "To", "Status")
    peaks = []
    for times in (LONG // 10_000, 2 * LONG // 10_000):
        path = tmp_path / f"log.{kind}"
        if kind == "csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(names)
                for _ in range(times):
                    writer.writerows(some)
        else:
            table = pa.table(dict(zip(names, zip(*some, strict=True), strict=True)))
            pyarrow.parquet.write_table(pa.concat_tables([table] * times), path)
        told = subprocess.run(
            [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
        )
        rows, peak = map(int, told.stdout.split())
        print(f"\n{rows} rows of {kind}: {peak} MB")
        assert rows == times * 10_000
        peaks.append(peak)
    assert peaks[1] < peaks[0] * 1.15
    assert max(peaks) <= MOST
