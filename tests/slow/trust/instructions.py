"""The machine instructions of the hot paths, compared with those on record with a stated allowance.

    python tests/slow/trust/instructions.py [--record]

Callgrind counts the same on an idle machine and on a busy one, so it shows code that has become slower,
which no time does. Another interpreter, or another compiler of one, takes other numbers: each figure is one
of the same run, as a ratio to what Python's own codec takes for the same text. Needs valgrind, and the
compiled kernel.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import septet

ROOT = Path(__file__).parents[3]
RECORD = ROOT / "tests" / "record" / "instructions.json"
#: A change may make a path so much more expensive without a new record; beyond it, --record and the
#: change's own message give the reason.
ALLOWED = 1.10
#: Below a tenth of the record, some work is no longer done: look at such a figure.
TOO_GOOD = 0.1
RULER = "text.encode('utf-16-le')"
#: Beside what the benches count.
FURTHER = ("planner.count_many(texts * 100)", "planner.plan(text).drawing()")

sys.path.insert(0, str(ROOT / "benches"))
from definitions.instructions import CASES, WAYS, executed  # noqa: E402


def counted(valgrind: str) -> dict[str, dict[str, float]]:
    """What each path takes for each text, of what the ruler takes."""
    codes = (RULER, *(way.code for way in WAYS), *FURTHER)
    found = {}
    for case in CASES:
        figures = executed(valgrind, codes, (case.text,), case.profile, case.options)
        ruler = figures.pop(RULER)
        found[case.title] = {code: round(taken / ruler, 3) for code, taken in figures.items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Hold instruction counts against those on record.")
    parser.add_argument("--record", action="store_true", help="write them to tests/record/instructions.json")
    asked = parser.parse_args()
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        sys.exit("valgrind counts the instructions: on Debian, apt-get install valgrind")
    if septet.KERNEL != "cython":
        sys.exit(f"the compiled kernel is held to the record, and this is the {septet.KERNEL} one")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    record = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    found = counted(valgrind)
    if asked.record:
        record[version] = found
        RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
        return
    if version not in record:
        print(f"nothing is held: Python {version} has no figures on record, {', '.join(record)} has")
        return
    wrong = []
    for title, figures in found.items():
        for code, taken in figures.items():
            before = record[version][title][code]
            times = taken / before
            print(f"{times:6.2f} × of the record   {code}, {title}")
            if not TOO_GOOD < times <= ALLOWED:
                wrong.append(f"{code}, {title}: {taken} rulers, {before} on record")
    if wrong:
        sys.exit("\n".join(["these took other than the record allows:", *wrong]))


if __name__ == "__main__":
    main()
